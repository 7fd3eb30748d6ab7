"""The real window on a real project, with its settings in a file of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.gui.application import make_window
from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.comparing_scene import COFFEE, MEETS, go


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Where the window keeps what it remembers."""
    return tmp_path / "settings.ini"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: Path) -> Iterator[MainWindow]:
    """A window without a project, on the screen."""
    made = opened_window(qtbot, qapp, settings)
    yield made
    put_away(made)


@pytest.fixture
def workspace(window: MainWindow, study: Session) -> MainWindow:
    """The window on the small study; Ann codes, A-CEO is being read."""
    window.desk.projects.adopt(study)
    window.place.open_document(study.documents.find("A-CEO").id)
    return window


@pytest.fixture
def double(study: Session) -> Session:
    """Ben beside Ann in the small study: other ends in A-CEO (emoji before the passage), another code in B-KAM."""
    ann = study.coder
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-CEO", "strategic", MEETS)
    code_quote(study, "B-KAM", "strategic", COFFEE)
    assert ann is not None
    study.coders.activate(ann)
    return study


@pytest.fixture
def comparing(qtbot: QtBot, double: Session, window: MainWindow) -> ComparePlace:
    """The place of comparison on these two."""
    window.desk.projects.adopt(double)
    return go(qtbot, window)


def opened_window(qtbot: QtBot, qapp: QApplication, settings: Path) -> MainWindow:
    """Return a new window that remembers what an earlier one with the same settings left."""
    made = make_window(qapp, Preferences(QSettings(str(settings), QSettings.Format.IniFormat)))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def put_away(window: MainWindow) -> None:
    """Close a window and delete it now: what a later event loop would delete piles up in a test run."""
    window.close()
    window.theme.close()
    shiboken6.delete(window)
