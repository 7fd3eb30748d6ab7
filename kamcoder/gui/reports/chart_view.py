"""A chart in the window: the picture, and a frame around the mark that is looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from kamcoder.formats.charts.model import Hit
from kamcoder.gui.theme import Theme
from kamcoder.services.handing_out import Picture

_POINTS = 96 / 72  # logical pixels
_ASIDE = 6
_SMALLEST = 0.62  # of its size a chart may be shown, so that words are still read


class ChartCanvas(QWidget):
    """Shows one chart; arrows go from mark to mark, Enter and a click lead to what is behind one."""

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmap = QPixmap()
        self._size = QSize(0, 0)
        self.hits: tuple[Hit, ...] = ()
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Chart"))

    def load(self, picture: Picture | None) -> None:
        """Show another chart."""
        self._pixmap = QPixmap()
        self.hits = ()
        self.current = -1
        self._size = QSize(0, 0)
        if picture is not None:
            self._pixmap.loadFromData(picture.png, "PNG")
            self.hits = picture.hits
            self._size = QSize(round(picture.width * _POINTS), round(picture.height * _POINTS))
            self.setAccessibleDescription(f"{picture.title}. {picture.rule}")
        self.setFixedSize(self._size)
        self.update()

    def fit(self, width: int) -> None:
        """Take no more than a width, as long as the words can be read."""
        scale = min(1.0, max(_SMALLEST, width / max(self._size.width(), 1)))
        self.setFixedSize(self._size * scale)

    def point(self, number: int) -> None:
        """Look at a mark."""
        if number == self.current or not -1 <= number < len(self.hits):
            return
        self.current = number
        self.update()
        self.pointed.emit(number)

    def place(self, number: int) -> QRectF:
        """Return where a mark is."""
        hit = self.hits[number]
        width, height = self.width(), self.height()
        return QRectF(
            hit.left * width, hit.top * height, (hit.right - hit.left) * width, (hit.bottom - hit.top) * height
        )

    def at(self, point: QPointF) -> int:
        """Return the mark at a point; the smallest where several are, -1 for none."""
        x, y = point.x() / max(self.width(), 1), point.y() / max(self.height(), 1)
        found = [number for number, hit in enumerate(self.hits) if hit.holds(x, y)]
        return min(found, key=lambda number: self.hits[number].right - self.hits[number].left, default=-1)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._pixmap)
        if 0 <= self.current < len(self.hits):
            pen = QPen(self._theme.look["focus"], 3 if self.hasFocus() else 2)
            painter.setPen(pen)
            painter.drawRect(self.place(self.current).adjusted(-1, -1, 1, 1))

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            number = self.at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.hits[number].mark.told if number >= 0 else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at what is clicked."""
        if event.button() is Qt.MouseButton.LeftButton and (number := self.at(event.position())) >= 0:
            self.point(number)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark, and on to the passages."""
        steps: dict[int, Callable[[QRectF, QRectF], bool]] = {
            Qt.Key.Key_Right: lambda here, there: there.left() >= here.right() - 1,
            Qt.Key.Key_Left: lambda here, there: there.right() <= here.left() + 1,
            Qt.Key.Key_Down: lambda here, there: there.top() >= here.bottom() - 1,
            Qt.Key.Key_Up: lambda here, there: there.bottom() <= here.top() + 1,
        }
        if event.key() in steps and self.hits:
            across = event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left)
            self.point(self._nearest(steps[event.key()], across=across) if self.current >= 0 else 0)
        elif event.key() == Qt.Key.Key_Home and self.hits:
            self.point(0)
        elif event.key() == Qt.Key.Key_End and self.hits:
            self.point(len(self.hits) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _nearest(self, lies: Callable[[QRectF, QRectF], bool], *, across: bool) -> int:
        here = self.place(self.current)
        found = [
            (_distance(here, self.place(number), across=across), number)
            for number in range(len(self.hits))
            if number != self.current and lies(here, self.place(number))
        ]
        return min(found)[1] if found else self.current


class ChartView(QScrollArea):
    """A chart that may be larger than its place; the mark that is looked at stays in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ChartCanvas(theme)
        self.setWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        # The chart goes on into what is around it.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.canvas.pointed.connect(self._on_pointed)

    def load(self, picture: Picture | None) -> None:
        """Show another chart."""
        self.canvas.load(picture)
        self.canvas.fit(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chart into the room there is."""
        super().resizeEvent(event)
        self.canvas.fit(self.viewport().width())

    def _on_pointed(self, number: int) -> None:
        if number >= 0:
            centre = self.canvas.place(number).center()
            self.ensureVisible(round(centre.x()), round(centre.y()), 60, 60)


def _distance(here: QRectF, there: QRectF, *, across: bool) -> float:
    """Return how far a mark is; what is aside of the way counts as further."""
    x, y = abs(here.center().x() - there.center().x()), abs(here.center().y() - there.center().y())
    return x + _ASIDE * y if across else _ASIDE * x + y
