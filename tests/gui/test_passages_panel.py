"""The passages browser on a real project."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.case import AttributeType
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.bridge import Bridge
from kamcoder.gui.finding.passage_acts import PassageActs
from kamcoder.gui.finding.passages_model import CASE, CODE, PLACE, TEXT
from kamcoder.gui.finding.passages_panel import PassagesPanel
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Mode, Theme
from kamcoder.services.passages import Facet
from kamcoder.services.session import Session
from tests.builders import code_quote


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, study: Session) -> Iterator[PassagesPanel]:
    theme = Theme(qapp, Mode.LIGHT)
    made = PassagesPanel(theme)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    bridge = Bridge(study)
    bridge.changed.connect(made.on_changed)
    made.resize(1100, 520)
    made.load(study)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.model.rowCount() > 0)
    yield made
    made.load(None)
    bridge.close()
    theme.close()


def listed(panel: PassagesPanel) -> dict[str, list[str]]:
    """What stands in the tree: {head: first words of the passages}."""
    model = panel.model
    heads = [model.index(row, 0) for row in range(model.rowCount())]
    return {
        head.data(): [" ".join(model.index(row, 0, head).data().split()[:3]) for row in range(model.rowCount(head))]
        for head in heads
    }


def settled(panel: PassagesPanel) -> None:
    panel._wait.stop()
    panel._show()


def coding_of(study: Session, words: str) -> str:
    return next(item.coding.id for item in study.passages.select() if words in item.coding.quote)


def test_passages_by_code(panel: PassagesPanel) -> None:
    assert listed(panel) == {
        "Direct involvement › strategic (1)": ["I meet the"],
        "Direct involvement › social (1)": ["He drinks coffee"],
        "Antecedents (1)": ["Because the sales"],
    }
    assert panel.count.text() == "3 passages"


@pytest.mark.parametrize(
    ("facet", "heads"),
    [
        (Facet.CASE, ["A (2)", "B (1)"]),
        (Facet.DOCUMENT, ["A-CEO (2)", "B-KAM (1)"]),
        (Facet.CODER, ["Ann (3)"]),
    ],
)
def test_other_groups(panel: PassagesPanel, facet: Facet, heads: list[str]) -> None:
    panel.filters.groups.setCurrentIndex(panel.filters.groups.findData(facet))
    assert list(listed(panel)) == heads
    assert panel.rows.isColumnHidden(CODE) is False


def test_limits_combine_and_count(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    attribute = study.cases.add_attribute("ownership", AttributeType.TEXT)
    study.cases.set_value(attribute.id, study.cases.find("A").id, "family")
    study.cases.set_value(attribute.id, study.cases.find("B").id, "listed")
    qtbot.waitUntil(lambda: not panel._stale)
    button = panel.filters.buttons[Facet.ATTRIBUTE]
    button.open()
    assert [button.model.index(row).data() for row in range(2)] == ["ownership: family   2", "ownership: listed   1"]
    button.choose([(attribute.id, "family")])
    settled(panel)
    assert panel.count.text() == "2 of 3 passages"
    direct = study.codebook.all().find("Direct involvement").id
    panel.filters.buttons[Facet.CODE].choose([direct])
    settled(panel)
    assert listed(panel) == {"Direct involvement › strategic (1)": ["I meet the"]}
    panel.filters.buttons[Facet.CODE].open()
    counts = panel.filters.buttons[Facet.CODE].model
    assert counts.index(0).data().split()[-1] == "1"
    panel.filters.text.setText("nowhere")
    settled(panel)
    assert panel.model.rowCount() == 0
    assert panel.empty.isVisible()
    panel.filters.clear()
    settled(panel)
    assert len(panel.model.shown()) == 3


def test_sorting_inside_the_groups(panel: PassagesPanel) -> None:
    panel.filters.groups.setCurrentIndex(panel.filters.groups.findData(Facet.CODER))
    panel.rows.sortByColumn(TEXT, Qt.SortOrder.AscendingOrder)
    assert listed(panel) == {"Ann (3)": ["Because the sales", "He drinks coffee", "I meet the"]}
    panel.rows.sortByColumn(TEXT, Qt.SortOrder.DescendingOrder)
    assert listed(panel) == {"Ann (3)": ["I meet the", "He drinks coffee", "Because the sales"]}
    for column in (CODE, PLACE, CASE):
        panel.rows.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert len(panel.model.shown()) == 3


def test_a_new_coding_comes_to_its_place_row_by_row(panel: PassagesPanel, study: Session) -> None:
    resets: list[None] = []
    panel.model.modelReset.connect(lambda: resets.append(None))
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    code_quote(study, "A-KAM", "Direct involvement", "I look after four key accounts.")
    assert listed(panel) == {
        "Direct involvement (1)": ["I look after"],
        "Direct involvement › strategic (2)": ["I meet the", "Hardly ever."],
        "Direct involvement › social (1)": ["He drinks coffee"],
        "Antecedents (1)": ["Because the sales"],
    }
    study.undo()
    assert "Direct involvement (1)" not in listed(panel)
    assert panel.count.text() == "4 passages"
    assert resets == []


def test_what_is_filtered_out_stays_out(panel: PassagesPanel, study: Session) -> None:
    panel.show_code(study.codebook.all().find("strategic").id)
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    assert list(listed(panel)) == ["Direct involvement › strategic (1)"]
    assert panel.count.text() == "1 of 4 passages"


def test_jumps_both_ways(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    wanted = coding_of(study, "coffee")
    panel.show_code(study.codebook.all().find("strategic").id)
    assert panel.show_coding(wanted)
    assert [line.id for line in panel.rows.selected()] == [wanted]
    panel.rows.setFocus()
    with qtbot.waitSignal(panel.place_asked) as asked:
        qtbot.keyClick(panel.rows, Qt.Key.Key_Return)
    document_id, start, end = asked.args
    assert study.documents.text(document_id)[start:end] == "He drinks coffee with the big ones."
    with qtbot.waitSignal(panel.place_pointed):
        qtbot.keyClick(panel.rows, Qt.Key.Key_Up)
        qtbot.keyClick(panel.rows, Qt.Key.Key_Up)


def test_context_grows_by_turns(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    panel.show_coding(coding_of(study, "I meet"))
    text = panel.detail.context.toPlainText()
    assert text.startswith("CEO: I am the CEO 😀")
    assert "Why only once?" not in text
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Plus)
    assert "Interviewer: Why only once?" in panel.detail.context.toPlainText()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Plus)
    assert not panel.detail.more.isEnabled()


def test_a_memo_is_shown_and_written_here(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    wanted = coding_of(study, "coffee")
    panel.show_coding(wanted)
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_M)
    assert panel.detail.editor.text.hasFocus()
    qtbot.keyClicks(panel.detail.editor.text, "a ritual")
    qtbot.keyClick(panel.detail.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [memo.text for memo in study.memos.about(MemoTarget.CODING, wanted)] == ["a ritual"]
    assert panel.rows.hasFocus()
    assert panel.model.passage(panel.model.find(wanted)).memo == "a ritual"


def test_several_are_recoded_and_uncoded_in_one_step(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    panel.rows.selectAll()
    assert len(panel.rows.selected()) == 3
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_R)
    box = panel.acts.chooser.palette_box
    assert box is not None
    qtbot.keyClicks(box.field, "social")
    with qtbot.waitSignal(panel.acted) as acted:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert acted.args == ["2 passages recoded."]
    assert list(listed(panel)) == ["Direct involvement › social (3)"]
    study.undo()
    assert len(listed(panel)) == 3
    panel.rows.selectAll()
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Delete)
    assert study.passages.select() == []
    assert panel.empty.isVisible()
    study.undo()
    assert len(study.passages.select()) == 3


def test_recoding_onto_a_twin_keeps_its_memos(study: Session) -> None:
    first = code_quote(study, "A-KAM", "social", "Hardly ever.")
    twin = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    study.memos.write(MemoTarget.CODING, first.id, "telling")
    assert study.passages.recode([first.id], twin.code_id) == 1
    assert first.id not in {item.coding.id for item in study.passages.select()}
    assert [memo.text for memo in study.memos.about(MemoTarget.CODING, twin.id)] == ["telling"]


def test_others_passages_are_hidden_and_safe(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    study.coders.activate(study.coders.add("Ben"))
    panel.use_coder()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    panel.show_everyone(everyone=True)
    assert len(panel.model.shown()) == 3
    panel.rows.selectAll()
    with qtbot.waitSignal(panel.hinted):
        panel.uncode()
    assert len(study.passages.select()) == 3


def test_copies_as_text_and_as_table(panel: PassagesPanel, study: Session) -> None:
    code_quote(study, "B-KAM", "Antecedents", "No, only when a relation is at risk.")
    panel.show_coding(coding_of(study, "coffee"))
    panel.copy()
    assert QGuiApplication.clipboard().text() == "“He drinks coffee with the big ones.” (B-KAM ¶2)"
    panel.rows.selectAll()
    panel.copy_table()
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().splitlines()
    assert lines[0].split("\t")[:4] == ["reference", "case", "code", "quote"]
    assert len(lines) == 5
    assert all(len(line.split("\t")) == 8 for line in lines)
    assert "<table" in data.html()


@pytest.mark.parametrize("suffix", [".csv", ".html"])
def test_exports(panel: PassagesPanel, tmp_path: Path, suffix: str) -> None:
    dialog = panel.export()
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / f"out{suffix}"))
    assert "drinks coffee" in (tmp_path / f"out{suffix}").read_text(encoding="utf-8-sig")
    dialog.reject()


def test_a_folder_that_cannot_be_written(qtbot: QtBot, panel: PassagesPanel, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with qtbot.waitSignal(panel.failed):
        panel.acts.write(tmp_path / "taken" / "out.csv", panel.model.shown())


def test_many_are_written_beside_the_window(
    qtbot: QtBot, panel: PassagesPanel, study: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamcoder.gui.finding.passage_acts._MANY", 2)
    tasks = TaskRunner(panel)
    acts = PassageActs(panel.lines, panel, tasks)
    acts.load(study)
    with qtbot.waitSignal(acts.hinted) as told:
        acts.write(tmp_path / "out.csv", panel.model.shown())
    assert told.args == ["Wrote 3 passages to out.csv."]
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) == 4
    (tmp_path / "taken").write_text("")
    with qtbot.waitSignal(acts.failed):
        acts.write(tmp_path / "taken" / "out.csv", panel.model.shown())
    qtbot.waitUntil(lambda: not tasks.busy)
    tasks.close()


def test_names_that_change_and_rooms_that_are_hidden(qtbot: QtBot, panel: PassagesPanel, study: Session) -> None:
    study.codebook.edit(study.codebook.all().find("social").id, name="sociable")
    qtbot.waitUntil(lambda: "Direct involvement › sociable (1)" in listed(panel))
    panel.hide()
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    study.documents.delete(study.documents.find("B-KAM").id)
    assert len(panel.model.shown()) == 3
    panel.show()
    qtbot.waitUntil(lambda: len(panel.model.shown()) == 3 and "Direct involvement › strategic (2)" in listed(panel))


def test_no_project(panel: PassagesPanel) -> None:
    panel.load(None)
    panel.refresh()
    assert panel.model.rowCount(QModelIndex()) == 0
    assert not panel.show_coding("nothing")
    panel.recode()
    panel.uncode()
    assert panel.export() is None
