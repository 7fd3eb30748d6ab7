"""How suggestions look in the reader: dashed and unfilled, in a band of their own beside the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextBlock

from kamcoder.gui.reader.columns import LANE
from kamcoder.gui.reader.tints import stretches

if TYPE_CHECKING:
    from kamcoder.gui.reader.view import ReaderView
    from kamcoder.gui.theme import Look, Theme

_DASHES = [3.0, 2.5]
_TICK = 4
_PUSH = 8  # rows a name may stand below the beginning of its passage
_BEFORE = 400
_APART = 5  # pixels between the beginnings of two boxes on the overview


@dataclass(frozen=True, slots=True)
class OfferedMark:
    """A suggestion in the reader: what it is known by, UTF-16 positions, its code and what is said of it."""

    key: object
    start: int
    end: int
    code_id: str
    told: str


class Offered:
    """The suggestions of the page, and the one that is current with the words that speak for it.

    There may be tens of thousands: they are kept as bare places, and marks are made of those in sight.
    """

    def __init__(self) -> None:
        self._starts: Sequence[int] = ()
        self._ends: Sequence[int] = ()
        self._mark: Callable[[int], tuple[object, str, str]] = _nothing
        self._longest = 0
        self.current: object | None = None
        self.begins: int | None = None  # the current one, if it is on this page
        self.lit: Sequence[tuple[int, int]] = ()
        self.on = False

    def __len__(self) -> int:
        return len(self._starts)

    def load(self, starts: Sequence[int], ends: Sequence[int], told: Callable[[int], tuple[object, str, str]]) -> None:
        """Show these and no others, in the order of the text; `told` gives key, code and what is said of each."""
        self._starts, self._ends, self._mark = starts, ends, told
        self._longest = max((end - start for start, end in zip(starts, ends, strict=True)), default=0)

    def between(self, start: int, end: int) -> list[OfferedMark]:
        """Return those that share a position with [start, end)."""
        places = range(bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end))
        return [self._made(place) for place in places if self._ends[place] > start]

    def rows(self, factor: float) -> list[int]:
        """Return where they begin on a strip with `factor` pixels for a position; what lies too near is left out."""
        found: list[int] = []
        for row in sorted({int(start * factor) for start in self._starts}):
            if not found or row - found[-1] >= _APART:
                found.append(row)
        return found

    def _made(self, place: int) -> OfferedMark:
        key, code_id, told = self._mark(place)
        return OfferedMark(key, self._starts[place], self._ends[place], code_id, told)


def _nothing(place: int) -> tuple[object, str, str]:
    return place, "", ""


def paint_offered(
    painter: QPainter, view: ReaderView, block: QTextBlock, metrics: QFontMetricsF, offered: Offered, lit: QPen
) -> None:
    """Paint dashed lines around the suggestions of a displayed paragraph, one frame for each place."""
    first, end = block.position(), block.position() + block.length() - 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    done: set[tuple[int, int]] = set()
    found = offered.between(first, end)
    found.sort(key=lambda mark: mark.key != offered.current)
    for mark in found:
        current = mark.key == offered.current
        if (mark.start, mark.end) in done:
            continue
        done.add((mark.start, mark.end))
        pen = QPen(view.inks[mark.code_id].stroke, 2.2 if current else 1.2)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        for rect in stretches(block, mark.start - first, mark.end - first, metrics):
            painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3)
    for start, stop in offered.lit:
        if start < end and stop > first:
            painter.setPen(lit)
            for rect in stretches(block, start - first, stop - first, metrics):
                painter.drawLine(QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1))
    painter.setPen(Qt.PenStyle.NoPen)


def paint_rows(painter: QPainter, offered: Offered, factor: float, rows: Sequence[int], width: int, look: Look) -> None:
    """Paint small hollow boxes at the edge of the overview; that of the current suggestion is larger and filled."""
    painter.setPen(QPen(look["suggested"], 1))
    painter.setBrush(look["surface"])
    for row in rows:
        painter.drawRect(QRectF(width - 4.5, row + 0.5, 3, 3))
    if offered.begins is not None:
        painter.setBrush(look["suggested"])
        painter.drawRect(QRectF(width - 6.5, int(offered.begins * factor) - 0.5, 5, 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)


class OfferBand:
    """The band beside the text: a dashed bracket for each place, with the codes suggested there and how sure."""

    def __init__(self, view: ReaderView, theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self.rooms: list[tuple[OfferedMark, QRectF]] = []

    def paint(self, painter: QPainter, taken: Iterable[QRectF], height: int) -> None:
        """Paint what is in sight; names of codings, which are there already, have taken some of the room."""
        self.rooms = []
        view, offered = self._view, self._view.ground.offered
        blocks = list(view.blocks(-_BEFORE, height)) if len(offered) else []
        if not blocks:
            return
        start = blocks[0][0].position()
        end = blocks[-1][0].position() + blocks[-1][0].length()
        busy = sorted(taken, key=QRectF.top)
        done: set[tuple[int, int]] = set()
        for mark in offered.between(start, end):
            top = view.line_rect(mark.start).top() + 2
            if (mark.start, mark.end) not in done:
                done.add((mark.start, mark.end))
                self._bracket(painter, mark, top, view.line_rect(max(mark.end - 1, mark.start)).bottom() - 2)
            self._name(painter, mark, top, busy)

    def at(self, point: QPointF) -> OfferedMark | None:
        """Return the suggestion whose name is at a point."""
        return next((mark for mark, room in self.rooms if room.contains(point)), None)

    def _bracket(self, painter: QPainter, mark: OfferedMark, top: float, bottom: float) -> None:
        view = self._view
        current = mark.key == view.ground.offered.current
        pen = QPen(self._theme.look["suggested"], 2.4 if current else 1.4)
        pen.setDashPattern([2.0, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        x = view.columns.lanes - LANE / 2
        low = max(bottom, top + 6)
        painter.drawPolyline([QPointF(x - _TICK, top), QPointF(x, top), QPointF(x, low), QPointF(x - _TICK, low)])

    def _name(self, painter: QPainter, mark: OfferedMark, top: float, busy: list[QRectF]) -> None:
        view = self._view
        if not view.columns.names:
            return
        current = mark.key == view.ground.offered.current
        font = QFont(self._theme.font(small=True, strong=current))
        font.setItalic(True)
        metrics = QFontMetricsF(font)
        row = metrics.height() + 1
        room = QRectF(view.columns.lanes + 4, top, view.columns.names - 8, row)
        for taken in busy:
            if taken.intersects(room):
                room.moveTop(taken.bottom())
        if room.top() - top > _PUSH * row:
            return
        busy.append(QRectF(room))
        busy.sort(key=QRectF.top)
        self.rooms.append((mark, room))
        ink = view.inks[mark.code_id]
        told = f" {mark.told}" if mark.told else ""
        painter.setFont(font)
        painter.setPen(ink.writing)
        width = room.width() - metrics.horizontalAdvance(told)
        text = metrics.elidedText(ink.name, Qt.TextElideMode.ElideRight, width)
        base = room.top() + metrics.ascent()
        painter.drawText(QPointF(room.left(), base), text)
        painter.setPen(self._theme.look["suggested"])
        painter.drawText(QPointF(room.left() + metrics.horizontalAdvance(text), base), told)
