"""Asking the worker process: one question after another, of each kind only the latest, never in the window's thread."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggesting import SuggestingError
from kamcoder.gui.tasks import Task, TaskRunner
from kamcoder.services import suggestion_desk as desk
from kamcoder.services.helper import Helper, HelperDiedError, HelperFaultError
from kamcoder.services.suggestion_desk import Ask, Batch, Learned, SuggestionDesk

_LOG = logging.getLogger(__name__)
_ORDER = ("warm", "propose", "extra", "learn", "sweep")

Answer = Callable[[Any], object]


class SuggestionRunner(QObject):
    """Keeps the worker warm. `learned` and `batch_came` tell what it says; `failed` what is to be said once."""

    batch_came = Signal(object)
    learned = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()
    without_model = Signal(str)

    _came = Signal(object)

    def __init__(self, parent: QObject | None = None, *, host: Callable[[], object] = SuggestionDesk) -> None:
        super().__init__(parent)
        self._helper = Helper(host)
        # Its own: a long import must not stand before the next suggestion.
        self._tasks = TaskRunner(self)
        self._waiting: dict[str, tuple[Callable[..., Any], Answer]] = {}
        self._task: Task | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="kamcoder-"))
        self._came.connect(self.batch_came, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Tell whether the worker is at work or anything waits for it."""
        return self._task is not None or bool(self._waiting)

    @property
    def pid(self) -> int | None:
        """Return the number of the worker process."""
        return self._helper.pid

    def warm(self) -> None:
        """Start the process and let it import what it needs."""
        self._put("warm", lambda progress: self._call(progress, desk.warm), self._on_warm)

    def propose(self, ask: Ask, document_id: str, first: TextSpan | None) -> None:
        """Ask for the suggestions of a document, those on screen first; they come as `batch_came`."""
        self._put("propose", lambda progress: self._propose(ask, document_id, first, progress), lambda _: None)

    def sweep(self, ask: Ask, document_id: str, done: Answer) -> None:
        """Ask for the suggestions of a document that is not on screen."""
        self._put("sweep", lambda progress: self._propose(ask, document_id, None, progress), done)

    def learn(self, ask: Ask) -> None:
        """Let what was coded be learned; `learned` says when."""
        self._put("learn", lambda progress: self._call(progress, desk.learn, ask), self.learned.emit)

    def similar(self, ask: Ask, coding_id: str, done: Answer, *, limit: int = 50) -> None:
        """Ask for uncoded passages like a coded one."""
        self._put("extra", lambda progress: self._call(progress, desk.similar, ask, coding_id, limit), done)

    def consistency(self, ask: Ask, done: Answer, *, limit: int = 50) -> None:
        """Ask for codings that lie far from the others of their code."""
        self._put("extra", lambda progress: self._call(progress, desk.consistency, ask, limit), done)

    def drop(self) -> None:
        """Ask no more for what is not under way yet."""
        self._waiting.clear()

    def close(self) -> None:
        """End the process and wait for it."""
        self._waiting.clear()
        self._helper.close()
        self._tasks.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _on_warm(self, reason: str) -> None:
        if reason:
            self.without_model.emit(reason)

    def _put(self, kind: str, work: Callable[..., Any], done: Answer) -> None:
        self._waiting[kind] = work, done
        self._next()

    def _next(self) -> None:
        if self._task is None:
            kind = next((kind for kind in _ORDER if kind in self._waiting), None)
            if kind is not None:
                work, done = self._waiting.pop(kind)
                self._task = task = self._tasks.start("", _named(work), done=done, failed=self._on_failed, quiet=True)
                task.finished.connect(self._on_finished)
        self.busy_changed.emit()

    def _on_finished(self) -> None:
        self._task = None
        self._next()

    def _on_failed(self, error: KamCoderError) -> None:
        if error.key != "cancelled":
            self.failed.emit(error)

    # -- in the thread ---------------------------------------------------------------------------------------------

    def _propose(self, ask: Ask, document_id: str, first: TextSpan | None, progress: Any) -> Learned | None:
        batch: Batch | None = self._call(progress, desk.propose, ask, document_id, first)
        while batch is not None:
            self._came.emit(batch)
            # Who scrolled on or opened another document does not wait for the rest.
            batch = None if batch.last or "propose" in self._waiting else self._call(progress, desk.more)
        return None

    def _call(self, progress: Any, function: Callable[..., Any], *args: Any) -> Any:
        for _ in range(2):
            try:
                return self._once(progress, function, *args)
            except HelperDiedError:
                _LOG.warning("the worker of the suggestions died")
        raise SuggestingError("suggest_worker_died")

    def _once(self, progress: Any, function: Callable[..., Any], *args: Any) -> Any:
        try:
            return self._helper.call(function, *args, waiting=partial(progress, 0, 1, ""))
        except HelperFaultError:
            raise SuggestingError("suggest_worker_fault") from None


def _named(work: Callable[..., Any]) -> Any:
    """Return the work as a task wants it, with `progress` by name."""
    return lambda *, progress: work(progress)
