"""What two copies say differently, one row each, and whose version is to be taken."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kamcoder.services.merging_words import Difference, short, what

_Index = QModelIndex | QPersistentModelIndex
_WHAT, NAME, _HOW, TAKEN, OURS, THEIRS = range(6)


class DifferencesModel(QAbstractTableModel):
    """Differences with the version that is taken, which can be changed where there is a choice."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[Difference] = []
        self.chosen: dict[str, bool] = {}

    def load(self, differences: Sequence[Difference]) -> None:
        """Show these differences; choices made before are forgotten."""
        self.beginResetModel()
        self._rows, self.chosen = list(differences), {}
        self.endResetModel()

    def turn(self, index: _Index) -> None:
        """Take the other version at a row, if there is a choice."""
        difference = self._rows[index.row()]
        if difference.open:
            taken = not self.chosen.get(difference.id, difference.mine)
            self.chosen[difference.id] = taken
            if taken == difference.mine:
                del self.chosen[difference.id]
            self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), TAKEN))

    def difference(self, index: _Index) -> Difference:
        """Return the difference of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of differences."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a column says."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads()[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, a long text cut."""
        if not index.isValid():
            return None
        difference = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(difference, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self._heads()[index.column()]
            return f"{head}: {self._text(difference, index.column())}"
        return None

    def _heads(self) -> tuple[str, ...]:
        return (
            self.tr("What"),
            self.tr("Name"),
            self.tr("In the copy"),
            self.tr("Taken"),
            self.tr("Ours"),
            self.tr("Theirs"),
        )

    def _text(self, difference: Difference, column: int) -> str:
        if column == _WHAT:
            return what(difference.table)
        if column == NAME:
            return difference.name
        if column == _HOW:
            return self._how(difference)
        if column in (OURS, THEIRS):
            values = [(field.name, field.ours if column == OURS else field.theirs) for field in difference.fields]
            return "; ".join(f"{name}: {short(value)}" for name, value in values if value is not None)
        mine = self.chosen.get(difference.id, difference.mine)
        words = self.tr("ours") if mine else self.tr("theirs")
        return self.tr("{whose}, Space for the other").format(whose=words) if difference.open else words

    def _how(self, difference: Difference) -> str:
        if difference.apart:
            return self.tr("changed in both")
        return {
            "new": self.tr("new"),
            "changed": self.tr("changed"),
            "deleted": self.tr("deleted"),
            "kept": self.tr("deleted in one, still used"),
            "same": self.tr("the same as ours"),
        }[difference.kind]
