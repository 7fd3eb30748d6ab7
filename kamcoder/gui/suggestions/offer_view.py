"""Why the current suggestion was made, with buttons to decide, for the narrow room of the inspector."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kamcoder.gui.suggestions.reasons_view import ReasonsView
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.gui.suggestions.acts import SuggestionActs


class OfferView(QWidget):
    """Reasons under a heading, with buttons to decide."""

    def __init__(self, acts: SuggestionActs) -> None:
        super().__init__()
        self.setProperty("part", "side")
        self.reasons = ReasonsView(acts.marks)
        self.buttons: dict[str, QPushButton] = {}
        head, acting = QHBoxLayout(), QGridLayout()
        head.setContentsMargins(14, 10, 14, 0)
        head.addWidget(label(self.tr("SUGGESTION"), "heading"))
        acting.setContentsMargins(14, 4, 14, 10)
        acting.setSpacing(4)
        for place, (key, text) in enumerate(
            (
                ("suggest.accept", self.tr("Accept")),
                ("suggest.edit", self.tr("Edit…")),
                ("suggest.reject", self.tr("Reject")),
                ("suggest.later", self.tr("Not now")),
            )
        ):
            button = self.buttons[key] = QPushButton(text)
            button.setProperty("part", "link")
            button.clicked.connect(partial(self._do, acts, key))
            acting.addWidget(button, place // 2, place % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.reasons, 1)
        layout.addLayout(acting)

    @staticmethod
    def _do(acts: SuggestionActs, key: str, _checked: bool = False) -> None:
        acts.do(key)
