"""Proposed codings, never counted anywhere until a person takes them."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.document import TextSpan


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed coding for `coder_id`, with its score in [0, 1], its rank (1 = first) and why it was made."""

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
