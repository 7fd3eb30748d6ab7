"""Why one suggestion was made: its passage with the words that speak for it, and the nearest own passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kamcoder.gui.suggestions import reasons
from kamcoder.gui.suggestions.offers import Offer
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.gui.suggestions.shown import SuggestionMarks
    from kamcoder.services.session import Session

_MOST_NEAREST = 3
_LONGEST = 90


class ReasonsView(QScrollArea):
    """Shows the reasons of a suggestion. A nearest passage opens on a click."""

    place_asked = Signal(str, int, int)

    def __init__(self, marks: SuggestionMarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._session: Session | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Reasons of the suggestion"))
        inside = QWidget(self)
        inside.setProperty("part", "side")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        self.head = label("", "strong", wrap=True)
        self.quote = QLabel(inside)
        self.quote.setTextFormat(Qt.TextFormat.RichText)
        self.quote.setWordWrap(True)
        self.why = label("", "small", wrap=True)
        self.near = label(self.tr("Your nearest passages"), "heading")
        for widget in (self.head, self.quote, self.why, self.near):
            column.addWidget(widget)
        self.nearest = [QPushButton(inside) for _ in range(_MOST_NEAREST)]
        for button in self.nearest:
            button.setProperty("part", "row")
            button.clicked.connect(self._on_nearest)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        column.addStretch()
        self.setWidget(inside)
        self.show_offer(None)

    def load(self, session: Session | None) -> None:
        """Show reasons in a project."""
        self._session = session
        self.show_offer(None)

    def show_offer(self, offer: Offer | None) -> None:
        """Show the reasons of a suggestion, or what would be shown here."""
        for widget in (self.quote, self.near, *self.nearest):
            widget.setVisible(False)
        if offer is None or self._session is None:
            self.head.setText("")
            self.why.setText(self.tr("Choose a suggestion to see why it was made."))
            return
        head, *why = self._marks.explained(offer).split("\n")
        self.head.setText(head.replace(" %", "\u00a0%"))  # which would look lost at the beginning of a line
        self.quote.setText(reasons.marked(offer, self._marks.text_of(offer)))
        self.quote.setVisible(True)
        self.why.setText("\n".join(why) or self.tr("Nothing but what is usual for this code speaks for it."))
        self._show_nearest(self._session, offer)

    def _show_nearest(self, session: Session, offer: Offer) -> None:
        places = session.passages.places([item.coding_id for item in offer.reasons.nearest])
        shown = [item for item in offer.reasons.nearest if item.coding_id in places][:_MOST_NEAREST]
        self.near.setVisible(bool(shown))
        for button, item in zip(self.nearest, shown, strict=False):
            document_id, start, end, quote = places[item.coding_id]
            text = " ".join(quote.split())
            words = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
            told = self.tr("{share} % alike: “{quote}”").format(share=round(100 * item.similarity), quote=words)
            button.setText(
                self.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, max(200, self.viewport().width() - 88))
            )
            button.setToolTip(text)
            button.setAccessibleName(told)
            button.setProperty("place", (document_id, start, end))
            button.setVisible(True)

    def _on_nearest(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.place_asked.emit(*button.property("place"))
