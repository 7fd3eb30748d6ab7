"""From chances to suggestions: what is shown, joined over neighbouring sentences, and what is hidden and why."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import Band, Hidden, HiddenReason, Proposal, Study, StudyDocument, UnitScores
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.suggest.labels import carries
from kamcoder.suggest.model import Model
from kamcoder.suggest.predicting import Prediction, scores_of
from kamcoder.suggest.reasons import Explainer
from kamcoder.suggest.thresholds import shown_from
from kamcoder.suggest.units import interviewer_turns

MOST_SHOWN = 3
_LONGEST_RUN = 6
_DIGITS = 6
_WORTH_TELLING = 0.02
_FAINT = 0.5
_HIGH, _MIDDLE = 0.8, 0.6
_DECIDED = {SuggestionState.REJECTED: HiddenReason.REJECTED, SuggestionState.POSTPONED: HiddenReason.POSTPONED}


@dataclass(frozen=True)
class Offer:
    """A code for one unit."""

    at: int
    place: int
    score: float
    rank: int


class Proposer:
    """Turns a prediction for one document into what the coder is shown."""

    def __init__(self, study: Study, model: Model, document: StudyDocument, found: Prediction) -> None:
        self._study = study
        self._model = model
        self._document = document
        self._found = found
        known = np.append(False, found.labels.shared.sum(axis=1) > 0)[: len(found.final)]
        self._scores = np.round(scores_of(model, found.final, known), _DIGITS)
        nothing = np.zeros(model.codeset.size)
        self._least = shown_from(study.threshold, nothing if model.shifts is None else model.shifts)
        self._order = np.argsort(-found.final[:, :-1], axis=1, kind="stable")

    def units(self) -> tuple[UnitScores, ...]:
        """Return the score of every code worth telling for every unit."""
        codes = self._model.codeset.codes
        return tuple(
            UnitScores(
                unit.span,
                tuple(
                    (codes[place].id, float(self._scores[at, place]))
                    for place in self._order[at]
                    if self._scores[at, place] >= _WORTH_TELLING
                ),
            )
            for at, unit in enumerate(self._found.sheet.units)
        )

    def propose(self) -> tuple[tuple[Proposal, ...], tuple[Hidden, ...]]:
        """Return what is shown and what is hidden, in reading order."""
        hidden = [
            Hidden(self._document.id, span, HiddenReason.INTERVIEWER) for span in interviewer_turns(self._document)
        ]
        shown: list[Offer] = []
        for at in range(len(self._found.sheet.units)):
            coded = self._found.labels.codings[at]
            likeliest = [place for rank, place in enumerate(self._order[at]) if rank < MOST_SHOWN or place in coded]
            for rank, place in enumerate(likeliest, start=1):
                offer = Offer(at, int(place), float(self._scores[at, place]), rank)
                why = self._hidden(offer)
                if why is None:
                    shown.append(offer)
                elif offer.score >= _WORTH_TELLING or place in coded:
                    hidden.append(why)
        proposals = [self._proposal(run) for run in self._runs(shown)]
        proposals.sort(key=lambda item: (item.span, item.rank, item.code_id))
        hidden.sort(key=lambda item: (item.span, -item.score, item.code_id or ""))
        return tuple(proposals), tuple(hidden)

    def _hidden(self, offer: Offer) -> Hidden | None:
        span = self._found.sheet.units[offer.at].span
        code_id = self._model.codeset.codes[offer.place].id
        coding_id = self._found.labels.codings[offer.at].get(offer.place)
        reason, at = None, ""
        if coding_id is not None:
            reason = HiddenReason.ALREADY_CODED
        elif decided := self._decided(span, code_id):
            reason, at = decided
        elif code_id in self._study.muted:
            reason = HiddenReason.MUTED
        elif offer.score < self._least[offer.place] or self._faint(offer):
            reason = HiddenReason.BELOW_THRESHOLD
        if reason is None:
            return None
        return Hidden(self._document.id, span, reason, code_id, offer.score, at, coding_id)

    def _faint(self, offer: Offer) -> bool:
        """Tell whether, by the rules alone, a code is far less likely than the likeliest of its place."""
        chances = self._found.final[offer.at, :-1]
        return not self._model.calibrated and chances[offer.place] < _FAINT * chances.max()

    def _decided(self, span: TextSpan, code_id: str) -> tuple[HiddenReason, str] | None:
        for decision in self._study.decisions:
            same = decision.document_id == self._document.id and decision.code_id == code_id
            if same and decision.state in _DECIDED and carries(span, decision.span):
                return _DECIDED[decision.state], decision.at
        return None

    def _runs(self, shown: list[Offer]) -> list[list[Offer]]:
        """Return the offers of one code in neighbouring sentences of a turn as one."""
        units = self._found.sheet.units
        by_code: dict[int, list[Offer]] = defaultdict(list)
        for offer in shown:
            by_code[offer.place].append(offer)
        runs: list[list[Offer]] = []
        for offers in by_code.values():
            for offer in offers:
                last = runs[-1] if runs and runs[-1][-1].place == offer.place else None
                follows = last is not None and last[-1].at + 1 == offer.at and len(last) < _LONGEST_RUN
                if last is not None and follows and units[last[-1].at].turn == units[offer.at].turn:
                    last.append(offer)
                else:
                    runs.append([offer])
        return runs

    def _proposal(self, run: list[Offer]) -> Proposal:
        best = max(run, key=lambda offer: (offer.score, -offer.at))
        score = round(sum(offer.score for offer in run) / len(run), _DIGITS)
        confidence = score if self._model.calibrated else None
        units = self._found.sheet.units
        return Proposal(
            self._document.id,
            TextSpan(units[run[0].at].span.start, units[run[-1].at].span.end),
            self._model.codeset.codes[best.place].id,
            score,
            confidence,
            band_of(confidence),
            min(offer.rank for offer in run),
            self._explainer.reasons(best.at, best.place),
        )

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self._model, self._found, self._document.language)


def band_of(confidence: float | None) -> Band:
    """Return the band of a calibrated confidence."""
    if confidence is None:
        return Band.FROM_RULES
    return Band.HIGH if confidence >= _HIGH else Band.MIDDLE if confidence >= _MIDDLE else Band.LOW
