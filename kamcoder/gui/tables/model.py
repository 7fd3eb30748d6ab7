"""A made table as an item model: rows in the order of the study or sorted, the totals always last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from kamcoder.domain.project import natural_key
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, shown
from kamcoder.services.table_words import IN_WORDS
from kamcoder.services.tables import MadeTable

Index = QModelIndex | QPersistentModelIndex

HEAT = Qt.ItemDataRole.UserRole + 1  # the share of the highest number, 0 to 1; None where nothing is shaded
GROUP_BEGINS = Qt.ItemDataRole.UserRole + 2  # True in the first row of a group but the first


class GridModel(QAbstractTableModel):
    """Shows one table. Behind every cell stand codings, told by `coding_ids`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.made: MadeTable | None = None
        self._order: list[int] = []
        self._in_words = False
        self.bold = QFont()
        self.bold.setBold(True)

    def load(self, made: MadeTable | None) -> None:
        """Show another table, in its own order."""
        self.beginResetModel()
        self.made = made
        self._order = list(range(len(made.grid.rows))) if made else []
        self._in_words = made is not None and made.definition.measure in IN_WORDS
        self.endResetModel()

    @property
    def grid(self) -> Grid | None:
        """Return the table's words and numbers."""
        return self.made.grid if self.made else None

    def shown_grid(self) -> Grid | None:
        """Return the table with its rows in the order in which they are shown."""
        grid = self.grid
        return None if grid is None else replace(grid, rows=tuple(grid.rows[row] for row in self._order))

    def keys(self, index: Index) -> tuple[str, str]:
        """Return the keys of a cell's row and column; empty where it stands in none."""
        if self.made is None or not index.isValid():
            return "", ""
        place = index.column() - self.made.first_column
        row = self.made.rows[self._order[index.row()]] if index.row() < len(self._order) else ""
        return row, self.made.columns[place] if 0 <= place < len(self.made.columns) else ""

    def find(self, row_key: str, column_key: str) -> QModelIndex:
        """Return the cell of two keys, an invalid index if it is not there."""
        made = self.made
        if made is None or row_key not in made.rows:
            return QModelIndex()
        column = made.first_column + made.columns.index(column_key) if column_key in made.columns else 0
        return self.index(self._order.index(made.rows.index(row_key)), column)

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
            right = self._is_figures(section) or not (grid.columns[section].is_header or self._in_words)
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
            return side | (Qt.AlignmentFlag.AlignTop if self._in_words else Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and (total or column.kind is ColumnKind.NAME):
            return self.bold
        if role == GROUP_BEGINS:
            return self._begins_group(index.row())
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
            groups = self.made.groups if self.made else ()
            known.sort(key=lambda row: _key(grid.rows[row][column]), reverse=order is Qt.SortOrder.DescendingOrder)
            self._order = known + unknown
            if groups:
                # Rows stay together; what is sorted is each group.
                ranks = {group: rank for rank, group in enumerate(dict.fromkeys(groups))}
                self._order.sort(key=lambda row: ranks[groups[row]])
        self.layoutChanged.emit()

    # -- inside --------------------------------------------------------------------------------------------------

    def _row(self, row: int) -> tuple[Value, ...]:
        assert self.made is not None
        grid = self.made.grid
        if row < len(self._order):
            return grid.rows[self._order[row]]
        assert grid.totals is not None
        return grid.totals

    def _begins_group(self, row: int) -> bool:
        groups = self.made.groups if self.made else ()
        return bool(groups) and 0 < row < len(self._order) and groups[self._order[row]] != groups[self._order[row - 1]]

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
