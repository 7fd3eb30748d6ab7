"""What tables take from the texts: where words begin, what was said by whom, the quotes and summaries of cells."""

import re
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kamcoder.analysis.axes import Axis, AxisField, CodedSpan
from kamcoder.analysis.crosstab import CrossTable
from kamcoder.analysis.measures import Texts
from kamcoder.domain.document import paragraph_number
from kamcoder.domain.project import natural_key
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.summarising import Cell, SummaryService
from kamcoder.services.table_axes import Scope
from kamcoder.storage.passages import CodingLines

_WITH_TEXT = (AxisField.DOCUMENT, AxisField.PARTICIPANT)
_WORD = re.compile(r"\w+(?:['’‑-]\w+)*")


def count_words(text: str) -> int:
    """Return the number of words; a hyphen or an apostrophe inside does not part a word."""
    return sum(1 for _ in _WORD.finditer(text))


class WordStarts:
    """Where the words of the documents begin; kept, since texts never change."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._known: dict[str, array[int]] = {}

    def of(self, document_ids: Collection[str]) -> Mapping[str, Sequence[int]]:
        """Return the positions where words begin, ascending, by document."""
        missing = [key for key in document_ids if key not in self._known]
        for key, text in self._editing.rows.documents.texts(missing).items():
            self._known[key] = array("L", (found.start() for found in _WORD.finditer(text)))
        return {key: self._known[key] for key in document_ids if key in self._known}


def said(editing: Editing, sides: tuple[Axis, Axis], *, scope: Scope, roles: frozenset[str | None] | None) -> Texts:
    """Return what was said by people of these roles, for the shares of a table with these rows and columns."""
    rows = editing.rows.documents
    by_column = sides[0].field not in _WITH_TEXT and sides[1].field in _WITH_TEXT
    axis = sides[1] if by_column else sides[0]
    speakers = {speaker.id: speaker for speaker in rows.speakers()}
    stretches: dict[str, list[tuple[int, int]]] = {}
    lengths: dict[str, int] = {}
    for document in rows.all():
        if scope.documents is not None and document.id not in scope.documents:
            continue
        for turn in rows.turns(document.id):
            speaker = speakers.get(turn.speaker_id or "")
            if roles is not None and (speaker.role.value if speaker else None) not in roles:
                continue
            person = speaker.participant_id if speaker else None
            if scope.participants is not None and person not in scope.participants:
                continue
            stretches.setdefault(document.id, []).append((turn.span.start, turn.span.end))
            member = person if axis.field is AxisField.PARTICIPANT else document.id
            if member is not None:
                lengths[member] = lengths.get(member, 0) + len(turn.span)
    whole = sum(lengths.values())
    if axis.field not in _WITH_TEXT:
        return Texts(said=stretches, bases={group.key: whole for group in axis.groups}, whole=whole)
    bases = {group.key: sum(lengths.get(member, 0) for member in group.members) for group in axis.groups}
    standing = frozenset[str]().union(*(group.members for group in axis.groups))
    whole = sum(lengths.get(member, 0) for member in standing)
    return Texts(said=stretches, bases=bases, whole=whole, by_column=by_column)


class Quotes:
    """The words of the codings of a table, with their references, each stretch once."""

    def __init__(self, editing: Editing, codings: Iterable[CodedSpan]) -> None:
        self._editing = editing
        self._places = {coding.id: (coding.document_id, coding.start, coding.end) for coding in codings}
        self._quotes: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        documents = sorted(editing.rows.documents.all(), key=lambda document: natural_key(document.name))
        self._names = {document.id: document.name for document in documents}
        self._ranks = {document.id: rank for rank, document in enumerate(documents)}

    def read(self, coding_ids: Collection[str]) -> None:
        """Read the quotes of these codings at once."""
        found = CodingLines(self._editing.store).details(coding_ids)
        self._quotes |= {key: detail[0] for key, detail in found.items()}
        missing = {self._places[key][0] for key in found} - set(self._texts)
        self._texts |= self._editing.rows.documents.texts(missing)

    def different(self, coding_ids: Iterable[str]) -> list[str]:
        """Return one coding for each stretch, by interview and place."""
        stretches: dict[tuple[str, int, int], str] = {}
        for key in coding_ids:
            stretches.setdefault(self._places[key], key)
        return [stretches[place] for place in sorted(stretches, key=lambda place: (self._ranks[place[0]], *place[1:]))]

    def words(self, coding_id: str) -> str:
        """Return the quote with its reference."""
        document_id, start, _ = self._places[coding_id]
        paragraph = paragraph_number(self._texts[document_id], start)
        return f"“{self._quotes.get(coding_id, '')}” ({self._names[document_id]} ¶{paragraph})"


def summary_words(editing: Editing) -> dict[Cell, str]:
    """Return what is written for each case and code, with references for marks and drafts marked as such."""
    service = SummaryService(editing)
    written = service.all()
    texts = service.readable(written.values())
    return {
        cell: f"{words('draft')} {texts[summary.id]}" if summary.draft else texts[summary.id]
        for cell, summary in written.items()
    }


def with_whole(editing: Editing, grid: Grid, counted: CrossTable, *, turned: bool) -> Grid:
    """Return a table of summaries with what is written on cases and codes as a whole, where anything is.

    It stands behind the names of the rows and in the last line. `turned` tells that the rows are codes.
    """
    written = summary_words(editing)
    row_of = (lambda key: (None, key)) if turned else (lambda key: (key, None))
    column_of = (lambda key: (key, None)) if turned else (lambda key: (None, key))
    down = [written.get(row_of(key)) for key in counted.rows]
    across = [written.get(column_of(key)) for key in counted.columns]
    columns, rows, totals = grid.columns, grid.rows, grid.totals
    first = sum(column.is_header for column in columns)
    if any(down):
        whole = Column(words("whole_code" if turned else "whole_case"), ColumnKind.ATTRIBUTE)
        columns = (*columns[:first], whole, *columns[first:])
        rows = tuple((*row[:first], text, *row[first:]) for row, text in zip(rows, down, strict=True))
    if any(across):
        name = words("all_codes" if turned else "all_cases")
        totals = (name, *([None] * (len(columns) - len(across) - 1)), *across)
    return replace(grid, columns=columns, rows=rows, totals=totals)
