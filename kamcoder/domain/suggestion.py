"""Proposed codings, never counted anywhere until a person takes them, and what suggestions are made from."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.document import TextSpan


class SuggestionState(StrEnum):
    """What became of a suggestion; POSTPONED is "not now"."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed coding for `coder_id` and what he decided, with score in [0, 1], rank (1 = first) and reason.

    `coding_id` is the coding it became; None if it became none, or if that coding is gone.
    """

    id: str
    document_id: str
    span: TextSpan
    code_id: str
    coder_id: str
    state: SuggestionState
    score: float
    rank: int
    reason: str
    model_version: str
    created_at: str
    decided_at: str | None = None
    coding_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion that a coder had before his eyes, with the score and rank it had then."""

    coder_id: str
    document_id: str
    code_id: str
    span: TextSpan
    score: float
    rank: int
    model_version: str


@dataclass(frozen=True, slots=True)
class MutedCode:
    """Whether a code is suggested to a coder; `automatic` if the program muted it because few were taken."""

    coder_id: str
    code_id: str
    muted: bool
    automatic: bool
    changed_at: str
