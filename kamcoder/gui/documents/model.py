"""The tree of documents by case, with the number of codings in each and how far who codes now is with it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.coding import WorkState
from kamcoder.gui import labels
from kamcoder.gui.documents import words
from kamcoder.gui.documents.progress import Progress
from kamcoder.gui.widgets.arranged_model import ArrangedModel
from kamcoder.gui.widgets.tree_model import Index, Node

if TYPE_CHECKING:
    from kamcoder.services.documents import DocumentEntry
    from kamcoder.services.session import Session

NAME, CODINGS, SHARE = range(3)
StateRole = Qt.ItemDataRole.UserRole + 1
ShareRole = Qt.ItemDataRole.UserRole + 2
_DOCUMENT = "document:"
_TABLES = ("documents", "document_cases", "cases")
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        StateRole,
        ShareRole,
    }
)
# Views ask for flags more often than for anything else.
_CASE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NUMBER = _CASE | Qt.ItemFlag.ItemNeverHasChildren
_NAME = _NUMBER | Qt.ItemFlag.ItemIsEditable


class Order(StrEnum):
    """By what the documents of a case are sorted."""

    NAME = "name"
    SHARE = "share"
    COUNT = "count"


def document_of(key: str) -> str | None:
    """Return the document's id if the key is a document's."""
    return key.removeprefix(_DOCUMENT) if key.startswith(_DOCUMENT) else None


def key_of(document_id: str) -> str:
    """Return the key of a document's row."""
    return _DOCUMENT + document_id


class DocumentsModel(ArrangedModel):
    """Cases with their documents; documents of no case stand last, under a row of their own.

    The words of a filter are looked for in the names of documents and of their cases.
    """

    columns = 3

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Order.NAME, parent)
        self._session: Session | None = None
        self._entries: list[DocumentEntry] = []
        self._cases: list[tuple[str, str]] = []
        self._counts: dict[str, int] = {}
        self._progress = Progress()
        self._rows: dict[str, list[Node]] = {}

    # -- filling -------------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show a project's documents; none for None."""
        self._session = session
        self._progress.load(session)
        self._read()

    def use_coder(self) -> None:
        """Show how far who codes now is."""
        self._progress.load(self._session)
        if self._order is Order.SHARE:
            self._arrange()
        else:
            self._tell_all()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if change.touches(*_TABLES):
            if any(row.before is None or row.after is None for row in change.of("documents")):
                self._progress.load(self._session)
            self._read()
            return
        touched: set[str] = set()
        for row in change.of("codings"):
            document_id = str(row.row["document_id"])
            self._counts[document_id] = self._counts.get(document_id, 0) + (row.before is None) - (row.after is None)
            touched.add(document_id)
        if touched:
            self._progress.mark_stale(touched)
            self._tell(touched, [CODINGS])
        if change.touches("turns"):
            self.use_coder()
        self._tell(self._progress.follow(change), [NAME])

    def refresh_shares(self) -> None:
        """Work out anew how much of the documents is coded that were coded in meanwhile."""
        stale = self._progress.refresh(self._session)
        if stale and self._order is not Order.NAME:
            self._arrange()
        else:
            self._tell(stale, [SHARE])

    # -- what is there -------------------------------------------------------------------------------------------

    def documents(self) -> list[str]:
        """Return the ids of all documents in the order of the tree, each once, whatever the filter hides."""
        ids = [entry.document.id for _, _, entries in self._groups(()) for entry in entries]
        return list(dict.fromkeys(ids))

    def count(self, node: Node) -> int:
        """Return the number of codings of a document, or of a case's documents together."""
        document_id = document_of(node.key)
        if document_id is not None:
            return self._counts.get(document_id, 0)
        return sum(self.count(child) for child in node.children)

    def state(self, document_id: str) -> WorkState | None:
        """Return how far who codes now is with a document; None where nobody codes or it was never opened."""
        return self._progress.state(document_id)

    def share(self, document_id: str) -> float | None:
        """Return the coded share of what was not asked, 0 to 1; None where nobody codes."""
        return self._progress.share(document_id)

    @property
    def digits(self) -> int:
        """Return how many digits the greatest number of codings has."""
        return len(str(max((self.count(row) for row in self._root.children), default=0)))

    def widest(self) -> QModelIndex:
        """Return the index of the greatest number of codings."""
        return max(
            (self.index(row, CODINGS) for row in range(self.rowCount())),
            key=lambda index: self.count(self._by_number[index.internalId()]),
            default=QModelIndex(),
        )

    # -- for views -----------------------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let documents be renamed."""
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if node.children:
            return _CASE
        return _NAME if index.column() == NAME else _NUMBER

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, number of codings and progress of a row."""
        # Views ask for a dozen roles a cell; most are of no interest here.
        node = self.node(index) if role in _ROLES else None
        if node is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(node, index.column())
        document_id = document_of(node.key)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(node)
        if role == StateRole and document_id:
            return self.state(document_id) or WorkState.ASSIGNED if self._progress.known else None
        if role == ShareRole and document_id:
            return self.share(document_id)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == CODINGS:
            return _END
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Documents"), "", "")[section]
        if role == Qt.ItemDataRole.ToolTipRole and section:
            shares = self.tr("Share of what the interviewees said that you coded")
            return (self.tr("Codings by all coders"), shares)[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _END
        return None

    # -- inside --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        session = self._session
        self._entries = session.documents.entries() if session else []
        self._cases = [(case.id, case.name) for case in session.cases.all()] if session else []
        self._counts = {entry.document.id: entry.codings for entry in self._entries}
        self._arrange()

    def _text(self, node: Node, column: int) -> str:
        if column == NAME:
            return str(node.value)
        count = self.count(node) if column == CODINGS else 0
        return str(count) if count else ""

    def _told(self, node: Node) -> str:
        codings = labels.codings(self.count(node))
        document_id = document_of(node.key)
        if document_id is None:
            told = [str(node.value), labels.documents(len(node.children)), codings]
            finished = [
                child for child in node.children if self.state(document_of(child.key) or "") is WorkState.FINISHED
            ]
            return ", ".join([*told, words.finished(len(finished))] if finished else told)
        share = self.share(document_id)
        if share is None:
            return f"{node.value}, {codings}"
        return f"{node.value}, {words.state(self.state(document_id))}, {words.coded(share)}, {codings}"

    def _arrange(self) -> None:
        """Make the tree anew, with what fits the filter, in the order that is wanted."""
        root = Node("", None, None)
        groups = self._groups(self._filter)
        flat = not any(entry.case_ids for entry in self._entries)
        self._rows = {}
        for case_id, name, entries in groups:
            node = root if flat else root.add(f"case:{case_id}", name)
            for entry in entries:
                row = node.add(key_of(entry.document.id), entry.document.name)
                self._rows.setdefault(entry.document.id, []).append(row)
        self.replace(root)

    def _groups(self, wanted: tuple[str, ...]) -> list[tuple[str, str, list[DocumentEntry]]]:
        """Return (case id, case name, documents) for every case with documents that fit, those of no case last."""
        by_case: dict[str, list[DocumentEntry]] = {}
        for entry in self._sorted():
            for case_id in entry.case_ids or ("",):
                by_case.setdefault(case_id, []).append(entry)
        groups: list[tuple[str, str, list[DocumentEntry]]] = []
        for case_id, name in [*self._cases, ("", self.tr("No case"))]:
            case_name = name.casefold() if case_id else ""
            fitting = [
                entry
                for entry in by_case.get(case_id, ())
                if all(word in entry.document.name.casefold() or word in case_name for word in wanted)
            ]
            if fitting:
                groups.append((case_id, name, fitting))
        return groups

    def _sorted(self) -> list[DocumentEntry]:
        if self._order is Order.COUNT:
            return sorted(self._entries, key=lambda entry: -self._counts.get(entry.document.id, 0))
        if self._order is Order.SHARE:
            return sorted(self._entries, key=lambda entry: -(self.share(entry.document.id) or 0.0))
        return self._entries

    def _tell(self, document_ids: set[str], columns: Sequence[int]) -> None:
        """Tell that documents and their cases changed, cell by cell: for a range Qt would draw the whole view anew."""
        for document_id in document_ids:
            for node in self._rows.get(document_id, ()):
                above: Node | None = node
                while above is not None and above.number:
                    for column in columns:
                        index = self.index_of(above, column)
                        self.dataChanged.emit(index, index)
                    above = above.parent

    def _tell_all(self) -> None:
        for node in self.nodes():
            self.dataChanged.emit(self.index_of(node), self.index_of(node, SHARE))
