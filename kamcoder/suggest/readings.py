"""What is kept of a sentence once it has been read: features for the learner, stems and actors for the rules.

Features are strings with a letter for their group: `w` words and word pairs, `c` characters, `d` who does what to whom
(relations of the parse; without a model, words near an actor).
"""

from dataclasses import dataclass
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
    text = token.lower_.replace("’", "'")
    short = {"n't": "not", "ca": "can", "wo": "will", "'s": "'s", "'re": "be", "'ve": "have", "'m": "be"}.get(text)
    if short is not None:
        return stem(short)
    found = stems(text)
    return found[0] if len(found) == 1 else text


def reading_of(span: "Span | Doc") -> Reading:
    """Return the reading of a sentence whose tokens carry stems (norm) and actors."""
    start = span[0].idx if len(span) else 0
    tokens = tuple(
        (token.idx - start, token.idx - start + len(token), token.norm_, token._.actor)
        for token in span
        if not token.is_space
    )
    words = [text for _, _, text, _ in tokens if any(character.isalnum() for character in text)]
    parsed = any(token.dep for token in span)
    relations = _relations(span) if parsed else []
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


def _relations(span: "Span | Doc") -> list[str]:
    found: list[str] = []
    for token in span:
        if token.is_punct or token.is_space:
            continue
        name = _name(token)
        if token.pos_ in ("NOUN", "VERB", "ADJ", "PROPN", "ADV"):
            found.append(f"d {name}")
        if token.dep_ in _RELATIONS and token.head is not token:
            head = token.head.head if token.dep_ == "pobj" else token.head
            found.append(f"d {_name(head)}>{token.dep_}>{name}")
    return found


def _name(token: "Token") -> str:
    return str(token._.actor or token.lemma_.lower())


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
