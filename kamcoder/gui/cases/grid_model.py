"""The model of a grid: a table's rows as they are filtered and sorted, with an empty row at the end for a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.cases.tables import NAME, NUMBERS, Column, RowTexts, Table, shown_text, sort_key

if TYPE_CHECKING:
    from kamcoder.services.session import Session

Index = QModelIndex | QPersistentModelIndex
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FEW = 100  # changed rows told one by one; of more, all are told at once


class GridModel(QAbstractTableModel):
    """Rows of a table. `refused` tells why a cell or block could not be written; then nothing was."""

    refused = Signal(object)
    ColumnRole = Qt.ItemDataRole.UserRole

    def __init__(self, table: Table, new_row: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._new_row = new_row
        self._words: list[str] = []
        self._besides: Callable[[str], bool] | None = None
        self._passes: Callable[[str], bool] | None = None
        self._sort: tuple[str, bool] | None = None
        self._columns: list[Column] = []
        self._shown: list[str] = []
        self._known: set[str] = set()

    # -- rows ----------------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show another project; nothing for None."""
        self._words, self._sort = [], None
        self.table.load(session)
        self._reset(self._arranged())

    def refresh(self) -> None:
        """Read the rows anew; those that are shown stay in their places, new ones come last."""
        self.table.load(self.table.session)
        known, self._known = self._known, set(self.table.ids)
        wanted = [row_id for row_id in self._shown if row_id in self._known]
        wanted += [row_id for row_id in self.table.ids if row_id not in known and self._belongs(row_id)]
        if self.table.ordered and not self._words and self._sort is None:
            wanted = list(self.table.ids)
        before = len(self._shown)
        if self._columns != self.table.columns or wanted[:before] != self._shown:
            self._reset(wanted)
            return
        if len(wanted) > before:
            self.beginInsertRows(QModelIndex(), before, len(wanted) - 1)
            self._shown = wanted
            self.endInsertRows()
        self._tell(0, len(self._shown) - 1)

    def on_values(self, change: ChangeSet) -> None:
        """Follow a change of values alone."""
        self.table.apply(change)
        column = f"{self.table.scope.value}_id"
        touched = {str(row.row[column]) for row in change.of("attribute_values")}
        if len(touched) > _FEW:
            self._tell(0, len(self._shown) - 1)
            return
        for place, row_id in enumerate(self._shown):
            if row_id in touched:
                self._tell(place, place)

    def filter(self, typed: str, *, besides: Callable[[str], bool] | None = None) -> None:
        """Show the rows that have every typed word somewhere, and those whose id passes `besides`."""
        self._words = typed.casefold().split()
        self._besides = besides
        self._reset(self._arranged())

    def restrict(self, passes: Callable[[str], bool] | None) -> None:
        """Show only the rows whose id passes; all for None."""
        self._passes = passes
        self._reset(self._arranged())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, unknown values last; by the table's own order for column -1."""
        if 0 <= column < len(self._columns):
            self._sort = (self._columns[column].key, order == Qt.SortOrder.DescendingOrder)
        else:
            self._sort = None
        self._reset(self._arranged())

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """Return the column that the rows are sorted by (-1: none) and in which order."""
        if self._sort is None:
            return -1, Qt.SortOrder.AscendingOrder
        key, down = self._sort
        return self.column_of(key), Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder

    @property
    def filtered(self) -> bool:
        """Tell whether rows may be hidden by what was typed."""
        return bool(self._words)

    @property
    def rows(self) -> list[str]:
        """Return the ids of the rows that are shown, from top to bottom."""
        return self._shown

    def row_id(self, row: int) -> str | None:
        """Return the id of a row; None for the row of a new one."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, row_id: str) -> int:
        """Return the place of a row, -1 if it is not shown."""
        return self._shown.index(row_id) if row_id in self._shown else -1

    def column(self, place: int) -> Column:
        """Return a column."""
        return self._columns[place]

    @property
    def columns(self) -> Sequence[Column]:
        """Return all columns from left to right."""
        return self._columns

    def column_of(self, key: str) -> int:
        """Return the place of a column, -1 if there is none."""
        return next((place for place, column in enumerate(self._columns) if column.key == key), -1)

    def text(self, row: int, column: int) -> str:
        """Return a cell in canonical form, empty if unknown."""
        row_id = self.row_id(row)
        return self.table.text(row_id, self._columns[column]) if row_id is not None else ""

    def write(self, rows: Sequence[RowTexts]) -> bool:
        """Write rows as one act; tell whether that could be done."""
        try:
            self.table.write(rows)
        except KamCoderError as error:
            self.refused.emit(error)
            return False
        return True

    # -- Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows, with the empty one."""
        if parent.isValid() or self.table.session is None:
            return 0
        return len(self._shown) + (0 if self._words else 1)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell what can be done with a cell; of a new row, the name is given first."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        column = self._columns[index.column()]
        if column.editable and (index.row() < len(self._shown) or column.key == NAME):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == self.ColumnRole:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if column.type in NUMBERS else None
        if role not in _TEXT_ROLES:
            return None
        if self.row_id(index.row()) is None:
            return self._new_row if column.key == NAME and role != Qt.ItemDataRole.EditRole else None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return text
        shown = shown_text(text, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.text(index.row(), 0)
            return self.tr("{column} of {row}: {text}").format(
                column=column.title, row=row, text=shown or self.tr("unknown")
            )
        return shown

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell through the project; tell whether it could be taken."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row_id, text = self.row_id(index.row()), str(value).strip()
        if text == self.text(index.row(), index.column()):
            return True
        return self.write([(row_id, {self._columns[index.column()].key: text})])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column, or the name of a row for the time that its cell is out of sight."""
        if orientation is Qt.Orientation.Vertical:
            return self.text(section, 0) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            by, order = self.sorted_by
            sign = "" if section != by else "▲ " if order == Qt.SortOrder.AscendingOrder else "▼ "
            return sign + column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if column.type in NUMBERS else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    # -- inside --------------------------------------------------------------------------------------------------

    def _reset(self, shown: list[str]) -> None:
        self.beginResetModel()
        self._columns = list(self.table.columns)
        self._shown = shown
        self._known = set(self.table.ids)
        self.endResetModel()

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _belongs(self, row_id: str) -> bool:
        return self._passes is None or self._passes(row_id)

    def _arranged(self) -> list[str]:
        rows = [row_id for row_id in self.table.ids if self._belongs(row_id) and self._fits(row_id)]
        by = next((column for column in self.table.columns if self._sort and column.key == self._sort[0]), None)
        if by is None or self._sort is None:
            return rows
        texts = {row_id: self.table.text(row_id, by) for row_id in rows}
        known = [row_id for row_id in rows if texts[row_id]]
        known.sort(key=lambda row_id: sort_key(texts[row_id], by), reverse=self._sort[1])
        return known + [row_id for row_id in rows if not texts[row_id]]

    def _fits(self, row_id: str) -> bool:
        if not self._words or (self._besides is not None and self._besides(row_id)):
            return True
        texts = (shown_text(self.table.text(row_id, column), column) for column in self.table.columns)
        whole = "\n".join(texts).casefold()
        return all(word in whole for word in self._words)


_TEXT_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
