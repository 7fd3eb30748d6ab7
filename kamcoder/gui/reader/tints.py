"""Where codings lie on the lines of a paragraph, kept until something moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextLine

from kamcoder.gui.reader.marks import Mark, Marks

# Letters written from right to left: what lies between two positions may then be several stretches of a line.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Tint:
    """The rectangles of one mark in one displayed paragraph, in the paragraph's own coordinates."""

    mark: Mark
    rects: list[QRectF]


class TintCache:
    """The tints of displayed paragraphs by number."""

    def __init__(self) -> None:
        self._tints: dict[int, list[Tint]] = {}

    def clear(self) -> None:
        """Forget everything: the text, its width or its font changed."""
        self._tints.clear()

    def forget(self, first: int, last: int) -> None:
        """Forget the paragraphs from `first` to `last`, both included: a coding on them came or went."""
        for number in range(first, last + 1):
            self._tints.pop(number, None)

    def of(self, block: QTextBlock, marks: Marks, metrics: QFontMetricsF) -> list[Tint]:
        """Return the tints of a paragraph that is laid out."""
        number = block.blockNumber()
        found = self._tints.get(number)
        if found is None:
            start, end = block.position(), block.position() + block.length() - 1
            found = [
                Tint(mark, stretches(block, mark.start - start, mark.end - start, metrics))
                for mark in marks.overlapping(start, end)
            ]
            self._tints[number] = found
        return found


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
