"""The list of files: whether each goes in, how it stands, its format and encoding."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from kamcoder.gui.importing import words
from kamcoder.gui.importing.entries import Entry, State
from kamcoder.services.messages import notice, sentence

Index = QModelIndex | QPersistentModelIndex
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FilesModel(QAbstractListModel):
    """The files of one import, in the order in which they were given."""

    EntryRole = Qt.ItemDataRole.UserRole
    AboutRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._rows: dict[Path, int] = {}

    def expect(self, paths: Iterable[Path]) -> list[Path]:
        """Add files that are still to be read; one that was refused is tried again. Return those that are new."""
        for path in paths:
            row = self._rows.get(path)
            if row is not None and self.entries[row].error is not None:
                self.entries[row].error = None
                self._tell(row)
        new = [path for path in dict.fromkeys(paths) if path not in self._rows]
        if new:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self.entries += [Entry(path) for path in new]
            self._rows |= {path: first + number for number, path in enumerate(new)}
            self.endInsertRows()
        return new

    def drop_waiting(self) -> None:
        """Take away the files that were not read."""
        if any(entry.state is State.WAITING for entry in self.entries):
            self.beginResetModel()
            self.entries = [entry for entry in self.entries if entry.state is not State.WAITING]
            self._rows = {entry.path: row for row, entry in enumerate(self.entries)}
            self.endResetModel()

    def entry_of(self, path: Path) -> Entry | None:
        """Return the entry of a file."""
        row = self._rows.get(path)
        return self.entries[row] if row is not None else None

    def entry(self, index: Index) -> Entry | None:
        """Return the entry of a row."""
        return self.entries[index.row()] if index.isValid() and index.row() < len(self.entries) else None

    def changed(self, entry: Entry) -> None:
        """Tell the views that an entry changed."""
        self._tell(self._rows[entry.path])

    def include(self, indexes: Iterable[Index], *, included: bool) -> None:
        """Say whether files go in."""
        for index in indexes:
            entry = self.entry(index)
            if entry is not None and entry.item is not None and entry.item.include != included:
                entry.item = replace(entry.item, include=included)
                self._tell(index.row())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of files."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let files that were read be checked."""
        entry = self.entry(index)
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if entry.item is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is known about a file."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.path.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return None if entry.item is None else _CHECKED if entry.item.include else _UNCHECKED
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((str(entry.path), self.about(entry), *told(entry)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((entry.path.name, self.about(entry)))
        if role == self.EntryRole:
            return entry
        return self.about(entry) if role == self.AboutRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check or uncheck a file."""
        entry = self.entry(index)
        if role != Qt.ItemDataRole.CheckStateRole or entry is None or entry.item is None:
            return False
        self.include([index], included=Qt.CheckState(value) == _CHECKED)
        return True

    def about(self, entry: Entry) -> str:
        """Return in one line how a file stands, with its format and encoding."""
        if entry.error is not None:
            return sentence(entry.error).removeprefix(f"{entry.path.name} ")
        if entry.item is None:
            return self.tr("waiting to be read")
        states = {State.READY: self.tr("ready"), State.LEFT_OUT: self.tr("left out")}
        extracted = entry.item.extracted
        parts = [states.get(entry.state, "")]
        parts += [words.notes(len(entry.notices))] if entry.notices else []
        parts += [words.format_name(extracted.format), words.encoding_name(extracted.encoding)]
        return " · ".join(part for part in parts if part)

    def _tell(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)


def told(entry: Entry) -> list[str]:
    """Return the sentences about a file: why it is refused, or its notices."""
    if entry.error is not None:
        return [sentence(entry.error)]
    return [notice(item) for item in entry.notices]


class FilesView(QListView):
    """The list of files. Several can be chosen; Space checks or unchecks all that are chosen."""

    choice_changed = Signal()

    def __init__(self, model: FilesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Files to import"))
        self.selectionModel().selectionChanged.connect(self.choice_changed)

    def chosen(self) -> list[Entry]:
        """Return the chosen files in the order of the list."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [entry for index in indexes if (entry := self._files.entry(index)) is not None]

    def step(self, by: int) -> None:
        """Choose the file before or after the present one."""
        row = min(max(0, self.currentIndex().row() + by), self._files.rowCount() - 1)
        if row >= 0:
            self.point(row)

    def point(self, row: int) -> None:
        """Choose one file alone, whichever keys are held."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._files.index(row), alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check with Space all that are chosen alike."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            chosen = self.chosen()
            rest = any(entry.item is not None and not entry.item.include for entry in chosen)
            self._files.include(self.selectionModel().selectedIndexes(), included=rest)
            return
        super().keyPressEvent(event)
