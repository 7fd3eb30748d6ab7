"""Finding words everywhere: in what was said, in memos, and coding what was found."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.memo import Memo
from kamcoder.domain.project import natural_key
from kamcoder.domain.segments import sentence_span
from kamcoder.services.codings import CodingService, PlannedCoding
from kamcoder.services.editing import Editing
from kamcoder.services.passages import line_ends


class HitSpan(StrEnum):
    """How much around a hit is coded."""

    HIT = "hit"
    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: `span` of the document, with the sentence around it and the turn it is in."""

    document_id: str
    document: str
    span: TextSpan
    sentence: TextSpan
    turn: TextSpan
    paragraph: int
    context: str
    marked: TextSpan

    @property
    def reference(self) -> str:
        """Return the citation of the place."""
        return f"{self.document} ¶{self.paragraph}"


class FindService:
    """Verbs of finding."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._codings = CodingService(editing)

    def text(self, query: str, *, document_ids: frozenset[str] | None = None, limit: int = 2000) -> list[Hit]:
        """Return the places of a query in what was said, by document and place.

        A hit is a run of found words with nothing but white space between them; `context` is its sentence, in which
        `marked` is the hit. At most `limit` turns are looked at, the best first.
        """
        rows = self._editing.rows
        found = [
            turn
            for turn in rows.documents.search(query, limit=limit)
            if document_ids is None or turn.document_id in document_ids
        ]
        names = {document.id: document.name for document in rows.documents.all()}
        texts = rows.documents.texts({turn.document_id for turn in found})
        lines = {document_id: line_ends(text) for document_id, text in texts.items()}
        hits: list[Hit] = []
        for turn in found:
            text = texts[turn.document_id]
            for place in _runs(turn.places, turn.text):
                span = TextSpan(turn.span.start + place.start, turn.span.start + place.end)
                sentence = sentence_span(text, span.start) or span
                around = TextSpan(min(sentence.start, span.start), max(sentence.end, span.end))
                hits.append(
                    Hit(
                        document_id=turn.document_id,
                        document=names[turn.document_id],
                        span=span,
                        sentence=around,
                        turn=turn.span,
                        paragraph=bisect_right(lines[turn.document_id], span.start) + 1,
                        context=around.of(text),
                        marked=TextSpan(span.start - around.start, span.end - around.start),
                    )
                )
        return sorted(hits, key=lambda hit: (natural_key(hit.document), hit.span))

    def memos(self, query: str) -> list[Memo]:
        """Return the memos that hold all words of the query, the oldest first."""
        words = query.casefold().replace('"', " ").split()
        return [
            memo
            for memo in self._editing.rows.memos.all()
            if words and all(word in f"{memo.title} {memo.text}".casefold() for word in words)
        ]

    def code_hits(
        self, hits: Sequence[Hit], code_id: str, *, spans: HitSpan = HitSpan.SENTENCE, initiator: str | None = None
    ) -> list[Coding]:
        """Code all these hits as the active coder in one act and return the new codings."""
        chosen = {HitSpan.HIT: "span", HitSpan.SENTENCE: "sentence", HitSpan.TURN: "turn"}[spans]
        planned = [PlannedCoding(hit.document_id, getattr(hit, chosen), code_id) for hit in hits]
        return self._codings.apply_many(
            planned,
            coder_id=self._editing.active_coder().id,
            origin=Origin.SEARCH,
            operation=Operation.CODE_HITS,
            initiator=initiator,
        )


def _runs(places: Sequence[TextSpan], text: str) -> list[TextSpan]:
    """Return places with those joined that only white space parts."""
    runs: list[TextSpan] = []
    for place in places:
        if runs and not text[runs[-1].end : place.start].strip():
            runs[-1] = TextSpan(runs[-1].start, place.end)
        else:
            runs.append(place)
    return runs
