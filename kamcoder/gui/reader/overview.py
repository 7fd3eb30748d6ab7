"""Beside the scroll bar: the whole document at a glance, with its codings, the hits of a search, and what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from kamcoder.gui.reader.hits import Hits
from kamcoder.gui.reader.marks import Mark
from kamcoder.gui.reader.offered import paint_rows
from kamcoder.gui.reader.view import ReaderView
from kamcoder.gui.theme import Theme

_LANES = 4
_LANE = 3  # pixels
_AT_ONCE = 4000  # codings drawn before other things are given way
_LATER_MS = 50
_LEAST = 2  # height of a coding, however short


class Overview(QWidget):
    """Painted beside the view it belongs to. Height goes by the characters of the text."""

    def __init__(self, view: ReaderView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._picture: QPixmap | None = None
        self._painted = 0  # how many of the codings are in the picture
        self._hit_rows: list[int] = []
        self._offered_rows: list[int] | None = None
        self._seen: tuple[int, int] = (0, 0)
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.setInterval(0)
        self._draw.timeout.connect(self._on_draw)
        self._stale: set[int] = set()  # rows where codings came or went since they were drawn
        self._mend = QTimer(self)
        self._mend.setSingleShot(True)
        self._mend.setInterval(_LATER_MS)
        self._mend.timeout.connect(self.update)
        self.setAccessibleName(self.tr("Overview of the document"))
        self.setToolTip(self.tr("The whole document: click to go there"))
        view.moved.connect(self._on_moved)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def drawn(self) -> bool:
        """Tell whether the codings are drawn; they are drawn after the text is on the screen."""
        return self._picture is not None and self._painted >= self._view.marks.numbered

    def renew(self) -> None:
        """Draw all codings anew."""
        self._picture = None
        self._painted = 0
        self._stale.clear()
        self._hit_rows = self._rows_of(self._view.ground.hits)
        self._offered_rows = None
        self._draw.start()
        self.update()

    def extend(self) -> None:
        """Draw the codings that came in since."""
        if not self._draw.isActive():
            self._draw.start()

    def mark_changed(self, mark: Mark) -> None:
        """Draw anew where a mark came or went, a moment later: the text and its margin go first."""
        if self._picture is not None:
            self._stale.update(range(*self._rows(mark)))
            if not self._mend.isActive():
                self._mend.start()

    def show_offered(self) -> None:
        """Show where codes are suggested."""
        self._offered_rows = None
        self.update()

    def show_hits(self, hits: Hits) -> None:
        """Show where the hits of a search are; UTF-16 positions."""
        self._hit_rows = self._rows_of(hits)
        self.update()

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint codings, hits and the frame around what is seen."""
        painter = QPainter(self)
        look = self._theme.look
        painter.fillRect(event.rect(), look["surface"])
        self._seen = self._view.seen()
        top, bottom = self._row(self._seen[0]), self._row(self._seen[1])
        frame = QRectF(0.5, top + 0.5, self.width() - 1, max(bottom - top - 1, 6))
        shade = QColor(look["control"])
        shade.setAlphaF(0.16)
        painter.fillRect(frame, shade)
        if self._picture is None:
            self.extend()
        else:
            for first, last in _runs(self._stale):
                self._draw_rows(self._picture, first, last)
            self._stale.clear()
            painter.drawPixmap(0, 0, self._picture)
        self._paint_offered(painter)
        for row in self._hit_rows:
            painter.fillRect(0, row, self.width(), 2, look["warning"])
        painter.setPen(QPen(look["control"], 1))
        painter.drawRect(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new height."""
        super().resizeEvent(event)
        self.renew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place under the mouse."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while it is pressed."""
        self._go(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _go(self, event: QMouseEvent) -> None:
        view = self._view
        if not view.page.offsets.length:
            return
        position = min(max(self._position(event.position().y()), 0), view.page.offsets.qt_length)
        view.scroll_to(view.page.offsets.to_text(position), above=view.viewport().height() // 2)

    def _on_moved(self) -> None:
        if self._view.seen() != self._seen:
            self.update()

    def _on_draw(self) -> None:
        marks = self._view.marks
        if self.height() <= 0 or self.drawn:
            return
        picture = self._picture or self._new_picture()
        first, last = self._painted, min(self._painted + _AT_ONCE, marks.numbered)
        painter = QPainter(picture)
        self._paint_marks(painter, marks.strokes(first, last, lanes=_LANES))
        painter.end()
        self._picture, self._painted = picture, last
        self.update()
        if not self.drawn:
            self._draw.start()

    def _draw_rows(self, picture: QPixmap, top: int, bottom: int) -> None:
        rows = QRect(0, top, self.width(), bottom - top)
        painter = QPainter(picture)
        painter.setClipRect(rows)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(rows, QColor(0, 0, 0, 0))
        found = self._view.marks.overlapping(self._position(top - _LEAST), self._position(bottom))
        shown = (other for other in found if other.lane < _LANES)
        self._paint_marks(painter, ((other.start, other.end, other.lane, other.code_id) for other in shown))
        painter.end()

    def _new_picture(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * scale), round(self.height() * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(0, 0, 0, 0))
        return picture

    def _paint_marks(self, painter: QPainter, strokes: Iterable[tuple[int, int, int, str]]) -> None:
        inks, factor = self._view.inks, self._factor()
        done: set[tuple[int, int]] = set()
        for start, end, lane, code_id in strokes:
            top = int(start * factor)
            height = int(end * factor) - top
            if height <= 1:  # thousands of short ones fall on the same rows
                if (lane, top) in done:
                    continue
                done.add((lane, top))
            painter.fillRect(lane * _LANE, top, _LANE - 1, max(height, _LEAST), inks[code_id].stroke)

    def _paint_offered(self, painter: QPainter) -> None:
        offered = self._view.ground.offered
        if self._offered_rows is None:
            self._offered_rows = offered.rows(self._factor())
        paint_rows(painter, offered, self._factor(), self._offered_rows, self.width(), self._theme.look)

    def _factor(self) -> float:
        return self.height() / max(self._view.page.offsets.qt_length, 1)

    def _row(self, position: int) -> int:
        return int(position * self._factor())

    def _rows(self, mark: Mark) -> tuple[int, int]:
        top = self._row(mark.start)
        return top, max(self._row(mark.end), top + _LEAST)

    def _position(self, row: float) -> int:
        return max(0, round(row / max(self._factor(), 1e-9)))

    def _rows_of(self, hits: Hits) -> list[int]:
        factor = self._factor()
        return sorted({int(start * factor) for start in hits.starts})


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, behind the last) of rows that follow each other."""
    first = last = -1
    for row in sorted(rows):
        if row != last:
            if last >= 0:
                yield first, last
            first = row
        last = row + 1
    if last >= 0:
        yield first, last
