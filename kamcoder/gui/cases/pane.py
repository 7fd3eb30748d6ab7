"""The parts around the grids: a heading with the number of rows, and the bar above them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kamcoder.gui.cases import commands
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.widgets.labels import label


class GridPane(QWidget):
    """A grid below its heading. `words` are the heading with a place for {count}."""

    def __init__(self, grid: Grid, words: str, beside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self._grid, self._words = grid, words
        self.heading = label("", "heading")
        self.heading.setBuddy(grid)
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 14, 4)
        row.addWidget(self.heading, 1)
        if beside is not None:
            row.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(grid, 1)

    def tell_count(self) -> None:
        """Say how many rows there are, and how many of them are shown."""
        model = self._grid.model_
        shown, whole = len(model.rows), len(model.table.ids)
        count = str(whole) if shown == whole else self.tr("{shown} of {whole}").format(shown=shown, whole=whole)
        self.heading.setText(self._words.format(count=count))


class Bar(QWidget):
    """Buttons for commands on the left, the filter on the right."""

    def __init__(self, keys: Sequence[str], run: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 8, 14, 8)
        row.setSpacing(4)
        for key in keys:
            button = QPushButton(commands.text_of(key).replace("&", ""))
            button.setProperty("part", "link")
            button.setToolTip(commands.tip_of(key))
            button.clicked.connect(lambda _=False, key=key: run(key))
            row.addWidget(button)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter rows"))
        self.filter.setAccessibleName(self.tr("Filter cases and participants"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setToolTip(commands.tip_of("cases.filter"))
        self.filter.setMinimumWidth(120)
        self.filter.setMaximumWidth(280)
        row.addStretch(1)
        row.addWidget(self.filter, 1)
