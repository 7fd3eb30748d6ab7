"""Who has a project open: a lock of the operating system, which no crash can leave behind, and a card beside it.

`study.kamcoder.lock` is locked while the project is open for writing; the system releases it with the process, however
that ends. `study.kamcoder.owner` says in JSON who holds it, for the sentence the second user reads. Both go on close.
"""

import contextlib
import getpass
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from kamcoder.domain.errors import ProjectFileError
from kamcoder.domain.ids import now


class ProjectLock:
    """The right to write one project file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(_beside(path, ".lock"), timeout=0)
        self._owner = _beside(path, ".owner")

    def acquire(self) -> None:
        """Take the lock; raise ProjectFileError naming the owner if another process, or this one, has it."""
        try:
            self._lock.acquire()
        except Timeout:
            raise ProjectFileError("file_open_elsewhere", file=str(self._path), **self._read_owner()) from None
        except OSError as error:
            raise ProjectFileError("file_read_only", file=str(self._path), reason=str(error)) from error
        self._owner.write_text(json.dumps(_myself()), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back and leave nothing beside the project file."""
        self._owner.unlink(missing_ok=True)
        lock_file = Path(self._lock.lock_file)
        # Removed while still held, so that nobody can take a file that is about to go; Windows keeps open files and
        # lets it go only afterwards, unless somebody else has it by then.
        try:
            lock_file.unlink(missing_ok=True)
        except OSError:
            self._lock.release()
            with contextlib.suppress(OSError):
                lock_file.unlink(missing_ok=True)
        else:
            self._lock.release()

    def _read_owner(self) -> dict[str, str]:
        fallback = {"user": "?", "host": "?", "since": "?", "pid": "?"}
        try:
            read = json.loads(self._owner.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return fallback
        return (
            {name: str(read.get(name, value)) for name, value in fallback.items()}
            if isinstance(read, dict)
            else fallback
        )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _myself() -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no account for the number, as in some containers
        user = "?"
    return {"user": user, "host": socket.gethostname(), "since": now(), "pid": str(os.getpid())}
