"""What is painted under the text: codings, hits of a search, and the line that shows where an end is being dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen, QTextBlock

from kamcoder.gui.reader.hits import Hits
from kamcoder.gui.reader.marks import Mark
from kamcoder.gui.reader.offered import Offered, paint_offered
from kamcoder.gui.reader.tints import TintCache, stretches
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.gui.reader.view import ReaderView

_HATCHED = 0.35  # opacity of the hatching of other coders' codings
_MOST_HITS = 400  # marked in one displayed paragraph


@dataclass(frozen=True, slots=True)
class Preview:
    """Where a mark would lie if the mouse were released now; UTF-16 positions."""

    mark: Mark
    start: int
    end: int


class Ground:
    """Paints under the text of a view."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._metrics = QFontMetricsF(theme.reading_font())
        self.tints = TintCache(self._metrics)
        self.lines: dict[int, QRectF] = {}  # of positions that were asked for, in the document's coordinates
        self.hits = Hits()  # in UTF-16 positions
        self.current = -1
        self.preview: Preview | None = None
        self.offered = Offered()

    def measure(self, metrics: QFontMetricsF) -> None:
        """Paint for a text in this font."""
        self._metrics = metrics
        self.tints.measure(metrics)
        self.clear()

    def clear(self) -> None:
        """Forget where things are: the text is wrapped or dressed anew."""
        self.tints.clear()
        self.lines.clear()

    def paint(self, painter: QPainter, view: ReaderView, area: QRect) -> None:
        """Paint what lies under an area of the view."""
        for block, corner in view.blocks(area.top(), area.bottom()):
            painter.translate(corner)
            painter.setPen(Qt.PenStyle.NoPen)
            for tint in self.tints.of(block, view.marks):
                self._paint_mark(painter, view, tint.mark, tint.rects)
            if len(self.offered):
                lit = QPen(self._theme.look["suggested"], 2.0, Qt.PenStyle.DotLine)
                paint_offered(painter, view, block, self._metrics, self.offered, lit)
            if self.hits:
                self._paint_hits(painter, block)
            if self.preview is not None:
                self._paint_preview(painter, view, self.preview, block)
            painter.translate(-corner)

    def _paint_mark(self, painter: QPainter, view: ReaderView, mark: Mark, rects: list[QRectF]) -> None:
        ink = view.inks[mark.code_id]
        lit = mark.id in (view.chosen_id, view.hovered_id)
        look = view.looks.get(mark.id)
        doubled = mark.coding.coder_id in view.doubled
        pattern = look.brush if look else Qt.BrushStyle.BDiagPattern
        if (mark.own and look is None) or doubled or pattern is Qt.BrushStyle.SolidPattern:
            painter.setBrush(ink.tint)
        else:
            painter.setOpacity(_HATCHED)
            painter.setBrush(QBrush(ink.stroke, pattern))
        painter.drawRects(rects)
        painter.setOpacity(1.0)
        if mark.lane > 1 and not lit:
            return  # a third line would strike through the text
        thick = 2.0 if lit else 1.0
        low = 0.0 if mark.lane == 0 or lit else -2.0
        painter.setBrush(ink.stroke)
        lows = (low, low - 2.5) if doubled else (low,)
        painter.drawRects(
            [QRectF(rect.left(), rect.bottom() - thick + down, rect.width(), thick) for rect in rects for down in lows]
        )

    def _paint_hits(self, painter: QPainter, block: QTextBlock) -> None:
        first, end = block.position(), block.position() + block.length() - 1
        look = self._theme.look
        for number in self.hits.between(first, end)[:_MOST_HITS]:
            rects = stretches(block, self.hits.starts[number] - first, self.hits.ends[number] - first, self._metrics)
            # The tint of a code lies under the text anyway: a hit has a colour and a frame.
            painter.setBrush(look["hit"])
            painter.setPen(QPen(look["text"] if number == self.current else look["warning"], 1.0))
            painter.drawRects([rect.adjusted(-0.5, 0.5, 0.5, -0.5) for rect in rects])
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_preview(self, painter: QPainter, view: ReaderView, preview: Preview, block: QTextBlock) -> None:
        first, end = block.position(), block.position() + block.length() - 1
        if preview.start >= end or preview.end <= first:
            return
        painter.setPen(QPen(view.inks[preview.mark.code_id].stroke, 2.5, Qt.PenStyle.DotLine))
        for rect in stretches(block, preview.start - first, preview.end - first, self._metrics):
            base = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left(), base), QPointF(rect.right(), base))
        painter.setPen(Qt.PenStyle.NoPen)
