"""Cells of a table: the number on a ground whose strength tells how high it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kamcoder.gui.tables.model import HEAT
from kamcoder.gui.theme import Theme

_LEAST, _MOST = 0.06, 0.42  # opacity of the accent; the text keeps its contrast on both ends


class HeatDelegate(QStyledItemDelegate):
    """Draws the heat below what the style draws."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        heat = index.data(HEAT)
        if heat is not None:
            colour = QColor(self._theme.look["accent"])
            colour.setAlphaF(_LEAST + (_MOST - _LEAST) * float(heat))
            painter.fillRect(option.rect, colour)
        super().paint(painter, option, index)
