"""Python's collector of cyclic garbage, told to rest while very many objects are made that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest: it would walk over a hundred thousand new rows again and again, and the window wait.

    What was made in between is counted among the old objects unlooked at, or all of it would be looked at right after.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if running:
            gc.enable()
