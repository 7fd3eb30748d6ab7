"""A line of text with a stretch marked in it, cut so that the mark is seen, and how it is drawn in a row."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from kamcoder.domain.document import TextSpan
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.delegate import MutedColumns

#: The role under which a model gives the Excerpt of a row, and True for rows that head a group.
ExcerptRole = Qt.ItemDataRole.UserRole + 20
HeadRole = Qt.ItemDataRole.UserRole + 21

_BEFORE = 60
_LONGEST = 400
_FLAT = str.maketrans("\n\t\u2028\u2029", "    ")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of text; [start, end) are the code points of the mark in it."""

    text: str
    start: int
    end: int


def excerpt(context: str, marked: TextSpan | None) -> Excerpt:
    """Return a context on one line, begun shortly before its mark; what is left out is an ellipsis."""
    start, end = (marked.start, marked.end) if marked else (0, 0)
    begin = 0
    if start > _BEFORE:
        # Not in the middle of a word, if there is a space near.
        begin = start - _BEFORE
        space = context.find(" ", begin, start)
        begin = space + 1 if 0 <= space < begin + _BEFORE // 2 else begin
    head = "…" if begin else ""
    tail = "…" if len(context) > begin + _LONGEST else ""
    text = head + context[begin : begin + _LONGEST].translate(_FLAT) + tail
    shift = len(head) - begin
    return Excerpt(text, start + shift, min(end + shift, len(text)))


class ExcerptDelegate(MutedColumns):
    """Draws excerpts with their mark on the colour of hits, strong and underlined; heads of groups strong."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        if index.data(HeadRole):
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        shown: Excerpt | None = index.data(ExcerptRole) if index.column() == 0 else None
        if shown is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        option.text = shown.text
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget).adjusted(3, 0, -3, 0)
        _draw(painter, shown, room, option, self._theme.look["hit"])


def _draw(painter: QPainter, shown: Excerpt, room: QRect, option: QStyleOptionViewItem, hit: QColor) -> None:
    shown = _reaching(shown, option.fontMetrics, room.width())
    # The mark is strong and so a little wider than measured.
    wide = max(0, room.width() - 2 * (shown.end - shown.start))
    text = option.fontMetrics.elidedText(shown.text, Qt.TextElideMode.ElideRight, wide)
    offsets = Offsets(text)
    start, end = offsets.to_qt(min(shown.start, len(text))), offsets.to_qt(min(shown.end, len(text)))
    layout = QTextLayout(text, option.font)
    options = QTextOption()
    options.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(options)
    if end > start:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, end - start
        look = QTextCharFormat()
        look.setBackground(hit)
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setFontUnderline(True)
        mark.format = look
        layout.setFormats([mark])
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        layout.endLayout()
        return
    line.setLineWidth(10_000)
    layout.endLayout()
    painter.save()
    painter.setClipRect(room)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    # Text from right to left stands at the right of its wide line: it is brought to the right end of the room.
    shift = line.naturalTextRect().left()
    left = room.left() - shift if shift < 1 else room.right() - line.naturalTextWidth() - shift
    layout.draw(painter, QPointF(left, room.top() + (room.height() - line.height()) / 2))
    painter.restore()


def _reaching(shown: Excerpt, metrics: QFontMetrics, room: int) -> Excerpt:
    """Return an excerpt begun later where its mark would lie beyond the room."""
    over = metrics.horizontalAdvance(shown.text[: shown.end]) - 3 * room // 4
    if over <= 0 or shown.end == 0:
        return shown
    begin = 0
    while begin < shown.start and metrics.horizontalAdvance(shown.text[:begin]) < over:
        begin = shown.text.find(" ", begin + 1, shown.start) + 1 or shown.start
    return Excerpt("…" + shown.text[begin:], shown.start - begin + 1, shown.end - begin + 1)
