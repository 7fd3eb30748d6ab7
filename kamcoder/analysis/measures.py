"""What a cell of a table tells, and how that is counted from the codings that stand there."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import accumulate

# Indices into the codings of a table, ascending; the codings are in reading order.
Indices = list[int]
Count = Callable[[Indices], int]


class Measure(StrEnum):
    """What a cell tells.

    PASSAGES: different stretches of text coded, one coder's apart from another's.
    DOCUMENTS: different documents with at least one coding.
    CHARACTERS: code points under at least one coding, whoever put it there.
    SHARE: of the text of the row that counts at all, the part in percent that is under at least one coding; of the text
    of the column where the rows are codes or coders and the columns have text.
    WORDS: words that begin under at least one coding.
    PRESENT: 1 where there is a coding, else 0; totals tell in how many cells of the row, column or table there is one.
    QUOTE, QUOTES: the first passage, or all, in words. SUMMARY: what the researcher wrote. ACTORS, CASES: who is named
    in the passages, or in which cases they stand, each with a number. The words are put in elsewhere; here these count
    PASSAGES.
    """

    PASSAGES = "passages"
    DOCUMENTS = "documents"
    CHARACTERS = "characters"
    SHARE = "share"
    WORDS = "words"
    PRESENT = "present"
    QUOTE = "quote"
    QUOTES = "quotes"
    SUMMARY = "summary"
    ACTORS = "actors"
    CASES = "cases"


class CountingRule(StrEnum):
    """What a reader must know to read the numbers of a table rightly; keys of sentences that stand elsewhere."""

    PASSAGES_ONCE = "passages_once"
    DOCUMENTS_ONCE = "documents_once"
    CHARACTERS_ONCE = "characters_once"
    SHARE_OF_TEXT = "share_of_text"
    SHARE_OF_COLUMN = "share_of_column"
    WORDS_ONCE = "words_once"
    PRESENCE = "presence"
    CODERS_APART = "coders_apart"
    ROW_TOTALS_ONCE = "row_totals_once"
    COLUMN_TOTALS_ONCE = "column_totals_once"
    OUTSIDE = "outside"


MEASURE_RULES = {
    Measure.PASSAGES: CountingRule.PASSAGES_ONCE,
    Measure.DOCUMENTS: CountingRule.DOCUMENTS_ONCE,
    Measure.CHARACTERS: CountingRule.CHARACTERS_ONCE,
    Measure.SHARE: CountingRule.SHARE_OF_TEXT,
    Measure.WORDS: CountingRule.WORDS_ONCE,
    Measure.PRESENT: CountingRule.PRESENCE,
    Measure.QUOTE: CountingRule.PASSAGES_ONCE,
    Measure.QUOTES: CountingRule.PASSAGES_ONCE,
    Measure.SUMMARY: CountingRule.PASSAGES_ONCE,
    Measure.ACTORS: CountingRule.PASSAGES_ONCE,
    Measure.CASES: CountingRule.PASSAGES_ONCE,
}


@dataclass(frozen=True, slots=True)
class Texts:
    """What WORDS and SHARE need to know of the texts, by document id; the other measures go without.

    `word_starts` are the positions where words begin, ascending. `said` are the stretches [start, end) that count,
    ascending and disjoint. `bases` are for each row of the table, or with `by_column` for each column, the code points
    said in it, `whole` those said in all of them, each once.
    """

    word_starts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    said: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)
    whole: int = 0
    by_column: bool = False


@dataclass(frozen=True, slots=True)
class CodingColumns:
    """The codings of a table field by field, in reading order; documents and coders as small numbers.

    Whole columns are worked on at once, since reading fields coding by coding takes most of the time of a table.
    `document_ids` are the documents by their numbers.
    """

    ids: list[str]
    document_ids: list[str]
    documents: list[int]
    coders: list[int]
    starts: list[int]
    ends: list[int]


def counter(measure: Measure, codings: CodingColumns, texts: Texts) -> Count:
    """Return the function that counts a place of the table from the indices of its codings.

    For SHARE it counts the code points said under the codings; the base is the row's and not known here.
    """
    return _COUNTERS[measure](codings, texts)


def _passages(codings: CodingColumns, _texts: Texts) -> Count:
    documents, starts = codings.documents, codings.starts
    # Equal stretches begin alike and so stand side by side; only those that do need a look at each place.
    neighbours = zip(documents, documents[1:], starts, starts[1:], strict=False)
    alike = [index for index, (left, right, here, there) in enumerate(neighbours) if here == there and left == right]
    numbers: dict[tuple[int, int, int, int], int] = {}
    passages: dict[int, int] = {}
    for index in {*alike, *(index + 1 for index in alike)}:
        stretch = documents[index], codings.coders[index], starts[index], codings.ends[index]
        passages[index] = numbers.setdefault(stretch, len(numbers))
    twins = set(passages)

    def different(indices: Indices) -> int:
        found = twins.intersection(indices)
        return len(indices) - len(found) + len({passages[index] for index in found})

    return different


def _documents(codings: CodingColumns, _texts: Texts) -> Count:
    documents = codings.documents
    return lambda indices: len({documents[index] for index in indices})


def _characters(codings: CodingColumns, _texts: Texts) -> Count:
    return _covered(codings, codings.starts, codings.ends)


def _words(codings: CodingColumns, texts: Texts) -> Count:
    starts = [texts.word_starts.get(document_id, ()) for document_id in codings.document_ids]
    return _scaled(codings, [partial(bisect_left, begun) for begun in starts])


def _said(codings: CodingColumns, texts: Texts) -> Count:
    return _scaled(codings, [_ruler(texts.said.get(document_id, ())) for document_id in codings.document_ids])


def _ruler(said: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    """Return the function that tells how many code points are said before a position."""
    starts = [start for start, _ in said]
    before = [0, *accumulate(end - start for start, end in said)]

    def measured(place: int) -> int:
        number = bisect_right(starts, place)
        return min(before[number], before[number - 1] + place - starts[number - 1]) if number else 0

    return measured


def _scaled(codings: CodingColumns, rulers: Sequence[Callable[[int], int]]) -> Count:
    """Count what lies under the codings by the ruler of each document, which must not fall from place to place."""
    starts = [rulers[document](start) for document, start in zip(codings.documents, codings.starts, strict=True)]
    ends = [rulers[document](end) for document, end in zip(codings.documents, codings.ends, strict=True)]
    return _covered(codings, starts, ends)


def _covered(codings: CodingColumns, starts: Sequence[int], ends: Sequence[int]) -> Count:
    # All documents are laid end to end, so that a place is counted from plain numbers.
    length = max(ends, default=0)
    starts = [document * length + start for document, start in zip(codings.documents, starts, strict=True)]
    ends = [document * length + end for document, end in zip(codings.documents, ends, strict=True)]

    def covered(indices: Indices) -> int:
        total = reached = 0
        for index in indices:
            end = ends[index]
            if end > reached:
                start = starts[index]
                total += end - (start if start > reached else reached)
                reached = end
        return total

    return covered


def _present(_codings: CodingColumns, _texts: Texts) -> Count:
    return lambda indices: 1 if indices else 0


_COUNTERS: dict[Measure, Callable[[CodingColumns, Texts], Count]] = {
    Measure.PASSAGES: _passages,
    Measure.DOCUMENTS: _documents,
    Measure.CHARACTERS: _characters,
    Measure.SHARE: _said,
    Measure.WORDS: _words,
    Measure.PRESENT: _present,
    Measure.QUOTE: _passages,
    Measure.QUOTES: _passages,
    Measure.SUMMARY: _passages,
    Measure.ACTORS: _passages,
    Measure.CASES: _passages,
}
