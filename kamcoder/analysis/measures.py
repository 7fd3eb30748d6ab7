"""What a cell of a table tells, and how that is counted from the codings that stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# Indices into the codings of a table, ascending; the codings are in reading order.
Indices = list[int]
Count = Callable[[Indices], int]


class Measure(StrEnum):
    """What a cell tells.

    PASSAGES: different stretches of text coded, one coder's apart from another's.
    DOCUMENTS: different documents with at least one coding.
    CHARACTERS: code points under at least one coding, whoever put it there.
    PRESENT: 1 where there is a coding, else 0; totals tell in how many cells of the row, column or table there is one.
    """

    PASSAGES = "passages"
    DOCUMENTS = "documents"
    CHARACTERS = "characters"
    PRESENT = "present"


class CountingRule(StrEnum):
    """What a reader must know to read the numbers of a table rightly; keys of sentences that stand elsewhere."""

    PASSAGES_ONCE = "passages_once"
    DOCUMENTS_ONCE = "documents_once"
    CHARACTERS_ONCE = "characters_once"
    PRESENCE = "presence"
    CODERS_APART = "coders_apart"
    ROW_TOTALS_ONCE = "row_totals_once"
    COLUMN_TOTALS_ONCE = "column_totals_once"
    OUTSIDE = "outside"


MEASURE_RULES = {
    Measure.PASSAGES: CountingRule.PASSAGES_ONCE,
    Measure.DOCUMENTS: CountingRule.DOCUMENTS_ONCE,
    Measure.CHARACTERS: CountingRule.CHARACTERS_ONCE,
    Measure.PRESENT: CountingRule.PRESENCE,
}


@dataclass(frozen=True, slots=True)
class CodingColumns:
    """The codings of a table field by field, in reading order; documents and coders as small numbers.

    Whole columns are worked on at once, since reading fields coding by coding takes most of the time of a table.
    """

    ids: list[str]
    documents: list[int]
    coders: list[int]
    starts: list[int]
    ends: list[int]


def counter(measure: Measure, codings: CodingColumns) -> Count:
    """Return the function that counts a place of the table from the indices of its codings."""
    return _COUNTERS[measure](codings)


def _passages(codings: CodingColumns) -> Count:
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


def _documents(codings: CodingColumns) -> Count:
    documents = codings.documents
    return lambda indices: len({documents[index] for index in indices})


def _characters(codings: CodingColumns) -> Count:
    # All documents are laid end to end, so that a place is counted from plain numbers.
    length = max(codings.ends, default=0)
    starts = [document * length + start for document, start in zip(codings.documents, codings.starts, strict=True)]
    ends = [document * length + end for document, end in zip(codings.documents, codings.ends, strict=True)]

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


def _present(_codings: CodingColumns) -> Count:
    return lambda indices: 1 if indices else 0


_COUNTERS: dict[Measure, Callable[[CodingColumns], Count]] = {
    Measure.PASSAGES: _passages,
    Measure.DOCUMENTS: _documents,
    Measure.CHARACTERS: _characters,
    Measure.PRESENT: _present,
}
