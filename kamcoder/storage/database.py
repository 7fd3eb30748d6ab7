"""ProjectStore: one open project file, its transactions, and the journal of every row they change."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kamcoder.domain.changes import Row, RowChange
from kamcoder.domain.errors import ProjectFileError
from kamcoder.storage import files
from kamcoder.storage.connecting import connect, prepare
from kamcoder.storage.faults import translated
from kamcoder.storage.library import Database
from kamcoder.storage.lock import ProjectLock
from kamcoder.storage.schema import APPLICATION_ID, SCHEMA_VERSION, TableInfo, describe_tables, migrations
from kamcoder.storage.stamps import Stamps

_CHUNK = 400  # keys in one `IN (…)`; far below SQLite's limit on variables
_WAL_LIMIT = 64 * 1024 * 1024


class WriteOutsideTransactionError(RuntimeError):
    """A write was tried outside `ProjectStore.transaction()`: a bug of the program."""


class RowMismatchError(RuntimeError):
    """A change does not fit the rows as they are: they were changed by something that is not in the history."""


class ProjectStore:
    """An open project file. Every write happens in a transaction and is noted as a RowChange.

    While open for writing the file is in WAL mode with full synchronisation: an act that returned is on disk. `close()`
    leaves one single file. Opened `read_only`, it can be read while another process writes.
    """

    def __init__(self, path: Path, database: Database, lock: ProjectLock | None) -> None:
        self.path = path
        self.backup: Path | None = None
        self._database = database
        self._connection = database.conn
        self._lock = lock
        self._identity = files.identity(path)
        self._tables: dict[str, TableInfo] = describe_tables(database)
        self.keys = {name: info.key for name, info in self._tables.items()}
        self.columns = {name: info.columns for name, info in self._tables.items()}
        self.stamps = Stamps(self._connection)
        self._journal: list[RowChange] | None = None

    # -- opening and closing -------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create an empty project file and open it; raise ProjectFileError if the path is taken or not writable."""
        if path.exists():
            raise ProjectFileError("file_exists", file=str(path))
        if not path.parent.is_dir():
            raise ProjectFileError("folder_missing", file=str(path), folder=str(path.parent))
        lock = ProjectLock(path)
        lock.acquire()
        try:
            with translated(path):
                database = connect(path)
                try:
                    database.execute(f"PRAGMA application_id={APPLICATION_ID}")
                    _migrate(database)
                    return cls(path, prepare(database), lock)
                except BaseException:
                    database.close()
                    path.unlink(missing_ok=True)
                    raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project file, after a dated backup bring an older one up to date.

        Raise ProjectFileError if it is missing, no project, damaged, newer than the program, or open elsewhere.
        """
        version = files.inspect(path)
        if read_only:
            if version < SCHEMA_VERSION:
                raise ProjectFileError("file_older", file=str(path), version=version, known=SCHEMA_VERSION)
            with translated(path):
                return cls(path, connect(path, read_only=True), None)
        lock = ProjectLock(path)
        lock.acquire()
        try:
            with translated(path):
                database = connect(path)
                try:
                    backup = _backup_and_migrate(path, database, version)
                    store = cls(path, prepare(database), lock)
                    store.backup = backup
                    return store
                except BaseException:
                    database.close()
                    raise
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Fold the log into the file, give the lock back. The file can be mailed."""
        if self._lock is None:
            self._database.close()
            return
        try:
            with translated(self.path):
                try:
                    if files.identity(self.path) != self._identity:
                        return  # it went away meanwhile: there is nothing to fold the log into
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    self._connection.execute("PRAGMA journal_mode=DELETE")
                except sqlite3.OperationalError as error:
                    # A reader still has the file: the log stays beside it, complete, and is folded in next time.
                    if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                        raise
        finally:
            self._database.close()
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Tell whether the file was opened for reading only."""
        return self._lock is None

    @property
    def writing(self) -> bool:
        """Tell whether a transaction is open."""
        return self._journal is not None

    def copy_to(self, target: Path) -> None:
        """Write the committed state to another file, whole or not at all."""
        files.copy_to(self._connection, target)

    def checkpoint(self) -> None:
        """Fold the log into the file as far as readers allow; called when nothing else is to be done."""
        with translated(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def standing_still(self) -> AbstractContextManager[None]:
        """Let all that is read in a block be as at its first reading, whatever others commit meanwhile."""
        return files.standing_still(self._connection, self.path)

    # -- reading -------------------------------------------------------------------------------------------------

    def query(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a SELECT as tuples."""
        with translated(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a SELECT, or None."""
        with translated(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
            return row

    def query_in(self, sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Return all rows of a SELECT with one `IN (:in)`, asked in pieces for any number of values."""
        rows: list[tuple[Any, ...]] = []
        for piece in _pieces(list(values)):
            rows += self.query(sql.replace(":in", ",".join("?" * len(piece))), piece)
        return rows

    def rows(self, table: str) -> list[Row]:
        """Return all rows of a table as mappings, in the order of its key."""
        info = self._tables[table]
        columns = ", ".join(info.columns)
        found = self.query(f"SELECT {columns} FROM {table} ORDER BY {', '.join(info.key)}")
        return [dict(zip(info.columns, row, strict=True)) for row in found]

    # -- writing -------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[list[RowChange]]:
        """Open a transaction and yield its journal, which fills as rows are written; all or nothing is kept."""
        if self._journal is not None:
            raise WriteOutsideTransactionError("a transaction is open already")
        if self.read_only:
            raise ProjectFileError("file_read_only", file=str(self.path), reason="opened for reading")
        files.still_there(self.path, self._identity)
        journal: list[RowChange] = []
        self._journal = journal
        self._stamped = 0
        try:
            with translated(self.path), self._database.atomic():
                yield journal
                self.stamp()
        except BaseException:
            self.stamps.forget()
            raise
        finally:
            self._journal = None
        self._trim_log()

    def stamp(self) -> None:
        """Note which sitting wrote what is written so far in the open transaction, so that less is left at its end."""
        journal = self._writing()
        self.stamps.write(journal[self._stamped :], self.keys)
        self._stamped = len(journal)

    def leave_stamps(self) -> None:
        """Note that what is written so far in the open transaction carries its stamps already: merging wrote them."""
        self._stamped = len(self._writing())
        self.stamps.forget()

    def settle(self) -> None:
        """Let the full-text index take in what was written so far, which else waits for the end and is much then."""
        self._writing()
        self._connection.execute("SAVEPOINT settled")  # at which SQLite's index writes what it holds in memory
        self._connection.execute("RELEASE settled")

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows; a missing column is NULL. This is the one bulk path: 20,000 rows take a tenth of a second."""
        journal, info = self._writing(), self._tables[table]
        full = [{column: row.get(column) for column in info.columns} for row in rows]
        if not full:
            return
        if "number" in info.columns and info.key != ("number",):
            self._number(table, full)
        marks = ", ".join("?" * len(info.columns))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(info.columns)}) VALUES ({marks})",
            [tuple(row.values()) for row in full],
        )
        journal.extend(RowChange(table, None, row) for row in full)

    def update(self, table: str, key: Sequence[Any] | str, **values: Any) -> None:
        """Set columns of one row; raise KeyError if there is none. Unchanged values are no change."""
        journal, info = self._writing(), self._tables[table]
        before = self._read(table, info, key)
        after = {**before, **values}
        if after != before:
            self._write_update(table, info, before, after)
            journal.append(RowChange(table, before, after))

    def delete(self, table: str, keys: Iterable[Sequence[Any] | str]) -> None:
        """Delete rows by key; raise KeyError if one is missing."""
        journal, info = self._writing(), self._tables[table]
        before = [self._read(table, info, key) for key in keys]
        self._write_delete(table, info, before)
        journal.extend(RowChange(table, row, None) for row in before)

    def delete_where(self, table: str, condition: str, parameters: Sequence[Any] = ()) -> None:
        """Delete the rows that meet a condition."""
        info = self._tables[table]
        found = self.query(f"SELECT {', '.join(info.key)} FROM {table} WHERE {condition}", parameters)
        self.delete(table, found)

    def attempt(self, act: Callable[[], None]) -> bool:
        """Write something in the open transaction and tell whether the constraints allowed it; if not, nothing is kept.

        The keys of other tables may allow later what they forbid now.
        """
        journal = self._writing()
        noted = len(journal)
        self._connection.execute("SAVEPOINT attempt")
        try:
            act()
        except sqlite3.IntegrityError:
            self._connection.execute("ROLLBACK TO attempt")
            del journal[noted:]
            return False
        finally:
            self._connection.execute("RELEASE attempt")
        return True

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Write given changes as they are, in their order; undo and redo are made of this.

        Raise RowMismatchError if a row is not as the change expects it: the history no longer fits the file.
        """
        journal = self._writing()
        try:
            for (table, kind), group in groupby(changes, key=_shape):
                members, info = list(group), self._tables[table]
                if kind == "insert":
                    self.insert(table, [change.row for change in members])
                elif kind == "delete":
                    self._write_delete(table, info, [change.row for change in members])
                    journal.extend(members)
                else:
                    self._write_updates(table, info, members)
                    journal.extend(members)
        except sqlite3.IntegrityError as error:
            raise RowMismatchError(str(error)) from error

    def append_audit(self, **values: Any) -> None:
        """Add a line to the append-only audit log, in the open transaction; it is never undone."""
        self._writing()
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO audit_log ({columns}) VALUES ({marks})", tuple(values.values()))

    # -- inside --------------------------------------------------------------------------------------------------

    def _writing(self) -> list[RowChange]:
        if self._journal is None:
            raise WriteOutsideTransactionError("a write needs an open transaction")
        return self._journal

    def _read(self, table: str, info: TableInfo, key: Sequence[Any] | str) -> dict[str, Any]:
        parts = (key,) if isinstance(key, str) else tuple(key)
        row = self._connection.execute(
            f"SELECT {', '.join(info.columns)} FROM {table} WHERE {_where(info.key)}",
            parts,
        ).fetchone()
        if row is None:
            raise KeyError((table, key))
        return dict(zip(info.columns, row, strict=True))

    def _write_updates(self, table: str, info: TableInfo, changes: Iterable[RowChange]) -> None:
        for change in changes:
            assert change.before is not None
            assert change.after is not None
            self._write_update(table, info, change.before, change.after)

    def _write_update(self, table: str, info: TableInfo, before: Row, after: Row) -> None:
        changed = [column for column in info.columns if before[column] != after[column]]
        cursor = self._connection.execute(
            f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in changed)} WHERE {_where(info.key)}",
            (*(after[column] for column in changed), *(before[column] for column in info.key)),
        )
        if cursor.rowcount != 1:
            raise RowMismatchError(f"{table}: a row to be updated is not there")

    def _write_delete(self, table: str, info: TableInfo, rows: Sequence[Row]) -> None:
        cursor = self._connection.executemany(
            f"DELETE FROM {table} WHERE {_where(info.key)}",
            [tuple(row[column] for column in info.key) for row in rows],
        )
        if cursor.rowcount not in (-1, len(rows)):
            raise RowMismatchError(f"{table}: a row to be deleted is not there")

    def _number(self, table: str, rows: list[dict[str, Any]]) -> None:
        highest = self._connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()[0]
        for row in rows:
            if row["number"] is None:
                highest += 1
                row["number"] = highest

    def _trim_log(self) -> None:
        wal = self.path.with_name(self.path.name + "-wal")
        if wal.exists() and wal.stat().st_size > _WAL_LIMIT:
            with translated(self.path):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _migrate(database: Database) -> None:
    # One around those of sqlite-utils: a crash leaves the file as it was, and a new one is on the disk with one flush.
    with database.atomic():
        migrations.apply(database)
        database.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def _backup_and_migrate(path: Path, database: Database, version: int) -> Path | None:
    if version >= SCHEMA_VERSION:
        return None
    backup = files.backup_name(path, version)
    files.copy_to(database.conn, backup)
    _migrate(database)
    return backup


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f"{column} = ?" for column in key)


def _pieces(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _shape(change: RowChange) -> tuple[str, str]:
    kind = "insert" if change.before is None else "delete" if change.after is None else "update"
    return change.table, kind
