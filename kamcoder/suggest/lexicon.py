"""Words that speak for codes: those shipped for known codebooks, and what a project adds."""

from collections.abc import Iterator, Mapping, Sequence

from kamcoder.domain.codebook import Code
from kamcoder.domain.suggesting import LexiconEntry, LexiconKind, Study
from kamcoder.suggest.shipped import Placing, shipped_files

_WEIGHTS = {"strong": 3.0, "usual": 2.0, "weak": 1.0, "against": -1.5}
_RELATION = 2.5


def starter_lexicon(codes: Sequence[Code], language: str = "en") -> tuple[LexiconEntry, ...]:
    """Return the shipped entries of a language for the codes of a codebook, found by their path (see `shipped`).

    A shipped lexicon counts when the codebook has at least half of the headings it is written for; entries of a code
    that is missing go to the nearest code above that is there. Equal patterns of one code are joined.
    """
    placing = Placing(codes)
    found: dict[tuple[str, str], LexiconEntry] = {}
    for _, content in shipped_files("lexicons", f"-{language}"):
        if not placing.suits(content):
            continue
        for path, words in content.items():
            code_id, exact = placing.place(path)
            for entry in _entries(code_id, words) if code_id else ():
                # What speaks against a code says nothing against the code above it.
                if (exact or entry.weight > 0) and (code_id, entry.pattern) not in found:
                    found[(code_id, entry.pattern)] = entry
    return tuple(found[key] for key in sorted(found))


def lexicon_of(study: Study, language: str) -> tuple[LexiconEntry, ...]:
    """Return the shipped entries with a study's own: these go before a shipped one of the same code and words.

    A weight of 0 switches an entry off: its words are no reason then, not even one of no weight.
    """
    own = study.lexicon or ()
    written = {(entry.code_id, entry.pattern.casefold()) for entry in own}
    shipped = starter_lexicon(study.codes, language)
    unwritten = (entry for entry in shipped if (entry.code_id, entry.pattern.casefold()) not in written)
    return (*unwritten, *(entry for entry in own if entry.weight))


def _entries(code_id: str, words: Mapping[str, Sequence[str]]) -> Iterator[LexiconEntry]:
    for strength, weight in _WEIGHTS.items():
        for phrase in words.get(strength, ()):
            yield LexiconEntry(code_id, phrase, LexiconKind.PHRASE, weight, f"{code_id}:{phrase}")
    for pattern in words.get("relations", ()):
        yield LexiconEntry(code_id, pattern, LexiconKind.RELATION, _RELATION, f"{code_id}:{pattern}")
