"""Plain text: a line is a paragraph, unless the text is hard-wrapped."""

from itertools import groupby
from typing import Final

from kamcoder.domain.errors import Notice
from kamcoder.domain.transcript import Extracted, Paragraph
from kamcoder.formats.assembly import Tally, finish
from kamcoder.formats.decoding import decode, normalise
from kamcoder.formats.layout import is_hard_wrapped, join_lines, starts_turn, vocabulary


class PlainTextImporter:
    """Reads `.txt`."""

    key: Final = "txt"
    suffixes: Final = (".txt", ".text")

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read the lines of a text file; raises ImportRefused for binary data and for white space."""
        decoded = decode(data, name=name)
        cleaned = normalise(decoded.text)
        tally = Tally()
        tally.add(cleaned)
        paragraphs, notices = paragraphs_of_text(cleaned.text)
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=paragraphs,
            encoding=decoded.encoding,
            notices=(*decoded.notices, *tally.notices, *notices),
        )


def paragraphs_of_text(text: str) -> tuple[list[Paragraph], list[Notice]]:
    """Give the paragraphs of a normalised text, with a notice when lines were joined."""
    blocks = [
        list(lines)
        for blank, lines in groupby(text.split("\n"), key=lambda line: not line or line.isspace())
        if not blank
    ]
    begins_with_gap = text.split("\n", 1)[0].strip() == ""
    notices = []
    if is_hard_wrapped(blocks):
        words = vocabulary(line for block in blocks for line in block)
        rejoined = [_rejoined(block, words) for block in blocks]
        notices.append(Notice("lines_rejoined", {"count": sum(map(len, blocks)) - sum(map(len, rejoined))}))
        blocks = rejoined
    return [
        Paragraph(line, gap_before=position == 0 and (number > 0 or begins_with_gap))
        for number, block in enumerate(blocks)
        for position, line in enumerate(block)
    ], notices


def _rejoined(block: list[str], words: frozenset[str]) -> list[str]:
    paragraphs: list[list[str]] = []
    for line in block:
        if not paragraphs or starts_turn(line):
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
    return [join_lines(lines, words=words, typeset=False)[0] for lines in paragraphs]
