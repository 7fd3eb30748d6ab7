"""How a summary is drawn in the grid: a small line that tells how far it is, and the first lines of its text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.domain.summary import SummaryState
from kamcoder.gui.summaries import words
from kamcoder.gui.summaries.model import NAME, CellRole
from kamcoder.gui.theme import SMALL, Theme
from kamcoder.gui.widgets.lines import draw_lines
from kamcoder.services.summary_grid import SummaryCell

LINES = 6
_LONGEST = 1200


class SummaryDelegate(QStyledItemDelegate):
    """Draws cells of one height; a draft is slanted, what waits for words has a dashed edge."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the same height for every cell."""
        return QSize(super().sizeHint(option, index).width(), self.height(option.font))

    def height(self, font: QFont) -> int:
        """Return the height of a row."""
        return QFontMetrics(_small(font)).lineSpacing() + LINES * QFontMetrics(font).lineSpacing() + 16

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        self.initStyleOption(option, index)
        found: SummaryCell | None = index.data(CellRole)
        if option.widget is not self._view and self._view.hasFocus() and index == self._view.currentIndex():
            option.state |= QStyle.StateFlag.State_HasFocus
        if index.column() == NAME or index.row() == 0:
            option.font.setBold(index.column() == NAME)
            painter.fillRect(option.rect, self._theme.look["background"])
        if found is not None:
            option.text = ""
        elif index.column() == NAME:
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
            option.rect = option.rect.adjusted(0, 5, 0, 0)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if found is not None:
            self._draw(painter, option, found)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, found: SummaryCell) -> None:
        look = self._theme.look
        room = option.rect.adjusted(8, 6, -8, -6)
        font = _small(option.font)
        metrics = QFontMetrics(font)
        painter.save()
        painter.setFont(font)
        painter.setPen(_of(found.state, look["good"], look["warning"], look["muted"]))
        line = QRect(room.left(), room.top(), room.width(), metrics.lineSpacing())
        said = metrics.elidedText(words.head(found), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)
        if found.summary is not None:
            text = QFont(option.font)
            text.setItalic(found.summary.draft)
            painter.setPen(look["text"])
            below = QRect(room.left(), line.bottom() + 3, room.width(), room.bottom() - line.bottom() - 2)
            draw_lines(painter, " ".join(found.summary.text[:_LONGEST].split()), below, text, lines=LINES)
        painter.restore()


def _of(state: SummaryState, written: QColor, draft: QColor, other: QColor) -> QColor:
    return written if state is SummaryState.WRITTEN else draft if state is SummaryState.DRAFT else other


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(False)
    made.setPointSizeF(font.pointSizeF() * SMALL)
    return made
