"""What is compared: codings as columns of numbers, and the text in scope laid end to end.

Documents, codes and coders are small numbers here; who they are is known to the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: One bit for each coder; sums of bits stay exact in a float.
MOST_CODERS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """The text in scope, laid end to end, so that a place is one number and what lies outside has no length.

    `offsets` (one for each document, and the end) are the documents' first places on the line. A range is a stretch of
    a document in scope: it begins at `range_starts` on the line of all text and at `range_places` on this one.
    """

    offsets: Ints
    text_offsets: Ints
    range_starts: Ints
    range_lengths: Ints
    range_places: Ints

    @classmethod
    def of(cls, lengths: Sequence[int], ranges: Sequence[Sequence[tuple[int, int]]]) -> Self:
        """Lay out documents of these lengths; `ranges` are for each the stretches in scope, ascending and disjoint."""
        # A place right behind a document must not be the first place of the next.
        text_offsets = _sums([length + 1 for length in lengths])
        counts = [len(found) for found in ranges]
        flat = np.array([bound for found in ranges for span in found for bound in span], np.int64).reshape(-1, 2)
        owners = np.repeat(np.arange(len(counts)), counts)
        range_lengths = flat[:, 1] - flat[:, 0]
        places = _sums(range_lengths)
        return cls(
            offsets=places[_sums(counts)],
            text_offsets=text_offsets,
            range_starts=flat[:, 0] + text_offsets[owners],
            range_lengths=range_lengths,
            range_places=places[:-1],
        )

    @property
    def total(self) -> int:
        """Return the number of characters in scope."""
        return int(self.offsets[-1])

    @property
    def lengths(self) -> Ints:
        """Return the characters in scope of every document."""
        return np.diff(self.offsets)

    def places(self, documents: Ints, positions: Ints) -> Ints:
        """Return the places of code-point positions; one outside the scope stands at the next place in scope."""
        if not len(self.range_starts):
            return np.zeros(len(positions), np.int64)
        there = self.text_offsets[documents] + positions
        found = np.searchsorted(self.range_starts, there, side="right") - 1
        inside = np.minimum(there - self.range_starts[found], self.range_lengths[found])
        return np.where(found < 0, 0, self.range_places[found] + inside)

    def documents_at(self, places: Ints) -> Ints:
        """Return the document of each place."""
        return np.searchsorted(self.offsets, places, side="right") - 1


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings in scope as columns: `index` is the number of the coding as it was given, `start` and `end` places."""

    index: Ints
    code: Ints
    coder: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.index)

    @classmethod
    def on(cls, line: Line, *, document: Ints, code: Ints, coder: Ints, start: Ints, end: Ints) -> Self:
        """Put codings with code-point positions on the line; those without a character in scope are left out."""
        places, ends = line.places(document, start), line.places(document, end)
        kept = np.flatnonzero(ends > places)
        return cls(kept, code[kept], coder[kept], places[kept], ends[kept])

    def take(self, chosen: Ints | Bools) -> "Codings":
        """Return some of the codings."""
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return Codings(self.index[rows], self.code[rows], self.coder[rows], self.start[rows], self.end[rows])

    def in_columns(self, columns_of_code: Sequence[Sequence[int]]) -> "Codings":
        """Return the codings once for each column their code stands in, ordered by column and start.

        `code` is the column then. A code in no column is left out.
        """
        counts = np.array([len(columns) for columns in columns_of_code], np.int64)
        flat = np.array([column for columns in columns_of_code for column in columns], np.int64)
        if not len(flat):
            return self.take(np.zeros(0, np.int64))
        along = np.argsort(self.start, kind="stable")
        times = counts[self.code[along]]
        rows = np.repeat(along, times)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
        columns = flat[(np.cumsum(counts) - counts)[self.code[rows]] + nth]
        # Small numbers are sorted by radix, in linear time.
        order = np.argsort(columns.astype(np.int16) if flat.max() < 1 << 15 else columns, kind="stable")
        rows = rows[order]
        return Codings(self.index[rows], columns[order], self.coder[rows], self.start[rows], self.end[rows])


def weighed(cells: Ints, weights: Floats | Ints, count: int) -> Floats:
    """Return the sum of the weights of each of `count` cells."""
    return np.bincount(cells, weights, count).astype(np.float64)


def _sums(counts: Sequence[int] | Ints) -> Ints:
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found
