"""Where each code is best cut: a threshold of its own as far as its codings carry it.

One threshold for all codes shows too much of some and too little of others. What suits a code best is found on units
that the model had not seen, and is believed by degrees: with `_HALF_BELIEVED` units a code gets half the way.
"""

import numpy as np

from kamcoder.suggest.kernel import Floats

#: The threshold that the shifts are told from.
COMMON = 0.5

_HALF_BELIEVED = 100.0
_FEWEST = 8
_TRIED = np.linspace(0.2, 0.8, 13)
_LEAST = 0.05


def fit_shifts(said: Floats, right: Floats, times: Floats) -> Floats:
    """Return by how much each code's threshold lies above (or below) the common one.

    `said` are scores of units by a model that had not seen them (units x codes), `right` is 1 where a unit carries the
    code, `times` how many units each stands for. The best F1 counts, smoothed over neighbouring thresholds.
    """
    shifts = np.zeros(said.shape[1])
    for place in range(said.shape[1]):
        carrying = float((times * right[:, place]).sum())
        if (right[:, place] > 0).sum() < _FEWEST:
            continue
        shown = (said[:, place, None] >= _TRIED[None, :]) * times[:, None]
        hits = (shown * right[:, place, None]).sum(axis=0)
        figures = 2 * hits / (shown.sum(axis=0) + carrying)
        smooth = np.convolve(np.pad(figures, 1, mode="edge"), np.ones(3) / 3, mode="valid")
        if smooth.max() > 0:
            shifts[place] = carrying / (carrying + _HALF_BELIEVED) * (float(_TRIED[smooth.argmax()]) - COMMON)
    return np.round(shifts, 4)


def shown_from(threshold: float, shifts: Floats) -> Floats:
    """Return from which score each code is shown when the coder wants to see what scores at least `threshold`."""
    return np.asarray(np.maximum(threshold + shifts, min(threshold, _LEAST)))
