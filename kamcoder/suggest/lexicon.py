"""Words that speak for codes: those shipped for known codebooks, and what a project adds."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kamcoder import paths
from kamcoder.domain.codebook import PATH_SEPARATOR, Code, Codebook
from kamcoder.domain.suggesting import LexiconEntry, LexiconKind

_WEIGHTS = {"strong": 3.0, "usual": 2.0, "weak": 1.0, "against": -1.5}
_RELATION = 2.5


def starter_lexicon(codes: Sequence[Code]) -> tuple[LexiconEntry, ...]:
    """Return the shipped entries for the codes of a codebook, found by their path without regard to case.

    A shipped lexicon counts when the codebook has at least half of the headings it is written for; entries of a code
    that is missing go to the nearest code above that is there. Equal patterns of one code are joined.
    """
    book = Codebook(tuple(codes))
    known = {book.path(code.id).casefold(): code.id for code in codes}
    found: dict[tuple[str, str], LexiconEntry] = {}
    for content in _shipped():
        headings = {path.split(PATH_SEPARATOR)[0].casefold() for path in content}
        if 2 * len(headings & set(known)) < len(headings):
            continue
        for path, words in content.items():
            code_id, exact = _placed(path.casefold(), known)
            for entry in _entries(code_id, words) if code_id else ():
                # What speaks against a code says nothing against the code above it.
                if (exact or entry.weight > 0) and (code_id, entry.pattern) not in found:
                    found[(code_id, entry.pattern)] = entry
    return tuple(found[key] for key in sorted(found))


def _placed(path: str, known: Mapping[str, str]) -> tuple[str, bool]:
    steps = path.split(PATH_SEPARATOR)
    for length in range(len(steps), 0, -1):
        code_id = known.get(PATH_SEPARATOR.join(steps[:length]))
        if code_id is not None:
            return code_id, length == len(steps)
    return "", False


def _entries(code_id: str, words: Mapping[str, Sequence[str]]) -> Iterator[LexiconEntry]:
    for strength, weight in _WEIGHTS.items():
        for phrase in words.get(strength, ()):
            yield LexiconEntry(code_id, phrase, LexiconKind.PHRASE, weight, f"{code_id}:{phrase}")
    for pattern in words.get("relations", ()):
        yield LexiconEntry(code_id, pattern, LexiconKind.RELATION, _RELATION, f"{code_id}:{pattern}")


@cache
def _shipped() -> tuple[dict[str, dict[str, Any]], ...]:
    folder = paths.resources() / "lexicons"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))
