"""The text of one document as Qt shows it: the same characters at the same places, with turns told apart by looks.

Speaker names, times and paragraph numbers are never in the text; the gutter paints them from the `Lead`s made here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFrameFormat

from kamcoder.domain.document import Speaker, SpeakerRole, Turn, TurnKind
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.theme import Look, line_height

TOP_MARGIN, BOTTOM_MARGIN = 20, 120
PARAGRAPH_GAP = 10
TURN_GAP = 18
_LONGEST = 5000  # a longer paragraph is shown in pieces: Qt lays a paragraph out whole
_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")

# What Qt would take for ends of paragraphs or drop is shown as something of the same length.
_STAND_INS = {
    0x0000: "\ufffd",
    0x000D: " ",
    0x2028: " ",
    0x2029: " ",
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
    0xFEFF: "\u2060",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_STRANGE = re.compile("[\x00\r\u2028\u2029\ufdd0\ufdd1\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Lead:
    """What the gutter says beside a displayed paragraph: its number (0: it goes on), speaker and time of its turn."""

    number: int
    speaker: str
    asks: bool
    time: float | None


#: start and end of a turn, its kind, its speaker's id, its time
TurnLine = tuple[int, int, str, str | None, float | None]


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready to be shown: its text, how positions convert, and whose words its displayed paragraphs are.

    `numbers` and `owners` go with `pieces`: the number of the paragraph (0: it goes on) and the turn (-1: none).
    """

    text: str
    offsets: Offsets
    pieces: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]
    owners: tuple[int, ...]
    turns: tuple[TurnLine, ...]
    speakers: Mapping[str | None, Speaker]
    paragraph_starts: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, text: str, turns: Sequence[Turn], speakers: Sequence[Speaker]) -> "Page":
        """Make the page of a document."""
        lines = [(turn.span.start, turn.span.end, turn.kind.value, turn.speaker_id, turn.time) for turn in turns]
        return cls.of_lines(text, lines, speakers)

    @classmethod
    def of_lines(cls, text: str, turns: Sequence[TurnLine], speakers: Sequence[Speaker]) -> "Page":
        """Make the page of a document from bare turns: a long transcript has thousands."""
        found = list(_pieces(text))
        return cls(
            text,
            Offsets(text),
            tuple([(start, end) for _, start, end in found]),
            tuple([number for number, _, _ in found]),
            tuple(_owners([start for _, start, _ in found], [turn[0] for turn in turns])),
            tuple(turns),
            {speaker.id: speaker for speaker in speakers},
            tuple([start for number, start, _ in found if number]),
        )

    def starts_turn(self, place: int) -> bool:
        """Tell whether a displayed paragraph is the first of its turn."""
        owner = self.owners[place]
        return owner >= 0 and (place == 0 or self.owners[place - 1] != owner)

    def lead(self, place: int) -> Lead:
        """Return what the gutter says beside a displayed paragraph."""
        owner = self.owners[place]
        if owner < 0:
            return Lead(self.numbers[place], "", False, None)
        _, _, _, speaker_id, time = self.turns[owner]
        voice, first = self.speakers.get(speaker_id), self.starts_turn(place)
        asks = voice is not None and voice.role is SpeakerRole.INTERVIEWER
        return Lead(self.numbers[place], voice.name if voice and first else "", asks, time if first else None)

    def kinds(self) -> list[TurnKind]:
        """Return as what each displayed paragraph is dressed."""
        spoken = any(turn[2] != TurnKind.NOTE for turn in self.turns)
        known = {kind.value: kind for kind in TurnKind}
        # Only what stands aside of the talk looks like a note: not a voice, and not a text without any talk.
        looks = [
            TurnKind.ANSWER if kind == TurnKind.NOTE and (speaker in self.speakers or not spoken) else known[kind]
            for _, _, kind, speaker, _ in self.turns
        ]
        none = TurnKind.NOTE if spoken else TurnKind.ANSWER
        return [looks[owner] if owner >= 0 else none for owner in self.owners]

    def paragraph(self, position: int) -> int:
        """Return the number of the paragraph that holds a code point position, as it is cited."""
        return bisect_right(self.paragraph_starts, position)

    @property
    def paragraphs(self) -> int:
        """Return how many paragraphs there are."""
        return len(self.paragraph_starts)

    def render(self, font: QFont, look: Look) -> QTextDocument:
        """Return a Qt document of the page, not yet laid out."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setLayoutEnabled(False)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        formats = _formats(look)
        shown = displayable(self.text)
        height = line_height(font)
        blocks = {first: _block(height, turn=first) for first in (False, True)}
        before = -1
        for place, ((start, end), kind, owner) in enumerate(zip(self.pieces, self.kinds(), self.owners, strict=True)):
            block, writing = blocks[owner not in (-1, before)], formats[kind]
            before = owner
            if place:
                cursor.insertBlock(block, writing)
            else:
                cursor.setBlockFormat(block)
            cursor.insertText(shown[start:end], writing)
        cursor.endEditBlock()
        frame = QTextFrameFormat()
        frame.setTopMargin(TOP_MARGIN)
        frame.setBottomMargin(BOTTOM_MARGIN)
        document.rootFrame().setFrameFormat(frame)
        return document


def displayable(text: str) -> str:
    """Return the text with what Qt would change put into something of the same length."""
    return text.translate(_STAND_INS) if _STRANGE.search(text) else text


def clock(seconds: float) -> str:
    """Return a time of a recording as m:ss or h:mm:ss."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (paragraph number, start, end) of what is shown as a paragraph; number 0 goes on with the one before.

    Where a long paragraph is cut, the space between two sentences becomes the end of a displayed paragraph: one
    character for one, so that positions stay what they are.
    """
    start, number = 0, 1
    while True:
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        cuts = _cuts(text, start, stop) if stop - start > _LONGEST else [start - 1, stop]
        for place, (before, after) in enumerate(pairwise(cuts)):
            yield (0 if place else number), before + 1, after
        if end < 0:
            return
        start, number = end + 1, number + 1


def _owners(places: Sequence[int], starts: Sequence[int]) -> Iterator[int]:
    """Yield for each place the number of the last start at or before it, -1 for none; both are sorted."""
    owner, count = -1, len(starts)
    for place in places:
        while owner + 1 < count and starts[owner + 1] <= place:
            owner += 1
        yield owner


def _cuts(text: str, start: int, stop: int) -> list[int]:
    cuts = [start - 1]
    while stop - cuts[-1] > _LONGEST:
        reach = cuts[-1] + _LONGEST
        ends = [found.start() for found in _SENTENCE_END.finditer(text, reach - _LONGEST // 2, reach)]
        cut = ends[-1] if ends else text.rfind(" ", cuts[-1] + 2, reach)
        if cut < 0:
            cut = text.find(" ", reach, stop)
        if cut < 0:
            break
        cuts.append(cut)
    return [*cuts, stop]


def _block(height: int, *, turn: bool) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    block.setTopMargin(TURN_GAP - PARAGRAPH_GAP if turn else 0)
    block.setBottomMargin(PARAGRAPH_GAP)
    return block


def _formats(look: Look) -> dict[TurnKind, QTextCharFormat]:
    plain, question, note = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    question.setForeground(look["muted"])
    note.setForeground(look["muted"])
    note.setFontItalic(True)
    return {TurnKind.ANSWER: plain, TurnKind.QUESTION: question, TurnKind.NOTE: note}
