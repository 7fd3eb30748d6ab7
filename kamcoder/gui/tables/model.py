"""A made table as an item model: rows in the order of the study or sorted, the totals always last."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from kamcoder.domain.project import natural_key
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, shown
from kamcoder.services.tables import MadeTable

Index = QModelIndex | QPersistentModelIndex

HEAT = Qt.ItemDataRole.UserRole + 1  # the share of the highest number, 0 to 1; None where nothing is shaded


class GridModel(QAbstractTableModel):
    """Shows one table. Behind every cell stand codings, told by `coding_ids`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.made: MadeTable | None = None
        self._order: list[int] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def load(self, made: MadeTable | None) -> None:
        """Show another table, in its own order."""
        self.beginResetModel()
        self.made = made
        self._order = list(range(len(made.grid.rows))) if made else []
        self.endResetModel()

    @property
    def grid(self) -> Grid | None:
        """Return the table's words and numbers."""
        return self.made.grid if self.made else None

    def coding_ids(self, index: Index) -> tuple[str, ...]:
        """Return the codings behind a cell; of the whole row for a header or total, of a column in the last line."""
        if self.made is None or not index.isValid():
            return ()
        row = self._order[index.row()] if index.row() < len(self._order) else None
        place = index.column() - self.made.first_column
        column = place if 0 <= place < len(self.made.columns) else None
        return self.made.coding_ids(row, column)

    def title(self, index: Index) -> str:
        """Return what a cell is about: its row and its column."""
        grid = self.grid
        if grid is None or not index.isValid():
            return ""
        names = [shown(self._row(index.row())[0], grid.columns[0])]
        if not grid.columns[index.column()].is_header:
            names.append(grid.columns[index.column()].label)
        return " × ".join(names)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the rows, the totals among them."""
        grid = self.grid
        return 0 if grid is None or parent.isValid() else len(grid.rows) + (grid.totals is not None)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        grid = self.grid
        return 0 if grid is None or parent.isValid() else len(grid.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the heads of the columns."""
        grid = self.grid
        if grid is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return grid.columns[section].label
        if role == Qt.ItemDataRole.ToolTipRole:
            return grid.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = not grid.columns[section].is_header or self._is_figures(section)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        grid = self.grid
        if grid is None or not index.isValid():
            return None
        column, value = grid.columns[index.column()], self._row(index.row())[index.column()]
        total = index.row() == len(grid.rows) or column.kind is ColumnKind.TOTAL
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if not total and is_blank(value, column) else shown(value, column)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(value, str):
            return value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title(index)}: {shown(value, column) or '0'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if is_number(value) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and (total or column.kind is ColumnKind.NAME):
            return self._bold
        if role == HEAT:
            return None if total else _heat(value, column, grid.highest)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows by a column; by none for -1. The totals stay last, unknown values before them."""
        grid = self.grid
        if grid is None:
            return
        self.layoutAboutToBeChanged.emit()
        self._order = list(range(len(grid.rows)))
        if 0 <= column < len(grid.columns):
            known = [row for row in self._order if grid.rows[row][column] not in (None, "")]
            unknown = [row for row in self._order if grid.rows[row][column] in (None, "")]
            known.sort(key=lambda row: _key(grid.rows[row][column]), reverse=order is Qt.SortOrder.DescendingOrder)
            self._order = known + unknown
        self.layoutChanged.emit()

    # -- inside --------------------------------------------------------------------------------------------------

    def _row(self, row: int) -> tuple[Value, ...]:
        assert self.made is not None
        grid = self.made.grid
        if row < len(self._order):
            return grid.rows[self._order[row]]
        assert grid.totals is not None
        return grid.totals

    def _is_figures(self, section: int) -> bool:
        grid = self.grid
        return grid is not None and any(is_number(row[section]) for row in grid.rows)


def _heat(value: Value, column: Column, highest: float) -> float | None:
    if column.kind is not ColumnKind.VALUE or not isinstance(value, int | float) or highest <= 0 or value <= 0:
        return None
    return value / highest


def _key(value: Value) -> tuple[int, float, tuple[tuple[int, int, str], ...]]:
    if isinstance(value, int | float):
        return 0, value, ()
    return 1, 0, natural_key(value or "")
