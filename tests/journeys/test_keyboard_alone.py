"""A whole day without a mouse: new project, import, cases, coding, memo, search, table, undo, and again tomorrow."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Origin
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from kamcoder.services.table_definition import TableDefinition
from tests.builders import write_interviews
from tests.journeys.conftest import Hands, Open

Facts = tuple[list[str], list[str], list[tuple[str, str, str]], list[str]]


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def facts(session: Session) -> Facts:
    """Return documents, cases, codings and memos as words."""
    book = session.codebook.all()
    codings = [item.coding for item in session.passages.select()]
    memos = [memo.text for memo in session.memos.all()]
    return (
        sorted(document.name for document in session.documents.all()),
        sorted(case.name for case in session.cases.all()),
        sorted((coding.quote, book.path(coding.code_id), coding.origin.value) for coding in codings),
        sorted(memos),
    )


def test_a_day_without_a_mouse(qtbot: QtBot, start: Open, hands: Hands, project: Path, tmp_path: Path) -> None:
    window = start()
    make_a_project(hands, window, project)
    import_interviews(qtbot, hands, window, write_interviews(tmp_path))
    add_a_case(hands, window)
    code_by_keys(hands, window)
    code_what_is_found(qtbot, hands, window)
    read_a_table(qtbot, hands, window)
    before = facts(session_of(window))
    assert before[0] == ["A-CEO", "A-KAM", "B-KAM"]
    assert before[1] == ["A", "B", "Copper works"]
    assert len(before[2]) == 5
    hands.press("Ctrl+1")
    for _ in range(20):
        hands.press("Ctrl+Z")
    assert session_of(window).to_undo is None
    assert facts(session_of(window)) == ([], [], [], [])
    assert window.place.empty.isVisible()
    for _ in range(20):
        hands.press("Ctrl+Shift+Z")
    assert session_of(window).to_redo is None
    assert facts(session_of(window)) == before
    hands.press("Ctrl+Q")
    window = start()
    hands.tab_to(window.start.recent_buttons()[0])
    hands.press("Space")
    assert facts(session_of(window)) == before
    assert session_of(window).coder is not None
    assert session_of(window).coder.name == "Ann"  # type: ignore[union-attr]


def make_a_project(hands: Hands, window: MainWindow, project: Path) -> None:
    hands.press("Ctrl+N")
    hands.fill(str(project))
    hands.press("Return")
    assert session_of(window).path == project
    hands.press("Ctrl+Shift+K")
    hands.write("Ann")
    hands.press("Return")
    assert window.status.coder.text() == "Coding as Ann"


def import_interviews(qtbot: QtBot, hands: Hands, window: MainWindow, files: list[Path]) -> None:
    hands.press("Ctrl+I")
    hands.write(" ".join(f'"{path}"' for path in files))
    hands.press("Return")
    dialog = window.rooms.importing
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.preview().items) == 3 and not dialog.reader.busy, timeout=30_000)
    with qtbot.waitSignal(window.rooms.imported, timeout=30_000):
        hands.press("Ctrl+Return")
    assert window.place.reader.document is not None
    assert window.place.reader.document.name == "A-CEO"


def add_a_case(hands: Hands, window: MainWindow) -> None:
    hands.press("Ctrl+2", "Ctrl+Shift+Return")
    hands.write("Copper works")
    hands.press("Return", "Ctrl+1")
    assert window.place.reader.view.hasFocus()


def code_by_keys(hands: Hands, window: MainWindow) -> None:
    reader, session = window.place.reader, session_of(window)
    reader.view.place_caret(reader.view.page.text.index("I meet the largest"))
    hands.press("S", "C")
    hands.write("soc")
    hands.press("Return")
    assert reader.chosen is not None
    assert reader.chosen.coding.quote == "I meet the largest customers once a year."
    hands.press("M")
    hands.write("Only once?")
    hands.press("Escape")
    assert [memo.text for memo in session.memos.all()] == ["Only once?"]
    assert session.memos.all()[0].target is MemoTarget.CODING
    assert reader.view.hasFocus()
    hands.press("Ctrl+PgDown")
    assert reader.document is not None
    assert reader.document.name == "A-KAM"
    reader.view.place_caret(reader.view.page.text.index("Hardly"))
    hands.press("W", "V")  # in vivo, named by the word
    hands.press("Return")
    assert "Hardly" in [code.name for code in session.codebook.all().codes]
    hands.press("S", "1")  # the code used last, over the sentence
    assert [coding.quote for coding in session.codings.of_document(reader.document.id)] == ["Hardly", "Hardly ever."]


def code_what_is_found(qtbot: QtBot, hands: Hands, window: MainWindow) -> None:
    hands.press("Ctrl+Shift+F")
    hands.fill("director signs")
    hands.press("Return")
    finding = window.workspace.below.finding
    assert finding is not None
    qtbot.waitUntil(lambda: not finding.searching and bool(finding.model.ticked()))
    hands.fill("the sales director")
    hands.press("Return")
    qtbot.waitUntil(lambda: not finding.searching and len(finding.model.ticked()) == 2)
    hands.press("Down")
    assert finding.results.hasFocus()
    assert finding.coding.button.text() == "Code 2 hits…"
    qtbot.waitUntil(finding.coding.button.isEnabled)
    hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: isinstance(hands.focus(), QLineEdit) and hands.focus() is not finding.line.field)
    hands.write("hier")
    with qtbot.waitSignal(finding.acted):
        hands.press("Return")
    made = [item.coding for item in session_of(window).passages.select() if item.coding.origin is Origin.SEARCH]
    assert len(made) == 2
    hands.press("Escape")


def read_a_table(qtbot: QtBot, hands: Hands, window: MainWindow) -> None:
    hands.press("Ctrl+3")
    assert window.workspace.place == "place.tables"
    grid = session_of(window).tables.grid(TableDefinition())
    assert grid.columns
    assert QApplication.focusWidget() is not None


def test_tab_leads_through_all_panes_and_is_caught_in_none(studied: MainWindow, hands: Hands) -> None:
    studied.place.documents.tree.setFocus()
    for wanted in (studied.place.reader.view, studied.place.codebook.search.field, studied.place.codebook.tree):
        hands.tab_to(wanted)
    hands.press("F6")
    assert hands.focus() is not studied.place.codebook.tree
