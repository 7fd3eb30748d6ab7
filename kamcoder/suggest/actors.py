"""Finding actors in texts: spaCy's entity ruler over the wordings of roles. No model is needed, nothing is learned.

The wordings that ship are the lines of `resources/actors/*.jsonl`, as spaCy reads them: a string is found in any case,
a list of `{"TEXT": …}` as it is written. Their labels tell one's own firm (FIRM) from the customer (CUSTOMER); NONE
marks words that only look like an actor, such as a board game. Longer words win over shorter ones inside them.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kamcoder import paths
from kamcoder.domain.actor import Mention, Wording, of_customer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRuler
    from spacy.tokens import Doc, Span

# Words with their combining marks, or single signs. A hyphen between two words parts them, so that key-account
# manager and key account manager are the same; no wording reaches past the end of a paragraph.
_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\n|[^\w\s]")
_HYPHENS = frozenset("-\u00ad‐‑")

# Clear signs that somebody stands on the other side of the table, right before or after the words.
_BEFORE = re.compile(
    r"\b(?:(?:customer|client|retailer|buyer)(?:['’]?s|s['’])|their|its(?=\s+own)|hun)\s+(?:own\s+|eigen\s+)?$",
    re.I,
)
_AFTER = re.compile(
    r"^,?\s+(?:(?:of|at|from|on)\s+(?:the|our|that|a|their)\s+(?:own\s+)?(?:customers?|clients?|retailers?|other side)"
    r"|(?:of|from|on)\s+their\s+side|(?:van|bij)\s+(?:de|onze|een)\s+klant(?:en)?)\b",
    re.I,
)
_Token = tuple[str, int, int]  # a word or sign, and its place
_Pattern = dict[str, str | list[dict[str, Any]]]
_REACH = 24  # code points looked at on either side for such a sign; the longest is shorter
_AND = frozenset({"and", "or", "&", "/", ",", "en", "of"})
# Said in passing or as a witness, it tells nothing of what the speaker does.
_ASIDE = (
    r"I(?=\s+(?:mean|guess|suppose|think|believe|understand|have the impression|(?:would|should|must) say"
    r"|don['’]?t (?:know|think))\b)|I(?=['’]ve forgotten\b)|(?<=[Aa]s )I(?= said\b)|(?<=should )I(?= say\b)"
    r"|(?<=shall )I(?= say\b)|I(?=(?:['’]ve| have)(?: never| yet| once){0,2} (?:seen|heard)\b)"
    r"|I(?= see (?:why|that|it)\b)"
)
_FIRST_PERSON = re.compile(
    rf"\b(?:(?P<aside>{_ASIDE})"
    r"|(?P<one>I|me|myself|mine|ik|mij|mezelf|ikzelf)|(?P<many>we|us|ourselves|wij|ons|onszelf))\b(?![/&])"
)
_CAPITAL = re.compile(r"\b(?:Me|Myself|Mine|Ik|Mij|We|Us|Wij|Ons)\b")


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """A word by which a speaker names himself, alone or among others."""

    start: int
    end: int
    several: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the resources."""

    wording: Wording
    label: str


def shipped_wordings() -> tuple[Wording, ...]:
    """Return the wordings that ship, in the order of their roles; loads no spaCy."""
    return tuple(line.wording for line in _lines() if line.label != "NONE")


def no_actors() -> tuple[Wording, ...]:
    """Return the words that only look like an actor."""
    return tuple(line.wording for line in _lines() if line.label == "NONE")


def customer_roles() -> frozenset[str]:
    """Return the roles that only a customer has."""
    return frozenset(line.wording.role_id for line in _lines() if line.label == "CUSTOMER")


class ActorFinder:
    """Finds the actors of given wordings; made once, used on many texts."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        patterns: dict[bool, list[_Pattern]] = {True: [], False: []}
        for line in _lines():
            if line.label == "NONE":
                patterns[line.wording.exact].append(_pattern("NONE", line.wording))
        for wording in wordings:
            if wording.enabled and _tokens(wording.text):
                patterns[wording.exact].append(_pattern("ACTOR", wording))
                self._known[tuple(word.lower() for word, _, _ in _tokens(wording.text))] = wording.role_id
        self._keys = frozenset(max(words, key=len) for words in self._known)
        self._ends = frozenset("\n.?!").difference(*self._known) | {"\n"}
        self._vocab = _language().vocab
        # Two rulers, since phrases are found ten times as fast as patterns of tokens, and a ruler reads all its phrases
        # in one way: in any case, or as they are written.
        self._rulers = [_ruler(found, exact=exact) for exact, found in patterns.items() if found]
        self._customers = customer_roles()

    def find(self, text: str) -> list[Mention]:
        """Return the actors named in a text in order, without overlaps; linear in its length."""
        tokens = self._promising(_tokens(text))
        if not tokens:
            return []
        doc = _doc(self._vocab, [word for word, _, _ in tokens])
        found: list[Mention] = []
        for entity in _longest(entity for ruler in self._rulers for entity in _entities(ruler, doc)):
            if entity.label_ == "NONE":
                continue
            start, end = tokens[entity.start][1], tokens[entity.end - 1][2]
            theirs = _is_customers(text, start, end)
            earlier = self._shared_noun(tokens, entity.start, entity.end)
            found += [self._mention(role, place, reach, theirs) for role, place, reach in reversed(earlier)]
            found.append(self._mention(entity.ent_id_, start, end, theirs))
        return found

    def _promising(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Return the tokens of the sentences with the longest word of a wording: most have none and need no spaCy."""
        kept: list[_Token] = []
        start, wanted = 0, False
        for place, (word, _, _) in enumerate(tokens):
            wanted = wanted or word.lower() in self._keys
            if word in self._ends:
                kept += tokens[start : place + 1] if wanted else []
                start, wanted = place + 1, False
        return kept + list(tokens[start:]) if wanted else kept

    def first(self, text: str) -> str | None:
        """Return the actor that a short text such as a job title names first."""
        found = self.find(text)
        return found[0].actor if found else None

    def _mention(self, role: str, start: int, end: int, theirs: bool) -> Mention:
        return Mention(of_customer(role) if theirs and role not in self._customers else role, start, end)

    def _shared_noun(self, tokens: Sequence[_Token], start: int, end: int) -> list[tuple[str, int, int]]:
        """Return the roles that share their noun with the one at [start, end): sales in `sales or marketing director`.

        They come as (role, start, end), the nearest first.
        """
        if end - start < 2:
            return []
        noun, found, place = tokens[end - 1][0].lower(), [], start
        while place >= 2 and tokens[place - 1][0].lower() in _AND:
            word, begin, stop = tokens[place - 2]
            role = self._known.get((word.lower(), noun))
            if role is None:
                break
            found.append((role, begin, stop))
            place -= 2
        return found


def first_persons(text: str) -> list[FirstPerson]:
    """Return where a speaker names himself, but for asides such as `I mean` and `I think`."""
    flat = _CAPITAL.sub(lambda match: match.group().lower(), text)
    return [
        FirstPerson(match.start(), match.end(), match.lastgroup == "many")
        for match in _FIRST_PERSON.finditer(flat)
        if match.lastgroup != "aside"
    ]


def _is_customers(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH + 8]
    return bool(_BEFORE.search(before) or _AFTER.search(after))


def _tokens(text: str) -> list[_Token]:
    """Return the words and signs of a text with their places; hyphens inside compounds are left out."""
    return [
        (word if word.isascii() else unicodedata.normalize("NFC", word), start, end)
        for word, start, end in ((match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))
        if word not in _HYPHENS or not _joins(text, start)
    ]


def _joins(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()


def _pattern(label: str, wording: Wording) -> _Pattern:
    words = " ".join(word for word, _, _ in _tokens(wording.text))
    return {"label": label, "pattern": words, "id": wording.role_id}


def _ruler(patterns: list[_Pattern], *, exact: bool) -> "EntityRuler":
    # Made apart from the pipeline, which all finders share: patterns cannot be taken out of a ruler again.
    config = {"phrase_matcher_attr": "ORTH" if exact else "LOWER"}
    ruler: EntityRuler = _language().create_pipe("entity_ruler", config=config)  # type: ignore[assignment]
    ruler.add_patterns(patterns)
    return ruler


def _entities(ruler: "EntityRuler", doc: "Doc") -> "Sequence[Span]":
    found = ruler(doc).ents
    if found:
        doc.ents = ()  # one ruler must not keep the other from its own
    return found


def _longest(spans: Iterable["Span"]) -> "list[Span]":
    from spacy.util import filter_spans

    return filter_spans(spans)


@cache
def _language() -> "Language":
    import spacy

    language = spacy.blank("en")
    language.tokenizer = lambda text: _doc(language.vocab, [word for word, _, _ in _tokens(text)])
    return language


def _doc(vocab: Any, words: list[str]) -> "Doc":
    from spacy.tokens import Doc

    return Doc(vocab, words=words)


@cache
def _lines() -> tuple[_Line, ...]:
    return tuple(_read())


def _read() -> Iterator[_Line]:
    order: dict[str, int] = {}
    found: list[_Line] = []
    for name in ("english.jsonl", "dutch.jsonl", "no-actors.jsonl"):
        for text in (paths.resources() / "actors" / name).read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            pattern = line["pattern"]
            exact = not isinstance(pattern, str)
            shown = " ".join(token["TEXT"] for token in pattern) if exact else pattern
            order.setdefault(line["id"], len(order))
            found.append(_Line(Wording(line["id"], shown, exact), line["label"]))
    yield from sorted(found, key=lambda item: order[item.wording.role_id])
