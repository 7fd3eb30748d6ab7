"""The real window on a real project, with its settings in a file of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.gui.application import make_window
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.session import Session


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Where the window keeps what it remembers."""
    return tmp_path / "settings.ini"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: Path) -> Iterator[MainWindow]:
    """A window without a project, on the screen."""
    made = opened_window(qtbot, qapp, settings)
    yield made
    put_away(made)


@pytest.fixture
def workspace(window: MainWindow, study: Session) -> MainWindow:
    """The window on the small study; Ann codes, A-CEO is being read."""
    window.desk.projects.adopt(study)
    window.place.open_document(study.documents.find("A-CEO").id)
    return window


def opened_window(qtbot: QtBot, qapp: QApplication, settings: Path) -> MainWindow:
    """Return a new window that remembers what an earlier one with the same settings left."""
    made = make_window(qapp, Preferences(QSettings(str(settings), QSettings.Format.IniFormat)))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def put_away(window: MainWindow) -> None:
    """Close a window and delete it now: what a later event loop would delete piles up in a test run."""
    window.close()
    window.theme.close()
    shiboken6.delete(window)
