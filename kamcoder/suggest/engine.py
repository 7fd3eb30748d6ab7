"""The verbs of the suggestion engine: train, suggest, find similar, look over, evaluate."""

from collections.abc import Iterator

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import NotFound
from kamcoder.domain.suggesting import Outlier, Similar, Study, StudyDocument, Suggestions, Tier
from kamcoder.domain.suggestion_quality import Quality
from kamcoder.suggest.comparing import outliers, similar_passages
from kamcoder.suggest.evaluating import Told, evaluate, told_nobody
from kamcoder.suggest.learning import take_course, train
from kamcoder.suggest.model import Model
from kamcoder.suggest.predicting import predict
from kamcoder.suggest.proposing import Proposer
from kamcoder.suggest.sheets import Readings
from kamcoder.suggest.units import units_of


class Engine:
    """Suggests codes; keep one for as long as possible, it remembers what it has read (by sentence).

    `tier` BLANK leaves the English model aside.
    """

    def __init__(self, *, tier: Tier = Tier.MODEL) -> None:
        self.readings = Readings(tier=tier)

    def warm(self, language: str = "en") -> str:
        """Load the reader of a language; return why it is not the English model ("" if it is or need not be)."""
        return self.readings.reader(language).reason

    def train(self, study: Study) -> Model:
        """Learn from a study's codes, codings and decisions; the same study gives the same model, byte for byte."""
        return train(study, self.readings)

    def suggest(self, study: Study, model: Model, document_id: str) -> Suggestions:
        """Return everything for one document; raise NotFound if the study does not have it."""
        *_, last = self.stream(study, model, document_id)
        return last

    def stream(
        self, study: Study, model: Model, document_id: str, *, first: TextSpan | None = None
    ) -> Iterator[Suggestions]:
        """Yield what is to be suggested, first for the turns in `first` (what is on screen), at last for everything."""
        document = _document(study, document_id)
        self.readings.use(study)
        if first is not None:
            turns = {unit.turn for unit in units_of(document) if unit.span.overlaps(first)}
            yield self._made(study, model, document, turns)
        yield self._made(study, model, document, None)

    def _made(self, study: Study, model: Model, document: StudyDocument, turns: set[int] | None) -> Suggestions:
        units = [unit for unit in units_of(document) if turns is None or unit.turn in turns]
        found = predict(model, self.readings.sheet(document, units), study)
        proposer = Proposer(study, model, document, found)
        proposals, hidden = proposer.propose()
        return Suggestions(
            document.id, proposals, hidden, proposer.units(), model.version, model.tier, complete=turns is None
        )

    def similar(self, study: Study, model: Model, coding_id: str, *, limit: int = 50) -> tuple[Similar, ...]:
        """Return passages like a coded one that lack its code, the likest first; raise NotFound without that coding."""
        return similar_passages(study, coding_id, limit=limit)

    def consistency(self, study: Study, model: Model, *, limit: int = 50) -> tuple[Outlier, ...]:
        """Return the codings that fit another code better than their own, the clearest first; none from few codings."""
        return outliers(study, take_course(study, self.readings), limit=limit)

    def evaluate(self, study: Study, *, level: int = 0, told: Told = told_nobody) -> Quality:
        """Measure suggestions on the study's own codings, leaving one document out at a time.

        `told` hears how many models of how many have been learned.
        """
        return evaluate(study, self.readings, level=level, told=told)


def _document(study: Study, document_id: str) -> StudyDocument:
    for document in study.documents:
        if document.id == document_id:
            return document
    raise NotFound("document_unknown", document=document_id)
