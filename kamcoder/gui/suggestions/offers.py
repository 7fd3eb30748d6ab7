"""The suggestions of documents as the window keeps them: bare until somebody looks at one. Knows no Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcoder.domain.suggesting import Proposal, Reasons
    from kamcoder.services.suggestion_desk import Batch, PackedHidden

#: document, start, end, code: what a suggestion is known by.
Key = tuple[str, int, int, str]
#: start, end and code of an own coding.
Coded = tuple[int, int, str]


@dataclass(frozen=True, eq=False)
class Offer:
    """A suggestion in the window; positions are code points, `confidence` is None while only rules speak."""

    document_id: str
    start: int
    end: int
    code_id: str
    score: float
    confidence: float | None
    band: str
    rank: int
    packed: bytes
    model_version: str

    @cached_property
    def key(self) -> Key:
        """Return what the suggestion is known by."""
        return self.document_id, self.start, self.end, self.code_id

    @property
    def place(self) -> tuple[int, int]:
        """Return the span."""
        return self.start, self.end

    @cached_property
    def reasons(self) -> Reasons:
        """Return why the code is suggested."""
        from kamcoder.services.suggestion_desk import unpacked

        return unpacked(self.packed)

    @property
    def sure(self) -> float:
        """Return what the suggestion is ordered and filtered by: its confidence, or its score from rules alone."""
        return self.score if self.confidence is None else self.confidence

    @cached_property
    def doubt(self) -> float:
        """Return how uncertain the suggestion is: 1 at even odds, 0 where it is sure either way."""
        return 1 - abs(2 * self.sure - 1)

    def proposal(self) -> Proposal:
        """Return the suggestion as the services know it."""
        from kamcoder.domain.document import TextSpan
        from kamcoder.domain.suggesting import Band, Proposal

        return Proposal(
            self.document_id,
            TextSpan(self.start, self.end),
            self.code_id,
            self.score,
            self.confidence,
            Band(self.band),
            self.rank,
            self.reasons,
        )


class OfferBook:
    """The suggestions of all documents that were asked for. What was decided or coded meanwhile is left out."""

    def __init__(self) -> None:
        self._all: dict[str, list[Offer]] = {}
        self._arriving: dict[str, list[Offer]] = {}
        self._hidden: dict[str, list[PackedHidden]] = {}
        self._shown: dict[str, list[Offer]] = {}
        self._decided: frozenset[Key] = frozenset()
        self._coded: dict[str, dict[str, Coded]] = {}
        self._muted: frozenset[str] = frozenset()
        self.complete: set[str] = set()
        self.version = 0  # another number whenever what is to be decided may be other

    def clear(self) -> None:
        """Know nothing."""
        self.version += 1
        for store in (self._all, self._arriving, self._hidden, self._shown, self._coded):
            store.clear()
        self._decided, self._muted = frozenset(), frozenset()
        self.complete.clear()

    def take(self, batch: Batch) -> bool:
        """Take in a part of a document's suggestions; tell whether what is to be decided is other now.

        A first part is shown at once where nothing is; else what is there stays until everything has come.
        """
        self.version += 1
        there = batch.document_id
        if batch.first:
            self._arriving[there], self._hidden[there] = [], []
        arriving = self._arriving.setdefault(there, [])
        arriving += [Offer(there, *packed, batch.model_version) for packed in batch.offers]
        self._hidden.setdefault(there, []).extend(batch.hidden)
        if batch.last:
            self.complete.add(there)
        shown = batch.last or (batch.first and not self._all.get(there))
        if shown:
            self._all[there] = sorted(arriving, key=lambda offer: (offer.start, offer.end, offer.rank, offer.code_id))
            self._shown.pop(there, None)
        return shown

    def forget(self, document_id: str) -> None:
        """Know no more of a document."""
        self.version += 1
        for store in (self._all, self._arriving, self._hidden, self._shown, self._coded):
            store.pop(document_id, None)
        self.complete.discard(document_id)

    def know(self, decided: Collection[Key], muted: Collection[str]) -> None:
        """Leave out what was decided, and codes that are muted."""
        self.version += 1
        before, hidden = self._decided, self._muted
        self._decided, self._muted = frozenset(decided), frozenset(muted)
        new = self._decided - before
        if self._muted == hidden and self._decided >= before:
            for document_id in {key[0] for key in new} & self._shown.keys():
                self._shown[document_id] = [offer for offer in self._shown[document_id] if offer.key not in new]
        else:
            self._shown.clear()

    def code(self, coding_id: str, document_id: str, coded: Coded) -> None:
        """Leave out what the coder codes himself meanwhile; what was coded before, the worker leaves out."""
        self.version += 1
        self._coded.setdefault(document_id, {})[coding_id] = coded
        shown, (start, end, code_id) = self._shown.get(document_id), coded
        if shown is not None:
            self._shown[document_id] = [
                offer
                for offer in shown
                if offer.start >= end or offer.end <= start or offer.code_id != code_id or not _covered(offer, [coded])
            ]

    def uncode(self, coding_id: str, document_id: str) -> None:
        """Leave out no more what was coded meanwhile and is coded no longer."""
        if self._coded.get(document_id, {}).pop(coding_id, None) is not None:
            self._shown.pop(document_id, None)
            self.version += 1

    def documents(self) -> list[str]:
        """Return the documents of which anything is known."""
        return list(self._all)

    def of(self, document_id: str) -> Sequence[Offer]:
        """Return what is to be decided in a document, in the order of the text, the likeliest of a place first."""
        shown = self._shown.get(document_id)
        if shown is None:
            coded = sorted(self._coded.get(document_id, {}).values())
            shown = self._shown[document_id] = [
                offer
                for offer in self._all.get(document_id, ())
                if offer.key not in self._decided and offer.code_id not in self._muted and not _covered(offer, coded)
            ]
        return shown

    def hidden(self, document_id: str) -> Sequence[PackedHidden]:
        """Return what is not shown in a document, and why."""
        return self._hidden.get(document_id, ())

    def get(self, key: Key) -> Offer | None:
        """Return a suggestion that is to be decided."""
        return next((offer for offer in self.of(key[0]) if offer.key == key), None)

    def at(self, document_id: str, position: int) -> list[Offer]:
        """Return the suggestions over a position."""
        return [offer for offer in self.of(document_id) if offer.start <= position < offer.end]


def _covered(offer: Offer, coded: Sequence[Coded]) -> bool:
    """Tell whether the coder has put the code on at least half of the place."""
    behind = bisect_left(coded, (offer.end, 0, ""))
    return any(
        code_id == offer.code_id and 2 * (min(end, offer.end) - max(start, offer.start)) >= offer.end - offer.start
        for start, end, code_id in coded[:behind]
    )
