"""What is seen of suggestions in the reader, and counting what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip

from kamcoder.domain.codebook import PATH_SEPARATOR
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.suggestions import reasons
from kamcoder.gui.suggestions.offers import Key, Offer

if TYPE_CHECKING:
    from kamcoder.gui.code_place import CodePlace
    from kamcoder.gui.suggestions.source import SuggestionSource

_SEEN_MS = 800  # what stands still so long was seen


class SuggestionMarks(QObject):
    """Draws the suggestions of the document that is read, lights the current one, and tells the reasons on hover."""

    failed = Signal(object)

    def __init__(self, place: CodePlace, source: SuggestionSource) -> None:
        super().__init__(place)
        self._reader = place.reader
        self._view = place.reader.view
        self._source = source
        self._noted: set[Key] = set()
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(_SEEN_MS)
        self._seen.timeout.connect(self._note_seen)
        self._view.viewport().installEventFilter(self)
        self._view.moved.connect(self._on_moved)
        self._reader.margin.reason_of = self._tool_tip

    def forget(self) -> None:
        """Begin anew: another project, or another coder."""
        self._seen.stop()
        self._noted.clear()

    def show(self, current: Offer | None) -> None:
        """Draw what is to be decided in the document that is read."""
        ground, here, on = self._view.ground, self._reader.document_id, self._source.on
        offers = self._source.book.of(here) if on and here else ()
        offsets = self._view.page.offsets

        def told(place: int) -> tuple[Key, str, str]:
            return offers[place].key, offers[place].code_id, reasons.sureness(offers[place])

        starts = offsets.all_to_qt([offer.start for offer in offers])
        ground.offered.load(starts, offsets.all_to_qt([offer.end for offer in offers]), told)
        self._reader.overview.show_offered()
        if ground.offered.on != on:
            ground.offered.on = on
            self._view.refresh()
        self.light(current)

    def light(self, current: Offer | None) -> None:
        """Light the current suggestion with the words that speak for it."""
        offered, offsets = self._view.ground.offered, self._view.page.offsets
        offered.current = current.key if current else None
        offered.lit, offered.begins = [], None
        if current is not None and current.document_id == self._reader.document_id:
            offered.begins = offsets.to_qt(current.start)
            offered.lit = [
                (offsets.to_qt(match.span.start), offsets.to_qt(match.span.end)) for match in current.reasons.matches
            ]
        self._view.viewport().update()
        self._reader.margin.update()
        self._reader.overview.update()
        if self._source.on:
            self._seen.start()

    def code_name(self, code_id: str) -> str:
        """Return the name of a code."""
        return self._view.inks[code_id].name

    def code_path(self, code_id: str) -> str:
        """Return the path of a code."""
        return self._view.inks[code_id].path

    def code_label(self, code_id: str) -> str:
        """Return the name of a code with what it stands below, the name first: lists have little room."""
        *above, name = self._view.inks[code_id].path.split(PATH_SEPARATOR)
        return f"{name} · {above[-1]}" if above else name

    def colour(self, code_id: str) -> QColor:
        """Return the colour of a code on the page."""
        return self._view.inks[code_id].stroke

    def text_of(self, offer: Offer) -> str:
        """Return the passage of a suggestion."""
        if offer.document_id == self._reader.document_id:
            return self._view.page.text[offer.start : offer.end]
        session = self._source.session
        return session.documents.text(offer.document_id)[offer.start : offer.end] if session else ""

    def explained(self, offer: Offer) -> str:
        """Return why a suggestion was made, as lines of text."""
        said = reasons.lines(
            offer, name=self.code_path(offer.code_id), code_name=self.code_name, quote=self.text_of(offer)
        )
        return "\n".join(said)

    def note(self, offers: Sequence[Offer]) -> None:
        """Count what is seen now."""
        session, new = self._source.session, [offer for offer in offers if offer.key not in self._noted]
        if session is None or not new:
            return
        self._noted.update(offer.key for offer in new)
        try:
            session.suggestions.note_shown([offer.proposal() for offer in new], model_version=new[0].model_version)
        except KamCoderError as error:
            self.failed.emit(error)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the reasons of what is under the mouse."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not self._source.on:
            return False
        position, here = self._view.position_at(event.pos()), self._reader.document_id
        if position is None or here is None:
            return False
        offers = self._source.book.at(here, self._view.page.offsets.to_text(position))
        if not offers:
            return False
        coded = [self._view.inks[mark.code_id].path for mark in self._view.marks.at(position)]
        QToolTip.showText(event.globalPos(), "\n\n".join([*coded, *map(self.explained, offers)]))
        return True

    # -- inside ----------------------------------------------------------------------------------------------------

    def _note_seen(self) -> None:
        here = self._reader.document_id
        if not self._source.on or here is None or not self._view.isVisible():
            return
        top, bottom = (self._view.page.offsets.to_text(position) for position in self._view.seen())
        self.note([offer for offer in self._source.book.of(here) if top <= offer.start < bottom])

    def _tool_tip(self, key: Any) -> str:
        offer = self._source.book.get(key)
        return self.explained(offer) if offer is not None else ""

    def _on_moved(self) -> None:
        if self._source.on:
            self._seen.start()
