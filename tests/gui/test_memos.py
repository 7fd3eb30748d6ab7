"""Writing memos, and the journal."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.gui.bridge import Bridge
from kamcoder.gui.memos.dialog import MemoDialog
from kamcoder.gui.memos.editor import SAVE_MS, MemoEditor
from kamcoder.gui.memos.journal import MemoJournal
from kamcoder.gui.theme import Mode, Theme
from kamcoder.services.session import Session


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def bridge(study: Session) -> Iterator[Bridge]:
    made = Bridge(study)
    yield made
    made.close()


@pytest.fixture
def editor(qtbot: QtBot, theme: Theme, bridge: Bridge, study: Session) -> MemoEditor:
    room = QWidget()
    qtbot.addWidget(room)
    room.elsewhere = QLineEdit()
    made = MemoEditor(theme)
    layout = QVBoxLayout(room)
    layout.addWidget(room.elsewhere)
    layout.addWidget(made)
    bridge.changed.connect(made.on_changed)
    made.load(study)
    room.show()
    room.activateWindow()
    qtbot.waitExposed(room)
    made.room = room
    return made


@pytest.fixture
def journal(qtbot: QtBot, theme: Theme, bridge: Bridge, study: Session) -> MemoJournal:
    made = MemoJournal(theme)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    bridge.changed.connect(made.on_changed)
    made.load(study)
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def case(study: Session) -> tuple[MemoTarget, str]:
    return MemoTarget.CASE, study.cases.find("A").id


def type_on(qtbot: QtBot, editor: MemoEditor, text: str) -> None:
    editor.write()
    qtbot.keyClicks(editor.text, text)


def texts(study: Session) -> list[str]:
    return [memo.text for memo in study.memos.all()]


@pytest.mark.parametrize("target", list(MemoTarget))
def test_a_memo_on_anything(qtbot: QtBot, editor: MemoEditor, study: Session, target: MemoTarget) -> None:
    ids = {
        MemoTarget.PROJECT: study.project.id,
        MemoTarget.DOCUMENT: study.documents.find("A-CEO").id,
        MemoTarget.CASE: study.cases.find("A").id,
        MemoTarget.PARTICIPANT: study.cases.add_participant("P1").id,
        MemoTarget.CODE: study.codebook.all().find("social").id,
        MemoTarget.CODING: study.passages.select()[0].coding.id,
    }
    editor.show_target(target, ids[target])
    type_on(qtbot, editor, "noted ")
    editor.text.insertPlainText("😀")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (memo,) = study.memos.about(target, ids[target])
    assert memo.text == "noted 😀"
    assert study.memos.entries()[0].subject.name in editor.heading.text()


def test_leaving_saves_and_one_sitting_is_one_step(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "first")
    editor._timer.timeout.emit()
    assert texts(study) == ["first"]
    qtbot.keyClicks(editor.text, " second")
    editor._timer.timeout.emit()
    qtbot.keyClick(editor.text, Qt.Key.Key_Backtab)
    assert editor.title.hasFocus()
    qtbot.keyClicks(editor.title, "To do")
    editor.room.elsewhere.setFocus()
    (memo,) = study.memos.all()
    assert (memo.title, memo.text) == ("To do", "first second")
    study.undo()
    assert study.memos.all() == []
    assert editor.text.toPlainText() == ""
    study.redo()
    assert texts(study) == ["first second"]


def test_another_sitting_is_another_step(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "one")
    editor.room.elsewhere.setFocus()
    type_on(qtbot, editor, " two")
    editor.room.elsewhere.setFocus()
    study.undo()
    assert texts(study) == ["one"]
    assert editor.text.toPlainText() == "one"


def test_another_act_between_parts_the_steps(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "one")
    editor.save(leaving=False)
    study.codebook.add("between")
    qtbot.keyClicks(editor.text, " two")
    editor.save(leaving=False)
    study.undo()
    assert texts(study) == ["one"]


def test_the_clock_runs_from_the_first_key(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    assert not editor._timer.isActive()
    type_on(qtbot, editor, "a")
    assert editor._timer.isActive()
    assert editor._timer.interval() == SAVE_MS <= 2000
    left = editor._timer.remainingTime()
    qtbot.keyClicks(editor.text, "bc")
    assert editor._timer.remainingTime() <= left


def test_going_elsewhere_closing_and_hiding_lose_nothing(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "one")
    editor.show_target(MemoTarget.PROJECT, study.project.id)
    type_on(qtbot, editor, "two")
    editor.room.hide()
    editor.room.show()
    type_on(qtbot, editor, "!")
    editor.load(None)
    assert texts(study) == ["one", "two!"]


def test_a_title_alone_is_kept_and_emptied_memos_go(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    editor.title.setFocus()
    qtbot.keyClicks(editor.title, "Only a title")
    editor.room.elsewhere.setFocus()
    assert [memo.title for memo in study.memos.all()] == ["Only a title"]
    editor.title.setFocus()
    editor.title.selectAll()
    qtbot.keyClick(editor.title, Qt.Key.Key_Delete)
    editor.save(leaving=False)
    assert len(study.memos.all()) == 1
    editor.room.elsewhere.setFocus()
    assert study.memos.all() == []
    study.undo()
    assert editor.title.text() == "Only a title" or [memo.title for memo in study.memos.all()] == ["Only a title"]


def test_a_failed_saving_keeps_the_text(
    qtbot: QtBot, editor: MemoEditor, study: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "precious")

    def full(*_args: object, **_options: object) -> Memo:
        raise KamCoderError("file_full", file="x")

    with monkeypatch.context() as patched:
        patched.setattr(study.memos, "write", full)
        with qtbot.waitSignal(editor.failed):
            editor.save()
    assert editor.text.toPlainText() == "precious"
    assert editor.state.text() == "Not saved yet"
    assert editor.save()
    assert texts(study) == ["precious"]


def test_others_memos_are_read_only(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    study.memos.write(*case(study), "by Ann")
    study.coders.activate(study.coders.add("Ben"))
    editor.use_coder()
    editor.show_target(*case(study))
    assert editor.memo is None
    assert not editor.text.isReadOnly()
    assert editor.which.count() == 2
    editor.which.activated.emit(0)
    assert editor.text.toPlainText() == "by Ann"
    assert editor.text.isReadOnly()
    qtbot.keyClicks(editor.text, "x")
    assert editor.save()
    assert texts(study) == ["by Ann"]


def test_blind_to_others_memos_on_passages(editor: MemoEditor, study: Session) -> None:
    target = (MemoTarget.CODING, study.passages.select()[0].coding.id)
    study.memos.write(*target, "by Ann")
    study.coders.activate(study.coders.add("Ben"))
    editor.use_coder()
    editor.show_target(*target)
    assert editor.which.isHidden()
    editor.show_everyone(everyone=True)
    assert not editor.which.isHidden()


def test_what_it_is_about_goes_away(qtbot: QtBot, editor: MemoEditor, study: Session) -> None:
    editor.show_target(*case(study))
    type_on(qtbot, editor, "x")
    editor.save()
    study.cases.delete(study.cases.find("A").id)
    assert editor.target is None
    assert not editor.isEnabled()
    study.undo()
    assert texts(study) == ["x"]


def test_nobody_codes(editor: MemoEditor, study: Session) -> None:
    study._editing.coder = None
    editor.use_coder()
    editor.show_target(*case(study))
    assert editor.text.isReadOnly()
    assert "who codes" in editor.text.placeholderText()


def test_the_dialog_saves_on_escape(qtbot: QtBot, theme: Theme, study: Session) -> None:
    dialog = MemoDialog(theme)
    qtbot.addWidget(dialog)
    dialog.load(study)
    dialog.ask(*case(study))
    qtbot.keyClicks(dialog.editor.text, "kept")
    qtbot.keyClick(dialog.editor.text, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert texts(study) == ["kept"]
    dialog.load(None)


def fill(study: Session) -> dict[str, Memo]:
    coding = next(item.coding.id for item in study.passages.select() if "coffee" in item.coding.quote)
    return {
        "project": study.memos.write(MemoTarget.PROJECT, study.project.id, "the plan", title="To do"),
        "document": study.memos.write(MemoTarget.DOCUMENT, study.documents.find("A-CEO").id, "noisy"),
        "case": study.memos.write(*case(study), "family"),
        "code": study.memos.write(MemoTarget.CODE, study.codebook.all().find("social").id, "too broad"),
        "coding": study.memos.write(MemoTarget.CODING, coding, "a ritual"),
    }


def entries(journal: MemoJournal) -> list[str]:
    return [journal.model.index_of(node).data() for node in journal.model.nodes() if not node.key.startswith("day:")]


def test_the_journal_lists_and_filters(qtbot: QtBot, journal: MemoJournal, study: Session) -> None:
    assert journal.empty.isVisible()
    fill(study)
    assert entries(journal) == ["a ritual", "too broad", "family", "noisy", "To do"]
    journal.kinds.choose([MemoTarget.CASE, MemoTarget.CODE])
    assert entries(journal) == ["too broad", "family"]
    journal.kinds.choose([])
    journal.filter.setText("PLAN")
    qtbot.waitUntil(lambda: entries(journal) == ["To do"])
    assert journal.count.text().startswith("1 / 5")


def test_the_journal_jumps(qtbot: QtBot, journal: MemoJournal, study: Session) -> None:
    memos = fill(study)
    signals = {"document": journal.document_asked, "case": journal.case_asked, "code": journal.code_asked}
    for kind, signal in signals.items():
        journal.show_memo(memos[kind].id)
        with qtbot.waitSignal(signal) as asked:
            qtbot.keyClick(journal.tree, Qt.Key.Key_Return)
        assert asked.args == [memos[kind].target_id]
    journal.show_memo(memos["coding"].id)
    with qtbot.waitSignal(journal.place_asked) as asked:
        journal.jump_button.click()
    assert study.documents.text(asked.args[0])[asked.args[1] : asked.args[2]].startswith("He drinks coffee")
    journal.show_memo(memos["project"].id)
    assert journal.jump_button.isHidden()


def test_writing_in_the_journal(qtbot: QtBot, journal: MemoJournal, study: Session) -> None:
    memos = fill(study)
    journal.show_memo(memos["case"].id)
    type_on(qtbot, journal.editor, ", third generation")
    journal.editor.save(leaving=False)
    assert journal.tree.current_key() == memos["case"].id
    assert journal.editor.text.toPlainText() == "family, third generation"
    assert "family, third generation" in entries(journal)


def test_a_new_project_memo_appears_and_stays_chosen(qtbot: QtBot, journal: MemoJournal, study: Session) -> None:
    memos = fill(study)
    journal.show_memo(memos["case"].id)
    journal.new_button.click()
    qtbot.keyClicks(journal.editor.text, "and now")
    journal.editor.save(leaving=False)
    qtbot.keyClicks(journal.editor.text, "?")
    journal.editor.save()
    assert entries(journal)[0] == "and now?"
    assert journal.editor.text.toPlainText() == "and now?"
    assert journal.tree.current_key() == study.memos.all()[-1].id
    assert len(study.memos.all()) == 6


def test_the_journal_is_blind_by_default(journal: MemoJournal, study: Session) -> None:
    fill(study)
    study.coders.activate(study.coders.add("Ben"))
    journal.use_coder()
    assert "a ritual" not in entries(journal)
    assert "too broad" in entries(journal)
    journal.show_everyone(everyone=True)
    assert "a ritual" in entries(journal)


def test_a_hidden_journal_catches_up(journal: MemoJournal, study: Session) -> None:
    journal.hide()
    fill(study)
    assert entries(journal) == []
    journal.show()
    assert len(entries(journal)) == 5
