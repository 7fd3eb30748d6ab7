"""Long work: how it tells how far it is, and how it is cancelled."""

from typing import Protocol


class Progress(Protocol):
    """Told how far long work is; it may raise Cancelled to end it."""

    def __call__(self, done: int, total: int, subject: str) -> None:
        """Say that `done` of `total` steps are done and `subject` is next."""


def silent(done: int, total: int, subject: str) -> None:
    """Tell nobody."""
