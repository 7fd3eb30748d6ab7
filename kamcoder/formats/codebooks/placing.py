"""Rows of a table into a tree: by path, by the parent's name, with parents created that have no row of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kamcoder.domain.codebook import PATH_SEPARATOR, Code
from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.ids import new_id
from kamcoder.formats.codebooks.codebook_file import MAX_DEPTH
from kamcoder.formats.codebooks.texts import tidy_name


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A code as its row has it: the steps of its path as far as known, and the text in its parent cell, if any."""

    number: int
    steps: tuple[str, ...]
    parent: str
    code: Code


@dataclass(slots=True, eq=False)
class _Node:
    """A place in the tree; `row` is None for a parent that was only mentioned."""

    id: str
    name: str
    parent: "_Node | None"
    depth: int
    order: int
    row: Row | None = None
    children: dict[str, "_Node"] = field(default_factory=dict)


def place_rows(rows: Sequence[Row], *, name: str) -> list[Code]:
    """Return the codes of all rows and of parents that had to be created, siblings in the order of the table.

    Raises ImportRefused, with the row, for a code twice, a parent cell that fits several codes, codes below themselves,
    and nesting deeper than `MAX_DEPTH`.
    """
    return _Placing(rows, name).codes()


class _Placing:
    def __init__(self, rows: Sequence[Row], file_name: str) -> None:
        self._rows = rows
        self._file_name = file_name
        self._root = _Node("", "", None, 0, 0)
        self._nodes: list[_Node] = []
        self._placed: dict[Row, _Node] = {}
        self._by_name: dict[str, list[Row]] = {}
        self._tops: dict[str, Row] = {}
        for row in rows:
            key = row.steps[-1].casefold()
            self._by_name.setdefault(key, []).append(row)
            if len(row.steps) == 1 and not row.parent:
                self._tops.setdefault(key, row)

    def codes(self) -> list[Code]:
        for row in self._rows:
            self._place(row)
        self._nodes.sort(key=lambda node: node.order)
        codes = []
        for node in self._nodes:
            parent = node.parent.id if node.parent and node.parent is not self._root else None
            code = node.row.code if node.row else Code(id=node.id, name=node.name, colour="")
            codes.append(replace(code, parent_id=parent))
        return codes

    def _place(self, row: Row) -> None:
        """Place a row and, before it, the rows its parent cells lead to."""
        chain: list[Row] = []
        above = self._root
        waiting: Row | None = row
        while waiting is not None and waiting not in self._placed:
            if len(chain) > MAX_DEPTH or waiting in chain:
                raise self._refusal("codebook_cycle" if waiting in chain else "codebook_row_too_deep", row)
            chain.append(waiting)
            above, waiting = self._above(waiting)
        if waiting is not None:
            above = self._placed[waiting]
        for member in reversed(chain):
            above = self._take(above, member)

    def _above(self, row: Row) -> tuple[_Node, Row | None]:
        """Return the node a row stands below, or the row of its parent if that has to be placed first."""
        if len(row.steps) > 1:
            return self._walk(row, row.steps[:-1]), None
        if not row.parent:
            return self._root, None
        if "›" in row.parent:
            return self._walk(row, self._split(row.parent, "›")), None
        return self._named(row)

    def _named(self, row: Row) -> tuple[_Node, Row | None]:
        key = row.parent.casefold()
        if key in self._tops:
            return self._root, self._tops[key]
        others = [other for other in self._by_name.get(key, ())[:3] if other is not row]
        if len(others) > 1:
            raise self._refusal("codebook_parent_ambiguous", row, parent=row.parent)
        if others:
            return self._root, others[0]
        if key == row.steps[-1].casefold():
            raise self._refusal("codebook_cycle", row)
        separator = ">" if ">" in row.parent else "/"
        return self._walk(row, self._split(row.parent, separator)), None

    def _split(self, path: str, separator: str) -> tuple[str, ...]:
        return tuple(filter(None, (tidy_name(step) for step in path.split(separator))))

    def _walk(self, row: Row, steps: tuple[str, ...]) -> _Node:
        node = self._root
        for step in steps:
            node = self._child(node, step, row)
        return node

    def _child(self, node: _Node, name: str, row: Row) -> _Node:
        found = node.children.get(name.casefold())
        if found is None:
            if node.depth >= MAX_DEPTH:
                raise self._refusal("codebook_row_too_deep", row)
            above = None if node is self._root else node
            found = _Node(new_id(), name, above, node.depth + 1, row.number)
            node.children[name.casefold()] = found
            self._nodes.append(found)
        return found

    def _take(self, above: _Node, row: Row) -> _Node:
        node = self._child(above, row.steps[-1], row)
        if node.row is not None:
            raise self._refusal("codebook_row_twice", row, first=node.row.number)
        node.row, node.id = row, row.code.id
        self._placed[row] = node
        return node

    def _refusal(self, key: str, row: Row, **values: object) -> ImportRefused:
        code = PATH_SEPARATOR.join(row.steps)
        return ImportRefused(key, name=self._file_name, row=row.number, code=code, limit=MAX_DEPTH, **values)
