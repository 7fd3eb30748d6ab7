"""The alphas for units cut out of a continuum, for codes of which at most one fits any stretch of text.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), "On the reliability of unitizing textual continua". The self-pair term
of the alpha of coded units (`cu_alpha`) is chosen so that it gives the value printed for the textbook's example.
"""

from dataclasses import dataclass

import numpy as np

from kamcoder.analysis.agreement.material import Bools, Codings, Floats, Ints, weighed
from kamcoder.analysis.agreement.nominal import kappa


@dataclass(frozen=True, slots=True)
class Unitizing:
    """What the family gives; NaN where undefined.

    `u_alpha` all text, units and gaps; `bar_u_alpha` units against gaps, whatever the code; `cu_alpha` the codes where
    units meet, which is `coverage` of the text; `k_alphas` and `k_coverages` the same for each code. `kappas` are the
    Cohen's kappas of each pair over characters, "no code" being a category; `observed` and `expected` the coincidences,
    gaps last.
    """

    u_alpha: float
    bar_u_alpha: float
    cu_alpha: float
    coverage: float
    k_alphas: tuple[float, ...]
    k_coverages: tuple[float, ...]
    kappas: dict[tuple[int, int], float]
    observed: Floats
    expected: Floats


def overlapping(codings: Codings) -> list[tuple[int, int]]:
    """Return the numbers of codings by one coder that share text but not the code: the group is not exclusive."""
    order = np.lexsort((codings.start, codings.coder))
    found: list[tuple[int, int]] = []
    open_rows: list[int] = []
    for row in order.tolist():
        same = [
            other
            for other in open_rows
            if codings.coder[other] == codings.coder[row] and codings.end[other] > codings.start[row]
        ]
        found += [
            (int(codings.index[other]), int(codings.index[row]))
            for other in same
            if codings.code[other] != codings.code[row]
        ]
        open_rows = [*same, row]
    return found


def unitize(codings: Codings, *, coders: int, values: int, total: int) -> Unitizing:
    """Return the alphas of units on a continuum of `total` characters; `codings.code` is below `values`.

    No coder's units may overlap unless they have the same code; those that do are one unit, those that touch are two.
    """
    units = _joined(codings)
    bounds = np.unique(np.concatenate([[0, total], units.start, units.end]))
    widths = np.diff(bounds).astype(np.float64)
    unit_at = np.array([_unit_at(units, coder, bounds[:-1]) for coder in range(coders)]).reshape(coders, -1)
    padded = np.append(units.code, values)  # where no unit is, the value is the gap
    value_at = padded[unit_at]
    tables = {
        (i, j): _crossed(value_at[i], value_at[j], widths, values + 1)
        for i in range(coders)
        for j in range(i + 1, coders)
    }
    observed = np.sum([table + table.T for table in tables.values()], axis=0) / (coders - 1)
    lengths = (units.end - units.start).astype(np.float64)
    gaps = float((widths * (value_at == values)).sum())
    own = np.append(weighed(units.code, lengths**2, values), gaps)
    expected = _expected(observed, own)
    met = _met(units, unit_at, widths, coders)
    coded = observed[:values, :values]
    by_code = _expected(coded, weighed(units.code, met**2, values))
    return Unitizing(
        u_alpha=_alpha(observed, expected),
        bar_u_alpha=1 - _ratio(_off(observed, values), _off(expected, values)),
        cu_alpha=_alpha(coded, by_code),
        coverage=_ratio(float(coded.sum()), float(observed.sum())),
        k_alphas=tuple(_k_alpha(coded, by_code, value) for value in range(values)),
        k_coverages=tuple(_ratio(float(coded[value].sum()), float(observed[value].sum())) for value in range(values)),
        kappas={pair: kappa(table) for pair, table in tables.items()},
        observed=observed,
        expected=expected,
    )


def _joined(codings: Codings) -> Codings:
    """Return the codings by coder and start, those of one coder and code that overlap made one."""
    ordered = codings.take(np.lexsort((codings.start, codings.code, codings.coder)))
    if not len(ordered):
        return ordered
    span = int(ordered.end.max()) + 1
    groups = (ordered.coder * (int(ordered.code.max()) + 1) + ordered.code) * span
    reach = np.maximum.accumulate(groups + ordered.end)
    begins = np.concatenate([[True], (groups + ordered.start)[1:] >= reach[:-1]])
    lasts = np.append(np.flatnonzero(begins)[1:] - 1, len(ordered) - 1)
    kept = ordered.take(begins)
    joined = Codings(kept.index, kept.code, kept.coder, kept.start, (reach - groups)[lasts])
    return joined.take(np.lexsort((joined.start, joined.coder)))


def _unit_at(units: Codings, coder: int, places: Ints) -> Ints:
    """Return the unit of a coder at each place, -1 in a gap."""
    rows = np.flatnonzero(units.coder == coder)
    if not len(rows):
        return np.full(len(places), -1)
    found = np.searchsorted(units.start[rows], places, side="right") - 1
    inside: Bools = (found >= 0) & (units.end[rows[found]] > places)
    return np.where(inside, rows[found], -1)


def _crossed(first: Ints, second: Ints, widths: Floats, size: int) -> Floats:
    return weighed(first * size + second, widths, size * size).reshape(size, size)


def _met(units: Codings, unit_at: Ints, widths: Floats, coders: int) -> Floats:
    """Return how much of each unit the other coders cover with units, on average."""
    coded = unit_at >= 0
    others = (coded.sum(axis=0) - 1) * widths / (coders - 1)
    rows = np.concatenate([unit_at[coder][coded[coder]] for coder in range(coders)])
    return weighed(rows, np.concatenate([others[coded[coder]] for coder in range(coders)]), len(units))


def _expected(observed: Floats, own: Floats) -> Floats:
    """Return the coincidences expected by chance; `own` are the pairs of a unit with itself, which cannot happen."""
    margins = observed.sum(axis=1)
    total = float(margins.sum())
    room = total**2 - float(own.sum())
    if not room:
        return np.full_like(observed, np.nan)
    return np.asarray(total * (np.outer(margins, margins) - np.diag(own)) / room)


def _alpha(observed: Floats, expected: Floats) -> float:
    total = float(observed.sum())
    return 1 - _ratio(total - float(np.trace(observed)), total - float(np.trace(expected)))


def _off(table: Floats, value: int) -> float:
    """Return the coincidences of a value with all others."""
    return float(table[value].sum() - table[value, value])


def _k_alpha(observed: Floats, expected: Floats, value: int) -> float:
    margin, chance = float(observed[value].sum()), float(expected[value].sum())
    return 1 - _ratio(chance, margin) * _ratio(margin - float(observed[value, value]), _off(expected, value))


def _ratio(numerator: float, denominator: float) -> float:
    # Sums of fractions may miss zero by a rounding error.
    return numerator / denominator if abs(denominator) > 1e-9 else float("nan")
