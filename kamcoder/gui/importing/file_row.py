"""How a file is drawn in the list: check box, name, and below it how it stands."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kamcoder.gui.icons import Icons
from kamcoder.gui.importing.entries import State
from kamcoder.gui.importing.files import FilesModel
from kamcoder.gui.importing.ticks import BOX, draw_tick
from kamcoder.gui.theme import Theme

_ICONS = {
    State.READY: ("circle-check", "good"),
    State.NOTED: ("info", "accent"),
    State.FAILED: ("circle-alert", "danger"),
}
_ICON = 16
_EDGE = 8
_PADDING = 6


class FileRow(QStyledItemDelegate):
    """Draws two lines for each file, with a sign of its state that is said in words too."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give every row the height of two lines."""
        small = QFontMetrics(self._theme.font(small=True)).height()
        return QSize(120, QFontMetrics(option.font).height() + small + 2 * _PADDING + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one file."""
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        state = index.data(FilesModel.EntryRole).state
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            checked = option.checkState == Qt.CheckState.Checked
            draw_tick(painter, self._box(option.rect), self._theme.look, checked=checked)
        left = option.rect.left() + 2 * _EDGE + BOX
        right = option.rect.right() - _EDGE
        if state in _ICONS:
            icon = self._icons.get(*_ICONS[state])
            right -= _ICON
            icon.paint(painter, right, option.rect.center().y() - _ICON // 2, _ICON, _ICON)
            right -= _EDGE
        muted = state in (State.LEFT_OUT, State.WAITING)
        self._write(painter, option, index, QRect(left, option.rect.top(), right - left, option.rect.height()), muted)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Check or uncheck with a click on the box, or a little beside it."""
        left = event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if not left or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        assert isinstance(event, QMouseEvent)
        box = self._box(option.rect).adjusted(-_EDGE, -_EDGE, _EDGE // 2, _EDGE)
        if event.button() is not Qt.MouseButton.LeftButton or not box.contains(event.position().toPoint()):
            return False
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)

    def _write(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        room: QRect,
        muted: bool,
    ) -> None:
        pale = self._theme.look["muted"]
        dark = option.palette.color(QPalette.ColorRole.Text)
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(pale if muted else dark)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room.adjusted(0, _PADDING, 0, 0), flags, name)
        small = self._theme.font(small=True)
        painter.setFont(small)
        painter.setPen(pale)
        about = str(index.data(FilesModel.AboutRole))
        shown = QFontMetrics(small).elidedText(about, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, _PADDING + metrics.height() + 2, 0, 0), flags, shown)
        painter.restore()

    def _box(self, room: QRect) -> QRect:
        return QRect(room.left() + _EDGE, room.center().y() - BOX // 2, BOX, BOX)
