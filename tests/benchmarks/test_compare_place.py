"""The place of comparison, live: figures and differences after a coding, with 27,000 codings of three coders."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.settling import Choice
from kamcoder.gui.application import make_window
from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.gui.comparing.settle_bar import Wish
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.session import Session
from tests.benchmarks.test_agreement import DOCUMENTS, LENGTH, TREE, codings_of

SENTENCE = "KAM: the quick brown fox jumps over a lazy dog and then goes home to sleep for a while.\n"


def number(key: str) -> int:
    """Return the number at the end of a key of the simulated study."""
    return int(key.split("-")[1])


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """60 interviews of 60,000 characters with 27,000 codings by three coders."""
    folder = tmp_path_factory.mktemp("comparing")
    text = SENTENCE * (LENGTH // (len(SENTENCE) - 5) + 20)
    for place in range(DOCUMENTS):
        (folder / f"D{place:02}.txt").write_text(f"KAM: interview {place}.\n{text}", encoding="utf-8")
    with Session.create(folder / "study.kamcoder") as session:
        documents = session.imports.commit(session.imports.preview(sorted(folder.glob("*.txt"))))
        coders = [session.coders.add(name) for name in ("Ann", "Ben", "Cleo")]
        codes = {}
        for code in TREE.codes:
            parent = codes[code.parent_id].id if code.parent_id else None
            codes[code.id] = session.codebook.add(code.name, parent_id=parent)
        texts = [session.documents.text(document.id) for document in documents]
        made = [
            Coding(
                new_id(),
                documents[number(span.document_id)].id,
                TextSpan(span.start, span.end),
                texts[number(span.document_id)][span.start : span.end],
                codes[span.code_id].id,
                coders[number(span.coder_id)].id,
                Origin.MANUAL,
                now(),
            )
            for span in codings_of(27_000)
        ]
        with session._editing.edit(Operation.IMPORT_CODINGS):
            session._editing.rows.codings.add(made)
        session.coders.activate(coders[0])
        yield session


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, study: Session, tmp_path: Path) -> Iterator[ComparePlace]:
    """The place in the real window."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = make_window(qapp, Preferences(settings))
    window.show()
    qtbot.waitExposed(window)
    window.desk.projects.adopt(study)
    window.desk.coders.choose(study.coders.find("Ann"))
    window.commands["place.compare"].trigger()
    shown = window.workspace.compare
    assert shown is not None
    wait(shown)
    yield shown
    leave(window)


def leave(window: MainWindow) -> None:
    """Close the window, but leave the project open for the next."""
    window.workspace.load(None)
    window.hide()


def wait(place: ComparePlace) -> None:
    """Let the window work until everything is shown; the pause lets the thread have its turn."""
    while place.working.busy or place.text.busy:
        QApplication.processEvents()
        sleep(0.001)
    QApplication.processEvents()


def code_somewhere(study: Session, number: int) -> None:
    document = study.documents.all()[number % DOCUMENTS]
    code = next(code for code in study.codebook.all().codes if code.parent_id)
    study.codings.apply(document.id, TextSpan(100 + 90 * number, 160 + 90 * number), code.id)


def test_figures_after_a_coding(benchmark: BenchmarkFixture, place: ComparePlace, study: Session) -> None:
    turns = iter(range(1000))

    def code_and_see() -> None:
        code_somewhere(study, next(turns))
        wait(place)

    benchmark.pedantic(code_and_see, rounds=8, warmup_rounds=1)
    assert place.model.agreement is not None


def test_a_decision_and_the_next(benchmark: BenchmarkFixture, place: ComparePlace) -> None:
    place.run("compare.text")
    wait(place)
    before = len(place.text.side.model.shown)

    def decide() -> None:
        place.text.decide(Wish(Choice.ALL))
        wait(place)

    benchmark.pedantic(decide, rounds=10, warmup_rounds=1)
    assert len(place.text.side.model.shown) == before - 11


def test_the_passages_of_a_code(benchmark: BenchmarkFixture, place: ComparePlace) -> None:
    keys = [node.key for node in place.model.nodes()][3:12]
    turns = iter(keys * 100)
    benchmark.pedantic(lambda: place.view.point(next(turns)), rounds=20, warmup_rounds=1)
    assert place.behind.title
