"""The learner: ridge regression on sentences, one column a code, with exact leave-one-group-out scores.

Everything is summed in a fixed order in double precision, so the same rows give the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kamcoder.suggest.readings import GROUPS

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

#: How much each group of features counts, see readings.GROUPS.
GROUP_WEIGHTS = (0.8, 0.5, 1.0)
RIDGE = 0.6

_FEW_SENTENCES = 400


@dataclass(frozen=True)
class Rows:
    """Sentences as sparse rows: row i has the columns `index[start[i]:start[i+1]]` with these values."""

    start: Integers
    index: Integers
    value: Floats

    def __len__(self) -> int:
        return len(self.start) - 1


@dataclass(frozen=True)
class Space:
    """The features that are known: their column and how much a rare one weighs more."""

    columns: dict[str, int]
    rarity: Floats

    @classmethod
    def of(cls, sentences: Sequence[Sequence[Sequence[str]]], *, few: int = _FEW_SENTENCES) -> "Space":
        """Know the features that two sentences have; of less than `few` also words and relations that occur once."""
        least = {"c": 2}
        least.update(dict.fromkeys("wd", 1 if len(sentences) < few else 2))
        counts: dict[str, int] = {}
        for groups in sentences:
            for features in groups:
                for feature in features:
                    counts[feature] = counts.get(feature, 0) + 1
        kept = sorted(feature for feature, count in counts.items() if count >= least[feature[0]])
        spread = np.array([counts[feature] for feature in kept], dtype=np.float64)
        return cls({name: at for at, name in enumerate(kept)}, np.log((1 + len(sentences)) / (1 + spread)) + 1)

    def rows(self, sentences: Sequence[Sequence[Sequence[str]]]) -> Rows:
        """Return sentences as rows; each group of features has length 1 times its weight."""
        start, index, value = [0], [], []
        for groups in sentences:
            for number in range(len(GROUPS)):
                found = [self.columns[name] for name in groups[number] if name in self.columns]
                weights = self.rarity[found]
                size = float(np.sqrt(np.dot(weights, weights))) if found else 1.0
                index.extend(found)
                value.append(weights * (GROUP_WEIGHTS[number] / size))
            start.append(len(index))
        values = np.concatenate(value) if value else np.zeros(0)
        return Rows(np.array(start, dtype=np.int64), np.array(index, dtype=np.int64), values)


def products(rows: Rows, others: Rows, width: int) -> Floats:
    """Return the inner products of all rows with all others."""
    owner = np.repeat(np.arange(len(others)), np.diff(others.start))
    order = np.argsort(others.index, kind="stable")
    sorted_owner, sorted_value = owner[order], others.value[order]
    bounds = np.searchsorted(others.index[order], np.arange(width + 1))
    result = np.zeros((len(rows), len(others)))
    for at in range(len(rows)):
        columns = rows.index[rows.start[at] : rows.start[at + 1]]
        if not len(columns):
            continue
        low, high = bounds[columns], bounds[columns + 1]
        lengths = high - low
        total = int(lengths.sum())
        if not total:
            continue
        places = np.repeat(low - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(total)
        weights = np.repeat(rows.value[rows.start[at] : rows.start[at + 1]], lengths) * sorted_value[places]
        result[at] = np.bincount(sorted_owner[places], weights=weights, minlength=len(others))
    return result


@dataclass(frozen=True)
class Fit:
    """The learned weights (features x columns), the offsets, and what each row gets without its own group."""

    weights: Floats
    offsets: Floats
    held_out: Floats


def fit(rows: Rows, width: int, targets: Floats, numbers: Integers, *, ridge: float = RIDGE) -> Fit:
    """Fit targets (rows x columns of 0/1) and hold each group of rows out in turn, exactly.

    With C = K + ridge, alpha = C^-1 y; without group G its rows get y_G - (C^-1_GG)^-1 alpha_G.
    """
    offsets = targets.mean(axis=0)
    centred = targets - offsets
    inverse = np.linalg.inv(products(rows, rows, width) + ridge * np.eye(len(rows)))
    inverse = (inverse + inverse.T) / 2
    alpha = inverse @ centred
    held = np.empty_like(centred)
    for group in np.unique(numbers):
        inside = np.flatnonzero(numbers == group)
        held[inside] = centred[inside] - np.linalg.solve(inverse[np.ix_(inside, inside)], alpha[inside])
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.start))
    weights = np.zeros((width, targets.shape[1]))
    for column in range(targets.shape[1]):
        weights[:, column] = np.bincount(rows.index, weights=rows.value * alpha[owner, column], minlength=width)
    return Fit(weights, offsets, held + offsets)


def apply(rows: Rows, weights: Floats, offsets: Floats) -> Floats:
    """Return the scores of rows (rows x columns)."""
    result = np.tile(offsets, (len(rows), 1))
    for at in range(len(rows)):
        part = slice(rows.start[at], rows.start[at + 1])
        result[at] += rows.value[part] @ weights[rows.index[part]]
    return result
