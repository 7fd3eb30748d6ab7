"""Opening, making and closing projects. The services are imported here when first needed, after the window is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.tasks import TaskRunner
from kamcoder.services.jobs import Progress

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class Projects(QObject):
    """Holds the one open project. `opened` and `closed` tell of it, `failed` of what could not be done."""

    opened = Signal()
    closing = Signal()
    closed = Signal()
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.session: Session | None = None

    def warm_up(self, then: Callable[[], object]) -> None:
        """Import the services beside the window, so that it can be moved and used meanwhile; then go on."""
        self._tasks.start("", _import_services, done=lambda _: then(), quiet=True)

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a project in place of the present one, which stays open if that fails. Tell whether it is open."""
        from kamcoder.services.session import Session

        if self.session is not None and self.session.path.resolve() == path.resolve():
            return True
        return self._enter(lambda: Session.open(path, read_only=read_only))

    def create(self, path: Path, *, template: str | None = None) -> bool:
        """Make a project with the codes of a template, or with none, and open it. Tell whether it is open."""
        from kamcoder.services.codebook_files import read_guide, read_template
        from kamcoder.services.session import Session

        def make() -> Session:
            if template is None:
                return Session.create(path)
            book = read_template(template)
            guide = read_guide(book.guide) if book.guide else ()
            return Session.create(path, codes=book.codes, guide=guide)

        return self._enter(make)

    def adopt(self, session: Session) -> None:
        """Work on a project that is open already."""
        if self.close():
            self.session = session
            self.opened.emit()

    def build_sample(self, folder: Path, *, title: str, then: Callable[[Path], object]) -> None:
        """Build the sample study in a folder, beside the window; then go on with its path."""

        def work(*, progress: Progress) -> Path:
            from kamcoder.services.demo import build_sample

            return build_sample(folder, progress=progress)

        self._tasks.start(title, work, done=then, failed=self.failed.emit)

    def close(self) -> bool:
        """Close the open project, if any. Tell whether none is open any more."""
        if self.session is None:
            return True
        self.closing.emit()
        session, self.session = self.session, None
        try:
            session.close()
        except KamCoderError as error:
            self.failed.emit(error)
        self.closed.emit()
        return True

    def _enter(self, make: Callable[[], Session]) -> bool:
        try:
            session = make()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        self.adopt(session)
        return True


def _import_services(*, progress: Progress) -> None:
    import kamcoder.services.codebook_files
    import kamcoder.services.session  # noqa: F401
