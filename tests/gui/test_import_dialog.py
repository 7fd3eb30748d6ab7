"""The import dialog on a real project: files are read, looked at, corrected, and written in one act or not at all."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.errors import Cancelled, ImportRefused, KamCoderError
from kamcoder.domain.transcript import SpeakerDraft, Transcript, TurnDraft, TurnOptions
from kamcoder.gui.importing import reading
from kamcoder.gui.importing.casting import Casting
from kamcoder.gui.importing.dialog import ImportDialog
from kamcoder.gui.importing.entries import State
from kamcoder.gui.importing.speakers import NAME, ROLE
from kamcoder.gui.importing.turns import TurnsModel, rows_of
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Mode, Theme
from kamcoder.services.helper import Helper, HelperDiedError
from kamcoder.services.importing import read_item
from kamcoder.services.session import Session
from tests.builders import INTERVIEWS, write_interviews

Key = Qt.Key
EDIT = Qt.ItemDataRole.EditRole


@pytest.fixture
def in_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be read in the thread of the tasks, as where no process can be had: quicker to start."""
    monkeypatch.setattr(Helper, "_open", lambda _: None)


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, tasks: TaskRunner, session: Session) -> Iterator[Callable[..., ImportDialog]]:
    """Open the dialog on the empty project and have files read."""
    made: list[ImportDialog] = []

    def opened(*paths: Path) -> ImportDialog:
        dialog = ImportDialog(theme, tasks, session)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.append(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        if paths:
            read(qtbot, dialog, *paths)
        return dialog

    yield opened
    for dialog in made:
        if shiboken6.isValid(dialog):
            dialog.writer.cancel()
            dialog.reject()
            shiboken6.delete(dialog)


def read(qtbot: QtBot, dialog: ImportDialog, *paths: Path) -> None:
    with qtbot.waitSignal(dialog.reader.ended, timeout=20_000):
        dialog.add(list(paths))


def choose(dialog: ImportDialog, name: str) -> None:
    row = [entry.path.name for entry in dialog.files.entries].index(name)
    dialog.list.setCurrentIndex(dialog.files.index(row))


def about(dialog: ImportDialog) -> dict[str, str]:
    return {entry.path.name: dialog.files.about(entry) for entry in dialog.files.entries}


def states(dialog: ImportDialog) -> list[State]:
    return [entry.state for entry in dialog.files.entries]


def shown(dialog: ImportDialog) -> list[tuple[str, str]]:
    """Return speaker and words of each row of the turns."""
    model = dialog.look.model
    rows = [model.row(model.index(number)) for number in range(model.rowCount())]
    return [(model.speaker(row), model.text(row)) for row in rows if row is not None]


def finish(qtbot: QtBot, dialog: ImportDialog, act: Callable[[], object]) -> list[object]:
    with qtbot.waitSignal(dialog.imported, timeout=20_000) as signal:
        act()
    assert not dialog.isVisible()
    return list(signal.args or ())


# -- reading and listing -------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_a_process_of_its_own_and_nothing_is_written(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    write_interviews(folder)
    (folder / "C-KAM.docx").write_bytes(b"PK\x03\x04 cut off")
    dialog = make(folder, tmp_path / "missing.txt")
    assert states(dialog) == [State.READY, State.READY, State.READY, State.FAILED, State.FAILED]
    assert about(dialog)["A-CEO.txt"] == "ready · Plain text · UTF-8"
    assert "damaged" in about(dialog)["C-KAM.docx"]
    assert "not there" in about(dialog)["missing.txt"]
    assert dialog.foot.go.text() == "Import 3 documents"
    assert dialog.foot.status.text() == "3 ready, 2 cannot be imported"
    assert shown(dialog)[1] == ("CEO", INTERVIEWS["A-CEO.txt"].splitlines()[1].removeprefix("CEO: "))
    assert session.documents.all() == []
    choose(dialog, "C-KAM.docx")
    assert "C-KAM.docx" in dialog.look.sentences()[0]
    names, failures = finish(qtbot, dialog, dialog.foot.go.click)
    assert names == ["A-CEO", "A-KAM", "B-KAM"]
    assert [failure.path.name for failure in failures] == ["C-KAM.docx", "missing.txt"]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("in_thread")
def test_the_import_is_one_step_of_undo(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    finish(qtbot, dialog, dialog.foot.go.click)
    assert len(session.documents.all()) == 3
    assert [case.name for case in session.cases.all()] == ["A", "B"]
    session.undo()
    assert session.documents.all() == []
    assert session.to_undo is None


@pytest.mark.usefixtures("in_thread")
def test_files_that_come_faster_than_they_are_shown_are_shown_one_by_one(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_SLICE", -1.0)  # no time for a second one
    dialog = make()
    told: list[str] = []
    dialog.reader.item_read.connect(lambda item: told.append(item.path.name))
    dialog.reader.ended.connect(lambda: told.append("ended"))
    breath = QTimer(dialog)
    breath.timeout.connect(lambda: told.append("breath"))
    breath.start(0)
    paths = write_interviews(tmp_path)
    dialog.add(paths)
    dialog.add([tmp_path / "not there.txt"])
    qtbot.waitUntil(lambda: told.count("ended") == 1)
    assert not dialog.reader.busy
    shown = [name for name in told if name != "breath"]
    assert sorted(shown[:-1]) == sorted(path.name for path in paths)
    assert all(first == "breath" or then in ("breath", "ended") for first, then in pairwise(told))
    assert "not there.txt" in about(dialog)


@pytest.mark.usefixtures("in_thread")
def test_a_refused_file_can_be_tried_again_and_a_known_one_is_not_read_twice(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    paths = write_interviews(tmp_path)
    late = tmp_path / "C-KAM.txt"
    dialog = make(*paths, late)
    late.write_text("Interviewer: Who?\nKAM: Me.\nInterviewer: Why?\nKAM: So.\n", encoding="utf-8")
    read(qtbot, dialog, tmp_path / "C-KAM.txt", *paths)
    assert [entry.path for entry in dialog.files.entries] == [*paths, late]
    assert State.FAILED not in states(dialog)


@pytest.mark.usefixtures("in_thread")
def test_the_same_text_is_left_out_with_its_reason_and_can_be_included(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    first, *_ = write_interviews(tmp_path)
    twin = tmp_path / "Z-CEO.txt"
    twin.write_text(INTERVIEWS["A-CEO.txt"], encoding="utf-16")
    dialog = make(first, twin)
    assert states(dialog) == [State.READY, State.LEFT_OUT]
    assert dialog.foot.go.text() == "Import 1 document"
    choose(dialog, "Z-CEO.txt")
    assert "The same text stands in A-CEO.txt too." in dialog.look.sentences()
    qtbot.keyClick(dialog.list, Key.Key_Space)
    assert dialog.foot.go.text() == "Import 2 documents"
    finish(qtbot, dialog, dialog.foot.go.click)
    assert len(session.documents.all()) == 2


@pytest.mark.usefixtures("in_thread")
def test_encoding_notices_can_be_read(make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    old = tmp_path / "A-CEO.txt"
    old.write_bytes("Interviewer: Où?\nCEO: À l’hôtel, “là-bas”.\nInterviewer: Là?\nCEO: Déjà été.\n".encode("cp1252"))
    dialog = make(old)
    assert states(dialog) == [State.NOTED]
    assert "CP12" in about(dialog)["A-CEO.txt"]
    assert any("encoding" in sentence for sentence in dialog.look.sentences())


@pytest.mark.usefixtures("in_thread")
def test_a_click_on_the_box_leaves_a_file_out(qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = make(*write_interviews(tmp_path))
    row = dialog.list.visualRect(dialog.files.index(1))
    name, box = row.center(), row.center()
    box.setX(row.left() + 14)
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert dialog.files.entries[1].state is State.READY
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert dialog.files.entries[1].state is State.LEFT_OUT


@pytest.mark.usefixtures("in_thread")
def test_files_can_be_dropped(qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = make()
    assert not dialog.foot.go.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in write_interviews(tmp_path)])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(dialog.reader.ended):
        dialog.dropEvent(drop)
    assert len(dialog.files.entries) == 3


@pytest.mark.usefixtures("in_thread")
def test_a_folder_with_nothing_to_import_says_so(make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    dialog = make(empty)
    assert "Nothing was found" in dialog.foot.trouble.text()


@pytest.mark.usefixtures("in_thread")
def test_reading_can_be_stopped_and_what_was_read_stays(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_interviews(tmp_path)
    dialog = make()
    real = read_item

    def stopped(path: Path, guide: object) -> object:
        if path.name == "A-KAM.txt":
            dialog.reader.cancel()
        return real(path)

    monkeypatch.setattr(reading, "read_item", stopped)
    read(qtbot, dialog, *paths)
    assert [entry.path.name for entry in dialog.files.entries] == ["A-CEO.txt", "A-KAM.txt"]
    assert dialog.foot.go.isEnabled()


# -- corrections ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_thread")
def test_corrections_are_read_at_once_and_imported(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    first, *_ = write_interviews(tmp_path)
    dialog = make(first)
    form = dialog.corrections
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Talk with Anna")
    qtbot.keyClick(form.name, Key.Key_Return)
    assert dialog.isVisible()  # Enter took the name and did not import
    form.speakers.setData(form.speakers.index(1, NAME), "Anna", EDIT)
    assert shown(dialog)[1][0] == "Anna"
    form.speakers.setData(form.speakers.index(1, ROLE), SpeakerRole.INTERVIEWER, EDIT)
    form.speakers.setData(form.speakers.index(0, ROLE), SpeakerRole.INTERVIEWEE, EDIT)
    finish(qtbot, dialog, dialog.foot.go.click)
    document = session.documents.find("Talk with Anna")
    roles = {speaker.name: speaker.role for speaker in session.documents.speakers(document.id)}
    assert roles == {"Interviewer": SpeakerRole.INTERVIEWEE, "Anna": SpeakerRole.INTERVIEWER}
    assert [turn.kind for turn in session.documents.turns(document.id)][:2] == [TurnKind.ANSWER, TurnKind.QUESTION]


@pytest.mark.usefixtures("in_thread")
def test_a_label_that_is_no_speaker_becomes_text_and_can_be_brought_back(
    make: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    first, *_ = write_interviews(tmp_path)
    dialog = make(first)
    speakers = dialog.corrections.speakers
    speakers.setData(speakers.index(1, ROLE), None, EDIT)
    assert any(text.startswith("CEO: I am") for _, text in shown(dialog))
    assert speakers.rowCount() == 2
    assert speakers.index(1, ROLE).data() == "Not a speaker"
    speakers.setData(speakers.index(1, ROLE), SpeakerRole.INTERVIEWEE, EDIT)
    assert shown(dialog)[1][0] == "CEO"


@pytest.mark.usefixtures("in_thread")
def test_prose_and_back(qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    first, *_ = write_interviews(tmp_path)
    dialog = make(first)
    dialog.corrections.prose.setFocus()
    qtbot.keyClick(dialog.corrections.prose, Key.Key_Space)
    assert {speaker for speaker, _ in shown(dialog)} == {""}
    assert not dialog.corrections.table.isVisible()
    qtbot.keyClick(dialog.corrections.prose, Key.Key_Space)
    assert [speaker for speaker, _ in shown(dialog)] == ["Interviewer", "CEO"] * 2


@pytest.mark.usefixtures("in_thread")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what a list without a screen cannot do
def test_the_role_is_chosen_from_a_list_with_the_keys(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    first, *_ = write_interviews(tmp_path)
    dialog = make(first)
    table = dialog.corrections.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, NAME))
    qtbot.keyClick(table, Key.Key_Right)
    qtbot.keyClick(table, Key.Key_Return)
    combo = table.findChild(QComboBox)
    assert combo is not None
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClick(combo.view(), Key.Key_End)
    qtbot.keyClick(combo.view(), Key.Key_Up)
    qtbot.keyClick(combo.view(), Key.Key_Return)
    assert dialog.files.entries[0].casting.voices[0].role is SpeakerRole.OTHER


@pytest.mark.usefixtures("in_thread")
def test_one_case_for_all_chosen_files(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    case = dialog.corrections.case
    assert case.currentText() == ""  # A and B
    case.setFocus()
    dialog.list.setFocus()
    assert [entry.item.case for entry in dialog.files.entries if entry.item] == ["A", "A", "B"]  # looking changed none
    case.setFocus()
    qtbot.keyClicks(case.lineEdit(), "Northwind")
    assert dialog.corrections.case_hint.text() == "A new case, added with the import."
    qtbot.keyClick(case, Key.Key_Return)
    finish(qtbot, dialog, dialog.foot.go.click)
    assert [case.name for case in session.cases.all()] == ["Northwind"]


@pytest.mark.usefixtures("in_thread")
def test_a_case_answers_the_notice_that_none_was_guessed(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    session.cases.add("Northwind")
    path = tmp_path / "recording 7.txt"
    path.write_text(INTERVIEWS["B-KAM.txt"], encoding="utf-8")
    dialog = make(path)
    assert states(dialog) == [State.NOTED]
    case = dialog.corrections.case
    case.setFocus()
    case.setEditText("northwind")
    dialog.corrections.take()
    assert states(dialog) == [State.READY]
    assert dialog.files.entries[0].item.case == "Northwind"  # type: ignore[union-attr]


@pytest.mark.usefixtures("in_thread")
def test_a_long_file_is_read_again_beside_the_window_and_the_last_correction_counts(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 0)
    first, *_ = write_interviews(tmp_path)
    dialog = make(first)
    speakers = dialog.corrections.speakers
    with qtbot.waitSignals([dialog.reader.item_read_again] * 2):
        speakers.setData(speakers.index(1, NAME), "Anna", EDIT)
        assert not dialog.foot.go.isEnabled()
        speakers.setData(speakers.index(1, NAME), "Berta", EDIT)
    assert shown(dialog)[1][0] == "Berta"
    assert dialog.foot.go.isEnabled()


# -- leaving -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_thread")
def test_cancel_leaves_the_project_as_it_was(
    make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    dialog.foot.cancel.click()
    assert not dialog.isVisible()
    assert session.documents.all() == []
    assert session.to_undo is None


@pytest.mark.usefixtures("in_thread")
def test_cancel_while_writing_takes_everything_back(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    with qtbot.waitSignal(dialog.writer.progressed):
        dialog.foot.go.click()
    dialog.foot.cancel.click()
    assert dialog.isVisible()
    assert "nothing was changed" in dialog.foot.trouble.text()
    assert session.documents.all() == []
    assert session.cases.all() == []
    finish(qtbot, dialog, dialog.foot.go.click)  # and it can be done after all
    assert len(session.documents.all()) == 3


@pytest.mark.usefixtures("in_thread")
def test_a_failure_of_writing_is_told_and_nothing_is_lost(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = make(*write_interviews(tmp_path))

    def full(*_: object) -> None:
        raise KamCoderError("disk_full", file="study.kamcoder")

    with monkeypatch.context() as patched:
        patched.setattr(session._store, "insert", full)
        with qtbot.waitSignal(dialog.writer.failed):
            dialog.foot.go.click()
    assert "disk is full" in dialog.foot.trouble.text()
    assert session.documents.all() == []
    finish(qtbot, dialog, dialog.foot.go.click)


@pytest.mark.usefixtures("in_thread")
def test_escape_asks_once_more_when_corrections_would_be_lost(
    qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    dialog.corrections.name.setText("Other")
    dialog.corrections.take()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Key.Key_Escape)
    assert dialog.isVisible()
    assert "Esc again" in dialog.foot.trouble.text()
    qtbot.keyClick(dialog.list, Key.Key_Escape)
    assert not dialog.isVisible()


# -- keys and names ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_thread")
def test_everything_with_the_keys(
    qtbot: QtBot, make: Callable[..., ImportDialog], session: Session, tmp_path: Path
) -> None:
    dialog = make(*write_interviews(tmp_path))
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.list.hasFocus())
    qtbot.keyClick(dialog.list, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.list, Key.Key_Tab)
    assert dialog.look.turns.hasFocus()
    qtbot.keyClick(dialog.look.turns, Key.Key_Tab)
    assert dialog.corrections.name.hasFocus()
    assert dialog.corrections.name.selectedText() == "A-KAM"
    qtbot.keyClicks(dialog.corrections.name, "Second")
    reached: list[QWidget] = []
    for _ in range(8):
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
        reached.append(dialog.focusWidget())
    form, foot = dialog.corrections, dialog.foot
    expected = [form.case, form.participant, form.table, form.prose]
    assert reached == [*expected, *foot.adds, foot.cancel, foot.go]
    modifier = Qt.KeyboardModifier.ControlModifier
    finish(qtbot, dialog, lambda: qtbot.keyClick(dialog.focusWidget(), Key.Key_Return, modifier))
    assert "Second" in [document.name for document in session.documents.all()]


@pytest.mark.usefixtures("in_thread")
def test_whatever_takes_the_focus_has_a_name(make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = make(*write_interviews(tmp_path))
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not isinstance(widget.parent(), QComboBox)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []
    assert isinstance(dialog.corrections.name, QLineEdit)


# -- models and values ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_thread")
def test_the_models_keep_the_rules(qtbot: QtBot, make: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = make()
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    models = (dialog.files, dialog.look.model, dialog.corrections.speakers)
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    first, *rest = write_interviews(tmp_path)
    read(qtbot, dialog, first, tmp_path / "missing.txt")
    speakers = dialog.corrections.speakers
    speakers.setData(speakers.index(0, ROLE), None, EDIT)
    read(qtbot, dialog, *rest)
    choose(dialog, "missing.txt")
    choose(dialog, "B-KAM.txt")
    assert len(testers) == 3


def test_the_pieces_of_turns_hold_every_word() -> None:
    paragraph = "wörd 😀 " * 40_000 + "x" * 4000
    text = f"What?\n{paragraph}\nYes.\nAnd no."
    answer = len("What?\n")
    end = answer + len(paragraph)
    turns = (
        TurnDraft(0, 5, TurnKind.QUESTION, "I", "Q1", 4.0),
        TurnDraft(answer, end, TurnKind.ANSWER, "R"),
        TurnDraft(end + 1, len(text), TurnKind.ANSWER, "S"),
    )
    transcript = Transcript(text, (), turns)
    rows = rows_of(transcript)
    assert max(row.end - row.start for row in rows) <= 1500
    assert "".join(text[row.start : row.end] for row in rows).replace(" ", "") == "".join(text.split())
    assert [text[row.start : row.end] for row in rows][-2:] == ["Yes.", "And no."]
    assert sum(row.first for row in rows) == 3
    model = TurnsModel()
    model.show(transcript)
    assert model.particulars(rows[0]) == "0:04  Q1"
    assert rows[model.row_at(end)].start < end <= rows[model.row_at(end)].end + 1
    assert model.first_of("S").row() == len(rows) - 2


def drafts(*names: str) -> Transcript:
    roles = [SpeakerRole.INTERVIEWER, *[SpeakerRole.INTERVIEWEE] * len(names)]
    made = [SpeakerDraft(name, role, (name,), 3) for name, role in zip(names, roles, strict=False)]
    return Transcript("", tuple(made), ())


def test_one_name_for_two_speakers_makes_them_one_in_one_role() -> None:
    casting = Casting.of(drafts("I", "Anna", "Ana")).played(1, SpeakerRole.OTHER).renamed(2, "anna")
    options = casting.options()
    assert options.renamed == {"Ana": "Anna"}
    assert options.roles == {"Anna": SpeakerRole.OTHER, "Ana": SpeakerRole.OTHER}
    apart = casting.renamed(2, "")
    assert apart.voices[2].name == "Ana"
    both = casting.played(2, SpeakerRole.INTERVIEWEE)
    assert {voice.role for voice in both.voices[1:]} == {SpeakerRole.INTERVIEWEE}


def test_roles_that_nobody_chose_follow_what_is_read_again() -> None:
    casting = Casting.of(drafts("I", "Anna")).played(0, None)
    again = casting.refreshed(Transcript("", (SpeakerDraft("Anna", SpeakerRole.OTHER, ("Anna",), 5),), ()))
    assert [(voice.role, voice.turns) for voice in again.voices] == [(None, 0), (SpeakerRole.OTHER, 5)]
    assert again.options() == TurnOptions(not_speakers=frozenset({"I"}))
    more = again.refreshed(drafts("Note", "Anna"))
    assert [voice.name for voice in more.voices] == ["I", "Anna", "Note"]
    assert replace(more, structured=False).refreshed(drafts()).voices == more.voices


# -- the process ---------------------------------------------------------------------------------------------------


def test_a_helper_that_dies_is_told_and_another_takes_over(tmp_path: Path) -> None:
    helper = Helper()
    with pytest.raises(HelperDiedError):
        helper.call(os._exit, 3)
    with pytest.raises(ImportRefused, match=r"gone\.txt"):
        helper.call(read_item, tmp_path / "gone.txt")
    (path, *_) = write_interviews(tmp_path)
    assert helper.call(read_item, path).name == "A-CEO"
    helper.close()
    with pytest.raises(Cancelled):
        helper.call(read_item, path)
