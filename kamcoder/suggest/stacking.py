"""How much each source of evidence counts: a softmax over choices with a handful of shared weights.

The weights start from defaults that hold without any coding and move only as far as the coder's own codings carry them
(a Gaussian prior around the defaults), so that little data cannot make suggestions worse than the rules.
"""

import numpy as np
import numpy.typing as npt

from kamcoder.suggest.kernel import Floats

#: The last axis of evidence.
SOURCES = ("none", "text", "rules", "prior", "question", "follow_up", "section", "examples")
NONE, TEXT, RULES, PRIOR, QUESTION, FOLLOW_UP, SECTION, EXAMPLES = range(len(SOURCES))

#: What holds before anything is learned, for the choice of a heading (or none) and of a code under it.
HEADING_DEFAULTS = np.array([0.6, 0.0, 1.4, 0.3, 1.0, 0.9, 1.0, 4.0])
CODE_DEFAULTS = np.array([0.0, 0.0, 1.6, 0.25, 1.0, 0.5, 1.0, 5.0])
#: How firmly the defaults are held, in pseudo-observations of the curvature.
FIRMNESS = np.array([0.3, 0.15, 8.0, 8.0, 8.0, 8.0, 6.0, 0.5])

_STEPS = 20
_CLOSED = -1e9


def fit_weights(
    evidence: Floats,
    wanted: Floats,
    defaults: Floats,
    *,
    times: Floats | None = None,
    open_to: npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """Return the weights that make the wanted choices likeliest.

    `evidence` is rows x choices x sources, `wanted` rows x choices with shares that sum to 1; `open_to` tells which
    choices a row has, `times` how many rows it stands for. Newton's method on a convex loss: the same rows give the
    same weights.
    """
    weights, stands = defaults.copy(), np.ones((len(evidence), 1)) if times is None else times[:, None]
    for _ in range(_STEPS):
        scores = evidence @ weights
        chances = softmax(scores if open_to is None else np.where(open_to, scores, _CLOSED))
        mean = np.einsum("us,usk->uk", chances, evidence)
        gradient = np.einsum("us,usk->k", stands * (wanted - chances), evidence) - FIRMNESS * (weights - defaults)
        spread = np.einsum("usk,usl->kl", (stands * chances)[:, :, None] * evidence, evidence)
        spread += np.diag(FIRMNESS) - (stands * mean).T @ mean
        step = np.linalg.solve(spread, gradient)
        longest = float(np.abs(step).max())
        weights = weights + step * min(1.0, 2.0 / (longest + 1e-12))
        if longest < 1e-8:
            break
    return weights


def softmax(scores: Floats) -> Floats:
    """Return the chances of each row of log scores."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit_curve(scores: Floats, right: Floats, times: Floats) -> tuple[float, float]:
    """Return slope and offset of Platt's curve from log odds to the chance of being right, shrunk towards (1, 0).

    `times` tells how many cases each stands for.
    """
    weights, start = np.array([1.0, 0.0]), np.array([1.0, 0.0])
    rows = np.stack([scores, np.ones_like(scores)], axis=1)
    firm = np.diag([2.0, 2.0])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (times * (right - chances)) - firm @ (weights - start)
        curved = (rows * (times * chances * (1 - chances))[:, None]).T @ rows + firm
        step = np.linalg.solve(curved, gradient)
        longest = float(np.abs(step).max())
        weights = weights + step * min(1.0, 2.0 / (longest + 1e-12))
        if longest < 1e-8:
            break
    return float(max(weights[0], 0.05)), float(weights[1])


def log_odds(chances: Floats) -> Floats:
    """Return the log odds of chances, cut at one in a million."""
    cut = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(cut) - np.log1p(-cut))
