"""Check boxes whose frame is seen in both themes, as a widget and as a drawing for rows."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from kamcoder.gui.theme import Look, Theme

Index = QModelIndex | QPersistentModelIndex
BOX = 16
_GAP = 8


class TickBox(QCheckBox):
    """A check box drawn in the roles of the theme."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, words and focus."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        style = self.style()
        box = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        words = style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        draw_tick(painter, centred(box), self._theme.look, checked=self.isChecked(), enabled=self.isEnabled())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic)
        role = self.foregroundRole()
        style.drawItemText(painter, words, flags, option.palette, self.isEnabled(), self.text(), role)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.look["focus"], 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def centred(room: QRect) -> QRect:
    """Return the square of a tick in the middle of a room."""
    return QRect(max(0, room.center().x() - BOX // 2 + 1), room.center().y() - BOX // 2 + 1, BOX, BOX)


def draw_tick(painter: QPainter, box: QRect, look: Look, *, checked: bool, enabled: bool = True) -> None:
    """Draw a square, ticked if checked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    full = QColor(look["accent"]) if enabled else QColor(look["control"])
    painter.setPen(QPen(full if checked else QColor(look["control" if enabled else "hairline"]), 1))
    painter.setBrush(full if checked else QColor(look["surface"]))
    square = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(square, 3, 3)
    if checked:
        painter.setPen(QPen(QColor(look["on_accent"]), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        left, top, side = square.left(), square.top(), square.width()
        points = [QPointF(left + side * x, top + side * y) for x, y in ((0.24, 0.53), (0.43, 0.71), (0.76, 0.31))]
        painter.drawPolyline(points)
    painter.restore()


class TickRow(QStyledItemDelegate):
    """Draws a checkable row with a box of the theme; a click on it, or Space, checks or unchecks."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for the box."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + BOX + _GAP, max(size.height(), BOX + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        box = QRect(option.rect.left() + _GAP, option.rect.center().y() - BOX // 2 + 1, BOX, BOX)
        draw_tick(painter, box, self._theme.look, checked=option.checkState == Qt.CheckState.Checked)
        room = option.rect.adjusted(2 * _GAP + BOX, 0, -_GAP, 0)
        painter.save()
        painter.setPen(self._theme.look["text"])
        shown = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Check or uncheck with a click anywhere in the row, or with Space."""
        clicked = isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton
        released = event.type() is QEvent.Type.MouseButtonRelease and clicked
        spaced = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if not (released or spaced):
            return False
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
