"""The start of the window."""

import gc
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from kamcoder import __version__, paths
from kamcoder.gui import crash, translation
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import Mode, Theme

#: How Qt is told of the style all look is built on. Asking it afterwards costs 10 ms before the first window is seen.
STYLE = ("-style", "fusion")

# What places and rooms are made of, in pieces that each take a moment only.
_BEHIND = (
    "kamcoder.gui.labels",
    "kamcoder.gui.reader.panel",
    "kamcoder.gui.coding_acts",
    "kamcoder.gui.codebook.panel",
    "kamcoder.gui.documents.panel",
    "kamcoder.gui.inspector",
    "kamcoder.gui.interior",
)


def run(arguments: list[str]) -> int:
    """Show the window, on the project file in `arguments` if there is one; return the exit status."""
    application = QApplication([sys.argv[0], *STYLE])
    application.setApplicationName("KamCoder")
    application.setOrganizationName("KamCoder")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "kamcoder.svg")))
    translation.install(application)
    window = make_window(application, Preferences(QSettings()))
    data = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    crash.install(lambda: window, folder=data / "faults")
    path = Path(arguments[0]) if arguments else None
    if path is not None:
        window.start.tell_opening(path)
    window.painted.connect(lambda: begin(window, path))
    window.show()
    return application.exec()


def make_window(application: QApplication, preferences: Preferences) -> MainWindow:
    """Return the window in the theme the person chose last."""
    try:
        mode = Mode(preferences.text("mode", Mode.SYSTEM))
    except ValueError:
        mode = Mode.SYSTEM
    theme = Theme(application, mode)
    window = MainWindow(theme, preferences)
    theme.setParent(window)
    return window


def begin(window: MainWindow, path: Path | None) -> None:
    """Get ready behind the window that is on the screen now, then open the project."""
    QTimer.singleShot(0, window, partial(_furnish, window, iter(_BEHIND)))
    if path is not None:
        window.open_when_ready(path)
    else:
        window.desk.projects.warm_up(lambda: None)


def _furnish(window: MainWindow, modules: Iterator[str]) -> None:
    """Import what the places need, one piece after another so that the window answers meanwhile, then make them."""
    name = next(modules, None)
    if name is None:
        window.furnish()
        gc.freeze()  # all that stays for good: the collector need not walk over it again while somebody works
        return
    import_module(name)
    QTimer.singleShot(0, window, partial(_furnish, window, modules))
