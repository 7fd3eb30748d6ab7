"""What happens around the open project: opening, making, importing, who codes; and what is said when that fails."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.coders import Coders
from kamcoder.gui.notify import NoticeBar, Toast, Way
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.projects import Projects
from kamcoder.gui.start.asking import Asking
from kamcoder.gui.tasks import TaskRunner
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.domain.coding import Coder
    from kamcoder.services.importing import ImportFailure
    from kamcoder.services.session import Session

_MOST_LISTED = 6


class Desk(QObject):
    """Holds what acts on the project as a whole, and tells the person at the window how it went."""

    def __init__(
        self, window: QWidget, preferences: Preferences, tasks: TaskRunner, notice: NoticeBar, toast: Toast
    ) -> None:
        super().__init__(window)
        self._window = window
        self._notice = notice
        self._toast = toast
        self._trying = Path()
        self.projects = Projects(tasks, self)
        self.coders = Coders(window)
        self.asking = Asking(window, preferences)
        self.projects.failed.connect(self.tell_error)
        self.coders.chosen.connect(self._on_coder_chosen)

    @property
    def session(self) -> Session | None:
        """Return the open project."""
        return self.projects.session

    # -- commands ------------------------------------------------------------------------------------------------

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a project file; tell whether it is open now. What is wrong is told by the notice."""
        self._notice.hide()
        self._trying = path
        return self.projects.open(path, read_only=read_only)

    def ask_open(self) -> None:
        """Ask for a project file and open it."""
        self.asking.open_project(self.open)

    def ask_new(self) -> None:
        """Ask what a new project is to be and make it."""
        try:
            self.asking.new_project(self._create)
        except KamCoderError as error:
            self.tell_error(error)

    def ask_sample(self, title: str) -> None:
        """Ask for a folder and build the sample study in it."""
        self.asking.sample_folder(
            lambda folder: self.projects.build_sample(folder, title=title, then=self._open_sample)
        )

    def ask_coder(self, corner: QPoint) -> None:
        """Ask who codes, with a menu above a point of the screen where there are coders to choose from."""
        if not self.coders.people():
            self.coders.ask_name()
            return
        menu = self.coders.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def go(self, *, back: bool) -> str:
        """Undo or do again the next step; return what to say of it, empty if that failed."""
        if self.session is None:
            return ""
        from kamcoder.gui import labels

        try:
            change = self.session.undo() if back else self.session.redo()
        except KamCoderError as error:
            self.tell_error(error)
            return ""
        words = self.tr("Undone: {name}") if back else self.tr("Done again: {name}")
        return words.format(name=labels.operation(change.operation))

    def steps(self) -> tuple[str, str]:
        """Return what undo and redo would do, in words; empty for nothing."""
        if self.session is None:
            return "", ""
        from kamcoder.gui import labels

        undo, redo = self.session.to_undo, self.session.to_redo
        return labels.operation(undo.operation) if undo else "", labels.operation(redo.operation) if redo else ""

    # -- telling -------------------------------------------------------------------------------------------------

    def tell_error(self, error: KamCoderError) -> None:
        """Say what is wrong and offer a way on."""
        if error.key == "cancelled":
            self._toast.tell(sentence(error))
            return
        self._notice.tell(sentence(error), self._ways(error), warning=True)

    def tell_done(self, words: str) -> None:
        """Say what was done, with a way to take it back."""
        self._toast.tell(words, Way(self.tr("Undo"), lambda: self.go(back=True)))

    def tell_imported(self, names: Sequence[str], failures: Sequence[ImportFailure]) -> None:
        """Say what was imported, and of each file that was not, why."""
        from kamcoder.gui import labels

        told = [sentence(failure.error) for failure in failures]
        if len(told) > _MOST_LISTED:
            rest = len(told) - _MOST_LISTED
            told = [*told[:_MOST_LISTED], self.tr("… and {count} more.").format(count=rest)]
        if told:
            self._notice.tell("\n".join(told), warning=True)
        if names:
            self.tell_done(self.tr("Imported {documents}.").format(documents=labels.documents(len(names))))

    def _ways(self, error: KamCoderError) -> list[Way]:
        if error.key == "coder_needed":
            return [Way(self.tr("Choose who codes…"), self.coders.ask_name)]
        if self.session is not None:
            return []
        ways = [Way(self.tr("Open another project…"), self.ask_open)]
        if error.key in ("file_read_only", "file_open_elsewhere"):
            path = self._trying
            ways.insert(0, Way(self.tr("Open for reading"), lambda: self.open(path, read_only=True)))
        return ways

    # -- inside --------------------------------------------------------------------------------------------------

    def _create(self, path: Path, template: str) -> None:
        self._notice.hide()
        self._trying = path
        self.projects.create(path, template=template or None)

    def _open_sample(self, path: Path) -> None:
        if self.open(path) and self.session is not None and self.session.coder is None:
            # A tour begins behind the shoulder of the first of the two coders.
            self.coders.choose(self.coders.people()[0])

    def _on_coder_chosen(self, coder: Coder | None) -> None:
        self._notice.hide()
        people = self.coders.people()
        if coder is None and people:
            ways = [Way(one.name, partial(self.coders.choose, one)) for one in people[:_MOST_LISTED]]
            ways.append(Way(self.tr("Somebody else…"), self.coders.ask_name))
            self._notice.tell(self.tr("Who codes? Each coder sees only their own codings."), ways)
