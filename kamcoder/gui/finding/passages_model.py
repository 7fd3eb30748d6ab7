"""All passages as a tree of groups with bare rows; what a row says is read when it is first looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from kamcoder.domain.coding import Passage
from kamcoder.domain.project import natural_key
from kamcoder.gui.finding.excerpt import HeadRole
from kamcoder.gui.widgets.tree_model import Index
from kamcoder.services.passages import CodingLine, Facet, PassageBook

TEXT, CODE, PLACE, CASE, SPEAKER, CODER, MEMO = range(7)
_PAGE = 60
_MOST_READ = 3000


@dataclass(slots=True, eq=False)
class Group:
    """Passages under one code, case, document or coder; `number` is what indexes carry."""

    number: int
    key: str
    title: str
    colour: str = ""
    lines: list[CodingLine] = field(default_factory=list)


class PassagesModel(QAbstractItemModel):
    """Passages by group, sorted inside of each. Twenty thousand rows are lists of tuples, not objects of Qt."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book: PassageBook | None = None
        self._memos: dict[str, str] = {}
        self._numbers = count(1)
        self._groups: list[Group] = []
        self._by_number: dict[int, Group] = {}
        self._by = Facet.CODE
        self._sort: tuple[int, bool] = (PLACE, False)
        self._quotes: dict[str, str] = {}
        self._read: dict[str, Passage] = {}

    # -- filling -------------------------------------------------------------------------------------------------

    def show(self, book: PassageBook | None, lines: Sequence[CodingLine], memos: dict[str, str], *, by: Facet) -> None:
        """Show lines, which come in reading order, in groups."""
        self.beginResetModel()
        self._book, self._memos, self._by = book, memos, by
        self._read, self._quotes = {}, {}
        self._groups = self._grouped(lines) if book is not None else []
        self._by_number = {group.number: group for group in self._groups}
        if self._sort != (PLACE, False):
            self._sort_groups()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the passages inside the groups."""
        wanted = (column, order is Qt.SortOrder.DescendingOrder)
        if wanted != self._sort and 0 <= column <= MEMO:
            self.beginResetModel()
            self._sort = wanted
            self._sort_groups()
            self.endResetModel()

    @property
    def sorting(self) -> tuple[int, bool]:
        """Return the column passages are sorted by and whether downwards."""
        return self._sort

    def add(self, line: CodingLine) -> None:
        """Show one more passage at its place."""
        if self._book is None:
            return
        for key in self._book.keys(self._by)(line) or ("",):
            group = self._group(key)
            row = self._row_of(group, line)
            self.beginInsertRows(self.index_of_group(group), row, row)
            group.lines.insert(row, line)
            self.endInsertRows()
            self._tell_head(group)

    def remove(self, coding_id: str) -> bool:
        """Show a passage no more, a group without passages neither; tell whether it was shown."""
        self._read.pop(coding_id, None)
        found = False
        for group in list(self._groups):
            row = next((row for row, line in enumerate(group.lines) if line.id == coding_id), -1)
            if row < 0:
                continue
            found = True
            parent = self.index_of_group(group)
            if len(group.lines) == 1:
                place = self._groups.index(group)
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._groups[place]
                del self._by_number[group.number]
                self.endRemoveRows()
            else:
                self.beginRemoveRows(parent, row, row)
                del group.lines[row]
                self.endRemoveRows()
                self._tell_head(group)
        return found

    def show_memos(self, memos: dict[str, str]) -> None:
        """Take over other memos."""
        self._memos = memos
        self._read = {}
        for group in self._groups:
            parent = self.index_of_group(group)
            self.dataChanged.emit(self.index(0, MEMO, parent), self.index(len(group.lines) - 1, MEMO, parent))

    # -- what is there -------------------------------------------------------------------------------------------

    @property
    def groups(self) -> Sequence[Group]:
        """Return the groups in order."""
        return self._groups

    def line(self, index: Index) -> CodingLine | None:
        """Return the passage of a row; None for a group."""
        group = self._by_number.get(index.internalId()) if index.isValid() else None
        return group.lines[index.row()] if group is not None and index.row() < len(group.lines) else None

    def passage(self, index: Index) -> Passage | None:
        """Return a row with all that is shown of it."""
        line = self.line(index)
        if line is None:
            return None
        if line.id not in self._read:
            group = self._by_number[index.internalId()]
            # What stands around it will be looked at next.
            first = max(0, index.row() - _PAGE // 3)
            self._fetch(group.lines[first : first + _PAGE])
        return self._read.get(line.id)

    def passages(self, lines: Iterable[CodingLine]) -> list[Passage]:
        """Return any passages whole."""
        return self._book.passages(list(lines), self._memos) if self._book else []

    def shown(self) -> list[CodingLine]:
        """Return all passages in the order of the view, each once."""
        return list(dict.fromkeys(line for group in self._groups for line in group.lines))

    def find(self, coding_id: str) -> QModelIndex:
        """Return the first row of a coding; an invalid index if it is not shown."""
        for group in self._groups:
            for row, line in enumerate(group.lines):
                if line.id == coding_id:
                    return self.createIndex(row, 0, group.number)
        return QModelIndex()

    def index_of_group(self, group: Group) -> QModelIndex:
        """Return the index of a group."""
        return self.createIndex(self._groups.index(group), 0, 0)

    # -- for views -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a group or of a passage in it."""
        number, rows = 0, len(self._groups)
        if parent.isValid():
            # A view that opens a group asks this once for every row: no call too many here.
            place = parent.row()
            if parent.internalId() or place >= rows or parent.column():
                return QModelIndex()
            group = self._groups[place]
            number, rows = group.number, len(group.lines)
        return self.createIndex(row, column, number) if 0 <= row < rows and 0 <= column <= MEMO else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """Return the group of a passage."""
        group = self._by_number.get(index.internalId()) if index.isValid() else None
        return self.index_of_group(group) if group is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many groups there are, or passages in one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column() or parent.row() >= len(self._groups):
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return MEMO + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Spare the view the question whether a passage has rows below it."""
        if index.internalId():
            return _LEAF
        return _HEAD if index.isValid() else _NO_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if role not in _ROLES or not index.isValid():
            return None
        if not index.internalId():
            return self._group_data(self._groups[index.row()], index.column(), role)
        if role == HeadRole:
            return None
        passage = self.passage(index)
        if passage is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(passage, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(passage, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown(passage, index.column()) or self.tr("empty")
        if role == Qt.ItemDataRole.DecorationRole and index.column() == CODE and self._book is not None:
            return QColor(self._book.codebook.get(passage.coding.code_id).colour)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Passage"),
                self.tr("Code"),
                self.tr("Place"),
                self.tr("Case"),
                self.tr("Speaker"),
                self.tr("Coder"),
                self.tr("Memo"),
            )[section]
        return None

    # -- inside --------------------------------------------------------------------------------------------------

    def _group_data(self, group: Group, column: int, role: int) -> Any:
        if column != TEXT:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{group.title} ({len(group.lines)})"
        if role == HeadRole:
            return True
        if role == Qt.ItemDataRole.DecorationRole and group.colour:
            return QColor(group.colour)
        return None

    def _shown(self, passage: Passage, column: int) -> str:
        if column == TEXT:
            quote = passage.coding.quote
            return " ".join(quote[:400].split()) + ("…" if len(quote) > 400 else "")
        return (
            "",
            self._book.codebook.get(passage.coding.code_id).name if self._book else "",
            passage.reference,
            ", ".join(passage.cases),
            passage.speaker or "",
            passage.coder,
            " ".join(passage.memo.split())[:120],
        )[column]

    def _tip(self, passage: Passage, column: int) -> str:
        if column == TEXT:
            return passage.coding.quote[:1200]
        return passage.code_path if column == CODE else passage.memo if column == MEMO else ""

    def _fetch(self, lines: Sequence[CodingLine]) -> None:
        if len(self._read) > _MOST_READ:
            self._read = {}
        for passage in self.passages(lines):
            self._read[passage.coding.id] = passage

    def _grouped(self, lines: Sequence[CodingLine]) -> list[Group]:
        assert self._book is not None
        keys = self._book.keys(self._by)
        found: dict[str, Group] = {}
        for line in lines:
            for key in keys(line) or ("",):
                group = found.get(key)
                if group is None:
                    group = found[key] = self._made(key)
                group.lines.append(line)
        return sorted(found.values(), key=lambda group: self._rank(group.key))

    def _made(self, key: str) -> Group:
        book = self._book
        assert book is not None
        if self._by is Facet.CODE:
            return Group(next(self._numbers), key, book.paths[key], book.codebook.get(key).colour)
        names = {Facet.CASE: book.cases, Facet.DOCUMENT: book.documents, Facet.CODER: book.coders}
        return Group(next(self._numbers), key, names[self._by].get(key, self.tr("No case")))

    def _rank(self, key: str) -> tuple[bool, int]:
        book = self._book
        assert book is not None
        if self._by is Facet.CODE:
            return False, book.order(key)
        names = {Facet.CASE: book.cases, Facet.DOCUMENT: book.documents, Facet.CODER: book.coders}[self._by]
        return not key, list(names).index(key) if key else 0

    def _group(self, key: str) -> Group:
        for group in self._groups:
            if group.key == key:
                return group
        group = self._made(key)
        place = bisect_right([self._rank(other.key) for other in self._groups], self._rank(key))
        self.beginInsertRows(QModelIndex(), place, place)
        self._groups.insert(place, group)
        self._by_number[group.number] = group
        self.endInsertRows()
        return group

    def _sort_groups(self) -> None:
        of = self._key_of(self._sort[0])
        for group in self._groups:
            group.lines.sort(key=of, reverse=self._sort[1])

    def _key_of(self, column: int) -> Callable[[CodingLine], Any]:
        book = self._book
        if book is None:
            return lambda line: line.id
        if column == TEXT and not self._quotes:
            self._quotes = book.quotes()
        case_ids = book.keys(Facet.CASE)
        first: dict[int, Callable[[CodingLine], Any]] = {
            TEXT: lambda line: self._quotes.get(line.id, "").casefold(),
            CODE: lambda line: book.order(line.code_id),
            PLACE: lambda line: (),
            CASE: lambda line: [natural_key(book.cases[case_id]) for case_id in case_ids(line)],
            SPEAKER: lambda line: speaker.name.casefold() if (speaker := book.speaker(line)) else "",
            CODER: lambda line: book.coders[line.coder_id].casefold(),
            MEMO: lambda line: line.id not in self._memos,
        }
        chosen = first[column]
        return lambda line: (chosen(line), book.place(line))

    def _row_of(self, group: Group, line: CodingLine) -> int:
        """Return where a line belongs among those of a group."""
        of, down = self._key_of(self._sort[0]), self._sort[1]
        if not down:
            return bisect_right(group.lines, of(line), key=of)
        backwards = group.lines[::-1]
        return len(backwards) - bisect_left(backwards, of(line), key=of)

    def _tell_head(self, group: Group) -> None:
        index = self.index_of_group(group)
        self.dataChanged.emit(index, index)


_HEAD = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LEAF = _HEAD | Qt.ItemFlag.ItemNeverHasChildren
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.DecorationRole,
        HeadRole,
    }
)
