"""The settings: looks, reading, who codes, hints. Each choice is in force and remembered at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.appearance import ZOOMS
from kamcoder.gui.hints import Hints
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import COLUMN_CHARACTERS, Mode, Theme
from kamcoder.gui.widgets.labels import label, line
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

NARROWEST, WIDEST, WIDTH_STEP = 56, 96, 4  # characters of a reading column


def reading_width(preferences: Preferences) -> int:
    """Return how many characters a line of a transcript is to hold."""
    return preferences.number("reading_width", COLUMN_CHARACTERS, low=NARROWEST, high=WIDEST)


class SettingsDialog(QDialog):
    """Shown, never waited for. The colours change by themselves; the signals tell the window of the rest."""

    mode_chosen = Signal(object)
    serif_chosen = Signal(bool)
    zoom_chosen = Signal(int)
    width_chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        *,
        hints: Hints | None = None,
        session: Session | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._hints = hints
        self._session = session
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._add_looks()
        self._add_reading()
        self._add_coder()
        self._add_hints()
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self._grid)
        layout.addStretch()
        layout.addWidget(line())
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    # -- the choices -----------------------------------------------------------------------------------------------

    def _add_looks(self) -> None:
        self._heading(self.tr("LOOKS"))
        modes = ((Mode.SYSTEM, self.tr("As the system")), (Mode.LIGHT, self.tr("Light")), (Mode.DARK, self.tr("Dark")))
        self.mode = self._choice(self.tr("Colours"), modes, self._theme.mode)
        self.mode.activated.connect(self._choose_mode)

    def _add_reading(self) -> None:
        self._heading(self.tr("TRANSCRIPTS"))
        faces = ((False, self.tr("As the window")), (True, self.tr("With serifs")))
        self.face = self._choice(self.tr("Face"), faces, self._preferences.flag("serif"))
        self.face.activated.connect(self._choose_face)
        present = self._preferences.number("zoom", 100, low=ZOOMS[0], high=ZOOMS[-1])
        zooms = [(zoom, self.tr("{percent} %").format(percent=zoom)) for zoom in ZOOMS]
        self.zoom = self._choice(self.tr("Size"), zooms, min(ZOOMS, key=lambda one: abs(one - present)))
        self.zoom.activated.connect(self._choose_zoom)
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setRange(NARROWEST // WIDTH_STEP, WIDEST // WIDTH_STEP)
        self.width_slider.setPageStep(1)
        self.width_slider.setValue(reading_width(self._preferences) // WIDTH_STEP)
        self.width_slider.valueChanged.connect(self._choose_width)
        self._width_words = label("", "muted")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.width_slider, 1)
        row.addWidget(self._width_words)
        both.setFocusProxy(self.width_slider)
        self._row(self.tr("Length of a line"), both)
        self.width_slider.setAccessibleName(self.tr("Length of a line"))
        self._tell_width()

    def _add_coder(self) -> None:
        self._heading(self.tr("WHO CODES"))
        self.coder = QLineEdit()
        self.rename = QPushButton(self.tr("Rename"))
        self.rename.setAutoDefault(False)
        self.problem = label("", "small", wrap=True)
        self.problem.hide()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.coder, 1)
        row.addWidget(self.rename)
        both.setFocusProxy(self.coder)
        self._row(self.tr("Your name in this project"), both)
        self.coder.setAccessibleName(self.tr("Your name in this project"))
        self._grid.addWidget(self.problem, self._grid.rowCount(), 1)
        self.coder.textChanged.connect(self._on_name_typed)
        self.coder.returnPressed.connect(self._rename)
        self.rename.clicked.connect(self._rename)
        self.show_coder()

    def _add_hints(self) -> None:
        if self._hints is None:
            return
        self._heading(self.tr("HINTS"))
        choices = ((True, self.tr("A few in the first hours")), (False, self.tr("None")))
        self.hints = self._choice(self.tr("Hints about keys"), choices, self._hints.on)
        self.hints.activated.connect(self._choose_hints)

    # -- for the window --------------------------------------------------------------------------------------------

    def show_coder(self) -> None:
        """Show who codes now."""
        coder = self._session.coder if self._session else None
        self.coder.setText(coder.name if coder else "")
        self.coder.setEnabled(coder is not None)
        self.coder.setPlaceholderText("" if coder else self.tr("Nobody"))
        self._on_name_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in the field of the name rename, and not close the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.coder.hasFocus():
            return
        super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        heading = label(text, "heading")
        heading.setContentsMargins(0, 10 if self._grid.count() else 0, 0, 0)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)

    def _row(self, text: str, widget: QWidget, *, stretch: bool = False) -> None:
        words = label(text)
        words.setBuddy(widget)
        widget.setAccessibleName(text)
        row = self._grid.rowCount()
        self._grid.addWidget(words, row, 0)
        alignment = Qt.AlignmentFlag.AlignLeft if stretch else Qt.AlignmentFlag(0)
        self._grid.addWidget(widget, row, 1, alignment)

    def _choice(self, text: str, choices: Sequence[tuple[Any, str]], present: object) -> QComboBox:
        """Add a row with a box to choose from; the data of its items are the values."""
        box = QComboBox()
        for place, (value, words) in enumerate(choices):
            box.addItem(words, value)
            if value == present:
                box.setCurrentIndex(place)
        self._row(text, box, stretch=True)
        return box

    def _choose_mode(self, place: int) -> None:
        # Through the box, an enumeration of strings comes back as a plain string.
        mode = Mode(self.mode.itemData(place))
        self._preferences.keep("mode", mode.value)
        self._theme.use(mode)
        self.mode_chosen.emit(mode)

    def _choose_face(self, place: int) -> None:
        serif = bool(self.face.itemData(place))
        self._preferences.keep("serif", serif)
        self.serif_chosen.emit(serif)

    def _choose_hints(self, place: int) -> None:
        if self._hints is not None:
            self._hints.switch(on=bool(self.hints.itemData(place)))

    def _choose_zoom(self, place: int) -> None:
        zoom = int(self.zoom.itemData(place))
        self._preferences.keep("zoom", zoom)
        self.zoom_chosen.emit(zoom)

    def _choose_width(self, steps: int) -> None:
        width = steps * WIDTH_STEP
        self._preferences.keep("reading_width", width)
        self._tell_width()
        self.width_chosen.emit(width)

    def _tell_width(self) -> None:
        width = self.width_slider.value() * WIDTH_STEP
        self._width_words.setText(self.tr("{count} characters").format(count=width))

    def _on_name_typed(self) -> None:
        coder = self._session.coder if self._session else None
        self.problem.hide()
        self.rename.setEnabled(coder is not None and self.coder.text() != coder.name)

    def _rename(self) -> None:
        session = self._session
        if session is None or session.coder is None or not self.rename.isEnabled():
            return
        try:
            session.coders.rename(session.coder.id, self.coder.text())
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.show()
            self.coder.setFocus()
            return
        self.show_coder()
