"""A coding session as it would have gone: unit by unit in reading order, learning on the way.

Keys are counted as in the window. By hand a unit costs four: mark it, open the search, type, apply. A right suggestion
at rank 1, 2 or 3 costs as many keys as its rank; a unit whose code is not among three costs five (one look too many).
Only units that carry a code are counted. The coder's codings of a document are known up to the unit before, as in the
window; what was read without coding it is not, until something is coded behind it.
"""

from dataclasses import dataclass

import numpy as np

from kamcoder.domain.suggesting import Study
from kamcoder.domain.suggestion_quality import Rehearsal
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.evaluating import Trial, coded_documents, first_codings
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.labels import labels_of
from kamcoder.suggest.learning import train
from kamcoder.suggest.model import Model
from kamcoder.suggest.predicting import heading_scores, predict, scores_of, without_codings
from kamcoder.suggest.sheets import Readings, Sheet
from kamcoder.suggest.stacking import softmax

BY_HAND, NOT_AMONG_THREE = 4, 5
SURE = 0.7
_LEARN_EVERY = 40
_LEAST = 1e-12


@dataclass(frozen=True)
class Step:
    """What was said in order, with what is true."""

    trial: Trial
    figures: Rehearsal


def rehearse(study: Study, readings: Readings, *, level: int = 0, every: int = _LEARN_EVERY) -> Step:
    """Go through all coded documents in order, learning after every so many codings (and at each new document)."""
    codeset = CodeSet.of(study.codes)
    said, order, true, main = [], [], [], []
    documents = coded_documents(study)
    ordered = [item for item in study.documents if item.id in documents]
    for document in ordered:
        earlier = documents[: documents.index(document.id)]
        before = sum(coding.document_id in earlier for coding in study.codings)
        labels = labels_of(readings.sheet(document).units, study, codeset)
        truth = codeset.to_headings(labels.shared, highest=False) if level else labels.shared
        coded: set[str] = set()
        model, final_of, learned = None, None, 0
        for at in range(len(truth)):
            if model is None or final_of is None or len(coded) - learned >= every:
                learned = len(coded)
                model = train(first_codings(study, documents, before + learned), readings)
                final_of = _in_order(model, study, readings.sheet(document), document.id)
            final = final_of[[at]]
            order.append(codeset.to_headings(final[:, :-1], highest=False)[0] if level else final[0, :-1])
            known = np.array([at > 0 and bool(truth[at - 1].any())])
            said.append((heading_scores if level else scores_of)(model, final, known)[0])
            true.append(truth[at] > 0)
            main.append(int(truth[at].argmax()) if truth[at].any() else -1)
            coded.update(labels.codings[at].values())
    trial = Trial(np.array(order), np.array(said), np.array(true), np.array(main, dtype=np.int64))
    return Step(trial, figures_of(trial))


def figures_of(trial: Trial) -> Rehearsal:
    """Return keys saved, and precision and share of what was said with .7 or more."""
    rows = trial.coded
    ranked = np.argsort(-trial.order[rows], axis=1, kind="stable")[:, :3]
    right = np.take_along_axis(trial.true[rows], ranked, axis=1)
    keys = np.where(right.any(axis=1), right.argmax(axis=1) + 1, NOT_AMONG_THREE)
    sure = trial.said[rows].max(axis=1) >= SURE
    by_hand = BY_HAND * len(rows)
    return Rehearsal(
        len(rows), round(trial.hits(1), 4), round(trial.hits(2), 4), round(trial.hits(3), 4), by_hand, int(keys.sum()),
        saved=round(1 - float(keys.sum()) / by_hand, 4) if by_hand else 0.0,
        sure_precision=round(float(right[sure, 0].mean()), 4) if sure.any() else 0.0,
        sure_share=round(float(sure.mean()), 4) if len(rows) else 0.0,
    )  # fmt: skip


def _in_order(model: Model, study: Study, sheet: Sheet, document_id: str) -> Floats:
    """Return the chances of each unit when it comes next: what lies before is coded, what lies behind is not."""
    done = predict(model, sheet, study)
    open_still = predict(model, sheet, without_codings(study, document_id))
    return softmax(np.log(np.maximum(open_still.own, _LEAST)) + done.before + open_still.behind)
