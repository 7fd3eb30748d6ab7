"""What a table is about: the codings counted, how they are chosen, and the groups its rows and columns stand for.

Counting itself is in `analysis.crosstab`. Names and sentences for people are made elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from kamcoder.domain.codebook import Codebook


# A named tuple, since 50,000 of them are made for one table and a frozen dataclass costs five times as much.
class CodedSpan(NamedTuple):
    """One coding as it is counted; `start` and `end` are code points of the document.

    `origin` is a value of `Origin`; `role` is a value of `SpeakerRole`, that of the speaker at `start`, or None where
    nobody is known to speak; `participant_id` is the participant this speaker is linked to.
    """

    id: str
    document_id: str
    code_id: str
    coder_id: str
    start: int
    end: int
    origin: str
    role: str | None = None
    participant_id: str | None = None


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings are counted; None takes all. None among `roles` takes spans where nobody is known to speak."""

    coders: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    roles: frozenset[str | None] | None = None
    documents: frozenset[str] | None = None
    participants: frozenset[str] | None = None
    codes: frozenset[str] | None = None

    def chosen(self, codings: Iterable[CodedSpan]) -> list[CodedSpan]:
        """Return the codings that pass, in their order."""
        found = list(codings)
        for name, wanted in (
            ("coder_id", self.coders),
            ("origin", self.origins),
            ("role", self.roles),
            ("document_id", self.documents),
            ("participant_id", self.participants),
            ("code_id", self.codes),
        ):
            if wanted is not None:
                of = itemgetter(CodedSpan._fields.index(name))
                found = [coding for coding in found if of(coding) in wanted]
        return found


class AxisField(StrEnum):
    """The part of a coding that decides in which row or column it stands; the value is the name in `CodedSpan`."""

    DOCUMENT = "document_id"
    CODE = "code_id"
    CODER = "coder_id"
    PARTICIPANT = "participant_id"
    CODING = "id"


@dataclass(frozen=True, slots=True)
class Group:
    """One row or column: `key` names it (the id of a case, a code, a participant, or an attribute value).

    `members` are the ids of the axis' field that it takes in; a case, for example, is a group of documents.
    """

    key: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows or the columns of a table, in order; groups may share members."""

    field: AxisField
    groups: tuple[Group, ...]

    def places(self) -> dict[str, tuple[int, ...]]:
        """Return for each member the positions of the groups it stands in."""
        found: dict[str, list[int]] = {}
        for position, group in enumerate(self.groups):
            for member in group.members:
                found.setdefault(member, []).append(position)
        return {member: tuple(positions) for member, positions in found.items()}


def code_axis(codebook: Codebook, code_ids: Iterable[str]) -> Axis:
    """Return one group for each code, with all codes below it; raise NotFound for an unknown code."""
    groups = (Group(codebook.get(code_id).id, codebook.subtree(code_id)) for code_id in code_ids)
    return Axis(AxisField.CODE, tuple(groups))


def grouped_documents(order: Sequence[str], document_groups: Mapping[str, Iterable[str]]) -> Axis:
    """Return one group of documents for each key in `order`, empty ones too.

    `document_groups` gives for a document id the keys it belongs to: its cases, or the values of an attribute.
    """
    return grouped(AxisField.DOCUMENT, order, document_groups)


def grouped(field: AxisField, order: Sequence[str], member_groups: Mapping[str, Iterable[str]]) -> Axis:
    """Return one group of members for each key in `order`; see `grouped_documents`."""
    members: dict[str, set[str]] = {key: set() for key in order}
    for member, keys in member_groups.items():
        for key in keys:
            if key in members:
                members[key].add(member)
    return Axis(field, tuple(Group(key, frozenset(found)) for key, found in members.items()))


def single_axis(field: AxisField, ids: Iterable[str]) -> Axis:
    """Return one group for each id: every document, coder or participant by itself, or codes without children."""
    return Axis(field, tuple(Group(key, frozenset({key})) for key in dict.fromkeys(ids)))
