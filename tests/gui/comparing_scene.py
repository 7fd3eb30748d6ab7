"""What the tests of comparison share: quotes of the small study, and the way into the place."""

from pytestqt.qtbot import QtBot

from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.gui.main_window import MainWindow

MEETS = "meet the largest customers"
COFFEE = "He drinks coffee with the big ones."


def go(qtbot: QtBot, window: MainWindow) -> ComparePlace:
    """Go to the place of comparison and wait for its figures."""
    window.commands["place.compare"].trigger()
    shown = window.workspace.compare
    assert shown is not None
    settle(qtbot, shown)
    return shown


def settle(qtbot: QtBot, place: ComparePlace) -> None:
    """Wait until all figures and differences are there."""
    qtbot.waitUntil(lambda: not place.working.busy and not place.text.busy)
