"""Telling what happened: a bar above the work for what needs a decision, a toast for what can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.gui.icons import Icons
from kamcoder.gui.widgets.labels import label

TOAST_MS = 8000
# What a toast must not lie on, and how far it may rise above the foot of the window to avoid it.
_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
_HIGHEST = 240


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: a button's text and what it does."""

    text: str
    act: Callable[[], object]


class NoticeBar(QFrame):
    """One sentence above the work, with ways on. It stays until it is closed or another takes its place."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self._icons = icons
        self._symbol = QLabel()
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        self._close = QToolButton()
        self._close.setText("×")
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._symbol)
        layout.addWidget(self._text, 1)
        layout.addLayout(self._ways)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that stands there, empty if none does."""
        return self._text.text() if not self.isHidden() else ""

    def buttons(self) -> list[QPushButton]:
        """Return the buttons of the ways on."""
        return list(self._buttons)

    def tell(self, sentence: str, ways: Sequence[Way] = (), *, warning: bool = False) -> None:
        """Show a sentence with ways on."""
        for old in self._buttons:
            self._ways.removeWidget(old)
            old.deleteLater()
        self._buttons.clear()
        icon = self._icons.get(*(("triangle-alert", "warning") if warning else ("info", "accent")))
        self._symbol.setPixmap(icon.pixmap(18, 18))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        for way in ways:
            button = QPushButton(way.text)
            button.clicked.connect(self.hide)
            button.clicked.connect(way.act)
            self._ways.addWidget(button)
            self._buttons.append(button)
        self.show()


class Toast(QFrame):
    """A sentence that goes by itself, with at most one way back, at the foot of a window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("part", "toast")
        self._text = label("", wrap=True)
        self._details = label("", "small", wrap=True)
        self._act: Callable[[], object] | None = None
        self.button = QPushButton()
        self.button.setProperty("part", "link")
        self.button.clicked.connect(self._on_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._details)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 10, 10)
        layout.setSpacing(12)
        layout.addLayout(words, 1)
        layout.addWidget(self.button)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that stands there, empty if none does."""
        return self._text.text() if not self.isHidden() else ""

    def tell(self, sentence: str, way: Way | None = None, *, details: str = "") -> None:
        """Show a sentence for eight seconds."""
        self._text.setText(sentence)
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self.setAccessibleName(sentence)
        self._act = way.act if way else None
        self.button.setText(way.text if way else "")
        self.button.setVisible(way is not None)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when its size changes."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _on_clicked(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def covers(self, control: QWidget) -> bool:
        """Tell whether the sentence lies on a control."""
        return not self.isHidden() and self.geometry().intersects(_place_of(control, self._over))

    def _place(self) -> None:
        """Stand at the foot of the window, but on no control: what was done now is often done again at once."""
        window, row = self._over, self._row
        width = min(560, window.width() - 32)
        self.setFixedWidth(width)
        height = row.totalHeightForWidth(width) if row.hasHeightForWidth() else row.sizeHint().height()
        self.resize(width, height)
        controls = [
            _place_of(control, window)
            for control in window.findChildren(QWidget)
            if isinstance(control, _CONTROLS) and control.isVisible() and control.window() is window
            if not self.isAncestorOf(control)
        ]
        lowest = window.height() - height - 48
        rest = window.width() - width - 16
        places = [
            QRect(x, y, width, height)
            for y in range(lowest, max(lowest - _HIGHEST, 0), -8)
            for x in (max(rest, 16) // 2, 16, rest)
        ]
        self.move(
            min(places, key=lambda place: sum(map(place.intersects, controls)), default=self.geometry()).topLeft()
        )


def _place_of(control: QWidget, window: QWidget) -> QRect:
    return QRect(control.mapTo(window, QPoint()), control.size())
