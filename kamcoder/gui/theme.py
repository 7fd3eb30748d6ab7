"""How the program looks: colour roles, fonts and sizes. The only place with a style sheet or a palette.

The roles stand in `resources/themes/*.toml`. Widgets ask for a role by name, or say what they are with the dynamic
property `part` (title, muted, …), which the style sheet knows.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kamcoder import paths
from kamcoder.gui.colours import kept_apart
from kamcoder.gui.style_sheet import style_sheet

READING_PIXELS = 15
LINE_HEIGHT = 1.45
COLUMN_CHARACTERS = 72
SMALL, LARGE = 0.88, 1.3  # of the interface font's size
_SERIF = ["Charter", "Source Serif 4", "Noto Serif", "Georgia", "Cambria", "DejaVu Serif"]


class Mode(StrEnum):
    """Which theme is wanted."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Look:
    """The colours of one theme."""

    dark: bool
    roles: Mapping[str, QColor]
    ink_contrast: float
    ink_opacity: float

    @classmethod
    def read(cls, path: Path) -> "Look":
        """Read a theme file."""
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        roles = {role: QColor(value) for role, value in content["roles"].items()}
        return cls(content["dark"], roles, content["ink"]["contrast"], content["ink"]["opacity"])

    def __getitem__(self, role: str) -> QColor:
        return self.roles[role]

    def tint(self, colour: str) -> QColor:
        """Return what lies under a passage with a code of this colour; translucent."""
        away = QColor(Qt.GlobalColor.black if self.dark else Qt.GlobalColor.white)
        tint = kept_apart(QColor(colour), self["text"], away, self.ink_contrast)
        tint.setAlphaF(self.ink_opacity)
        return tint

    def stroke(self, colour: str) -> QColor:
        """Return the colour of brackets and lines of a code; 3:1 to the page."""
        return kept_apart(QColor(colour), self["surface"], self["text"], 3.0)

    def writing(self, colour: str) -> QColor:
        """Return the colour in which a code's name is written; 4.5:1 to the page."""
        return kept_apart(QColor(colour), self["surface"], self["text"], 4.6)

    @cached_property
    def selection(self) -> QColor:
        """The colour behind selected text, through which tints are seen."""
        colour = QColor(self["focus"])
        colour.setAlphaF(0.27 if self.dark else 0.30)
        return colour


class Theme(QObject):
    """The look in force, and the sizes that go with it."""

    changing = Signal()
    changed = Signal()

    def __init__(self, application: QApplication, mode: Mode = Mode.SYSTEM, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._mode = mode
        self._name = ""
        self._base_font = QFont(application.font())
        application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        """Return which theme is wanted."""
        return self._mode

    def use(self, mode: Mode) -> None:
        """Switch to another theme."""
        self._mode = mode
        self._apply()

    def font(self, *, small: bool = False, large: bool = False, strong: bool = False) -> QFont:
        """Return the interface font in one of its three sizes."""
        font = QFont(self._base_font)
        size = font.pointSizeF()
        if size > 0:
            font.setPointSizeF(size * (SMALL if small else LARGE if large else 1.0))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def reading_font(self, *, zoom: int = 100, serif: bool = False) -> QFont:
        """Return the font of transcripts at a zoom in per cent."""
        font = QFont(self._base_font)
        if serif:
            font.setFamilies(_SERIF)
            font.setStyleHint(QFont.StyleHint.Serif)
        font.setPixelSize(max(8, round(READING_PIXELS * zoom / 100)))
        return font

    def close(self) -> None:
        """Stop following the system."""
        self._application.styleHints().colorSchemeChanged.disconnect(self._on_scheme_changed)

    def _on_scheme_changed(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        name = self._wanted()
        if name == self._name:
            return
        # Before the style sheet gives every widget other fonts: who shows a long text may remember the place in it.
        self.changing.emit()
        self._name = name
        self.look = Look.read(paths.resources() / "themes" / f"{name}.toml")
        self._application.setPalette(palette(self.look))
        small = self.font(small=True).pointSizeF()
        large = self.font(large=True).pointSizeF()
        sheet = style_sheet(self.look.roles, small=small, large=large)
        if self._application.styleSheet() != sheet:  # setting it dresses every widget anew
            # In place of another sheet it would be four times slower than in place of none.
            self._application.setStyleSheet("")
            self._application.setStyleSheet(sheet)
        self.changed.emit()

    def _wanted(self) -> str:
        if self._mode is not Mode.SYSTEM:
            return self._mode.value
        dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"


def palette(look: Look) -> QPalette:
    """Return the Qt palette of a look."""
    made = QPalette()
    role = QPalette.ColorRole
    for key, name in (
        (role.Window, "background"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "background"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "danger"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Accent, "accent"),
        (role.Mid, "hairline"),
        (role.Midlight, "hairline"),
        (role.Dark, "control"),
        (role.Light, "raised"),
        (role.Shadow, "control"),
    ):
        made.setColor(key, look[name])
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, look["control"])
    return made


def dress_reader(widget: QWidget, look: Look) -> None:
    """Give a text view the selection colour through which tints are seen, with focus and without."""
    own = QPalette(widget.palette())
    own.setColor(QPalette.ColorRole.Base, look["surface"])
    own.setColor(QPalette.ColorRole.Text, look["text"])
    own.setColor(QPalette.ColorRole.Highlight, look.selection)
    own.setColor(QPalette.ColorRole.HighlightedText, look["text"])
    widget.setPalette(own)


def column_width(font: QFont) -> int:
    """Return the width of a reading column in this font: about 72 characters of running text."""
    sample = "the quick brown fox jumps over a lazy dog and then goes home to sleep "
    return round(QFontMetricsF(font).horizontalAdvance(sample) / len(sample) * COLUMN_CHARACTERS)


def line_height(font: QFont) -> int:
    """Return the height of a line in per cent of the font's own, so that it is 1.45 times the font's size."""
    return round(100 * LINE_HEIGHT * font.pixelSize() / QFontMetricsF(font).height())
