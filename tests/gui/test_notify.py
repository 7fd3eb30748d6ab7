"""What tells: the toast stands at the foot of the window and on nothing that can be pressed."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.notify import Way


@pytest.mark.parametrize("size", [(1280, 800), (900, 600)])
def test_a_toast_lies_on_no_control_in_any_place(qtbot: QtBot, workspace: MainWindow, size: tuple[int, int]) -> None:
    workspace.resize(*size)
    for place in ("place.code", "place.cases", "place.tables", "place.compare", "place.reports"):
        workspace.commands[place].trigger()
        qtbot.wait(0)
        workspace.toast.tell(
            "Done, and long enough to be two lines of words where there is little room." * 2, Way("Undo", int)
        )
        controls = [
            control
            for kind in (QAbstractButton, QLineEdit, QComboBox)
            for control in workspace.findChildren(kind)
            if control.isVisible() and control.window() is workspace and not workspace.toast.isAncestorOf(control)
        ]
        assert len(controls) > 5
        assert [control for control in controls if workspace.toast.covers(control)] == [], place
        assert workspace.toast.geometry().bottom() <= workspace.height()
