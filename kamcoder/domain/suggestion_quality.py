"""Figures of how good suggestions are, measured on a coder's own codings.

A unit is one sentence of an answer (of the text where there are no turns). A unit carries a code if a coding with it
overlaps at least half of the unit's characters. Only units that carry a code are counted for top-1/2/3; precision
and recall are counted over all units of documents that have codings. Every figure comes from models that have not seen
the document (leave one document out).
"""

from dataclasses import dataclass

from kamcoder.domain.suggesting import Tier


@dataclass(frozen=True, slots=True)
class CodeQuality:
    """Figures of one code; `support` is how many units carry it, `scarce` that it has under 5 codings."""

    code_id: str
    codings: int
    support: int
    suggested: int
    correct: int
    precision: float
    recall: float
    f1: float
    scarce: bool


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was reached with so many codings learned from."""

    codings: int
    macro_f1: float
    top1: float
    top2: float
    rules_f1: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """What a stated confidence meant: `stated` is the mean said, `observed` the share that was right."""

    low: float
    high: float
    suggested: int
    stated: float
    observed: float


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A simulated pass through the documents in order, learning on the way; keys are counted as in the window.

    A coder who codes by hand needs `keys_by_hand` keys, with suggestions `keys_with`; `saved` is the difference as a
    share. `sure_precision` and `sure_share` are precision and share of units with a suggestion at .7 or above.
    """

    units: int
    top1: float
    top2: float
    top3: float
    keys_by_hand: int
    keys_with: int
    saved: float
    sure_precision: float
    sure_share: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good suggestions are on the coder's own codings; `few` warns of under 30 codings.

    `macro_f1` is the mean of the codes' F1 where each unit gets its likeliest code; `level` is how deep codes are told
    apart: 1 joins each code with the heading at the top, 0 takes every code by itself.
    """

    level: int
    tier: Tier
    codings: int
    documents: int
    units: int
    macro_f1: float
    micro_precision: float
    micro_recall: float
    micro_f1: float
    top1: float
    top2: float
    top3: float
    calibration_error: float
    brier: float
    codes: tuple[CodeQuality, ...]
    curve: tuple[CurvePoint, ...]
    reliability: tuple[ReliabilityBin, ...]
    few: bool
    rehearsal: Rehearsal | None = None
