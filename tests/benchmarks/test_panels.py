"""Speed of the panels beside the reader: run with `pytest tests/benchmarks/test_panels.py --benchmark-only`.

A tree of 500 codes and a list of 500 documents open, and follow what is typed, within 50 ms; one coding is followed
within a frame.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id
from kamcoder.gui.application import make_window
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A project of 500 documents in 60 cases, 500 codes and 5,000 codings."""
    folder = tmp_path_factory.mktemp("crowded")
    chance = random.Random(1)
    tops = [Code(new_id(), f"group {number}", position=number, definition="what it is") for number in range(25)]
    codes = [
        Code(new_id(), f"code {number}", parent_id=tops[number % 25].id, position=number, definition="when it is given")
        for number in range(475)
    ]
    with Session.create(folder / "crowded.kamcoder", codes=[*tops, *codes]) as session:
        paths = []
        for number in range(500):
            path = folder / f"F{number % 60:02}-KAM{number}.txt"
            path.write_text(f"Interviewer: Who {number}?\nKAM: {'We visit them often. ' * 40}\n", encoding="utf-8")
            paths.append(path)
        documents = session.imports.commit(session.imports.preview(paths))
        session.coders.activate(session.coders.add("Ann"))
        planned = [
            PlannedCoding(document.id, TextSpan(start, start + 20), chance.choice(codes).id)
            for document in documents
            for start in chance.sample(range(40, 700), 10)
        ]
        session.codings.apply_many(planned, coder_id=session.coders.find("Ann").id, origin=Origin.IMPORT)
        yield session


@pytest.fixture
def window(tmp_path: Path, crowded: Session) -> Iterator[MainWindow]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = make_window(application, Preferences(settings))
    made.resize(1280, 800)
    made.show()
    made.place.load(crowded)
    made.place.use_coder()
    made.places.setCurrentIndex(1)
    application.processEvents()
    yield made
    made.place.load(None)
    made.close()
    made.theme.close()
    shiboken6.delete(made)


def test_open_500_codes(window: MainWindow, crowded: Session, benchmark: Any) -> None:
    panel = window.place.codebook

    def opened() -> None:
        panel.load(crowded)
        panel.repaint()

    benchmark.pedantic(opened, rounds=20)
    assert sum(1 for _ in panel.model.nodes()) == 500


@pytest.mark.parametrize("typed", ["code 1", "given", "zebra"])
def test_filter_500_codes(window: MainWindow, benchmark: Any, typed: str) -> None:
    panel = window.place.codebook

    def filtered() -> None:
        panel.search.field.setText(typed)
        panel.repaint()

    benchmark.pedantic(filtered, setup=panel.search.clear, rounds=20)


def test_open_500_documents(window: MainWindow, crowded: Session, benchmark: Any) -> None:
    panel = window.place.documents

    def opened() -> None:
        panel.load(crowded)
        panel.repaint()

    benchmark.pedantic(opened, rounds=20)
    assert len(panel.model.documents()) == 500


@pytest.mark.parametrize("typed", ["kam1", "f07", "zebra"])
def test_filter_500_documents(window: MainWindow, benchmark: Any, typed: str) -> None:
    panel = window.place.documents

    def filtered() -> None:
        panel.search.field.setText(typed)
        panel.repaint()

    benchmark.pedantic(filtered, setup=panel.search.clear, rounds=20)


def test_follow_one_coding(window: MainWindow, crowded: Session, benchmark: Any) -> None:
    place, document = window.place, crowded.documents.all()[7]
    code = crowded.codebook.all().codes[30].id
    starts = itertools.count(1)
    changes: list[Any] = []
    leave = crowded.subscribe(changes.append)

    def coded() -> tuple[tuple[Any, ...], dict[str, Any]]:
        start = next(starts)
        crowded.codings.apply(document.id, TextSpan(start, start + 3), code)
        return (changes[-1],), {}

    def followed(change: Any) -> None:
        for panel in (place.codebook, place.documents):
            panel.on_changed(change)
        QApplication.processEvents()  # draws what changed

    benchmark.pedantic(followed, setup=coded, rounds=100)
    leave()


def test_shares_after_coding(window: MainWindow, crowded: Session, benchmark: Any) -> None:
    panel, document = window.place.documents, crowded.documents.all()[7]
    benchmark.pedantic(
        panel.model.refresh_shares, setup=lambda: panel.model._progress.mark_stale([document.id]), rounds=20
    )
