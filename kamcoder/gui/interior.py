"""What stands in the window once there is a project to work on: the places, the rooms beside them, the tool bar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kamcoder.gui.code_place import CodePlace
from kamcoder.gui.hints import HintBar
from kamcoder.gui.lower import LowerPane
from kamcoder.gui.rooms import Rooms
from kamcoder.gui.tool_bar import ToolBar
from kamcoder.gui.workspace import Workspace

if TYPE_CHECKING:
    from kamcoder.gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Interior:
    """Made behind the first paint of a window: most of what takes time at the start."""

    workspace: Workspace
    rooms: Rooms
    hint_bar: HintBar
    bar: ToolBar

    @classmethod
    def of(cls, window: MainWindow) -> Interior:
        """Make what a window needs; the window places and connects it."""
        theme, tasks, preferences, commands = window.theme, window.tasks, window.preferences, window.commands
        commands.draw_icons()
        workspace = Workspace(
            theme,
            tasks,
            partial(CodePlace, theme, commands),
            partial(LowerPane, theme, window.icons, tasks, preferences),
            window.places,
        )
        rooms = Rooms(window, workspace, theme=theme, preferences=preferences, tasks=tasks, toast=window.toast)
        return cls(workspace, rooms, rooms.furnish(commands), ToolBar(commands))
