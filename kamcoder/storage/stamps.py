"""Which sitting wrote a row last: kept for every journalled row, so that copies of a project can be merged.

A sitting is one opening of a file for writing. It gets a new identity, for two copies of one file go different ways
from then on; its stamps only grow, and never fall below any stamp the file has seen (a hybrid logical clock). So
(sitting, stamp) names a version of a row, and the highest stamp seen of each sitting tells which versions a file knows.
A row that is gone needs no tombstone: its last version is known and the row is not there.
"""

import sqlite3
import time
from collections.abc import Iterable, Sequence

from kamcoder.domain.changes import Row, RowChange
from kamcoder.domain.ids import new_id

#: What the store and merging keep for themselves; journalled only where merging writes it.
BOOKKEEPING = ("sittings", "row_versions", "withheld", "revived", "mended", "aliases")
_SEPARATOR = "\x1f"


def row_key(row: Row, key: Sequence[str]) -> str:
    """Return the key of a row as one text."""
    return row[key[0]] if len(key) == 1 else _SEPARATOR.join([str(row[column]) for column in key])


def key_parts(text: str) -> tuple[str, ...]:
    """Return the values of a key given as one text."""
    return tuple(text.split(_SEPARATOR))


class Stamps:
    """The stamps of one open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sitting: int | None = None
        self._last = 0
        self._touched: set[tuple[str, str]] = set()

    def touch(self, table: str, key: str) -> None:
        """Stamp a row in the open transaction, though it may stay as it is: somebody decided so."""
        self._touched.add((table, key))

    def write(self, journal: Iterable[RowChange], keys: dict[str, tuple[str, ...]]) -> None:
        """Stamp all rows of a journal, in the transaction that wrote them; what merging stamped itself is left out."""
        there: dict[tuple[str, str], bool] = {}
        stamped: set[tuple[str, str]] = set()
        for change in journal:
            row, table = change.row, change.table
            if table == "sittings":
                self._sitting = None  # other clocks came in, or went: look at them anew
            elif table == "row_versions":
                stamped.add((row["table_name"], row["row_key"]))
            elif table not in BOOKKEEPING:
                there[table, row_key(row, keys[table])] = change.after is not None
        for key in stamped:
            there.pop(key, None)
        for key in (*self._touched, *self._links(there)):
            there.setdefault(key, True)
        self._touched.clear()
        if not there:
            return
        sitting, stamp = self._next()
        written = [(table, key, sitting, stamp) for (table, key), exists in there.items() if exists]
        gone = [key for key, exists in there.items() if not exists]
        run = self._connection.executemany
        run("INSERT OR REPLACE INTO row_versions (table_name, row_key, sitting, stamp) VALUES (?, ?, ?, ?)", written)
        if gone:
            run("DELETE FROM row_versions WHERE table_name = ? AND row_key = ?", gone)

    def _links(self, there: dict[tuple[str, str], bool]) -> list[tuple[str, str]]:
        """Return the links of summaries that were written: they belong to the text as it is now."""
        return [
            ("summary_links", f"{key}{_SEPARATOR}{coding}")
            for (table, key), exists in there.items()
            if table == "summaries" and exists
            for (coding,) in self._connection.execute("SELECT coding_id FROM summary_links WHERE summary_id = ?", [key])
        ]

    def forget(self) -> None:
        """Begin a new sitting with the next write: what this one wrote last is not kept."""
        self._sitting = None
        self._touched.clear()

    def _next(self) -> tuple[int, int]:
        execute = self._connection.execute
        if self._sitting is None:
            self._last = execute("SELECT coalesce(max(seen), 0) FROM sittings").fetchone()[0]
            cursor = execute("INSERT INTO sittings (id, seen) VALUES (?, 0)", (new_id(),))
            self._sitting = int(cursor.lastrowid or 0)
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        execute("UPDATE sittings SET seen = ? WHERE number = ?", (self._last, self._sitting))
        return self._sitting, self._last
