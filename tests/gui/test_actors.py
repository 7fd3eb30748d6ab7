"""Actors in the window: the line of the inspector, the ticks of passages, the words of roles, the ready table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kamcoder.domain.actor import OwnVoice
from kamcoder.domain.coding import Coding
from kamcoder.gui.actors.line import ActorLine
from kamcoder.gui.actors.passage_dialog import PassageActors
from kamcoder.gui.actors.wordings_dialog import ActorWordings
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def closer(study: Session) -> Coding:
    """“Because the sales director is closer to them.”"""
    return next(item.coding for item in study.passages.select() if item.coding.quote.startswith("Because"))


@pytest.fixture
def known(study: Session) -> Session:
    """The study with all its texts read for actors."""
    study.actors.named([])
    return study


def line_of(window: MainWindow) -> ActorLine:
    line = window.place.inspector.actors
    assert line is not None
    return line


def choose(window: MainWindow, coding: Coding) -> None:
    window.place.open_document(coding.document_id)
    window.place.reader.choose(coding.id)
    window.place.inspect()


def dialog_of(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def ticked(dialog: PassageActors) -> list[str]:
    model = dialog.model
    shown = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.actor(index) for index in shown if index.data(Qt.ItemDataRole.CheckStateRole) is CHECKED]


def test_texts_are_read_beside_the_window(workspace: MainWindow, closer: Coding, qtbot: QtBot) -> None:
    choose(workspace, closer)
    line = line_of(workspace)
    assert line.text.text() == "Looking for actors…"
    qtbot.waitUntil(lambda: line.text.text() == "Actors: Sales Director", timeout=60_000)


def test_the_inspector_tells_the_actors_and_follows(workspace: MainWindow, known: Session, closer: Coding) -> None:
    choose(workspace, closer)
    line = line_of(workspace)
    assert line.text.text() == "Actors: Sales Director"
    known.actors.correct([closer.id], "ceo", present=True)
    assert line.text.text() == "Actors: CEO (put there by hand), Sales Director"
    known.actors.correct([closer.id], "sales-director", present=False)
    assert line.text.text() == "Actors: CEO (put there by hand), not Sales Director"
    known.undo()
    known.undo()
    known.actors.roles.set_own_voice(OwnVoice.OFF)
    meeting = next(item.coding for item in known.passages.select() if item.coding.quote.startswith("I meet"))
    choose(workspace, meeting)
    assert line.text.text() == "No actor is named."
    known.undo()
    assert line.text.text() == "Actors: CEO (says I)"
    workspace.place.inspector.show_nothing()
    assert line.isHidden()


@pytest.mark.parametrize("way", ["key", "menu", "button"])
def test_ticks_are_opened_and_turned_by_keys(
    workspace: MainWindow, known: Session, closer: Coding, qtbot: QtBot, way: str
) -> None:
    choose(workspace, closer)
    if way == "key":
        workspace.place.reader.view.setFocus()
        qtbot.keyClick(
            workspace.place.reader.view,
            Qt.Key.Key_Y,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    elif way == "menu":
        workspace.commands["coding.actors"].trigger()
    else:
        qtbot.mouseClick(line_of(workspace).button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(workspace, PassageActors)
    assert isinstance(dialog, PassageActors)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    assert ticked(dialog) == ["sales-director"]
    qtbot.keyClicks(dialog.filter, "board")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    dialog.filter.clear()
    assert ticked(dialog) == ["sales-director", "board"]
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert ticked(dialog) == ["board"]
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [item.actor for item in known.actors.of_coding(closer.id)][:2] == ["ceo", "board"]
    known.undo()
    assert ticked(dialog) == ["board"]
    dialog.reject()


def test_a_tick_is_turned_with_the_mouse(workspace: MainWindow, known: Session, closer: Coding, qtbot: QtBot) -> None:
    choose(workspace, closer)
    workspace.place.inspector.correct_actors()
    dialog = dialog_of(workspace, PassageActors)
    assert isinstance(dialog, PassageActors)
    place = dialog.list.visualRect(dialog.model.index(0)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ticked(dialog) == []
    known.codings.remove([closer.id])
    assert dialog.isHidden()


def test_without_a_coder_the_dialog_says_what_is_missing(
    workspace: MainWindow, known: Session, closer: Coding, qtbot: QtBot
) -> None:
    choose(workspace, closer)
    workspace.place.inspector.correct_actors()
    dialog = dialog_of(workspace, PassageActors)
    assert isinstance(dialog, PassageActors)
    known.coders.activate(None)
    dialog.toggle(dialog.model.index(0))
    assert dialog.told.text()
    assert ticked(dialog) == ["sales-director"]
    dialog.reject()


def test_several_passages_are_put_right_together(workspace: MainWindow, known: Session, qtbot: QtBot) -> None:
    workspace.commands["passages.browse"].trigger()
    panel = workspace.workspace.below.passages
    assert panel is not None
    panel.rows.selectAll()
    qtbot.keyClick(panel.rows, Qt.Key.Key_A)
    dialog = dialog_of(workspace, PassageActors)
    assert isinstance(dialog, PassageActors)
    states = {dialog.model.actor(dialog.model.index(row)): row for row in range(dialog.model.rowCount())}
    partly = dialog.model.index(states["sales-director"])
    assert partly.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    dialog.toggle(partly)
    assert "sales-director" in ticked(dialog)
    assert all(
        "sales-director" in [actor.actor for actor in known.actors.of_coding(item.coding.id)]
        for item in known.passages.select()
    )
    dialog.reject()


@pytest.fixture
def words(workspace: MainWindow, known: Session) -> ActorWordings:
    workspace.commands["tables.actors"].trigger()
    dialog = dialog_of(workspace, ActorWordings)
    assert isinstance(dialog, ActorWordings)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    return dialog


def test_words_are_switched_off_and_on(words: ActorWordings, known: Session, qtbot: QtBot) -> None:
    def state() -> Qt.CheckState:
        return Qt.CheckState(words.model.find("sales-director", "sales director").data(Qt.ItemDataRole.CheckStateRole))

    words.tree.setFocus()
    index = words.model.find("sales-director", "sales director")
    words.tree.expand(index.parent())
    words.tree.setCurrentIndex(index)
    with qtbot.waitSignal(words.model.switched):
        qtbot.keyClick(words.tree, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "1 are" in words.told.text())
    assert state() is UNCHECKED
    assert words.tree.currentIndex().data() == "sales director"
    assert not words.remove_button.isEnabled()
    known.undo()
    assert state() is CHECKED
    assert "0 are" in words.told.text()


def test_words_and_names_are_added_and_taken_away(words: ActorWordings, known: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(words.text, "Bart")
    assert words.exact.isChecked()
    words.role.setCurrentIndex(words.role.findText("Sales Director"))
    words.document.setCurrentIndex(words.document.findText("A-CEO"))
    qtbot.keyClick(words.text, Qt.Key.Key_Return)
    added = known.actors.roles.wordings()[-1]
    assert (added.role_id, added.text, added.exact) == ("sales-director", "Bart", True)
    assert added.document_id == known.documents.find("A-CEO").id
    assert words.tree.currentIndex().data() == "Bart"
    assert words.remove_button.isEnabled()
    words.remove_button.click()
    assert all(item.text != "Bart" for item in known.actors.roles.wordings())


def test_a_new_actor_comes_with_its_words_and_goes(words: ActorWordings, known: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(words.text, "works council")
    assert not words.exact.isChecked()
    words.role.setEditText("Works council")
    words.add_button.click()
    (role,) = known.actors.roles.own()
    assert role.name == "Works council"
    words.tree.setCurrentIndex(words.model.find(role.id))
    assert words.remove_button.isEnabled()
    words.remove_button.click()
    assert known.actors.roles.own() == []


def test_what_cannot_be_added_is_told(words: ActorWordings) -> None:
    words.text.setText("…")
    words.add_button.click()
    assert "need a letter" in words.told.text()


def test_words_are_filtered_and_the_voice_is_chosen(words: ActorWordings, known: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(words.filter.field, "rayon")
    heads = [words.model.index(row, 0).data() for row in range(words.model.rowCount())]
    assert heads == ["Regional Manager"]
    words.voice.setCurrentIndex(words.voice.findData(OwnVoice.OFF.value))
    words.voice.activated.emit(words.voice.currentIndex())
    assert known.actors.roles.own_voice is OwnVoice.OFF
    known.undo()
    assert words.voice.currentData() == OwnVoice.I_ALONE.value


def test_the_ready_table_opens_its_passages(workspace: MainWindow, known: Session, qtbot: QtBot) -> None:
    workspace.commands["tables.involvement"].trigger()
    place = workspace.workspace.tables
    assert place is not None
    numbers = place.numbers
    qtbot.waitUntil(lambda: numbers.model.rowCount() == 2)
    assert [numbers.model.index(row, 0).data() for row in range(2)] == ["CEO", "total"]
    assert numbers.model.index(0, 1).data() == "A (1)"
    numbers.view.setCurrentIndex(numbers.model.index(0, 1))
    assert numbers.behind.model.rowCount() == 1


def test_the_table_waits_for_texts_to_be_read(workspace: MainWindow, study: Session, qtbot: QtBot) -> None:
    workspace.commands["tables.involvement"].trigger()
    place = workspace.workspace.tables
    assert place is not None
    qtbot.waitUntil(lambda: place.numbers.model.index(0, 0).data() == "CEO", timeout=60_000)


def test_the_table_follows_a_correction(workspace: MainWindow, known: Session, closer: Coding, qtbot: QtBot) -> None:
    workspace.commands["tables.involvement"].trigger()
    place = workspace.workspace.tables
    assert place is not None
    model = place.numbers.model
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    meeting = next(item.coding for item in known.passages.select() if item.coding.quote.startswith("I meet"))
    known.actors.correct([meeting.id], "board", present=True)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["CEO", "Board", "total"]
    known.undo()
    assert model.rowCount() == 2
