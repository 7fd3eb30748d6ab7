"""The line at the foot of the window: hints, progress of long work, where the caret is, who codes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStatusBar, QToolButton, QWidget

from kamcoder.gui.tasks import Task
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.gui.widgets.progress_bar import ProgressBar


class StatusLine(QStatusBar):
    """Labels for hints and place, a bar for long work, and the button that says and changes who codes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._hint = ElidedLabel()
        self._place = ElidedLabel(most=280)
        self._place.setAccessibleName(self.tr("Place of the caret"))
        self.coder = QToolButton()
        self.coder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.coder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._task: Task | None = None
        self._work = QWidget()
        self._title = label("")
        self._bar = ProgressBar()
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("part", "link")
        self.cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._title, self._bar, self.cancel):
            row.addWidget(widget)
        self._work.hide()
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self._work)
        self.addPermanentWidget(self._place)
        self.addPermanentWidget(self.coder)

    @property
    def hint(self) -> str:
        """Return the hint that stands there."""
        return self._hint.text()

    @property
    def place(self) -> str:
        """Return the place that stands there."""
        return self._place.text()

    def tell_hint(self, text: str) -> None:
        """Show a hint in place of the one that stands there."""
        self._hint.setText(text)

    def tell_place(self, text: str) -> None:
        """Say where the caret is."""
        self._place.setText(text)

    def tell_coder(self, name: str | None) -> None:
        """Say who codes."""
        text = self.tr("Coding as {name}").format(name=name) if name else self.tr("Choose who codes")
        self.coder.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 240))
        self.coder.setToolTip(text)
        self.coder.setAccessibleName(text)

    def follow(self, task: Task) -> None:
        """Show how far long work is, with a way to cancel it."""
        self._task = task
        self._title.setText(task.title)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(task.title)
        self.cancel.setEnabled(True)
        self._work.show()
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)

    def _on_progressed(self, done: int, total: int, subject: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if self._task is not None:
            title = self._task.title
            self._title.setText(f"{title}: {subject} ({min(done + 1, total)}/{total})" if subject else title)

    def _on_finished(self) -> None:
        self._work.hide()
        self._task = None

    def _on_cancel(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self._task.cancel()
