"""Reading texts for actors beside the window, in a process of its own: loading spaCy would make the window stutter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kamcoder.gui.tasks import Task, TaskRunner
from kamcoder.services.actor_reading import ActorReadings, ActorWork
from kamcoder.services.helper import Helper, HelperDiedError
from kamcoder.services.jobs import Progress

if TYPE_CHECKING:
    from kamcoder.services.session import Session


def read_actors(work: ActorWork) -> ActorReadings:
    """Do the work in the process beside the window; spaCy's own objects stay there."""
    return replace(work(), finder=None)


def _read(helper: Helper, work: ActorWork, *, progress: Progress) -> ActorReadings:
    try:
        found: ActorReadings = helper.call(read_actors, replace(work, finder=None), waiting=partial(progress, 0, 1, ""))
    except HelperDiedError:
        return work(progress=progress)
    return found


class ActorReader(QObject):
    """Sees to it that the actors of all passages are known; `ready` tells when what was asked for has been read."""

    ready = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._helper: Helper | None = None
        self._task: Task | None = None
        self._session: Session | None = None

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._helper is not None:
            self._helper.close()
            self._helper = None
        self._session = session

    def ask(self) -> bool:
        """Tell whether the actors of all passages are known; begin to read what is missing if they are not."""
        if self._session is None:
            return True
        if self._task is not None:
            return False
        work = self._session.actors.unread()
        if work is None:
            return True
        self._helper = self._helper or Helper()
        title = self.tr("Looking for actors")
        self._task = task = self._tasks.start(
            title,
            partial(_read, self._helper, work),
            done=partial(self._on_read, self._session),
            failed=lambda _: self._forget(task),
            quiet=True,
        )
        return False

    def _on_read(self, session: Session, readings: ActorReadings) -> None:
        self._task = None
        if session is self._session:
            session.actors.take(readings)
            self.ready.emit()

    def _forget(self, task: Task) -> None:
        if self._task is task:
            self._task = None
