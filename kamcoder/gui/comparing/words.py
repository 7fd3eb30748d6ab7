"""What the figures of a comparison mean: each coefficient, remark and kind of passage in one sentence with its base."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kamcoder.analysis.agreement.kinds import SAME, DisagreementKind, Undefined, Unit
from kamcoder.gui.comparing.columns import KINDS, Column, Shows
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.agreement_shapes import (
    Agreement,
    Cluster,
    CodeAgreement,
    MeanAgreement,
    Remark,
    SegmentPassage,
)

UNITS = {
    Unit.CHARACTER: QT_TRANSLATE_NOOP("comparing", "characters"),
    Unit.SENTENCE: QT_TRANSLATE_NOOP("comparing", "sentences"),
    Unit.TURN: QT_TRANSLATE_NOOP("comparing", "turns"),
    Unit.DOCUMENT: QT_TRANSLATE_NOOP("comparing", "documents"),
}
KIND_NAMES = {
    DisagreementKind.AGREED: QT_TRANSLATE_NOOP("comparing", "agreed"),
    DisagreementKind.BOUNDARY: QT_TRANSLATE_NOOP("comparing", "other ends"),
    DisagreementKind.OTHER_CODE: QT_TRANSLATE_NOOP("comparing", "other code"),
}
#: A sign for each kind, so that it is told by shape too.
KIND_SIGNS = {
    DisagreementKind.AGREED: "=",
    DisagreementKind.BOUNDARY: "↔",
    DisagreementKind.OTHER_CODE: "≠",
    DisagreementKind.ONLY_FIRST: "◐",
    DisagreementKind.ONLY_SECOND: "◑",
}
_MEANINGS = {
    Shows.SHARE: QT_TRANSLATE_NOOP(
        "comparing", "The share of the {units} {coder} read that carry this code from {coder}: {marked} of {read}."
    ),
    Shows.PERCENT: QT_TRANSLATE_NOOP(
        "comparing",
        "The share of {size} {units} on which two coders do the same, both marking them or both leaving them; rare "
        "codes come out high whatever is coded.",
    ),
    Shows.KAPPA: QT_TRANSLATE_NOOP(
        "comparing",
        "Cohen’s kappa: how much more of {size} {units} two coders treat alike than two would who mark as often as "
        "they do but blindly; 1 is all, 0 is chance{mean}.",
    ),
    Shows.ALPHA: QT_TRANSLATE_NOOP(
        "comparing",
        "Krippendorff’s alpha: one minus the disagreement seen over that expected if all marks on {size} {units} were "
        "dealt out anew; it takes any number of coders, each only where they worked.",
    ),
    Shows.F1: QT_TRANSLATE_NOOP(
        "comparing",
        "F1: twice what both marked over what each marked; the {units} that nobody marked do not count, so it is the "
        "figure to read for a rare code{mean}.",
    ),
    Shows.LOW: QT_TRANSLATE_NOOP(
        "comparing", "Alpha lies between these two ends in 95 of 100 draws of whole {clusters} ({resamples} draws)."
    ),
    Shows.AGREED: QT_TRANSLATE_NOOP(
        "comparing", "Passages both marked, with at least {same} % of their text in common{pairs}."
    ),
    Shows.BOUNDARY: QT_TRANSLATE_NOOP(
        "comparing", "Passages both marked that begin or end elsewhere: less than {same} % in common{pairs}."
    ),
    Shows.OTHER_CODE: QT_TRANSLATE_NOOP(
        "comparing", "Passages only one marked so, while the other put another code there{pairs}."
    ),
    Shows.ONLY: QT_TRANSLATE_NOOP("comparing", "Passages that only {coder} marked{pairs}."),
}
_REASONS = {
    Undefined.NOT_USED: QT_TRANSLATE_NOOP("comparing", "No value: nobody used this code."),
    Undefined.NO_VARIATION: QT_TRANSLATE_NOOP("comparing", "No value: everybody marked everything."),
    Undefined.NO_COMMON_TEXT: QT_TRANSLATE_NOOP("comparing", "No value: no two coders worked on the same text."),
    Undefined.FEW_CLUSTERS: QT_TRANSLATE_NOOP("comparing", "No interval: too few documents or turns to draw from."),
    Undefined.OFTEN_UNDEFINED: QT_TRANSLATE_NOOP(
        "comparing", "No interval: more than a fifth of the draws gave no value."
    ),
    Undefined.OVERLAPPING: QT_TRANSLATE_NOOP(
        "comparing", "No value: somebody put two of these codes on the same text."
    ),
    Undefined.NO_SHARED_UNITS: QT_TRANSLATE_NOOP("comparing", "No value: no two coders marked the same text."),
}
_REMARKS = {
    Remark.NOT_USED: (
        QT_TRANSLATE_NOOP("comparing", "not used"),
        QT_TRANSLATE_NOOP("comparing", "Nobody used this code, so it has no figures and is left out of every mean."),
    ),
    Remark.NO_VARIATION: (
        QT_TRANSLATE_NOOP("comparing", "no variation"),
        QT_TRANSLATE_NOOP(
            "comparing", "All {size} {units} carry this code from everybody: with nothing left out, chance is full too."
        ),
    ),
    Remark.NO_COMMON_TEXT: (
        QT_TRANSLATE_NOOP("comparing", "no common text"),
        QT_TRANSLATE_NOOP("comparing", "It takes two coders on the same text to compare."),
    ),
    Remark.ONLY_ONE_CODER: (
        QT_TRANSLATE_NOOP("comparing", "only {coder} ({passages})"),
        QT_TRANSLATE_NOOP(
            "comparing", "Only {coder} used this code ({passages} passages), so nothing is shared and kappa is 0."
        ),
    ),
    Remark.BELOW_CHANCE: (
        QT_TRANSLATE_NOOP("comparing", "less than chance"),
        QT_TRANSLATE_NOOP(
            "comparing",
            "The coders share less of this code than two would who mark blindly: look at the passages, the code may "
            "mean different things to them.",
        ),
    ),
    Remark.HIGH_PERCENT_LOW_KAPPA: (
        QT_TRANSLATE_NOOP("comparing", "rare: see F1"),
        QT_TRANSLATE_NOOP(
            "comparing",
            "{percent} % alike and yet kappa {kappa}: nearly all of the {size} {units} are left (or marked) by "
            "everybody, which kappa takes for chance; F1 {f1} tells how far they agree where one of them marked.",
        ),
    ),
}
_CLUSTERS = {
    Cluster.DOCUMENT: QT_TRANSLATE_NOOP("comparing", "documents"),
    Cluster.TURN: QT_TRANSLATE_NOOP("comparing", "turns"),
}


def translated(text: str) -> str:
    """Return one of these words in the language of the window."""
    return QCoreApplication.translate("comparing", text)


def unit(value: Unit) -> str:
    """Return units in words."""
    return translated(UNITS[value])


def reason(value: Undefined) -> str:
    """Return why there is no value."""
    return translated(_REASONS[value])


def each_for_every_code() -> str:
    """Return what the base is of figures of all codes together."""
    return QCoreApplication.translate("comparing", "All codes together: the text is counted once for every code.")


def kind(value: DisagreementKind, *, first: str, second: str) -> str:
    """Return a kind of passage in words; first and second are the coders' names."""
    if value in KIND_NAMES:
        return translated(KIND_NAMES[value])
    name = first if value is DisagreementKind.ONLY_FIRST else second
    return QCoreApplication.translate("comparing", "only {coder}").format(coder=name)


def remark(agreement: Agreement, found: CodeAgreement, *, whole: bool = False) -> str:
    """Return what must be told about the figures of a code, in a few words or as a whole sentence."""
    if found.remark is None:
        return ""
    (use, *_) = [use for use in found.uses if use.marked] or found.uses
    names = {coder.id: coder.name for coder in agreement.coders}
    return translated(_REMARKS[found.remark][whole]).format(
        coder=names[use.coder_id],
        passages=use.passages,
        size=f"{agreement.size:,}",
        units=unit(agreement.scope.unit),
        percent=_number(found.percent.value, 100, 1),
        kappa=_number(found.kappa.value, 1, 2),
        f1=_number(found.f1.value, 1, 2),
    )


def meaning(agreement: Agreement, column: Column, found: CodeAgreement | MeanAgreement | None) -> str:
    """Return what a column shows, with the base it stands on and, for a row, its own numbers."""
    shows = Shows.LOW if column.shows is Shows.HIGH else column.shows
    if shows not in _MEANINGS:
        return ""
    many = len(agreement.coders) > 2
    uses = found.uses if isinstance(found, CodeAgreement) else ()
    use = next((use for use in uses if column.coder and use.coder_id == column.coder.id), None)
    if shows is Shows.SHARE and use is None:
        text = translated(QT_TRANSLATE_NOOP("comparing", "The share of what {coder} read that carries the code."))
    else:
        text = translated(_MEANINGS[shows])
    mean = QCoreApplication.translate("comparing", "; the mean of the pairs of coders")
    pairs = QCoreApplication.translate("comparing", ", added up over the pairs of coders")
    return text.format(
        coder=column.coder.name if column.coder else "",
        units=unit(agreement.scope.unit),
        size=f"{agreement.size:,}",
        marked=f"{use.marked:,}" if use else "",
        read=f"{use.read:,}" if use else "",
        same=round(100 * SAME),
        mean=mean if many else "",
        pairs=pairs if many and (shows in KINDS or shows is Shows.ONLY) else "",
        clusters=translated(_CLUSTERS[agreement.cluster or Cluster.DOCUMENT]),
        resamples=f"{agreement.scope.resamples:,}",
    )


def _number(value: float | None, factor: int, decimals: int) -> str:
    return "–" if value is None else f"{factor * value:.{decimals}f}"


def partner(passage: SegmentPassage) -> str:
    """Return whether a whole passage has a partner, and how much the two share."""
    tr = QCoreApplication.translate
    if passage.overlap is None:
        return tr("comparing", "✗ no partner")
    words = (
        tr("comparing", "✓ partner, {share} % shared")
        if passage.matched
        else tr("comparing", "↔ no partner, {share} % shared")
    )
    return words.format(share=f"{100 * passage.overlap:.0f}")
