"""How good suggestions are on a coder's own codings: figures from models that have not seen the document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
import numpy.typing as npt

from kamcoder.domain.suggesting import Study, StudyCoding
from kamcoder.domain.suggestion_quality import CodeQuality, CurvePoint, Quality, ReliabilityBin
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.labels import labels_of
from kamcoder.suggest.learning import train
from kamcoder.suggest.model import Model
from kamcoder.suggest.predicting import heading_scores, predict, scores_of, without_codings
from kamcoder.suggest.sheets import Readings
from kamcoder.suggest.thresholds import shown_from

FEW_CODINGS, FEW_OF_A_CODE = 30, 5
_BINS = 10
_CURVE = (0, 8, 20, 50, 100, 200, 400, 800)
_CURVE_FOLDS = 4

#: Hears how many steps of how many are done.
Told = Callable[[int, int], object]


def told_nobody(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


@dataclass(frozen=True)
class Trial:
    """What was said of units by a model that had not seen them, and what is true.

    `order` ranks the choices (units x choices), `said` is the score shown; `true` tells which choices a unit carries,
    `main` the one that covers most of it (-1: none), `shown` which choices the coder would have seen (empty: unknown).
    """

    order: Floats
    said: Floats
    true: npt.NDArray[np.bool_]
    main: npt.NDArray[np.int64]
    shown: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @property
    def coded(self) -> npt.NDArray[np.int64]:
        """Return the places of units that carry something."""
        return np.flatnonzero(self.main >= 0)

    def hits(self, first: int) -> float:
        """Return the share of coded units with a right choice among the first ones."""
        rows = self.coded
        if not len(rows):
            return 0.0
        ranked = np.argsort(-self.order[rows], axis=1, kind="stable")[:, :first]
        return float(np.take_along_axis(self.true[rows], ranked, axis=1).any(axis=1).mean())

    def top_f1(self) -> Floats:
        """Return F1 of every choice where each coded unit gets its likeliest; NaN where nothing is so coded.

        A unit that carries the likeliest choice counts for it, any other for the choice that covers most of it.
        """
        rows = self.coded
        chosen = self.order[rows].argmax(axis=1)
        right = self.true[rows, chosen]
        truth = np.where(right, chosen, self.main[rows])
        figures = np.full(self.order.shape[1], np.nan)
        for choice in range(len(figures)):
            hit = float(((chosen == choice) & right).sum())
            wanted, given = float((truth == choice).sum()), float((chosen == choice).sum())
            if wanted or self.true[rows, choice].any():
                figures[choice] = 2 * hit / (wanted + given) if wanted + given else 0.0
        return figures

    def macro_f1(self) -> float:
        """Return the mean of `top_f1` over the choices that occur."""
        figures = self.top_f1()
        return float(np.nanmean(figures)) if np.isfinite(figures).any() else 0.0


def choices_of(codeset: CodeSet, level: int) -> tuple[str, ...]:
    """Return the ids that are told apart: headings at level 1, codes at level 0."""
    return codeset.headings if level else tuple(code.id for code in codeset.codes)


def trial_of(
    model: Model, study: Study, readings: Readings, document_ids: Sequence[str], level: int, *, chained: bool = True
) -> Trial:
    """Let a model speak about documents as if nobody had coded them, and put beside it what the study says."""
    parts = []
    for document in study.documents:
        if document.id not in document_ids:
            continue
        unseen = without_codings(study, document.id)
        found = predict(model, readings.sheet(document), unseen, chained=chained)
        shared = labels_of(found.sheet.units, study, model.codeset).shared
        final = found.final[:, :-1]
        if level:
            order = model.codeset.to_headings(final, highest=False)
            said, shared = heading_scores(model, found.final), model.codeset.to_headings(shared, highest=False)
        else:
            order, said = final, scores_of(model, found.final)
        main = np.where(shared.sum(axis=1) > 0, shared.argmax(axis=1), -1) if shared.size else np.zeros(0, dtype=int)
        shifts = model.shifts if model.shifts is not None and not level else np.zeros(order.shape[1])
        parts.append(Trial(order, said, shared > 0, main, said >= shown_from(study.threshold, shifts)))
    return joined(parts)


def joined(parts: Sequence[Trial]) -> Trial:
    """Return trials as one."""
    return Trial(
        np.concatenate([part.order for part in parts]),
        np.concatenate([part.said for part in parts]),
        np.concatenate([part.true for part in parts]),
        np.concatenate([part.main for part in parts]),
        np.concatenate([part.shown for part in parts]),
    )


def coded_documents(study: Study) -> list[str]:
    """Return the ids of the documents that have codings, in the study's order."""
    coded = {coding.document_id for coding in study.codings}
    return [document.id for document in study.documents if document.id in coded]


def leave_one_out(
    study: Study,
    readings: Readings,
    level: int,
    *,
    learn: Callable[[Study], Model] | None = None,
    chained: bool = True,
    stepped: Callable[[], object] = bool,
) -> Trial | None:
    """Try every coded document with a model of the others; None if there is but one (nothing to learn from).

    `stepped` is called after each document.
    """
    documents = coded_documents(study)
    if len(documents) < 2:
        return None
    make = learn or (lambda some: train(some, readings))
    trials = []
    for one in documents:
        trials.append(trial_of(make(without_codings(study, one)), study, readings, [one], level, chained=chained))
        stepped()
    return joined(trials)


def first_codings(study: Study, documents: Sequence[str], number: int) -> Study:
    """Return a study in which only the first codings of some documents, in reading order, have been made."""
    rank = {document_id: place for place, document_id in enumerate(documents)}
    inside = [coding for coding in study.codings if coding.document_id in rank]
    inside.sort(key=lambda coding: (rank[coding.document_id], coding.span, coding.code_id))
    kept: tuple[StudyCoding, ...] = tuple(inside[:number])
    last = kept[-1].document_id if kept else None
    done = {coding.document_id for coding in kept if coding.document_id != last or number >= len(inside)}
    return replace(
        study,
        codings=kept,
        decisions=(),
        documents=tuple(replace(item, reviewed=item.reviewed and item.id in done) for item in study.documents),
    )


def evaluate(
    study: Study, readings: Readings, *, level: int = 0, curve: bool = True, told: Told = told_nobody
) -> Quality:
    """Return the figures of quality; all zero where there are not two documents with codings.

    `told` hears after each model how many of how many were learned.
    """
    codeset = CodeSet.of(study.codes)
    number, documents = len(study.codings), coded_documents(study)
    tier = readings.reader(study.documents[0].language if study.documents else "en").tier
    stepped = _counted(told, len(documents) + (_curve_steps(study) if curve else 0))
    found = leave_one_out(study, readings, level, stepped=stepped)
    if found is None:
        empty = Quality(level, tier, number, len(documents), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (), (), (), True)
        return replace(empty, few=number < FEW_CODINGS)
    shown = found.shown
    right = shown & found.true
    precision, recall = _share(right.sum(), shown.sum()), _share(right.sum(), found.true.sum())
    error, brier, bins = reliability(found)
    return Quality(
        level, tier, number, len(documents), len(found.main),
        macro_f1=round(found.macro_f1(), 4),
        micro_precision=round(precision, 4), micro_recall=round(recall, 4), micro_f1=round(_f1(precision, recall), 4),
        top1=round(found.hits(1), 4), top2=round(found.hits(2), 4), top3=round(found.hits(3), 4),
        calibration_error=round(error, 4), brier=round(brier, 4),
        codes=_codes(study, codeset, level, found, shown),
        curve=learning_curve(study, readings, level, stepped=stepped) if curve else (),
        reliability=bins, few=number < FEW_CODINGS,
    )  # fmt: skip


def reliability(found: Trial) -> tuple[float, float, tuple[ReliabilityBin, ...]]:
    """Return calibration error, Brier score and the table of the likeliest choice of every unit that was read."""
    best = found.order.argmax(axis=1)
    rows = np.arange(len(best))
    said, right = found.said[rows, best], found.true[rows, best].astype(np.float64)
    bins, error = [], 0.0
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = (said >= low) & ((said < high) | (number == _BINS - 1))
        if inside.any():
            stated, observed = float(said[inside].mean()), float(right[inside].mean())
            error += float(inside.mean()) * abs(stated - observed)
            bins.append(ReliabilityBin(low, high, int(inside.sum()), round(stated, 4), round(observed, 4)))
    return error, float(((said - right) ** 2).mean()), tuple(bins)


def _counted(told: Told, total: int) -> Callable[[], object]:
    """Return what is to be called after each of `total` steps."""
    steps = count(1)
    return lambda: told(next(steps), total)


def _curve_plan(study: Study) -> tuple[list[int], list[list[str]]]:
    """Return the numbers of codings to learn from, and the documents to try them on."""
    documents = coded_documents(study)
    folds = [documents[at::_CURVE_FOLDS] for at in range(min(_CURVE_FOLDS, len(documents)))]
    least = min((sum(coding.document_id not in fold for coding in study.codings) for fold in folds), default=0)
    return [size for size in _CURVE if size < least] + [least], folds


def _curve_steps(study: Study) -> int:
    sizes, folds = _curve_plan(study)
    return len(sizes) * len(folds)


def learning_curve(
    study: Study, readings: Readings, level: int, *, stepped: Callable[[], object] = bool
) -> tuple[CurvePoint, ...]:
    """Return what is reached after so many codings, made document by document in order, on documents not yet coded."""
    documents = coded_documents(study)
    sizes, folds = _curve_plan(study)
    points, rules = [], 0.0
    for size in sizes:
        trials = []
        for fold in folds:
            others = [document_id for document_id in documents if document_id not in fold]
            trials.append(trial_of(train(first_codings(study, others, size), readings), study, readings, fold, level))
            stepped()
        found = joined(trials)
        if size == 0:
            rules = found.macro_f1()
        points.append(
            CurvePoint(
                size, round(found.macro_f1(), 4), round(found.hits(1), 4), round(found.hits(2), 4), round(rules, 4)
            )
        )
    return tuple(points)


def _codes(
    study: Study, codeset: CodeSet, level: int, found: Trial, shown: npt.NDArray[np.bool_]
) -> tuple[CodeQuality, ...]:
    choices = choices_of(codeset, level)
    counts = dict.fromkeys(choices, 0)
    for coding in study.codings:
        place = codeset.places.get(coding.code_id)
        if place is not None:
            counts[codeset.headings[codeset.heading[place]] if level else coding.code_id] += 1
    figures = []
    for at, choice in enumerate(choices):
        support, suggested = int(found.true[:, at].sum()), int(shown[:, at].sum())
        correct = int((shown[:, at] & found.true[:, at]).sum())
        precision, recall = _share(correct, suggested), _share(correct, support)
        figures.append(
            CodeQuality(
                choice,
                counts[choice],
                support,
                suggested,
                correct,
                round(precision, 4),
                round(recall, 4),
                round(_f1(precision, recall), 4),
                scarce=counts[choice] < FEW_OF_A_CODE,
            )
        )
    return tuple(figures)


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
