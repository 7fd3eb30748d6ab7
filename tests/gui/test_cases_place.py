"""The place of cases, used by keys and mouse on a real project."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, ProjectFileError
from kamcoder.gui.cases import commands, tab_text
from kamcoder.gui.cases.confirm import Confirm
from kamcoder.gui.cases.editors import ChoiceBox
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.cases.place import CasesPlace
from kamcoder.gui.cases.sheet_dialog import BECOMES, SheetDialog
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.services.messages import sentence
from kamcoder.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def empty(qtbot: QtBot, qapp: QApplication, tasks: TaskRunner) -> Iterator[CasesPlace]:
    """The place without a project."""
    theme = Theme(qapp)
    place = CasesPlace(theme, tasks)
    qtbot.addWidget(place)
    place.resize(1100, 700)
    place.show()
    qtbot.waitExposed(place)
    place.activateWindow()
    for grid in (place.cases, place.people):
        QAbstractItemModelTester(grid.model_, QAbstractItemModelTester.FailureReportingMode.Fatal, place)
    yield place
    theme.close()


@pytest.fixture
def place(empty: CasesPlace, study: Session) -> CasesPlace:
    """The place on two firms with a number, a yes/no and a choice."""
    study.cases.add_attribute("employees", AttributeType.INTEGER)
    study.cases.add_attribute("teams", AttributeType.YES_NO)
    study.cases.add_attribute("owner", AttributeType.CHOICE, choices=["family", "listed"])
    study.cases.delete_participants([person.id for person in study.cases.participants()])
    study.cases.add_participant("Zoë", case_id=study.cases.find("A").id, role="CEO", years=20)
    open_in(empty, study)
    empty.cases.setFocus()
    return empty


def open_in(place: CasesPlace, session: Session) -> None:
    place.load(session)
    session.subscribe(place.on_changed)


def shown(grid: Grid) -> list[list[str]]:
    model = grid.model_
    return [[model.text(row, column) for column in range(model.columnCount())] for row in range(len(model.rows))]


def editor(grid: Grid) -> QWidget | None:
    found = [*grid.viewport().findChildren(QLineEdit), *grid.viewport().findChildren(QComboBox)]
    return next((widget for widget in found if widget.isVisible()), None)


def write(qtbot: QtBot, grid: Grid, text: str) -> None:
    """Type over a cell: the first key opens the editor, which gets the others."""
    qtbot.keyClicks(grid, text[0])
    qtbot.keyClicks(editor(grid), text[1:])


def put(text: str) -> None:
    QApplication.clipboard().setText(text)


def steps(session: Session) -> int:
    return len(session.log())


def cell(grid: Grid) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


# -- typing ----------------------------------------------------------------------------------------------------------


def test_typing_edits_a_cell_and_enter_goes_down(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    grid.go(0, 1)
    write(qtbot, grid, "1500")
    qtbot.keyClick(editor(grid), Qt.Key.Key_Return)
    assert cell(grid) == (1, 1)
    write(qtbot, grid, "7")
    qtbot.keyClick(editor(grid), Qt.Key.Key_Tab)
    assert cell(grid) == (1, 2)
    assert [row[1] for row in shown(grid)] == ["1500", "7"]
    assert editor(grid) is None
    study.undo()
    study.undo()
    assert [row[1] for row in shown(grid)] == ["", ""]


def test_enter_moves_and_f2_edits_what_is_there(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    grid.go(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Return, SHIFT)
    assert cell(grid) == (0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    line = editor(grid)
    assert isinstance(line, QLineEdit)
    assert line.text() == "A"
    qtbot.keyClick(line, Qt.Key.Key_End)
    line.insert("lpha 😀")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert [case.name for case in study.cases.all()] == ["Alpha 😀", "B"]
    assert cell(grid) == (1, 0)


def test_a_wrong_value_keeps_the_editor_open_and_says_why(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid, before = place.cases, steps(study)
    grid.go(0, 1)
    write(qtbot, grid, "many")
    qtbot.keyClick(editor(grid), Qt.Key.Key_Return)
    line = editor(grid)
    assert isinstance(line, QLineEdit)
    assert (line.text(), cell(grid)) == ("many", (0, 1))
    assert "many" in place.problem.text
    assert "employees" in place.problem.text
    qtbot.keyClicks(line, "12")  # what was wrong is selected: typing replaces it
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (shown(grid)[0][1], place.problem.text, steps(study)) == ("12", "", before + 1)


def test_escape_and_leaving_restore_the_cell(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    grid.go(0, 1)
    write(qtbot, grid, "x")
    qtbot.keyClick(editor(grid), Qt.Key.Key_Return)
    qtbot.keyClick(editor(grid), Qt.Key.Key_Escape)
    assert (editor(grid), shown(grid)[0][1], place.problem.text) == (None, "", "")
    write(qtbot, grid, "y")
    place.filter.setFocus()
    assert (editor(grid), shown(grid)[0][1]) == (None, "")
    assert "y" in place.problem.text


def test_choices_are_typed_by_their_first_letter(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    for column, letter in ((2, "y"), (3, "l")):
        grid.go(0, column)
        qtbot.keyClicks(grid, letter)
        assert isinstance(editor(grid), ChoiceBox)
        qtbot.keyClick(editor(grid), Qt.Key.Key_Return)
    assert shown(grid)[0][2:4] == ["yes", "listed"]
    grid.go(0, 3)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    box = editor(grid)
    assert isinstance(box, ChoiceBox)
    qtbot.keyClick(box, Qt.Key.Key_Up)  # an arrow passes by, Enter takes
    assert shown(grid)[0][3] == "listed"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert shown(grid)[0][3] == "family"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_choice_is_picked_with_the_mouse(place: CasesPlace, qtbot: QtBot) -> None:
    grid = place.cases
    index = grid.model_.index(1, 3)
    at = grid.visualRect(index).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    box = editor(grid)
    assert isinstance(box, ChoiceBox)
    qtbot.waitUntil(lambda: box.view().isVisible())
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert shown(grid)[1][3] == "family"


def test_a_disk_that_fails_is_told_and_the_cell_stays(
    place: CasesPlace, study: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_values: object) -> None:
        raise ProjectFileError("disk_full", file="study.kamcoder")

    monkeypatch.setattr(study.cases, "write_cases", full)
    place.cases.go(0, 1)
    with qtbot.waitSignal(place.failed) as told:
        write(qtbot, place.cases, "5")
        qtbot.keyClick(editor(place.cases), Qt.Key.Key_Return)
    assert isinstance(told.args[0], ProjectFileError)
    assert shown(place.cases)[0][1] == ""


# -- rows ------------------------------------------------------------------------------------------------------------


def test_the_empty_row_makes_cases_one_after_the_other(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    place.run("cases.add")
    for name in ("C", "D"):
        line = editor(grid)
        assert isinstance(line, QLineEdit)
        qtbot.keyClicks(line, name)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert [case.name for case in study.cases.all()] == ["A", "B", "C", "D"]
    line = editor(grid)
    qtbot.keyClicks(line, "b")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert place.problem.text == sentence(InvalidInput("case_name_taken", name="b"))
    qtbot.keyClick(editor(grid), Qt.Key.Key_Escape)
    grid.go(4, 1)
    assert not grid.model_.flags(grid.currentIndex()) & Qt.ItemFlag.ItemIsEditable  # a row begins with its name


def test_deleting_says_what_goes_and_can_be_undone(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    study.cases.set_value_by_name(AttributeScope.CASE, "A", "employees", "5")
    grid, before = place.cases, study.cases.all()
    grid.selectAll()
    qtbot.keyClick(grid, Qt.Key.Key_Delete, CONTROL)
    dialog = place.findChild(Confirm)
    told = " ".join(dialog.texts)
    assert "A, B" in dialog.texts[0]
    assert "1" in told
    assert "ocuments: 3" in told
    dialog.accept()
    assert (study.cases.all(), shown(grid)) == ([], [])
    assert len(study.documents.all()) == 3
    study.undo()
    assert study.cases.all() == before
    assert shown(grid)[0][1] == "5"


def test_rows_and_columns_are_moved_by_keys(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    grid.go(1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_Up, ALT)
    assert [row[0] for row in shown(grid)] == ["B", "A"]
    assert cell(grid) == (0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_Right, ALT)
    assert [column.title for column in grid.model_.columns][1:4] == ["teams", "employees", "owner"]
    assert cell(grid) == (0, 2)  # the place goes with the column
    grid.horizontalHeader().moveSection(3, 1)
    assert [column.title for column in grid.model_.columns][1:4] == ["owner", "teams", "employees"]
    assert [grid.horizontalHeader().visualIndex(place) for place in range(4)] == [0, 1, 2, 3]
    grid.model_.sort(0)
    with qtbot.waitSignal(place.hinted):
        qtbot.keyClick(grid, Qt.Key.Key_Down, ALT)
    assert [case.name for case in study.cases.all()] == ["B", "A"]


def test_sorting_is_by_type_with_unknown_last_and_ends_with_the_own_order(place: CasesPlace, study: Session) -> None:
    for name in ("C", "D"):
        study.cases.add(name)
    for name, number in (("A", "90"), ("B", "1000"), ("D", "8")):
        study.cases.set_value_by_name(AttributeScope.CASE, name, "employees", number)
    grid = place.cases
    grid.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in shown(grid)] == ["D", "A", "B", "C"]
    grid.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in shown(grid)] == ["B", "A", "D", "C"]
    study.cases.set_value_by_name(AttributeScope.CASE, "C", "employees", "5000")
    assert [row[0] for row in shown(grid)] == ["B", "A", "D", "C"]  # no row jumps away from the hand
    grid.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in shown(grid)] == ["A", "B", "C", "D"]


def test_a_click_on_a_head_sorts_down_up_and_not_at_all(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    header = place.cases.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        head = place.cases.model_.headerData(0, Qt.Orientation.Horizontal)
        seen.append((head, [row[0] for row in shown(place.cases)]))
    assert seen == [("▲ Case", ["A", "B"]), ("▼ Case", ["B", "A"]), ("Case", ["A", "B"])]


def test_the_filter_narrows_as_one_types(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    study.cases.set_value_by_name(AttributeScope.CASE, "A", "owner", "family")
    qtbot.keyClick(place.cases, Qt.Key.Key_F, CONTROL)
    assert place.filter.hasFocus()
    qtbot.keyClicks(place.filter, "FAMI")
    assert [row[0] for row in shown(place.cases)] == ["A"]
    assert [row[0] for row in shown(place.people)] == ["Zoë"]  # of a firm that is shown
    qtbot.keyClicks(place.filter, "zzz")
    assert (shown(place.cases), shown(place.people)) == ([], [])
    qtbot.keyClick(place.filter, Qt.Key.Key_Escape)
    assert (place.filter.text(), len(shown(place.cases))) == ("", 2)
    assert place.cases.hasFocus()


# -- attributes ------------------------------------------------------------------------------------------------------


def test_an_attribute_is_made_changed_and_deleted(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    dialog = place.rows.ask_new(AttributeScope.CASE)
    dialog.accept()
    assert dialog.isVisible()
    assert "name" in dialog.problem.text()
    dialog.name.setText("size")
    dialog.type.setCurrentIndex(dialog.type.findData(AttributeType.CHOICE))
    dialog.choices.setPlainText("small\n\nlarge\n")
    dialog.accept()
    grid = place.cases
    column = next(place for place, column in enumerate(grid.model_.columns) if column.title == "size")
    grid.go(0, column)
    put("LARGE")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert shown(grid)[0][column] == "large"
    changing = place.rows.ask_edit(grid)
    changing.type.setCurrentIndex(changing.type.findData(AttributeType.INTEGER))
    changing.accept()
    assert "large" in changing.problem.text()  # a value does not fit; the dialog stays
    changing.type.setCurrentIndex(changing.type.findData(AttributeType.TEXT))
    changing.accept()
    assert grid.model_.column(column).type is AttributeType.TEXT
    confirm = place.rows.ask_delete_attribute(grid)
    assert any("1" in text for text in confirm.texts)
    confirm.accept()
    assert "size" not in [attribute.name for attribute in study.cases.attributes()]
    study.undo()
    assert shown(grid)[0][column] == "large"


# -- clipboard -------------------------------------------------------------------------------------------------------


def test_a_block_fills_cells_and_adds_rows_as_one_step(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid, before = place.cases, steps(study)
    grid.go(1, 0)
    put("Beta\t200\tno\nGamma 😀\t8000\tyes\n\t\t\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert [row[:3] for row in shown(grid)] == [["A", "", ""], ["Beta", "200", "no"], ["Gamma 😀", "8000", "yes"]]
    assert steps(study) == before + 1
    study.undo()
    assert [row[:3] for row in shown(grid)] == [["A", "", ""], ["B", "", ""]]


def test_a_block_with_a_wrong_cell_or_without_room_changes_nothing(
    place: CasesPlace, study: Session, qtbot: QtBot
) -> None:
    grid, before = place.cases, steps(study)
    grid.go(0, 1)
    put("5\tyes\nmany\tno")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert "many" in place.problem.text
    grid.go(0, 3)
    for block in ("family\t9", "family\t9\t9\t9", "family\t3\t\t5"):
        put(block)
        with qtbot.waitSignal(place.hinted):
            qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    put("  \n")
    assert steps(study) == before


def test_one_cell_fills_what_is_selected_and_delete_clears_it(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    grid = place.cases
    grid.select_block(0, 1, 1, 1)
    put("12")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert [row[1] for row in shown(grid)] == ["12", "12"]
    before = steps(study)
    grid.select_block(0, 0, 1, 4)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert [row[:2] for row in shown(grid)] == [["A", ""], ["B", ""]]
    assert steps(study) == before + 1
    grid.select_block(0, 0, 1, 0)
    with qtbot.waitSignal(place.hinted):
        qtbot.keyClick(grid, Qt.Key.Key_Delete)


def test_what_is_copied_can_be_read_by_a_spreadsheet(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    note = study.cases.add_attribute("note", AttributeType.TEXT)
    study.cases.set_value_by_name(AttributeScope.CASE, "A", "employees", "-5")
    study.cases.set_value(note.id, study.cases.find("A").id, "=1+1")
    study.cases.set_value(note.id, study.cases.find("B").id, 'two\nlines, a "quote"\tand a tab')
    grid = place.cases
    grid.select_block(0, 0, 1, 4)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL | SHIFT)
    text = QApplication.clipboard().text()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    assert rows == [
        ["Case", "employees", "teams", "owner", "note"],
        ["A", "-5", "", "", "'=1+1"],
        ["B", "", "", "", 'two\nlines, a "quote"\tand a tab'],
    ]
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    before = steps(study)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert steps(study) == before  # pasted onto itself, nothing changes


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("a\t\n\tb", [["a", ""], ["", "b"]]),
        ('"a\nb"\tc', [["a\nb", "c"]]),
        ('5" pipe\t"so-called" teams\t"', [['5" pipe', '"so-called" teams', '"']]),
        ('"say ""no"""\tx', [['say "no"', "x"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("\x00a\ud800\tb", [["a", "b"]]),
        ("'=1+1\t'tis", [["=1+1", "'tis"]]),
        ("", []),
        ("\n", []),
    ],
)
def test_blocks_of_text_become_cells(text: str, cells: list[list[str]]) -> None:
    assert tab_text.parse(text) == cells


def test_cells_survive_the_way_over_the_clipboard() -> None:
    cells = [['"whole"', "two\nlines", "tab\there", ""], ["=a", "-1", 'x"y', "😀"]]
    assert tab_text.parse(tab_text.write(cells)) == cells


# -- sheets ----------------------------------------------------------------------------------------------------------

SHEET = "Case\temployees\tlisted\tsince\tnote\nA\t1100\tyes\t1950-01-01\tx\nH\tmany\tno\t\t\n"


def test_a_table_with_headers_is_shown_before_it_is_pasted(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    before = steps(study)
    put(SHEET)
    qtbot.keyClick(place.cases, Qt.Key.Key_V, CONTROL)
    dialog = place.findChild(SheetDialog)
    assert dialog is not None
    assert steps(study) == before
    assert not dialog.accept_button.isEnabled()
    assert "many" in dialog.problems.text()
    decide(dialog, 1, None)
    decide(dialog, 4, AttributeType.CHOICE)
    assert dialog.accept_button.isEnabled()
    assert "H" in dialog.said.text()
    dialog.accept()
    kinds = {attribute.name: attribute.type for attribute in study.cases.attributes()}
    assert (kinds["listed"], kinds["since"], kinds["note"]) == (
        AttributeType.YES_NO,
        AttributeType.DATE,
        AttributeType.CHOICE,
    )
    assert [row[0] for row in shown(place.cases)] == ["A", "B", "H"]
    assert study.to_undo.operation is Operation.IMPORT_CASES
    study.undo()
    assert [row[0] for row in shown(place.cases)] == ["A", "B"]
    assert len(study.cases.attributes()) == 3


def decide(dialog: SheetDialog, row: int, kind: AttributeType | None) -> None:
    dialog.model.setData(dialog.model.index(row, BECOMES), kind)


def test_the_types_of_a_sheet_are_chosen_in_its_table(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    put("case\tsize\nA\t5\n")
    dialog = place.exchange.paste_sheet(AttributeScope.CASE)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    dialog.table.edit(dialog.model.index(1, BECOMES))
    box = next(box for box in dialog.table.viewport().findChildren(QComboBox) if box.isVisible())
    box.setCurrentIndex(box.findData(AttributeType.DECIMAL))
    box.activated.emit(box.currentIndex())
    dialog.accept()
    assert study.cases.attributes()[-1].type is AttributeType.DECIMAL


@pytest.mark.parametrize(("suffix", "rows"), [("csv", 3), ("txt", 3)])
def test_a_file_is_read_beside_the_window_and_shown(
    place: CasesPlace, study: Session, qtbot: QtBot, tmp_path: Path, suffix: str, rows: int
) -> None:
    path = tmp_path / f"people.{suffix}"
    path.write_text("participant;case;years;age\nZoë;A;21;61\nCem;B;3;40\n", encoding="utf-8")
    place.exchange.read(path, AttributeScope.CASE)
    qtbot.waitUntil(lambda: place.findChild(SheetDialog) is not None)
    dialog = place.findChild(SheetDialog)
    assert dialog.scope.currentData() == AttributeScope.PARTICIPANT
    with qtbot.waitSignal(place.exchange.taken):
        dialog.accept()
    assert [row[0] for row in shown(place.people)] == ["Zoë", "Cem"]
    assert [person.years for person in study.cases.participants()] == [3, 21]


def test_a_file_that_is_no_sheet_is_told(place: CasesPlace, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"%PDF-1.4")
    with qtbot.waitSignal(place.failed) as told:
        place.exchange.read(path, AttributeScope.CASE)
    assert told.args[0].key == "sheet_other_kind"


# -- participants, documents, notes ----------------------------------------------------------------------------------


def test_participants_are_edited_and_follow_the_case(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    people = place.people
    people.setFocus()
    place.run("cases.add_participant")
    line = editor(people)
    qtbot.keyClicks(line, "Cem")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert cell(people) == (1, 1)
    put("b\tKAM\t12+\n")
    qtbot.keyClick(people, Qt.Key.Key_V, CONTROL)
    assert shown(people)[1][:4] == ["Cem", "B", "KAM", "12"]
    people.go(1, 3)
    for wrong in ("-3", "long"):
        write(qtbot, people, wrong)
        qtbot.keyClick(editor(people), Qt.Key.Key_Return)
        assert wrong in place.problem.text
        qtbot.keyClick(editor(people), Qt.Key.Key_Escape)
    place.cases.go(1, 0)
    place.only.setChecked(True)
    assert [row[0] for row in shown(people)] == ["Cem"]
    place.cases.go(0, 0)
    assert [row[0] for row in shown(people)] == ["Zoë"]
    place.only.setChecked(False)
    people.setFocus()
    people.point(next(person.id for person in study.cases.participants() if person.name == "Cem"))
    place.rows.ask_delete(people).accept()
    assert [person.name for person in study.cases.participants()] == ["Zoë"]
    study.undo()
    assert {row[0] for row in shown(people)} == {"Zoë", "Cem"}


def test_documents_of_the_case_are_opened_linked_and_unlinked(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    panel = place.panel
    place.cases.go(0, 0)
    listed = [panel.documents.item(row).text() for row in range(panel.documents.rowCount())]
    assert listed == ["A-CEO", "A-KAM"]
    panel.list.setCurrentIndex(panel.documents.index(1, 0))
    with qtbot.waitSignal(place.document_asked) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [study.documents.find("A-KAM").id]
    at = panel.list.visualRect(panel.documents.index(0, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(place.document_asked) as asked:
        qtbot.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [study.documents.find("A-CEO").id]
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    documents = next(place for place, column in enumerate(place.cases.model_.columns) if column.key == "documents")
    assert (panel.documents.rowCount(), shown(place.cases)[0][documents]) == (1, "1")
    dialog = panel.ask_link()
    dialog.filter.setText("b-k")
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    dialog.accept()
    assert (panel.documents.rowCount(), shown(place.cases)[0][documents]) == (2, "2")
    study.undo()
    study.undo()
    assert panel.documents.rowCount() == 2


def test_notes_on_a_case_are_kept_when_one_leaves(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    field = place.panel.notes.field
    place.cases.go(0, 0)
    field.setFocus()
    qtbot.keyClicks(field, "Family firm")
    place.cases.go(1, 0)
    assert field.toPlainText() == ""
    assert [(memo.text, memo.target_id) for memo in study.memos.all()] == [("Family firm", study.cases.find("A").id)]
    place.cases.go(0, 0)
    assert field.toPlainText() == "Family firm"
    study.undo()
    assert field.toPlainText() == ""
    study.redo()
    field.setPlainText("")
    place.flush()
    assert study.memos.all() == []


def test_typed_notes_do_not_keep_a_case_from_going(place: CasesPlace, study: Session, qtbot: QtBot) -> None:
    place.cases.go(0, 0)
    place.panel.notes.field.setPlainText("half a thought")
    study.cases.delete(place.panel.case_id)
    assert place.panel.title.text() == "B"
    assert study.memos.all() == []


def test_without_a_coder_notes_can_only_be_read(empty: CasesPlace, session: Session) -> None:
    session.cases.add("A")
    open_in(empty, session)
    assert empty.panel.notes.field.isReadOnly()
    session.coders.activate(session.coders.add("Ann"))
    empty.use_coder()
    assert not empty.panel.notes.field.isReadOnly()


# -- the place -------------------------------------------------------------------------------------------------------


def test_an_empty_project_teaches_the_next_step(empty: CasesPlace, session: Session, qtbot: QtBot) -> None:
    open_in(empty, session)
    assert empty.empty.isVisible()
    qtbot.mouseClick(empty.empty.buttons[0], Qt.MouseButton.LeftButton)
    assert not empty.empty.isVisible()
    line = editor(empty.cases)
    qtbot.keyClicks(line, "Alpha")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [case.name for case in session.cases.all()] == ["Alpha"]
    empty.load(None)
    assert empty.empty.isVisible()


def test_a_table_pasted_into_an_empty_project_becomes_cases(empty: CasesPlace, session: Session) -> None:
    open_in(empty, session)
    put("firm\tsector\nAlpha\tretail\nBeta\tsteel\n")
    empty.run("cells.paste_sheet")
    empty.findChild(SheetDialog).accept()
    assert [row[:2] for row in shown(empty.cases)] == [["Alpha", "retail"], ["Beta", "steel"]]


def test_a_hidden_place_catches_up_when_it_is_shown(place: CasesPlace, study: Session) -> None:
    place.hide()
    study.cases.add("C")
    study.cases.set_value_by_name(AttributeScope.CASE, "A", "employees", "3")
    assert len(shown(place.cases)) == 2
    place.show()
    assert [row[:2] for row in shown(place.cases)] == [["A", "3"], ["B", ""], ["C", ""]]


def test_the_place_is_kept_when_others_change_the_rows(place: CasesPlace, study: Session) -> None:
    place.cases.go(1, 2)
    study.cases.add_attribute("new", AttributeType.TEXT)
    study.cases.move(study.cases.find("B").id, -1)
    assert (cell(place.cases), place.panel.title.text()) == ((0, 2), "B")


def test_every_command_is_known_and_no_key_stands_for_two(place: CasesPlace) -> None:
    assert {command.key for command in commands.COMMANDS} == set(place._acts)
    keys = [key for command in commands.COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(commands.plain_text(command.key) and commands.tip_of(command.key) for command in commands.COMMANDS)


def test_the_panes_are_reached_by_key(place: CasesPlace, qtbot: QtBot) -> None:
    seen = []
    for _ in range(5):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert len(set(seen)) == 5
    assert QApplication.focusWidget() is place.cases
    assert all(widget.accessibleName() for widget in seen)


def test_a_long_list_opens_and_filters(place: CasesPlace, study: Session) -> None:
    lines = ["case,employees", *(f"Firm {number},{number}" for number in range(3000))]
    study.sheets.cases("\n".join(lines).encode(), name="many.csv")
    assert len(shown(place.cases)) == 3002
    place.filter.setText("firm 299")
    assert len(shown(place.cases)) == 13
    index: QModelIndex = place.cases.model_.index(0, 0)
    assert "Firm 299" in index.data(Qt.ItemDataRole.AccessibleTextRole)
