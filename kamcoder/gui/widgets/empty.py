"""What stands where nothing is yet: one sentence, and the next step with its key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kamcoder.gui.widgets.labels import label


class EmptyState(QWidget):
    """A heading, a sentence, and buttons for actions, each with its key beside it; in a side pane smaller."""

    def __init__(
        self,
        heading: str,
        sentence: str,
        actions: list[QAction],
        *,
        side: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        edge = 16 if side else 24
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(8)
        layout.addStretch(2)
        self.heading = label(heading, "strong" if side else "title", wrap=True)
        self.sentence = label(sentence, "muted", wrap=True)
        for widget in (self.heading, self.sentence):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        layout.addSpacing(4 if side else 12)
        self.buttons = [button_for(action, primary=not side and number == 0) for number, action in enumerate(actions)]
        for button in self.buttons if side else ():
            button.setText(button.accessibleName())
            button.setProperty("part", "link")
        for button in self.buttons:
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(button)
            row.addStretch()
            layout.addLayout(row)
        layout.addStretch(3)


def button_for(action: QAction, *, primary: bool = False) -> QPushButton:
    """Return a push button that triggers an action and says its key."""
    text = action.text().replace("&", "")
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    button = QPushButton(f"{text}   {keys}" if keys else text)
    button.setAccessibleName(text)
    button.setAccessibleDescription(action.toolTip())
    button.setToolTip(action.toolTip())
    button.setAutoDefault(True)
    if primary:
        button.setProperty("part", "primary")
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        if not primary:  # its ground takes the colour of the icons
            button.setIcon(action.icon())

    follow()
    action.changed.connect(follow)
    return button
