"""Writing what a merge makes of the rows, in an order that every constraint allows, forwards and (for undo) backwards.

Rows may have to go before others can come (the same name), and to come before others can go (what refers to them is
led elsewhere first). So what cannot be written yet waits for the next round; where names go round in a circle, one of
them steps aside.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kamcoder.domain.changes import Row
from kamcoder.domain.ids import id_of
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Key
from kamcoder.storage.merging.script import Act, Notes, Script
from kamcoder.storage.merging.tables import MERGED
from kamcoder.storage.stamps import key_parts

# Rows tried together; SQLite's savepoints take longer and longer with the pages touched in them.
_TOGETHER = 100
# Notes written together: they are small, and nothing forbids them.
_NOTES = 400


def write(store: ProjectStore, script: Script) -> Iterator[int]:
    """Write rows and what the file knows then, in the open transaction, pausing every few thousandths of a second.

    Yields how many rows were written since the last pause. Every row gets the version it has in the script, but those
    a person decided about, which are stamped as an act of now.
    """
    waiting: Sequence[Act] = script.acts
    aside: set[Key] = set()
    while waiting:
        left: list[Act] = []
        yield from _round(store, waiting, left)
        if len(left) == len(waiting):
            aside.add(_step_aside(store, left, aside))
        waiting = left
    yield from _write_notes(store, script.notes)
    store.leave_stamps()
    for table, key in script.decided:
        store.stamps.touch(table, key)


def _round(store: ProjectStore, acts: Sequence[Act], left: list[Act]) -> Iterator[int]:
    """Try every act once, new rows of a table together; what could not be done is put into `left`."""
    start = 0
    while start < len(acts):
        end = start + 1
        last = min(len(acts), start + _TOGETHER)
        while end < last and acts[end].before is None and acts[end].table == acts[start].table:
            end += 1
        group = acts[start:end] if acts[start].before is None else acts[start : start + 1]
        start += len(group)
        if not (len(group) > 1 and store.attempt(_inserting(store, group))):
            left += [act for act in group if not store.attempt(_doing(store, act))]
        yield len(group)


def _write_notes(store: ProjectStore, notes: Notes) -> Iterator[int]:
    for table, keys in notes.gone.items():
        for start in range(0, len(keys), _NOTES):
            store.delete(table, keys[start : start + _NOTES])
            yield 0
    for start in range(0, len(notes.changed), _NOTES):
        for table, key, values in notes.changed[start : start + _NOTES]:
            store.update(table, key, **values)
        yield 0
    for table, rows in notes.new.items():
        for start in range(0, len(rows), _NOTES):
            store.insert(table, rows[start : start + _NOTES])
            yield 0


def _inserting(store: ProjectStore, group: Sequence[Act]) -> Callable[[], None]:
    return lambda: store.insert(group[0].table, [act.after for act in group if act.after is not None])


def _doing(store: ProjectStore, act: Act) -> Callable[[], None]:
    def done() -> None:
        if act.after is None:
            store.delete(act.table, [key_parts(act.key)])
        elif act.before is None:
            store.insert(act.table, [act.after])
        else:
            store.update(act.table, key_parts(act.key), **act.after)

    return done


def _step_aside(store: ProjectStore, acts: Sequence[Act], done: set[Key]) -> Key:
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
