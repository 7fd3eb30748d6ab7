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
    other_code_id: str = ""
    share: float = 0.0  # how alike, of similar passages
    why: str = ""  # of what is not shown: the reason as the engine names it

    @property
    def mark(self) -> tuple[str, int, int, str]:
        """Return what a row is known by: as suggestions are."""
        return self.document_id, self.start, self.end, self.code_id


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
    """One row a passage, made when it is seen. Rows may be ticked, where that is of use."""

    def __init__(self, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._ticking = False
        self._ticked: set[tuple[str, int, int, str]] = set()
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row], *, ticking: bool = False) -> None:
        """Show these rows and no others; ticks of rows that are still there stay."""
        self.beginResetModel()
        self.rows = rows
        self._ticking = ticking
        self._ticked &= {row.mark for row in rows} if ticking else set()
        self.endResetModel()

    def ticked(self) -> list[Row]:
        """Return the rows that are ticked."""
        return [row for row in self.rows if row.mark in self._ticked] if self._ticked else []

    def tick(self, rows: Sequence[Row], *, on: bool) -> None:
        """Tick rows, or take their ticks off."""
        keys = {row.mark for row in rows}
        self._ticked = self._ticked | keys if on else self._ticked - keys
        if self.rows:
            self.dataChanged.emit(self.index(0, CODE), self.index(len(self.rows) - 1, CODE))

    def turn(self, row: Row | None) -> None:
        """Tick a row, or take its tick off if it has one."""
        if row is not None:
            self.tick([row], on=row.mark not in self._ticked)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be ticked where that is of use."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if self._ticking and index.column() == CODE else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick that was turned in the view."""
        row = self.row(index)
        if role != Qt.ItemDataRole.CheckStateRole or row is None or not self._ticking:
            return False
        self.tick([row], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

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
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CODE and self._ticking:
            return Qt.CheckState.Checked if row.mark in self._ticked else Qt.CheckState.Unchecked
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
