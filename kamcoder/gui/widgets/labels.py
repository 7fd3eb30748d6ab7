"""Labels that cut what does not fit, and labels that say what they are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line of text, cut with an ellipsis where the room ends; the whole is in the tool tip.

    It takes whatever room there is; with `most` it takes what the text needs, up to that many pixels.
    """

    def __init__(self, text: str = "", *, most: int | None = None, parent: QWidget | None = None) -> None:
        self._most = most
        self._text = ""
        self._named = False
        # What Qt's label holds gives the height only: with each other text of its own it would have the whole window
        # laid out anew, and these labels change with every act.
        super().__init__(" ", parent)
        policy = QSizePolicy.Policy.Ignored if most is None else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def text(self) -> str:
        """Return the text, also what is cut of it."""
        return self._text

    def sizeHint(self) -> QSize:
        """Ask for what the text needs, within bounds."""
        size = super().sizeHint()
        metrics = self.fontMetrics()
        width = size.width() - metrics.horizontalAdvance(" ") + metrics.horizontalAdvance(self._text)
        return QSize(width if self._most is None else min(width, self._most), size.height())

    def setText(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        self._text = text
        self.setToolTip(text)
        self._tell_name()
        if self._most is not None:
            self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Show no text."""
        self.setText("")

    def setAccessibleName(self, name: str) -> None:
        """Call it by a name other than its text, which is then what is said of it."""
        super().setAccessibleName(name)
        self._named = bool(name)
        self._tell_name()

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)

    def _tell_name(self) -> None:
        if self._named:
            self.setAccessibleDescription(self._text)
        else:
            super().setAccessibleName(self._text)


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
