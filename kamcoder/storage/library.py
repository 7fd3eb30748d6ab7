"""sqlite-utils, without NumPy.

sqlite-utils imports NumPy wherever it is installed, only to know its types, which we never store. That takes a tenth of
a second of every start, so NumPy is hidden while sqlite-utils is imported.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # documented: makes `import name` raise ImportError
    try:
        yield
    finally:
        del sys.modules[name]


with _hidden("numpy"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
