"""Differences in the text: every coder's stripes, stepping, and decisions by key."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Coding
from kamcoder.domain.settling import Choice, Standing
from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.gui.comparing.settling import SettlingPane
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.comparing_scene import COFFEE, MEETS, settle

ANTECEDENTS = "Because the sales director is closer to them."


@pytest.fixture
def place(comparing: ComparePlace) -> ComparePlace:
    return comparing


@pytest.fixture
def pane(qtbot: QtBot, place: ComparePlace) -> SettlingPane:
    place.run("compare.text")
    settle(qtbot, place)
    return place.text


def standings(pane: SettlingPane) -> list[Standing]:
    return [found.standing for found in pane.side.model.shown]


def press(pane: SettlingPane, text: str) -> None:
    """Type a character into the text, whatever keys the keyboard has it on."""
    view = pane.reader.view
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(view, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))


def consensus(session: Session) -> list[Coding]:
    coder = session.settling.consensus
    documents = session.documents.all()
    codings = [coding for document in documents for coding in session.codings.of_document(document.id)]
    return [coding for coding in codings if coder is not None and coding.coder_id == coder.id]


def test_differences_are_listed_with_what_each_says(pane: SettlingPane) -> None:
    QAbstractItemModelTester(pane.side.model, QAbstractItemModelTester.FailureReportingMode.Fatal, pane)
    assert standings(pane) == [Standing.BOUNDARY, Standing.ONLY_SOME, Standing.OTHER_CODE]
    first = pane.side.model.index(0).data().splitlines()
    assert first[0] == "A-CEO ¶2 · ↔ other ends · strategic"
    assert first[1:] == [f"Ann: “I {MEETS} once a year.”", f"Ben: “{MEETS}”"]
    assert "social: “" in pane.side.model.index(2).data()
    assert "0 of 3 differences settled" in pane.side.told.text()


def test_every_coder_has_lanes_and_every_kind_a_pattern(pane: SettlingPane, double: Session) -> None:
    view = pane.reader.view
    names = [view.coder_names[coder_id] for coder_id, _, _ in view.marks.shares]
    assert names == ["Ann", "Ben"]
    lanes = {view.coder_names[mark.coding.coder_id]: mark.lane for mark in view.marks}
    assert lanes["Ann"] < lanes["Ben"]
    assert len({look.brush for look in view.looks.values()}) == 2
    assert {look.sign for look in view.looks.values()} == {"↔", "◐"}


def test_keys_step_from_difference_to_difference(pane: SettlingPane, double: Session) -> None:
    assert pane.side.current is not None
    assert pane.side.current.standing is Standing.BOUNDARY
    press(pane, "]")
    assert pane.reader.view.span() == pane.side.current.span
    assert pane.side.current.standing is Standing.ONLY_SOME
    press(pane, "]")
    assert pane.reader.document_id == double.documents.find("B-KAM").id
    press(pane, "]")
    press(pane, "[")
    press(pane, "[")
    assert pane.side.current.standing is Standing.BOUNDARY
    assert "1 of 3" in pane.bar.title.text()


@pytest.mark.parametrize(
    ("key", "quotes", "choice"),
    [
        ("1", [f"I {MEETS} once a year."], Choice.CODERS),
        ("2", [MEETS], Choice.CODERS),
        ("a", [f"I {MEETS} once a year.", MEETS], Choice.ALL),
        ("x", [], Choice.NEITHER),
        ("w", [f"I {MEETS} once a year."], Choice.UNION),
        ("s", [MEETS], Choice.INTERSECTION),
    ],
)
def test_a_key_decides_and_goes_on(
    pane: SettlingPane, double: Session, key: str, quotes: list[str], choice: Choice
) -> None:
    pane.bar.memo.setText("we talked about it")
    press(pane, key)
    assert sorted(coding.quote for coding in consensus(double)) == sorted(quotes)
    (settlement,) = double.settling.settlements()
    assert (settlement.choice, settlement.memo) == (choice, "we talked about it")
    assert standings(pane) == [Standing.ONLY_SOME, Standing.OTHER_CODE]
    assert pane.side.current is not None
    assert pane.side.current.standing is Standing.ONLY_SOME
    assert "1 of 3 differences settled" in pane.side.told.text()
    assert pane.bar.memo.text() == ""
    double.undo()
    assert standings(pane)[0] is Standing.BOUNDARY


def test_the_keys_work_in_the_list_too(qtbot: QtBot, pane: SettlingPane, double: Session) -> None:
    pane.side.list.setFocus()
    qtbot.keyClick(pane.side.list, Qt.Key.Key_Down)
    assert pane.side.current is not None
    assert pane.side.current.standing is Standing.ONLY_SOME
    qtbot.keyClick(pane.side.list, Qt.Key.Key_1)
    assert [coding.quote for coding in consensus(double)] == [ANTECEDENTS]


def test_what_makes_no_sense_is_not_offered(pane: SettlingPane, double: Session) -> None:
    press(pane, "]")
    assert not pane.bar.coder_buttons[1].isEnabled()
    assert not pane.bar.buttons[Choice.INTERSECTION].isEnabled()
    press(pane, "2")
    press(pane, "s")
    press(pane, "r")
    assert double.settling.settlements() == []


def test_a_decision_can_be_our_own(qtbot: QtBot, pane: SettlingPane, double: Session) -> None:
    press(pane, "e")
    box = pane.chooser.palette_box
    assert box is not None
    qtbot.keyClicks(box.field, "social")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    (coding,) = consensus(double)
    assert coding.code_id == double.codebook.all().find("social").id
    assert coding.quote == f"I {MEETS} once a year."


def test_a_decision_is_told_and_taken_back(pane: SettlingPane, double: Session) -> None:
    press(pane, "1")
    pane.side.filter.setCurrentIndex(pane.side.filter.findData("decided"))
    assert "taken: Ann" in pane.bar.decision.text()
    assert pane.side.model.index(0).data().startswith("✓ ")
    press(pane, "r")
    assert double.settling.settlements() == []
    assert consensus(double) == []


def test_the_consensus_is_doubled_beside_the_others(pane: SettlingPane, double: Session) -> None:
    press(pane, "1")
    pane.side.filter.setCurrentIndex(pane.side.filter.findData("different"))
    pane.side.list.setCurrentIndex(pane.side.model.index(0))
    view = pane.reader.view
    coder = double.settling.consensus
    assert coder is not None
    assert view.doubled == {coder.id}
    assert [share[0] for share in view.marks.shares][-1] == coder.id
    assert not view.looks[consensus(double)[0].id].named


def test_what_all_agree_on_is_taken_in_one_step(
    qtbot: QtBot, pane: SettlingPane, double: Session, window: MainWindow
) -> None:
    document = double.documents.find("A-CEO")
    ben = double.coders.find("Ben")
    (made,) = [coding for coding in double.codings.of_document(document.id) if coding.quote == ANTECEDENTS]
    double.codings.apply(document.id, made.span, made.code_id, coder_id=ben.id)
    assert pane.side.take_agreed.text().endswith("(1)")
    window.commands["compare.agreed"].trigger()
    assert [coding.quote for coding in consensus(double)] == [ANTECEDENTS]
    assert "1 agreed" in window.toast.text
    under = [button for button in pane.bar.findChildren(QPushButton) if window.toast.covers(button)]
    assert under == []
    qtbot.waitUntil(lambda: not pane.side.take_agreed.isVisible())


def test_new_coding_keeps_what_is_decided(pane: SettlingPane, double: Session) -> None:
    press(pane, "1")
    code_quote(double, "A-KAM", "social", "Hardly ever.")
    double.coders.activate(double.coders.find("Ben"))
    code_quote(double, "A-KAM", "strategic", "Hardly ever.")
    assert standings(pane) == [Standing.ONLY_SOME, Standing.OTHER_CODE, Standing.OTHER_CODE]
    assert "1 of 4 differences settled" in pane.side.told.text()


def test_tables_can_be_made_from_the_consensus(pane: SettlingPane, window: MainWindow, double: Session) -> None:
    press(pane, "1")
    window.commands["place.tables"].trigger()
    tables = window.workspace.tables
    assert tables is not None
    coder = double.settling.consensus
    assert coder is not None
    tables.numbers.builder.filters.coders.choose([coder.id])
    model = tables.numbers.model
    assert model.index(model.rowCount() - 1, model.columnCount() - 1).data() == "1"


def test_the_consensus_itself_can_be_compared(pane: SettlingPane, place: ComparePlace, double: Session) -> None:
    press(pane, "1")
    place.run("compare.table")
    coder = double.settling.consensus
    assert coder is not None
    place.scope.coders.choose([double.coders.find("Ann").id, coder.id])
    assert place.model.agreement is not None
    assert [one.name for one in place.model.agreement.coders] == ["Ann", coder.name]


def test_beside_the_window_the_same_is_found(
    qtbot: QtBot, pane: SettlingPane, double: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamcoder.gui.comparing.settling.at_once", lambda _: False)
    code_quote(double, "B-KAM", "Antecedents", COFFEE)
    qtbot.waitUntil(lambda: not pane.busy)
    expected = double.settling.disagreements(CompareScope())
    assert [found.id for found in pane.side.model.shown] == [found.id for found in expected]
