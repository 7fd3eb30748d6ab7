"""Making a project's codings and texts ready for comparison. Loads NumPy: imported only when something is compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import numpy as np

from kamcoder.analysis.agreement.kinds import Unit
from kamcoder.analysis.agreement.marks import Marks, by_units, sweep, unit_documents
from kamcoder.analysis.agreement.material import Bools, Codings, Ints, Line
from kamcoder.analysis.agreement.tallies import Clusters
from kamcoder.analysis.axes import CodedSpan
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.document import Document
from kamcoder.domain.segments import paragraph_span, sentences, word_span
from kamcoder.services.agreement_shapes import Cluster, CompareScope

Spans = Sequence[tuple[int, int]]

_FIELDS = tuple(map(CodedSpan._fields.index, ("document_id", "code_id", "coder_id", "start", "end")))


@dataclass(frozen=True, slots=True)
class Columns:
    """The compared codes: `codes` of each column, where each code of the codebook goes, and which columns are pooled.

    A pooled figure counts each coding in one code: the nearest compared one at or above its own. Where compared codes
    contain one another these are further columns behind the shown ones.
    """

    shown: tuple[str, ...]
    of_code: tuple[tuple[int, ...], ...]
    count: int
    pool: slice

    @classmethod
    def of(cls, book: Codebook, code_ids: Sequence[str], *, children: bool) -> "Columns":
        """Lay out columns for these codes."""
        places = {code_id: place for place, code_id in enumerate(code_ids)}
        found = []
        for code in book.codes:
            line = [code.id, *(above.id for above in book.ancestors(code.id))] if children else [code.id]
            found.append([places[code_id] for code_id in line if code_id in places])
        if all(len(columns) < 2 for columns in found):
            return cls(tuple(code_ids), tuple(map(tuple, found)), len(places), slice(0, len(places)))
        shown = len(places)
        nested = tuple((*columns, shown + columns[0]) if columns else () for columns in found)
        return cls(tuple(code_ids), nested, 2 * shown, slice(shown, 2 * shown))


@dataclass(frozen=True)
class Material:
    """A comparison made ready; documents, codes and coders are small numbers in the order of the tuples.

    `present[document, coder]` tells who took part; `spans` are the codings as given, in the order of `Codings.index`;
    `units` are the starts and ends of longer units on the line.
    """

    scope: CompareScope
    documents: tuple[Document, ...]
    coder_ids: tuple[str, ...]
    columns: Columns
    line: Line
    present: Bools
    spans: Sequence[CodedSpan]
    own: Codings
    in_columns: Codings
    marks: Marks
    units: tuple[Ints, Ints] | None
    cluster: Cluster

    @property
    def size(self) -> int:
        """Return the number of units compared."""
        return self.line.total if self.units is None else len(self.units[0])

    def shared(self, first: int, second: int) -> Bools:
        """Tell for each coding, first in columns and then by its own code, whether both coders worked there."""
        there = self.present[:, first] & self.present[:, second]
        return np.asarray(there[self._documents])

    @cached_property
    def _documents(self) -> Ints:
        return self.line.documents_at(np.concatenate([self.in_columns.start, self.own.start]))

    def counted(self) -> tuple[Marks, Clusters]:
        """Return the marks in the wanted unit, and what they are added up by."""
        coders = len(self.coder_ids)
        if self.units is None:
            marks, starts, sizes = self.marks, self.line.offsets[:-1], self.line.lengths
            if self.cluster is Cluster.TURN:
                starts, sizes = self.line.range_places, self.line.range_lengths
                marks = marks.cut(starts[1:])
        else:
            unit_starts, unit_ends = self.units
            marks = by_units(
                self.in_columns, unit_starts, unit_ends, coders=coders, total=self.line.total, rule=self.scope.rule
            )
            starts, sizes = self.line.offsets[:-1], unit_documents(self.line, unit_starts)
            if self.cluster is Cluster.TURN:
                starts = self.line.range_places
                turns = np.searchsorted(starts, unit_starts, side="right") - 1
                sizes = np.bincount(turns, minlength=len(starts)).astype(np.int64)
        present = self.present
        if self.cluster is Cluster.TURN:
            present = present[self.line.documents_at(self.line.range_places)]
        return marks, Clusters(starts, sizes, present)


def prepare(
    scope: CompareScope,
    *,
    documents: Sequence[Document],
    coder_ids: Sequence[str],
    present: Sequence[Sequence[bool]],
    spans: Sequence[CodedSpan],
    turns: Sequence[Spans],
    texts: Mapping[str, str],
    sentence_spans: Sequence[Spans],
    book: Codebook,
    code_ids: Sequence[str],
    cluster: Cluster,
) -> Material:
    """Put codings of the documents and coders on the line; everything is in the order of `documents`."""
    line = Line.of([document.length for document in documents], turns)
    columns = Columns.of(book, code_ids, children=scope.children)
    where, code, coder, starts, ends = (list(map(itemgetter(place), spans)) for place in _FIELDS)
    start, end = _bounds(where, starts, ends, texts, scope) if texts else (starts, ends)
    own = Codings.on(
        line,
        document=_numbered(where, [document.id for document in documents]),
        code=_numbered(code, [code.id for code in book.codes]),
        coder=_numbered(coder, coder_ids),
        start=np.array(start, np.int64),
        end=np.array(end, np.int64),
    )
    in_columns = own.in_columns(columns.of_code)
    return Material(
        scope=scope,
        documents=tuple(documents),
        coder_ids=tuple(coder_ids),
        columns=columns,
        line=line,
        present=np.array(present, bool).reshape(len(documents), len(coder_ids)),
        spans=spans,
        own=own.take(np.lexsort((own.start, own.code))),
        in_columns=in_columns,
        marks=sweep(in_columns, coders=len(coder_ids), total=line.total),
        units=_units(scope.unit, line, turns, sentence_spans),
        cluster=cluster,
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text, paragraph by paragraph."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        start, end = paragraph_span(text, place)
        found += [(span.start, span.end) for span in sentences(text, start, end)]
        place = end + 1
    return found


def _numbered(ids: Sequence[str], order: Sequence[str]) -> Ints:
    """Return ids as their places in `order`."""
    places = {key: place for place, key in enumerate(order)}
    return np.array(list(map(places.__getitem__, ids)), np.int64)


def _bounds(
    where: Sequence[str], starts: Sequence[int], ends: Sequence[int], texts: Mapping[str, str], scope: CompareScope
) -> tuple[list[int], list[int]]:
    """Return start and end of every coding, trimmed and widened to words as wanted."""
    low, high = list(starts), list(ends)
    looked_at: Iterable[int] = range(len(where))
    if not scope.snap:
        # Hardly any coding has white space at its ends, so these are found before anything is done.
        looked_at = [
            number
            for number, (document_id, start, end) in enumerate(zip(where, starts, ends, strict=True))
            if (text := texts[document_id])[start].isspace() or text[end - 1].isspace()
        ]
    for number in looked_at:
        text, start, end = texts[where[number]], low[number], high[number]
        while scope.trim and start < end and text[start].isspace():
            start += 1
        while scope.trim and end > start and text[end - 1].isspace():
            end -= 1
        if scope.snap and start < end:
            start, end = _to_words(text, start, end)
        low[number], high[number] = start, end
    return low, high


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds moved outwards where they cut a word."""
    first, last = word_span(text, start), word_span(text, end)
    if first is not None and first.start < start < first.end:
        start = first.start
    if last is not None and last.start < end < last.end:
        end = last.end
    return start, end


def _units(unit: Unit, line: Line, turns: Sequence[Spans], sentence_spans: Sequence[Spans]) -> tuple[Ints, Ints] | None:
    if unit is Unit.CHARACTER:
        return None
    if unit is Unit.DOCUMENT:
        filled = np.flatnonzero(line.lengths > 0)
        return line.offsets[:-1][filled], line.offsets[1:][filled]
    if unit is Unit.TURN:
        return line.range_places, line.range_places + line.range_lengths
    owners = np.repeat(np.arange(len(sentence_spans)), [len(found) for found in sentence_spans])
    flat = np.array([bound for found in sentence_spans for span in found for bound in span], np.int64).reshape(-1, 2)
    starts, ends = line.places(owners, flat[:, 0]), line.places(owners, flat[:, 1])
    whole = np.flatnonzero(ends - starts == flat[:, 1] - flat[:, 0])  # none of it is outside the scope
    return starts[whole], ends[whole]
