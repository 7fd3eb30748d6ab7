"""What is known of a language before anybody has coded: words for people, for reasons, for denial, small talk."""

import tomllib
from dataclasses import dataclass
from functools import cache

from kamcoder import paths
from kamcoder.domain.suggesting import ActorRole
from kamcoder.suggest.words import stems


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists of one language; phrases as written, `reasons` and `negation` as stems.

    `actors` are words for people that name no role, as `actors` of this folder knows them.
    """

    actors: tuple[tuple[ActorRole, tuple[str, ...]], ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    reasons: tuple[tuple[str, ...], ...]
    negation: frozenset[str]
    small_talk: tuple[str, ...]
    fillers: tuple[str, ...]


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the lists of a language; empty ones where none ship."""
    path = paths.resources() / "suggest" / f"{language}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8")) if language.isalpha() and path.is_file() else {}
    connectives, talk = content.get("connectives", {}), content.get("small_talk", {})
    return Vocabulary(
        tuple((ActorRole(role), tuple(phrases)) for role, phrases in content.get("actors", {}).items()),
        tuple(connectives.get("strong", ())),
        tuple(connectives.get("weak", ())),
        tuple(tuple(stems(phrase)) for phrase in content.get("reasons", {}).get("words", ())),
        frozenset(word for phrase in content.get("negation", {}).get("words", ()) for word in stems(phrase)),
        tuple(talk.get("phrases", ())),
        tuple(talk.get("fillers", ())),
    )
