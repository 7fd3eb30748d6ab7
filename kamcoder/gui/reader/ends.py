"""The two ends of the chosen coding, which the mouse can drag."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from kamcoder.domain.document import TextSpan
from kamcoder.gui.reader.ground import Preview
from kamcoder.gui.reader.marks import Mark

if TYPE_CHECKING:
    from kamcoder.gui.reader.view import ReaderView

_REACH = 6  # pixels beside an end that still belong to it
_KNOB = 4.0
_STEP = 24  # pixels scrolled when the mouse is beyond an edge


class End(Enum):
    """One of the two."""

    START = "start"
    END = "end"


class Ends(QObject):
    """Draws handles at the ends of a view's chosen coding; `dragged` tells once where one was dropped."""

    dragged = Signal(str, object)
    moved = Signal(object)

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._view = view
        self._held: End | None = None

    @property
    def held(self) -> bool:
        """Tell whether an end is being dragged."""
        return self._held is not None

    def boxes(self) -> dict[End, QRectF]:
        """Return where the handles are in the viewport; none without an own chosen coding."""
        mark = self._mark()
        if mark is None:
            return {}
        preview = self._view.ground.preview
        start, end = (preview.start, preview.end) if preview else (mark.start, mark.end)
        return {End.START: self._box(start, start), End.END: self._box(end - 1, end)}

    def at(self, point: QPoint) -> End | None:
        """Return the end under a point."""
        where = QPointF(point)
        near = {
            end: abs(box.center().x() - where.x())
            for end, box in self.boxes().items()
            if box.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(where)
        }
        return min(near, key=lambda end: near[end], default=None)

    def press(self, point: QPoint) -> bool:
        """Begin to drag the end under a point; tell whether there is one."""
        mark = self._mark()
        self._held = self.at(point)
        if self._held is None or mark is None:
            return False
        self._view.ground.preview = Preview(mark, mark.start, mark.end)
        return True

    def move(self, point: QPoint) -> None:
        """Show where the end would be."""
        preview = self._view.ground.preview
        if preview is None or self._mark() is not preview.mark:
            self.cancel()
            return
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if point.y() < 0 or point.y() > height:
            bar.setValue(bar.value() + (_STEP if point.y() > 0 else -_STEP))
        position = self._view.cursorForPosition(point).position()
        if self._held is End.START:
            changed = Preview(preview.mark, min(position, preview.end - 1), preview.end)
        else:
            changed = Preview(preview.mark, preview.start, max(position, preview.start + 1))
        if self._span(changed) is not None:
            self._view.ground.preview = changed
            self._view.viewport().update()
            self.moved.emit(self._span(changed))

    def release(self) -> None:
        """Tell where the end was dropped, if that is another place."""
        preview = self._view.ground.preview
        self.cancel()
        if preview is None or self._mark() is not preview.mark:
            return
        span = self._span(preview)
        if span is not None and span != preview.mark.coding.span:
            self.dragged.emit(preview.mark.id, span)

    def cancel(self) -> None:
        """Leave the end where it was."""
        self._held = None
        if self._view.ground.preview is not None:
            self._view.ground.preview = None
            self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw the handles: a bar over the line, with a knob above the start and below the end."""
        mark = self._mark()
        if mark is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._view.inks[mark.code_id].stroke)
        for end, box in self.boxes().items():
            painter.drawRect(box)
            knob = QPointF(box.center().x(), box.top() if end is End.START else box.bottom())
            painter.drawEllipse(knob, _KNOB, _KNOB)

    def _box(self, character: int, caret: int) -> QRectF:
        """Return where a caret stands before or behind a character, both UTF-16, in the viewport's coordinates."""
        document = self._view.document()
        block = document.findBlock(character)
        line = self._view.line_rect(character)
        found: Any = block.layout().lineForTextPosition(character - block.position())
        if not found.isValid():
            return QRectF(line.left() - 1, line.top(), 2, line.height())
        # With a number the binding gives (x, position), whatever its annotations say.
        x = found.cursorToX(caret - block.position())[0]
        corner = document.documentLayout().blockBoundingRect(block).left()
        return QRectF(corner + x - 1, line.top(), 2, line.height())

    def _mark(self) -> Mark | None:
        mark = self._view.marks.get(self._view.chosen_id)
        return mark if mark is not None and mark.own else None

    def _span(self, preview: Preview) -> TextSpan | None:
        span = self._view.page.offsets.span(preview.start, preview.end)
        return span if span is not None and span.of(self._view.page.text).strip() else None
