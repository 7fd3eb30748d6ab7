"""What the journeys share: hands on keyboard and mouse, and the sample study, built once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.gui.main_window import MainWindow
from kamcoder.services.demo import build_sample
from tests.gui.conftest import opened_window, put_away, settings

__all__ = ["settings"]


class Hands:
    """Types into whatever has the focus, as a person does."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def focus(self) -> QWidget:
        """Return what has the focus; a dialog that was just opened has it when the screen has shown it."""
        self._qtbot.waitUntil(_is_ready)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: str) -> None:
        """Press keys named as in the table of shortcuts, one after another."""
        for name in keys:
            combination = QKeySequence(name)[0]
            QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())

    def write(self, text: str) -> None:
        """Type a text."""
        QTest.keyClicks(self.focus(), text)

    def fill(self, text: str) -> None:
        """Type a text in place of what stands in a field."""
        self.press("Ctrl+A")
        self.write(text)

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until a widget has the focus; it must be within reach."""
        met = []
        for _ in range(30):
            if self.focus() is widget:
                return
            met.append(self.focus().accessibleName() or type(self.focus()).__name__)
            self.press("Tab")
        raise AssertionError(f"{widget} cannot be reached with Tab, only {met}")

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _is_ready() -> bool:
    dialog = QApplication.activeModalWidget()
    active = QApplication.activeWindow()
    if dialog is None or dialog.isVisible():
        wanted = dialog or next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        # Without a window manager nobody else does this when a dialog or another window closes.
        if wanted is not None and (active in (None, wanted.parentWidget()) or not active.isVisible()):
            wanted.activateWindow()
    focus = QApplication.focusWidget()
    return focus is not None and focus.isVisible() and (dialog is None or dialog.isAncestorOf(focus))


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """The hands of the person at the window."""
    return Hands(qtbot)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, built once; to be copied, not opened."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The path of a project file that does not exist yet."""
    return tmp_path / "study.kamcoder"


Open = Callable[..., MainWindow]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, settings: Path) -> Iterator[Open]:
    """Start the program anew, on a project if one is given; the window before is closed."""
    windows: list[MainWindow] = []

    def begin(path: Path | None = None) -> MainWindow:
        while windows:
            put_away(windows.pop())
        windows.append(opened_window(qtbot, qapp, settings))
        qtbot.waitUntil(lambda: windows[-1].isAncestorOf(QApplication.focusWidget() or windows[-1]))
        if path is not None:
            assert windows[-1].open_project(path), windows[-1].notice.text
        return windows[-1]

    yield begin
    while windows:
        put_away(windows.pop())


@pytest.fixture
def studied(start: Open, sample: Path, project: Path) -> MainWindow:
    """The window on a copy of the sample study, coded by the first of its two coders."""
    shutil.copy(sample, project)
    window = start(project)
    window.desk.coders.choose(window.desk.coders.people()[0])
    return window
