"""Who marked what: an interval sweep for characters, and the rule for longer units."""

from dataclasses import dataclass

import numpy as np

from kamcoder.analysis.agreement.kinds import UnitRule
from kamcoder.analysis.agreement.material import Bools, Codings, Ints, Line, weighed


@dataclass(frozen=True, slots=True)
class Marks:
    """Stretches of text (or units) marked by the same coders: bit i of `coders` is set if coder i marked it.

    `place` is where it begins on the line, `weight` how many characters (units) it is. What nobody marked is not here.
    """

    column: Ints
    place: Ints
    weight: Ints
    coders: Ints

    def cut(self, bounds: Ints) -> "Marks":
        """Return the marks cut in two wherever a bound lies inside one; weights must be characters."""
        ends = self.place + self.weight
        first = np.searchsorted(bounds, self.place, side="right")
        times = np.searchsorted(bounds, ends, side="left") - first + 1
        rows = np.repeat(np.arange(len(self.place)), times)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
        padded = np.append(bounds, 0)
        start = np.where(nth == 0, self.place[rows], padded[first[rows] + nth - 1])
        end = np.where(nth == times[rows] - 1, ends[rows], padded[np.minimum(first[rows] + nth, len(bounds))])
        return Marks(self.column[rows], start, end - start, self.coders[rows])


def sweep(codings: Codings, *, coders: int, total: int) -> Marks:
    """Return the characters by who marked them, in O(n log n) of the codings and without looking at the text.

    A coder's overlapping or repeated codings are one mark. `codings.code` is the column, `total` the line's length.
    """
    span = total + 1
    base = codings.code * span
    keys = np.concatenate([base + codings.start, base + codings.end])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    steps = np.where(order < len(codings), 1, -1)
    who = np.concatenate([codings.coder, codings.coder])[order]
    masks = np.zeros(len(keys), np.int64)
    for coder in range(coders):
        # Every column ends with nothing open, so one running sum serves all of them.
        depth = np.cumsum(np.where(who == coder, steps, 0))
        masks |= (depth > 0).astype(np.int64) << coder
    widths = np.diff(keys, append=keys[-1:])
    kept = np.flatnonzero((masks > 0) & (widths > 0))
    columns = codings.code[order[kept] % max(len(codings), 1)]
    return Marks(columns, keys[kept] - columns * span, widths[kept], masks[kept])


def by_units(codings: Codings, starts: Ints, ends: Ints, *, coders: int, total: int, rule: UnitRule) -> Marks:
    """Return the units by who marked them.

    Units are stretches [start, end) of the line, ascending, disjoint and not empty; white space may stand between them.
    """
    keys = [
        _covered(codings.take(codings.coder == coder), starts, ends, total=total, rule=rule) * coders + coder
        for coder in range(coders)
    ]
    marked = np.concatenate(keys) if keys else np.zeros(0, np.int64)
    cells, inverse = np.unique(marked // max(coders, 1), return_inverse=True)
    # A coder marks a unit once, so adding his bits is the same as joining them.
    masks = weighed(inverse, 1 << (marked % max(coders, 1)), len(cells)).astype(np.int64)
    columns, units = np.divmod(cells, max(len(starts), 1))
    return Marks(columns, starts[units], np.ones(len(units), np.int64), masks)


def _covered(codings: Codings, starts: Ints, ends: Ints, *, total: int, rule: UnitRule) -> Ints:
    """Return column * units + unit, each once, for the units that one coder has marked."""
    if not len(codings) or not len(starts):
        return np.zeros(0, np.int64)
    stretches = sweep(_as_first(codings), coders=1, total=total)
    rows, units = _touched(stretches.place, stretches.place + stretches.weight, starts, ends)
    low = np.maximum(stretches.place[rows], starts[units])
    high = np.minimum(stretches.place[rows] + stretches.weight[rows], ends[units])
    cells, inverse = np.unique(stretches.column[rows] * len(starts) + units, return_inverse=True)
    if rule is UnitRule.ANY_OVERLAP:
        return np.asarray(cells, np.int64)
    shared = weighed(inverse, high - low, len(cells))
    there = cells % len(starts)
    halves = cells[2 * shared >= ends[there] - starts[there]]
    unit = np.searchsorted(ends, codings.start, side="right")
    held = np.minimum(unit, len(starts) - 1)
    inside = (unit < len(starts)) & (starts[held] <= codings.start) & (codings.end <= ends[held])
    return np.asarray(np.union1d(halves, codings.code[inside] * len(starts) + unit[inside]), np.int64)


def _touched(low: Ints, high: Ints, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return (stretch, unit) for each unit that shares a character with a stretch."""
    first = np.searchsorted(ends, low, side="right")
    times = np.maximum(np.searchsorted(starts, high, side="left") - first, 0)
    rows = np.repeat(np.arange(len(low)), times)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    return rows, first[rows] + nth


def _as_first(codings: Codings) -> Codings:
    return Codings(codings.index, codings.code, np.zeros(len(codings), np.int64), codings.start, codings.end)


def unit_documents(line: Line, starts: Ints) -> Ints:
    """Return how many units each document has."""
    return np.bincount(line.documents_at(starts), minlength=len(line.lengths)).astype(np.int64)


def marked_by(marks: Marks, coder: int) -> Bools:
    """Tell for each mark whether it is (also) this coder's."""
    return (marks.coders >> coder & 1).astype(bool)
