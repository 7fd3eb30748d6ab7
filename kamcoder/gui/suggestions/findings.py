"""What the list of suggestions shows besides those to decide: what is held back, similar passages, outliers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.suggestions import reasons
from kamcoder.gui.suggestions.list_model import Row
from kamcoder.gui.suggestions.offers import Key, Offer

if TYPE_CHECKING:
    from kamcoder.domain.suggesting import Outlier, Similar
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.services.session import Session

_MOST_HIDDEN = 5000


class Kind(StrEnum):
    """What is listed."""

    OFFERS = "offers"
    HIDDEN = "hidden"
    SIMILAR = "similar"
    OUTLIERS = "outliers"


class Findings(QObject):
    """Makes rows of what is to be listed. `found` tells that an answer of the worker came."""

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, acts: SuggestionActs) -> None:
        super().__init__(acts)
        self._acts = acts
        self._session: Session | None = None
        self._similar: list[Row] = []
        self._outliers: list[Row] = []
        self.why = ""  # of what is not shown, only what is hidden for this reason
        self._texts: dict[str, tuple[str, str]] = {}  # document: (name, text)

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        self._similar, self._outliers = [], []
        self.forget()

    def forget(self) -> None:
        """Read names and texts anew."""
        self._texts.clear()

    def rows(self, kind: Kind) -> Sequence[Row]:
        """Return what is to be listed."""
        if kind is Kind.OFFERS:
            return OfferRows(self._acts.queue())
        if kind is Kind.HIDDEN:
            return self._hidden()
        return self._uncoded() if kind is Kind.SIMILAR else self._still_coded()

    def ask_similar(self, coding_id: str) -> None:
        """Ask for passages like a coding; `found` comes later."""
        ask, runner = self._acts.source.ask(), self._acts.source.runner
        if ask is not None and runner is not None:
            runner.similar(ask, coding_id, lambda found: self._on_similar(coding_id, found))

    def ask_outliers(self) -> None:
        """Ask for codings that stand out; `found` comes later."""
        ask, runner = self._acts.source.ask(), self._acts.source.runner
        if ask is not None and runner is not None:
            runner.consistency(ask, self._on_outliers)

    def place_of(self, rows: Sequence[Row], key: Key) -> int:
        """Return at which place a row stands that is known by this, -1 if at none."""
        if isinstance(rows, OfferRows) and rows.offers is self._acts.queue():
            return self._acts.source.place_of(key)
        return next((place for place, row in enumerate(rows) if row.mark == key), -1)

    def bring_back(self, row: Row) -> None:
        """Take back that a suggestion was turned down or put off, or that its code is suggested no more."""
        session = self._session
        if session is None:
            return
        try:
            if row.why == "muted":
                session.suggestions.mute(row.code_id, muted=False)
                return
            ids = [
                item.id
                for item in session.suggestions.decided()
                if (item.document_id, item.span.start, item.span.end, item.code_id)
                == (row.document_id, row.start, row.end, row.code_id)
            ]
            session.suggestions.forget(ids)
        except KamCoderError as error:
            self.failed.emit(error)

    def quote(self, row: Row) -> str:
        """Return the passage of a row."""
        return self._document(row.document_id)[1][row.start : row.end]

    def place(self, row: Row) -> str:
        """Return the place of a row as it is cited."""
        name, text = self._document(row.document_id)
        return f"{name} ¶{text.count(chr(10), 0, row.start) + 1}" if name else ""

    # -- inside ----------------------------------------------------------------------------------------------------

    def _hidden(self) -> list[Row]:
        here = self._acts.source.here()
        if here is None:
            return []
        found = self._acts.source.book.hidden(here)
        wanted = [item for item in found if not self.why or item[2] == self.why][:_MOST_HIDDEN]
        return [
            Row(here, item[0], item[1], item[3] or "", reasons.hidden_line(item, ""), why=item[2]) for item in wanted
        ]

    def _uncoded(self) -> list[Row]:
        """Return the similar passages that have not been coded since they were found."""
        session = self._session
        if session is None or session.coder is None or not self._similar:
            return []
        there = {row.document_id: session.codings.of_document(row.document_id) for row in self._similar}
        mine = {key: [item for item in found if item.coder_id == session.coder.id] for key, found in there.items()}
        return [row for row in self._similar if not any(_codes(item, row) for item in mine[row.document_id])]

    def _still_coded(self) -> list[Row]:
        """Return the codings that stood out and still are what they were."""
        session = self._session
        if session is None:
            return []
        places = ((row, session.passages.place_of(row.coding_id)) for row in self._outliers)
        return [row for row, place in places if place is not None and place[3] == row.code_id]

    def _on_similar(self, coding_id: str, found: Sequence[Similar]) -> None:
        session = self._session
        if session is None:
            return
        place = session.passages.place_of(coding_id)
        code_id = place[3] if place is not None else ""
        self._similar = [
            Row(
                item.document_id,
                item.span.start,
                item.span.end,
                code_id,
                " · ".join([f"{round(100 * item.similarity)} %", *item.terms[:3]]),
                coding_id=coding_id,
                share=item.similarity,
            )
            for item in found
        ]
        self.found.emit(Kind.SIMILAR)

    def _on_outliers(self, found: Sequence[Outlier]) -> None:
        session = self._session
        if session is None:
            return
        rows = []
        for item in found:
            place = session.passages.place_of(item.coding_id)
            if place is not None:
                fits = self.tr("fits {share} %").format(share=round(100 * item.score))
                if item.other_code_id:
                    other = self._acts.marks.code_name(item.other_code_id)
                    fits = self.tr("{fits}, {other} {share} %").format(
                        fits=fits, other=other, share=round(100 * item.other_score)
                    )
                other_id = item.other_code_id or ""
                rows.append(Row(*place[:3], item.code_id, fits, coding_id=item.coding_id, other_code_id=other_id))
        self._outliers = rows
        self.found.emit(Kind.OUTLIERS)

    def _document(self, document_id: str) -> tuple[str, str]:
        known = self._texts.get(document_id)
        if known is None and self._session is not None:
            try:
                name = self._session.documents.find(document_id).name
                known = name, self._session.documents.text(document_id)
            except KamCoderError:  # it has gone meanwhile
                known = "", ""
            self._texts[document_id] = known
        return known or ("", "")


def _codes(coding: Coding, row: Row) -> bool:
    """Tell whether a coding lies over most of a similar passage, with its code or put there from the list."""
    shared = min(coding.span.end, row.end) - max(coding.span.start, row.start)
    return 2 * shared >= row.end - row.start and (coding.code_id == row.code_id or coding.origin is Origin.SEARCH)


class OfferRows(Sequence[Row]):
    """Rows of suggestions, each made when it is looked at."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = offers

    def __len__(self) -> int:
        return len(self.offers)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return OfferRows(self.offers[place]) if isinstance(place, slice) else offer_row(self.offers[place])


def same_offers(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Tell whether both are rows of the very same suggestions."""
    return isinstance(rows, OfferRows) and isinstance(others, OfferRows) and rows.offers is others.offers


def offer_row(offer: Offer) -> Row:
    """Return the row of a suggestion."""
    told = reasons.sureness(offer) or reasons.tr("from rules")
    return Row(offer.document_id, offer.start, offer.end, offer.code_id, told, offer)
