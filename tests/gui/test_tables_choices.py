"""Everything a table can be, chosen by mouse and keys: axes, levels, limits, groups, saved tables, frozen names."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeType
from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.tables.delegate import GROUP_BEGINS
from kamcoder.gui.tables.numbers import NumbersView
from kamcoder.gui.widgets.prompt import Prompt
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.passages import CodingLine
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition
from tests.builders import code_quote
from tests.gui.test_tables_place import choose, rows


@pytest.fixture
def place(workspace: MainWindow) -> NumbersView:
    workspace.resize(1280, 800)
    workspace.commands["place.tables"].trigger()
    assert workspace.workspace.tables is not None
    return workspace.workspace.tables.numbers


def heads(place: NumbersView) -> list[str]:
    return [str(place.model.headerData(n, Qt.Orientation.Horizontal)) for n in range(place.model.columnCount())]


def ids(study: Session) -> dict[str, str]:
    return {code.name: code.id for code in study.codebook.all().codes}


# -- axes ------------------------------------------------------------------------------------------------------------


def test_a_level_and_ticked_codes_are_columns(place: NumbersView, study: Session) -> None:
    choose(place.builder.codes, "2:")
    assert heads(place) == ["case", "strategic", "social", "Antecedents", "total"]
    assert not place.builder.picked.isVisible()
    choose(place.builder.codes, "picked")
    place.builder.picked.choose([ids(study)["social"]])
    assert place.builder.picked.isVisible()
    assert heads(place) == ["case", "social", "total"]
    assert place.definition().code_ids == (ids(study)["social"],)


def test_codes_stand_on_both_sides_or_against_coders(place: NumbersView) -> None:
    choose(place.builder.rows, "codes")
    assert place.builder.together.isVisible()
    assert not place.builder.measure.isVisible()
    choose(place.builder.together, "0")
    assert rows(place) == [["Direct involvement", "", "", "2"], ["Antecedents", "", "", "1"]]
    choose(place.builder.columns, "coders")
    assert rows(place) == [["Direct involvement", "2", "2"], ["Antecedents", "1", "1"], ["total", "3", "3"]]


def test_an_attribute_makes_rows_or_brings_them_together(place: NumbersView, study: Session) -> None:
    size = study.cases.add_attribute("employees", AttributeType.INTEGER)
    study.cases.add("C")
    for name, value in (("A", "900"), ("B", "40"), ("C", "40")):
        study.cases.set_value(size.id, study.cases.find(name).id, value)
    choose(place.builder.rows, f"groups:{size.id}")
    assert [row[0] for row in rows(place)] == ["40", "900", "total"]
    choose(place.builder.rows, "cases")
    next(action for action in place.builder.grouping.actions() if action.data() == size.id).trigger()
    assert [row[:2] for row in rows(place)][:3] == [["B", "40"], ["C", "40"], ["A", "900"]]
    assert [bool(place.model.index(row, 0).data(GROUP_BEGINS)) for row in range(4)] == [False, False, True, False]
    place.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in rows(place)] == ["C", "B", "A", "total"]
    assert "C\t40" in copied(place)


def copied(place: NumbersView) -> str:
    place.copy()
    return QGuiApplication.clipboard().text()


def test_rows_and_columns_change_places_with_a_key(qtbot: QtBot, place: NumbersView) -> None:
    place.view.setFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert heads(place) == ["code", "A", "B", "total"]
    assert rows(place)[0] == ["Direct involvement", "1", "1", "2"]


def test_the_chosen_cell_stays_chosen_when_the_table_changes(place: NumbersView, study: Session) -> None:
    place.view.setCurrentIndex(place.model.index(1, 2))
    study.cases.add("AA")
    study.cases.move(study.cases.find("AA").id, -9)
    assert place.model.title(place.view.currentIndex()) == "B × Antecedents"


# -- limits ----------------------------------------------------------------------------------------------------------


def test_limits_leave_out_and_can_be_taken_away(place: NumbersView, study: Session) -> None:
    filters = place.builder.filters
    code_quote(study, "A-KAM", "social", "Do you meet the board?")
    choose(filters.speakers, "interviewer")
    assert rows(place)[0] == ["A", "1", "", "1"]
    choose(filters.speakers, "all")
    assert rows(place)[0] == ["A", "2", "1", "3"]
    choose(filters.speakers, "")
    assert not filters.clear_button.isVisible()
    filters.cases.choose([study.cases.find("B").id])
    assert [row[0] for row in rows(place)] == ["B", "total"]
    assert "Only cases: B." in place.rule.text()
    filters.origins.choose(["import"])
    assert rows(place)[0] == ["B", "", "", "0"]
    filters.clear_button.click()
    assert len(rows(place)) == 3


def test_codes_limit_a_table_that_has_none_on_its_sides(place: NumbersView, study: Session) -> None:
    choose(place.builder.columns, "coders")
    filters = place.builder.filters
    assert filters.codes.isVisible()
    filters.codes.choose([ids(study)["social"]])
    assert rows(place) == [["A", "", "0"], ["B", "1", "1"], ["total", "1", "1"]]
    choose(place.builder.columns, "codes")
    assert filters.codes.isVisible()  # as long as it leaves something out


def test_what_is_empty_can_be_hidden(place: NumbersView, study: Session) -> None:
    study.cases.add("Nobody")
    study.codebook.add("Never")
    assert "Nobody" in [row[0] for row in rows(place)]
    place.builder.hide_empty.trigger()
    assert [row[0] for row in rows(place)] == ["A", "B", "total"]
    assert "Never" not in heads(place)
    place.view.setCurrentIndex(place.model.index(1, 1))
    assert place.behind.model.passage(0).coding.quote.startswith("He drinks")  # type: ignore[union-attr]


def test_choices_survive_a_change_of_the_project(place: NumbersView, study: Session) -> None:
    wanted = TableDefinition(
        rows=TableAxis.DOCUMENTS, level=2, measure=Measure.WORDS, attributes=False, speaker_roles=frozenset({"other"})
    )
    place.builder.choose(wanted)
    place.refresh()
    study.codebook.add("New")
    assert place.definition() == wanted


# -- saved tables ----------------------------------------------------------------------------------------------------


def entries(place: NumbersView) -> dict[str, object]:
    place.saved.fill()
    menu = place.saved.menu()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions() if action.text()}


def test_a_table_is_saved_changed_renamed_deleted_and_opened(
    qtbot: QtBot, place: NumbersView, workspace: MainWindow, study: Session
) -> None:
    choose(place.builder.measure, Measure.WORDS.value)
    place.view.setFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    prompt = place.saved.findChild(Prompt)
    prompt.edit.setText("R&D words")
    prompt.accept()
    assert place.saved.text().startswith("R&&D words")
    choose(place.builder.rows, "documents")
    assert "(changed)" in place.saved.text()
    assert place.saved.save() is None
    assert "(changed)" not in place.saved.text()
    rename = place.saved.ask_rename()
    assert rename is not None
    rename.edit.setText("Words")
    rename.accept()
    assert [table.name for table in study.saved_tables.all()] == ["Words"]
    place.saved.open_ready(TableDefinition())
    assert place.saved.current is None
    assert rows(place)[0][0] == "A"
    entries(place)["Words"].trigger()  # type: ignore[attr-defined]
    assert rows(place)[0][0] == "A-CEO"
    assert place.definition().measure is Measure.WORDS
    entries(place)["Delete"].trigger()  # type: ignore[attr-defined]
    assert study.saved_tables.all() == []
    assert place.saved.current is None
    assert "Words" in workspace.toast.text
    workspace.commands["edit.undo"].trigger()
    assert [table.name for table in study.saved_tables.all()] == ["Words"]


def test_what_is_gone_from_a_saved_table_is_said(place: NumbersView, study: Session) -> None:
    table = study.saved_tables.save("one", TableDefinition(code_ids=(ids(study)["social"], ids(study)["strategic"])))
    study.codebook.delete(ids(study)["social"], with_codings=True)
    place.saved.open(table.id)
    assert heads(place) == ["case", "strategic", "total"]
    assert place.note.isVisible()
    assert "social" in place.note.text()
    place.saved.open_ready(TableDefinition())
    assert not place.note.isVisible()


def test_an_unusual_saved_table_is_shown_as_it_is(place: NumbersView, study: Session) -> None:
    wanted = TableDefinition(
        rows=TableAxis.CODES,
        below=ids(study)["Direct involvement"],
        level=3,
        turns_apart=7,
        speaker_roles=frozenset({"other", None}),
    )
    place.saved.open(study.saved_tables.save("odd", wanted).id)
    assert place.definition() == wanted
    assert not place.saved.changed
    assert "7" in place.builder.together.currentText()


def test_ready_tables_can_all_be_made(qtbot: QtBot, place: NumbersView) -> None:
    for name, definition in place.saved._ready():
        place.saved.open_ready(definition)
        qtbot.waitUntil(lambda wanted=definition: place.model.made.definition.rows is wanted.rows, timeout=60_000)
        assert place.title.text(), name


# -- frozen names ------------------------------------------------------------------------------------------------------


def test_names_stay_while_the_rest_is_scrolled(qtbot: QtBot, place: NumbersView, study: Session) -> None:
    for number in range(30):
        study.codebook.add(f"a long name of a code, number {number}")
    frozen = place.view.frozen
    qtbot.waitUntil(lambda: frozen.isVisible())
    bar = place.view.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert frozen.columnWidth(0) == place.view.columnWidth(0)
    assert frozen.isColumnHidden(1)
    assert frozen.indexAt(QPoint(5, 5)).data() == "A"
    place.view.setFocus()
    place.view.setCurrentIndex(place.model.index(0, place.model.columnCount() - 1))
    for _ in range(place.model.columnCount() - 2):
        qtbot.keyClick(place.view, Qt.Key.Key_Left)
        shown = place.view.visualRect(place.view.currentIndex())
        assert shown.left() >= place.view.frozen_width
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert place.view.currentIndex().column() == 0
    assert place.view.hasFocus()


def test_a_click_on_the_frozen_head_sorts_and_unsorts(qtbot: QtBot, place: NumbersView) -> None:
    qtbot.waitUntil(lambda: place.view.frozen.isVisible())
    head = place.view.frozen.horizontalHeader()
    seen = []
    for _ in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
        seen.append([row[0] for row in rows(place)][:2])
    assert seen == [["A", "B"], ["B", "A"], ["A", "B"]]


# -- passages --------------------------------------------------------------------------------------------------------


def test_keys_lead_from_the_cell_to_the_passage_to_the_text_and_back(
    qtbot: QtBot, place: NumbersView, workspace: MainWindow
) -> None:
    place.view.setFocus()
    place.view.setCurrentIndex(place.model.index(0, 1))
    qtbot.keyClick(place.view, Qt.Key.Key_Return)
    assert place.behind.list.hasFocus()
    assert "I meet the largest customers" in place.behind.context.toPlainText()
    qtbot.keyClick(place.behind.list, Qt.Key.Key_Plus)
    assert "Why only once?" in place.behind.context.toPlainText()
    qtbot.keyClick(place.behind.list, Qt.Key.Key_Escape)
    assert place.view.hasFocus()
    place.behind.open.click()
    assert workspace.workspace.place == "place.code"


def test_many_passages_are_held_as_bare_lines(place: NumbersView, study: Session) -> None:
    document, code = study.documents.find("A-CEO"), ids(study)["social"]
    planned = [PlannedCoding(document.id, TextSpan(start + 12, start + 21), code) for start in range(150)]
    study.codings.apply_many(planned, coder_id=study.coders.find("Ann").id)
    choose(place.builder.filters.speakers, "all")
    place.view.setCurrentIndex(place.model.index(0, 0))
    model = place.behind.model
    assert len(model.lines) > 100
    assert model.held <= 60
    starts = [line.start for line in model.lines]
    assert starts == sorted(starts)
    place.view.setCurrentIndex(place.model.index(0, 0))
    twice = study.codings.apply(document.id, model_span(model.lines[0]), ids(study)["Antecedents"])
    assert "codings" in place.behind._count.text()
    study.codings.remove([twice.id])
    assert "codings" not in place.behind._count.text()


def model_span(line: CodingLine) -> TextSpan:
    return TextSpan(line.start, line.end)


def test_the_file_holds_the_table_as_it_is_shown(place: NumbersView, tmp_path: Path) -> None:
    place.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    place.write(tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines if line[:2] in ("A,", "B,")] == ["B", "A"]
