"""A table whose first columns stay where they are while the others are scrolled below them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
_MOST = 0.6  # of the width: with more than that frozen nothing could be read beside it


class FrozenTable(QTableView):
    """Shows the first columns a second time over the table: same model, same selection, same heights and widths.

    The keyboard stays in the table itself. `freeze` is to be called after every reset of the model.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.frozen = QTableView(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.frozen.setProperty("part", "frozen")
        self.frozen.setFrameShape(QFrame.Shape.NoFrame)
        self.frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frozen.verticalHeader().hide()
        self.frozen.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.frozen.hide()
        self.frozen.pressed.connect(lambda _: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self.frozen.activated.connect(self.activated)
        head, own = self.horizontalHeader(), self.frozen.horizontalHeader()
        own.setSectionsClickable(True)
        own.sectionClicked.connect(self._on_head)
        head.sectionResized.connect(self._on_wider)
        own.sectionResized.connect(self._on_frozen_wider)
        head.sortIndicatorChanged.connect(self._show_order)
        self.verticalHeader().sectionResized.connect(lambda row, _, now: self.frozen.setRowHeight(row, now))
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model, in both."""
        super().setModel(model)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        """Draw cells so, in both."""
        super().setItemDelegate(delegate)
        self.frozen.setItemDelegate(delegate)

    def setWordWrap(self, on: bool) -> None:
        """Wrap words, in both."""
        super().setWordWrap(on)
        self.frozen.setWordWrap(on)

    def freeze(self, count: int) -> None:
        """Let the first columns stay; none for 0, and none where they would take nearly all the room."""
        self._count = count
        model = self.model()
        for column in range(model.columnCount() if model else 0):
            self.frozen.setColumnHidden(column, column >= count)
            if column < count:
                self.frozen.setColumnWidth(column, self.columnWidth(column))
        self.frozen.setSelectionMode(self.selectionMode())
        self.frozen.setSelectionBehavior(self.selectionBehavior())
        self.frozen.setAccessibleName(self.accessibleName())
        vertical, theirs = self.verticalHeader(), self.frozen.verticalHeader()
        theirs.setDefaultSectionSize(vertical.defaultSectionSize())
        for row in range(model.rowCount() if model else 0):
            if theirs.sectionSize(row) != vertical.sectionSize(row):
                self.frozen.setRowHeight(row, vertical.sectionSize(row))
        own, head = self.frozen.horizontalHeader(), self.horizontalHeader()
        own.setFixedHeight(max(head.height(), head.sizeHint().height()))
        own.setDefaultAlignment(head.defaultAlignment())
        self._show_order(head.sortIndicatorSection(), head.sortIndicatorOrder())
        self._place()

    @property
    def frozen_width(self) -> int:
        """Return the width of what stays; 0 where nothing does."""
        return self.frozen.width() if not self.frozen.isHidden() else 0

    # -- Qt ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen part as high as the table."""
        super().resizeEvent(event)
        self._place()

    def updateGeometries(self) -> None:
        """Keep the frozen part where the cells are."""
        super().updateGeometries()
        if hasattr(self, "frozen"):
            # After Qt has settled its own geometry; at once would begin it anew.
            QTimer.singleShot(0, self, self._place)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, and not below the frozen columns."""
        if index.column() < self._count and self.frozen_width:
            # Only up or down: the column is always seen.
            super().scrollTo(index.sibling(index.row(), max(self.columnAt(self.frozen_width + 1), 0)), hint)
            return
        super().scrollTo(index, hint)
        covered = self.frozen_width - self.visualRect(index).left()
        if self.frozen_width and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    # -- inside --------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        width = sum(self.columnWidth(column) for column in range(self._count))
        fits = 0 < width < _MOST * self.viewport().width()
        self.frozen.setVisible(fits)
        if fits:
            view = self.viewport()
            head = self.horizontalHeader()
            own = self.frozen.horizontalHeader()
            if own.height() != head.height():
                own.setFixedHeight(head.height())
            rows = self.verticalHeader().length()
            place = (view.x(), head.y(), width, min(view.height(), rows) + head.height())
            if self.frozen.geometry().getRect() != place:
                self.frozen.setGeometry(*place)
            self.frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())
            self.frozen.raise_()

    def _on_wider(self, column: int, _before: int, now: int) -> None:
        if column < self._count:
            self.frozen.setColumnWidth(column, now)
            self._place()

    def _on_frozen_wider(self, column: int, _before: int, now: int) -> None:
        if column < self._count and self.columnWidth(column) != now and now > 0:
            self.setColumnWidth(column, now)

    def _on_head(self, column: int) -> None:
        head = self.horizontalHeader()
        if head.sortIndicatorSection() != column:
            head.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        elif head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder:
            head.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        else:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _show_order(self, column: int, order: Qt.SortOrder) -> None:
        own = self.frozen.horizontalHeader()
        own.setSortIndicatorShown(self.isSortingEnabled())
        own.setSortIndicator(column if column < self._count else -1, order)
