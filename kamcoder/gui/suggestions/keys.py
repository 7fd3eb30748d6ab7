"""The keys that decide on a suggestion: they are taken from the reader only while one is current."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from kamcoder.gui.suggestions.actions import DECIDING


def _combination(key: str) -> int:
    sequence: Any = QKeySequence(key)  # its items can be had, whatever the binding's annotations say
    return int(sequence[0].toCombined())


_COMMANDS = {_combination(key): spec.key for spec in DECIDING for key in spec.keys}


def command_of(event: QEvent) -> str:
    """Return the command that a key event means while a suggestion is current; nothing for other events and keys."""
    if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if key is Qt.Key.Key_Backtab:  # what Shift and Tab arrive as
        key, modifiers = Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier
    return _COMMANDS.get(QKeyCombination(modifiers, key).toCombined(), "")
