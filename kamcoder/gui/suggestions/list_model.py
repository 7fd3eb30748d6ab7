"""Rows of passages that something is said of: suggestions, what is not shown, similar passages, outliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kamcoder.gui.suggestions.offers import Offer

Index = QModelIndex | QPersistentModelIndex
CODE, SURE, PASSAGE, PLACE = range(4)
_LONGEST = 300


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A passage; `code_id` may be empty, `told` is how sure or why, `coding_id` the coding it is about if any."""

    document_id: str
    start: int
    end: int
    code_id: str
    told: str
    offer: Offer | None = None
    coding_id: str = ""


class Names:
    """What rows are shown with: the names of codes, and the passages and places of documents."""

    def __init__(
        self,
        code: Callable[[str], str],
        colour: Callable[[str], QColor],
        quote: Callable[[Row], str],
        place: Callable[[Row], str],
    ) -> None:
        self.code, self.colour, self.quote, self.place = code, colour, quote, place


class PassageListModel(QAbstractTableModel):
    """One row a passage, made when it is seen."""

    def __init__(self, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the row of an index."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (self.tr("Code"), self.tr("How sure, or why"), self.tr("Passage"), self.tr("Place"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; its row as a sentence for those who hear it."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == CODE and row.code_id:
            return self._names.colour(row.code_id)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == PASSAGE:
            return self._names.quote(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(text for text in (self._text(row, column) for column in range(4)) if text)
        return None

    def _text(self, row: Row, column: int) -> str:
        if column == CODE:
            return self._names.code(row.code_id) if row.code_id else ""
        if column == SURE:
            return row.told
        if column == PLACE:
            return self._names.place(row)
        return " ".join(self._names.quote(row)[:_LONGEST].split())
