"""One of two copies, as merging reads it: what it knows, what it holds, which of its rows are which version."""

import json
from collections.abc import Iterable
from typing import Any

from kamcoder.domain.changes import Row
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.stamps import row_key

#: A version of a row: (stamp, sitting); of two that nobody ordered, the greater one is taken.
Dot = tuple[int, str]


class Side:
    """A copy of the project, read while nothing writes it."""

    def __init__(self, store: ProjectStore) -> None:
        self.store = store
        self.numbers: dict[str, int] = {}
        self.vector: dict[str, int] = {}
        for number, sitting, seen in store.query("SELECT number, id, seen FROM sittings ORDER BY number"):
            self.numbers[sitting] = number
            self.vector[sitting] = seen
        self._sittings = {number: sitting for sitting, number in self.numbers.items()}
        # What stood in the file before rows were stamped.
        self._first: Dot = (1, next(iter(self.vector)))
        self.withheld = self._noted("withheld")
        self.revived = self._noted("revived")
        self._mended_dots = self._noted("mended")
        self._before: dict[tuple[str, str], Row] = {
            (table, key): json.loads(before)
            for table, key, before in store.query("SELECT table_name, row_key, before FROM mended")
        }
        self.aliases: dict[tuple[str, str], str] = {
            (table, old): new for table, old, new in store.query("SELECT table_name, old_key, new_key FROM aliases")
        }
        self.unstamped: set[tuple[str, str]] = set()
        self._versions: dict[str, dict[str, Dot]] = {}
        self._rows: dict[str, dict[str, Row]] = {}

    def seen(self, table: str, key: str, dot: Dot) -> bool:
        """Tell whether this copy knows a version: it has it, a later one, or has deleted it."""
        return dot[0] <= self.vector.get(dot[1], -1) and self.withheld.get((table, key)) != dot

    def versions(self, table: str) -> dict[str, Dot]:
        """Return the version of every row of a table, by key."""
        if table not in self._versions:
            key = " || char(31) || ".join(self.store.keys[table])
            found = {}
            for row, number, stamp in self.store.query(
                f"SELECT {key}, sitting, stamp FROM {table}"
                f" LEFT JOIN row_versions ON table_name = '{table}' AND row_key = {key}"
            ):
                if number is None:
                    self.unstamped.add((table, row))
                    found[row] = self._first
                else:
                    found[row] = (stamp, self._sittings[number])
            self._versions[table] = found
        return self._versions[table]

    def load(self, table: str, keys: Iterable[str]) -> None:
        """Read rows ahead of `row`."""
        known = self._rows.setdefault(table, {})
        wanted = [key for key in keys if key not in known]
        if not wanted:
            return
        columns = self.store.columns[table]
        if len(self.store.keys[table]) == 1:
            (key,) = self.store.keys[table]
            found = self.store.query_in(f"SELECT {', '.join(columns)} FROM {table} WHERE {key} IN (:in)", wanted)
            rows: Iterable[Row] = (dict(zip(columns, row, strict=True)) for row in found)
        else:
            rows = self.store.rows(table)
        for row in rows:
            known[row_key(row, self.store.keys[table])] = row

    def row(self, table: str, key: str) -> Row:
        """Return one row as it was said, before anything was mended; raise KeyError if it is not there."""
        return {**self.written(table, key), **self.mended(table, key)}

    def mended(self, table: str, key: str) -> Row:
        """Return what a row said that says something else only for the sake of the others; nothing for most rows."""
        before = self._before.get((table, key))
        return before if before and self.versions(table).get(key) == self._mended_dots[table, key] else {}

    def mended_keys(self, table: str) -> list[str]:
        """Return the keys of mended rows that nobody has changed since."""
        return [key for (where, key) in self._before if where == table and self.mended(table, key)]

    def written(self, table: str, key: str) -> Row:
        """Return one row as it stands in the file; raise KeyError if it is not there."""
        if key not in self._rows.get(table, {}):
            self.load(table, [key])
        return self._rows[table][key]

    def _noted(self, table: str) -> dict[tuple[str, str], Dot]:
        return {
            (of, key): (stamp, self._sittings[number])
            for of, key, number, stamp in self.store.query(f"SELECT table_name, row_key, sitting, stamp FROM {table}")
        }

    def referring(self, table: str, column: str, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return (key, key referred to) of the rows of a table that refer to some rows by a column."""
        key = " || char(31) || ".join(self.store.keys[table])
        return [
            (str(row), str(target))
            for row, target in self.store.query_in(f"SELECT {key}, {column} FROM {table} WHERE {column} IN (:in)", keys)
        ]

    def natural(self, table: str, columns: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return (key, columns…) of all rows of a table."""
        key = " || char(31) || ".join(self.store.keys[table])
        return self.store.query(f"SELECT {key}, {', '.join(columns)} FROM {table}")
