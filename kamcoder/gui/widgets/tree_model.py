"""A read-only tree for views, addressed by keys that stay the same when the tree is made anew."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class Node:
    """A row: `key` says what it stands for, `value` is what is shown."""

    __slots__ = ("children", "key", "number", "parent", "row", "value")

    def __init__(self, key: str, value: Any, parent: "Node | None") -> None:
        self.key = key
        self.value = value
        self.parent = parent
        self.children: list[Node] = []
        self.row = 0
        self.number = 0

    def add(self, key: str, value: Any) -> "Node":
        """Add a child and return it."""
        child = Node(key, value, self)
        child.row = len(self.children)
        self.children.append(child)
        return child

    def walk(self) -> Iterator["Node"]:
        """Yield everything below, parents before children."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class TreeModel(QAbstractItemModel):
    """A tree of nodes. Subclasses give `data` and call `replace` with a new root."""

    columns = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._root = Node("", None, None)
        # Indexes carry numbers, never Python objects: a view may hold on to one whose row is long gone.
        self._by_number: dict[int, Node] = {}
        self._by_key: dict[str, Node] = {}

    def replace(self, root: Node) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._root = root
        self._by_number = {}
        self._by_key = {}
        for node in root.walk():
            node.number = next(self._numbers)
            self._by_number[node.number] = node
            self._by_key.setdefault(node.key, node)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """Return the node of an index; None for the root and for a row that is gone."""
        return self._by_number.get(index.internalId()) if index.isValid() else None

    def key(self, index: Index) -> str:
        """Return the key of an index, empty if there is none."""
        node = self.node(index)
        return node.key if node else ""

    def find(self, key: str, column: int = 0) -> QModelIndex:
        """Return the index of the first row with a key; an invalid one if there is none."""
        node = self._by_key.get(key)
        return self.index_of(node, column) if node else QModelIndex()

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """Return the index of a node."""
        return self.createIndex(node.row, column, node.number)

    def nodes(self) -> Iterator[Node]:
        """Yield all nodes, parents before children."""
        return self._root.walk()

    def tell_changed(self, node: Node) -> None:
        """Tell the views that a node and those above it look different now."""
        above: Node | None = node
        while above is not None and above.number:
            self.dataChanged.emit(self.index_of(above, 0), self.index_of(above, self.columns - 1))
            above = above.parent

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Return the index of a child."""
        node = self.node(parent) if parent.isValid() else self._root
        if node is None or parent.column() > 0 or not 0 <= row < len(node.children) or not 0 <= column < self.columns:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].number)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """Return the index of the row above; without an index, the model's own parent object."""
        node = self.node(index)
        if node is None or node.parent is None or not node.parent.number:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many children a row has."""
        if not parent.isValid():
            return len(self._root.children)
        node = self.node(parent)
        return len(node.children) if node and parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return self.columns
