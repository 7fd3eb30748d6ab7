"""The settings dialog, and the hints it turns on and off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.gui.actions import ACTIONS, ActionBoard
from kamcoder.gui.hints import HINTS, HintBar, Hints
from kamcoder.gui.icons import Icons
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.settings.dialog import NARROWEST, WIDEST, SettingsDialog, reading_width
from kamcoder.gui.theme import COLUMN_CHARACTERS, Mode, Theme
from kamcoder.services.session import Session

EVERYTHING = frozenset({"project", "document", "selection", "undo", "redo"})


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def board(qtbot: QtBot, theme: Theme) -> ActionBoard:
    host = QWidget()
    qtbot.addWidget(host)
    made = ActionBoard({spec.key: lambda *_: None for spec in ACTIONS}, Icons(theme, host), window=host)
    made.enable(EVERYTHING)
    made.keep_alive = host  # the board dies with its window
    return made


@pytest.fixture
def hints(board: ActionBoard, preferences: Preferences) -> Hints:
    return Hints(board, preferences)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, preferences: Preferences, hints: Hints, study: Session) -> SettingsDialog:
    made = SettingsDialog(theme, preferences, hints=hints, session=study)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def choose(qtbot: QtBot, box: QComboBox, steps: int) -> None:
    """Choose with the arrow keys, as a person without a mouse would."""
    box.setFocus()
    for _ in range(abs(steps)):
        qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


# -- the dialog --------------------------------------------------------------------------------------------------------


def test_colours_change_at_once_and_are_kept(
    dialog: SettingsDialog, theme: Theme, preferences: Preferences, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.mode_chosen) as told:
        choose(qtbot, dialog.mode, 1)
    assert told.args == [Mode.DARK]
    assert isinstance(told.args[0], Mode)
    assert theme.look.dark
    assert preferences.text("mode") == "dark"
    choose(qtbot, dialog.mode, -2)
    assert theme.mode is Mode.SYSTEM


def test_face_size_and_length_of_line_are_told_and_kept(
    dialog: SettingsDialog, preferences: Preferences, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.serif_chosen) as serif:
        choose(qtbot, dialog.face, 1)
    with qtbot.waitSignal(dialog.zoom_chosen) as zoom:
        choose(qtbot, dialog.zoom, 1)
    with qtbot.waitSignal(dialog.width_chosen) as width:
        qtbot.keyClick(dialog.width_slider, Qt.Key.Key_Right)
    assert (serif.args, zoom.args, width.args) == ([True], [115], [COLUMN_CHARACTERS + 4])
    assert preferences.flag("serif")
    assert preferences.number("zoom", 100, low=1, high=999) == 115
    assert reading_width(preferences) == COLUMN_CHARACTERS + 4


def test_shows_what_was_kept(qtbot: QtBot, theme: Theme, preferences: Preferences) -> None:
    preferences.keep("serif", True)
    preferences.keep("zoom", 200)
    preferences.keep("reading_width", 88)
    made = SettingsDialog(theme, preferences)
    qtbot.addWidget(made)
    assert (made.face.currentIndex(), made.zoom.currentData(), made.width_slider.value() * 4) == (1, 200, 88)


@pytest.mark.parametrize(("kept", "used"), [("9999", WIDEST), ("-3", NARROWEST), ("much", COLUMN_CHARACTERS)])
def test_settings_that_make_no_sense_are_put_right(
    qtbot: QtBot, theme: Theme, preferences: Preferences, kept: str, used: int
) -> None:
    preferences.keep("reading_width", kept)
    preferences.keep("zoom", kept)
    made = SettingsDialog(theme, preferences)
    qtbot.addWidget(made)
    assert reading_width(preferences) == used
    assert made.zoom.currentIndex() >= 0


def test_the_coder_is_renamed(dialog: SettingsDialog, study: Session, qtbot: QtBot) -> None:
    assert dialog.coder.text() == "Ann"
    assert not dialog.rename.isEnabled()
    dialog.coder.setFocus()
    dialog.coder.setText("Anna 😀")
    qtbot.keyClick(dialog.coder, Qt.Key.Key_Return)
    assert study.coder.name == "Anna 😀"
    assert not dialog.rename.isEnabled()
    assert dialog.isVisible()
    study.undo()
    assert study.coders.all()[0].name == "Ann"


@pytest.mark.parametrize("name", ["   ", "ben"])
def test_a_name_that_cannot_be_taken_says_why(dialog: SettingsDialog, study: Session, qtbot: QtBot, name: str) -> None:
    study.coders.add("Ben")
    dialog.coder.setText(name)
    qtbot.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)
    assert dialog.problem.isVisible()
    assert dialog.problem.text()
    assert study.coder.name == "Ann"
    dialog.coder.setText("Bo")
    assert not dialog.problem.isVisible()


def test_without_a_project_nobody_can_be_renamed(qtbot: QtBot, theme: Theme, preferences: Preferences) -> None:
    made = SettingsDialog(theme, preferences)
    qtbot.addWidget(made)
    made.show()
    assert not made.coder.isEnabled()
    assert not made.rename.isEnabled()
    assert made.coder.placeholderText()


def test_every_field_has_a_name_and_escape_closes(dialog: SettingsDialog, qtbot: QtBot) -> None:
    for widget in (dialog.mode, dialog.face, dialog.zoom, dialog.width_slider, dialog.coder, dialog.hints):
        assert widget.accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_hints_are_turned_off_and_on_in_the_dialog(dialog: SettingsDialog, hints: Hints, qtbot: QtBot) -> None:
    choose(qtbot, dialog.hints, 1)
    assert not hints.on
    choose(qtbot, dialog.hints, -1)
    assert hints.on


# -- hints -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def bar(qtbot: QtBot, hints: Hints) -> HintBar:
    made = HintBar(hints)
    qtbot.addWidget(made)
    return made


def offered(board: ActionBoard) -> list[str]:
    keys = {spec.key for spec, _ in board if spec.keys}
    return [hint.action for hint in HINTS if hint.action in keys]


def test_one_hint_at_a_time_with_its_key(bar: HintBar, hints: Hints, board: ActionBoard) -> None:
    hints.consider(EVERYTHING)
    first = bar.text
    action = board[offered(board)[0]]
    assert action.shortcut().toString(action.shortcut().SequenceFormat.NativeText) in first
    hints.consider(EVERYTHING)
    assert bar.text == first


def test_a_hint_waits_until_what_it_is_about_is_there(bar: HintBar, hints: Hints) -> None:
    hints.consider(frozenset({"nothing of the kind"}))
    assert all(not hint.needs for hint in HINTS if bar.text and hint.text.split("}")[-1] in bar.text)


def test_a_closed_hint_is_never_told_again(
    qtbot: QtBot, bar: HintBar, hints: Hints, board: ActionBoard, preferences: Preferences
) -> None:
    hints.consider(EVERYTHING)
    first = bar.text
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bar.text == ""
    later = Hints(board, preferences)
    told: list[str] = []
    later.told.connect(told.append)
    later.consider(EVERYTHING)
    assert told
    assert told[0] != first


def test_a_hint_goes_when_its_command_is_used(bar: HintBar, hints: Hints, board: ActionBoard) -> None:
    hints.consider(EVERYTHING)
    board[offered(board)[0]].trigger()
    assert bar.text == ""


def test_what_was_used_already_is_not_told(bar: HintBar, hints: Hints, board: ActionBoard) -> None:
    for key in offered(board):
        board[key].trigger()
    hints.consider(EVERYTHING)
    assert bar.text == ""


def test_few_hints_in_one_sitting(bar: HintBar, hints: Hints) -> None:
    told = 0
    for _ in range(len(HINTS) + 5):
        hints.consider(EVERYTHING)
        told += bool(bar.text)
        hints.end()
    assert told <= 3


def test_no_more_hints_means_none(
    qtbot: QtBot, bar: HintBar, hints: Hints, board: ActionBoard, preferences: Preferences
) -> None:
    hints.consider(EVERYTHING)
    qtbot.mouseClick(bar.off, Qt.MouseButton.LeftButton)
    assert bar.text == ""
    hints.consider(EVERYTHING)
    assert bar.text == ""
    Hints(board, preferences).consider(EVERYTHING)
    assert not preferences.flag("hints/on", default=True)
