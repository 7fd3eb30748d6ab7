"""One sentence below a grid on what could not be taken; it goes with the next thing that is."""

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kamcoder.gui.icons import Icons
from kamcoder.gui.widgets.labels import label


class ProblemLine(QWidget):
    """A sign and a sentence, hidden while there is nothing to say."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._symbol = QLabel()
        self._text = label("", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 6)
        layout.setSpacing(8)
        layout.addWidget(self._symbol)
        layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that stands there, empty if none does."""
        return self._text.text() if not self.isHidden() else ""

    def tell(self, sentence: str) -> None:
        """Show a sentence, and tell those who listen to the screen."""
        self._symbol.setPixmap(self._icons.get("circle-alert", "danger").pixmap(16, 16))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
