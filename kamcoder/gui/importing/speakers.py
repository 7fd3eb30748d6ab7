"""The speakers of a file as a small table: names that can be typed over, roles that can be chosen."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTreeView, QWidget

from kamcoder.domain.document import SpeakerRole
from kamcoder.gui.importing import words
from kamcoder.gui.importing.casting import Casting, Voice
from kamcoder.gui.importing.choosing import Choice, ChoiceCell

Index = QModelIndex | QPersistentModelIndex
NAME, ROLE, TURNS = range(3)
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLES: tuple[SpeakerRole | None, ...] = (*SpeakerRole, None)


class SpeakersModel(QAbstractTableModel):
    """The speakers of one file. `corrected` gives the casting as it is wanted; the model waits to be shown it."""

    corrected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casting = Casting()

    def show(self, casting: Casting) -> None:
        """Show the speakers of a file."""
        if len(casting.voices) == len(self._casting.voices):
            self._casting = casting
            if casting.voices:
                self.dataChanged.emit(self.index(0, 0), self.index(len(casting.voices) - 1, TURNS))
            return
        self.beginResetModel()
        self._casting = casting
        self.endResetModel()

    def voice(self, index: Index) -> Voice | None:
        """Return the speaker of a row."""
        voices = self._casting.voices
        return voices[index.row()] if index.isValid() and index.row() < len(voices) else None

    def row_of(self, name: str) -> int:
        """Return the row of the speaker who is called so now, -1 if there is none."""
        named = (row for row, voice in enumerate(self._casting.voices) if voice.role and voice.name == name)
        return next(named, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of speakers."""
        return 0 if parent.isValid() else len(self._casting.voices)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names and roles be edited."""
        voice = self.voice(index)
        if voice is None:
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == ROLE or (index.column() == NAME and voice.role is not None):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is known about a speaker."""
        voice = self.voice(index)
        if voice is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (_shown(voice), words.role_name(voice.role), f"{voice.turns:,}" if voice.turns else "")[column]
        if role == Qt.ItemDataRole.EditRole:
            return (voice.name, voice.role, voice.turns)[column]
        if role == ChoiceCell.ChoicesRole and column == ROLE:
            return [Choice(words.role_name(value), value) for value in _ROLES]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(voice, column)
        return _END if role == Qt.ItemDataRole.TextAlignmentRole and column == TURNS else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name or role."""
        voice = self.voice(index)
        if voice is None or role != Qt.ItemDataRole.EditRole:
            return False
        if index.column() == NAME:
            wanted = self._casting.renamed(index.row(), str(value))
        else:
            wanted = self._casting.played(index.row(), value)
        if wanted == self._casting:
            return False
        self.corrected.emit(wanted)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Speaker"), self.tr("Role"), self.tr("Turns"))[section]
        return _END if role == Qt.ItemDataRole.TextAlignmentRole and section == TURNS else None

    def _told(self, voice: Voice, column: int) -> str:
        found = ", ".join(f"“{label}”" for label in voice.labels)
        if column == ROLE:
            return self.tr("Role of {speaker}: {role}").format(speaker=voice.name, role=words.role_name(voice.role))
        return self.tr("{speaker}, found as {labels}, {turns}").format(
            speaker=voice.name, labels=found, turns=words.turns(voice.turns)
        )


class SpeakersView(QTreeView):
    """The table of speakers. F2 or a click changes a name or role; Tab leaves the table."""

    def __init__(self, model: SpeakersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setAllColumnsShowFocus(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setItemDelegateForColumn(ROLE, ChoiceCell(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Speakers"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(ROLE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TURNS, QHeaderView.ResizeMode.Fixed)
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(words.role_name(role)) for role in _ROLES)
        header.resizeSection(ROLE, longest + 40)
        header.resizeSection(TURNS, metrics.horizontalAdvance("9,999") + 18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def showEvent(self, event: QShowEvent) -> None:
        """Give every head the room that its word needs in this language and face."""
        super().showEvent(event)
        header = self.header()
        header.resizeSection(TURNS, max(header.sectionSize(TURNS), header.sectionSizeHint(TURNS)))
        self.setMinimumWidth(header.sectionSizeHint(NAME) + header.sectionSize(ROLE) + header.sectionSize(TURNS) + 8)

    def sizeHint(self) -> QSize:
        """Ask for the room of a handful of speakers."""
        row = max(self.sizeHintForRow(0), self.fontMetrics().height() + 12)
        rows = min(max(self.model().rowCount(), 2), 7)
        return QSize(220, self.header().sizeHint().height() + rows * row + 4)

    def point(self, row: int) -> None:
        """Make a speaker the current one."""
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row, NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit with Enter and Space too; move between the cells with left and right."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._edit(self.currentIndex())
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers() and self.currentIndex().isValid():
            current = self.currentIndex()
            column = min(max(NAME, current.column() + steps[Qt.Key(event.key())]), ROLE)
            self.setCurrentIndex(current.siblingAtColumn(column))
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == ROLE:
            self._edit(index)

    def _edit(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)


def _shown(voice: Voice) -> str:
    return voice.name if voice.name == voice.found else f"{voice.name}  ({voice.found})"
