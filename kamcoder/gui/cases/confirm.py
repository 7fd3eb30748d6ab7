"""Asking before something is deleted, saying what goes with it; never stops the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kamcoder.gui.widgets.labels import label


class Confirm(QDialog):
    """A question with what follows from it, and two buttons, the first of which does it."""

    def __init__(
        self, question: str, told: Sequence[str], verb: str, act: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(verb)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(" ".join(told))
        self.texts = [question, *told]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(question, "strong", wrap=True))
        for text in told:
            layout.addWidget(label(text, wrap=True))
        layout.addSpacing(8)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(act)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
