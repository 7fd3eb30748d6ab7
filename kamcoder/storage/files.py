"""The project file as a file: what it must look like before SQLite touches it, and safe copies of it."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kamcoder.domain.errors import ProjectFileError
from kamcoder.storage.faults import translated
from kamcoder.storage.schema import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def inspect(path: Path) -> int:
    """Return the schema version of a project file.

    Raise ProjectFileError if it is missing, no file, no project, cut short, or written by a newer program. Reads the
    100-byte header only (https://www.sqlite.org/fileformat.html), so that a foreign file is never opened as a database.
    """
    if not path.exists():
        raise ProjectFileError("file_missing", file=str(path))
    if not path.is_file():
        raise ProjectFileError("file_not_project", file=str(path))
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
        size = path.stat().st_size
    except OSError as error:
        raise ProjectFileError("file_cannot_open", file=str(path), reason=str(error)) from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise ProjectFileError("file_not_project", file=str(path))
    page_size, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    version, application = struct.unpack(">I", header[60:64])[0], struct.unpack(">I", header[68:72])[0]
    if application != APPLICATION_ID:
        raise ProjectFileError("file_not_project", file=str(path))
    if version > SCHEMA_VERSION:
        raise ProjectFileError("file_newer", file=str(path), version=version, known=SCHEMA_VERSION)
    # With a write-ahead log beside it the file may rightly be shorter than the header of its newest state says.
    if size < (65536 if page_size == 1 else page_size) * pages and not wal_beside(path):
        raise ProjectFileError("file_damaged", file=str(path), reason="truncated")
    return int(version)


def wal_beside(path: Path) -> bool:
    """Tell whether a write-ahead log lies beside the file: it is open, or its last owner crashed."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def backup_name(path: Path, version: int) -> Path:
    """Return the name of the dated backup made before a migration; never that of an existing file."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
    candidate = path.with_name(f"{path.stem} (backup {stamp}, schema {version}){path.suffix}")
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} (backup {stamp}, schema {version}, {number}){path.suffix}")
        number += 1
    return candidate


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write the committed state of an open project to `target`, which appears whole or not at all."""
    unfinished = target.with_name(target.name + ".part")
    with translated(target):
        unfinished.unlink(missing_ok=True)
        copy = sqlite3.connect(unfinished)
        try:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        except BaseException:
            copy.close()
            unfinished.unlink(missing_ok=True)
            raise
        copy.close()
        unfinished.replace(target)


@contextmanager
def standing_still(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Let all that is read in a block be as at its first reading, whatever others commit meanwhile."""
    with translated(path):
        connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells this file from any other on this machine; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def still_there(path: Path, was: tuple[int, int] | None) -> None:
    """Raise ProjectFileError if another file, or none, is where one was opened: nobody would find what is written."""
    if identity(path) != was:
        raise ProjectFileError("file_gone", file=str(path))
