"""Notes on any entity."""

from dataclasses import dataclass
from enum import StrEnum


class MemoTarget(StrEnum):
    """What a memo can be about."""

    PROJECT = "project"
    DOCUMENT = "document"
    CASE = "case"
    PARTICIPANT = "participant"
    CODE = "code"
    CODING = "coding"


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note on one entity."""

    id: str
    target: MemoTarget
    target_id: str
    coder_id: str
    title: str
    text: str
    created_at: str
    modified_at: str
