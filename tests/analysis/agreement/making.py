"""Comparisons in a line: documents with their lengths, and intervals by coder."""

from collections.abc import Sequence

import numpy as np

from kamcoder.analysis.agreement.marks import Marks, sweep
from kamcoder.analysis.agreement.material import Codings, Line
from kamcoder.analysis.agreement.tallies import Clusters, Tallies, tally

#: (document, code, coder, start, end)
Row = tuple[int, int, int, int, int]


def line_of(lengths: Sequence[int]) -> Line:
    """Lay out documents that are compared whole."""
    return Line.of(lengths, [[(0, length)] if length else [] for length in lengths])


def codings_of(line: Line, rows: Sequence[Row]) -> Codings:
    """Put codings on the line."""
    document, code, coder, start, end = np.array(rows, np.int64).reshape(-1, 5).T
    return Codings.on(line, document=document, code=code, coder=coder, start=start, end=end)


def marks_of(line: Line, rows: Sequence[Row], *, codes: int, coders: int) -> Marks:
    """Sweep codings, every code its own column."""
    columns = codings_of(line, rows).in_columns([[code] for code in range(codes)])
    return sweep(columns, coders=coders, total=line.total)


def tallied(
    lengths: Sequence[int],
    rows: Sequence[Row],
    *,
    coders: int,
    codes: int = 1,
    present: Sequence[Sequence[bool]] | None = None,
) -> Tallies:
    """Compare by character, every document a cluster; everybody took part unless told otherwise."""
    line = line_of(lengths)
    there = np.ones((len(lengths), coders), bool) if present is None else np.array(present, bool)
    clusters = Clusters(line.offsets[:-1], line.lengths, there)
    return tally(marks_of(line, rows, codes=codes, coders=coders), clusters, columns=codes)
