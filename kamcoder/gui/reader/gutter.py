"""Left of the text: who speaks, when, and the numbers of the paragraphs by which they are cited."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from kamcoder.domain.document import TextSpan
from kamcoder.gui.reader.page import Lead, clock
from kamcoder.gui.reader.view import ReaderView
from kamcoder.gui.theme import Theme

_NUMBER_GAP = 14  # between numbers and text
_NAME_GAP = 40  # room for a number right of a name
_LEAST_NAMES = 90  # a narrower gutter has numbers only


class Gutter(QWidget):
    """Painted beside the view it belongs to. A click on a number selects the paragraph."""

    paragraph_clicked = Signal(object)

    def __init__(self, view: ReaderView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self.setAccessibleName(self.tr("Speakers and paragraph numbers"))
        view.moved.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the leads of the paragraphs in sight."""
        painter = QPainter(self)
        look = self._theme.look
        painter.fillRect(event.rect(), look["surface"])
        number_font = self._theme.font(small=True)
        metrics = QFontMetricsF(number_font)
        for block, corner in self._view.blocks(event.rect().top() - 40, event.rect().bottom()):
            lead = self._lead(block.blockNumber())
            line = block.layout().lineAt(0)
            if lead is None or not line.isValid():
                continue
            base = corner.y() + line.y() + line.ascent()
            painter.setFont(number_font)
            painter.setPen(look["muted"])
            if lead.number:
                text = str(lead.number)
                painter.drawText(QPointF(self.width() - _NUMBER_GAP - metrics.horizontalAdvance(text), base), text)
            if self._view.columns.gutter >= _LEAST_NAMES:
                self._paint_voice(painter, lead, base)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the paragraph beside which the mouse was pressed."""
        span = self._paragraph_at(event.position().y())
        if span is not None and event.button() is Qt.MouseButton.LeftButton:
            self.paragraph_clicked.emit(span)

    def event(self, event: QEvent) -> bool:
        """Say the whole name where it was cut."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told(event.pos().y()), self)
            return True
        return super().event(event)

    def _paint_voice(self, painter: QPainter, lead: Lead, base: float) -> None:
        look = self._theme.look
        left = self.width() - self._view.columns.gutter + 16
        room = self._view.columns.gutter - _NAME_GAP - 16
        if lead.speaker:
            font = self._theme.font(small=True, strong=not lead.asks)
            painter.setFont(font)
            painter.setPen(look["muted"] if lead.asks else look["text"])
            name = QFontMetricsF(font).elidedText(lead.speaker, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left, base), name)
        if lead.time is not None:
            font = self._theme.font(small=True)
            painter.setFont(font)
            painter.setPen(look["muted"])
            below = base + QFontMetricsF(font).height() if lead.speaker else base
            painter.drawText(QPointF(left, below), clock(lead.time))

    def _lead(self, number: int) -> Lead | None:
        page = self._view.page
        return page.lead(number) if number < len(page.pieces) else None

    def _paragraph_at(self, height: float) -> TextSpan | None:
        page = self._view.page
        for block, corner in self._view.blocks(height, height):
            box = QRectF(corner, block.layout().boundingRect().size())
            if box.top() <= height <= box.bottom() and page.text:
                start = page.offsets.to_text(block.position())
                first = page.text.rfind("\n", 0, start) + 1
                end = page.text.find("\n", start)
                last = len(page.text) if end < 0 else end
                return TextSpan(first, last) if first < last else None
        return None

    def _told(self, height: float) -> str:
        for block, _ in self._view.blocks(height, height):
            lead = self._lead(block.blockNumber())
            if lead is not None and lead.speaker:
                return lead.speaker
        return self.tr("Click to select the paragraph")
