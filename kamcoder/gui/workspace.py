"""The places of an open project, one at a time: code, cases, tables, compare, reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import TextSpan
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.code_place import CodePlace
from kamcoder.gui.lower import LowerPane
from kamcoder.gui.suggestions.commands import SuggestionCommands
from kamcoder.gui.suggestions.inspecting import OfferInspecting
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.gui.cases.place import CasesPlace
    from kamcoder.gui.comparing.place import ComparePlace
    from kamcoder.gui.reports.place import ReportsPlace
    from kamcoder.gui.tables.place import TablesPlace
    from kamcoder.services.session import Session

# What a place is made from; called when it is first gone to.
_Maker = Callable[[Theme, TaskRunner, QWidget], Any]

PLACES = ("place.code", "place.cases", "place.tables", "place.compare", "place.reports")

#: Places that remember what is chosen in them: they have `remembered()` and `recall(text)`.
REMEMBERING = ("place.tables", "place.compare", "place.reports")


class Workspace(QStackedWidget):
    """Shows one of the places; those behind are made when they are first gone to.

    A place is a widget with `load(session or None)`, `on_changed(change)`, `use_coder()`, `flush()` to write what is
    typed, `run(key)` for its commands, and the signals `failed(error)`, `hinted(words)`, `acted(words)` for a toast
    with undo, `document_asked(id)` and `place_asked(id, start, end)`.
    """

    place_shown = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tasks: TaskRunner,
        code: Callable[[QWidget], CodePlace],
        lower: Callable[[QWidget], LowerPane],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._session: Session | None = None
        # From the outside in: a widget that changes its parent is styled anew, with all it holds.
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.code = code(self.split)
        self.below = lower(self.split)
        self.below.suggesting = self.code.suggestions
        self.suggesting = SuggestionCommands(self.code, self.below)
        self.suggesting.failed.connect(self.failed)
        self.suggesting.hinted.connect(self.hinted)
        self.suggesting.acted.connect(self.acted)
        self.suggesting.place_asked.connect(self.show_passage)
        self.split.setHandleWidth(1)
        self.split.setStretchFactor(0, 1)
        self.split.setCollapsible(0, False)
        self.split.setSizes([520, 260])
        for part in (self.code, self.below):
            part.failed.connect(self.failed)
            part.hinted.connect(self.hinted)
        self.below.place_asked.connect(self.show_passage)
        self.below.place_pointed.connect(self.point_passage)
        self.below.coding_asked.connect(self.code.reader.choose)
        self.below.document_asked.connect(self.show_document)
        self.below.code_asked.connect(self.below.browse)
        self.below.case_asked.connect(lambda _: self.go("place.cases"))
        self.below.closed.connect(self.code.reader.setFocus)
        self.why = OfferInspecting(self.code.inspector, self.code.suggestions)
        self.why.place_asked.connect(self.show_passage)
        self.code.inspector.tell_actors(ActorReader(tasks, self))
        self._pages: dict[str, QWidget] = {"place.code": self.split}
        self._places: dict[str, Any] = {}
        self._memories: dict[str, str] = {}
        self.addWidget(self.split)

    @property
    def cases(self) -> CasesPlace | None:
        """Return the place of cases, None if nobody has gone there yet."""
        return self._places.get("place.cases")

    @property
    def tables(self) -> TablesPlace | None:
        """Return the place of tables, None if nobody has gone there yet."""
        return self._places.get("place.tables")

    @property
    def compare(self) -> ComparePlace | None:
        """Return the place of comparison, None if nobody has gone there yet."""
        return self._places.get("place.compare")

    @property
    def reports(self) -> ReportsPlace | None:
        """Return the place of reports, None if nobody has gone there yet."""
        return self._places.get("place.reports")

    def memory(self, key: str) -> str:
        """Return what is chosen in one of the `REMEMBERING` places, for the next time."""
        place = self._places.get(key)
        return place.remembered() if place is not None else self._memories.get(key, "")

    def recall(self, key: str, text: str) -> None:
        """Choose in a place what was chosen the last time."""
        self._memories[key] = text
        if key in self._places:
            self._places[key].recall(text)

    def run(self, place: str, key: str) -> None:
        """Go to a place and do what one of its commands says."""
        self.go(place)
        self._places[place].run(key)

    @property
    def place(self) -> str:
        """Return the key of the place that is shown."""
        here = self.currentWidget()
        return next((key for key, page in self._pages.items() if page is here), PLACES[0])

    def go(self, key: str) -> None:
        """Show a place."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._make(key)
            self.addWidget(page)
        self.setCurrentWidget(page)
        if key == "place.code":
            self.code.take_focus()
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.place_shown.emit(key)

    def resume(self, key: str) -> None:
        """Show the place that was left; the first if there is none of this name."""
        self.go(key if key in PLACES else PLACES[0])

    def show_document(self, document_id: str) -> None:
        """Read a document."""
        self.go("place.code")
        self.code.open_document(document_id)

    def show_passage(self, document_id: str, start: int, end: int) -> None:
        """Read a document at [start, end), which is selected."""
        self.go("place.code")
        self.point_passage(document_id, start, end)

    def point_passage(self, document_id: str, start: int, end: int) -> None:
        """Show [start, end) of a document without taking the focus away from where it is."""
        focus = QApplication.focusWidget()
        self.code.open_document(document_id)
        if focus is not None and self.below.isAncestorOf(focus):
            focus.setFocus()
        if self.code.reader.document_id == document_id:
            self.code.reader.view.reveal(start)
            self.code.reader.view.select(TextSpan(start, end))

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        self.code.load(session)
        self.below.load(session)
        for place in self._places.values():
            place.load(session)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.code.on_changed(change)
        self.below.on_changed(change)
        for place in self._places.values():
            place.on_changed(change)

    def use_coder(self) -> None:
        """Follow who codes now."""
        self.code.use_coder()
        self.below.use_coder()
        for place in self._places.values():
            place.use_coder()

    def flush(self) -> None:
        """Write what is typed and not written yet; called before a project is closed."""
        self.below.save()
        for place in self._places.values():
            place.flush()

    def _make(self, key: str) -> QWidget:
        place: Any = _MAKERS[key](self._theme, self._tasks, self)
        self._places[key] = place
        place.failed.connect(self.failed)
        place.hinted.connect(self.hinted)
        place.acted.connect(self.acted)
        place.document_asked.connect(self.show_document)
        place.place_asked.connect(self.show_passage)
        place.load(self._session)
        if key in REMEMBERING:
            place.recall(self._memories.get(key, ""))
        if key == "place.compare":
            self.code.reader.dressed.connect(lambda: place.wear(*self.code.reader.worn))
            place.wear(*self.code.reader.worn)
        made: QWidget = place
        return made


def _make_cases(theme: Theme, tasks: TaskRunner, parent: QWidget) -> Any:
    from kamcoder.gui.cases.place import CasesPlace

    return CasesPlace(theme, tasks, parent)


def _make_tables(theme: Theme, tasks: TaskRunner, parent: QWidget) -> Any:
    from kamcoder.gui.tables.place import TablesPlace

    return TablesPlace(theme, tasks, parent)


def _make_compare(theme: Theme, tasks: TaskRunner, parent: QWidget) -> Any:
    from kamcoder.gui.comparing.place import ComparePlace

    return ComparePlace(theme, tasks, parent)


def _make_reports(theme: Theme, tasks: TaskRunner, parent: QWidget) -> Any:
    from kamcoder.gui.reports.place import ReportsPlace

    return ReportsPlace(theme, tasks, parent)


_MAKERS: dict[str, _Maker] = {
    "place.cases": _make_cases,
    "place.tables": _make_tables,
    "place.compare": _make_compare,
    "place.reports": _make_reports,
}
