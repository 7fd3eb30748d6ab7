"""Reading what the user gives and writing what the user gets, whole or not at all."""

import os
import tempfile
from pathlib import Path

from kamcoder.domain.errors import ImportRefused, KamCoderError

_MOST_BYTES = 64 * 1024 * 1024


def read_input(path: Path) -> bytes:
    """Return the bytes of a sheet or codebook; raise ImportRefused naming file and cause."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ImportRefused("input_is_folder", file=str(path))
        if size > _MOST_BYTES:
            raise ImportRefused("input_too_large", file=str(path), size=f"{size / 1e6:.0f}")
        return path.read_bytes()
    except FileNotFoundError:
        raise ImportRefused("input_missing", file=str(path)) from None
    except OSError as error:
        raise ImportRefused("input_unreadable", file=str(path), reason=error.strerror or str(error)) from error


def write_output(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole; an existing one is replaced only by a complete one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            unfinished.chmod(0o644)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KamCoderError("output_failed", file=str(path), reason=error.strerror or str(error)) from error
