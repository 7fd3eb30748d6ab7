"""The tables of a document's properties: the cases it belongs to, and who its speakers are."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTreeView, QWidget

from kamcoder.domain.case import Case, Participant
from kamcoder.domain.document import Speaker, SpeakerRole
from kamcoder.gui.importing import words
from kamcoder.gui.importing.choosing import Choice, ChoiceCell

Index = QModelIndex | QPersistentModelIndex
NAME, ROLE, PARTICIPANT, TURNS = range(4)
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CaseLinksModel(QAbstractListModel):
    """All cases; those the document belongs to are checked. `link_wanted` gives a case's id and whether to link."""

    link_wanted = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: list[Case] = []
        self._linked: frozenset[str] = frozenset()

    def show(self, cases: list[Case], linked: frozenset[str]) -> None:
        """Show cases and which of them are linked."""
        if cases == self._cases:
            self._linked = linked
            if cases:
                self.dataChanged.emit(self.index(0), self.index(len(cases) - 1))
            return
        self.beginResetModel()
        self._cases, self._linked = cases, linked
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of cases."""
        return 0 if parent.isValid() else len(self._cases)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every case be checked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name and check mark of a case."""
        if not index.isValid() or index.row() >= len(self._cases):
            return None
        case = self._cases[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return case.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if case.id in self._linked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a link to be made or undone."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.link_wanted.emit(self._cases[index.row()].id, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class SpeakersModel(QAbstractTableModel):
    """The speakers of a document. `role_wanted` and `participant_wanted` give a speaker's id and the new value."""

    role_wanted = Signal(str, object)
    participant_wanted = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speakers: list[Speaker] = []
        self._turns: dict[str, int] = {}
        self._people: list[Participant] = []

    def show(self, speakers: list[Speaker], turns: dict[str, int], people: list[Participant]) -> None:
        """Show speakers with the number of their turns; `people` are the participants to choose from."""
        same = [speaker.id for speaker in speakers] == [speaker.id for speaker in self._speakers]
        if not same:
            self.beginResetModel()
        self._speakers, self._turns, self._people = speakers, turns, people
        if not same:
            self.endResetModel()
        elif speakers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(speakers) - 1, TURNS))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of speakers."""
        return 0 if parent.isValid() else len(self._speakers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let role and participant be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (ROLE, PARTICIPANT) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is known about a speaker."""
        if not index.isValid() or index.row() >= len(self._speakers):
            return None
        speaker, column = self._speakers[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(speaker)[column]
        if role == Qt.ItemDataRole.EditRole:
            turns = self._turns.get(speaker.id, 0)
            return (speaker.name, speaker.role, speaker.participant_id or "", turns)[column]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            head = self.headerData(column, Qt.Orientation.Horizontal)
            shown = self._shown(speaker)[column]
            return self.tr("{what} of {speaker}: {value}").format(what=head, speaker=speaker.name, value=shown)
        if role == ChoiceCell.ChoicesRole:
            return self._choices(column)
        return _END if role == Qt.ItemDataRole.TextAlignmentRole and column == TURNS else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another role or participant."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        speaker = self._speakers[index.row()]
        if index.column() == ROLE and value is not speaker.role:
            self.role_wanted.emit(speaker.id, value)
            return True
        if index.column() == PARTICIPANT and value != (speaker.participant_id or ""):
            self.participant_wanted.emit(speaker.id, value)
            return True
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Speaker"), self.tr("Role"), self.tr("Participant"), self.tr("Turns"))[section]
        return _END if role == Qt.ItemDataRole.TextAlignmentRole and section == TURNS else None

    def _shown(self, speaker: Speaker) -> tuple[str, str, str, str]:
        names = {person.id: person.name for person in self._people}
        participant = names.get(speaker.participant_id or "", self.tr("Nobody"))
        return speaker.name, words.role_name(speaker.role), participant, f"{self._turns.get(speaker.id, 0):,}"

    def _choices(self, column: int) -> list[Choice]:
        if column == ROLE:
            return [Choice(words.role_name(role), role) for role in SpeakerRole]
        return [Choice(self.tr("Nobody"), ""), *(Choice(person.name, person.id) for person in self._people)]


class SpeakersTable(QTreeView):
    """The speakers of a document; Enter, F2 or a click on role or participant opens the list of choices."""

    def __init__(self, model: SpeakersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Speakers"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        header, metrics = self.header(), self.fontMetrics()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(20)
        for column in (NAME, PARTICIPANT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (ROLE, TURNS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        for column in (ROLE, PARTICIPANT):
            self.setItemDelegateForColumn(column, ChoiceCell(self))
        longest = max(metrics.horizontalAdvance(words.role_name(role)) for role in SpeakerRole)
        header.resizeSection(ROLE, longest + 40)
        header.resizeSection(TURNS, metrics.horizontalAdvance("99,999") + 18)
        self.clicked.connect(self._edit)

    def sizeHint(self) -> QSize:
        """Ask for the room of the speakers, up to eight."""
        row = max(self.sizeHintForRow(0), self.fontMetrics().height() + 12)
        rows = min(max(self.model().rowCount(), 2), 8)
        return QSize(360, self.header().sizeHint().height() + rows * row + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter and Space too; move between the cells with left and right."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._edit(self.currentIndex())
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers() and self.currentIndex().isValid():
            column = self.currentIndex().column() + steps[Qt.Key(event.key())]
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(min(max(NAME, column), PARTICIPANT)))
            return
        super().keyPressEvent(event)

    def _edit(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
