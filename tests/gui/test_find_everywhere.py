"""Find everywhere: the panel on a real project."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.bridge import Bridge
from kamcoder.gui.finding.excerpt import excerpt
from kamcoder.gui.finding.hits import DOCUMENTS, MEMOS, PASSAGES
from kamcoder.gui.finding.panel import FindPanel
from kamcoder.gui.theme import Mode, Theme
from kamcoder.services.finding import HitSpan
from kamcoder.services.session import Session
from tests.builders import code_quote


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, study: Session) -> Iterator[FindPanel]:
    theme = Theme(qapp, Mode.LIGHT)
    made = FindPanel(theme)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    bridge = Bridge(study)
    bridge.changed.connect(made.on_changed)
    made.resize(900, 400)
    made.load(study)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.load(None)
    bridge.close()
    theme.close()


def search(qtbot: QtBot, panel: FindPanel, text: str) -> None:
    panel.ask(text)
    qtbot.waitUntil(lambda: not panel.searching)


def shown(panel: FindPanel) -> list[str]:
    return [panel.model.index_of(node).data() for node in panel.model.nodes()]


def test_hits_are_grouped_and_counted(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    study.memos.write(MemoTarget.CASE, study.cases.find("A").id, "Ask about the customers again.")
    search(qtbot, panel, "customer")
    assert shown(panel) == [
        "In the documents: 2 hits",
        "A-CEO (1)",
        "I meet the largest customers once a year.",
        "B-KAM (1)",
        "Who goes to see the customer?",
        "In memos: 1",
        "Ask about the customers again.",
        "In coded passages: 1",
        "I meet the largest customers once a year.",
    ]
    assert panel.coding.count.text() == "2 hits in 2 documents, 1 memo, 1 passage"


def test_typing_searches_after_a_pause_and_never_waits(qtbot: QtBot, panel: FindPanel) -> None:
    qtbot.keyClicks(panel.line.field, "coff")
    assert panel.model.rowCount() == 0
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 1)
    qtbot.keyClicks(panel.line.field, "xyz")
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 0)
    assert "Nothing found" in panel.coding.count.text()
    panel.line.field.clear()
    qtbot.waitUntil(lambda: panel.coding.count.text() == "")


def test_enter_jumps_to_the_very_characters_behind_emoji(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    qtbot.keyClicks(panel.line.field, "largest")
    qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.searching)
    qtbot.keyClick(panel.line.field, Qt.Key.Key_Down)
    assert panel.results.hasFocus()
    with qtbot.waitSignal(panel.place_asked) as asked:
        qtbot.keyClick(panel.results, Qt.Key.Key_Return)
    document_id, start, end = asked.args
    assert study.documents.text(document_id)[start:end] == "largest"
    qtbot.keyClick(panel.results, Qt.Key.Key_Escape)
    assert panel.line.field.hasFocus()


def test_a_memo_and_a_passage_are_jumped_to(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    memo = study.memos.write(MemoTarget.PROJECT, study.project.id, "coffee with whom?")
    search(qtbot, panel, "coffee")
    with qtbot.waitSignal(panel.memo_asked) as asked:
        panel.results.activated.emit(panel.model.find(f"memo:{memo.id}"))
    assert asked.args == [memo.id]
    (passage,) = [item for item in study.passages.select() if "coffee" in item.coding.quote]
    with qtbot.waitSignals([panel.place_asked, panel.coding_asked]):
        panel.results.activated.emit(panel.model.find(f"coding:{passage.coding.id}"))


def test_ticked_hits_are_coded_in_one_step(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    search(qtbot, panel, "director")
    assert panel.coding.button.text() == "Code 3 hits…"
    first = panel.model.first_hit()
    panel.results.setCurrentIndex(first)
    qtbot.keyClick(panel.results, Qt.Key.Key_Space)
    assert panel.model.find(DOCUMENTS).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    assert panel.coding.button.text() == "Code 2 hits…"
    panel.coding.spans.setCurrentIndex(panel.coding.spans.findData(HitSpan.SENTENCE))
    panel.coding.button.click()
    box = panel._chooser.palette_box
    assert box is not None
    qtbot.keyClicks(box.field, "ante")
    with qtbot.waitSignal(panel.acted) as acted:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert acted.args == ["2 passages coded with Antecedents."]
    made = [item.coding for item in study.passages.select() if item.coding.origin is Origin.SEARCH]
    assert [coding.quote for coding in made] == [
        "Problems go to the sales director first.",
        "The commercial director signs the contracts.",
    ]
    qtbot.waitUntil(lambda: not panel.searching)
    assert len(panel.model.ticked()) == 2
    study.undo()
    assert not [item for item in study.passages.select() if item.coding.origin is Origin.SEARCH]


def test_all_and_none(qtbot: QtBot, panel: FindPanel) -> None:
    search(qtbot, panel, "the")
    hits = panel.model.count(DOCUMENTS)
    panel.coding.none_button.click()
    assert panel.model.ticked() == []
    assert not panel.coding.button.isEnabled()
    panel.coding.all_button.click()
    assert len(panel.model.ticked()) == hits
    panel.model.setData(panel.model.find(DOCUMENTS), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert panel.model.ticked() == []


def test_a_typed_name_makes_the_code(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    search(qtbot, panel, "coffee")
    panel.code_ticked()
    box = panel._chooser.palette_box
    assert box is not None
    qtbot.keyClicks(box.field, "hospitality")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert study.codebook.all().find("hospitality").codable


def test_limits_to_cases_and_documents(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    search(qtbot, panel, "director")
    panel.line.in_cases.choose([study.cases.find("B").id])
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 1)
    panel.line.in_documents.choose([study.documents.find("A-CEO").id])
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 0)
    panel.line.in_cases.choose([])
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 1)
    assert panel.line.in_documents.text().startswith("Documents: A-CEO")


def test_the_list_of_limits_is_worked_with_the_keyboard(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    button = panel.line.in_documents
    QAbstractItemModelTester(button.model, QAbstractItemModelTester.FailureReportingMode.Fatal, button)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    assert button.box.isVisible()
    qtbot.keyClicks(button.box.field, "kam")
    assert button.model.rowCount() == 2
    qtbot.keyClick(button.box.field, Qt.Key.Key_Down)
    qtbot.keyClick(button.box.field, Qt.Key.Key_Return)
    assert button.chosen == {study.documents.find("B-KAM").id}
    button.box.clear.click()
    assert button.chosen == frozenset()
    qtbot.keyClick(button.box.field, Qt.Key.Key_Escape)
    assert button.box.isHidden()
    assert button.hasFocus()


def test_recent_searches_come_back(qtbot: QtBot, panel: FindPanel) -> None:
    panel.set_recent(["board"])
    qtbot.keyClicks(panel.line.field, "coffee & tea")
    with qtbot.waitSignal(panel.recent_changed):
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert panel.recent() == ["coffee & tea", "board"]
    panel.line.recent_button.menu().actions()[1].trigger()
    assert panel.line.field.text() == "board"
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 2)


def test_others_passages_are_hidden_until_asked_for(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    study.coders.activate(study.coders.add("Ben"))
    panel.use_coder()
    search(qtbot, panel, "coffee")
    assert panel.model.count(PASSAGES) == 0
    assert not panel.line.everyone.isHidden()
    panel.show_everyone(everyone=True)
    qtbot.waitUntil(lambda: panel.model.count(PASSAGES) == 1)


def test_it_follows_the_project(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    search(qtbot, panel, "coffee")
    study.memos.write(MemoTarget.PROJECT, study.project.id, "coffee!")
    assert panel.model.count(MEMOS) == 1
    study.undo()
    assert panel.model.count(MEMOS) == 0
    study.documents.delete(study.documents.find("B-KAM").id)
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 0)
    panel.hide()
    study.undo()
    assert panel.model.count(DOCUMENTS) == 0
    panel.show()
    qtbot.waitUntil(lambda: panel.model.count(DOCUMENTS) == 1)


def test_without_a_coder_nothing_is_coded(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    study._editing.coder = None
    search(qtbot, panel, "coffee")
    with qtbot.waitSignal(panel.failed) as failed:
        panel.code_ticked()
    assert failed.args[0].key == "coder_needed"


def test_signs_of_all_kinds_harm_nothing(qtbot: QtBot, panel: FindPanel) -> None:
    for query in ('"', "*", "NEAR(", "a AND", "😀", "'", "x" * 5000, "\u202e"):
        search(qtbot, panel, query)


def test_an_excerpt_begins_near_its_mark() -> None:
    context = "word " * 60 + "here\nit is"
    place = context.index("here")
    found = excerpt(context, TextSpan(place, place + 4))
    assert found.text[found.start : found.end] == "here"
    assert found.text.startswith("…word")
    assert found.start < 80
    assert found.text.endswith("here it is")


def test_a_code_deleted_while_hits_are_shown(qtbot: QtBot, panel: FindPanel, study: Session) -> None:
    code_quote(study, "A-KAM", "Antecedents", "Hardly ever.")
    search(qtbot, panel, "hardly")
    assert panel.model.count(PASSAGES) == 1
    study.codebook.delete(study.codebook.all().find("Antecedents").id, with_codings=True)
    qtbot.waitUntil(lambda: panel.model.count(PASSAGES) == 0)
