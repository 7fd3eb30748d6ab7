"""Long work beside the window: values in, a value out, with progress and cancel.

The work runs in a thread and touches neither the open project nor a widget. What it says reaches the window as signals
in the window's own thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kamcoder.domain.errors import Cancelled, KamCoderError
from kamcoder.services.jobs import Progress

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class Work(Protocol):
    """A function that does long work, telling how far it is."""

    def __call__(self, *, progress: Progress) -> Any:
        """Do the work and return its result."""


class Task(QObject):
    """One piece of long work under way."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    _told = Signal(int, int, str)
    _ended = Signal(object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._cancelled = Event()
        # Told and ended are emitted by the worker's thread; the queue brings them into this object's.
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def tell(self, done: int, total: int, subject: str) -> None:
        """Say how far the work is; raise Cancelled if it is to stop. Called by the work, in its thread."""
        if self._cancelled.is_set():
            raise Cancelled
        self._told.emit(done, total, subject)

    def end(self, future: Future[Any]) -> None:
        """Note that the work ended. Called in its thread."""
        self._ended.emit(future)

    @Slot(object)
    def _on_ended(self, future: Future[Any]) -> None:
        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            pass  # it never began: the window is being closed
        elif error is None:
            self.succeeded.emit(future.result())
        elif isinstance(error, KamCoderError):
            self.failed.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
        self.finished.emit()
        self.deleteLater()


class TaskRunner(QObject):
    """Runs tasks one after another, in the order in which they were started."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None  # made with the first task: the window is seen before
        self._tasks: list[Task] = []

    def start(
        self,
        title: str,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[KamCoderError], object] | None = None,
        quiet: bool = False,
    ) -> Task:
        """Begin long work; `done` gets its result, `failed` an expected failure. `quiet` work is not shown."""
        task = Task(title, self)
        if done is not None:
            task.succeeded.connect(done)
        if failed is not None:
            task.failed.connect(failed)
        self._tasks.append(task)
        task.finished.connect(lambda: self._tasks.remove(task))
        if not quiet:
            self.started.emit(task)
        self._workers().submit(work, progress=task.tell).add_done_callback(task.end)
        return task

    @property
    def busy(self) -> bool:
        """Tell whether any task is under way."""
        return bool(self._tasks)

    def close(self) -> None:
        """Cancel what is under way and wait until it has stopped."""
        for task in self._tasks:
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kamcoder")
        return self._pool
