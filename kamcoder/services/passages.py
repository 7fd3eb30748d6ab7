"""Codings as passages: with their text, names, place and case, filtered, in reading order.

A project may hold fifty thousand: a `PassageBook` keeps bare lines and reads quotes only of those that are looked at.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Any, NamedTuple

from kamcoder.analysis.axes import CodedSpan
from kamcoder.domain.changes import Operation, Row
from kamcoder.domain.coding import Coding, Origin, Passage
from kamcoder.domain.document import Speaker, SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.project import natural_key
from kamcoder.services.collecting import collector_at_rest
from kamcoder.services.editing import Editing
from kamcoder.storage.passages import CodingLines

_NEAR = 2000  # code points of context on either side of a passage in a long turn


class Facet(StrEnum):
    """By what passages are told apart, limited and grouped."""

    CODE = "code"
    CASE = "case"
    DOCUMENT = "document"
    PARTICIPANT = "participant"
    CODER = "coder"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages are wanted; None means all. `code_ids` are taken with their descendants by the caller.

    `values` are (attribute id, value): one of those wanted of each attribute must fit.
    """

    code_ids: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None
    case_ids: frozenset[str] | None = None
    coder_ids: frozenset[str] | None = None
    origins: frozenset[Origin] | None = None
    roles: frozenset[SpeakerRole] | None = None
    text: str = ""
    participant_ids: frozenset[str] | None = None
    values: frozenset[tuple[str, str]] | None = None


class CodingLine(NamedTuple):
    """A coding without its text."""

    id: str
    document_id: str
    start: int
    end: int
    code_id: str
    coder_id: str

    @classmethod
    def of(cls, row: Row) -> "CodingLine":
        """Return the line of a whole row of the table, as a ChangeSet has it."""
        return cls(row["id"], row["document_id"], row["span_start"], row["span_end"], row["code_id"], row["coder_id"])


@dataclass(frozen=True, slots=True)
class ContextTurn:
    """A turn beside a passage: who speaks, where it begins in the document, and its text."""

    speaker: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The turns around a place; `more` tells whether there is still something beyond them."""

    turns: tuple[ContextTurn, ...]
    more: bool


class PassageBook:
    """All passages as they are now: bare lines, and the names that go with them.

    Names are read once: after a change of codes, coders, cases or documents a new book is needed.
    """

    def __init__(self, editing: Editing) -> None:
        rows = editing.rows
        self._rows = rows
        self._reader = CodingLines(editing.store)
        self.codebook = rows.codes.codebook()
        self.paths = {code.id: self.codebook.path(code.id) for code in self.codebook.codes}
        self.coders = {coder.id: coder.name for coder in rows.coders.all()}
        self.cases = {case.id: case.name for case in rows.cases.all()}
        self.participants = {person.id: person.name for person in rows.cases.participants()}
        self.attributes = {attribute.id: attribute for attribute in rows.cases.attributes()}
        documents = sorted(rows.documents.all(), key=lambda document: natural_key(document.name))
        self.documents = {document.id: document.name for document in documents}
        self._rank = {document_id: rank for rank, document_id in enumerate(self.documents)}
        self._order = {code.id: number for number, (_, code) in enumerate(self.codebook.walk())}
        self._speakers = {speaker.id: speaker for speaker in rows.documents.speakers()}
        self._case_ids: dict[str, list[str]] = {}
        for document_id, case_id in rows.documents.case_links():
            self._case_ids.setdefault(document_id, []).append(case_id)
        self._values: dict[str, list[tuple[str, str]]] = {}
        for value in rows.cases.values():
            self._values.setdefault(value.target_id, []).append((value.attribute_id, value.value))
        self._voices: dict[str, tuple[list[int], list[tuple[Any, ...]]]] = {}
        self._line_ends: dict[str, list[int]] = {}

    # -- lines ---------------------------------------------------------------------------------------------------

    def lines(self) -> list[CodingLine]:
        """Return all codings by document, place, code and coder."""
        with collector_at_rest():
            return self._lines()

    def _lines(self) -> list[CodingLine]:
        lines: list[CodingLine] = []
        # One string for each id, however many codings carry it.
        known: dict[str, str] = {key: key for key in (*self.paths, *self.coders)}
        coded = self._reader.coded_documents()
        for document_id in self.documents:
            if document_id in coded:
                found = [
                    CodingLine(row[0], document_id, row[1], row[2], known[row[3]], known[row[4]])
                    for row in self._reader.of_document(document_id)
                ]
                lines += sorted(found, key=self.place)
        return lines

    def lines_of(self, spans: Iterable[CodedSpan]) -> list[CodingLine]:
        """Return some codings by document and place."""
        rank = self._rank
        with collector_at_rest():
            lines = [CodingLine(span[0], span[1], span[4], span[5], span[2], span[3]) for span in spans]
            # What tables count comes in nearly this order, which makes sorting quick.
            lines.sort(key=lambda line: (rank[line[1]], line[2], line[3]))
        return lines

    def place(self, line: CodingLine) -> tuple[int, int, int, int, str]:
        """Return the sort key of reading order."""
        return (
            self._rank[line.document_id],
            line.start,
            line.end,
            self._order[line.code_id],
            self.coders[line.coder_id],
        )

    def values(self) -> set[tuple[str, str]]:
        """Return every (attribute id, value) that occurs."""
        return {value for values in self._values.values() for value in values}

    def order(self, code_id: str) -> int:
        """Return the place of a code in the order of the codebook."""
        return self._order[code_id]

    def choose(self, lines: Sequence[CodingLine], wanted: PassageFilter) -> list[CodingLine]:
        """Return the lines that pass the filter, its origins left aside."""
        found = list(lines)
        for facet, keys in _wanted_keys(wanted):
            of = self.keys(facet)
            found = [line for line in found if not keys.isdisjoint(of(line))]
        for values in _by_attribute(wanted.values):
            of = self.keys(Facet.ATTRIBUTE)
            found = [line for line in found if not values.isdisjoint(of(line))]
        if wanted.roles is not None:
            speakers = ((line, self.speaker(line)) for line in found)
            found = [line for line, speaker in speakers if speaker is not None and speaker.role in wanted.roles]
        if wanted.text.strip():
            holding = self._holding(wanted.text)
            found = [line for line in found if line.id in holding]
        return found

    def keys(self, facet: Facet) -> Callable[[CodingLine], Sequence[Any]]:
        """Return what gives the keys of a line under a facet: ids, or (attribute id, value) for attributes."""
        return {
            Facet.CODE: lambda line: (line.code_id,),
            Facet.CASE: lambda line: self._case_ids.get(line.document_id, ()),
            Facet.DOCUMENT: lambda line: (line.document_id,),
            Facet.PARTICIPANT: self._participant,
            Facet.CODER: lambda line: (line.coder_id,),
            Facet.ATTRIBUTE: self._line_values,
        }[facet]

    def counts(self, lines: Iterable[CodingLine], facet: Facet) -> Counter[Any]:
        """Return how many lines fall under each key of a facet; a code takes in those below it."""
        of = self.keys(facet)
        counts: Counter[Any] = Counter(key for line in lines for key in of(line))
        if facet is Facet.CODE:
            for code_id, count in list(counts.items()):
                for code in self.codebook.ancestors(code_id):
                    counts[code.id] += count
        return counts

    def speaker(self, line: CodingLine) -> Speaker | None:
        """Return who speaks where a coding begins."""
        voice = self._voice(line)
        return self._speakers.get(voice[1] or "") if voice else None

    # -- passages ------------------------------------------------------------------------------------------------

    def memos(self, *, coder_id: str | None = None) -> dict[str, str]:
        """Return the memos on codings, of one coder or all, by coding."""
        return self._reader.memos(coder_id=coder_id)

    def passages(self, lines: Sequence[CodingLine], memos: dict[str, str]) -> list[Passage]:
        """Return lines with all that is to be shown of them; those that are gone by now are left out."""
        with collector_at_rest():
            details = self._reader.details([line.id for line in lines])
            return [self._passage(line, details[line.id], memos) for line in lines if line.id in details]

    def quotes(self) -> dict[str, str]:
        """Return the text of every coding."""
        return dict(self._reader.quotes())

    def paragraph(self, document_id: str, position: int) -> int:
        """Return the number of the paragraph that holds a position, as it is cited."""
        ends = self._line_ends.get(document_id)
        if ends is None:
            ends = self._line_ends[document_id] = line_ends(self._rows.documents.text(document_id))
        return bisect_right(ends, position) + 1

    def _passage(self, line: CodingLine, detail: tuple[str, str, str], memos: dict[str, str]) -> Passage:
        quote, origin, created_at = detail
        voice = self._voice(line)
        speaker = self._speakers.get(voice[1] or "") if voice else None
        span = TextSpan(line.start, line.end)
        return Passage(
            coding=Coding(
                line.id, line.document_id, span, quote, line.code_id, line.coder_id, Origin(origin), created_at
            ),
            document=self.documents[line.document_id],
            code_path=self.paths[line.code_id],
            coder=self.coders[line.coder_id],
            cases=tuple(self.cases[case_id] for case_id in self._case_ids.get(line.document_id, ())),
            paragraph=self.paragraph(line.document_id, line.start),
            speaker=speaker.name if speaker else None,
            guide_question=voice[2] if voice else None,
            memo=memos.get(line.id, ""),
        )

    def _voice(self, line: CodingLine) -> tuple[Any, ...] | None:
        known = self._voices.get(line.document_id)
        if known is None:
            voices = self._reader.voices(line.document_id)
            known = self._voices[line.document_id] = ([voice[0] for voice in voices], voices)
        place = bisect_right(known[0], line.start) - 1
        return known[1][place] if place >= 0 else None

    def _participant(self, line: CodingLine) -> Sequence[str]:
        speaker = self.speaker(line)
        return (speaker.participant_id,) if speaker and speaker.participant_id else ()

    def _line_values(self, line: CodingLine) -> Sequence[tuple[str, str]]:
        targets = (*self._case_ids.get(line.document_id, ()), line.document_id, *self._participant(line))
        return [value for target in targets for value in self._values.get(target, ())]

    def _holding(self, text: str) -> set[str]:
        words = text.casefold()
        return {row[0] for row in self._reader.quotes() if words in row[1].casefold()}


class PassageService:
    """Reading passages, and changing several at once."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def book(self) -> PassageBook:
        """Return all passages for browsing."""
        return PassageBook(self._editing)

    def select(self, wanted: PassageFilter | None = None) -> list[Passage]:
        """Return the passages that pass the filter, by document, place and code."""
        wanted = wanted or PassageFilter()
        book = self.book()
        found = book.passages(book.choose(book.lines(), wanted), book.memos())
        return [item for item in found if wanted.origins is None or item.coding.origin in wanted.origins]

    def context(self, document_id: str, span: TextSpan, *, wider: int = 0) -> Context:
        """Return the turns a span reaches into, with `wider` turns more on either side.

        Of a text that is one long turn, only what is near the span; `wider` lets more of it in.
        """
        rows = self._editing.rows
        text, turns = rows.documents.text(document_id), rows.documents.turns(document_id)
        names = {speaker.id: speaker.name for speaker in rows.documents.speakers(document_id)}
        inside = [place for place, turn in enumerate(turns) if turn.span.overlaps(span)]
        if not inside:
            return Context((ContextTurn("", span.start, span.of(text)),), more=False)
        first, last = max(0, inside[0] - wider), min(len(turns) - 1, inside[-1] + wider)
        near = (span.start - _NEAR * (wider + 1), span.end + _NEAR * (wider + 1))
        shown: list[ContextTurn] = []
        for turn in turns[first : last + 1]:
            start, end = max(turn.span.start, near[0]), min(turn.span.end, near[1])
            if start < end:
                shown.append(ContextTurn(names.get(turn.speaker_id or "", ""), start, text[start:end]))
        reach = (shown[0].start, shown[-1].start + len(shown[-1].text))
        return Context(tuple(shown), more=reach != (turns[0].span.start, turns[-1].span.end))

    def places(self, coding_ids: Collection[str]) -> dict[str, tuple[str, int, int, str]]:
        """Return (document, start, end, quote) of codings; those that are gone are left out."""
        found = CodingLines(self._editing.store).places(coding_ids)
        return {key: (place[0], place[1], place[2], place[5]) for key, place in found.items()}

    def place_of(self, coding_id: str) -> tuple[str, int, int, str] | None:
        """Return (document, start, end, code) of a coding, None if it is gone."""
        place = CodingLines(self._editing.store).places([coding_id]).get(coding_id)
        return None if place is None else (place[0], place[1], place[2], place[3])

    def recode(self, coding_ids: Sequence[str], code_id: str, *, initiator: str | None = None) -> int:
        """Give several codings another code in one act and return how many it changed.

        Where a passage carries that code already, its memos go over to the coding that stays. Raise InvalidInput if the
        code only groups others.
        """
        rows = self._editing.rows
        codings, codebook = [rows.codings.get(coding_id) for coding_id in coding_ids], rows.codes.codebook()
        if not codebook.get(code_id).codable:
            raise InvalidInput("code_not_codable", name=codebook.get(code_id).name)
        changed = [coding for coding in codings if coding.code_id != code_id]
        names = sorted({codebook.path(coding.code_id) for coding in changed})
        with self._editing.edit(
            Operation.RECODE,
            initiator=initiator,
            before=", ".join(names),
            after=codebook.path(code_id),
            codings=len(changed),
        ):
            for coding in changed:
                twin = rows.codings.find(
                    document_id=coding.document_id, span=coding.span, code_id=code_id, coder_id=coding.coder_id
                )
                if twin is None:
                    rows.codings.update(replace(coding, code_id=code_id))
                else:
                    rows.codings.take_over(coding.id, twin.id)
                    rows.codings.delete([coding.id])
        return len(changed)


def line_ends(text: str) -> list[int]:
    """Return the positions just behind every LF; with bisect_right they give the paragraph of a position."""
    return list(accumulate(len(line) + 1 for line in text.split("\n")[:-1]))


def _wanted_keys(wanted: PassageFilter) -> list[tuple[Facet, frozenset[str]]]:
    pairs = (
        (Facet.CODER, wanted.coder_ids),
        (Facet.CODE, wanted.code_ids),
        (Facet.DOCUMENT, wanted.document_ids),
        (Facet.CASE, wanted.case_ids),
        (Facet.PARTICIPANT, wanted.participant_ids),
    )
    return [(facet, keys) for facet, keys in pairs if keys is not None]


def _by_attribute(values: frozenset[tuple[str, str]] | None) -> list[frozenset[tuple[str, str]]]:
    groups: dict[str, set[tuple[str, str]]] = {}
    for value in values or ():
        groups.setdefault(value[0], set()).add(value)
    return [frozenset(group) for group in groups.values()]
