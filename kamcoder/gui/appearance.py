"""What the person at the window may choose about its looks: text size, face, colours, and which panes are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import COLUMN_CHARACTERS, Mode, Theme

if TYPE_CHECKING:
    from kamcoder.gui.code_place import CodePlace

ZOOMS = (75, 85, 100, 115, 130, 150, 175, 200, 250)
PANES = ("view.documents", "view.codebook")
MODES = {"view.system": Mode.SYSTEM, "view.light": Mode.LIGHT, "view.dark": Mode.DARK}


class Appearance(QObject):
    """Changes how things look and remembers it."""

    zoomed = Signal(int)

    def __init__(self, theme: Theme, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._place: CodePlace | None = None
        self._board: ActionBoard | None = None
        self._panes: dict[str, QWidget] = {}
        self._splitters: dict[str, QSplitter] = {}

    @property
    def zoom(self) -> int:
        """Return the size of transcripts in per cent."""
        return self._preferences.number("zoom", 100, low=ZOOMS[0], high=ZOOMS[-1])

    def restore(self, board: ActionBoard) -> None:
        """Let the commands say what was chosen."""
        self._board = board
        for key in PANES:
            board[key].setChecked(self._preferences.flag(key, default=True))
        board["view.serif"].setChecked(self._preferences.flag("serif"))
        for key, mode in MODES.items():
            board[key].setChecked(mode is self._theme.mode)

    def dress(self, place: CodePlace, above_below: QSplitter) -> None:
        """Let the place of documents look as it was left, with what is below it."""
        preferences = self._preferences
        self._place = place
        self._panes = dict(zip(PANES, (place.documents, place.right), strict=True))
        for key, pane in self._panes.items():
            pane.setVisible(preferences.flag(key, default=True))
        place.share()
        self._splitters = {"panes": place.splitter, "right": place.right, "below": above_below}
        for name, splitter in self._splitters.items():
            if (state := preferences.data(f"window/{name}")) is not None:
                splitter.restoreState(state)
        width = preferences.number("reading_width", COLUMN_CHARACTERS, low=40, high=140)
        place.reader.dress(zoom=self.zoom, serif=preferences.flag("serif"), width=width)

    def keep(self) -> None:
        """Remember how the panes share the window."""
        for name, splitter in self._splitters.items():
            self._preferences.keep(f"window/{name}", splitter.saveState())

    def show_pane(self, key: str, *, shown: bool) -> None:
        """Open or close a pane, named by the command that does so."""
        self._preferences.keep(key, shown)
        if key in self._panes:
            self._panes[key].setVisible(shown)

    def step_zoom(self, by: int) -> None:
        """Make the text larger (1) or smaller (-1), or put it back to 100 % (0)."""
        place = ZOOMS.index(self.zoom) if self.zoom in ZOOMS else ZOOMS.index(100)
        zoom = ZOOMS[min(max(place + by, 0), len(ZOOMS) - 1)] if by else 100
        self._preferences.keep("zoom", zoom)
        if self._place is not None:
            self._place.reader.dress(zoom=zoom)
        self.zoomed.emit(zoom)

    def take(self, name: str, value: object) -> None:
        """Follow a choice made in the settings, which keep it themselves: mode, serif, zoom or width."""
        if self._place is None or self._board is None:
            return
        if name == "mode":
            for key, mode in MODES.items():
                self._board[key].setChecked(mode is value)
        elif name == "serif":
            self._board["view.serif"].setChecked(bool(value))
            self._place.reader.dress(serif=bool(value))
        elif name == "zoom" and isinstance(value, int):
            self._place.reader.dress(zoom=value)
        elif name == "width" and isinstance(value, int):
            self._place.reader.dress(width=value)

    def use_serif(self, *, serif: bool) -> None:
        """Set transcripts in a face with serifs, or in that of the window."""
        self._preferences.keep("serif", serif)
        if self._place is not None:
            self._place.reader.dress(serif=serif)

    def use_mode(self, mode: Mode) -> None:
        """Switch between light, dark and what the system has."""
        self._preferences.keep("mode", mode.value)
        self._theme.use(mode)
