"""A sitting: writing that is saved again and again while it goes on, and yet is one step of undo."""

from dataclasses import replace

from kamcoder.domain.changes import ChangeOrigin, ChangeSet, RowChange
from kamcoder.services.history import History

_Keyed = dict[tuple[str, tuple[object, ...]], RowChange]


def join_steps(history: History, before: ChangeSet | None, table: str, row_id: str, *, parts: str = "") -> bool:
    """Make one step of the last two of the history, if both wrote this row of `table`; tell whether they did.

    Two that come to nothing leave none.

    `before` is the step that was the last one before the present act. Beside the row itself only rows of the table
    `parts` may have changed, which name it in a column `summary_id`. A step that deleted the row is not joined.
    """
    after = history.to_undo
    if before is None or after is None or after is before or before.operation is not after.operation:
        return False
    for step in (before, after):
        if step.origin is not ChangeOrigin.DO or not all(_belongs(row, table, row_id, parts) for row in step.changes):
            return False
        if any(row.table == table and row.after is None for row in step.changes):
            return False
    history.undone()
    history.undone()
    net = _net((*before.changes, *after.changes), table)
    if net:
        history.push(replace(after, changes=net))
    return True


def _belongs(change: RowChange, table: str, row_id: str, parts: str) -> bool:
    if change.table == table:
        return bool(change.row["id"] == row_id)
    return change.table == parts and bool(change.row["summary_id"] == row_id)


def _net(changes: tuple[RowChange, ...], table: str) -> tuple[RowChange, ...]:
    """Return what changes come to, each row once: the row itself, then parts that went, then parts that came."""
    found: _Keyed = {}
    for change in changes:
        key = change.table, (change.row["id"],) if change.table == table else tuple(change.row.values())
        first = found.get(key)
        found[key] = change if first is None else RowChange(change.table, first.before, change.after)
    kept = [change for change in found.values() if change.before != change.after]
    return tuple(sorted(kept, key=lambda change: 0 if change.table == table else 1 if change.after is None else 2))
