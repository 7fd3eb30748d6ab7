"""The line over the text in which words to find are typed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from kamcoder.gui.widgets.labels import label


class FindBar(QFrame):
    """A field, a count, ways to the hit before and after, and two switches. It searches nothing itself."""

    changed = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this document"))
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(320)
        self.field.textChanged.connect(self.changed)
        self.field.installEventFilter(self)
        self.count = label("", "muted")
        self.count.setAccessibleName(self.tr("Hits"))
        self.previous = self._button("↑", self.tr("Previous hit (Shift+F3)"))
        self.next = self._button("↓", self.tr("Next hit (F3)"))
        self.case = self._button("Aa", self.tr("Tell capital from small letters (Alt+C)"), keys="Alt+C", switch=True)
        self.whole = self._button(self.tr("Words"), self.tr("Whole words only (Alt+O)"), keys="Alt+O", switch=True)
        self.leave = self._button("×", self.tr("Close (Esc)"))
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.case.toggled.connect(self.changed)
        self.whole.toggled.connect(self.changed)
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for widget in (self.previous, self.next, self.case, self.whole):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.leave)
        self.hide()

    def open(self, typed: str) -> None:
        """Show the line with these words, or with those typed last."""
        self.show()
        if typed:
            self.field.setText(typed)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, text: str) -> None:
        """Say how many hits there are."""
        self.count.setText(text)
        self.count.setAccessibleName(text or self.tr("Hits"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Enter and leave with Escape."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
                self.stepped.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _button(self, text: str, tip: str, *, keys: str = "", switch: bool = False) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(switch)
        if keys:
            button.setShortcut(keys)
        return button
