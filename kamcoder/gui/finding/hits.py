"""What a search found, as a tree that grows while the search goes on: documents with hits, memos, passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.document import TextSpan
from kamcoder.gui.finding import words
from kamcoder.gui.finding.excerpt import ExcerptRole, HeadRole, excerpt
from kamcoder.gui.widgets.tree_model import Index, Node, TreeModel
from kamcoder.services.finding import Found, Hit, PassageHit
from kamcoder.services.notes import MemoEntry

TEXT, PLACE = range(2)
DOCUMENTS, MEMOS, PASSAGES = "documents", "memos", "passages"
_DOCUMENT = "document:"
_HEAD = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LEAF = _HEAD | Qt.ItemFlag.ItemNeverHasChildren
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HitModel(TreeModel):
    """Three groups, of which only those with something in them are rows. Hits are ticked until unticked."""

    columns = 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codebook = Codebook(())
        self._unticked: set[str] = set()
        self._hits: list[Node] = []

    # -- filling -------------------------------------------------------------------------------------------------

    def clear(self, codebook: Codebook, *, keep_ticks: bool = False) -> None:
        """Begin anew."""
        self._codebook = codebook
        self._hits = []
        if not keep_ticks:
            self._unticked = set()
        self.replace(Node("", None, None))

    def add(self, found: Found) -> None:
        """Add what was found in one piece of a document."""
        if found.hits:
            group = self._group(DOCUMENTS)
            place = self._child(group, _DOCUMENT + found.document_id, found.document)
            made = [(f"hit:{hit.document_id}:{hit.span.start}", hit) for hit in found.hits]
            self._hits += self._attach(place, made)
            self.tell_changed(place)
        if found.passages:
            group = self._group(PASSAGES)
            self._attach(group, [(f"coding:{item.line.id}", item) for item in found.passages])
            self.tell_changed(group)

    def show_memos(self, entries: Sequence[MemoEntry]) -> None:
        """Put these memos in the place of those that were found before."""
        index = self.find(MEMOS)
        group = self.node(index)
        if group is not None:
            self._detach_all(group, index)
        if entries:
            group = self._group(MEMOS)
            self._attach(group, [(f"memo:{entry.memo.id}", entry) for entry in entries])
            self.tell_changed(group)

    # -- what is there -------------------------------------------------------------------------------------------

    def count(self, kind: str) -> int:
        """Return how many hits, memos or passages were found."""
        if kind == DOCUMENTS:
            return len(self._hits)
        node = self.node(self.find(kind))
        return len(node.children) if node else 0

    def documents(self) -> int:
        """Return in how many documents there are hits."""
        node = self.node(self.find(DOCUMENTS))
        return len(node.children) if node else 0

    def ticked(self) -> list[Hit]:
        """Return the hits that are ticked."""
        return [node.value for node in self._hits if node.key not in self._unticked]

    def tick(self, index: Index, *, on: bool) -> None:
        """Tick or untick a hit, or all below a document or the group of documents."""
        node = self.node(index)
        if node is not None:
            self._set(self._below(node), on=on)

    def tick_all(self, *, on: bool) -> None:
        """Tick or untick every hit."""
        self._set(self._hits, on=on)

    def first_hit(self) -> QModelIndex:
        """Return the first row that can be jumped to."""
        node = next((node for node in self.nodes() if not node.children), None)
        return self.index_of(node) if node else QModelIndex()

    # -- for views -----------------------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let hits be ticked."""
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if isinstance(node.value, Hit):
            return _LEAF | Qt.ItemFlag.ItemIsUserCheckable
        if node.value is not None and not isinstance(node.value, str):
            return _LEAF
        return _HEAD | Qt.ItemFlag.ItemIsUserCheckable if self._below(node) else _HEAD

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick that was turned in the view."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick(index, on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, place, tick and colour of a row."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(node) if index.column() == TEXT else self._place(node)
        if role == ExcerptRole and index.column() == TEXT:
            return _excerpt(node.value)
        if role == HeadRole:
            return bool(node.children) and index.column() == TEXT
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TEXT:
            return self._ticks(node)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == PLACE:
            return _END
        if role == Qt.ItemDataRole.DecorationRole and index.column() == TEXT and isinstance(node.value, PassageHit):
            return QColor(self._codebook.get(node.value.line.code_id).colour)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(node)
        return None

    # -- inside --------------------------------------------------------------------------------------------------

    def _title(self, node: Node) -> str:
        if node.key == DOCUMENTS:
            return self.tr("In the documents: {count}").format(count=words.hits(len(self._hits)))
        if node.key == MEMOS:
            return self.tr("In memos: {count}").format(count=len(node.children))
        if node.key == PASSAGES:
            return self.tr("In coded passages: {count}").format(count=len(node.children))
        if isinstance(node.value, str):
            return f"{node.value} ({len(node.children)})"
        return _excerpt(node.value).text

    def _place(self, node: Node) -> str:
        value = node.value
        if isinstance(value, Hit):
            return value.reference
        if isinstance(value, PassageHit):
            return f"{self._codebook.get(value.line.code_id).name} · {value.reference}"
        return value.subject.name if isinstance(value, MemoEntry) else ""

    def _told(self, node: Node) -> str:
        value = node.value
        if isinstance(value, Hit):
            return f"{value.reference}: {value.context}"
        if isinstance(value, PassageHit):
            return f"{value.reference}, {self._codebook.path(value.line.code_id)}: {value.context}"
        if isinstance(value, MemoEntry):
            return f"{value.subject.name}, {value.coder}: {value.memo.text[:400]}"
        return self._title(node)

    def _ticks(self, node: Node) -> Qt.CheckState | None:
        if isinstance(node.value, Hit):
            return Qt.CheckState.Unchecked if node.key in self._unticked else Qt.CheckState.Checked
        if node.key != DOCUMENTS and not node.key.startswith(_DOCUMENT):
            return None
        if not self._unticked:
            return Qt.CheckState.Checked
        states = {hit.key in self._unticked for hit in self._below(node)}
        if len(states) > 1:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Unchecked if True in states else Qt.CheckState.Checked

    def _below(self, node: Node) -> list[Node]:
        if isinstance(node.value, Hit):
            return [node]
        if node.key == DOCUMENTS:
            return self._hits
        return node.children if node.key.startswith(_DOCUMENT) else []

    def _set(self, hits: Sequence[Node], *, on: bool) -> None:
        keys = {node.key for node in hits}
        self._unticked = self._unticked - keys if on else self._unticked | keys
        for place in {node.parent for node in hits if node.parent}:
            last = place.children[-1]
            self.dataChanged.emit(self.index_of(place.children[0]), self.index_of(last, PLACE))
            self.tell_changed(place)

    def _group(self, kind: str) -> Node:
        known = self.node(self.find(kind))
        if known is not None:
            return known
        order = (DOCUMENTS, MEMOS, PASSAGES)
        row = sum(order.index(node.key) < order.index(kind) for node in self._root.children)
        self.beginInsertRows(QModelIndex(), row, row)
        node = Node(kind, None, self._root)
        self._root.children.insert(row, node)
        for place, child in enumerate(self._root.children):
            child.row = place
        self._know(node)
        self.endInsertRows()
        return node

    def _child(self, parent: Node, key: str, value: Any) -> Node:
        known = self.node(self.find(key))
        return known if known is not None else self._attach(parent, [(key, value)])[0]

    def _attach(self, parent: Node, items: Iterable[tuple[str, Any]]) -> list[Node]:
        made = list(items)
        first = len(parent.children)
        self.beginInsertRows(self.index_of(parent), first, first + len(made) - 1)
        nodes = [parent.add(key, value) for key, value in made]
        for node in nodes:
            self._know(node)
        self.endInsertRows()
        return nodes

    def _detach_all(self, node: Node, index: QModelIndex) -> None:
        self.beginRemoveRows(QModelIndex(), index.row(), index.row())
        for gone in (node, *node.children):
            del self._by_number[gone.number]
            self._by_key.pop(gone.key, None)
        self._root.children.remove(node)
        for place, child in enumerate(self._root.children):
            child.row = place
        self.endRemoveRows()

    def _know(self, node: Node) -> None:
        node.number = next(self._numbers)
        self._by_number[node.number] = node
        self._by_key.setdefault(node.key, node)


def _excerpt(value: Any) -> Any:
    if isinstance(value, Hit | PassageHit):
        return excerpt(value.context, value.marked)
    if isinstance(value, MemoEntry):
        return excerpt(": ".join(part for part in (value.memo.title, value.memo.text) if part), None)
    return None


def span_of(value: Any) -> tuple[str, TextSpan] | None:
    """Return the place in a document that a row stands for, if it stands for one."""
    if isinstance(value, Hit):
        return value.document_id, value.span
    if isinstance(value, PassageHit):
        return value.line.document_id, TextSpan(value.line.start, value.line.end)
    return None
