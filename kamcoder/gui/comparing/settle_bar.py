"""Below the text: what can be decided about the difference that is looked at, each choice with its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kamcoder.domain.settling import Choice, Disagreement
from kamcoder.gui.comparing import standing
from kamcoder.gui.widgets.labels import ElidedLabel

_MOST_CODERS = 9


@dataclass(frozen=True, slots=True)
class Wish:
    """What a button or key asks for; `coder_id` goes with a choice of one coder's, no choice means to reopen."""

    choice: Choice | None
    coder_id: str = ""


class SettleBar(QWidget):
    """Tells of the difference and takes a decision. `wished` gives it, `left` that the memo is done with."""

    wished = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._found: Disagreement | None = None
        self._coders: tuple[str, ...] = ()
        self.title = ElidedLabel()
        self.title.setProperty("part", "strong")
        self.decision = ElidedLabel()
        self.decision.setProperty("part", "muted")
        self.memo = QLineEdit()
        self.memo.setPlaceholderText(self.tr("M: why so"))
        self.memo.setAccessibleName(self.tr("Memo on the decision"))
        self.memo.setMaximumWidth(360)
        self.memo.installEventFilter(self)
        self.coder_buttons: list[QPushButton] = []
        self.buttons: dict[Choice | None, QPushButton] = {}
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 3)
        head.addWidget(self.decision, 2)
        head.addWidget(self.memo, 2)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        for choice, text in (
            (Choice.ALL, self.tr("All")),
            (Choice.NEITHER, self.tr("None")),
            (Choice.UNION, self.tr("Whole stretch")),
            (Choice.INTERSECTION, self.tr("Shared part")),
            (Choice.OWN, self.tr("Our own…")),
            (None, self.tr("Reopen")),
        ):
            button = self._button(text, _KEYS[choice], Wish(choice))
            self.buttons[choice] = button
            self._row.addWidget(button)
        self._row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._row)
        self.buttons[Choice.NEITHER].setToolTip(self.tr("Nobody’s coding is taken; that counts as settled"))
        self.buttons[Choice.UNION].setToolTip(self.tr("One coding from the first to the last character"))
        self.buttons[Choice.INTERSECTION].setToolTip(self.tr("Only the text that all of them marked"))
        self.buttons[Choice.OWN].setToolTip(self.tr("The selected text, or the stretch, with a code you choose"))
        self.show_stretch(None, "", {})

    def show_stretch(self, found: Disagreement | None, title: str, names: Mapping[str, str]) -> None:
        """Tell of a stretch, and offer what can be decided about it."""
        same = found is not None and self._found is not None and found.id == self._found.id
        self._found = found
        coders = tuple(found.coder_ids[:_MOST_CODERS]) if found else ()
        if coders != self._coders:
            self._offer(coders, names)
        self.title.setText(title or self.tr("No difference here"))
        held = {claim.coder_id for claim in found.claims} if found else set()
        for coder_id, button in zip(coders, self.coder_buttons, strict=True):
            button.setEnabled(coder_id in held)
        for choice, button in self.buttons.items():
            button.setEnabled(found is not None and (choice is None or choice in found.choices))
        settlement = found.settlement or found.outdated if found else None
        self.buttons[None].setEnabled(settlement is not None)
        told = standing.decided(settlement, names) if settlement else ""
        if found is not None and settlement is not None:
            who = names.get(settlement.coder_id, "?")
            told = (
                self.tr("✓ {what} ({who})").format(what=told, who=who)
                if found.settlement
                else self.tr("{what}, but something was coded here since").format(what=told)
            )
        self.decision.setText(told)
        if not same:
            self.memo.setText(settlement.memo if settlement else "")

    def wish_of(self, event: QKeyEvent) -> Wish | None:
        """Return what a key asks for, None if nothing that is possible here."""
        text = event.text().casefold()
        if text in "123456789" and text and int(text) <= len(self.coder_buttons):
            button, wish = self.coder_buttons[int(text) - 1], Wish(Choice.CODERS, self._coders[int(text) - 1])
        else:
            fitting = [one for one, key in _KEYS.items() if key.casefold() == text]
            if not fitting:
                return None
            button, wish = self.buttons[fitting[0]], Wish(fitting[0])
        return wish if button.isEnabled() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the text from the memo with Enter or Esc."""
        done = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in done:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _offer(self, coders: Sequence[str], names: Mapping[str, str]) -> None:
        for button in self.coder_buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._coders = tuple(coders)
        self.coder_buttons = []
        for number, coder_id in enumerate(coders):
            who = names.get(coder_id, "?")
            button = self._button(self._short(who), str(number + 1), Wish(Choice.CODERS, coder_id))
            button.setToolTip(self.tr("Take what {coder} coded here").format(coder=who))
            self.coder_buttons.append(button)
            self._row.insertWidget(number, button)

    def _short(self, name: str) -> str:
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 84)

    def _button(self, text: str, key: str, wish: Wish) -> QPushButton:
        button = QPushButton(f"{text}  {key}")
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wished.emit(wish))
        return button


_KEYS: dict[Choice | None, str] = {
    Choice.ALL: "A",
    Choice.NEITHER: "X",
    Choice.UNION: "W",
    Choice.INTERSECTION: "S",
    Choice.OWN: "E",
    None: "R",
}
