"""Figures of how good suggestions are, made up."""

from kamcoder.domain.suggesting import Tier
from kamcoder.domain.suggestion_quality import CodeQuality, CurvePoint, Quality, ReliabilityBin
from kamcoder.services.session import Session
from kamcoder.services.suggestion_record import QualityRecord


def figures(session: Session, code: str, *, footing: str | None = None) -> QualityRecord:
    """Return figures of a code as they were worked out once; they stand on what is coded now, unless said otherwise."""
    code_id = session.codebook.all().find(code).id
    quality = Quality(
        level=0,
        tier=Tier.BLANK,
        codings=3,
        documents=3,
        units=9,
        macro_f1=0.5,
        micro_precision=0.5,
        micro_recall=0.5,
        micro_f1=0.5,
        top1=0.5,
        top2=0.5,
        top3=0.5,
        calibration_error=0.1,
        brier=0.2,
        codes=(CodeQuality(code_id, 1, 1, 1, 1, 0.5, 0.5, 0.5, scarce=True),),
        curve=(CurvePoint(0, 0.3, 0.4, 0.5, 0.3), CurvePoint(30, 0.5, 0.5, 0.5, 0.3)),
        reliability=(ReliabilityBin(0.5, 0.6, 3, 0.55, 0.5),),
        few=True,
    )
    stands_on = session.suggestions.footing() if footing is None else footing
    return QualityRecord(quality, "2026-11-21T10:00:00.000Z", stands_on)
