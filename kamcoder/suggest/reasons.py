"""Why a code is suggested, as data: matched words, learned terms, nearest own passages, context and its share."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from kamcoder.domain.suggesting import Neighbour, Part, Reasons, Source, Term
from kamcoder.suggest.evidence import contributions
from kamcoder.suggest.kernel import Floats, Rows, products
from kamcoder.suggest.model import Learned, Model
from kamcoder.suggest.predicting import Prediction
from kamcoder.suggest.rules import matches_of
from kamcoder.suggest.stacking import EXAMPLES, FOLLOW_UP, PRIOR, QUESTION, RULES, SECTION, TEXT
from kamcoder.suggest.vocabulary import vocabulary
from kamcoder.suggest.words import STOP

_TERMS, _NEAREST = 5, 3
_SOURCES = {
    Source.RULES: (RULES, EXAMPLES),
    Source.TEXT: (TEXT,),
    Source.QUESTION: (QUESTION, FOLLOW_UP),
    Source.SECTION: (SECTION,),
}
_LEAST_SIMILAR = 0.05
_LEAST_PULL = 0.01


class Explainer:
    """Gives the reasons for suggestions in one document; only for those that are shown, it takes time."""

    def __init__(self, model: Model, prediction: Prediction, language: str) -> None:
        self._model = model
        self._found = prediction
        self._negation = vocabulary(language).negation

    @cached_property
    def _lifts(self) -> Floats:
        model = self._model
        return contributions(self._found.evidence, model.heading_weights, model.code_weights, model.codeset)

    def reasons(self, at: int, place: int) -> Reasons:
        """Return why the code at a place is suggested for a unit."""
        unit, read = self._found.sheet.units[at], self._found.sheet.read[at]
        terms, nearest = self._learned(at, place)
        return Reasons(
            matches=matches_of(unit, read, place, self._model.words, self._model.codeset),
            terms=terms,
            nearest=nearest,
            parts=self._parts(at, place),
            question=unit.question,
            follow_up=unit.follow_up,
            section=unit.section,
            previous_code_id=self._previous(at),
            negated=any(token[2] in self._negation for token in read.reading.tokens),
        )

    def _parts(self, at: int, place: int) -> tuple[Part, ...]:
        found = {source: float(self._lifts[at, place, list(axes)].sum()) for source, axes in _SOURCES.items()}
        found[Source.PREVIOUS] = float(self._found.before[at, place])
        found[Source.NEIGHBOURS] = float(self._found.behind[at, place])
        # What is likelier in all counts with the words: it is no source of its own to a reader.
        found[Source.TEXT if self._model.learned else Source.RULES] += float(self._lifts[at, place, PRIOR])
        speaks = sum(value for value in found.values() if value > 0) or 1.0
        return tuple(
            Part(source, round(value, 3), round(max(value, 0.0) / speaks, 3))
            for source, value in found.items()
            if abs(value) >= 0.0005
        )

    def _previous(self, at: int) -> str | None:
        if at == 0 or not np.any(self._found.before[at]):
            return None
        coded = self._found.labels.codings[at - 1]
        if coded:
            return self._model.codeset.codes[min(coded)].id
        likeliest = int(self._found.final[at - 1].argmax())
        return self._model.codeset.codes[likeliest].id if likeliest < self._model.codeset.size else None

    def _learned(self, at: int, place: int) -> tuple[tuple[Term, ...], tuple[Neighbour, ...]]:
        learned = self._model.learned
        if learned is None or place not in learned.columns:
            return (), ()
        column = int(np.flatnonzero(learned.columns == place)[0])
        features = self._found.sheet.read[at].reading.features
        rows = learned.space.rows([features])
        # In log odds, as the other sources are told.
        share = float(self._model.heading_weights[TEXT] + self._model.code_weights[TEXT])
        pulls = share * rows.value * np.take(learned.weights, column, axis=1)[rows.index]
        best = [
            (float(pulls[i]), self._names[rows.index[i]]) for i in np.argsort(-pulls, kind="stable") if pulls[i] > 0
        ]
        strongest: dict[str, float] = {}
        for pull, name in best:
            if not name.startswith("c ") and pull >= _LEAST_PULL and not STOP.issuperset(name[2:].split()):
                strongest.setdefault(name[2:], round(pull, 4))
        terms = [Term(name, pull) for name, pull in strongest.items()][:_TERMS]
        near = learned.space.rows([(features[0], (), features[2])])
        return tuple(terms), tuple(nearest_passages(learned, near, place, limit=_NEAREST))

    @cached_property
    def _names(self) -> Sequence[str]:
        learned = self._model.learned
        return list(learned.space.columns) if learned is not None else []


def nearest_passages(learned: Learned, row: Rows, place: int, *, limit: int) -> list[Neighbour]:
    """Return the own passages with a code that read most alike, each coding once."""
    inside = np.flatnonzero(learned.codes == place)
    likeness = cosines(row, learned.rows, len(learned.space.columns))[0][inside]
    found: dict[str, float] = {}
    for at in np.argsort(-likeness, kind="stable"):
        if likeness[at] < _LEAST_SIMILAR or len(found) == limit:
            break
        found.setdefault(learned.codings[inside[at]], round(float(likeness[at]), 4))
    return [Neighbour(coding_id, value) for coding_id, value in found.items()]


def cosines(rows: Rows, others: Rows, width: int) -> Floats:
    """Return the cosines between rows and others."""
    return np.asarray(products(rows, others, width) / np.outer(_lengths(rows), _lengths(others)))


def _lengths(rows: Rows) -> Floats:
    squares = np.bincount(
        np.repeat(np.arange(len(rows)), np.diff(rows.start)), weights=rows.value**2, minlength=len(rows)
    )
    return np.asarray(np.sqrt(np.maximum(squares, 1e-12)))
