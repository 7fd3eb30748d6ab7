"""The verbs of the suggestion engine: train, suggest, find similar, look over, evaluate."""

from collections.abc import Iterator

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import (
    Band,
    Hidden,
    HiddenReason,
    Outlier,
    Proposal,
    Reasons,
    Similar,
    Study,
    Suggestions,
    Tier,
    UnitScores,
)
from kamcoder.domain.suggestion_quality import Quality
from kamcoder.suggest.model import Model
from kamcoder.suggest.units import interviewer_turns, units_of


class Engine:
    """Suggests codes; keep one for as long as possible, it remembers what it has read (by sentence)."""

    def train(self, study: Study) -> Model:
        """Learn from a study's codes, codings and decisions; the same study gives the same model, byte for byte."""
        return Model.of(study)

    def suggest(self, study: Study, model: Model, document_id: str) -> Suggestions:
        """Return everything for one document."""
        *_, last = self.stream(study, model, document_id)
        return last

    def stream(
        self, study: Study, model: Model, document_id: str, *, first: TextSpan | None = None
    ) -> Iterator[Suggestions]:
        """Yield what is to be suggested, first for the turns in `first` (what is on screen), at last for everything."""
        document = next(item for item in study.documents if item.id == document_id)
        proposals: list[Proposal] = []
        units: list[UnitScores] = []
        for unit in units_of(document):
            scores = model.scores(unit.text)
            units.append(UnitScores(unit.span, tuple(scores)))
            for rank, (code_id, score) in enumerate(scores[:3], start=1):
                if score >= study.threshold and code_id not in study.muted:
                    proposals.append(
                        Proposal(document_id, unit.span, code_id, score, None, Band.FROM_RULES, rank, Reasons())
                    )
        hidden = [Hidden(document_id, span, HiddenReason.INTERVIEWER) for span in interviewer_turns(document)]
        yield Suggestions(document_id, tuple(proposals), tuple(hidden), tuple(units), model.version, Tier.BLANK)

    def similar(self, study: Study, model: Model, coding_id: str, *, limit: int = 50) -> tuple[Similar, ...]:
        """Return uncoded passages like a coded one, the likest first."""
        return ()

    def consistency(self, study: Study, model: Model, *, limit: int = 50) -> tuple[Outlier, ...]:
        """Return the codings that lie farthest from the others of their code, the farthest first."""
        return ()

    def evaluate(self, study: Study, *, level: int = 0) -> Quality:
        """Measure suggestions on the study's own codings, leaving one document out at a time."""
        return Quality(
            level, Tier.BLANK, len(study.codings), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (), (), (), len(study.codings) < 30
        )
