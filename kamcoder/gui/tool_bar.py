"""The one line of tools: the places at the left, what is done most in the middle, the panes at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.appearance import PANES
from kamcoder.gui.workspace import PLACES

# Commands with their words, or as an icon alone; an empty key is a line between two groups.
_TOOLS = (
    ("", False),
    ("edit.undo", False),
    ("edit.redo", False),
    ("", False),
    ("code.apply", True),
    ("code.uncode", True),
    ("", False),
    ("documents.import", True),
)


class ToolBar(QToolBar):
    """Buttons for the commands of the window; the commands themselves are made elsewhere."""

    def __init__(self, commands: ActionBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tools"))
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(10, 3, 10, 3)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for key, words in zip(PLACES, self._place_names(), strict=True):
            commands[key].setIconText(words)
            button = self._button(commands, key, Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setProperty("part", "room")
        commands["documents.import"].setIconText(self.tr("Import"))  # the panes' buttons fit at 1000 pixels too
        for key, with_words in _TOOLS:
            if not key:
                self.addSeparator()
            elif with_words:
                self._button(commands, key, Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            else:
                self.addAction(commands[key])
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(room)
        for key in PANES:
            self.addAction(commands[key])

    def _button(self, commands: ActionBoard, key: str, style: Qt.ToolButtonStyle) -> QWidget:
        self.addAction(commands[key])
        button = self.widgetForAction(commands[key])
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(style)
        return button

    def _place_names(self) -> tuple[str, ...]:
        return (self.tr("Code"), self.tr("Cases"), self.tr("Tables"), self.tr("Compare"), self.tr("Reports"))
