"""Figures of quality as they are kept until the next ones: with their date and what they stand on."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from kamcoder.domain.suggesting import Tier
from kamcoder.domain.suggestion_quality import CodeQuality, CurvePoint, Quality, ReliabilityBin


@dataclass(frozen=True, slots=True)
class QualityRecord:
    """Figures, when they were worked out (UTC, ISO 8601), and the `footing` of the service they stand on."""

    quality: Quality
    at: str
    footing: str

    def to_text(self) -> str:
        """Return everything as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "QualityRecord | None":
        """Return what was kept; None if it is nothing or cannot be read, as of another release."""
        try:
            said = json.loads(text)
            return cls(_quality(said["quality"]), str(said["at"]), str(said["footing"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def _quality(said: dict[str, Any]) -> Quality:
    parts: dict[str, Any] = {
        "tier": Tier(said["tier"]),
        "codes": tuple(CodeQuality(**item) for item in said["codes"]),
        "curve": tuple(CurvePoint(**item) for item in said["curve"]),
        "reliability": tuple(ReliabilityBin(**item) for item in said["reliability"]),
        "rehearsal": None,
    }
    return Quality(**{**said, **parts})
