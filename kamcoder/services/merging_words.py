"""Differences of two copies in words: which thing, which of its parts, what either copy says."""

from dataclasses import dataclass
from typing import Any

from kamcoder.domain.changes import Row
from kamcoder.domain.codebook import PATH_SEPARATOR
from kamcoder.services.messages import words
from kamcoder.storage.merging.joining import Joining
from kamcoder.storage.merging.planning import DifferenceKind, RowDifference

_NAMES = ("name", "number", "title", "key", "pattern", "text")
# Tables whose rows are about others.
_ABOUT = frozenset({"memos", "summaries"})
# What somebody may have written at length: told whole where a thing goes.
_PROSE = ("title", "text", "description", "definition", "include", "exclude", "example", "experience", "value")
# Columns that say nothing to a person, or follow from others.
_SILENT = frozenset({"id", "position", "created_at", "modified_at", "changed_at", "decided_at", "origin_detail"})


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a thing and what either copy says there, whole; None if the copy does not have the thing."""

    name: str
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that the copies say differently; `id` names it when a person chooses.

    `mine` tells whose version is taken; `open` whether the other can be chosen; `apart` that both copies changed it.
    """

    id: str
    table: str
    kind: DifferenceKind
    name: str
    fields: tuple[Field, ...]
    mine: bool
    open: bool
    apart: bool

    def record(self) -> dict[str, Any]:
        """Return the difference for scripts and for the audit log."""
        return {
            "id": self.id,
            "what": self.table,
            "kind": self.kind.value,
            "name": self.name,
            "taken": "ours" if self.mine else "theirs",
            "choice": self.open,
            "apart": self.apart,
            "fields": {field.name: [field.ours, field.theirs] for field in self.fields},
        }


def told(joining: Joining, difference: RowDifference) -> Difference:
    """Return a difference in words."""
    row = difference.ours or difference.theirs
    assert row is not None
    fields: tuple[Field, ...] = ()
    if difference.ours is not None and difference.theirs is not None:
        fields = tuple(
            Field(
                _column(column), _value(joining, difference, column, ours), _value(joining, difference, column, value)
            )
            for column, value in difference.theirs.items()
            if column not in _SILENT and (ours := difference.ours[column]) != value
        )
    elif difference.kind is DifferenceKind.DELETED:
        fields = tuple(Field(_column(column), str(row[column]), None) for column in _PROSE if row.get(column))
    changed = difference.kind is DifferenceKind.CHANGED and difference.theirs is not None
    return Difference(
        id=f"{difference.table}:{difference.key}",
        table=difference.table,
        kind=difference.kind,
        name=_name(joining, difference.table, row),
        fields=fields,
        mine=difference.mine,
        open=changed or difference.kind is DifferenceKind.DELETED,
        apart=difference.apart,
    )


def what(table: str) -> str:
    """Return what the rows of a table are called."""
    return words(f"merge_{table}")


def _column(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _name(joining: Joining, table: str, row: Row) -> str:
    """Return what a thing is called: its own name, or those of the things it belongs to."""
    if table == "codes":
        return _path(joining, row)
    for column in _NAMES:
        # A memo or summary is known by what it is about, not by its first words.
        if row.get(column) and not (column == "text" and table in _ABOUT):
            return short(str(row[column]))
    parts = [
        _name(joining, target, referred)
        for column, target in joining.references[table]
        if not (table in _ABOUT and target == "coders")
        if (referred := _referred(joining, target, row[column])) is not None
    ]
    return " · ".join(parts) or "?"


def code_path(joining: Joining, key: str) -> str:
    """Return the path of a code as it is after the merge."""
    row = _referred(joining, "codes", key)
    return _path(joining, row) if row is not None else "?"


def _path(joining: Joining, row: Row) -> str:
    names, seen = [str(row["name"])], {row["id"]}
    while (parent := _referred(joining, "codes", row["parent_id"])) is not None and parent["id"] not in seen:
        names.append(str(parent["name"]))
        seen.add(parent["id"])
        row = parent
    return PATH_SEPARATOR.join(reversed(names))


def _value(joining: Joining, difference: RowDifference, column: str, value: object) -> str:
    """Return a value as a person knows it: the name of what it refers to."""
    targets = dict(joining.references[difference.table])
    if column in targets and isinstance(value, str):
        referred = _referred(joining, targets[column], value)
        return _name(joining, targets[column], referred) if referred else "–"
    return "–" if value is None else str(value)


def _referred(joining: Joining, table: str, key: str | None) -> Row | None:
    if key is None:
        return None
    version = joining.tables[table].changed.get(key)
    if version is not None:
        return version.row
    for side in (joining.mine, joining.theirs):
        if key in side.versions(table):
            return side.row(table, key)
    return None


def short(text: str, limit: int = 120) -> str:
    """Return a text as one line that fits into a list."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
