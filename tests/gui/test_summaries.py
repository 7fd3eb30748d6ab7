"""Writing summaries in the window: by keys and mouse, with passages referred to, saved by itself and undone."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from kamcoder.domain.summary import SummaryState
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.summaries import words
from kamcoder.gui.summaries.model import CellRole
from kamcoder.gui.summaries.view import SummariesView
from kamcoder.gui.tables.passage_list import MIME
from kamcoder.services.session import Session
from kamcoder.services.summarising import Cell
from tests.builders import code_quote

YEARLY = "I meet the largest customers once a year."


@pytest.fixture
def view(workspace: MainWindow) -> SummariesView:
    workspace.resize(1280, 800)
    workspace.commands["tables.summaries"].trigger()
    assert workspace.workspace.tables is not None
    shown = workspace.workspace.tables.summaries
    QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    return shown


def cell(study: Session, case: str = "A", code: str = "Direct involvement") -> Cell:
    return study.cases.find(case).id, study.codebook.all().find(code).id


def text(study: Session, at: Cell) -> str | None:
    found = study.summaries.all().get(at)
    return found.text if found else None


def point(view: SummariesView, at: Cell) -> None:
    view.view.setCurrentIndex(view.model.find(at))


# -- the grid --------------------------------------------------------------------------------------------------------


def test_the_grid_has_cases_codes_and_the_whole_of_both(view: SummariesView, study: Session) -> None:
    model = view.model
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["Case", "The case as a whole", "Direct involvement", "Antecedents"]
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["All cases", "A", "B"]
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsSelectable
    states = [[model.index(row, column).data(CellRole).state for column in (1, 2, 3)] for row in (1, 2)]
    waiting, empty = SummaryState.WAITING, SummaryState.EMPTY
    assert states == [[waiting, waiting, waiting], [waiting, waiting, empty]]
    assert model.index(0, 2).data(CellRole).passages == 2


def test_how_far_a_cell_is_shows_by_sign_and_words_not_by_colour_alone(view: SummariesView, study: Session) -> None:
    study.summaries.write(*cell(study), "Written.")
    study.summaries.write(*cell(study, code="Antecedents"), "“Because” [7]", draft=True)
    told = [words.head(view.model.index(row, column).data(CellRole)) for row in (1, 2) for column in (2, 3)]
    assert told == ["● 1 passage", "◐ draft · 1 passage · 1 mark without a passage", "○ 1 passage", ""]
    spoken = view.model.index(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "A × Antecedents" in spoken
    assert "draft" in spoken
    assert view.progress.text() == "● 1 of 4 written  ·  ◐ drafts: 1  ·  ○ to write: 1  ·  without passages: 1"


def test_n_goes_to_the_next_cell_that_waits_and_round_again(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    view.view.setFocus()
    point(view, cell(study))
    seen = []
    for _ in range(3):
        qtbot.keyClick(view.view, Qt.Key.Key_N)
        seen.append(view.model.title(view.view.currentIndex()))
    assert seen == ["A × Antecedents", "B × Direct involvement", "A × Direct involvement"]


def test_columns_and_coder_can_be_chosen(view: SummariesView, study: Session) -> None:
    view.columns.setCurrentIndex(view.columns.findData("2:"))
    assert view.model.columnCount() == 5
    study.coders.add("Ben")
    view.coder.setCurrentIndex(view.coder.findText("Ben"))
    assert view.model.index(1, 2).data(CellRole).state is SummaryState.EMPTY


def test_cells_are_drawn_in_every_state(view: SummariesView, study: Session) -> None:
    study.summaries.write(*cell(study), "Written 👩‍👩‍👧 [1] " * 80)
    study.summaries.write(study.cases.find("B").id, None, "The whole.", draft=True)
    picture = view.view.viewport().grab().toImage()
    assert len({picture.pixelColor(x, y).rgb() for x in range(0, 600, 3) for y in range(0, 300, 3)}) > 5
    option = QStyleOptionViewItem()
    option.font = view.view.font()
    assert view.delegate.sizeHint(option, view.model.index(1, 2)).height() > 60


# -- writing ---------------------------------------------------------------------------------------------------------


def test_enter_writes_escape_leaves_and_the_text_is_kept(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    view.view.setFocus()
    qtbot.keyClick(view.view, Qt.Key.Key_Return)
    assert view.editor.text.hasFocus()
    qtbot.keyClicks(view.editor.text, "Once a year.")
    assert text(study, cell(study)) is None
    qtbot.keyClick(view.editor.text, Qt.Key.Key_Escape)
    assert view.view.hasFocus()
    assert text(study, cell(study)) == "Once a year."
    assert "Ann" in view.editor.state.text()
    assert view.view.currentIndex().data(CellRole).state is SummaryState.WRITTEN


def test_typing_saves_by_itself_and_a_sitting_is_one_step(
    qtbot: QtBot, view: SummariesView, workspace: MainWindow, study: Session
) -> None:
    point(view, cell(study))
    view.editor.setFocus()
    view.editor._timer.setInterval(0)
    for typed in ("Once ", "a ", "year."):
        qtbot.keyClicks(view.editor.text, typed)
        qtbot.waitUntil(lambda: text(study, cell(study)) == view.editor.text.toPlainText())
    workspace.commands["edit.undo"].trigger()
    assert text(study, cell(study)) is None
    assert view.editor.text.toPlainText() == ""
    workspace.commands["edit.redo"].trigger()
    assert view.editor.text.toPlainText() == "Once a year."


def test_leaving_the_cell_the_view_or_the_place_saves(
    qtbot: QtBot, view: SummariesView, workspace: MainWindow, study: Session
) -> None:
    def typed(added: str) -> None:
        view.editor.setFocus()
        qtbot.keyClicks(view.editor.text, added)

    point(view, cell(study))
    typed("one")
    point(view, cell(study, "B"))
    assert text(study, cell(study)) == "one"
    typed("two")
    workspace.commands["tables.numbers"].trigger()
    assert text(study, cell(study, "B")) == "two"
    workspace.commands["tables.summaries"].trigger()
    typed(" and")
    workspace.commands["place.code"].trigger()
    assert text(study, cell(study, "B")) == "two and"
    workspace.commands["tables.summaries"].trigger()
    typed(" more")
    workspace.workspace.flush()
    assert text(study, cell(study, "B")) == "two and more"


def test_emptying_the_text_deletes_the_summary(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    study.summaries.write(*cell(study), "Once.")
    point(view, cell(study))
    view.editor.setFocus()
    view.editor.text.selectAll()
    qtbot.keyClick(view.editor.text, Qt.Key.Key_Delete)
    view.editor.save(leaving=False)
    assert text(study, cell(study)) == "Once."  # perhaps only to be written anew
    qtbot.keyClick(view.editor.text, Qt.Key.Key_Escape)
    assert text(study, cell(study)) is None
    study.undo()
    assert view.editor.text.toPlainText() == "Once."


def test_the_whole_of_a_case_and_of_a_code_is_written_too(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    case, code = cell(study)
    for at in ((case, None), (None, code)):
        point(view, at)
        view.editor.setFocus()
        qtbot.keyClicks(view.editor.text, "Whole.")
        qtbot.keyClick(view.editor.text, Qt.Key.Key_Escape)
    assert set(study.summaries.all()) == {(case, None), (None, code)}
    point(view, (case, None))
    assert len(view.behind.model.lines) == 2


def test_nobody_writes_before_it_is_said_who_codes(window: MainWindow, study: Session) -> None:
    study._editing.coder = None
    window.desk.projects.adopt(study)
    study._editing.coder = None
    window.commands["tables.summaries"].trigger()
    assert window.workspace.tables is not None
    view = window.workspace.tables.summaries
    view.editor._say()
    assert view.editor.text.isReadOnly()
    assert "who codes" in view.editor.text.placeholderText()
    assert not view.editor.draft_button.isEnabled()


# -- marks -----------------------------------------------------------------------------------------------------------


def test_a_passage_is_referred_to_by_key(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    view.editor.setFocus()
    qtbot.keyClicks(view.editor.text, "Once a year")
    qtbot.keyClick(view.editor.text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert view.editor.text.toPlainText() == "Once a year [1]"
    view.behind.list.setFocus()
    qtbot.keyClick(view.behind.list, Qt.Key.Key_Insert)
    assert view.editor.text.toPlainText() == "Once a year [1] [1]"
    assert view.editor.text.hasFocus()
    view.editor.save()
    assert study.summaries.all()[cell(study)].marks == {1: view.behind.model.lines[0].id}


def test_a_passage_is_dropped_into_the_text(view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    view.editor.text.insertPlainText("😀 Once. Twice.")
    view.editor.text.document().adjustSize()
    data = view.behind.model.mimeData([view.behind.model.index(0)])
    assert data.hasFormat(MIME)
    assert YEARLY in data.text()
    cursor = view.editor.text.textCursor()
    cursor.setPosition(len("😀 Once.") + 1)  # the emoji takes two of Qt's positions
    place = QPointF(view.editor.text.cursorRect(cursor).center())
    event = QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    view.editor.text.dropEvent(event)
    assert view.editor.text.toPlainText() == "😀 Once. [1] Twice."
    view.editor.save()
    assert study.summaries.all()[cell(study)].marks == {1: view.behind.model.lines[0].id}


def test_a_mark_tells_its_passage_chooses_it_and_leads_to_it(
    qtbot: QtBot, view: SummariesView, workspace: MainWindow, study: Session
) -> None:
    other = code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.summaries.write(*cell(study), "😀 Seldom [3], never [4].", marks={3: other.id})
    point(view, cell(study))
    field = view.editor.text
    assert field.toPlainText().endswith("never [4].")
    assert "1 mark without a passage" in view.editor.state.text()

    def at(words: str) -> QPoint:
        cursor = field.textCursor()
        cursor.setPosition(len(field.toPlainText().split(words)[0]) + 2)
        return field.cursorRect(cursor).center()

    assert "Hardly ever.”\nA-KAM ¶4" in field._said_at(field.viewport().mapToParent(at("[3]")))
    assert "deleted" in field._said_at(field.viewport().mapToParent(at("[4]")))
    assert field._said_at(field.viewport().mapToParent(at("Seldom"))) == ""
    view.behind.list.setCurrentIndex(view.behind.model.index(0))
    qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=at("[3]"))
    assert view.behind.model.lines[view.behind.list.currentIndex().row()].id == other.id
    view.editor.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.Start)
    assert not field.open_mark()
    cursor = field.textCursor()
    cursor.setPosition(len("😀 Seldom [") + 1)
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert workspace.workspace.place == "place.code"
    assert workspace.place.reader.quote() == "Hardly ever."


def test_a_deleted_passage_is_said_at_once_and_undo_brings_it_back(view: SummariesView, study: Session) -> None:
    (coding,) = [item.coding for item in study.passages.select() if item.coding.quote == YEARLY]
    study.summaries.write(*cell(study), "Yearly [1].", marks={1: coding.id})
    point(view, cell(study))
    assert "without" not in view.editor.state.text()
    study.codings.remove([coding.id])
    assert "1 mark without a passage" in view.editor.state.text()
    study.undo()
    assert "without" not in view.editor.state.text()


def test_a_draft_is_filled_in_and_is_one_until_it_is_touched(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    view.editor.setFocus()
    qtbot.keyClick(view.editor.text, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    made = study.summaries.all()[cell(study)]
    assert made.draft
    assert made.text == f"“{YEARLY}” [1]"
    assert "Draft" in view.editor.state.text()
    view.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(view.editor.text, " So rarely.")
    view.editor.save()
    made = study.summaries.all()[cell(study)]
    assert not made.draft
    assert made.marks
    other = code_quote(study, "A-KAM", "social", "Hardly ever.")
    view.editor.draft_button.click()
    made = study.summaries.all()[cell(study)]
    assert made.text == f"“{YEARLY}” [1] So rarely.\n\n“{YEARLY}” [1]\n\n“Hardly ever.” [2]"
    assert made.marks[2] == other.id
    assert not made.draft


def test_pasted_text_is_plain(view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    view.editor.text.insertFromMimeData(data)
    assert view.editor.text.toPlainText() == "bold"
    view.flush()


# -- the project changes below -----------------------------------------------------------------------------------------


def test_what_is_typed_survives_changes_elsewhere(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    point(view, cell(study))
    view.editor.setFocus()
    qtbot.keyClicks(view.editor.text, "Half a sen")
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.codebook.add("New code")
    assert view.editor.text.toPlainText() == "Half a sen"
    assert view.editor.cell == cell(study)
    assert len(view.behind.model.lines) == 2
    view.flush()
    assert text(study, cell(study)) == "Half a sen"


def test_a_case_that_goes_takes_the_caret_elsewhere(qtbot: QtBot, view: SummariesView, study: Session) -> None:
    point(view, cell(study, "B"))
    view.editor.setFocus()
    qtbot.keyClicks(view.editor.text, "Lost")
    study.cases.delete(study.cases.find("B").id)
    assert view.model.rowCount() == 2
    assert view.editor.cell == cell(study)
    assert text(study, cell(study)) is None
    study.undo()
    assert view.model.rowCount() == 3


def test_the_grid_is_copied_with_references(view: SummariesView, study: Session) -> None:
    (coding,) = [item.coding for item in study.passages.select() if item.coding.quote == YEARLY]
    study.summaries.write(*cell(study), "Yearly [1].", marks={1: coding.id})
    view.copy()
    assert "Yearly [A-CEO ¶2]." in QGuiApplication.clipboard().text()


def test_an_empty_project_says_what_to_do(window: MainWindow, session: Session) -> None:
    window.desk.projects.adopt(session)
    window.commands["tables.summaries"].trigger()
    assert window.workspace.tables is not None
    assert window.workspace.tables.summaries.empty.isVisible()
    window.workspace.tables.summaries.go_next()
