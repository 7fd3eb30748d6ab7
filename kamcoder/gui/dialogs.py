"""Small windows of words: what this program is."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kamcoder import __version__
from kamcoder.gui.widgets.labels import label


def about(parent: QWidget) -> QDialog:
    """Return what this program is and how it keeps what is entrusted to it."""
    words = QCoreApplication.translate(
        "dialogs",
        "Codes interview transcripts and reads them across cases. Everything stays in your project file on this "
        "computer: no account, no connection, nothing sent anywhere.",
    )
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(f"KamCoder {__version__}", "title"))
    column.addWidget(label(words, wrap=True))
    column.addWidget(
        label(QCoreApplication.translate("dialogs", "MIT licence. Icons: Lucide, ISC licence."), "small", wrap=True)
    )
    return _dialog(QCoreApplication.translate("dialogs", "About KamCoder"), parent, inside)


def _dialog(title: str, parent: QWidget, inside: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinimumWidth(420)
    buttons = QDialogButtonBox()
    close = buttons.addButton(QCoreApplication.translate("dialogs", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.setDefault(True)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 16)
    layout.setSpacing(12)
    layout.addWidget(inside, 1)
    layout.addWidget(buttons)
    return dialog
