"""Closed formulas for one code marked or not, on arrays of counts of any shape. NaN stands where nothing is defined.

Sources: Cohen 1960; Scott 1955; Brennan & Prediger 1981; Gwet 2008; Fleiss 1971; Krippendorff 2011; Byrt, Bishop &
Carlin 1993 (prevalence and bias index); Hripcsak & Rothschild 2005 (F1 as reliability); De Vries et al. 2008 (pooled
kappa).
"""

from dataclasses import dataclass

import numpy as np

from kamcoder.analysis.agreement.material import Bools, Floats


@dataclass(frozen=True, slots=True)
class Table:
    """Two coders: units marked by `both`, by the `first` and by the `second` (both included), of `size` units."""

    both: Floats
    first: Floats
    second: Floats
    size: Floats

    @property
    def only_first(self) -> Floats:
        """Return the units that the first alone marked."""
        return self.first - self.both

    @property
    def only_second(self) -> Floats:
        """Return the units that the second alone marked."""
        return self.second - self.both

    @property
    def neither(self) -> Floats:
        """Return the units that nobody marked."""
        return self.size - self.first - self.second + self.both

    def sum(self, axis: int) -> "Table":
        """Add the tables up along an axis."""
        return Table(self.both.sum(axis), self.first.sum(axis), self.second.sum(axis), self.size.sum(axis))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Any number of coders: m took part in a unit and h of them marked it; each field is a sum over units.

    `marked` h and `ratings` m; `split` h(m-h)/(m-1), the coincidences of marked with not marked; `split_share` twice
    that over m, so that the observed agreement is one less its mean; `marked_share` h/m; `size` the units.
    """

    marked: Floats
    ratings: Floats
    split: Floats
    split_share: Floats
    marked_share: Floats
    size: Floats

    def sum(self, axis: int) -> "Crowd":
        """Add the sums up along an axis."""
        return Crowd(
            self.marked.sum(axis),
            self.ratings.sum(axis),
            self.split.sum(axis),
            self.split_share.sum(axis),
            self.marked_share.sum(axis),
            self.size.sum(axis),
        )


def percent(table: Table) -> Floats:
    """Return the share of units on which both say the same."""
    return _ratio(table.size - table.only_first - table.only_second, table.size)


def kappa(table: Table) -> Floats:
    """Return Cohen's kappa: 2(ad - bc) / ((a+b)(b+d) + (a+c)(c+d))."""
    a, b, c, d = table.both, table.only_first, table.only_second, table.neither
    return _ratio(2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d))


def scott_pi(table: Table) -> Floats:
    """Return Scott's pi: chance agreement from the margins of both coders together."""
    a, b, c, d = table.both, table.only_first, table.only_second, table.neither
    # (po - pe) / (1 - pe) with pe = p² + (1-p)², cleared of fractions; b + c are the units they differ on.
    marked, unmarked = 2 * a + b + c, 2 * d + b + c
    return _ratio(marked * unmarked - (b + c) * (marked + unmarked), marked * unmarked)


def f1(table: Table) -> Floats:
    """Return 2a / (2a+b+c), the positive specific agreement."""
    return _ratio(2 * table.both, table.first + table.second)


def jaccard(table: Table) -> Floats:
    """Return a / (a+b+c), shared text over text marked by either."""
    return _ratio(table.both, table.first + table.second - table.both)


def negative_agreement(table: Table) -> Floats:
    """Return 2d / (2d+b+c)."""
    d = table.neither
    return _ratio(2 * d, 2 * d + table.only_first + table.only_second)


def prevalence_index(table: Table) -> Floats:
    """Return (a-d) / N; far from 0 when the code is rare or nearly everywhere."""
    return _ratio(table.both - table.neither, table.size)


def bias_index(table: Table) -> Floats:
    """Return (b-c) / N; far from 0 when one coder marks much more than the other."""
    return _ratio(table.first - table.second, table.size)


def brennan_prediger(table: Table) -> Floats:
    """Return 2po - 1: chance agreement is one half."""
    return np.where(table.first + table.second > 0, 2 * percent(table) - 1, np.nan)


def gwet_ac1(table: Table) -> Floats:
    """Return Gwet's AC1: chance agreement 2p(1-p) with p the mean prevalence."""
    share = _ratio(table.first + table.second, 2 * table.size)
    return _beyond(percent(table), 2 * share * (1 - share), undefined=share == 0)


def expected(table: Table) -> Floats:
    """Return the agreement that Cohen's kappa expects by chance."""
    there = table.first * table.second + (table.size - table.first) * (table.size - table.second)
    return _ratio(there, table.size**2)


def pooled_kappa(table: Table, axis: int = -1) -> Floats:
    """Return (mean po - mean pe) / (1 - mean pe) along an axis, over the tables in which a coder marked anything."""
    used = (table.first + table.second > 0) & (table.size > 0)
    observed = _ratio(np.where(used, percent(table), 0).sum(axis), used.sum(axis).astype(np.float64))
    chance = _ratio(np.where(used, expected(table), 0).sum(axis), used.sum(axis).astype(np.float64))
    return _beyond(observed, chance)


def alpha(crowd: Crowd) -> Floats:
    """Return Krippendorff's alpha for nominal data: 1 - (n-1) o01 / (n0 n1)."""
    unmarked = crowd.ratings - crowd.marked
    return 1 - _ratio((crowd.ratings - 1) * crowd.split, unmarked * crowd.marked)


def crowd_percent(crowd: Crowd) -> Floats:
    """Return the mean share of pairs of coders who agree on a unit; for two coders, the percent agreement."""
    return _ratio(crowd.size - crowd.split_share, crowd.size)


def fleiss_kappa(crowd: Crowd) -> Floats:
    """Return Fleiss' kappa: chance agreement p² + (1-p)² with p the mean share of marks; for two, Scott's pi."""
    share = _ratio(crowd.marked_share, crowd.size)
    return _beyond(crowd_percent(crowd), share**2 + (1 - share) ** 2, undefined=(share == 0) | (share == 1))


def crowd_ac1(crowd: Crowd) -> Floats:
    """Return Gwet's AC1 for any number of coders."""
    share = _ratio(crowd.marked_share, crowd.size)
    return _beyond(crowd_percent(crowd), 2 * share * (1 - share), undefined=share == 0)


def crowd_brennan_prediger(crowd: Crowd) -> Floats:
    """Return the Brennan-Prediger coefficient for any number of coders."""
    return np.where(crowd.marked > 0, 2 * crowd_percent(crowd) - 1, np.nan)


def mean_defined(values: Floats, axis: int = 0) -> Floats:
    """Return the mean along an axis of what is defined, NaN where nothing is."""
    there = ~np.isnan(values)
    return _ratio(np.where(there, values, 0).sum(axis), there.sum(axis).astype(np.float64))


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    found = np.full(np.broadcast_shapes(np.shape(numerator), np.shape(denominator)), np.nan)
    np.divide(numerator, denominator, out=found, where=np.asarray(denominator) != 0)
    return found


def _beyond(observed: Floats, chance: Floats, *, undefined: Bools | bool = False) -> Floats:
    """Return the agreement beyond chance: (po - pe) / (1 - pe)."""
    return np.where(undefined, np.nan, _ratio(observed - chance, 1 - chance))
