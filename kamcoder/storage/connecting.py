"""How a project file is connected to: what every connection is told before anything else."""

import sqlite3
from pathlib import Path

from kamcoder.storage.library import Database


def connect(path: Path, *, read_only: bool = False) -> Database:
    """Return a connection to a file; one that may write makes the file if there is none."""
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=2.0,
        cached_statements=512,
    )
    # No plugins: what is installed beside the program must not reach into a project.
    database = Database(connection, execute_plugins=False)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-32768")
    return database


def prepare(database: Database) -> Database:
    """Let an act that returned be on disk, and checkpoints wait for a quiet moment."""
    connection = database.conn
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    # A checkpoint in the middle of an act is the one slow commit; `checkpoint()`, `_trim_log` and `close()` do it.
    connection.execute("PRAGMA wal_autocheckpoint=0")
    return database
