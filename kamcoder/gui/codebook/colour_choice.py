"""Choosing a colour: squares of the colours made for codes, and a field for any other."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kamcoder.gui.codebook.row import square
from kamcoder.gui.widgets.labels import label

_IN_A_ROW = 7


class ColourChoice(QWidget):
    """Squares in one or two groups and a field for #RRGGBB; `text` is what was chosen or typed, unchecked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.field = QLineEdit()
        self.field.setMaxLength(7)
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance("#MMMMMM") + 28)
        self.field.setAccessibleName(self.tr("Colour as #RRGGBB"))
        self.field.textChanged.connect(self._on_text)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._made: list[QWidget] = []
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(label(self.tr("Or type it")))
        typed.addWidget(self.field)
        typed.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._rows)
        layout.addLayout(typed)

    @property
    def text(self) -> str:
        """Return the colour as it was typed."""
        return self.field.text().strip()

    def offer(self, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Offer colours in groups with a heading each."""
        for old in self._made:
            self._rows.removeWidget(old)
            old.deleteLater()
        for button in self._group.buttons():
            self._group.removeButton(button)
        self._made = [self._row(heading, colours) for heading, colours in groups if colours]
        for row in self._made:
            self._rows.addWidget(row)
        self._mark()

    def choose(self, colour: str) -> None:
        """Choose a colour."""
        self.field.setText(colour)

    def buttons(self) -> list[QToolButton]:
        """Return the squares that are offered."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def _row(self, heading: str, colours: Sequence[str]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(label(heading, "small"), 0, 0, 1, _IN_A_ROW + 1)
        for number, colour in enumerate(colours):
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(square(QColor(colour).name(), Qt.CheckState.Checked))
            button.setAccessibleName(self.tr("Colour {code}").format(code=colour))
            button.setToolTip(self.tr("Colour {code}").format(code=colour))
            button.setProperty("colour", colour)
            button.clicked.connect(partial(self._on_chosen, colour))
            self._group.addButton(button)
            grid.addWidget(button, 1 + number // _IN_A_ROW, number % _IN_A_ROW)
        grid.setColumnStretch(_IN_A_ROW, 1)
        return made

    def _on_chosen(self, colour: str, _: bool = False) -> None:
        self.field.setText(colour)
        self._mark()

    def _on_text(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        for button in self._group.buttons():
            button.setChecked(str(button.property("colour")).casefold() == self.text.casefold())
