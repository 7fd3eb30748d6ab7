"""Hints for the first hours: one at a time, each once, and never about what was done already."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from kamcoder.gui.actions import ActionBoard, key_text
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.widgets.labels import label

_MOST_A_SITTING = 3  # a person who wants to work is told a little, not a lot
_ON, _DONE = "hints/on", "hints/done"


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence about a command; `{keys}` in it is the command's key. It is told where `needs` is present."""

    action: str
    text: str
    needs: str


HINTS = (
    Hint("help.page", QT_TRANSLATE_NOOP("hints", "{keys} opens the guide at the page about what you see."), ""),
    Hint("edit.undo", QT_TRANSLATE_NOOP("hints", "{keys} takes back any step. There is nothing to save."), "undo"),
    Hint(
        "window.palette",
        QT_TRANSLATE_NOOP("hints", "{keys} finds every command, document and code by a few letters."),
        "project",
    ),
    Hint("code.next", QT_TRANSLATE_NOOP("hints", "{keys} goes to the next coding."), "undo"),
    Hint(
        "view.codebook",
        QT_TRANSLATE_NOOP("hints", "{keys} closes the codebook and opens it again, for more room to read."),
        "document",
    ),
)


class Hints(QObject):
    """Decides which hint is told. `told` gives its words, `ended` says that it is to go."""

    told = Signal(str)
    ended = Signal()

    def __init__(
        self,
        board: ActionBoard,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        hints: tuple[Hint, ...] = HINTS,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._specs = {spec.key: spec for spec, _ in board}
        self._hints = [hint for hint in hints if hint.action in self._specs and self._specs[hint.action].keys]
        self._present: Hint | None = None
        self._told = 0
        wanted = {hint.action for hint in self._hints}
        for spec, action in board:
            if spec.key in wanted:
                action.triggered.connect(lambda _=False, key=spec.key: self._on_used(key))

    @property
    def on(self) -> bool:
        """Tell whether hints are wanted."""
        return self._preferences.flag(_ON, default=True)

    def switch(self, *, on: bool) -> None:
        """Want hints, all of them anew, or want none."""
        self._preferences.keep(_ON, on)
        if on:
            self._preferences.keep(_DONE, "")
            self._told = 0
        self.end()

    def consider(self, present: frozenset[str]) -> None:
        """Tell the next hint that fits what is present, unless one stands there or enough were told today."""
        if self._present is not None or not self.on or self._told >= _MOST_A_SITTING:
            return
        done = self._done()
        for hint in self._hints:
            if hint.action not in done and (not hint.needs or hint.needs in present):
                self._present = hint
                self._told += 1
                # Told is done: it is not told again, even if the program ends before it is closed.
                self._note(hint.action)
                keys = key_text(self._specs[hint.action])
                self.told.emit(QCoreApplication.translate("hints", hint.text).format(keys=keys))
                return

    def end(self) -> None:
        """Let the hint that stands there go."""
        if self._present is not None:
            self._present = None
            self.ended.emit()

    def _on_used(self, action: str) -> None:
        self._note(action)
        if self._present is not None and self._present.action == action:
            self.end()

    def _done(self) -> set[str]:
        return set(self._preferences.text(_DONE).split())

    def _note(self, action: str) -> None:
        done = self._done()
        if action not in done:
            self._preferences.keep(_DONE, " ".join(sorted({*done, action})))


class HintBar(QFrame):
    """The hint in one line, with ways to close it and to be told no more. It takes no focus by itself."""

    def __init__(self, hints: Hints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints = hints
        self.setProperty("part", "notice")
        self._text = label("", wrap=True)
        self.off = self._button(self.tr("No more hints"))
        self.off.clicked.connect(lambda: hints.switch(on=False))
        self.close_button = self._button("×")
        self.close_button.setAccessibleName(self.tr("Close this hint"))
        self.close_button.setToolTip(self.tr("Close this hint"))
        self.close_button.clicked.connect(hints.end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.off)
        layout.addWidget(self.close_button)
        hints.told.connect(self._on_told)
        hints.ended.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """Return the hint that stands there, empty if none does."""
        return self._text.text() if not self.isHidden() else ""

    def _on_told(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def _button(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        return button
