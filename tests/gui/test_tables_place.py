"""The place of tables on a real project."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeType
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.tables.model import HEAT
from kamcoder.gui.tables.numbers import NumbersView
from kamcoder.services.session import Session
from tests.builders import code_quote


@pytest.fixture
def place(workspace: MainWindow) -> NumbersView:
    workspace.commands["place.tables"].trigger()
    shown = workspace.workspace.tables
    assert shown is not None
    for model in (shown.numbers.model, shown.numbers.behind.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    return shown.numbers


def rows(place: NumbersView) -> list[list[str]]:
    model = place.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(box: object, data: str) -> None:
    box.setCurrentIndex(box.findData(data))  # type: ignore[attr-defined]


def test_the_table_is_that_of_the_study_with_totals_last(place: NumbersView) -> None:
    assert rows(place) == [["A", "1", "1", "2"], ["B", "1", "", "1"], ["total", "2", "1", "3"]]
    assert "Ann" in place.rule.text()
    assert place.model.index(0, 1).data(HEAT) == 1.0
    assert place.model.index(2, 1).data(HEAT) is None


def test_choices_change_rows_columns_measure_and_coder(place: NumbersView, study: Session) -> None:
    choose(place.builder.codes, f"1:{study.codebook.all().find('Direct').id}")
    assert rows(place)[0] == ["A", "1", "", "1"]
    choose(place.builder.rows, "documents")
    assert [row[0] for row in rows(place)] == ["A-CEO", "A-KAM", "B-KAM", "total"]
    choose(place.builder.measure, Measure.QUOTES.value)
    assert "once a year" in rows(place)[0][1]
    choose(place.builder.measure, Measure.PASSAGES.value)
    study.coders.add("Ben")
    place.builder.filters.coders.choose([study.coders.find("Ben").id])
    assert rows(place)[-1] == ["total", "0", "0", "0"]


def test_a_change_of_the_project_is_followed_at_once(place: NumbersView, study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    assert rows(place)[0] == ["A", "2", "1", "3"]
    study.undo()
    assert rows(place)[0] == ["A", "1", "1", "2"]


def test_hidden_it_catches_up_when_it_is_shown(place: NumbersView, workspace: MainWindow, study: Session) -> None:
    workspace.commands["place.code"].trigger()
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    workspace.commands["place.tables"].trigger()
    assert rows(place)[0] == ["A", "2", "1", "3"]


def test_attributes_stand_beside_the_names_unless_hidden(place: NumbersView, study: Session) -> None:
    attribute = study.cases.add_attribute("employees", AttributeType.INTEGER)
    study.cases.set_value(attribute.id, study.cases.find("B").id, "200")
    assert rows(place)[1] == ["B", "200", "1", "", "1"]
    place.builder.attributes.setChecked(False)
    assert rows(place)[1] == ["B", "1", "", "1"]


def test_sorting_leaves_the_totals_last(place: NumbersView) -> None:
    place.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in rows(place)] == ["B", "A", "total"]
    place.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in rows(place)] == ["B", "A", "total"]


def test_a_cell_opens_its_passages_and_they_lead_to_the_text(
    qtbot: QtBot, place: NumbersView, workspace: MainWindow
) -> None:
    place.view.setCurrentIndex(place.model.index(1, 1))
    passage = place.behind.model.passage(0)
    assert passage is not None
    assert passage.coding.quote == "He drinks coffee with the big ones."
    place.behind.list.setCurrentIndex(place.behind.model.index(0))
    place.behind.list.setFocus()
    qtbot.keyClick(place.behind.list, Qt.Key.Key_Return)
    assert workspace.workspace.place == "place.code"
    assert workspace.place.reader.quote() == passage.coding.quote


def test_totals_and_names_open_all_that_stands_there(place: NumbersView) -> None:
    place.view.setCurrentIndex(place.model.index(0, 0))
    assert len(place.behind.model.lines) == 2
    place.view.setCurrentIndex(place.model.index(2, 1))
    assert len(place.behind.model.lines) == 2
    place.view.setCurrentIndex(place.model.index(2, 3))
    assert len(place.behind.model.lines) == 3


def test_the_table_is_copied_and_written(place: NumbersView, tmp_path: Path) -> None:
    place.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "A\t1\t1\t2"
    for name in ("t.xlsx", "t.csv", "t.html", "t.docx"):
        place.write(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 50


def test_a_bad_ending_is_said(place: NumbersView, workspace: MainWindow, tmp_path: Path) -> None:
    place.write(tmp_path / "t.pptx")
    assert "ending" in workspace.notice.text


def test_an_empty_project_says_what_to_do(window: MainWindow, session: Session) -> None:
    window.desk.projects.adopt(session)
    window.commands["place.tables"].trigger()
    assert window.workspace.tables is not None
    assert window.workspace.tables.numbers.empty.isVisible()
