"""The table of agreement on the screen: a tree of codes in which every number can be gone to."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kamcoder.gui.comparing.columns import Shows
from kamcoder.gui.comparing.model import POOLED, AgreementModel, MutedRole
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.tree_model import Index

_NAME, _NARROWEST, _REMARK = 186, 46, 104
_WIDE = (Shows.KAPPA, Shows.ALPHA, Shows.F1, Shows.LOW, Shows.HIGH)
_WORDS = (Shows.CODE, Shows.REMARK)
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FiguresDelegate(QStyledItemDelegate):
    """Draws codes with their chips, and the numbers of codes that nobody used muted."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        if index.data(MutedRole):
            muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, muted)
        colour = index.data(Qt.ItemDataRole.DecorationRole)
        if colour is not None:
            option.icon = chip(colour)


class FiguresView(QTreeView):
    """Moves from cell to cell with the arrows; `entered` tells which is current, `opened` that Enter was pressed."""

    entered = Signal(object)
    opened = Signal()

    def __init__(self, model: AgreementModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = model
        self._key, self._column = POOLED, 0
        self._closed: set[str] = set()
        self._fitted: tuple[str, ...] = ()
        self.setModel(model)
        self.setItemDelegate(FiguresDelegate(self))
        self.setProperty("part", "figures")
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Agreement by code"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAllColumnsShowFocus(False)
        self.setIndentation(14)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._on_sorted)
        self.collapsed.connect(lambda index: self._closed.add(model.key(index)))
        self.expanded.connect(lambda index: self._closed.discard(model.key(index)))
        self.doubleClicked.connect(lambda _: self.opened.emit())
        model.modelReset.connect(self._on_reset)

    def point(self, key: str, shows: Shows | None = None) -> None:
        """Go to the row of a key, and on wish to the first column that shows something."""
        column = next((number for number, one in enumerate(self._figures.shown) if one.shows is shows), self._column)
        index = self._figures.find(key, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is current now."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._key, self._column = self._figures.key(current), current.column()
            self.entered.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from column to column with the arrows; + and - open and close a code, Enter leads to the passages."""
        by = _KEYS.get(Qt.Key(event.key()))
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif by is not None and index.isValid() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            column = index.column() + (by if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -by)
            if 0 <= column < self._figures.columns:
                there = index.siblingAtColumn(column)
                self.selectionModel().setCurrentIndex(there, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._figures.sort(column, order)

    def _on_reset(self) -> None:
        closed = set(self._closed)
        self.expandAll()
        for key in closed:
            index = self._figures.find(key)
            if index.isValid():
                self.collapse(index)
        self._fit()
        index = self._figures.find(self._key, min(self._column, max(self._figures.columns - 1, 0)))
        if not index.isValid():
            index = self._figures.find(POOLED)
        if index.isValid():
            self.setCurrentIndex(index)

    def _room_for(self, number: str) -> int:
        """Return the room that a number in bold needs."""
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(number) + 19

    def _fit(self) -> None:
        """Give every column the room its head and numbers need; once for the same heads."""
        heads = tuple(column.head for column in self._figures.shown)
        if heads == self._fitted:
            return
        self._fitted = heads
        metrics = self.header().fontMetrics()
        tallest = 0
        for number, column in enumerate(self._figures.shown):
            words = column.head.split() or [""]
            longest = max(metrics.horizontalAdvance(word) for word in words) + 20
            least = {Shows.CODE: _NAME, Shows.REMARK: _REMARK}.get(column.shows, _NARROWEST)
            numbers = 0 if column.shows in _WORDS else self._room_for("-0.000" if column.shows in _WIDE else "100.0")
            width = max(longest, least, numbers)
            self.setColumnWidth(number, width)
            room = QRect(0, 0, width - 16, 10_000)
            tallest = max(tallest, metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), column.head).height())
        self.header().setFixedHeight(tallest + 16)
