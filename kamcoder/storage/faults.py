"""Turning what SQLite and the file system report into errors a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kamcoder.domain.errors import ProjectFileError

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html); Python 3.11 gives them as sqlite_errorcode.
_BY_CODE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "file_read_only",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CORRUPT: "file_damaged",
    sqlite3.SQLITE_NOTADB: "file_not_project",
    sqlite3.SQLITE_BUSY: "file_busy",
    sqlite3.SQLITE_LOCKED: "file_busy",
    sqlite3.SQLITE_CANTOPEN: "file_cannot_open",
    sqlite3.SQLITE_PERM: "file_read_only",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise ProjectFileError for what can happen to a file; let everything else, which is a bug, through."""
    try:
        yield
    except sqlite3.Error as error:
        key = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if key is None:
            raise
        raise ProjectFileError(key, file=str(path), reason=str(error)) from error
    except PermissionError as error:
        raise ProjectFileError("file_read_only", file=str(path), reason=str(error)) from error
