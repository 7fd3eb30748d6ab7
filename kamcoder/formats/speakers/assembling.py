"""From pieces to paragraphs and turns: who goes on speaking, how cues are joined, what is too long for a paragraph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kamcoder.formats.speakers.pieces import Piece

_PAUSE = 4.0
_CUES_LENGTH = 1_200
_LONGEST = 5_000
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
_BREAK = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s")


@dataclass(slots=True)
class Block:
    """A turn being gathered: its speaker by name (None: nobody), its paragraphs, its time and question number."""

    speaker: str | None
    paragraphs: list[str] = field(default_factory=list)
    time: float | None = None
    number: str | None = None


def gather(pieces: Iterable[Piece]) -> list[Block]:
    """Join pieces to turns, each with at least one paragraph; a turn ends where another voice begins."""
    blocks: list[Block] = []
    joiner = _CueJoiner()
    block: Block | None = None
    pending: float | None = None
    for piece in pieces:
        if not piece.text.strip():
            # A label or a time alone: what follows belongs to it.
            pending = piece.time if piece.time is not None else pending
            if block is None or _opens(block, piece):
                block = _begin(blocks, piece)
            continue
        if block is None or _opens(block, piece):
            block = _begin(blocks, piece)
        block.time = _first(block.time, piece.time, pending)
        pending = None
        block.number = block.number or piece.number
        joiner.add(block, piece)
    joiner.close()
    return [block for block in blocks if block.paragraphs]


def _first(*times: float | None) -> float | None:
    return next((time for time in times if time is not None), None)


def _begin(blocks: list[Block], piece: Piece) -> Block:
    blocks.append(Block(piece.speaker, number=piece.number))
    return blocks[-1]


def _opens(block: Block, piece: Piece) -> bool:
    if piece.speaker != block.speaker:
        return True
    if piece.number is not None and block.number is not None and piece.number != block.number:
        return bool(block.paragraphs)
    return piece.opens and bool(block.paragraphs)


class _CueJoiner:
    """Adds pieces to their blocks; cues of one speaker run on in a paragraph until a pause or until it is long."""

    def __init__(self) -> None:
        self._block: Block | None = None
        self._parts: list[str] = []
        self._length = 0
        self._end: float | None = None

    def add(self, block: Block, piece: Piece) -> None:
        """Add a piece with text to `block`."""
        if not piece.is_cue:
            self.close()
            block.paragraphs.extend(split_long(piece.text))
            return
        if block is not self._block or self._breaks_before(piece):
            self.close()
            self._block = block
        self._parts.append(piece.text.strip())
        self._length += len(self._parts[-1]) + 1
        self._end = piece.end

    def _breaks_before(self, piece: Piece) -> bool:
        if not self._parts or not _SENTENCE_END.search(self._parts[-1][-8:]):
            return False
        paused = piece.start is not None and self._end is not None and piece.start - self._end > _PAUSE
        return paused or self._length + len(piece.text) > _CUES_LENGTH

    def close(self) -> None:
        """End the paragraph under way."""
        if self._block is not None and self._parts:
            self._block.paragraphs.extend(split_long(" ".join(self._parts)))
        self._block = None
        self._parts = []
        self._length = 0


def split_long(text: str) -> list[str]:
    """Split a paragraph above 5,000 characters at sentence ends, or else at spaces; the space gives way."""
    if len(text) <= _LONGEST:
        return [text]
    parts: list[str] = []
    start = 0
    while len(text) - start > _LONGEST:
        cut = _cut(text, start, start + _LONGEST)
        if cut is None:
            break
        parts.append(text[start:cut])
        start = cut + 1
    return [part for part in (*parts, text[start:]) if part.strip()]


def _cut(text: str, start: int, limit: int) -> int | None:
    """Return the place of the space to break at: the last sentence end before `limit`, or the last space."""
    last = None
    for match in _BREAK.finditer(text, start + 1, limit + 1):
        last = match.end() - 1
    if last is not None:
        return last
    space = text.rfind(" ", start + 1, limit + 1)
    if space < 0:
        space = text.find(" ", limit)
    return space if space > start else None
