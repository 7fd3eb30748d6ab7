"""The line below the list: how much is listed, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kamcoder.gui.suggestions.findings import Kind
from kamcoder.gui.suggestions.reasons import DECIDED
from kamcoder.gui.widgets.labels import ElidedLabel

_DECIDING = ("suggest.accept", "suggest.edit", "suggest.reject", "suggest.later")
_OF = {
    Kind.OFFERS: _DECIDING,
    Kind.HIDDEN: ("back",),
    Kind.SIMILAR: ("all", "none", "code", "other"),
    Kind.OUTLIERS: ("all", "none", "recode", "uncode"),
}
# The keys of what is done with passages that were found; those that decide on suggestions are the reader's.
_KEYS = {"tick": ("Space",), "code": ("Ctrl+Return",), "other": ("C",), "recode": ("R",), "uncode": ("U", "Del")}


class ListFoot(QWidget):
    """Buttons for the list that is shown. `asked` tells which was pressed, or whose key."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = ElidedLabel(parent=self)
        self.count.setProperty("part", "small")
        self.buttons: dict[str, QPushButton] = {}
        self.keys: dict[str, QAction] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.count, 1)
        for key, text in (
            ("suggest.accept", self.tr("Accept")),
            ("suggest.edit", self.tr("Edit…")),
            ("suggest.reject", self.tr("Reject")),
            ("suggest.later", self.tr("Not now")),
            ("back", self.tr("Bring back")),
            ("all", self.tr("Tick all")),
            ("none", self.tr("Tick none")),
            ("code", self.tr("Code")),
            ("other", self.tr("Another code…")),
            ("recode", self.tr("Recode…")),
            ("uncode", self.tr("Uncode")),
        ):
            button = self.buttons[key] = QPushButton(text, self)
            button.setProperty("part", "link")
            button.clicked.connect(partial(self._on_pressed, key))
            layout.addWidget(button)
            if key in _KEYS:
                sequence = QKeySequence(_KEYS[key][0])
                button.setToolTip(sequence.toString(QKeySequence.SequenceFormat.NativeText))

    def serve(self, listed: QWidget) -> None:
        """Let the keys work in the list."""
        for key, sequences in _KEYS.items():
            action = self.keys[key] = QAction(listed)
            action.setShortcuts([QKeySequence(sequence) for sequence in sequences])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._on_pressed, key))
            listed.addAction(action)

    def show_for(self, kind: Kind, count: int) -> None:
        """Show what can be done with a list of so many rows."""
        there = _OF[kind] if count else ()
        for key, button in self.buttons.items():
            button.setVisible(key in there)
        for key, action in self.keys.items():
            action.setEnabled(key in there or (key == "tick" and "all" in there))

    def tell_marked(self, number: int, code: str) -> None:
        """Say how many passages the buttons are about, and with which code they would be coded."""
        words = self.tr("Code {count} with {code}") if code else self.tr("Code {count}")
        self.buttons["code"].setText(words.format(count=number, code=code))
        self.buttons["recode"].setText(self.tr("Recode {count}…").format(count=number))
        self.buttons["uncode"].setText(self.tr("Uncode {count}").format(count=number))
        for key in ("code", "other", "recode", "uncode"):
            self.buttons[key].setEnabled(number > 0 and (key != "code" or bool(code)))

    def tell_back(self, why: str) -> None:
        """Say what bringing back means for something that is not shown for this reason."""
        self.buttons["back"].setEnabled(why == "muted" or why in DECIDED)
        muted = self.tr("Suggest this code again")
        self.buttons["back"].setText(muted if why == "muted" else self.tr("Bring back"))

    def _on_pressed(self, key: str, _checked: bool = False) -> None:
        self.asked.emit(key)
