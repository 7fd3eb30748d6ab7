"""The components that suggest, for a pipeline over whole documents: `kam_learner` and `kam_fuse`.

`whole_pipeline` puts together everything of this folder as one spaCy pipeline; the engine goes the same way sentence by
sentence, because it remembers what it has read.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kamcoder.domain.suggesting import Study, SuggestingError
from kamcoder.suggest.components import document_of, hits_of
from kamcoder.suggest.lexicon import lexicon_of
from kamcoder.suggest.model import Model
from kamcoder.suggest.pipeline import ReadSentence, prepare
from kamcoder.suggest.predicting import predict
from kamcoder.suggest.proposing import Proposer
from kamcoder.suggest.readings import reading_of
from kamcoder.suggest.sheets import Sheet, connectives
from kamcoder.suggest.units import units_of

_FOUND = "kam_found"


class LearnerComponent:
    """Holds the model and gives every unit of a Doc the chances of every code."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.model: Model | None = None
        self.study: Study | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Leave a Prediction in `doc.user_data` under "kam_found"; nothing without a model."""
        if self.model is None:
            return doc
        document = document_of(doc)
        study = self.study or Study(self.model.codeset.codes, (document,))
        units = tuple(units_of(document))
        sheet = Sheet(units, tuple(_read(doc, unit.span.start, unit.span.end) for unit in units))
        doc.user_data[_FOUND] = (study, document, predict(self.model, sheet, study))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the model."""
        return self.model.to_bytes() if self.model is not None else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "LearnerComponent":
        """Take the model from bytes; raise SuggestingError if they are damaged."""
        self.model = Model.from_bytes(data) if data else None
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model to a file."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "LearnerComponent":
        """Read the model from a file; raise SuggestingError if it is damaged."""
        return self.from_bytes(path.read_bytes())


class FuseComponent:
    """Makes suggestions of chances: `doc.spans["suggestions"]`, the label the code."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["suggestions"]` in reading order; `attrs` has "scores" and "ranks" in the same order."""
        spans: list[Span] = []
        told: dict[str, list[float]] = {"scores": [], "ranks": []}
        found = doc.user_data.get(_FOUND)
        learner: Any = self._nlp.get_pipe("kam_learner")
        if found is not None and learner.model is not None:
            study, document, prediction = found
            for proposal in Proposer(study, learner.model, document, prediction).propose()[0]:
                place = (proposal.span.start, proposal.span.end)
                span = doc.char_span(*place, label=proposal.code_id, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
                    told["scores"].append(proposal.score)
                    told["ranks"].append(proposal.rank)
        doc.spans["suggestions"] = SpanGroup(doc, name="suggestions", spans=spans, attrs=told)
        return doc


def whole_pipeline(nlp: Language, study: Study, model: Model) -> Language:
    """Give a reading pipeline (`pipeline.extend`) the study's cast and lexicon and put learner and fuse behind it."""
    for name in ("kam_learner", "kam_fuse"):
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    language = nlp.lang or ""
    prepare(nlp, study.cast, (*lexicon_of(study, language), *connectives(language)), study.wordings)
    learner: Any = nlp.get_pipe("kam_learner")
    if model.codeset.codes and model.codeset.codes[0].id not in {code.id for code in study.codes}:
        raise SuggestingError("suggest_model_damaged")
    learner.model, learner.study = model, study
    return nlp


def _read(doc: Doc, start: int, end: int) -> ReadSentence:
    span = doc.char_span(start, end, alignment_mode="expand")
    return ReadSentence(reading_of(span if span is not None else doc[0:0]), hits_of(doc, start, end))


@Language.factory("kam_learner", requires=["token._.actor", "token.norm"])
def make_learner(nlp: Language, name: str) -> LearnerComponent:
    """Make the component that holds the model."""
    return LearnerComponent(name)


@Language.factory("kam_fuse", assigns=["doc.spans"])
def make_fuse(nlp: Language, name: str) -> FuseComponent:
    """Make the component that leaves the suggestions."""
    return FuseComponent(nlp)
