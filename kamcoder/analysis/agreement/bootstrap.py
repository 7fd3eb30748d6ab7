"""Intervals by drawing whole documents (or turns) again and again, never characters.

Neighbouring characters are marked together, so drawing them one by one gives intervals far too narrow.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kamcoder.analysis.agreement import coefficients
from kamcoder.analysis.agreement.coefficients import Crowd, Table
from kamcoder.analysis.agreement.kinds import Interval, Undefined
from kamcoder.analysis.agreement.material import Bools, Floats, Ints
from kamcoder.analysis.agreement.tallies import Tallies

#: Fewer documents (or turns) than this give no interval.
LEAST_CLUSTERS = 6
_MOST_UNDEFINED = 0.2
_LEVELS = (0.025, 0.975)
# Draws held at once; bounds the memory whatever the number of turns.
_AT_ONCE = 500_000

_Statistic = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of every column, then of the pool: `kappa` and `f1` indexed [pair][column], `alpha` [column]."""

    kappa: tuple[tuple[Interval, ...], ...]
    f1: tuple[tuple[Interval, ...], ...]
    alpha: tuple[Interval, ...]


def resample(tallies: Tallies, *, pool: slice, resamples: int, seed: int) -> Intervals:
    """Return percentile intervals; the same seed gives the same intervals.

    `pool` are the columns whose sums make the pooled figures; these come last.
    """
    kappas, f1s = [], []
    for pair in range(len(tallies.pairs)):
        table = tallies.tables
        sums = np.stack([table.both[pair], table.first[pair], table.second[pair], table.size[pair]])

        def both(drawn: Floats) -> Floats:
            found = Table(*drawn)
            return np.stack([coefficients.kappa(found), coefficients.f1(found)])

        kappa, f1 = _intervals(sums, tallies.shared[pair], both, 2, pool=pool, resamples=resamples, seed=seed)
        kappas.append(kappa)
        f1s.append(f1)
    crowd = tallies.crowd
    sums = np.stack([crowd.marked, crowd.ratings, crowd.split])
    (alpha,) = _intervals(sums, tallies.crowded, _alpha, 1, pool=pool, resamples=resamples, seed=seed)
    return Intervals(tuple(kappas), tuple(f1s), alpha)


def _alpha(drawn: Floats) -> Floats:
    marked, ratings, split = drawn
    return coefficients.alpha(Crowd(marked, ratings, split, split, marked, ratings))[None]


def _intervals(
    sums: Floats, there: Bools, statistic: _Statistic, count: int, *, pool: slice, resamples: int, seed: int
) -> list[tuple[Interval, ...]]:
    """Return `count` rows of intervals from sums [field, cluster, column] over the clusters that are `there`."""
    columns = sums.shape[2] + 1
    if there.sum() < LEAST_CLUSTERS:
        return [(Interval(None, None, reason=Undefined.FEW_CLUSTERS),) * columns] * count
    found = [
        statistic(_with_pool(np.einsum("bk,fkc->fbc", times, sums[:, there], optimize=True), pool))
        for times in _draws(int(there.sum()), resamples, seed)
    ]
    return [_percentiles(values) for values in np.concatenate(found, axis=1)]


def _draws(clusters: int, resamples: int, seed: int) -> list[Floats]:
    """Return how often each cluster was drawn, [resample, cluster], in blocks."""
    chance = np.random.default_rng(seed)
    block = max(1, _AT_ONCE // clusters)
    sizes = [min(block, resamples - done) for done in range(0, resamples, block)]
    return [_counted(chance.integers(0, clusters, (size, clusters)), clusters) for size in sizes]


def _counted(drawn: Ints, clusters: int) -> Floats:
    rows = np.arange(len(drawn))[:, None] * clusters
    return np.bincount((drawn + rows).ravel(), minlength=drawn.size).reshape(drawn.shape).astype(np.float64)


def _with_pool(drawn: Floats, pool: slice) -> Floats:
    return np.concatenate([drawn, drawn[:, :, pool].sum(axis=2, keepdims=True)], axis=2)


def _percentiles(values: Floats) -> tuple[Interval, ...]:
    """Return an interval for each column of [resample, column]."""
    ordered = np.sort(values, axis=0)  # what is undefined goes to the end
    defined = (~np.isnan(values)).sum(axis=0)
    undefined = 1 - defined / len(values)
    found = []
    for column, (known, share) in enumerate(zip(defined.tolist(), undefined.tolist(), strict=True)):
        if share > _MOST_UNDEFINED:
            found.append(Interval(None, None, share, Undefined.OFTEN_UNDEFINED))
            continue
        low, high = np.interp([level * (known - 1) for level in _LEVELS], np.arange(known), ordered[:known, column])
        found.append(Interval(float(low), float(high), share))
    return tuple(found)
