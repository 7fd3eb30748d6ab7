"""Documents, their turns, and places in their text.

A document's text is what was said: speaker names, times and other apparatus of the transcript are turns, not text. It
is frozen at import, has LF line ends, and one line is one paragraph. All positions are Unicode code points.
"""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Half-open interval [start, end) in code points of a document's LF text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidInput("span_empty", start=self.start, end=self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "TextSpan") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "TextSpan") -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` under this span; raise InvalidInput if it reaches past the end."""
        if self.end > len(text):
            raise InvalidInput("span_outside", start=self.start, end=self.end, length=len(text))
        return text[self.start : self.end]


class SpeakerRole(StrEnum):
    """What a speaker does in the interview."""

    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    OTHER = "other"


class TurnKind(StrEnum):
    """Whether a turn asks, answers, or is neither (title, note, text without speakers)."""

    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"


KIND_OF_ROLE = {
    SpeakerRole.INTERVIEWER: TurnKind.QUESTION,
    SpeakerRole.INTERVIEWEE: TurnKind.ANSWER,
    SpeakerRole.OTHER: TurnKind.NOTE,
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of one document, named as in the transcript; may be linked to a participant."""

    id: str
    document_id: str
    name: str
    role: SpeakerRole
    participant_id: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of a document; `time` is its start in seconds, `guide_question` a number such as "Q6"."""

    id: str
    document_id: str
    position: int
    span: TextSpan
    kind: TurnKind
    speaker_id: str | None = None
    guide_question: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An imported transcript without its text, which is read on demand; `length` is in code points."""

    id: str
    name: str
    format: str
    encoding: str | None
    text_hash: str
    length: int
    original_name: str
    imported_at: str


def paragraph_number(text: str, position: int) -> int:
    """Return the 1-based number of the paragraph that holds `position`, as cited in `A-CEO ¶14`."""
    return text.count("\n", 0, position) + 1
