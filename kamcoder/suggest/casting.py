"""Who is who in a text, as patterns of spaCy's span ruler: titles of management roles, other words, names of the cast.

The titles are those of the actors (`resources/actors`), with what a project has added to them or switched off; which
side a role is on stands in `involvement.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kamcoder import paths
from kamcoder.domain.actor import Wording
from kamcoder.domain.suggesting import ActorRole, CastMember
from kamcoder.suggest.actors import no_actors, shipped_wordings
from kamcoder.suggest.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

#: The label of words that only look like an actor.
NOBODY = "NONE"


def cast_patterns(nlp: "Language", cast: Sequence[CastMember], wordings: Sequence[Wording]) -> list[dict[str, Any]]:
    """Return the patterns: label the side, id the document they hold in, empty for all.

    The cast goes before titles of the same words, and words of the project before those that ship.
    """
    named = {(member.name.casefold(), member.document_id or "") for member in cast}
    found: list[dict[str, Any]] = [
        {"label": member.role.value, "pattern": member.name, "id": member.document_id or ""}
        for member in cast
        if member.name.strip()
    ]
    for wording in _in_use(wordings):
        place = wording.document_id or ""
        side = _sides().get(wording.role_id)
        if side is not None and (wording.text.casefold(), place) not in named:
            found.append({"label": side, "pattern": _words(nlp, wording), "id": place})
    found += [{"label": NOBODY, "pattern": _words(nlp, wording), "id": ""} for wording in no_actors()]
    for role, phrases in vocabulary(nlp.lang or "").actors:
        found += [
            {"label": role.value, "pattern": form, "id": ""}
            for phrase in phrases
            for form in (phrase, f"{phrase}s")
            if (form.casefold(), "") not in named
        ]
    return found


def _in_use(wordings: Sequence[Wording]) -> Iterator[Wording]:
    touched = {(item.role_id, item.text): item for item in wordings if item.document_id is None}
    for shipped in shipped_wordings():
        if touched.pop((shipped.role_id, shipped.text), shipped).enabled:
            yield shipped
    yield from (item for item in touched.values() if item.enabled)
    yield from (item for item in wordings if item.document_id is not None and item.enabled)


def _words(nlp: "Language", wording: Wording) -> str | list[dict[str, str]]:
    return [{"TEXT": token.text} for token in nlp.make_doc(wording.text)] if wording.exact else wording.text


@cache
def _sides() -> Mapping[str, str]:
    content = tomllib.loads((paths.resources() / "actors" / "involvement.toml").read_text(encoding="utf-8"))
    return {role: ActorRole(side).value for side, roles in content.items() for role in roles}
