"""Documents as sheets of read sentences, remembered by the words of each sentence."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kamcoder.domain.suggesting import LexiconEntry, LexiconKind, Study, StudyDocument, Tier
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.examples import learn_examples, starter_examples
from kamcoder.suggest.language import Reader, reader
from kamcoder.suggest.lexicon import lexicon_of
from kamcoder.suggest.model import Learned
from kamcoder.suggest.pipeline import ReadSentence, extend, prepare, read_sentences
from kamcoder.suggest.units import Unit, units_of
from kamcoder.suggest.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

#: Under these the words for reasons stand in the lexicon, beside the codes.
STRONG_REASON, WEAK_REASON = "@strong", "@weak"

_KEPT = 40_000


@dataclass(frozen=True)
class Sheet:
    """The units of some documents with what was read in each, in reading order."""

    units: tuple[Unit, ...]
    read: tuple[ReadSentence, ...]

    def joined(self, other: "Sheet") -> "Sheet":
        """Return both, one behind the other."""
        return Sheet(self.units + other.units, self.read + other.read)

    def part(self, places: Sequence[int]) -> "Sheet":
        """Return some of the units."""
        return Sheet(tuple(self.units[at] for at in places), tuple(self.read[at] for at in places))


def connectives(language: str) -> tuple[LexiconEntry, ...]:
    """Return the words of a language for reasons, as entries of the lexicon."""
    lists = vocabulary(language)
    strong = [LexiconEntry(STRONG_REASON, phrase, LexiconKind.PHRASE, 2.0) for phrase in lists.strong]
    return (*strong, *(LexiconEntry(WEAK_REASON, phrase, LexiconKind.PHRASE, 0.5) for phrase in lists.weak))


class Readings:
    """Reads sentences with one pipeline a language and remembers what it has read (the latest 40,000)."""

    def __init__(self, *, tier: Tier = Tier.MODEL) -> None:
        self._tier = tier
        self._readers: dict[str, Reader] = {}
        self._kept: OrderedDict[tuple[str, str, str], ReadSentence] = OrderedDict()
        self._study = Study((), ())
        self._lexicons: dict[str, tuple[LexiconEntry, ...]] = {}
        self._taught: tuple[object, Learned | None] = (None, None)

    def use(self, study: Study) -> None:
        """Take the lexicon and cast of a study; what was read under others is forgotten."""
        rules, known = ((some.codes, some.lexicon, some.cast, some.wordings) for some in (study, self._study))
        if rules != known:
            self._study = replace(study, documents=(), codings=())
            self._kept.clear()
            self._lexicons.clear()

    def reader(self, language: str) -> Reader:
        """Return the pipeline of a language, loaded when it is first needed."""
        if language not in self._readers:
            found = reader(language, tier=self._tier)
            extend(found)
            self._readers[language] = found
        return self._readers[language]

    def sheet(self, document: StudyDocument, units: Sequence[Unit] | None = None) -> Sheet:
        """Read a document, or only some of its units."""
        wanted = units_of(document) if units is None else list(units)
        # A name of the cast may mean another person in another document.
        places = (*(one.document_id for one in self._study.cast), *(word.document_id for word in self._study.wordings))
        own = document.id if any(places) else ""
        keys = [(document.language, own, unit.key) for unit in wanted]
        missing = {key: unit.text for key, unit in zip(keys, wanted, strict=True) if key not in self._kept}
        found = {key: self._kept[key] for key in keys if key in self._kept}
        if missing:
            nlp = self._ready(document.language)
            fresh = read_sentences(nlp, [(document.id, text) for text in missing.values()])
            found.update(zip(missing, fresh, strict=True))
            self._remember(found)
        return Sheet(tuple(wanted), tuple(found[key] for key in keys))

    def examples(self, codeset: CodeSet, language: str) -> Learned | None:
        """Return what the example sentences of the codes teach, learned when it is first needed."""
        key = (codeset.codes, language, self._study.cast, self._study.wordings)
        if self._taught[0] != key:
            found = starter_examples(codeset.codes, language)
            read: list[ReadSentence] = []
            if found:
                read = list(
                    read_sentences(self._ready(language), [("", sentence) for _, sentence in found], rules=False)
                )
            self._taught = key, learn_examples(found, [item.reading.features for item in read], codeset)
        return self._taught[1]

    def _ready(self, language: str) -> "Language":
        nlp = self.reader(language).nlp
        if language not in self._lexicons:
            self._lexicons[language] = (*lexicon_of(self._study, language), *connectives(language))
        prepare(nlp, self._study.cast, self._lexicons[language], self._study.wordings)
        return nlp

    def _remember(self, found: dict[tuple[str, str, str], ReadSentence]) -> None:
        for key, value in found.items():
            self._kept[key] = value
            self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
