"""What the rooms of the window are built on, for walks over everything that is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.session import Session


@dataclass
class Scene:
    """What a room is built on: the main window, already translated, and the small study."""

    window: MainWindow
    session: Session
    folder: Path

    @property
    def preferences(self) -> Preferences:
        return self.window.preferences


@dataclass(frozen=True)
class Room:
    """A part of the window: how it is built, the classes that can be seen in it, and when all of it is there."""

    build: Callable[[Scene], QWidget]
    shows: tuple[str, ...]
    ready: Callable[[Any], bool] = bool
