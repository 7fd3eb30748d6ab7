"""Where codings lie on the lines of a paragraph, kept until something moves."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextDocument, QTextLine

from kamcoder.gui.reader.marks import Mark, Marks, order

# Letters written from right to left: what lies between two positions may then be several stretches of a line.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Tint:
    """The rectangles of one mark in one displayed paragraph, in the paragraph's own coordinates."""

    mark: Mark
    rects: list[QRectF]


class TintCache:
    """The tints of displayed paragraphs by number."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self._tints: dict[int, list[Tint]] = {}

    def clear(self) -> None:
        """Forget everything: the text, its width or its font changed."""
        self._tints.clear()

    def measure(self, metrics: QFontMetricsF) -> None:
        """Find places in a text of this font."""
        self._metrics = metrics
        self.clear()

    def add(self, document: QTextDocument, mark: Mark) -> None:
        """Take in a mark that is new."""
        for block, found in self._touched(document, mark):
            insort(found, self._tint(block, mark), key=_place)

    def remove(self, document: QTextDocument, mark: Mark) -> None:
        """Forget a mark that has gone."""
        for _, found in self._touched(document, mark):
            found[:] = [tint for tint in found if tint.mark is not mark]

    def of(self, block: QTextBlock, marks: Marks) -> list[Tint]:
        """Return the tints of a paragraph that is laid out."""
        number = block.blockNumber()
        found = self._tints.get(number)
        if found is None:
            start, end = block.position(), block.position() + block.length() - 1
            found = self._tints[number] = [self._tint(block, mark) for mark in marks.overlapping(start, end)]
        return found

    def _tint(self, block: QTextBlock, mark: Mark) -> Tint:
        start = block.position()
        return Tint(mark, stretches(block, mark.start - start, mark.end - start, self._metrics))

    def _touched(self, document: QTextDocument, mark: Mark) -> Iterator[tuple[QTextBlock, list[Tint]]]:
        """Yield the paragraphs a mark lies on whose tints are known."""
        last = document.findBlock(mark.end - 1).blockNumber()
        for number in range(document.findBlock(mark.start).blockNumber(), last + 1):
            found = self._tints.get(number)
            if found is not None:
                yield document.findBlockByNumber(number), found


def _place(tint: Tint) -> tuple[int, int, str]:
    return order(tint.mark)


def stretches(block: QTextBlock, start: int, end: int, metrics: QFontMetricsF) -> list[QRectF]:
    """Return the rectangles behind the characters from `start` to `end` of a paragraph, one or more a line."""
    layout = block.layout()
    mixed = _RIGHT_TO_LEFT.search(block.text()) is not None
    rects: list[QRectF] = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first >= last:
            continue
        top = line.y() + line.ascent() - metrics.ascent() - 1
        for left, right in _extents(line, first, last, mixed=mixed):
            rects.append(QRectF(left, top, right - left, metrics.height() + 2))
    return rects


def _extents(line: QTextLine, first: int, last: int, *, mixed: bool) -> Iterator[tuple[float, float]]:
    if not mixed:
        yield _x(line, first), _x(line, last)
        return
    for run in line.glyphRuns(first, last - first):
        box = run.boundingRect()
        if not box.isEmpty():
            yield box.left(), box.right()


def _x(line: QTextLine, position: int) -> float:
    # With a number the binding gives (x, position), whatever its annotations say.
    found: Any = line.cursorToX(position)
    return float(found[0])
