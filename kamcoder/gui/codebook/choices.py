"""How a row of the code palette is drawn: the chip, the name strong, the path before it muted, typed letters marked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.domain.codebook import PATH_SEPARATOR
from kamcoder.gui.widgets.delegate import chip

if TYPE_CHECKING:
    from kamcoder.gui.codebook.palette import Choice

_LEFT = 8
_CHIP = 12
_GAP = 8


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a Choice: `name   muted path`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give every row the same height."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), 26))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        room = QRectF(option.rect).adjusted(_LEFT, 0, -_LEFT, 0)
        left = room.left()
        if choice.colour:
            chip(QColor(choice.colour)).paint(painter, round(left), round(room.center().y() - _CHIP / 2), _CHIP, _CHIP)
        left += _CHIP + _GAP
        text = option.palette.color(QPalette.ColorRole.Text)
        muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        room.setRight(room.right() - _sign(painter, option.font, text if choice.ticked else muted, choice, room))
        if not choice.code_id:
            _write(painter, option.font, text, str(index.data()), left, room)
        else:
            head = choice.path.rfind(PATH_SEPARATOR)
            begin = head + len(PATH_SEPARATOR) if head >= 0 else 0
            left = _letters(painter, option.font, text, choice.path, begin, choice.places, left, room)
            if head >= 0:
                _write(painter, option.font, muted, choice.path[:head], left + 10, room)
        painter.restore()


def _sign(painter: QPainter, font: QFont, colour: QColor, choice: "Choice", room: QRectF) -> float:
    """Write the tick or the digit of a row at its right; return the width that takes."""
    sign = "✓" if choice.ticked else str(choice.number) if choice.number else ""
    width = QFontMetricsF(font).horizontalAdvance(sign) + 2 * _GAP if sign else 0.0
    if sign:
        _write(painter, font, colour, sign, room.right() - width + _GAP, room)
    return width


def _letters(
    painter: QPainter,
    font: QFont,
    colour: QColor,
    path: str,
    begin: int,
    places: tuple[int, ...],
    left: float,
    room: QRectF,
) -> float:
    """Write the last name of a path with the typed letters underlined; return where it ends."""
    width = _write(painter, font, colour, path[begin:], left, room)
    metrics = QFontMetricsF(font)
    for place in places:
        if place >= begin:
            start = left + metrics.horizontalAdvance(path[begin:place])
            end = left + metrics.horizontalAdvance(path[begin : place + 1])
            if end <= width:
                base = room.center().y() + metrics.ascent() / 2 + 1
                painter.fillRect(QRectF(start, base, end - start, 1.5), colour)
    return width


def _write(painter: QPainter, font: QFont, colour: QColor, text: str, left: float, room: QRectF) -> float:
    if left >= room.right():
        return left
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.right() - left)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(
        QRectF(left, room.top(), room.right() - left, room.height()),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
        shown,
    )
    return left + metrics.horizontalAdvance(shown)
