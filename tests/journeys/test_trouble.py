"""What can go wrong while somebody codes: one sentence each time, and nothing of the work is lost."""

import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from tests.gui.conftest import opened_window, put_away
from tests.gui.driving import codings, trigger
from tests.journeys.conftest import Hands, Open

CODE = "Hierarchy"


def select(window: MainWindow, words: int) -> str:
    """Select the first words of the open document and return them."""
    view = window.place.reader.view
    quote = " ".join(view.page.text.split()[:words])
    view.select(TextSpan(0, len(quote)))
    return quote


def a_code(window: MainWindow) -> str:
    return next(code.id for code in window.place.codebook.model.codebook.codes if code.codable)


def one_sentence(window: MainWindow, *words: str) -> None:
    assert window.notice.isVisible()
    assert all(word in window.notice.text for word in words), window.notice.text


def test_a_file_that_is_deleted_while_coding_can_be_saved_elsewhere(studied: MainWindow, tmp_path: Path) -> None:
    before, quotes = len(codings(studied)), {coding.quote for coding in codings(studied)}
    seen = len(studied.place.reader.view.marks)
    (tmp_path / "study.kamcoder").unlink()
    select(studied, 3)
    studied.place.acts.apply(a_code(studied))
    one_sentence(studied, "no longer where it was opened", "save a copy")
    assert len(codings(studied)) == before
    assert len(studied.place.reader.view.marks) == seen
    studied.rooms.copy_to(tmp_path / "rescued.kamcoder")
    assert studied.open_project(tmp_path / "rescued.kamcoder")
    assert {coding.quote for coding in codings(studied)} == quotes
    studied.desk.coders.choose(studied.desk.coders.people()[0])
    select(studied, 3)
    studied.place.acts.apply(a_code(studied))
    assert len(codings(studied)) == before + 1


def test_a_full_disk_refuses_the_step_and_keeps_the_rest(studied: MainWindow) -> None:
    session = studied.session
    assert session is not None
    before, others = len(codings(studied)), len(codings(studied)) - len(studied.place.reader.view.marks)
    connection: sqlite3.Connection = session._store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    # SQLite answers a page beyond this bound exactly as a full disk.
    connection.execute(f"PRAGMA max_page_count={pages}")
    view = studied.place.reader.view
    for start in range(0, 4000, 5):
        view.select(TextSpan(start, start + 300))
        studied.place.acts.apply(a_code(studied))
        if studied.notice.isVisible():
            break
    one_sentence(studied, "disk is full", "What was done before is safe")
    kept = len(codings(studied))
    assert kept == len(view.marks) + others
    connection.execute(f"PRAGMA max_page_count={pages + 10_000}")
    view.select(TextSpan(4100, 4200))
    studied.place.acts.apply(a_code(studied))
    assert len(codings(studied)) == kept + 1 > before


def test_a_second_window_on_the_same_project_says_where_it_is_open(
    qtbot: QtBot, qapp: QApplication, studied: MainWindow, tmp_path: Path
) -> None:
    second = opened_window(qtbot, qapp, tmp_path / "other.ini")
    try:
        assert not second.open_project(tmp_path / "study.kamcoder")
        one_sentence(second, "open already", "close it there first")
        assert second.session is None
    finally:
        put_away(second)
    select(studied, 4)
    before = len(codings(studied))
    studied.place.acts.apply(a_code(studied))
    assert len(codings(studied)) == before + 1


@pytest.mark.parametrize("span", [TextSpan(10**7, 10**7 + 5), TextSpan(0, 10**7)])
def test_a_coding_outside_the_text_is_refused(studied: MainWindow, span: TextSpan) -> None:
    session, document = studied.session, studied.place.reader.document_id
    assert session is not None
    before = codings(studied)
    with pytest.raises(InvalidInput, match="span_outside"):
        session.codings.apply(document or "", span, a_code(studied))
    assert codings(studied) == before


def test_nothing_selected_is_a_hint_and_no_coding(studied: MainWindow, hands: Hands) -> None:
    before = len(codings(studied))
    reader = studied.place.reader
    reader.view.place_caret(0)
    reader.choose("")
    reader.setFocus()
    studied.place.acts.apply(a_code(studied))
    assert len(codings(studied)) == before
    assert studied.status.hint
    assert not studied.notice.isVisible()


def _code_without_end(path: str, coded: object) -> None:
    with Session.open(Path(path)) as session:
        coder = session.coders.all()[0]
        session.coders.activate(coder)
        document = session.documents.all()[0]
        code = next(code for code in session.codebook.all().codes if code.codable)
        for start in range(10_000):
            session.codings.apply(document.id, TextSpan(start, start + 40 + start % 7), code.id)
            coded.put(start)  # type: ignore[attr-defined]


def test_a_killed_program_loses_nothing_it_said_it_had_done(start: Open, sample: Path, project: Path) -> None:
    project.write_bytes(sample.read_bytes())
    context = multiprocessing.get_context("spawn")
    coded = context.Queue()
    process = context.Process(target=_code_without_end, args=(str(project), coded))
    process.start()
    said = [coded.get(timeout=60) for _ in range(25)]
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    window = start(project)
    session = window.session
    assert session is not None
    starts = {item.coding.span.start for item in session.passages.select() if item.coding.document_id == first(session)}
    text = session.documents.text(first(session))
    assert {place for place in said if not text[place].isspace()} <= starts
    window.desk.projects.close()
    assert check_file(project).sound


def first(session: Session) -> str:
    return session.documents.all()[0].id


def test_the_undo_of_the_window_goes_on_after_a_refused_step(studied: MainWindow) -> None:
    select(studied, 4)
    before = len(codings(studied))
    studied.place.acts.apply(a_code(studied))
    session = studied.session
    assert session is not None
    with pytest.raises(InvalidInput):
        session.codings.apply(studied.place.reader.document_id or "", TextSpan(10**7, 10**7 + 1), a_code(studied))
    trigger(studied, "edit.undo")
    assert len(codings(studied)) == before
