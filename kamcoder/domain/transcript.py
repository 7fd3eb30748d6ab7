"""What an importer makes of a file before anything is stored: paragraphs, then a transcript with turns.

`Extracted` is what a format reader gives (no interpretation of speech); `Transcript` is what the turn reader makes of
it. Both are plain values, so that a person or a script can correct the reading and have it done again.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.errors import Notice


class ParagraphKind(StrEnum):
    """What a paragraph is in its file."""

    BODY = "body"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a file: a single line (no line end), with what the format says about it.

    `bold` holds half-open code-point intervals of `text` set in bold (or strong), ascending and disjoint.
    `cells` holds the cells' texts of a TABLE_ROW in order, and `text` the same joined with a tab.
    `start` and `end` are seconds and `voice` the speaker, when the format itself gives them (subtitle cues).
    `gap_before` tells that an empty line or paragraph stood before this one.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    bold: tuple[tuple[int, int], ...] = ()
    cells: tuple[str, ...] = ()
    start: float | None = None
    end: float | None = None
    voice: str | None = None
    gap_before: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """The paragraphs of one file in reading order, `format` the reader's key, `encoding` where bytes were decoded."""

    format: str
    encoding: str | None
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the interview guide: `number` such as "Q6", what it is about, and ways it may be worded."""

    number: str
    about: str
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnOptions:
    """Corrections to the turn reader, all keyed by the speaker label as detected.

    `roles` sets who interviews; `renamed` gives a speaker another name (two labels renamed alike become one speaker);
    `not_speakers` are labels that are ordinary text after all; `structured=False` reads the file as plain prose.
    """

    roles: dict[str, SpeakerRole] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    not_speakers: frozenset[str] = frozenset()
    structured: bool = True


@dataclass(frozen=True, slots=True)
class SpeakerDraft:
    """A speaker found in a transcript; `labels` are the spellings it was found under, `name` the first or corrected."""

    name: str
    role: SpeakerRole
    labels: tuple[str, ...] = ()
    turns: int = 0


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn found in a transcript: [start, end) of the transcript's text, `speaker` a SpeakerDraft's name."""

    start: int
    end: int
    kind: TurnKind
    speaker: str | None = None
    guide_question: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text as it will be frozen, with speakers and turns.

    Turns are in order, do not overlap, and together cover every paragraph; a turn begins at the first character of a
    paragraph and ends at the last one of a paragraph (the LF between two turns belongs to neither).
    """

    text: str
    speakers: tuple[SpeakerDraft, ...]
    turns: tuple[TurnDraft, ...]
    notices: tuple[Notice, ...] = ()
