"""The foot of the import dialog: what is under way or what went wrong, and the buttons."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kamcoder.gui.icons import Icons
from kamcoder.gui.widgets.empty import button_for
from kamcoder.gui.widgets.labels import ElidedLabel, label, line
from kamcoder.gui.widgets.progress_bar import ProgressBar


class Foot(QWidget):
    """A line that says how far things are, above the buttons."""

    import_clicked = Signal()
    cancel_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, icons: Icons, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = ElidedLabel()
        self.status.setProperty("part", "muted")
        self.trouble = label("", wrap=True)
        self.bar = ProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = _plain(QPushButton(self.tr("Stop reading")))
        self.stop.setProperty("part", "link")
        self.stop.clicked.connect(self.stop_clicked)
        self.adds = [_plain(button_for(action)) for action in actions]
        self.cancel = _plain(QPushButton(self.tr("Cancel")))
        self.cancel.clicked.connect(self.cancel_clicked)
        self.go = _plain(QPushButton())
        self.go.setProperty("part", "primary")
        self.go.setToolTip(self.tr("Import all checked files in one step (Ctrl+Enter)"))
        self.go.clicked.connect(self.import_clicked)
        self._sign = QLabel()
        self._sign.setPixmap(icons.get("circle-alert", "danger").pixmap(16, 16))
        self._lay_out()
        self.hide_trouble()
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int, *, can_stop: bool = False) -> None:
        """Show how far long work is; no bar for a total of 0."""
        self.bar.setVisible(total > 0)
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)
        self.stop.setVisible(total > 0 and can_stop)

    def show_trouble(self, sentence: str) -> None:
        """Show what went wrong, or what must be known before going on."""
        self.trouble.setText(sentence)
        self.trouble.setAccessibleName(sentence)
        for widget in (self._sign, self.trouble):
            widget.show()

    def hide_trouble(self) -> None:
        """Take what went wrong away."""
        self.trouble.clear()
        for widget in (self._sign, self.trouble):
            widget.hide()

    def _lay_out(self) -> None:
        wrong = QHBoxLayout()
        wrong.setSpacing(8)
        wrong.addWidget(self._sign)
        wrong.addWidget(self.trouble, 1)
        far = QHBoxLayout()
        far.setSpacing(8)
        far.addWidget(self.status, 1)
        far.addWidget(self.bar)
        far.addWidget(self.stop)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.adds:
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(line())
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 8, 16, 12)
        inside.setSpacing(8)
        for part in (wrong, far, row):
            inside.addLayout(part)
        layout.addLayout(inside)


def _plain(button: QPushButton) -> QPushButton:
    # Enter in a field takes what was typed there; it must not import or cancel.
    button.setAutoDefault(False)
    button.setDefault(False)
    return button
