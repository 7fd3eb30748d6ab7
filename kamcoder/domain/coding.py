"""Coders, codings, and the passages they make."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.document import TextSpan


class CoderKind(StrEnum):
    """A person, or the consensus reached by several."""

    PERSON = "person"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Coder:
    """Person whose codings are compared; `consensus` is a Coder too."""

    id: str
    name: str
    kind: CoderKind
    created_at: str


class WorkState(StrEnum):
    """How far a coder is with a document; no state at all means that the coder has nothing to do with it yet."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class Origin(StrEnum):
    """How a coding came to be; kept for ever."""

    MANUAL = "manual"
    IN_VIVO = "in_vivo"
    SEARCH = "search"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on a span by a coder; `quote` is the text under the span, kept to prove the positions."""

    id: str
    document_id: str
    span: TextSpan
    quote: str
    code_id: str
    coder_id: str
    origin: Origin
    created_at: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding with its text and names, for display; `reference` is how it is cited, such as `A-CEO ¶14`."""

    coding: Coding
    document: str
    code_path: str
    coder: str
    cases: tuple[str, ...]
    paragraph: int
    speaker: str | None
    guide_question: str | None
    memo: str

    @property
    def reference(self) -> str:
        """Return the citation: document and paragraph."""
        return f"{self.document} ¶{self.paragraph}"
