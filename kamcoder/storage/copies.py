"""Copies of a project that hold back what a coder is not to see."""

import contextlib
import sqlite3
from pathlib import Path

from kamcoder.storage.database import ProjectStore
from kamcoder.storage.faults import translated
from kamcoder.storage.merging.side import Side
from kamcoder.storage.merging.tables import MERGED, references
from kamcoder.storage.stamps import key_parts

#: Tables whose rows belong to a coder and tell how he codes.
_PERSONAL = ("codings", "suggestions", "shown_suggestions", "muted_codes", "summaries", "settlements")


def blind_copy(store: ProjectStore, target: Path, *, coder_id: str) -> int:
    """Write a copy without what others have coded, and with nothing left of it in the file; return how many codings.

    What is held back is remembered by its version, so that it is not taken for deleted when the copy is merged back.
    The audit log of the copy begins anew: it quotes passages.
    """
    unfinished = target.with_name(f".{target.name}.making")
    try:
        store.copy_to(unfinished)
        with ProjectStore.open(unfinished) as copy:
            count = _withhold(copy, coder_id)
        _clean(unfinished)
        with translated(target):
            unfinished.replace(target)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return count


def _withhold(copy: ProjectStore, coder_id: str) -> int:
    side, referring = Side(copy), references(copy)
    held: dict[str, set[str]] = {table: set() for table in MERGED}
    for table in _PERSONAL:
        others = side.natural(table, ("coder_id",))
        held[table] = {key for key, coder in others if coder != coder_id or table == "settlements"}
    for table in MERGED:  # what refers to it comes after it in this order
        for column, target in referring[table]:
            if held[target]:
                held[table].update(key for key, _ in side.referring(table, column, held[target]))
    with copy.transaction():
        for table in reversed(MERGED):
            versions = side.versions(table)
            sittings = side.numbers
            rows = [
                {"table_name": table, "row_key": key, "sitting": sittings[versions[key][1]], "stamp": versions[key][0]}
                for key in sorted(held[table])
            ]
            copy.delete(table, [key_parts(key) for key in sorted(held[table])])
            known = {key for (where, key) in side.withheld if where == table}
            copy.insert("withheld", [row for row in rows if row["row_key"] not in known])
    return len(held["codings"])


def _clean(path: Path) -> None:
    """Empty the log and write the file anew, so that nothing deleted can be read in it."""
    with translated(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_log'"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("DELETE FROM audit_log")
        for _, statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
