"""The window with the real worker and engine: suggestions come, are decided on, and are learned from."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Origin
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.gui.driving import codings, trigger

_PATIENCE = 60_000  # milliseconds: a first start of the worker on a busy machine


@pytest.fixture
def taught(workspace: MainWindow, study: Session) -> MainWindow:
    """The window on a study whose codebook says enough to suggest from."""
    book = study.codebook.all()
    study.codebook.edit(book.find("social").id, definition="Coffee, dinner and other personal contact.")
    study.codebook.edit(book.find("Antecedents").id, definition="Reasons why the sales director is involved.")
    study.suggestions.set_threshold(0.05)
    workspace.place.open_document(study.documents.find("A-KAM").id)
    return workspace


def test_suggestions_come_are_taken_and_learned_from(qtbot: QtBot, taught: MainWindow) -> None:
    acts = taught.place.suggestions
    acts.source._later.setInterval(0)
    trigger(taught, "suggest.on")
    qtbot.waitUntil(lambda: bool(acts.queue()), timeout=_PATIENCE)
    qtbot.waitUntil(lambda: acts.source.last_learned is not None, timeout=_PATIENCE)
    view = taught.place.reader.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert [item.origin for item in codings(taught)] == [Origin.SUGGESTION]
    qtbot.waitUntil(
        lambda: acts.source.last_learned is not None and acts.source.last_learned.codings == 4, timeout=_PATIENCE
    )
