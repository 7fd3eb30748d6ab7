"""Labels that cut what does not fit, and labels that say what they are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line of text, cut with an ellipsis where the room ends; the whole is in the tool tip.

    It takes whatever room there is; with `most` it takes what the text needs, up to that many pixels.
    """

    def __init__(self, text: str = "", *, most: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._most = most
        policy = QSizePolicy.Policy.Ignored if most is None else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Ask for what the text needs, within bounds."""
        size = super().sizeHint()
        return size if self._most is None else QSize(min(size.width(), self._most), size.height())

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)


def label(text: str, part: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that the style sheet knows as `part`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if part:
        made.setProperty("part", part)
    made.setWordWrap(wrap)
    return made


def line() -> QFrame:
    """Return a horizontal hairline."""
    made = QFrame()
    made.setProperty("part", "line")
    made.setFixedHeight(1)
    return made
