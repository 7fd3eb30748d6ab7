"""The places of an open project, one at a time: code, cases, tables, compare, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import TextSpan
from kamcoder.gui.code_place import CodePlace
from kamcoder.gui.lower import LowerPane
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from kamcoder.gui.cases.place import CasesPlace
    from kamcoder.gui.tables.place import TablesPlace
    from kamcoder.services.session import Session

PLACES = ("place.code", "place.cases", "place.tables", "place.compare", "place.reports")


class Workspace(QStackedWidget):
    """Shows one of the places; those behind are made when they are first gone to."""

    place_shown = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(
        self, theme: Theme, tasks: TaskRunner, code: CodePlace, lower: LowerPane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._session: Session | None = None
        self.code = code
        self.below = lower
        self.cases: CasesPlace | None = None
        self.tables: TablesPlace | None = None
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(1)
        self.split.addWidget(code)
        self.split.addWidget(lower)
        self.split.setStretchFactor(0, 1)
        self.split.setCollapsible(0, False)
        self.split.setSizes([520, 260])
        for part in (code, lower):
            part.failed.connect(self.failed)
            part.hinted.connect(self.hinted)
        lower.place_asked.connect(self.show_passage)
        lower.place_pointed.connect(self.point_passage)
        lower.coding_asked.connect(code.reader.choose)
        lower.document_asked.connect(self.show_document)
        lower.code_asked.connect(lower.browse)
        lower.case_asked.connect(lambda _: self.go("place.cases"))
        lower.closed.connect(code.reader.setFocus)
        self._pages: dict[str, QWidget] = {"place.code": self.split}
        self.addWidget(self.split)

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
            (self.code.reader if self.code.reader.document_id else self.code.documents).setFocus()
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.place_shown.emit(key)

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
        for place in (self.cases, self.tables):
            if place is not None:
                place.load(session)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.code.on_changed(change)
        self.below.on_changed(change)
        for place in (self.cases, self.tables):
            if place is not None:
                place.on_changed(change)

    def use_coder(self) -> None:
        """Follow who codes now."""
        self.code.use_coder()
        self.below.use_coder()
        if self.cases is not None:
            self.cases.use_coder()

    def flush(self) -> None:
        """Write what is typed and not written yet; called before a project is closed."""
        self.below.save()
        if self.cases is not None:
            self.cases.flush()

    def _make(self, key: str) -> QWidget:
        if key == "place.cases":
            from kamcoder.gui.cases.place import CasesPlace

            self.cases = place = CasesPlace(self._theme, self._tasks)
            place.failed.connect(self.failed)
            place.hinted.connect(self.hinted)
            place.document_asked.connect(self.show_document)
            place.load(self._session)
            return place
        if key == "place.tables":
            from kamcoder.gui.tables.place import TablesPlace

            self.tables = tables = TablesPlace(self._theme)
            tables.failed.connect(self.failed)
            tables.hinted.connect(self.hinted)
            tables.place_asked.connect(self.show_passage)
            tables.load(self._session)
            return tables
        title, words = self._waiting(key)
        return EmptyState(title, words, [])

    def _waiting(self, key: str) -> tuple[str, str]:
        """Return what stands in a place that shows its results on the command line so far."""
        told = {
            "place.compare": (
                self.tr("Two coders or more"),
                self.tr(
                    "Let a second person code the same documents: choose who codes at the right end of the status "
                    "line. “kamcoder compare” on the command line tells how far they agree. Ctrl+1 goes back to coding."
                ),
            ),
            "place.reports": (
                self.tr("What is handed out"),
                self.tr(
                    "Passages, tables and the case report are written on the command line: “kamcoder passages” and "
                    "“kamcoder report” with the name of this project file. Ctrl+1 goes back to coding."
                ),
            ),
        }
        return told[key]
