"""From a model and a read document to the chances of each code in each sentence."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kamcoder.domain.suggesting import Study
from kamcoder.suggest.chain import neighbours, step_kinds
from kamcoder.suggest.evidence import CONTEXT, Evidence, chances, gather
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.labels import Labels, labels_of
from kamcoder.suggest.model import Model
from kamcoder.suggest.rules import rule_scores
from kamcoder.suggest.sheets import Sheet
from kamcoder.suggest.stacking import log_odds, softmax

_LEAST = 1e-12
#: What the coder has read and left without a code speaks for no code, in log odds; it may be an oversight all the same.
_LEFT_UNCODED = 2.5
#: By the rules alone less is said of a sentence that is likelier to carry no code than any.
_RATHER_NONE = 0.5

Truths: TypeAlias = npt.NDArray[np.bool_]
Curve: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Prediction:
    """Chances of every state (units x codes + 1) for the units of a sheet, and how they came about.

    `own` are the chances of each unit by itself, `before` and `behind` what its neighbours add in log odds, `final` all
    together. `labels` tell what the coder has coded there already.
    """

    sheet: Sheet
    labels: Labels
    rules: Floats
    evidence: Evidence
    own: Floats
    before: Floats
    behind: Floats
    final: Floats


def predict(model: Model, sheet: Sheet, study: Study, *, chained: bool = True) -> Prediction:
    """Return the chances for a sheet of one document; what is coded there already speaks to its neighbours."""
    codeset = model.codeset
    rules = rule_scores(sheet.read, model.words, codeset)
    features = [item.reading.features for item in sheet.read]
    text = model.learned.said_of(features, codeset) if model.learned is not None else None
    examples = model.examples.said_of(features, codeset) if model.examples is not None else None
    evidence = gather(sheet.units, rules, text, model.tables, examples).only(*model.left_out)
    own = chances(evidence, model.heading_weights, model.code_weights, codeset)
    labels = labels_of(sheet.units, study, codeset)
    before = behind = np.zeros_like(own)
    if chained and not set(CONTEXT) & set(model.left_out) and len(own):
        alone = chances(evidence.only(*CONTEXT), model.heading_weights, model.code_weights, codeset)
        alone[[unit.idle for unit in sheet.units]] = model.tables.states()  # small talk interrupts nothing
        # Only the words of neighbours are asked: their question is that of the unit itself as a rule.
        before, behind = neighbours(
            alone, labels.shared, step_kinds(sheet.units), model.transitions, model.tables.states(), model.strength
        )
    scores = np.log(np.maximum(own, _LEAST)) + before + behind
    scores[labels.empty > 0, -1] += _LEFT_UNCODED
    final = softmax(scores)
    return Prediction(sheet, labels, rules, evidence, own, before, behind, final)


def scores_of(model: Model, final: Floats, known: Truths | None = None) -> Floats:
    """Return a score for each code from 0 to 1: the calibrated chance, or the rules' standing while nothing is learned.

    `known` tells the units before which the coder has coded.

    By the rules alone it tells by how much a heading stands out against the one for which least speaks (0: not at all,
    .5: twice as likely; less where no code is likelier than any), and the likeliest code under a heading stands for
    its heading.
    """
    codes = final[:, :-1]
    if model.calibrated or not codes.size:
        return _calibrated(codes, model.curve, model.curve_known, known)
    best = model.codeset.to_headings(codes)[:, model.codeset.heading]
    return np.asarray(_standing(model, final)[:, model.codeset.heading] * codes / np.maximum(best, _LEAST))


def _standing(model: Model, final: Floats) -> Floats:
    chances = model.codeset.to_headings(final[:, :-1], highest=False)
    if chances.shape[1] == 1:
        return chances  # there is no other to stand out against
    lift = chances / model.tables.prior()[0][:-1]
    standing = 1 - lift.min(axis=1, keepdims=True) / np.maximum(lift, _LEAST)
    none = final[:, [-1]]
    return np.asarray(np.where(none > _RATHER_NONE, (1 - none) * standing, standing))


def heading_scores(model: Model, final: Floats, known: Truths | None = None) -> Floats:
    """Return a score for each heading from 0 to 1, as `scores_of` does for codes."""
    if not model.calibrated and final.shape[1] > 1:
        return _standing(model, final)
    headings = model.codeset.to_headings(final[:, :-1], highest=False)
    return _calibrated(headings, model.heading_curve, model.heading_curve_known, known)


def _calibrated(values: Floats, curve: Curve, curve_known: Curve, known: Truths | None) -> Floats:
    """Return chances put right by Platt's curves."""
    odds = log_odds(values)
    lines = curve[0] * odds + curve[1]
    if known is not None:
        lines[known] = curve_known[0] * odds[known] + curve_known[1]
    return np.asarray(1 / (1 + np.exp(-lines)))


def without_codings(study: Study, document_id: str) -> Study:
    """Return a study in which nobody has coded a document."""
    return replace(
        study,
        codings=tuple(coding for coding in study.codings if coding.document_id != document_id),
        decisions=tuple(item for item in study.decisions if item.document_id != document_id),
        documents=tuple(replace(item, reviewed=False) if item.id == document_id else item for item in study.documents),
    )
