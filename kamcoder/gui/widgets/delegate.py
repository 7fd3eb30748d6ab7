"""How rows of trees are drawn: numbers small and muted, codes with a chip of their colour."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.gui.theme import SMALL

_CHIP = 12
_SCALE = 3


class MutedColumns(QStyledItemDelegate):
    """Draws every column but the first in the muted role, and QColor decorations as round-cornered chips."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        # The style's own sign of focus paints over the row; `paint` draws a quieter one.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.column() > 0:
            # Of the application: a style sheet makes its own, paler, from the widget's text colour.
            muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, muted)
            option.font.setPointSizeF(option.font.pointSizeF() * SMALL)
        colour = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(colour, QColor):
            option.icon = chip(colour)
            option.decorationSize = QSize(_CHIP, _CHIP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell, with lines above and below where the keyboard is."""
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            row = QRectF(option.rect)
            focus = QApplication.palette().color(QPalette.ColorRole.Accent)
            painter.fillRect(QRectF(row.left(), row.top(), row.width(), 1.5), focus)
            painter.fillRect(QRectF(row.left(), row.bottom() - 1.5, row.width(), 1.5), focus)


def chip(colour: QColor) -> QIcon:
    """Return a small square of a colour with round corners."""
    pixmap = QPixmap(_CHIP * _SCALE, _CHIP * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0, 0, _CHIP * _SCALE, _CHIP * _SCALE), 3 * _SCALE, 3 * _SCALE)
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return QIcon(pixmap)
