"""The columns of the table of agreement: what each shows of a code, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from kamcoder.analysis.agreement.kinds import DisagreementKind, Figure
from kamcoder.domain.coding import Coder
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.agreement_shapes import CodeAgreement, MeanAgreement


class Shows(StrEnum):
    """What a column shows."""

    CODE = "code"
    SHARE = "share"
    PERCENT = "percent"
    KAPPA = "kappa"
    ALPHA = "alpha"
    F1 = "f1"
    LOW = "low"
    HIGH = "high"
    AGREED = "agreed"
    BOUNDARY = "boundary"
    OTHER_CODE = "other_code"
    ONLY = "only"
    REMARK = "remark"


_LONGEST = 14  # characters of a coder's name in a head
FIGURES = (Shows.KAPPA, Shows.ALPHA, Shows.F1)
KINDS = {
    Shows.AGREED: DisagreementKind.AGREED,
    Shows.BOUNDARY: DisagreementKind.BOUNDARY,
    Shows.OTHER_CODE: DisagreementKind.OTHER_CODE,
}
HEADS = {
    Shows.CODE: QT_TRANSLATE_NOOP("comparing", "code"),
    Shows.SHARE: QT_TRANSLATE_NOOP("comparing", "{coder} %"),
    Shows.PERCENT: QT_TRANSLATE_NOOP("comparing", "agree %"),
    Shows.KAPPA: QT_TRANSLATE_NOOP("comparing", "kappa"),
    Shows.ALPHA: QT_TRANSLATE_NOOP("comparing", "alpha"),
    Shows.F1: QT_TRANSLATE_NOOP("comparing", "F1"),
    Shows.LOW: QT_TRANSLATE_NOOP("comparing", "alpha from"),
    Shows.HIGH: QT_TRANSLATE_NOOP("comparing", "to"),
    Shows.AGREED: QT_TRANSLATE_NOOP("comparing", "agreed"),
    Shows.BOUNDARY: QT_TRANSLATE_NOOP("comparing", "other ends"),
    Shows.OTHER_CODE: QT_TRANSLATE_NOOP("comparing", "other code"),
    Shows.ONLY: QT_TRANSLATE_NOOP("comparing", "only {coder}"),
    Shows.REMARK: QT_TRANSLATE_NOOP("comparing", "remark"),
}


def short(name: str) -> str:
    """Return a coder's name as it fits above a column."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `coder` is whose it is where it is somebody's."""

    shows: Shows
    coder: Coder | None = None

    @property
    def head(self) -> str:
        """Return what stands above it."""
        text = QCoreApplication.translate("comparing", HEADS[self.shows])
        return text.format(coder=short(self.coder.name)) if self.coder else text

    def value(self, found: CodeAgreement | MeanAgreement) -> float | int | None:
        """Return the number of a row; None where there is none."""
        figure = self.figure(found)
        if figure is not None:
            return figure.value if self.shows is not Shows.PERCENT or figure.value is None else 100 * figure.value
        if isinstance(found, MeanAgreement):
            return None
        return self._counted(found)

    def figure(self, found: CodeAgreement | MeanAgreement) -> Figure | None:
        """Return the coefficient of a row with the reason why it has no value; None in columns of other things."""
        if self.shows not in (Shows.PERCENT, *FIGURES) or (
            isinstance(found, MeanAgreement) and self.shows is Shows.PERCENT
        ):
            return None
        figure: Figure = getattr(found, self.shows.value)
        return figure

    def shown(self, found: CodeAgreement | MeanAgreement) -> str:
        """Return the number of a row as people read it."""
        value = self.value(found)
        if value is None:
            blank = isinstance(found, MeanAgreement) and self.shows not in FIGURES
            return "" if blank or self.shows in (Shows.CODE, Shows.REMARK) else "–"
        if self.shows in (Shows.SHARE, Shows.PERCENT):
            return f"{value:.1f}"
        if isinstance(value, int):
            return str(value) if value else ""
        return f"{value:.3f}"

    def _counted(self, found: CodeAgreement) -> float | int | None:
        if self.shows is Shows.SHARE and self.coder is not None:
            (use,) = [use for use in found.uses if use.coder_id == self.coder.id]
            return None if use.share is None else 100 * use.share
        if self.shows in (Shows.LOW, Shows.HIGH):
            interval = found.alpha_interval
            return None if interval is None else getattr(interval, self.shows.value)
        if self.shows in KINDS:
            return found.passages[KINDS[self.shows]]
        if self.shows is Shows.ONLY and self.coder is not None:
            return found.only(self.coder.id)
        return None


def columns_for(coders: Sequence[Coder], *, intervals: bool) -> list[Column]:
    """Return the columns of a table for these coders."""
    bounds = (Shows.LOW, Shows.HIGH) if intervals else ()
    return [
        Column(Shows.CODE),
        *(Column(Shows.SHARE, coder) for coder in coders),
        *(Column(shows) for shows in (Shows.PERCENT, *FIGURES, *bounds, *KINDS)),
        *(Column(Shows.ONLY, coder) for coder in coders),
        Column(Shows.REMARK),
    ]
