"""The view of the codebook: several codes chosen at once, dragging, dropping, and squares that hide and show."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QDragMoveEvent, QDropEvent, QMouseEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kamcoder.gui.codebook.model import NAME, SPAN_MIME, CodebookModel, Order, dragged_codes
from kamcoder.gui.codebook.row import CHIP
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.tree_model import Index
from kamcoder.gui.widgets.tree_view import Tree

_REACH = CHIP + 8  # pixels from the left of a row that belong to its square
_AWAY = 12  # pixels from the pointer to what is carried
_WIDEST = 220  # pixels of a name that is carried
_BETWEEN = (QAbstractItemView.DropIndicatorPosition.AboveItem, QAbstractItemView.DropIndicatorPosition.BelowItem)


class CodeTree(Tree):
    """A tree of codes. What a drop means is told by signals; nothing moves in the view ahead of the project.

    `moved`: codes, the parent's id or empty, and the place among the others there or -1 for the last; `merge_asked`:
    codes, and the one they were dropped on with Ctrl; `span_dropped`: the code a passage was dropped on; `ticked`: the
    code whose square was clicked.
    """

    moved = Signal(list, str, int)
    merge_asked = Signal(list, str)
    span_dropped = Signal(str)
    ticked = Signal(str)
    drag_begun = Signal()

    def __init__(self, model: CodebookModel, parent: QWidget | None = None) -> None:
        self._scrolled = 0
        self._chosen: list[str] = []
        super().__init__(model, parent)
        self._codes = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)

    def selected_keys(self) -> list[str]:
        """Return the ids of the selected codes from top to bottom; of the current one if none is."""
        chosen = {self._codes.key(index) for index in self.selectionModel().selectedRows()}
        keys = [node.key for node in self._codes.nodes() if node.key in chosen]
        return keys or [key for key in (self.current_key(),) if key]

    def select(self, keys: list[str]) -> None:
        """Select codes; the first becomes the current one."""
        indexes = [index for index in map(self._codes.find, keys) if index.isValid()]
        if not indexes:
            return
        mode = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(indexes[0], mode.ClearAndSelect | mode.Rows)
        for index in indexes[1:]:
            self.selectionModel().select(index, mode.Select | mode.Rows)
        self.scrollTo(indexes[0])

    def fit_numbers(self, *least: int) -> None:
        """Give the columns of numbers what their greatest number and their head need, and at least these widths."""
        self.ensurePolished()
        header = self.header()
        for column, width in enumerate(least, start=1):
            widest = self._codes.widest(column)
            number = self.sizeHintForIndex(widest).width() if widest.isValid() else 0
            header.resizeSection(column, max(width, header.sectionSizeHint(column), number))

    # -- the square ----------------------------------------------------------------------------------------------

    def square_at(self, point: QPoint) -> str:
        """Return the id of the code whose square is at a point of the viewport, empty if there is none."""
        index = self.indexAt(point)
        if not index.isValid() or index.column() != NAME:
            return ""
        row = self.visualRect(index)
        rightward = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        away = point.x() - row.left() if rightward else row.right() - point.x()
        return self._codes.key(index) if 0 <= away <= _REACH else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide or show a code by its square; else choose as ever."""
        if not self._ticks(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a quick second click on a square for one more click, not for a choice."""
        if not self._ticks(event):
            super().mouseDoubleClickEvent(event)

    def _ticks(self, event: QMouseEvent) -> bool:
        key = self.square_at(event.position().toPoint()) if event.button() is Qt.MouseButton.LeftButton else ""
        if not key or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        self.ticked.emit(key)
        return True

    # -- dragging ------------------------------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the codes as a small sign below the pointer, where it hides nothing they could be dropped on."""
        keys = self.selected_keys()
        if not keys:
            return
        self.drag_begun.emit()
        drag = QDrag(self)
        drag.setMimeData(self._codes.mimeData([self._codes.find(key) for key in keys]))
        drag.setPixmap(self.carried(keys))
        drag.setHotSpot(QPoint(-_AWAY, -_AWAY))
        drag.exec(actions, self.defaultDropAction())

    def carried(self, keys: list[str]) -> QPixmap:
        """Return the sign of codes that are dragged: the first one's colour and name, and how many more."""
        code = self._codes.codebook.get(keys[0])
        more = f" +{len(keys) - 1}" if len(keys) > 1 else ""
        metrics, palette, scale = self.fontMetrics(), self.palette(), self.devicePixelRatioF()
        text = metrics.elidedText(code.name, Qt.TextElideMode.ElideRight, _WIDEST) + more
        box = QRect(0, 0, CHIP + metrics.horizontalAdvance(text) + 24, metrics.height() + 8)
        picture = QPixmap(box.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(QPalette.ColorRole.Accent))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        chip(QColor(code.colour)).paint(painter, QRect(8, (box.height() - CHIP) // 2, CHIP, CHIP))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(self.font())
        painter.drawText(box.adjusted(CHIP + 16, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
        return picture

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Follow the pointer; between two codes nothing can be merged and no passage dropped."""
        super().dragMoveEvent(event)
        if self.dropIndicatorPosition() in _BETWEEN and (
            _merges(event) or event.mimeData().hasFormat(SPAN_MIME) or self._codes.order is not Order.BOOK
        ):
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped where."""
        point = event.position().toPoint()
        index, where = self.indexAt(point).siblingAtColumn(NAME), self.dropIndicatorPosition()
        key, ids = self._codes.key(index), dragged_codes(event.mimeData())
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        event.acceptProposedAction()
        if event.mimeData().hasFormat(SPAN_MIME):
            if key and where not in _BETWEEN:
                self.span_dropped.emit(key)
        elif not ids:
            event.ignore()
        elif key and where not in _BETWEEN:
            if _merges(event):
                self.merge_asked.emit(ids, key)
            else:
                self.moved.emit(ids, key, -1)
        elif not key:
            self.moved.emit(ids, "", -1)
        elif not _merges(event) and self._codes.order is Order.BOOK:
            self._place(ids, index, below=where is _BETWEEN[1])

    def _place(self, ids: list[str], index: Index, *, below: bool) -> None:
        """Put codes above or below a row; below an open row means before the first code in it."""
        key = self._codes.key(index)
        if below and self.isExpanded(index) and self._codes.rowCount(index):
            self.moved.emit(ids, key, 0)
            return
        place = self._codes.next_sibling(key, ids)
        if place is not None:
            step = 1 if below and key not in ids else 0
            self.moved.emit(ids, self._codes.codebook.get(key).parent_id or "", place + step)

    # -- staying as it is ----------------------------------------------------------------------------------------

    def _on_about_to_reset(self) -> None:
        super()._on_about_to_reset()
        self._scrolled = self.verticalScrollBar().value()
        self._chosen = [self._tree.key(index) for index in self.selectionModel().selectedRows()]

    def _on_reset(self) -> None:
        closed = set(self._closed)
        self.expandAll()
        if self._codes.filtered:
            self._closed = closed
        else:
            for key in closed:
                self.collapse(self._codes.find(key))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self._scrolled)
        mode = self.selectionModel().SelectionFlag
        current = self._codes.find(self._current)
        if current.isValid():
            self.selectionModel().setCurrentIndex(current, mode.NoUpdate)
        for key in self._chosen:
            index = self._codes.find(key)
            if index.isValid():
                self.selectionModel().select(index, mode.Select | mode.Rows)


def _merges(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
