"""How a row of the documents is drawn: a sign of its state before the name, and a thin bar for the coded share."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from kamcoder.domain.coding import WorkState
from kamcoder.gui.documents.model import NAME, SHARE, ShareRole, StateRole
from kamcoder.gui.widgets.renaming import RenamingRows

_SIGN = 10
_SCALE = 3
_BAR, _BAR_EDGE = 4, 4


class DocumentRow(RenamingRows):
    """Unread: a full dot. In progress: a ring. Finished: a tick."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Prepare one cell."""
        super().initStyleOption(option, index)
        state = index.data(StateRole) if index.column() == NAME else None
        if state is not None:
            role = QPalette.ColorRole.Accent if state == WorkState.ASSIGNED else QPalette.ColorRole.PlaceholderText
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = sign(WorkState(state), QApplication.palette().color(role).name())
            option.decorationSize = QSize(_SIGN, _SIGN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        super().paint(painter, option, index)
        share = index.data(ShareRole) if index.column() == SHARE else None
        if share is not None:
            self._bar(painter, QRectF(option.rect), float(share), option.direction)

    def _bar(self, painter: QPainter, cell: QRectF, share: float, direction: Qt.LayoutDirection) -> None:
        palette = QApplication.palette()
        track = QRectF(
            cell.left() + _BAR_EDGE, cell.center().y() - _BAR / 2, max(0.0, cell.width() - 2.5 * _BAR_EDGE), _BAR
        )
        done = QRectF(track)
        done.setWidth(max(2.0, track.width() * share) if share else 0.0)
        if direction is Qt.LayoutDirection.RightToLeft:
            done.moveRight(track.right())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for shape, role in ((track, QPalette.ColorRole.Mid), (done, QPalette.ColorRole.Accent)):
            painter.setBrush(palette.color(role))
            painter.drawRoundedRect(shape, _BAR / 2, _BAR / 2)
        painter.restore()


@lru_cache(maxsize=32)
def sign(state: WorkState, colour: str) -> QIcon:
    """Return the sign of a state in a colour (#RRGGBB)."""
    size = _SIGN * _SCALE
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    pen = QPen(QColor(colour), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if state is WorkState.ASSIGNED:
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(5, 5), 2.75, 2.75)
    elif state is WorkState.IN_PROGRESS:
        painter.drawEllipse(QPointF(5, 5), 2.75, 2.75)
    else:
        painter.drawPolyline([QPointF(1.5, 5.5), QPointF(4, 8), QPointF(8.5, 2.5)])
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt mixes the selection into it
    return icon
