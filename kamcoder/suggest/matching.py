"""The lexicon as spaCy matchers: phrases, expressions of words, and relations between actors.

A pattern is checked before it is used: `check_pattern` raises with the reason, a matcher silently leaves out what
does not hold (a project file of another hand must not stop the suggestions).
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher, PhraseMatcher
from spacy.tokens import Doc

from kamcoder.domain.suggesting import ActorRole, LexiconEntry, LexiconKind, SuggestingError
from kamcoder.suggest.readings import token_stem
from kamcoder.suggest.words import stems

_GAP = 3
_SUBJECTS = ["nsubj", "nsubjpass", "agent", "csubj", "conj", "pobj"]
_OBJECTS = ["dobj", "pobj", "obj", "iobj", "dative", "attr", "nsubjpass", "conj"]
_FAR = 6
_ROLES = {role.value.casefold(): role.value for role in ActorRole}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens [start, end) of a Doc that a lexicon entry matched."""

    start: int
    end: int
    code_id: str
    pattern: str
    weight: float


def check_pattern(entry: LexiconEntry) -> None:
    """Raise SuggestingError (`lexicon_pattern`, with the pattern) if an entry cannot be matched."""
    try:
        _check(entry)
    except (ValueError, re.error) as error:
        raise SuggestingError("lexicon_pattern", pattern=entry.pattern, reason=str(error)) from None


def _check(entry: LexiconEntry) -> None:
    if not entry.pattern.strip() or len(entry.pattern) > _LONGEST:
        raise ValueError("empty or too long")
    if entry.kind is LexiconKind.REGEX:
        for word in entry.pattern.split():
            re.compile(word)
    elif entry.kind is LexiconKind.RELATION:
        _relation(entry.pattern)
    elif not entry.pattern.strip("* "):
        raise ValueError("no word")


class _Openers:
    """Words of which a sentence must have one before slow patterns are tried on it: most have none."""

    def __init__(self) -> None:
        self._norms: set[str] = set()
        self._any = False

    def add(self, norms: Iterable[str] | None) -> None:
        """Take the words of one more pattern; None for a pattern that may begin with any."""
        self._norms.update(norms or ())
        self._any = self._any or norms is None

    def may_open(self, norms: Set[str]) -> bool:
        """Tell whether a sentence with these words may hold one of the patterns."""
        return self._any or not self._norms.isdisjoint(norms)


class Matchers:
    """All matchers of a lexicon."""

    def __init__(self, nlp: Language, entries: tuple[LexiconEntry, ...]) -> None:
        self.entries = entries
        self._phrases = PhraseMatcher(nlp.vocab, attr="NORM")
        self._exact = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._words = Matcher(nlp.vocab)
        self._relations = DependencyMatcher(nlp.vocab)
        self._parsed = "parser" in nlp.pipe_names
        self._gaps = _Openers()
        self._verbs = _Openers()
        for number, entry in enumerate(entries):
            try:
                check_pattern(entry)
            except SuggestingError:
                continue
            self._add(nlp, str(number), entry)

    def _add(self, nlp: Language, key: str, entry: LexiconEntry) -> None:
        if entry.kind is LexiconKind.RELATION:
            subject, verbs, target = _relation(entry.pattern)
            if self._parsed:
                self._relations.add(key, [_tree(subject, verbs, target)])
                self._verbs.add(verbs)
            else:
                self._words.add(key, _orders(subject, verbs, target))
                self._gaps.add(verbs)
        elif entry.kind is LexiconKind.REGEX:
            self._words.add(key, [[{"LOWER": {"REGEX": word}} for word in entry.pattern.casefold().split()]])
            self._gaps.add(None)
        elif entry.kind is LexiconKind.EXACT:
            self._exact.add(key, [nlp.make_doc(entry.pattern.casefold())])
        elif "*" in entry.pattern:
            pattern = _with_gaps(nlp, entry.pattern)
            self._words.add(key, [pattern])
            self._gaps.add([next(part["NORM"] for part in pattern if "NORM" in part)])
        else:
            self._phrases.add(key, [_normed(nlp, entry.pattern)])

    def __call__(self, doc: Doc) -> list[Hit]:
        """Return the hits in a Doc with stems (norm) and actors, in order; nested hits of one entry are one."""
        found: dict[tuple[int, int], int] = {}
        for key, start, end in self._matches(doc):
            number = int(doc.vocab.strings[key])
            found[(number, end)] = max(start, found.get((number, end), start))
        hits = []
        for (number, end), start in found.items():
            entry = self.entries[number]
            hits.append(Hit(start, end, entry.code_id, entry.pattern, entry.weight))
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code_id, hit.pattern))

    def _matches(self, doc: Doc) -> Iterator[tuple[int, int, int]]:
        for matcher in (self._phrases, self._exact):
            if len(matcher):
                yield from matcher(doc)
        norms = {token.norm_ for token in doc}
        if len(self._words) and self._gaps.may_open(norms):
            yield from self._words(doc)
        if len(self._relations) and self._verbs.may_open(norms) and doc.has_annotation("DEP"):
            for key, tokens in self._relations(doc):
                yield key, min(tokens), max(tokens) + 1

    def to_bytes(self) -> bytes:
        """Return the entries."""
        rows = [[item.code_id, item.pattern, item.kind.value, item.weight, item.id] for item in self.entries]
        return bytes(srsly.msgpack_dumps(rows))

    @classmethod
    def from_bytes(cls, nlp: Language, data: bytes) -> "Matchers":
        """Return the matchers of entries written by `to_bytes`."""
        rows = srsly.msgpack_loads(data)
        return cls(nlp, tuple(LexiconEntry(c, p, LexiconKind(k), float(w), i) for c, p, k, w, i in rows))


def _normed(nlp: Language, phrase: str) -> Doc:
    doc = nlp.make_doc(phrase)
    for token in doc:
        token.norm_ = token_stem(token)
    return doc


def _with_gaps(nlp: Language, phrase: str) -> list[dict[str, Any]]:
    pattern: list[dict[str, Any]] = []
    for number, part in enumerate(part.strip() for part in phrase.split("*")):
        if number:
            pattern += [{"OP": "?", "IS_PUNCT": False}] * _GAP
        pattern += [{"NORM": token.norm_} for token in _normed(nlp, part)]
    return pattern


def _relation(pattern: str) -> tuple[str, list[str], str | None]:
    """Return (subject, verb stems, object) of `TM -> meet|visit -> customer`; raise ValueError if it is none."""
    parts = [part.strip() for part in pattern.split("->")]
    if len(parts) not in (2, 3) or not all(parts):
        raise ValueError("not of the form actor -> verb -> actor")
    verbs = [stem for word in parts[1].split("|") for stem in stems(word)[:1]]
    if not verbs:
        raise ValueError("no verb")
    return parts[0], verbs, parts[2] if len(parts) == 3 else None


def _one(name: str) -> dict[str, Any]:
    role = _ROLES.get(name.casefold())
    return (
        {"_": {"actor": role}} if role else {"NORM": {"IN": [stem for word in name.split("|") for stem in stems(word)]}}
    )


def _tree(subject: str, verbs: Sequence[str], target: str | None) -> list[dict[str, Any]]:
    tree: list[dict[str, Any]] = [{"RIGHT_ID": "verb", "RIGHT_ATTRS": {"NORM": {"IN": list(verbs)}}}]
    places = [("subject", subject, _SUBJECTS), ("object", target, _OBJECTS)]
    for name, who, relations in places:
        if who:
            attributes = {**_one(who), "DEP": {"IN": relations}}
            tree.append({"LEFT_ID": "verb", "REL_OP": ">>", "RIGHT_ID": name, "RIGHT_ATTRS": attributes})
    return tree


def _orders(subject: str, verbs: Sequence[str], target: str | None) -> list[list[dict[str, Any]]]:
    gap: list[dict[str, Any]] = [{"OP": "?", "IS_PUNCT": False}] * _FAR
    forward = [_one(subject), *gap, {"NORM": {"IN": list(verbs)}}]
    return [[*forward, *gap, _one(target)]] if target else [forward]
