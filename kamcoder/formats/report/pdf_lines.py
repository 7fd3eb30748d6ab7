"""Paragraphs of PDFs: the library sets those from left to right, this module those with words from right to left."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Paragraph

from kamcoder.formats.report.bidi import base_is_right, is_mixed, joined, levels_of, mirrored, visual_order
from kamcoder.formats.report.pdf_fonts import BOLD
from kamcoder.formats.report.pdf_look import QUIET, marked
from kamcoder.formats.tables.grid import printable


class Look(Enum):
    """How a run of words differs from its paragraph."""

    PLAIN = "plain"
    BOLD = "bold"
    QUIET = "quiet"


Run = tuple[str, Look]


def line(style: ParagraphStyle, *runs: str | Run, bullet: str | None = None) -> Flowable:
    """Return a paragraph of runs of text, with a number or dot before it if there is a `bullet`."""
    told: list[Run] = [(run, Look.PLAIN) if isinstance(run, str) else run for run in runs]
    if any(is_mixed(text) for text, _ in told):
        return MixedLines(style, [(f"{bullet}  ", Look.PLAIN), *told] if bullet else told)
    markup = "".join(marked(text, bold=look is Look.BOLD, quiet=look is Look.QUIET) for text, look in told)
    return _Lines(markup, style, bulletText=bullet)


class _Lines(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken into lines once for each width: pages are set several times until they hold."""

    _broken_for = _tall = -1.0
    _kept: Any = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the lines for a width."""
        if width == self._broken_for:
            self.width, self.height, self.blPara = width, self._tall, self._kept
            return width, self.height
        super().wrap(width, height)
        self._broken_for, self._tall, self._kept = width, self.height, self.blPara
        return width, self.height


class Together(KeepTogether):  # type: ignore[misc]
    """Keeps a heading with what follows; what no page can hold begins below it, where it stands."""

    _BEGINNING = 90  # points of what follows that must find room below the heading

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the content, after a page break if that keeps it on one page."""
        self.wrap(width, height)
        frame = getattr(self, "_frame", None)
        if frame is not None and frame._height < self._H:  # noqa: SLF001 - as the library's own class does
            above = sum(item.wrap(width, height)[1] + item.getSpaceAfter() for item in self._content[:-1])
            if above + self._BEGINNING <= height:
                return list(self._content)
        return list(super().split(width, height))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it is read: its signs, the look of each, and whether it begins at the right."""

    signs: str
    looks: tuple[Look, ...]
    right: bool


class MixedLines(Flowable):  # type: ignore[misc]
    """A paragraph with words from right to left in it."""

    def __init__(self, style: ParagraphStyle, runs: list[Run], lines: list[_Line] | None = None) -> None:
        super().__init__()
        self.style = style  # the library looks here for the room around a paragraph
        self._runs = runs
        self._lines = lines
        self._given = lines is not None
        self.height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the lines for a width."""
        self.width = width
        if not self._given:
            self._lines = list(self._broken(width - self.style.leftIndent))
        self.height = len(self._lines or []) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Part the paragraph between two lines."""
        self.wrap(width, height)
        lines = self._lines or []
        fitting = int(height // self.style.leading)
        if fitting < 1:
            return []
        if fitting >= len(lines):
            return [self]
        return [MixedLines(self.style, [], lines[:fitting]), MixedLines(self.style, [], lines[fitting:])]

    def draw(self) -> None:
        """Put the lines on the page."""
        height = self.height - self.style.fontSize
        for found in self._lines or []:
            self._put(found, height)
            height -= self.style.leading

    def _put(self, found: _Line, height: float) -> None:
        levels = levels_of(found.signs, right=found.right)
        order = visual_order(found.signs, right=found.right)
        signs = [(mirrored(found.signs[at], level=levels[at]), found.looks[at]) for at in order]
        pieces = [
            ("".join(sign for sign, _ in group), look) for look, group in groupby(signs, key=lambda item: item[1])
        ]
        length = sum(self._length(text, look) for text, look in pieces)
        # An indent is one from where the line begins.
        indent = float(self.style.leftIndent)
        at_right = found.right or self.style.alignment == TA_RIGHT
        place = self.width - length - (indent if found.right else 0) if at_right else indent
        for text, look in pieces:
            self.canv.setFont(self._font(look), self.style.fontSize)
            self.canv.setFillColor(QUIET if look is Look.QUIET else self.style.textColor)
            self.canv.drawString(place, height, text)
            place += self._length(text, look)

    def _broken(self, room: float) -> Iterator[_Line]:
        told = [(printable(text).replace("\t", " "), look) for text, look in self._runs]
        text = "".join(run for run, _ in told)
        shaped = joined(text)
        looks = [look for run, look in told for _ in run]
        start = 0
        for paragraph in text.split("\n"):
            end = start + len(paragraph)
            right = base_is_right(paragraph)
            for first, last in self._breaks(shaped, looks, start, end, room):
                signs = shaped[first:last].rstrip()
                yield _Line(signs, tuple(looks[first : first + len(signs)]), right)
            start = end + 1

    def _breaks(self, text: str, looks: list[Look], start: int, end: int, room: float) -> Iterator[tuple[int, int]]:
        """Yield where lines begin and end; a word longer than a line is cut."""
        first = at = start
        used, space = 0.0, -1
        while at < end:
            used += self._length(text[at], looks[at])
            if text[at] == " ":
                space = at
            elif used > room and at > first:
                cut = space + 1 if space >= first else at
                yield first, cut
                first, space = cut, -1
                used = sum(self._length(text[place], looks[place]) for place in range(first, at + 1))
            at += 1
        yield first, end

    def _font(self, look: Look) -> str:
        return BOLD if look is Look.BOLD else str(self.style.fontName)

    def _length(self, text: str, look: Look) -> float:
        return float(stringWidth(text, self._font(look), self.style.fontSize))
