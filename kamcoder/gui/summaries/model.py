"""The grid of summaries as an item model: all cases on top, then case by case; the case as a whole first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamcoder.domain.summary import SummaryState
from kamcoder.gui.summaries import words
from kamcoder.services.summarising import Cell
from kamcoder.services.summary_grid import SummaryCell, SummaryGrid

Index = QModelIndex | QPersistentModelIndex

CellRole = Qt.ItemDataRole.UserRole + 40
NAME, WHOLE, FIRST = range(3)


class SummaryModel(QAbstractTableModel):
    """Shows one grid; column 0 names the case, column 1 is of the case as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: SummaryGrid | None = None

    def load(self, grid: SummaryGrid | None) -> None:
        """Show another grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def read(self) -> None:
        """Show what is written now."""
        if self.grid is not None and self.rowCount():
            self.grid.read()
            self.dataChanged.emit(self.index(0, WHOLE), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def cell(self, index: Index) -> Cell | None:
        """Return case and code of a cell; None for names and for the corner."""
        if self.grid is None or not index.isValid() or index.column() == NAME:
            return None
        case_id = self.grid.cases[index.row() - 1][0] if index.row() else None
        code_id = self.grid.codes[index.column() - FIRST][0] if index.column() >= FIRST else None
        return None if case_id is None and code_id is None else (case_id, code_id)

    def find(self, cell: Cell | None) -> QModelIndex:
        """Return where a cell stands; an invalid index if it does not."""
        grid = self.grid
        if grid is None or cell is None:
            return QModelIndex()
        cases = [None, *(key for key, _ in grid.cases)]
        codes = [None, *(key for key, _ in grid.codes)]
        if cell[0] not in cases or cell[1] not in codes:
            return QModelIndex()
        return self.index(cases.index(cell[0]), WHOLE + codes.index(cell[1]))

    def title(self, index: Index) -> str:
        """Return what a cell is about: its case and its code."""
        cell = self.cell(index)
        return "" if cell is None else f"{self._row_name(index.row())} × {self._column_name(index.column())}"

    # -- Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the cases, and the line of all cases."""
        return 0 if self.grid is None or parent.isValid() or not self.grid.cases else len(self.grid.cases) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count names, the case as a whole, and the codes."""
        return 0 if self.grid is None or parent.isValid() else len(self.grid.codes) + FIRST

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the heads of the columns."""
        if self.grid is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._column_name(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        if self.grid is None or not index.isValid():
            return None
        if index.column() == NAME:
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
            return self._row_name(index.row()) if role in spoken else None
        cell = self.cell(index)
        if cell is None:
            return None
        found = self.grid.cell(cell)
        if role == CellRole:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.summary.text if found.summary else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, found)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Leave the corner out: nothing is written on all cases and all codes."""
        if index.isValid() and index.column() != NAME and self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    # -- inside --------------------------------------------------------------------------------------------------

    def _row_name(self, row: int) -> str:
        assert self.grid is not None
        return self.grid.cases[row - 1][1] if row else self.tr("All cases")

    def _column_name(self, column: int) -> str:
        assert self.grid is not None
        if column == NAME:
            return self.tr("Case")
        return self.grid.codes[column - FIRST][1] if column >= FIRST else self.tr("The case as a whole")

    def _spoken(self, index: Index, found: SummaryCell) -> str:
        text = found.summary.text if found.summary else ""
        parts = [self.title(index), words.state(found.state)]
        if found.state is not SummaryState.EMPTY:
            parts.append(words.passages(found.passages))
        return ", ".join(parts) + (f": {text}" if text else "")
