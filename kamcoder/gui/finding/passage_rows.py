"""The tree in which passages are shown and selected."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kamcoder.gui.finding.excerpt import ExcerptDelegate
from kamcoder.gui.finding.passages_model import CASE, CODE, CODER, MEMO, PLACE, SPEAKER, TEXT, PassagesModel
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.delegate import chip
from kamcoder.services.passages import CodingLine

_CHIP, _CHIP_GAP = 12, 6
_MARKED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
_ALIGNED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_WIDTHS = {CODE: 140, PLACE: 96, CASE: 60, SPEAKER: 80, CODER: 64, MEMO: 84}


class PassageDelegate(ExcerptDelegate):
    """Draws plain rows itself: a style sheet takes ten times as long for a cell, and a page has two hundred."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._chips: dict[str, QIcon] = {}
        self._lefts: dict[bool, int] = {}
        theme.changed.connect(self._chips.clear)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        if index.column() == PLACE:
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        if not index.internalId() or option.state & _MARKED:
            super().paint(painter, option, index)
            return
        column = index.column()
        room = option.rect
        with_chip = column == CODE
        left = self._lefts.get(with_chip)
        if left is None:
            left = self._lefts[with_chip] = self._left(option, index)
        if with_chip:
            icon = self._chip(index.data(Qt.ItemDataRole.DecorationRole))
            top = room.top() + (room.height() - _CHIP) // 2
            icon.paint(painter, room.left() + left - _CHIP - _CHIP_GAP, top, _CHIP, _CHIP)
        font = self._theme.font(small=True) if column else option.font
        painter.setFont(font)
        painter.setPen(self._theme.look["muted" if column else "text"])
        width = room.width() - left - 5
        # Of a reference, the paragraph at its end must be seen.
        cut = Qt.TextElideMode.ElideMiddle if column == PLACE else Qt.TextElideMode.ElideRight
        text = QFontMetrics(font).elidedText(index.data() or "", cut, width)
        painter.drawText(QRect(room.left() + left, room.top(), width, room.height()), _ALIGNED, text)

    def _chip(self, colour: QColor) -> QIcon:
        found = self._chips.get(colour.name())
        if found is None:
            found = self._chips[colour.name()] = chip(colour)
        return found

    def _left(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return how far the style lets text begin inside a cell, so that both ways of drawing agree."""
        probe = QStyleOptionViewItem(option)
        self.initStyleOption(probe, index)
        style = probe.widget.style() if probe.widget else QApplication.style()
        text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, probe, probe.widget)
        return text.left() + style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1 - option.rect.left()


class PassageRows(QTreeView):
    """The tree of passages; Enter goes to the text."""

    def __init__(self, model: PassagesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passages = model
        self.setModel(model)
        self.setItemDelegate(PassageDelegate(theme, self))
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        # The arrow is set before sorting is allowed: allowing it sorts at once.
        header.setSortIndicator(PLACE, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Give every head the room that its word needs in this language and face."""
        super().showEvent(event)
        header = self.header()
        for column in _WIDTHS:
            header.resizeSection(column, max(header.sectionSize(column), header.sectionSizeHint(column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the text with Enter on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def selected(self) -> list[CodingLine]:
        """Return the selected passages from top to bottom, each once."""
        indexes = self.selectionModel().selectedRows()
        places = sorted((index.parent().row(), index.row(), index) for index in indexes if index.internalId())
        return list(dict.fromkeys(line for _, _, index in places if (line := self._passages.line(index)) is not None))

    def open_groups(self) -> set[str]:
        """Return the keys of the groups that are open."""
        return {group.key for row, group in enumerate(self._passages.groups) if self.isExpanded(self.head(row))}

    def dress_group(self, row: int, *, opened: bool) -> None:
        """Let the head of a group run over all columns, and open it."""
        self.setFirstColumnSpanned(row, QModelIndex(), True)
        if opened:
            self.expand(self.head(row))

    def head(self, row: int) -> QModelIndex:
        """Return the head of a group."""
        return self._passages.index(row, 0)

    def select(self, ids: list[str], *, centred: bool) -> bool:
        """Select passages by id and show the first; tell whether there is one."""
        found = [index for index in map(self._passages.find, ids[:200]) if index.isValid()]
        if not found:
            return False
        how = QItemSelectionModel.SelectionFlag
        for number, index in enumerate(found):
            self.expand(index.parent())
            self.selectionModel().select(index, (how.Select if number else how.ClearAndSelect) | how.Rows)
        self.selectionModel().setCurrentIndex(found[0], how.NoUpdate)
        hints = QAbstractItemView.ScrollHint
        self.scrollTo(found[0], hints.PositionAtCenter if centred else hints.EnsureVisible)
        return True
