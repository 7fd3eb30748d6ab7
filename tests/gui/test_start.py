"""The start: the page to begin from stands there before the rest of the window is even imported."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QToolBar
from pytestqt.qtbot import QtBot

from kamcoder.gui import application
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.builders import small_study
from tests.gui.driving import trigger

_HEAVY = ("spacy", "numpy", "matplotlib", "sqlite_utils", "docx", "openpyxl", "lxml")
_LATER = ("kamcoder.gui.code_place", "kamcoder.gui.rooms", "kamcoder.gui.reader.view", "kamcoder.services.session")


def test_the_first_window_waits_for_nothing_it_does_not_show() -> None:
    script = (
        "import sys\n"
        "from PySide6.QtCore import QSettings\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from kamcoder.gui.application import make_window\n"
        "from kamcoder.gui.preferences import Preferences\n"
        "window = make_window(QApplication([]), Preferences(QSettings('none.ini', QSettings.Format.IniFormat)))\n"
        "window.painted.connect(lambda: QApplication.exit(0))\n"
        "window.show()\n"
        "QApplication.exec()\n"
        "print(*sys.modules)\n"
        "window.deleteLater()\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(told.stdout.split())
    assert "kamcoder.gui.start.panel" in loaded
    assert loaded.isdisjoint((*_HEAVY, *_LATER))


def test_the_rest_is_made_behind_the_window(qtbot: QtBot, window: MainWindow) -> None:
    assert window.findChild(QToolBar) is None
    application.begin(window, None)
    qtbot.waitUntil(lambda: window.findChild(QToolBar) is not None)
    assert window.places.currentWidget() is window.start
    assert not window.findChild(QToolBar).isVisible()


def test_a_project_given_at_the_start_is_opened(
    qtbot: QtBot, window: MainWindow, project: Path, tmp_path: Path
) -> None:
    with Session.create(project) as session:
        small_study(session, tmp_path)
    application.begin(window, project)
    qtbot.waitUntil(lambda: window.session is not None)
    assert window.places.currentWidget() is window.workspace
    assert window.findChild(QToolBar).isVisible()


def test_a_command_asked_for_before_the_rest_is_there_is_done(window: MainWindow) -> None:
    trigger(window, "help.guide")
    assert window.rooms.help.window.isVisible()
    window.rooms.help.close()
