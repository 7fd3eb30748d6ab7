"""How the coders stand to each other at a stretch of text, and what was decided there: signs, words and looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QLocale, Qt

from kamcoder.domain.settling import Choice, Disagreement, Settlement, Standing
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.gui.reader.marks import MarkLook

SIGNS = {Standing.AGREED: "=", Standing.BOUNDARY: "↔", Standing.OTHER_CODE: "≠", Standing.ONLY_SOME: "◐"}
NAMES = {
    Standing.AGREED: QT_TRANSLATE_NOOP("comparing", "agreed"),
    Standing.BOUNDARY: QT_TRANSLATE_NOOP("comparing", "other ends"),
    Standing.OTHER_CODE: QT_TRANSLATE_NOOP("comparing", "other code"),
    Standing.ONLY_SOME: QT_TRANSLATE_NOOP("comparing", "only {coders}"),
}
_DECIDED = {
    Choice.AGREED: QT_TRANSLATE_NOOP("comparing", "agreed"),
    Choice.CODERS: QT_TRANSLATE_NOOP("comparing", "taken: {coders}"),
    Choice.ALL: QT_TRANSLATE_NOOP("comparing", "taken: all"),
    Choice.NEITHER: QT_TRANSLATE_NOOP("comparing", "taken: none"),
    Choice.UNION: QT_TRANSLATE_NOOP("comparing", "taken: the whole stretch"),
    Choice.INTERSECTION: QT_TRANSLATE_NOOP("comparing", "taken: the shared part"),
    Choice.OWN: QT_TRANSLATE_NOOP("comparing", "taken: our own"),
}
# What fills a passage, how its bracket is drawn and how thick it is: a pattern for each kind, whatever its colour.
_LOOKS: Mapping[Standing, tuple[Qt.BrushStyle, tuple[float, ...], float]] = {
    Standing.AGREED: (Qt.BrushStyle.SolidPattern, (), 1.4),
    Standing.BOUNDARY: (Qt.BrushStyle.VerPattern, (4.0, 1.5), 2.6),
    Standing.OTHER_CODE: (Qt.BrushStyle.DiagCrossPattern, (1.2, 1.0), 2.6),
    Standing.ONLY_SOME: (Qt.BrushStyle.BDiagPattern, (), 2.6),
}

#: Codings of the consensus: their stretches are named already.
SETTLED = MarkLook(Qt.BrushStyle.SolidPattern, (), 1.2, "", "", named=False)


def brush(standing: Standing) -> Qt.BrushStyle:
    """Return what fills passages of a kind."""
    return _LOOKS[standing][0]


def name(found: Disagreement, names: Mapping[str, str]) -> str:
    """Return the kind of a stretch in words."""
    coders = QLocale().createSeparatedList(_holders(found, names)) if found.standing is Standing.ONLY_SOME else ""
    return QCoreApplication.translate("comparing", NAMES[found.standing]).format(coders=coders)


def decided(settlement: Settlement, names: Mapping[str, str]) -> str:
    """Return a decision in words."""
    coders = QLocale().createSeparatedList([names.get(coder_id, "?") for coder_id in settlement.taken_ids])
    return QCoreApplication.translate("comparing", _DECIDED[settlement.choice]).format(coders=coders)


def looks(stretches: Iterable[Disagreement], names: Mapping[str, str]) -> dict[str, MarkLook]:
    """Return how the codings of stretches are drawn; each code of a stretch is named once."""
    made: dict[str, MarkLook] = {}
    for found in stretches:
        pattern, dashes, thick = _LOOKS[found.standing]
        seen: set[str] = set()
        for claim in found.claims:
            within = "" if found.standing in (Standing.AGREED, Standing.BOUNDARY) else names.get(claim.coder_id, "")
            first = claim.code_id not in seen or found.standing is Standing.OTHER_CODE
            seen.add(claim.code_id)
            made[claim.coding_id] = MarkLook(pattern, dashes, thick, SIGNS[found.standing], within, first)
    return made


def _holders(found: Disagreement, names: Mapping[str, str]) -> list[str]:
    holders = {claim.coder_id for claim in found.claims}
    return [names.get(coder_id, "?") for coder_id in found.coder_ids if coder_id in holders]
