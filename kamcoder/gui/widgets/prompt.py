"""Asking for one line of text, without stopping the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence


class Prompt(QDialog):
    """A question with one line to fill in. It stays open, saying why, if what was typed cannot be taken."""

    def __init__(
        self, title: str, question: str, verb: str, take: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take = take
        asked = label(question, wrap=True)
        self.edit = QLineEdit()
        asked.setBuddy(self.edit)
        self.edit.setAccessibleName(question)
        self.problem = label("", "small", wrap=True)
        self.problem.hide()
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        for widget in (asked, self.edit, self.problem, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(380)

    def accept(self) -> None:
        """Take what was typed, or say why not."""
        try:
            self._take(self.edit.text())
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.show()
            self.edit.selectAll()
            self.edit.setFocus()
            return
        super().accept()
