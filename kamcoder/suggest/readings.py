"""What is kept of a sentence once it has been read: features for the learner, stems and actors for the rules.

Features are strings with a letter for their group: `w` words and word pairs, `c` characters, `d` who does what to whom
(relations of the parse; without a model, words near an actor).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kamcoder.suggest.words import STOP, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

GROUPS = ("w", "c", "d")

#: How many words around an actor stand for a relation where there is no parse.
_NEAR = 5
_RELATIONS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "agent", "attr", "conj", "prep", "dative", "neg", "xcomp"}
)
#: The tags of nouns, verbs, adjectives and adverbs.
_MEANING = ("NN", "VB", "JJ", "RB")
_CHARACTERS = (3, 4, 5)
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the learner and the rules see it.

    `tokens` are (start, end, stem, actor role or empty) relative to the sentence.
    """

    features: tuple[tuple[str, ...], ...]
    tokens: tuple[tuple[int, int, str, str], ...]


def token_stem(token: "Token") -> str:
    """Return the stem of a token, as `words.stems` would give it."""
    return _stem_of(token.lower_)


@lru_cache(maxsize=65536)
def _stem_of(lower: str) -> str:
    text = lower.replace("’", "'")
    short = {"n't": "not", "ca": "can", "wo": "will", "'s": "'s", "'re": "be", "'ve": "have", "'m": "be"}.get(text)
    if short is not None:
        return stem(short)
    found = stems(text)
    return found[0] if len(found) == 1 else text


def reading_of(span: "Span | Doc") -> Reading:
    """Return the reading of a sentence whose tokens carry stems (norm) and whose doc has the spans of actors."""
    start = span[0].idx if len(span) else 0
    # Asking every token for its actor takes as long as all the rest.
    doc = span[0].doc if len(span) else None
    actors = (
        {i: found.label_ for found in doc.spans.get("actors", ()) for i in range(found.start, found.end)} if doc else {}
    )
    tokens = tuple(
        (token.idx - start, token.idx - start + len(token), token.norm_, actors.get(token.i, ""))
        for token in span
        if not token.is_space
    )
    words = [text for _, _, text, _ in tokens if any(character.isalnum() for character in text)]
    parsed = doc is not None and doc.has_annotation("DEP")
    relations = _relations(span, actors) if parsed else []
    return Reading((_words(words), _characters(words), tuple(sorted({*relations, *_nearby(tokens)}))), tokens)


def _words(words: list[str]) -> tuple[str, ...]:
    single = {f"w {word}" for word in words if word not in STOP or word in ("not", "no", "we", "they", "he", "i")}
    pairs = {f"w {a} {b}" for a, b in pairwise(words)}
    return tuple(sorted(single | pairs))


def _characters(words: list[str]) -> tuple[str, ...]:
    found: set[str] = set()
    for word in words:
        padded = f" {word[:_LONGEST_WORD]} "
        for size in _CHARACTERS:
            found.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return tuple(sorted(f"c {gram}" for gram in found))


def _relations(span: "Span | Doc", actors: Mapping[int, str]) -> list[str]:
    found: list[str] = []
    for token in span:
        if token.is_punct or token.is_space:
            continue
        actor, relation = actors.get(token.i), token.dep_
        name = actor or token.norm_
        if token.tag_.startswith(_MEANING) and (actor or name not in STOP):
            found.append(f"d {name}")
        if relation in _RELATIONS and token.head is not token:
            head = token.head.head if relation == "pobj" else token.head
            found.append(f"d {actors.get(head.i) or head.norm_}>{relation}>{name}")
    return found


def _nearby(tokens: tuple[tuple[int, int, str, str], ...]) -> list[str]:
    found: list[str] = []
    for place, (_, _, _, actor) in enumerate(tokens):
        if not actor:
            continue
        found.append(f"d {actor}")
        for _, _, other, role in tokens[max(0, place - _NEAR) : place + _NEAR + 1]:
            name = role or other
            if name != actor and other not in STOP and any(character.isalnum() for character in name):
                found.append(f"d {actor}~{name}")
    return found
