"""Cells of a table: the number on a ground whose strength tells how high it is, and a line where a group begins."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.gui.tables.model import GROUP_BEGINS, HEAT
from kamcoder.gui.theme import Theme

_LEAST, _MOST = 0.06, 0.42  # opacity of the accent; the text keeps its contrast on both ends


class HeatDelegate(QStyledItemDelegate):
    """Draws the heat below what the style draws."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        heat = index.data(HEAT)
        if heat is not None:
            colour = QColor(self._theme.look["accent"])
            colour.setAlphaF(_LEAST + (_MOST - _LEAST) * float(heat))
            painter.fillRect(option.rect, colour)
        if option.widget is not self._view and self._view.hasFocus() and index == self._view.currentIndex():
            # The frozen columns never have the keyboard; the table they belong to has.
            option.state |= QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        if index.data(GROUP_BEGINS):
            painter.fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 2, self._theme.look["control"])
