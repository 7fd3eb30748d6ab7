"""The tree of codes with colours, counts, and ticks that say which codes the reader shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.codebook import Code, Codebook
from kamcoder.gui import labels
from kamcoder.gui.codebook.counting import Counts
from kamcoder.gui.widgets.arranged_model import ArrangedModel
from kamcoder.gui.widgets.tree_model import Index, Node

if TYPE_CHECKING:
    from kamcoder.services.session import Session

NAME, MINE, ALL = range(3)
CODE_MIME = "application/x-kamcoder-code"
SPAN_MIME = "application/x-kamcoder-span"
# Whether a row is only there because something below it fits the filter.
ContextRole = Qt.ItemDataRole.UserRole + 1
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        ContextRole,
    }
)
# Views ask for flags more often than for anything else.
_NUMBER = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)
_PARENT = _NUMBER | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
_LEAF = _PARENT | Qt.ItemFlag.ItemNeverHasChildren


class Order(StrEnum):
    """By what the codes below one parent are sorted; only the view of them, never the book."""

    BOOK = "book"
    NAME = "name"
    COUNT = "count"


class CodebookModel(ArrangedModel):
    """Codes by their place in the codebook; a count takes in the codes below.

    The words of a filter are looked for in names and definitions; codes above those that fit are shown as well.
    `shown_codes_changed` gives the ids of the codes that are ticked, None if all are.
    """

    columns = 3
    shown_codes_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Order.BOOK, parent)
        self._session: Session | None = None
        self._counts = Counts()
        self._both = True
        self._fitting: frozenset[str] | None = None
        self._texts: dict[str, str] = {}
        self._hidden: frozenset[str] = frozenset()
        self.codebook = Codebook(())

    # -- filling -------------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show a project's codebook; nothing for None."""
        if session is not self._session:
            self._hidden = frozenset()
        self._session = session
        self.codebook = session.codebook.all() if session else Codebook(())
        self._texts = {code.id: f"{code.name}\n{code.definition}".casefold() for code in self.codebook.codes}
        self._counts.load(self.codebook, session.codebook.counts() if session else {})
        self._hidden = frozenset(code_id for code_id in self._hidden if code_id in self.codebook)
        self._arrange()

    def count_for(self, coder_id: str | None) -> None:
        """Count the codings of this coder as “mine”."""
        self._counts.count_for(coder_id)
        for node in self.nodes():
            self.dataChanged.emit(self.index_of(node, MINE), self.index_of(node, ALL))

    def name_counts(self, *, both: bool) -> None:
        """Say over the columns whose codings they count; alone, the column of all needs no name."""
        self._both = both
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, MINE, ALL)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if change.touches("codes"):
            before = self.shown_codes()
            self.load(self._session)
            if self._hidden and self.shown_codes() != before:
                self.shown_codes_changed.emit(self.shown_codes())
            return
        touched = self._counts.follow(change)
        if touched and self._order is Order.COUNT and self._ranking() != [node.key for node in self.nodes()]:
            self._arrange()
            return
        self._tell_numbers({above for code_id in touched for above in self._with_ancestors(code_id)})

    # -- places in the book --------------------------------------------------------------------------------------

    def first_fit(self) -> str:
        """Return the first code that fits the filter itself, empty if none does."""
        return next((node.key for node in self.nodes() if self._fitting is None or node.key in self._fitting), "")

    def next_sibling(self, code_id: str, moved: Iterable[str]) -> int | None:
        """Return the place before a code among its siblings that are not `moved`, as `move_many` counts them."""
        gone = set(moved)
        siblings = self.codebook.children(self.codebook.get(code_id).parent_id)
        place = 0
        for sibling in siblings:
            if sibling.id == code_id:
                return place
            place += sibling.id not in gone
        return None

    # -- which codes the reader shows ----------------------------------------------------------------------------

    def shown_codes(self) -> frozenset[str] | None:
        """Return the ids of the codes that are ticked; None if all are."""
        if not self._hidden:
            return None
        return frozenset(code.id for code in self.codebook.codes) - self._hidden

    @property
    def hidden(self) -> frozenset[str]:
        """Return the ids of the codes that are not ticked."""
        return self._hidden

    def hide(self, code_ids: Iterable[str]) -> None:
        """Tick all codes but these; ids of codes that are gone do no harm."""
        self._hide(frozenset(code_id for code_id in code_ids if code_id in self.codebook))

    def tick(self, code_ids: Sequence[str]) -> None:
        """Hide codes with all that is below them; show them if all of that is hidden already."""
        members = {member for code_id in code_ids for member in self.codebook.subtree(code_id)}
        self._hide(self._hidden - members if members <= self._hidden else self._hidden | members)

    def solo(self, code_ids: Sequence[str]) -> None:
        """Show these codes with all that is below them, and no others."""
        members = {member for code_id in code_ids for member in self.codebook.subtree(code_id)}
        self._hide(frozenset(code.id for code in self.codebook.codes) - members)

    def show_all(self) -> None:
        """Show all codes again."""
        self._hide(frozenset())

    # -- for views -----------------------------------------------------------------------------------------------

    def counts(self, code_id: str) -> tuple[int, int]:
        """Return how many codings a code and those below it have: by who codes now, and by all."""
        return self._counts.of(code_id)

    @property
    def digits(self) -> tuple[int, int]:
        """Return how many digits the greatest counts have: mine, and all."""
        return self._counts.digits

    def widest(self, column: int) -> QModelIndex:
        """Return the index of the greatest number of a column."""
        roots = [self.index(row, 0) for row in range(self.rowCount())]
        found = max(roots, key=lambda index: self.counts(self.key(index))[column - 1], default=QModelIndex())
        return found.siblingAtColumn(column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let codes be dragged, dropped upon, renamed and ticked."""
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        if index.column() != NAME:
            return _NUMBER
        return _PARENT if node.children else _LEAF

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, colour, tick and counts of a code."""
        # Views ask for a dozen roles a cell; most are of no interest here.
        node = self.node(index) if role in _ROLES else None
        if node is None:
            return None
        code: Code = node.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(code)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{code.name}, {labels.codings(self.counts(code.id)[1])}"
        if role == ContextRole:
            return self._fitting is not None and code.id not in self._fitting
        return self._name(code, role) if index.column() == NAME else self._number(code, index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Codebook"), self.tr("Mine"), self.tr("All") if self._both else "")[section]
        if role == Qt.ItemDataRole.ToolTipRole and section:
            tips = (self.tr("Codings by who codes now"), self.tr("Codings by all coders"))
            return self.tr("{what}, with those of the codes below").format(what=tips[section - 1])
        if role == Qt.ItemDataRole.TextAlignmentRole and section != NAME:
            return _END
        return None

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here: codes, and a selected passage."""
        return [CODE_MIME, SPAN_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of codes, a line each, and their names for other programs."""
        keys = list(dict.fromkeys(self.key(index) for index in indexes))
        made = QMimeData()
        made.setData(CODE_MIME, "\n".join(keys).encode())
        made.setText("\n".join(self.codebook.path(key) for key in keys))
        return made

    def supportedDropActions(self) -> Qt.DropAction:
        """Return what may come of a drop: Qt proposes to copy while Ctrl is held."""
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell whether codes may go below a code, or a passage gets it."""
        target = self.key(parent)
        if data.hasFormat(SPAN_MIME):
            return bool(target) and row < 0 and self.codebook.get(target).codable
        ids = dragged_codes(data)
        known = bool(ids) and all(code_id in self.codebook for code_id in ids)
        if known and row >= 0 and self._order is not Order.BOOK:
            return False  # there is no “between” in another order
        return known and not any(target in self.codebook.subtree(code_id) for code_id in ids if target)

    # -- inside --------------------------------------------------------------------------------------------------

    def _name(self, code: Code, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return code.name
        if role == Qt.ItemDataRole.DecorationRole:
            return QColor(code.colour)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._state(code.id)
        return None

    def _number(self, code: Code, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            count = self.counts(code.id)[column - 1]
            return str(count) if count else ""
        return _END if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _tip(self, code: Code) -> str:
        mine, everyone = self.counts(code.id)
        lines = [self.codebook.path(code.id)]
        if code.definition.strip():
            lines.append(code.definition.strip())
        if code.shortcut:
            lines.append(self.tr("Key: {key}").format(key=code.shortcut))
        lines.append(self.tr("{mine} by you, {all} by all").format(mine=labels.codings(mine), all=everyone))
        if code.id in self._hidden:
            lines.append(self.tr("Not shown in the reader; click the square to show it"))
        return "\n".join(lines)

    def _state(self, code_id: str) -> Qt.CheckState:
        if not self._hidden:
            return Qt.CheckState.Checked
        hidden = [member in self._hidden for member in self.codebook.subtree(code_id)]
        if all(hidden):
            return Qt.CheckState.Unchecked
        return Qt.CheckState.PartiallyChecked if any(hidden) else Qt.CheckState.Checked

    def _hide(self, hidden: frozenset[str]) -> None:
        if hidden == self._hidden:
            return
        self._hidden = hidden
        for node in self.nodes():
            self.dataChanged.emit(self.index_of(node), self.index_of(node))
        self.shown_codes_changed.emit(self.shown_codes())

    def _with_ancestors(self, code_id: str) -> list[str]:
        if code_id not in self.codebook:
            return []
        return [code_id, *(above.id for above in self.codebook.ancestors(code_id))]

    def _tell_numbers(self, code_ids: set[str]) -> None:
        """Tell that numbers changed, cell by cell: for a range Qt would draw the whole view anew."""
        for code_id in code_ids:
            for column in (MINE, ALL):
                index = self.find(code_id, column)
                if index.isValid():
                    self.dataChanged.emit(index, index)

    def _arrange(self) -> None:
        """Make the tree anew, with what fits the filter, in the order that is wanted."""
        self._fitting = self._fits()
        seen = self._fitting
        if seen is not None:
            seen = seen.union(*(frozenset(above.id for above in self.codebook.ancestors(one)) for one in seen))
        root = Node("", None, None)
        waiting = [root]
        while waiting:
            node = waiting.pop()
            for code in self._below(node.key or None):
                if seen is None or code.id in seen:
                    waiting.append(node.add(code.id, code))
        self.replace(root)

    def _below(self, code_id: str | None) -> list[Code]:
        codes = self.codebook.children(code_id)
        if self._order is Order.NAME:
            codes.sort(key=lambda code: code.name.casefold())
        elif self._order is Order.COUNT:
            codes.sort(key=lambda code: -self.counts(code.id)[1])
        return codes

    def _ranking(self) -> list[str]:
        """Return the codes that are shown in the order in which they ought to stand."""
        present = {node.key for node in self.nodes()}
        found: list[str] = []
        waiting = list(reversed(self._below(None)))
        while waiting:
            code = waiting.pop()
            if code.id in present:
                found.append(code.id)
                waiting.extend(reversed(self._below(code.id)))
        return found

    def _fits(self) -> frozenset[str] | None:
        if not self._filter:
            return None
        return frozenset(code_id for code_id, text in self._texts.items() if all(word in text for word in self._filter))


def dragged_codes(data: QMimeData) -> list[str]:
    """Return the ids of the codes that are being dragged, none if it is something else."""
    return bytes(data.data(CODE_MIME).data()).decode().split() if data.hasFormat(CODE_MIME) else []
