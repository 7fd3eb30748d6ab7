"""How a row of the codebook is drawn: the square of its colour says whether the reader shows it."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from kamcoder.gui.codebook.model import NAME, ContextRole
from kamcoder.gui.colours import kept_apart
from kamcoder.gui.widgets.renaming import RenamingRows

CHIP = 12
_SCALE = 3
_LINE = 1.5


class CodeRow(RenamingRows):
    """Squares: full for a code that is shown, half for one of which a part is, hollow for one that is not.

    The names of hidden codes, and of those that only lead to what fits the filter, are muted.
    """

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        if index.column() != NAME:
            return
        state, colour = index.data(Qt.ItemDataRole.CheckStateRole), index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(colour, QColor):
            option.icon = square(seen(colour).name(), Qt.CheckState(state))
            option.decorationSize = QSize(CHIP, CHIP)
        if state == Qt.CheckState.Unchecked or index.data(ContextRole):
            muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, muted)


@lru_cache(maxsize=2048)
def square(colour: str, state: Qt.CheckState) -> QIcon:
    """Return a square of a colour (#RRGGBB): full, its lower half full, or hollow."""
    size = CHIP * _SCALE
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = _LINE * _SCALE / 2
    box = QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    painter.setPen(QPen(QColor(colour), 2 * edge))
    if state is Qt.CheckState.Checked:
        painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, 2.5 * _SCALE, 2.5 * _SCALE)
    if state is Qt.CheckState.PartiallyChecked:
        painter.fillRect(QRectF(edge, size / 2, size - 2 * edge, size / 2 - edge), QColor(colour))
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt mixes the selection into it
    return icon


def seen(colour: QColor) -> QColor:
    """Return a colour of a code as it is drawn in the present theme; 3:1 to the page, as in the text."""
    palette = QApplication.palette()
    ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    return _seen(colour.rgb(), ground.rgb(), text.rgb())


@lru_cache(maxsize=4096)
def _seen(colour: int, ground: int, text: int) -> QColor:
    return kept_apart(QColor.fromRgb(colour), QColor.fromRgb(ground), QColor.fromRgb(text), 3.0)
