"""The spaCy components of the suggestion pipeline, registered under their names.

`kam_turns`, `kam_cast` and `kam_rules` read; `kam_learner` and `kam_fuse` (in `fusing`) suggest. A document's turns
come with the Doc as `doc.user_data["kam_document"]`, a StudyDocument; a Doc without is prose. Importing this module
loads spaCy: only functions of `pipeline` import it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import srsly
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span, SpanGroup, Token

from kamcoder.domain.actor import Wording
from kamcoder.domain.document import TurnKind
from kamcoder.domain.suggesting import ActorRole, CastMember, LexiconEntry, StudyDocument
from kamcoder.suggest.casting import NOBODY, cast_patterns
from kamcoder.suggest.matching import Matchers
from kamcoder.suggest.pipeline import LexiconHit
from kamcoder.suggest.readings import token_stem
from kamcoder.suggest.units import interviewer_turns, units_of

DOCUMENT = "kam_document"

if not Token.has_extension("actor"):
    Token.set_extension("actor", default="")


def document_of(doc: Doc) -> StudyDocument:
    """Return the document that a Doc stands for: the one it came with, or its text as prose."""
    known = doc.user_data.get(DOCUMENT)
    return known if isinstance(known, StudyDocument) else StudyDocument("", "", doc.text, language=doc.lang_)


class TurnsComponent:
    """Marks turns, questions and units as span groups and lets no sentence reach over the end of a unit."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans` "turns", "questions" and "units", the sentence starts and the stems (norms)."""
        document = document_of(doc)
        asked = set(interviewer_turns(document))
        turns = [span for turn in document.turns if (span := _span(doc, turn.span.start, turn.span.end, turn.kind))]
        doc.spans["turns"] = SpanGroup(doc, name="turns", spans=turns)
        asking = [
            span
            for turn in document.turns
            if turn.kind is TurnKind.QUESTION or turn.span in asked
            if (span := _span(doc, turn.span.start, turn.span.end, turn.guide_question or "question"))
        ]
        doc.spans["questions"] = SpanGroup(doc, name="questions", spans=asking)
        units = [span for unit in units_of(document) if (span := _span(doc, unit.span.start, unit.span.end, "unit"))]
        doc.spans["units"] = SpanGroup(doc, name="units", spans=units)
        if not doc.has_annotation("DEP"):
            starts = {span.start for span in (*units, *turns)}
            for token in doc:
                token.is_sent_start = token.i in starts or token.i == 0
        return doc


class CastComponent:
    """Tells who is who: role words of the language and the names of the cast, by an entity ruler over spans."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._nlp = nlp
        self._cast: tuple[CastMember, ...] = ()
        self._wordings: tuple[Wording, ...] = ()
        self._ruler = self._made()

    def set_cast(self, cast: Sequence[CastMember], wordings: Sequence[Wording] = ()) -> None:
        """Take the names of a project and its words for roles; those of one document hold there only."""
        if (tuple(cast), tuple(wordings)) != (self._cast, self._wordings):
            self._cast, self._wordings = tuple(cast), tuple(wordings)
            self._ruler = self._made()

    def _made(self) -> SpanRuler:
        ruler = SpanRuler(self._nlp, name=self.name, spans_key="actors", phrase_matcher_attr="LOWER")
        ruler.add_patterns(cast_patterns(self._nlp, self._cast, self._wordings))
        return ruler

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["actors"]`, `token._.actor` and the stems; the longest words win."""
        doc = self._ruler(doc)
        here = document_of(doc).id
        kept = _longest([span for span in doc.spans["actors"] if span.id_ in ("", here)])
        doc.spans["actors"] = SpanGroup(doc, name="actors", spans=[span for span in kept if span.label_ != NOBODY])
        for token in doc:
            token.norm_ = token_stem(token)
        for span in doc.spans["actors"]:
            for token in span:
                token._.actor = span.label_
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the cast and the words for roles."""
        names = [[item.name, item.role.value, item.document_id] for item in self._cast]
        words = [[item.role_id, item.text, item.exact, item.enabled, item.document_id] for item in self._wordings]
        return bytes(srsly.msgpack_dumps([names, words]))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "CastComponent":
        """Take the cast and the words for roles from bytes."""
        names, words = srsly.msgpack_loads(data)
        cast = [CastMember(name, ActorRole(role), where) for name, role, where in names]
        self.set_cast(cast, [Wording(*values) for values in words])
        return self

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Write the cast to a file."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> "CastComponent":
        """Read the cast from a file."""
        return self.from_bytes(path.read_bytes())


class RulesComponent:
    """Finds the phrases, expressions and relations of the lexicon."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._nlp = nlp
        self._matchers = Matchers(nlp, ())

    def set_lexicon(self, entries: Sequence[LexiconEntry]) -> None:
        """Take the entries of a project."""
        if tuple(entries) != self._matchers.entries:
            self._matchers = Matchers(self._nlp, tuple(entries))

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["evidence"]`: label the code, id the pattern; `attrs["weights"]` are the weights in order.

        They are no attribute of the spans, for spaCy keeps those by place and several codes have hits in one place.
        """
        hits = self._matchers(doc)
        found = [Span(doc, hit.start, hit.end, label=hit.code_id, span_id=hit.pattern) for hit in hits]
        weights = {"weights": [float(hit.weight) for hit in hits]}
        doc.spans["evidence"] = SpanGroup(doc, name="evidence", spans=found, attrs=weights)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the lexicon."""
        return self._matchers.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "RulesComponent":
        """Take the lexicon from bytes."""
        self._matchers = Matchers.from_bytes(self._nlp, data)
        return self

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicon to a file."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> "RulesComponent":
        """Read the lexicon from a file."""
        return self.from_bytes(path.read_bytes())


def hits_of(doc: Doc, start: int = 0, end: int | None = None) -> tuple[LexiconHit, ...]:
    """Return the evidence between two characters, relative to the first."""
    evidence = doc.spans.get("evidence")
    if evidence is None:
        return ()
    last = len(doc.text) if end is None else end
    return tuple(
        (span.start_char - start, span.end_char - start, span.label_, span.id_, weight)
        for span, weight in zip(evidence, evidence.attrs["weights"], strict=True)
        if start <= span.start_char and span.end_char <= last
    )


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    return doc.char_span(start, end, label=str(label), alignment_mode="expand") if start < end else None


def _longest(spans: Sequence[Span]) -> list[Span]:
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda item: (-len(item), item.start)):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept, key=lambda item: item.start)


@Language.factory("kam_turns", assigns=["doc.spans", "token.is_sent_start"])
def make_turns(nlp: Language, name: str) -> TurnsComponent:
    """Make the component that marks turns, questions and units."""
    return TurnsComponent()


@Language.factory("kam_cast", assigns=["doc.spans", "token._.actor", "token.norm"])
def make_cast(nlp: Language, name: str) -> CastComponent:
    """Make the component that tells who is who."""
    return CastComponent(nlp, name)


@Language.factory("kam_rules", requires=["token._.actor", "token.norm"], assigns=["doc.spans"])
def make_rules(nlp: Language, name: str) -> RulesComponent:
    """Make the component that finds the phrases and relations of the lexicon."""
    return RulesComponent(nlp, name)
