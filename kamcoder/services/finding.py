"""Finding words everywhere: in what was said, in memos, and coding what was found."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.memo import Memo
from kamcoder.domain.project import natural_key
from kamcoder.domain.segments import paragraph_span, sentences
from kamcoder.services.codings import CodingService, PlannedCoding
from kamcoder.services.editing import Editing
from kamcoder.services.passages import CodingLine, line_ends
from kamcoder.storage.documents import TurnHit
from kamcoder.storage.finding import TurnIndex
from kamcoder.storage.passages import CodingLines

_AROUND = 160  # code points of a passage shown on either side of a hit in it


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


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage with a hit in it: the coding, and what is to be shown of its text, in which `marked` is the hit."""

    line: CodingLine
    document: str
    paragraph: int
    context: str
    marked: TextSpan

    @property
    def reference(self) -> str:
        """Return the citation of the passage."""
        return f"{self.document} ¶{self.paragraph}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found in one stretch of one document, in the order of the text."""

    document_id: str
    document: str
    hits: tuple[Hit, ...]
    passages: tuple[PassageHit, ...]


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
        found: dict[str, list[TurnHit]] = {}
        for turn in rows.documents.search(query, limit=limit):
            if document_ids is None or turn.document_id in document_ids:
                found.setdefault(turn.document_id, []).append(turn)
        pages = self._pages(found)
        hits = [hit for document_id, turns in found.items() for hit in pages[document_id].hits(turns)]
        return sorted(hits, key=lambda hit: (natural_key(hit.document), hit.span))

    def pieces(
        self, query: str, *, document_ids: frozenset[str] | None = None, coder_id: str | None = None
    ) -> Iterator[Found]:
        """Yield what a query finds, document by document in natural order, fifty turns at a time.

        A piece in which there is nothing is yielded too: whoever shows the hits can stop after any. Passages are those
        of one coder, or of all; each is found once, with the first hit in it.
        """
        rows, index, lines = self._editing.rows, TurnIndex(self._editing.store), CodingLines(self._editing.store)
        pieces = index.pieces()
        for document in sorted(rows.documents.all(), key=lambda document: natural_key(document.name)):
            if document_ids is not None and document.id not in document_ids:
                continue
            page: _Page | None = None
            sweep = _Sweep(())
            for piece in pieces.get(document.id, ()):
                turns = index.search(query, document.id, piece)
                if turns and page is None:
                    page = _Page(document.id, document.name, rows.documents.text(document.id))
                    coded = [CodingLine(row[0], document.id, *row[1:]) for row in lines.of_document(document.id)]
                    sweep = _Sweep([line for line in coded if coder_id is None or line.coder_id == coder_id])
                hits = page.hits(turns) if page else []
                passages = [page.passage(line, hit) for hit in hits for line in sweep.over(hit.span)] if page else []
                yield Found(document.id, document.name, tuple(hits), tuple(passages))

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

    def _pages(self, document_ids: dict[str, list[TurnHit]]) -> dict[str, "_Page"]:
        documents = self._editing.rows.documents
        names = {document.id: document.name for document in documents.all()}
        return {key: _Page(key, names[key], text) for key, text in documents.texts(document_ids).items()}


class _Page:
    """The text of one document, in which hits are made of found turns."""

    def __init__(self, document_id: str, name: str, text: str) -> None:
        self._id = document_id
        self._name = name
        self._text = text
        self._lines = line_ends(text)
        self._paragraph_at = (0, 0)
        self._sentences: list[TextSpan] = []

    def hits(self, turns: Sequence[TurnHit]) -> list[Hit]:
        """Return the hits in some turns, in their order."""
        return [self._hit(turn, place) for turn in turns for place in _runs(turn.places, turn.text)]

    def passage(self, line: CodingLine, hit: Hit) -> PassageHit:
        """Return a coding with a hit in it, and as much of its text as is to be shown."""
        start, end = max(line.start, hit.span.start - _AROUND), min(line.end, hit.span.end + _AROUND)
        marked = TextSpan(hit.span.start - start, hit.span.end - start)
        return PassageHit(line, self._name, self._paragraph(line.start), self._text[start:end], marked)

    def _hit(self, turn: TurnHit, place: TextSpan) -> Hit:
        span = TextSpan(turn.span.start + place.start, turn.span.start + place.end)
        sentence = self._sentence(span.start) or span
        around = TextSpan(min(sentence.start, span.start), max(sentence.end, span.end))
        return Hit(
            document_id=self._id,
            document=self._name,
            span=span,
            sentence=around,
            turn=turn.span,
            paragraph=self._paragraph(span.start),
            context=around.of(self._text),
            marked=TextSpan(span.start - around.start, span.end - around.start),
        )

    def _sentence(self, position: int) -> TextSpan | None:
        # Hits come in order, many to a paragraph: its sentences are told apart once.
        start, end = self._paragraph_at
        if not start <= position < end:
            self._paragraph_at = start, end = paragraph_span(self._text, position)
            self._sentences = sentences(self._text, start, end)
        place = bisect_right(self._sentences, position, key=lambda sentence: sentence.start)
        return self._sentences[max(place - 1, 0)] if self._sentences else None

    def _paragraph(self, position: int) -> int:
        return bisect_right(self._lines, position) + 1


class _Sweep:
    """Codings in the order of the text, each told once: with the first of the hits, asked in order, that it covers."""

    def __init__(self, lines: Sequence[CodingLine]) -> None:
        self._lines = lines
        self._next = 0
        self._open: list[CodingLine] = []

    def over(self, span: TextSpan) -> list[CodingLine]:
        """Return the codings not told yet that cover a hit."""
        while self._next < len(self._lines) and self._lines[self._next].start <= span.start:
            self._open.append(self._lines[self._next])
            self._next += 1
        # Hits come in order: a coding that ends before this one covers none of those to come.
        found = [line for line in self._open if line.end >= span.end]
        self._open = []
        return found


def _runs(places: Sequence[TextSpan], text: str) -> list[TextSpan]:
    """Return places with those joined that only white space parts."""
    runs: list[TextSpan] = []
    for place in places:
        if runs and not text[runs[-1].end : place.start].strip():
            runs[-1] = TextSpan(runs[-1].start, place.end)
        else:
            runs.append(place)
    return runs
