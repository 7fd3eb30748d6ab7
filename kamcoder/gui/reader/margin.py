"""Right of the text: a bracket for every coding in a lane of its own, and the names of the codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QToolTip, QWidget

from kamcoder.gui.reader.columns import EDGE, LANE
from kamcoder.gui.reader.marks import Mark
from kamcoder.gui.reader.offered import OfferBand
from kamcoder.gui.reader.view import ReaderView
from kamcoder.gui.theme import Theme

_TICK = 4
_REACH = 5  # pixels beside a bracket that still belong to it
_FOOT = 6  # pixels below what is said of hidden brackets
_SPREAD = 4  # pixels around a bracket that its lines may reach
_PUSH = 4  # rows a name may stand below the beginning of its bracket
_BEFORE = 400  # pixels above the window whose names are laid out too, so that names do not jump while scrolling


@dataclass(slots=True)
class Stripe:
    """A mark as it was last painted."""

    mark: Mark
    bracket: QRectF
    lit: bool
    name: QRectF | None = None

    def area(self) -> QRegion:
        """Return what is painted over, with the breadth of the lines."""
        area = QRegion(self.bracket.adjusted(-_SPREAD, -_SPREAD, _SPREAD, _SPREAD).toAlignedRect())
        return area if self.name is None else area.united(self.name.adjusted(0, -1, _SPREAD, 1).toAlignedRect())


class Margin(QWidget):
    """Painted beside the view it belongs to. A click on a bracket or name tells which coding it is."""

    coding_clicked = Signal(str)
    offer_clicked = Signal(object)

    def __init__(self, view: ReaderView, theme: Theme) -> None:
        self._stripes: list[Stripe] = []
        self._fresh = False  # laid out as the text stands now
        self._sight = (0, 0)  # UTF-16 positions between which codings are in sight
        self._more = 0
        super().__init__(view)
        self._view = view
        self._theme = theme
        self.band = OfferBand(view, theme)
        self.reason_of: Callable[[object], str] = str
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Codings beside the text"))
        view.moved.connect(self._on_moved)
        view.marked.connect(self._on_marked)
        view.hovered.connect(self.light)

    @property
    def stripes(self) -> list[Stripe]:
        """Return what is in sight, as it was last laid out."""
        return self._stripes

    def sizeHint(self) -> QSize:
        """Ask for the width of the view's columns."""
        return QSize(self._view.columns.lanes + self._view.columns.names, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint brackets and names, as far as they lie in what is to be painted."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.look["surface"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._fresh:
            self._stripes = self._laid_out()
        self._fresh = True
        self._more = self._hidden()
        region = event.region()
        shown = sorted((stripe for stripe in self._stripes if region.intersects(stripe.area())), key=_is_lit)
        for stripe in shown:
            if stripe.mark.lane < self._view.columns.shown_lanes:
                self._paint_bracket(painter, stripe)
        for stripe in shown:
            if stripe.name is not None:
                self._paint_name(painter, stripe, stripe.name)
        self._paint_more(painter)
        self.band.paint(painter, [stripe.name for stripe in self._stripes if stripe.name is not None], self.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the coding under the mouse."""
        stripe = self._at(event.position().toPoint())
        pointed = stripe or self.band.at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if pointed else Qt.CursorShape.ArrowCursor)
        self._view.hover(stripe.mark.id if stripe else "")

    def leaveEvent(self, event: QEvent) -> None:
        """Light up nothing."""
        self._view.hover("")
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which coding was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        stripe, offered = self._at(event.position().toPoint()), self.band.at(event.position())
        if offered is not None:
            self.offer_clicked.emit(offered.key)
        elif stripe is not None:
            self.coding_clicked.emit(stripe.mark.id)

    def event(self, event: QEvent) -> bool:
        """Say the whole path of the code and the beginning of the passage."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            stripe = self._at(event.pos())
            offered = self.band.at(QPointF(event.pos()))
            text = self.reason_of(offered.key) if offered is not None else ""
            if offered is None and stripe is not None:
                quote = " ".join(stripe.mark.coding.quote.split())
                quote = quote if len(quote) <= 120 else quote[:119] + "…"
                path = self._view.inks[stripe.mark.code_id].path
                coder = self._view.coder_names.get(stripe.mark.coding.coder_id, "")
                text = f"{path}\n“{quote}”" if stripe.mark.own or not coder else f"{path} · {coder}\n“{quote}”"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def light(self) -> None:
        """Paint anew what is lit now, or was."""
        for stripe in self._stripes:
            if stripe.lit != self._lit(stripe.mark):
                stripe.lit = not stripe.lit
                self.update(stripe.area())

    def _on_moved(self) -> None:
        self._fresh = False
        self.update()

    def _on_marked(self) -> None:
        """Paint anew what looks different with a coding that came or went."""
        before = {stripe.mark: stripe for stripe in self._stripes}
        self._stripes, self._fresh = self._laid_out(), True
        if len(self._view.ground.offered):
            self.update()  # their names make way for those of codings
            return
        if self._hidden() != self._more:
            row = round(QFontMetricsF(self._theme.font(small=True)).height()) + _FOOT
            self.update(0, self.height() - row, self.width(), row)
        for stripe in self._stripes:
            old = before.pop(stripe.mark, None)
            if stripe != old:
                self.update(stripe.area() if old is None else stripe.area().united(old.area()))
        for old in before.values():
            self.update(old.area())

    def _hidden(self) -> int:
        """Return how many brackets there is no lane for."""
        shown = self._view.columns.shown_lanes
        return sum(stripe.mark.lane >= shown and stripe.bracket.bottom() > 0 for stripe in self._stripes)

    def _lit(self, mark: Mark) -> bool:
        return mark.id in (self._view.chosen_id, self._view.hovered_id)

    def _laid_out(self) -> list[Stripe]:
        """Return the stripes in sight from top to bottom, with room for their names."""
        if not self._fresh:
            blocks = list(self._view.blocks(-_BEFORE, self.height()))
            last = blocks[-1][0] if blocks else None
            self._sight = (blocks[0][0].position(), last.position() + last.length()) if last else (0, 0)
        before = {stripe.mark: stripe.bracket for stripe in self._stripes} if self._fresh else {}
        stripes = [
            Stripe(mark, before.get(mark) or self._bracket(mark), self._lit(mark))
            for mark in self._view.marks.overlapping(*self._sight)
        ]
        if self._view.columns.names:
            self._name(stripes)
        return stripes

    def _bracket(self, mark: Mark) -> QRectF:
        start, end = self._sight
        top = self._view.line_rect(mark.start).top() if mark.start >= start else -float(_BEFORE)
        bottom = self._view.line_rect(mark.end - 1).bottom() if mark.end <= end else float(self.height() + LANE)
        return QRectF(EDGE + mark.lane * LANE, top + 2, LANE, max(bottom - top - 4, 6))

    def _name(self, stripes: list[Stripe]) -> None:
        """Give names their rows: at the beginning of the bracket, or a few rows below where that is taken."""
        row = QFontMetricsF(self._theme.font(small=True)).height() + 1
        left = self._view.columns.lanes + 4
        width = self._view.columns.names - 8
        free = -float("inf")
        carried = []
        looks = self._view.looks
        named = [stripe for stripe in stripes if stripe.mark.id not in looks or looks[stripe.mark.id].named]
        for stripe in sorted(named, key=lambda item: (item.bracket.top(), item.mark.lane)):
            if stripe.bracket.top() <= 2 - _BEFORE:
                carried.append(stripe)
                continue
            top = max(stripe.bracket.top(), free)
            if top - stripe.bracket.top() <= _PUSH * row:
                stripe.name = QRectF(left, top, width, row)
                free = top + row
        self._name_carried(stripes, carried, row)

    def _name_carried(self, stripes: list[Stripe], carried: list[Stripe], row: float) -> None:
        """Name passages that began far above at the upper edge, as long as there is room before the first name."""
        tops = [stripe.name.top() for stripe in stripes if stripe.name is not None and stripe.name.bottom() > 0]
        first = min(tops, default=float(self.height()))
        top = 4.0
        for stripe in carried:
            if top + row > min(first, stripe.bracket.bottom()):
                continue
            stripe.name = QRectF(self._view.columns.lanes + 4, top, self._view.columns.names - 8, row)
            top += row

    def _paint_bracket(self, painter: QPainter, stripe: Stripe) -> None:
        ink, lit = self._view.inks[stripe.mark.code_id], stripe.lit
        look, doubled = self._view.looks.get(stripe.mark.id), stripe.mark.coding.coder_id in self._view.doubled
        thick = look.thick if look else 2.0
        pen = QPen(ink.stroke, 1.2 if doubled and not lit else 3.5 if lit else thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        dashes = () if doubled else look.dashes if look else () if stripe.mark.own else (1.5, 1.0)
        if dashes:
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        box = stripe.bracket
        x = box.left() + LANE / 2 + 1
        painter.drawPolyline(
            [
                QPointF(x - _TICK, box.top()),
                QPointF(x, box.top()),
                QPointF(x, box.bottom()),
                QPointF(x - _TICK, box.bottom()),
            ]
        )
        if doubled:
            painter.drawLine(QPointF(x - 3, box.top()), QPointF(x - 3, box.bottom()))

    def _paint_name(self, painter: QPainter, stripe: Stripe, room: QRectF) -> None:
        mark = stripe.mark
        ink = self._view.inks[mark.code_id]
        font = self._theme.font(small=True, strong=stripe.lit)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(ink.writing)
        look = self._view.looks.get(mark.id)
        name = f"{look.sign} {ink.name}" if look else ink.name
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        base = room.top() + metrics.ascent()
        painter.drawText(QPointF(room.left(), base), text)
        others = look.within if look else self._view.coder_names.get(mark.coding.coder_id, "")
        within = ink.within if mark.own else others
        self._paint_within(painter, within, room.left() + metrics.horizontalAdvance(text + " "), room, base)

    def _paint_within(self, painter: QPainter, within: str, left: float, room: QRectF, base: float) -> None:
        font = self._theme.font(small=True)
        metrics = QFontMetricsF(font)
        if not within or room.right() - left < metrics.horizontalAdvance("nnnn"):
            return
        painter.setFont(font)
        painter.setPen(self._theme.look["muted"])
        text = metrics.elidedText("· " + within, Qt.TextElideMode.ElideRight, room.right() - left)
        painter.drawText(QPointF(left, base), text)

    def _paint_more(self, painter: QPainter) -> None:
        hidden = self._more
        if hidden:
            painter.setFont(self._theme.font(small=True))
            painter.setPen(self._theme.look["muted"])
            text = self.tr("+{count} more").format(count=hidden) if self._view.columns.names else f"+{hidden}"
            painter.drawText(QPointF(EDGE, self.height() - _FOOT), text)

    def _at(self, point: QPoint) -> Stripe | None:
        where = QPointF(point)
        for stripe in self._stripes:
            if stripe.name is not None and stripe.name.contains(where):
                return stripe
        near = [
            stripe
            for stripe in self._stripes
            if stripe.mark.lane < self._view.columns.shown_lanes
            and stripe.bracket.adjusted(-_REACH, 0, _REACH - LANE, 0).contains(where)
        ]
        return min(near, key=lambda stripe: abs(stripe.bracket.center().x() - where.x()), default=None)


def _is_lit(stripe: Stripe) -> bool:
    return stripe.lit
