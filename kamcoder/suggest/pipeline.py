"""The pipeline that reads sentences: a language reader with our components behind it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kamcoder.domain.actor import Wording
from kamcoder.domain.suggesting import CastMember, LexiconEntry, StudyDocument, Tier
from kamcoder.suggest.language import Reader
from kamcoder.suggest.readings import Reading, reading_of

if TYPE_CHECKING:
    from spacy.language import Language

#: Start, end, code id, pattern and weight.
LexiconHit: TypeAlias = tuple[int, int, str, str, float]

_BATCH = 128
#: Halves of a pair, which a damaged file may hold, are no text to spaCy.
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence's reading and the lexicon's hits, relative to it."""

    reading: Reading
    hits: tuple[LexiconHit, ...]


def extend(found: Reader) -> "Language":
    """Put the components that read behind a language reader and return its pipeline."""
    from kamcoder.suggest import components  # registers the factories

    nlp = found.nlp
    if "sentencizer" in nlp.pipe_names:
        nlp.remove_pipe("sentencizer")
    for name in ("kam_turns", "kam_cast", "kam_rules"):
        if name not in nlp.pipe_names:
            nlp.add_pipe(name, before=0 if name == "kam_turns" and nlp.pipe_names else None)
    assert components.DOCUMENT
    return nlp


def prepare(
    nlp: "Language", cast: Sequence[CastMember], lexicon: Sequence[LexiconEntry], wordings: Sequence[Wording] = ()
) -> None:
    """Give the components the cast, the lexicon and the words for roles of a project."""
    component: Any = nlp.get_pipe("kam_cast")
    component.set_cast(cast, wordings)
    component = nlp.get_pipe("kam_rules")
    component.set_lexicon(lexicon)


def read_sentences(
    nlp: "Language", sentences: Iterable[tuple[str, str]], *, rules: bool = True
) -> Iterator[ReadSentence]:
    """Read sentences, given as (document id, text), one by one and in order; without `rules` none are looked for."""
    from kamcoder.suggest.components import DOCUMENT, hits_of

    def docs() -> Iterator[Any]:
        for document_id, text in sentences:
            doc = nlp.make_doc(_LONE.sub("\ufffd", text))
            doc.user_data[DOCUMENT] = StudyDocument(document_id, "", text, language=nlp.lang or "")
            yield doc

    # One sentence has no turns.
    unused = ["kam_turns"] if rules else ["kam_turns", "kam_rules"]
    for doc in nlp.pipe(docs(), batch_size=_BATCH, disable=unused):
        yield ReadSentence(reading_of(doc), hits_of(doc))


def tier_of(nlp: "Language") -> Tier:
    """Tell which tier a pipeline is of."""
    return Tier.MODEL if "parser" in nlp.pipe_names else Tier.BLANK
