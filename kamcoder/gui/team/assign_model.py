"""Documents × coders: who is to code what, and how far it is."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from kamcoder.domain.coding import Coder, WorkState
from kamcoder.domain.document import Document

_Index = QModelIndex | QPersistentModelIndex


class AssignModel(QAbstractTableModel):
    """A tick for each document and coder; ticks of what is begun cannot be taken away.

    `asked` tells (document id, coder id, whether it is to be assigned).
    """

    asked = Signal(str, str, bool)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._documents: list[Document] = []
        self._coders: list[Coder] = []
        self._states: dict[tuple[str, str], WorkState] = {}

    def load(
        self, documents: Sequence[Document], coders: Sequence[Coder], states: dict[tuple[str, str], WorkState]
    ) -> None:
        """Show these documents and coders."""
        if self._documents and self._documents == list(documents) and self._coders == list(coders) != []:
            self._states = dict(states)
            last = self.index(len(self._documents) - 1, len(self._coders) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._documents, self._coders, self._states = list(documents), list(coders), dict(states)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of documents."""
        return 0 if parent is not None and parent.isValid() else len(self._documents)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of coders."""
        return 0 if parent is not None and parent.isValid() else len(self._coders)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a document or a coder."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        items: Sequence[Document | Coder] = (
            self._coders if orientation is Qt.Orientation.Horizontal else self._documents
        )
        return items[section].name if section < len(items) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the tick and the progress of one cell."""
        if not index.isValid():
            return None
        document, coder = self._documents[index.row()], self._coders[index.column()]
        state = self._states.get((coder.id, document.id))
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if state is None else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(state)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.words(state) or self.tr("not assigned")
            return self.tr("{document}, {coder}: {state}").format(document=document.name, coder=coder.name, state=said)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let assignments that were not begun be ticked and unticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        state = self._states.get((self._coders[index.column()].id, self._documents[index.row()].id))
        return flags | Qt.ItemFlag.ItemIsUserCheckable if state in (None, WorkState.ASSIGNED) else flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an assignment, or for its end."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        self.asked.emit(self._documents[index.row()].id, self._coders[index.column()].id, wanted)
        return True

    def words(self, state: WorkState | None) -> str:
        """Return how far somebody is, in words."""
        if state is None:
            return ""
        return {
            WorkState.ASSIGNED: self.tr("to do"),
            WorkState.IN_PROGRESS: self.tr("in progress"),
            WorkState.FINISHED: self.tr("finished"),
        }[state]
