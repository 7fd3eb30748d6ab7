from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Origin
from kamcoder.gui import labels
from kamcoder.gui.action_spec import MENUS, Scope
from kamcoder.gui.actions import ACTIONS
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.mnemonics import assigned


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.WINDOW])
def test_every_key_is_known_to_qt_and_used_once_wherever_it_works(scope: Scope) -> None:
    # A key of the whole window would take the same key from every part of it; parts do not meet.
    specs = [spec for spec in ACTIONS if spec.scope in (Scope.WINDOW, scope)]
    keys = [QKeySequence(key).toString() for spec in specs for key in spec.keys]
    assert all(keys)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_single_letters_work_in_the_reader_only() -> None:
    for spec in ACTIONS:
        if spec.scope is Scope.WINDOW:
            assert [key for key in spec.keys if len(key) == 1 and key.isalnum()] == [], spec.key


def test_every_command_has_a_key_and_a_menu_of_its_own() -> None:
    assert [key for key, times in Counter(spec.key for spec in ACTIONS).items() if times > 1] == []
    assert {spec.menu for spec in ACTIONS} == {menu for menu, _ in MENUS}


def test_no_two_entries_of_a_menu_answer_to_one_letter(window: MainWindow) -> None:
    for top in window.menuBar().actions():
        texts = [action.text() for action in top.menu().actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
        assert [letter for letter, times in Counter(letters).items() if times > 1] == [], top.text()
        assert len(letters) >= 0.8 * len(texts), top.text()


def test_marked_letters_stay_and_the_others_get_a_free_one() -> None:
    assert assigned(["&Open", "&Open again", "Old", "o"]) == ["&Open", "Open &again", "O&ld", "o"]


def test_every_command_is_in_its_menu_with_its_keys(window: MainWindow) -> None:
    shown = {
        action.objectName(): action.shortcuts()
        for top in window.menuBar().actions()
        for action in top.menu().actions()
        if not action.isSeparator()
    }
    assert shown == {spec.key: [QKeySequence(key) for key in spec.keys] for spec in ACTIONS}


def test_tool_tips_carry_the_key(window: MainWindow) -> None:
    for spec, action in window.commands:
        if spec.keys:
            assert QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()


def test_every_operation_and_origin_has_words() -> None:
    assert set(labels.OPERATIONS) == set(Operation)
    assert set(labels.ORIGINS) == set(Origin)
    assert labels.operation(Operation.APPLY_CODE) == "apply code"
