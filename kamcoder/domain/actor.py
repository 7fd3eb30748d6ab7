"""Actors: the management roles that passages name, the wordings by which they are known, and what was put right.

An actor is told by a key: the id of a role for one's own firm, the same after `customer/` for the customer's people.
"""

from dataclasses import dataclass
from enum import StrEnum

_CUSTOMER = "customer/"


@dataclass(frozen=True, slots=True)
class ActorRole:
    """A role of the project's own beside those that ship."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words by which a role is known; `id` is None for those that ship and were never touched.

    `exact` words are found only as they are written, others in any case. With a `document_id` they hold in that
    document alone: a name, say. `enabled` tells whether they are looked for.
    """

    role_id: str
    text: str
    exact: bool
    enabled: bool = True
    document_id: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named at [start, end), in code points of the text that was looked at."""

    actor: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActorCorrection:
    """What somebody put right at a coding: an actor that is there though not found, or found though not there."""

    id: str
    coding_id: str
    actor: str
    present: bool
    coder_id: str
    created_at: str


class OwnVoice(StrEnum):
    """Whether a speaker who says I, or we too, counts as an actor in the passage."""

    OFF = "off"
    I_ALONE = "I"
    I_AND_WE = "I and we"


def of_customer(role_id: str) -> str:
    """Return the key of the customer's holder of a role."""
    return _CUSTOMER + role_id


def role_of(actor: str) -> tuple[str, bool]:
    """Return the role of an actor, and whether it is the customer's."""
    return actor.removeprefix(_CUSTOMER), actor.startswith(_CUSTOMER)


def exact_by_default(text: str) -> bool:
    """Tell whether words are better found only as written: abbreviations and names, which may clash with words."""
    return " " not in text.strip() and text != text.lower()
