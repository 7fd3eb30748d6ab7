"""When the program itself is at fault: a report that can be read, kept and sent, and a window that goes on."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from kamcoder import __version__

_LOG = logging.getLogger(__name__)


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return what is worth knowing about a fault. It holds no text of any project."""
    head = (
        f"KamCoder {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n"
        f"{datetime.now(UTC).isoformat(timespec='seconds')}\n\n"
    )
    frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
    # Values inside the message may be words of an interview: only the kind of the fault is told, and where it was.
    return f"{head}{frames}{kind.__module__}.{kind.__qualname__}\n"


def keep(text: str, folder: Path) -> Path | None:
    """Write a report into a folder and return its path; None if that cannot be done."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"kamcoder-fault-{stamp}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as failure:
        _LOG.warning("the report could not be written: %s", failure)
        return None
    return path


class CrashDialog(QDialog):
    """Says that something went wrong, that the work is safe, and shows the report."""

    def __init__(self, text: str, kept: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("KamCoder made a mistake"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        words = QLabel(
            self.tr(
                "The last step may not have been done. Everything before it is in the project file. "
                "The report below says where the fault is; it holds nothing of your interviews."
            )
        )
        words.setWordWrap(True)
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("Report"))
        place = QLabel(self.tr("Kept as {path}").format(path=kept) if kept else "")
        place.setProperty("part", "small")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        go_on = buttons.addButton(self.tr("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        go_on.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (words, shown, place, buttons):
            layout.addWidget(widget)
        self.resize(640, 400)


def install(parent: Callable[[], QWidget | None], *, folder: Path) -> None:
    """Let faults open the window of crashes over `parent()` and be kept; an interrupt from the keyboard still ends."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        text = report(kind, error, trace)
        show(text, keep(text, folder), parent())

    sys.excepthook = hook


def show(text: str, kept: Path | None, parent: QWidget | None) -> CrashDialog | None:
    """Show the window of crashes, one at a time: a fault that repeats with every repaint must not bury the screen."""
    if parent is not None and parent.findChild(CrashDialog) is not None:
        return None
    dialog = CrashDialog(text, kept, parent)
    dialog.open()
    return dialog
