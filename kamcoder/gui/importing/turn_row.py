"""How a piece of a turn is drawn: the speaker in a column of its own, questions muted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kamcoder.domain.document import TurnKind
from kamcoder.gui.importing.turns import Row, TurnsModel
from kamcoder.gui.theme import Theme

_EDGE = 12
_GAP = 12
_WIDEST = 640
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine)


class TurnRow(QStyledItemDelegate):
    """Draws the pieces of turns."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height that the words take in the present width."""
        row: Row = index.data(TurnsModel.RowRole)
        metrics = QFontMetrics(option.font)
        room = QRect(0, 0, self._columns(metrics)[1], 1_000_000)
        height = metrics.boundingRect(room, _FLAGS, str(index.data())).height()
        if row.first:
            height = max(height, metrics.height() + QFontMetrics(self._theme.font(small=True)).height() + 1)
        return QSize(120, height + (14 if row.first else 8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one piece."""
        row: Row = index.data(TurnsModel.RowRole)
        model = index.model()
        assert isinstance(model, TurnsModel)
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        pale = self._theme.look["muted"]
        dark = option.palette.color(QPalette.ColorRole.Text)
        metrics = QFontMetrics(option.font)
        names, width = self._columns(metrics)
        top = option.rect.top() + (10 if row.first else 4)
        left = option.rect.left() + _EDGE
        painter.save()
        if row.first:
            self._write_head(painter, model, row, QRect(left, top, names, option.rect.height()), dark, pale)
        painter.setFont(option.font)
        painter.setPen(dark if row.turn.kind is TurnKind.ANSWER or row.turn.speaker is None else pale)
        painter.drawText(QRect(left + names + _GAP, top, width, option.rect.height()), _FLAGS, model.text(row))
        painter.restore()

    def _write_head(
        self, painter: QPainter, model: TurnsModel, row: Row, room: QRect, dark: QColor, pale: QColor
    ) -> None:
        strong, small = self._theme.font(strong=True), self._theme.font(small=True)
        painter.setFont(strong)
        painter.setPen(dark if row.turn.kind is TurnKind.ANSWER else pale)
        metrics = QFontMetrics(strong)
        elided = metrics.elidedText(model.speaker(row), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LINE, elided)
        painter.setFont(small)
        painter.setPen(pale)
        below = metrics.height() + 1 if elided else 0
        shown = QFontMetrics(small).elidedText(model.particulars(row), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, below, 0, 0), _LINE, shown)

    def _columns(self, metrics: QFontMetrics) -> tuple[int, int]:
        """Return the widths of the column of names and of the words."""
        room = self._view.viewport().width() - 2 * _EDGE - _GAP
        names = min(metrics.averageCharWidth() * 16, room // 3)
        return names, min(_WIDEST, max(60, room - names))


class TurnsView(QListView):
    """The turns of one file, from the top; a long file is laid out little by little."""

    def __init__(self, theme: Theme, model: TurnsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns = model
        self._place = 0
        self._wanted = 0
        self.setModel(model)
        self.setItemDelegate(TurnRow(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(20)
        self.setAccessibleName(self.tr("Turns of the file"))
        self._rewrap = QTimer(self)
        self._rewrap.setSingleShot(True)
        self._rewrap.setInterval(60)
        self._rewrap.timeout.connect(self.scheduleDelayedItemsLayout)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def renew(self, *, keep_place: bool) -> None:
        """Lay out what the model shows now, where it was scrolled to before if that is to be kept."""
        self._wanted = self._place if keep_place else 0

    def about_to_renew(self) -> None:
        """Remember where the view is."""
        self._place = self.verticalScrollBar().value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew when the width has come to rest."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rewrap.start()

    def _on_range(self, _low: int, high: int) -> None:
        if self._wanted and high >= self._wanted:
            wanted, self._wanted = self._wanted, 0
            self.verticalScrollBar().setValue(wanted)
