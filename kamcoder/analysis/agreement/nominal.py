"""Agreement over several categories at once, from tables of two coders and from ratings of many. NaN if undefined.

Sources: Cohen 1960; Scott 1955; Brennan & Prediger 1981; Gwet 2008 and 2014 (ratings missing); Conger 1980; Fleiss
1971; Krippendorff 2011 (computing alpha).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np

from kamcoder.analysis.agreement.material import Floats, Ints


class Distance(StrEnum):
    """How far two categories lie apart; all but NOMINAL need numbers as categories."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def percent(table: Floats) -> float:
    """Return the share on the diagonal of a table [first coder's category, second's]."""
    return _ratio(float(np.trace(table)), float(table.sum()))


def kappa(table: Floats) -> float:
    """Return Cohen's kappa of a table [first coder's category, second's]."""
    return _beyond(percent(table), cohen_chance(table))


def cohen_chance(table: Floats) -> float:
    """Return the agreement expected from each coder's own margins."""
    return _ratio(float(table.sum(axis=0) @ table.sum(axis=1)), float(table.sum()) ** 2)


def scott_pi(table: Floats) -> float:
    """Return Scott's pi: chance from both coders' margins together."""
    shares = (table.sum(axis=0) + table.sum(axis=1)) / (2 * table.sum())
    return _beyond(percent(table), float(shares @ shares))


def coincidences_of(table: Floats) -> Floats:
    """Return the coincidences of two coders' table: every unit counts once in either direction."""
    return table + table.T


@dataclass(frozen=True, slots=True)
class Ratings:
    """Units × coders: `codes[coder, unit]` the number of a category or -1 where the coder gave none."""

    codes: Ints
    categories: tuple[Hashable, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Hashable | None]]) -> Self:
        """Take ratings as one row for each coder, None where there is none; categories are sorted."""
        categories = tuple(sorted({value for row in rows for value in row if value is not None}, key=_sorting))
        numbers = {value: number for number, value in enumerate(categories)}
        codes = [[-1 if value is None else numbers[value] for value in row] for row in rows]
        return cls(np.array(codes, np.int64), categories)

    def counts(self) -> Floats:
        """Return how often each category was given to each unit, [unit, category]."""
        counts = [(self.codes == number).sum(axis=0) for number in range(len(self.categories))]
        return np.asarray(np.array(counts, np.float64).T)

    def table(self, first: int, second: int) -> Floats:
        """Return the table of two coders over the units that both rated."""
        both = (self.codes[first] >= 0) & (self.codes[second] >= 0)
        size = len(self.categories)
        cells = self.codes[first][both] * size + self.codes[second][both]
        return np.bincount(cells, minlength=size * size).reshape(size, size).astype(float)

    def coincidences(self) -> Floats:
        """Return how often categories meet within units, each unit with m ratings weighing m; others drop out."""
        counts = self.counts()
        counts = counts[counts.sum(axis=1) >= 2]
        weights = 1 / (counts.sum(axis=1) - 1)
        together = (counts * weights[:, None]).T @ counts
        return np.asarray(together - np.diag(weights @ counts))

    def observed(self) -> float:
        """Return the mean share of agreeing pairs, over the units with at least two ratings."""
        counts = self.counts()
        counts = counts[counts.sum(axis=1) >= 2]
        ratings = counts.sum(axis=1)
        return _ratio(float(((counts * (counts - 1)).sum(axis=1) / (ratings * (ratings - 1))).sum()), len(counts))

    def shares(self) -> Floats:
        """Return the mean share of each category over the units with any rating."""
        counts = self.counts()
        counts = counts[counts.sum(axis=1) >= 1]
        return np.asarray((counts / counts.sum(axis=1)[:, None]).mean(axis=0))

    def fleiss_kappa(self) -> float:
        """Return Fleiss' kappa, generalised to missing ratings."""
        return _beyond(self.observed(), float(self.shares() @ self.shares()))

    def gwet_ac1(self) -> float:
        """Return Gwet's AC1."""
        shares = self.shares()
        return _beyond(self.observed(), _ratio(float((shares * (1 - shares)).sum()), len(shares) - 1))

    def brennan_prediger(self) -> float:
        """Return the Brennan-Prediger coefficient: every category equally likely by chance."""
        return _beyond(self.observed(), 1 / len(self.categories))

    def conger_kappa(self) -> float:
        """Return Conger's kappa, Cohen's for more than two coders."""
        each = np.array([(self.codes == number).sum(axis=1) for number in range(len(self.categories))]).T
        shares = each / each.sum(axis=1)[:, None]
        coders = len(shares)
        mean = shares.mean(axis=0)
        spread = (np.einsum("ij,ij->j", shares, shares) - coders * mean**2) / (coders - 1)
        return _beyond(self.observed(), float((mean**2 - spread / coders).sum()))


def alpha(
    coincidences: Floats, *, distance: Distance = Distance.NOMINAL, values: Sequence[float] | None = None
) -> float:
    """Return Krippendorff's alpha from coincidences: 1 - (n-1) Σ o δ² / Σ n n δ².

    `values` are the categories as numbers, for an interval or ratio distance.
    """
    margins = coincidences.sum(axis=0)
    apart = _distances(margins, distance, values)
    expected = float(margins @ apart @ margins)
    return 1 - _ratio((float(margins.sum()) - 1) * float((coincidences * apart).sum()), expected)


def _distances(margins: Floats, distance: Distance, values: Sequence[float] | None) -> Floats:
    if distance is Distance.NOMINAL:
        return 1 - np.eye(len(margins))
    if distance is Distance.ORDINAL:
        # Ranks in between, half of both ends.
        middles = np.cumsum(margins) - margins / 2
        return (middles[:, None] - middles[None, :]) ** 2
    numbers = np.asarray(values, float)
    apart = numbers[:, None] - numbers[None, :]
    if distance is Distance.INTERVAL:
        return np.asarray(apart**2)
    sums = np.abs(numbers[:, None] + numbers[None, :])
    return np.asarray(np.divide(apart, sums, out=np.zeros_like(apart), where=sums != 0) ** 2)


def _sorting(value: Hashable) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")


def _beyond(observed: float, chance: float) -> float:
    return _ratio(observed - chance, 1 - chance)
