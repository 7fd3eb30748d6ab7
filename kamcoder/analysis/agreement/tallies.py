"""Sums of marks per cluster (document or turn) and column: all that the figures are made of.

A coder who did not take part in a document is missing there, which is not the same as having marked nothing: a pair is
counted where both took part, the whole group where at least two did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kamcoder.analysis.agreement.coefficients import Crowd, Table
from kamcoder.analysis.agreement.marks import Marks, marked_by
from kamcoder.analysis.agreement.material import Bools, Floats, Ints, weighed

_Total = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Clusters:
    """What is summed by itself and resampled as a whole: documents, or the turns of a few.

    `starts` are their first places on the line, `sizes` the units in each, `present[cluster, coder]` who took part.
    """

    starts: Ints
    sizes: Ints
    present: Bools

    def of(self, places: Ints) -> Ints:
        """Return the cluster of each place."""
        return np.searchsorted(self.starts, places, side="right") - 1


@dataclass(frozen=True, slots=True)
class Tallies:
    """The sums: `pairs` are the coders of each pair; `tables` and `crowd` hold arrays [pair, cluster, column].

    The crowd has no pair axis. `used[coder, cluster, column]` are the units that a coder marked, `read[coder, cluster]`
    those he could have marked. `shared[pair, cluster]` and `crowded[cluster]` tell where there is something to compare.
    """

    pairs: tuple[tuple[int, int], ...]
    tables: Table
    crowd: Crowd
    used: Floats
    read: Floats
    shared: Bools
    crowded: Bools


def tally(marks: Marks, clusters: Clusters, *, columns: int) -> Tallies:
    """Add up marks, none of which may cross the border of a cluster."""
    count, coders = clusters.present.shape
    where = clusters.of(marks.place)
    cells = where * columns + marks.column
    weight = marks.weight.astype(np.float64)

    def total(values: Floats) -> Floats:
        return weighed(cells, values, count * columns).reshape(count, columns)

    bits = [marked_by(marks, coder) & clusters.present[where, coder] for coder in range(coders)]
    used = np.array([total(weight * marked) for marked in bits]).reshape(coders, count, columns)
    sizes = clusters.sizes.astype(np.float64)
    pairs = tuple(combinations(range(coders), 2))
    shared = np.array([clusters.present[:, i] & clusters.present[:, j] for i, j in pairs], bool).reshape(
        len(pairs), count
    )
    shared &= clusters.sizes > 0
    both = np.array([total(weight * (bits[i] & bits[j])) for i, j in pairs]).reshape(len(pairs), count, columns)
    table = Table(
        both=both,
        first=used[[i for i, _ in pairs]] * shared[:, :, None],
        second=used[[j for _, j in pairs]] * shared[:, :, None],
        size=np.broadcast_to((sizes * shared)[:, :, None], both.shape),
    )
    crowded = (clusters.present.sum(axis=1) >= 2) & (clusters.sizes > 0)
    hits = np.asarray(np.sum(bits, axis=0, dtype=np.float64))
    return Tallies(
        pairs=pairs,
        tables=table,
        crowd=_crowd(total, hits, weight, where, clusters, crowded, columns),
        used=used,
        read=(clusters.present * sizes[:, None]).T,
        shared=shared,
        crowded=crowded,
    )


def _crowd(
    total: _Total, hits: Floats, weight: Floats, where: Ints, clusters: Clusters, crowded: Bools, columns: int
) -> Crowd:
    raters = clusters.present.sum(axis=1).astype(np.float64)
    here = raters[where]
    others = np.maximum(here - 1, 1)
    counted = weight * crowded[where]
    marked = counted * hits
    split = counted * hits * (here - hits) / others
    ratings = np.broadcast_to((clusters.sizes * raters * crowded)[:, None], (len(raters), columns))
    return Crowd(
        marked=total(marked),
        ratings=ratings,
        split=total(split),
        split_share=total(split * 2 / np.maximum(here, 1)),
        marked_share=total(marked / np.maximum(here, 1)),
        size=np.broadcast_to((clusters.sizes * crowded)[:, None].astype(np.float64), ratings.shape),
    )
