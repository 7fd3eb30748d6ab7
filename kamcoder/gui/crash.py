"""When the program itself is at fault: a report that can be read, kept and sent, and a window that goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from kamcoder import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

_LOG = logging.getLogger(__name__)


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return what is worth knowing about a fault. It holds no text of any project."""
    import platform
    import traceback

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


def show(text: str, kept: Path | None, parent: QWidget | None) -> QDialog | None:
    """Show the window of crashes, one at a time: a fault that repeats with every repaint must not bury the screen."""
    # Not at the head of the module: most sittings never need it, and every start would wait for it.
    from kamcoder.gui.crash_dialog import CrashDialog

    if parent is not None and parent.findChild(CrashDialog) is not None:
        return None
    dialog = CrashDialog(text, kept, parent)
    dialog.open()
    return dialog
