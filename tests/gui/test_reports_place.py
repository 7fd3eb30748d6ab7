"""The place of reports on a real project: choices, a look ahead, charts whose marks lead to the text, files."""

import json
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.reports.chart_pane import ChartPane
from kamcoder.gui.reports.place import ReportsPlace
from kamcoder.services.chart_definition import ChartKind
from kamcoder.services.handing_out import FORMATS, Output
from kamcoder.services.report_options import ReportPart
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.conftest import opened_window, put_away


@pytest.fixture
def place(workspace: MainWindow) -> ReportsPlace:
    workspace.commands["place.reports"].trigger()
    shown = workspace.workspace.reports
    assert shown is not None
    return shown


def looked(qtbot: QtBot, place: ReportsPlace, text: str) -> None:
    qtbot.waitUntil(lambda: text in place.preview.text.toPlainText(), timeout=20_000)


def drawn(qtbot: QtBot, place: ReportsPlace) -> ChartPane:
    place.choose(Output.CHART)
    qtbot.waitUntil(lambda: bool(place.chart.canvas.hits), timeout=30_000)
    return place.chart


def test_every_output_has_choices_formats_and_a_look_ahead(qtbot: QtBot, place: ReportsPlace) -> None:
    for output, piece in (
        (Output.REPORT, "How to read this report"),
        (Output.SUMMARIES, "case summaries"),
        (Output.TABLE, "Cases × codes"),
        (Output.PASSAGES, "A-CEO"),
        (Output.LISTS, "A-CEO, A-KAM"),
        (Output.CODEBOOK, "codebook"),
        (Output.METHODS, "How it is counted"),
    ):
        place.choose(output)
        looked(qtbot, place, piece)
        assert [place.format.itemData(row) for row in range(place.format.count())] == list(FORMATS[output])
    assert not place.options.quotes.isVisible()


def test_the_lines_of_the_list_do_not_overlap(place: ReportsPlace) -> None:
    lines = [place.outputs.visualItemRect(place.outputs.item(row)) for row in range(place.outputs.count())]
    assert all(not one.intersects(other) for one, other in pairwise(lines))


def test_choices_change_the_look_ahead_and_the_order(qtbot: QtBot, place: ReportsPlace, study: Session) -> None:
    looked(qtbot, place, "once a year")
    place.options.quotes.setValue(0)
    place.options.parts[ReportPart.METHODS].setChecked(False)
    place.options.cases.choose([study.cases.find("B").id])
    qtbot.waitUntil(lambda: "once a year" not in place.preview.text.toPlainText(), timeout=20_000)
    shown = place.preview.text.toPlainText()
    assert "B" in shown
    assert "Methods appendix" not in shown
    order = place.options.order()
    assert order.report.case_ids == (study.cases.find("B").id,)
    assert order.report.without == {ReportPart.QUOTES, ReportPart.METHODS}


def test_a_change_of_the_project_is_followed(qtbot: QtBot, place: ReportsPlace, study: Session) -> None:
    looked(qtbot, place, "once a year")
    study.summaries.write(study.cases.find("A").id, study.codebook.all().find("Direct").id, "It is all trust.")
    looked(qtbot, place, "It is all trust.")


def test_the_file_is_written_beside_the_window_and_can_be_opened(
    qtbot: QtBot, place: ReportsPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(asked.append(url)) or True)
    out = tmp_path / "out" / "report.docx"
    dialog = place.ask_file()
    assert dialog is not None
    assert dialog.nameFilters()[0] == "Word (*.docx)"
    dialog.fileSelected.emit(str(out))
    dialog.close()
    qtbot.waitUntil(place.open_file.isVisible, timeout=20_000)
    assert docx.Document(str(out)).paragraphs[0].text.endswith("case report")
    place.open_file.click()
    place.open_folder.click()
    assert [Path(url.toLocalFile()) for url in asked] == [out, out.parent]


def test_another_ending_and_a_folder_that_cannot_be_are_told(
    qtbot: QtBot, place: ReportsPlace, workspace: MainWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(place.failed, timeout=20_000):
        place.write(tmp_path / "x.odt")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with qtbot.waitSignal(place.failed, timeout=20_000):
        place.write(tmp_path / "file" / "x.docx")
    assert not place.open_file.isVisible()


def test_a_click_on_a_mark_shows_its_passages_and_leads_to_the_text(
    qtbot: QtBot, place: ReportsPlace, workspace: MainWindow
) -> None:
    pane = drawn(qtbot, place)
    assert pane.marks.rowCount() == len(pane.canvas.hits) == 4
    centre = pane.canvas.place(0).center().toPoint()
    qtbot.mouseClick(pane.canvas, Qt.MouseButton.LeftButton, pos=centre)
    assert pane.list.currentIndex().data() == pane.canvas.hits[0].mark.told
    assert pane.behind.coding_ids() == list(pane.canvas.hits[0].mark.coding_ids)
    qtbot.mouseClick(pane.canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert pane.canvas.current == 0
    qtbot.keyClick(pane.canvas, Qt.Key.Key_Return)
    qtbot.keyClick(pane.behind.list, Qt.Key.Key_Return)
    assert workspace.workspace.place == "place.code"


def test_marks_are_reached_with_keys_and_from_their_list(qtbot: QtBot, place: ReportsPlace) -> None:
    pane = drawn(qtbot, place)
    pane.canvas.setFocus()
    told: list[int] = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(pane.canvas, key)
        told.append(pane.canvas.current)
    assert told == [0, 1, 1, 3, 2, 0]
    qtbot.keyClick(pane.canvas, Qt.Key.Key_End)
    assert pane.canvas.current == 3
    pane.list.setCurrentIndex(pane.marks.index(1))
    assert pane.canvas.current == 1
    assert pane.canvas.accessibleDescription().startswith("Cases × codes")


def test_kinds_of_charts_have_their_own_choices(qtbot: QtBot, place: ReportsPlace, study: Session) -> None:
    drawn(qtbot, place)
    kind = place.options.kind
    kind.setCurrentIndex(kind.findData(ChartKind.PORTRAIT))
    assert place.options.documents.isVisible()
    assert not place.options.measure.isVisible()
    place.options.documents.choose([study.documents.find("A-CEO").id])
    assert place.options.order().chart.document_ids == (study.documents.find("A-CEO").id,)
    qtbot.waitUntil(lambda: any("A-CEO ¶" in hit.mark.told for hit in place.chart.canvas.hits), timeout=30_000)


def test_a_chart_follows_new_codings_and_the_theme(qtbot: QtBot, place: ReportsPlace, study: Session) -> None:
    pane = drawn(qtbot, place)
    pane.canvas.point(0)
    before = pane.canvas.hits[0].mark.value or 0
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    qtbot.waitUntil(lambda: pane.canvas.hits[0].mark.value != before, timeout=30_000)


def test_choices_are_remembered_for_each_project(
    qtbot: QtBot, qapp: QApplication, settings: Path, place: ReportsPlace, workspace: MainWindow, study: Session
) -> None:
    path, case = study.path, study.cases.find("B").id
    place.choose(Output.SUMMARIES)
    place.format.setCurrentIndex(place.format.findData(".xlsx"))
    place.options.cases.choose([case])
    place.options.quotes.setValue(7)
    workspace.close()
    again = opened_window(qtbot, qapp, settings)
    try:
        again.desk.projects.adopt(Session.open(path))
        again.workspace.go("place.reports")
        shown = again.workspace.reports
        assert shown is not None
        assert (shown.output, shown.format.currentData()) == (Output.SUMMARIES, ".xlsx")
        assert shown.options.cases.chosen == {case}
        assert shown.options.quotes.value() == 7
    finally:
        put_away(again)


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"output": "x", "cases": 3, "quotes": "x", "without": 1})])
def test_what_was_remembered_may_make_no_sense(place: ReportsPlace, text: str) -> None:
    place.recall(text)
    assert place.options.quotes.value() == 3
    assert place.output is Output.REPORT


def test_an_empty_project_says_what_is_needed(window: MainWindow, tmp_path: Path) -> None:
    window.desk.projects.adopt(Session.create(tmp_path / "empty.kamcoder"))
    window.workspace.go("place.reports")
    shown = window.workspace.reports
    assert shown is not None
    assert shown.empty.isVisible()
    assert shown.ask_file() is None
    window.commands["reports.export"].trigger()


def test_commands_lead_to_the_place(qtbot: QtBot, workspace: MainWindow) -> None:
    workspace.commands["reports.chart"].trigger()
    shown = workspace.workspace.reports
    assert shown is not None
    assert shown.output is Output.CHART
    workspace.commands["reports.report"].trigger()
    assert shown.output is Output.REPORT


def test_hostile_words_stay_words_in_the_look_ahead(qtbot: QtBot, place: ReportsPlace, study: Session) -> None:
    case, code = study.cases.find("A").id, study.codebook.all().find("Direct").id
    study.summaries.write(case, code, "<img src=x> ![x](http://example.org/x.png) <script>alert(1)</script>")
    looked(qtbot, place, "<script>alert(1)</script>")
    assert "<img src=x>" in place.preview.text.toPlainText()
