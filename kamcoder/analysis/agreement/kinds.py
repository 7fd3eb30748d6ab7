"""The words of a comparison: units, why a figure has no value, how two coders differ. Loads nothing heavy."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted as marked or not marked."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    TURN = "turn"
    DOCUMENT = "document"


class UnitRule(StrEnum):
    """When a coder has marked a unit that is longer than a character.

    HALF_OR_INSIDE: the codings cover at least half of it, or one of them lies wholly inside it.
    ANY_OVERLAP: a coding shares at least one character with it.
    """

    HALF_OR_INSIDE = "half_or_inside"
    ANY_OVERLAP = "any_overlap"


class Undefined(StrEnum):
    """Why a figure has no value.

    NOT_USED: nobody marked anything. NO_VARIATION: everybody marked everything. NO_COMMON_TEXT: fewer than two coders
    worked on the same text, or that text is empty. FEW_CLUSTERS: too few documents or turns to resample.
    OFTEN_UNDEFINED: more than a fifth of the resamples gave no value. OVERLAPPING: a coder put two codes of a group
    that are said to exclude one another on the same text. NO_SHARED_UNITS: no two coders marked the same text.
    """

    NOT_USED = "not_used"
    NO_VARIATION = "no_variation"
    NO_COMMON_TEXT = "no_common_text"
    FEW_CLUSTERS = "few_clusters"
    OFTEN_UNDEFINED = "often_undefined"
    OVERLAPPING = "overlapping"
    NO_SHARED_UNITS = "no_shared_units"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or why there is none; exactly one of the two is set."""

    value: float | None
    reason: Undefined | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a figure has either a value or a reason")


@dataclass(frozen=True, slots=True)
class Interval:
    """The 2.5th and 97.5th percentile of the resamples, or why there are none.

    `undefined` is the share of resamples in which the figure had no value; these are left out of the percentiles.
    """

    low: float | None
    high: float | None
    undefined: float = 0.0
    reason: Undefined | None = None


#: The share of a stretch that both must have marked for it to count as agreed.
SAME = 0.9


class DisagreementKind(StrEnum):
    """How two coders stand to each other at one stretch of text, seen from one code.

    AGREED: both marked it, with at least nine tenths of the characters in common. BOUNDARY: both marked it, but begin
    or end elsewhere. OTHER_CODE: only one marked it, and the other put a code there that the first did not.
    ONLY_FIRST, ONLY_SECOND: only one of them marked it.
    """

    AGREED = "agreed"
    BOUNDARY = "boundary"
    OTHER_CODE = "other_code"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
