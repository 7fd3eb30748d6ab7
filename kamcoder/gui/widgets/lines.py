"""A text drawn on a few lines, the last of which is cut where there is more."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from kamcoder.gui.offsets import Offsets


def draw_lines(painter: QPainter, text: str, room: QRect, font: QFont, *, lines: int) -> None:
    """Draw a text in the painter's pen, wrapped, on at most so many lines."""
    metrics, offsets = QFontMetrics(font), Offsets(text)
    painter.setFont(font)
    layout = QTextLayout(text, font)
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        place = QRect(room.left(), room.top() + number * metrics.lineSpacing(), room.width(), metrics.lineSpacing())
        start = offsets.to_text(line.textStart())
        shown = text[start : offsets.to_text(line.textStart() + line.textLength())]
        if number == lines - 1:
            shown = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown.rstrip())
    layout.endLayout()
