"""Two small charts beside the tables of quality: what more codings bring, and what a stated confidence meant."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kamcoder.domain.suggestion_quality import CurvePoint, ReliabilityBin
from kamcoder.gui.suggestions.grids import percent
from kamcoder.gui.theme import SMALL

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_MARK = 3.5
_LARGEST = 9.0
_HEIGHT = 190
_MOST_STEPS = 6
_GAP = 6
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class _Chart(QWidget):
    """Axes from 0 to 100 per cent upwards; the tables beside it say the same in numbers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * SMALL)
        self.setFont(font)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a size that two of them have beside each other."""
        return QSize(300, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which it can be read."""
        return QSize(220, _HEIGHT)

    def area(self) -> QRectF:
        """Return where marks are, without what is written beside the axes."""
        words = self.fontMetrics()
        left, below = words.horizontalAdvance("100 %") + 2 * _GAP, 2 * words.height() + 2 * _GAP
        return QRectF(self.rect()).adjusted(left, words.height() / 2 + 2, -2 * _GAP, -below)

    def place(self, x: float, y: float) -> QPointF:
        """Return where shares of the axes (0 to 1) are."""
        area = self.area()
        return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())

    def axes(self, painter: QPainter, below: Sequence[tuple[float, str]], name: str) -> None:
        """Draw lines for the ticks upwards, and the words of the axis below."""
        area, words = self.area(), self.fontMetrics()
        muted, line = _colour(QPalette.ColorRole.PlaceholderText), QPen(_colour(QPalette.ColorRole.Mid), 1)
        for share in _TICKS:
            at = self.place(0, share)
            painter.setPen(line)
            painter.drawLine(at, self.place(1, share))
            painter.setPen(muted)
            beside = QRectF(0, at.y() - words.height() / 2, area.left() - _GAP, words.height())
            painter.drawText(beside, _END, percent(share))
        end = -1.0
        for x, text in below:
            width = words.horizontalAdvance(text)
            left = min(max(self.place(x, 0).x() - width / 2, 0.0), self.width() - width)
            if left > end + _GAP:  # where words would lie over each other, the later are left out
                painter.drawText(QRectF(left, area.bottom() + _GAP, width + 1, words.height()), _MIDDLE, text)
                end = left + width
        foot = QRectF(area.left(), area.bottom() + _GAP + words.height(), area.width(), words.height() + _GAP)
        painter.drawText(foot, _MIDDLE, words.elidedText(name, Qt.TextElideMode.ElideRight, round(area.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """Draw what is special about a chart."""


class CurveChart(_Chart):
    """F1 by codings learned from, as a line with round marks; of rules alone, as a dashed one with square marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Chart: what more codings bring"))
        self.points: Sequence[CurvePoint] = ()

    def load(self, points: Sequence[CurvePoint]) -> None:
        """Show other points."""
        self.points = points
        if points:
            first, last = points[0], points[-1]
            words = self.tr("F1 goes from {first} with {few} codings to {last} with {many}; rules alone reach {rules}.")
            said = words.format(
                first=percent(first.macro_f1),
                few=first.codings,
                last=percent(last.macro_f1),
                many=last.codings,
                rules=percent(last.rules_f1),
            )
            self.setAccessibleDescription(said)
            self.setToolTip(said)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw both lines and say which is which at their ends."""
        most = max((point.codings for point in self.points), default=0) or 1
        self.axes(painter, [(tick / most, str(tick)) for tick in _round_steps(most)], self.tr("codings learned from"))
        accent, muted = _colour(QPalette.ColorRole.Link), _colour(QPalette.ColorRole.PlaceholderText)
        rules = [self.place(point.codings / most, point.rules_f1) for point in self.points]
        learned = [self.place(point.codings / most, point.macro_f1) for point in self.points]
        painter.setPen(QPen(muted, 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(rules))
        painter.setPen(QPen(accent, 2))
        painter.drawPolyline(QPolygonF(learned))
        for at in rules:
            painter.setPen(QPen(muted, 1.5))
            painter.setBrush(_colour(QPalette.ColorRole.Base))
            painter.drawRect(QRectF(at.x() - 2.5, at.y() - 2.5, 5, 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        for at in learned:
            painter.drawEllipse(at, _MARK, _MARK)
        if learned:
            above = learned[-1].y() <= rules[-1].y()
            self._name(painter, learned, self.tr("learned"), accent, above=above)
            self._name(painter, rules, self.tr("rules alone"), muted, above=not above)

    def _name(self, painter: QPainter, line: Sequence[QPointF], text: str, colour: QColor, *, above: bool) -> None:
        """Write what a line is beside its end, where the other line is not."""
        words, area = self.fontMetrics(), self.area()
        near = [at.y() for at in line if at.x() > area.right() - words.horizontalAdvance(text) - 2 * _GAP]
        top = min(near) - words.height() - _GAP if above else max(near) + _GAP
        top = min(max(top, 0.0), area.bottom() - words.height())
        painter.setPen(colour)
        painter.drawText(QRectF(area.left(), top, area.width(), words.height()), _END, text)


class ReliabilityChart(_Chart):
    """The share that was right by what was said; on the dotted line both are equal. Larger marks stand for more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Chart: what a stated confidence meant"))
        self.bins: Sequence[ReliabilityBin] = ()

    def load(self, bins: Sequence[ReliabilityBin]) -> None:
        """Show other figures."""
        self.bins = bins
        words = self.tr("Of those said to be {stated} sure {observed} were right.")
        said = " ".join(words.format(stated=percent(part.stated), observed=percent(part.observed)) for part in bins)
        self.setAccessibleDescription(said)
        self.setToolTip(said.replace(". ", ".\n"))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the line of honesty and a mark for each step of confidence."""
        self.axes(painter, [(share, percent(share)) for share in _TICKS], self.tr("said to be sure"))
        accent, muted = _colour(QPalette.ColorRole.Link), _colour(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(muted, 1.5, Qt.PenStyle.DotLine))
        painter.drawLine(self.place(0, 0), self.place(1, 1))
        words, area = self.fontMetrics(), self.area()
        painter.setPen(muted)
        painter.drawText(QRectF(area.left() + _GAP, area.top(), area.width(), words.height()), self.tr("were right"))
        most = max((part.suggested for part in self.bins), default=1)
        places = [self.place(part.stated, part.observed) for part in self.bins]
        painter.setPen(QPen(accent, 1.5))
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(accent)
        painter.setPen(QPen(_colour(QPalette.ColorRole.Base), 1))
        for part, at in zip(self.bins, places, strict=True):
            size = _MARK + (_LARGEST - _MARK) * (part.suggested / most) ** 0.5
            painter.drawEllipse(at, size, size)


def _round_steps(most: int) -> list[int]:
    """Return from 0 up to `most` about five numbers that are read at a glance."""
    size = 10 ** (len(str(most)) - 1)
    step = next(step for step in (size // 5, size // 2, size, 2 * size) if step and most / step <= _MOST_STEPS)
    return list(range(0, most + 1, step))


def _colour(role: QPalette.ColorRole) -> QColor:
    # Of the application: a style sheet makes the widget's own from its text colour.
    return QApplication.palette().color(role)
