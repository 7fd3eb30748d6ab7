"""Writing what a merge makes of the rows, in an order that every constraint allows, forwards and (for undo) backwards.

Rows may have to go before others can come (the same name), and to come before others can go (what refers to them is
led elsewhere first). So what cannot be written yet waits for the next round; where names go round in a circle, one of
them steps aside.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kamcoder.domain.changes import Row
from kamcoder.domain.ids import id_of
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining, Key
from kamcoder.storage.merging.side import Dot
from kamcoder.storage.merging.tables import MERGED
from kamcoder.storage.stamps import key_parts

# Rows tried together; SQLite's savepoints take longer and longer with the pages touched in them.
_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class _Act:
    """One row to be written: `before` is None for a new one, `after` None for one that goes."""

    table: str
    key: str
    before: Row | None
    after: Row | None


def write(joining: Joining) -> None:
    """Write rows, versions and what the copy knows now, in the open transaction."""
    waiting = list(_acts(joining))
    store = joining.mine.store
    aside: set[Key] = set()
    while waiting:
        left = _round(store, waiting)
        if len(left) == len(waiting):
            aside.add(_step_aside(store, left, aside))
        waiting = left
    _write_versions(joining)


def _acts(joining: Joining) -> Iterable[_Act]:
    """Yield what is to be written: new rows parents first, changed ones, then rows that go, children first."""
    for table in MERGED:
        mine = joining.mine.versions(table)
        for key, version in joining.tables[table].changed.items():
            before = joining.mine.written(table, key) if key in mine else None
            row: dict[str, Any] = dict(version.row)
            for column in MERGED[table].local:
                row[column] = before[column] if before else None
            yield _Act(table, key, before, row)
    for table in reversed(MERGED):
        for key, gone in joining.tables[table].gone.items():
            if key not in joining.tables[table].changed:
                yield _Act(table, key, gone, None)


def _round(store: ProjectStore, acts: Sequence[_Act]) -> list[_Act]:
    """Try every act once, new rows of a table together, and return those that could not be done."""
    left: list[_Act] = []
    start = 0
    while start < len(acts):
        end = start + 1
        last = min(len(acts), start + _TOGETHER)
        while end < last and acts[end].before is None and acts[end].table == acts[start].table:
            end += 1
        group = acts[start:end] if acts[start].before is None else acts[start : start + 1]
        start += len(group)
        if len(group) > 1 and store.attempt(_inserting(store, group)):
            continue
        left += [act for act in group if not store.attempt(_doing(store, act))]
    return left


def _inserting(store: ProjectStore, group: Sequence[_Act]) -> Callable[[], None]:
    return lambda: store.insert(group[0].table, [act.after for act in group if act.after is not None])


def _doing(store: ProjectStore, act: _Act) -> Callable[[], None]:
    def done() -> None:
        if act.after is None:
            store.delete(act.table, [key_parts(act.key)])
        elif act.before is None:
            store.insert(act.table, [act.after])
        else:
            store.update(act.table, key_parts(act.key), **act.after)

    return done


def _step_aside(store: ProjectStore, acts: Sequence[_Act], done: set[Key]) -> Key:
    """Let a row that is to change or to go say something nobody else says, so that others can take its place.

    Return which one; raise if none can.
    """
    for act in acts:
        if act.before is None or (act.table, act.key) in done:
            continue
        values = _aside(store, act.table, act.before)
        if values and store.attempt(_doing(store, replace(act, after={**act.before, **values}))):
            return act.table, act.key
    raise sqlite3.IntegrityError(f"cannot be merged: {acts[0].table} {acts[0].key}")


def _aside(store: ProjectStore, table: str, row: Row) -> Row:
    """Return values for the columns that only one row may have together, such as no row has them."""
    if table == "codings":
        held = [row["document_id"], row["code_id"], row["coder_id"]]
        taken = {
            start
            for (start,) in store.query(
                "SELECT span_start FROM codings WHERE document_id = ? AND code_id = ? AND coder_id = ?", held
            )
        }
        text = store.query("SELECT text FROM documents WHERE id = ?", held[:1])[0][0]
        place = next((start for start in range(len(text)) if start not in taken), None)
        return {} if place is None else {"span_start": place, "span_end": place + 1, "quote": text[place]}
    if table == "summaries":
        free = store.one(
            "SELECT id FROM codes c WHERE NOT EXISTS"
            " (SELECT 1 FROM summaries s WHERE s.case_id IS ? AND s.code_id = c.id)",
            [row["case_id"]],
        )
        return {"code_id": free[0]} if free else {}
    own = [column for column in ("name", "number", "pattern", "actor", "text") if column in MERGED[table].natural]
    own = own or [column for column in ("name",) if column in row and MERGED[table].distinct]
    return {own[0]: id_of("aside", str(row["id"]))} if own else {}


def _write_versions(joining: Joining) -> None:
    mine, store = joining.mine, joining.mine.store
    numbers = _write_sittings(joining)
    new: list[Row] = []
    for table, found in joining.tables.items():
        versions = mine.versions(table)
        for key, version in found.changed.items():
            stamp, sitting = version.dot
            if (table, key) in joining.chosen:
                store.stamps.touch(table, key)  # a person's choice is an act of this sitting
            elif key not in versions or (table, key) in mine.unstamped:
                new.append({"table_name": table, "row_key": key, "sitting": numbers[sitting], "stamp": stamp})
            elif versions[key] != version.dot:
                store.update("row_versions", (table, key), sitting=numbers[sitting], stamp=stamp)
            else:
                store.stamps.keep(table, key)
        gone = [key for key in found.gone if key not in found.changed and (table, key) not in mine.unstamped]
        store.delete("row_versions", [(table, key) for key in gone])
    store.insert("row_versions", new)
    _write_withheld(joining, numbers)
    _write_revived(joining, numbers)
    _write_mended(joining, numbers)
    _write_aliases(joining)


def _write_sittings(joining: Joining) -> dict[str, int]:
    """Write what the copy has seen now and return the numbers of all sittings."""
    mine, store = joining.mine, joining.mine.store
    numbers = dict(mine.numbers)
    vector = {**joining.theirs.vector}
    for sitting, seen in mine.vector.items():
        vector[sitting] = max(seen, vector.get(sitting, seen))
    new: list[Row] = []
    for sitting, seen in sorted(vector.items()):
        if sitting not in numbers:
            numbers[sitting] = max(numbers.values()) + 1
            new.append({"number": numbers[sitting], "id": sitting, "seen": seen})
        elif seen > mine.vector[sitting]:
            store.update("sittings", (numbers[sitting],), seen=seen)
    store.insert("sittings", new)
    return numbers


def _write_aliases(joining: Joining) -> None:
    known, store = joining.mine.aliases, joining.mine.store
    new = []
    for (table, old), key in joining.aliases.items():
        if (table, old) not in known:
            new.append({"table_name": table, "old_key": old, "new_key": key})
        elif known[table, old] != key:
            store.update("aliases", (table, old), new_key=key)
    store.insert("aliases", new)


def _write_withheld(joining: Joining, numbers: dict[str, int]) -> None:
    """Keep in mind which versions neither copy holds."""
    mine, theirs = joining.mine, joining.theirs
    still: dict[Key, Dot] = {}
    for side, other in ((mine, theirs), (theirs, mine)):
        still.update({one: dot for one, dot in side.withheld.items() if not other.seen(*one, dot)})
    _replace(joining, "withheld", still, numbers)


def _write_revived(joining: Joining, numbers: dict[str, int]) -> None:
    """Keep in mind which rows are there only because they are needed."""
    dots = {}
    for table, key in joining.kept:
        found, mine = joining.tables[table], joining.mine.versions(table)
        if joining.exists(table, key):
            dots[table, key] = found.changed[key].dot if key in found.changed else mine[key]
    _replace(joining, "revived", dots, numbers)


def _write_mended(joining: Joining, numbers: dict[str, int]) -> None:
    """Keep in mind what rows said that were mended."""
    changed = {one: joining.tables[one[0]].changed.get(one[1]) for one in joining.mended}
    dots = {one: version.dot for one, version in changed.items() if version is not None}
    texts = {one: json.dumps(before, sort_keys=True) for one, before in joining.mended.items()}
    _replace(joining, "mended", dots, numbers, before=texts)


def _replace(
    joining: Joining, table: str, dots: Mapping[Key, Dot], numbers: dict[str, int], **columns: Mapping[Key, str]
) -> None:
    """Let a table of versions hold just these."""
    store = joining.mine.store
    wanted = {
        one: {
            "table_name": one[0],
            "row_key": one[1],
            "sitting": numbers[dot[1]],
            "stamp": dot[0],
            **{column: values[one] for column, values in columns.items()},
        }
        for one, dot in dots.items()
    }
    known = {(row["table_name"], row["row_key"]): row for row in store.rows(table)}
    store.delete(table, [one for one, row in known.items() if wanted.get(one) != row])
    store.insert(table, [row for one, row in wanted.items() if known.get(one) != row])
