"""The place of tables: numbers and quotes across cases, or what is written on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.gui.summaries.view import SummariesView
from kamcoder.gui.tables.numbers import NumbersView
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.services.actor_tables import involvement

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = (
    "codings",
    "codes",
    "cases",
    "documents",
    "document_cases",
    "participants",
    "attributes",
    "attribute_values",
    "speakers",
    "turns",
    "coders",
    "summaries",
    "summary_links",
    "table_definitions",
    "actor_roles",
    "actor_wordings",
    "actor_corrections",
    "cast_members",
    "settings",
)


class TablesPlace(QWidget):
    """Shows one of two views; hidden it only notes that it is out of date."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    document_asked = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._stale: set[QWidget] = set()
        self.views = QStackedWidget(self)
        self.numbers = NumbersView(theme, tasks, self.views)
        self.summaries = SummariesView(theme, self.views)
        for view in (self.numbers, self.summaries):
            view.failed.connect(self.failed)
            view.hinted.connect(self.hinted)
            view.acted.connect(self.acted)
            view.place_asked.connect(self.place_asked)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the table for a spreadsheet or a text (Ctrl+C)"))
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setToolTip(self.tr("Write the table as a spreadsheet, a text, a page or CSV (Ctrl+E)"))
        for button, key in ((self.copy_button, "tables.copy"), (self.export_button, "tables.export")):
            button.setProperty("part", "link")
            button.clicked.connect(lambda _=False, key=key: self.run(key))
        self._lay_out()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show tables and summaries of a project; nothing for None."""
        self._session = session
        for view in (self.numbers, self.summaries):
            view.load(session)
        self._stale = {self.numbers, self.summaries}
        self._catch_up()

    def flush(self) -> None:
        """Write what is typed and not written yet."""
        self.summaries.flush()

    def use_coder(self) -> None:
        """Follow who codes now."""
        self.summaries.use_coder()

    def remembered(self) -> str:
        """Return what is chosen here, for the next time."""
        view = "summaries" if self.views.currentWidget() is self.summaries else "numbers"
        return json.dumps({"view": view, **self.numbers.remembered(), **self.summaries.remembered()})

    def recall(self, text: str) -> None:
        """Choose what was chosen the last time."""
        try:
            chosen = json.loads(text or "{}")
        except ValueError:
            return
        if not isinstance(chosen, dict) or not all(isinstance(value, str) for value in chosen.values()) or not chosen:
            return
        for view in (self.numbers, self.summaries):
            view.recall(chosen)
        self.show_view(self.summaries if chosen.get("view") == "summaries" else self.numbers)

    def run(self, key: str) -> None:
        """Do what a command of `actions.TABLE_ACTIONS` says."""
        if key in ("tables.numbers", "tables.summaries"):
            self.show_view(self.summaries if key == "tables.summaries" else self.numbers)
            return
        if key == "tables.actors":
            self.open_actors()
            return
        if key in ("tables.save", "tables.swap", "tables.involvement"):
            self.show_view(self.numbers)
        here: Any = self.views.currentWidget()
        acts = {
            "tables.copy": here.copy,
            "tables.export": here.ask_file,
            "tables.save": self.numbers.saved.save,
            "tables.swap": self.numbers.builder.swap,
            "tables.involvement": self._show_involvement,
        }
        acts[key]()

    def open_actors(self) -> QDialog | None:
        """Open the words by which actors are known."""
        if self._session is None:
            return None
        from kamcoder.gui.actors.wordings_dialog import ActorWordings

        dialog = ActorWordings(self._session, self)
        dialog.open()
        return dialog

    def show_view(self, view: QWidget) -> None:
        """Show numbers or summaries."""
        self.switch[view].setChecked(True)
        if view is not self.summaries:
            self.summaries.flush()
        self.numbers_saved.setVisible(view is self.numbers)
        self.views.setCurrentWidget(view)
        self._catch_up()
        view.setFocus()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.numbers.on_changed(change)
        self.summaries.on_changed(change)
        if not change.touches(*_TABLES):
            return
        self._stale |= {self.numbers, self.summaries}
        if self.isVisible():
            self._catch_up()

    # -- Qt ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._catch_up()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the view."""
        super().focusInEvent(event)
        (self.summaries if self.views.currentWidget() is self.summaries else self.numbers).setFocus(event.reason())

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 10, 0)
        bar.setSpacing(4)
        self.switch: dict[QWidget, QToolButton] = {}
        group = QButtonGroup(self)
        for view, text, hint in (
            (self.numbers, self.tr("Numbers"), self.tr("Count and quote passages across cases")),
            (self.summaries, self.tr("Summaries"), self.tr("Write on each case and code, beside its passages")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(hint)
            button.setProperty("part", "room")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, view=view: self.show_view(view))
            group.addButton(button)
            bar.addWidget(button)
            self.switch[view] = button
            self.views.addWidget(view)
        bar.addSpacing(8)
        self.numbers_saved = self.numbers.saved
        bar.addWidget(self.numbers_saved)
        bar.addStretch()
        bar.addWidget(self.copy_button)
        bar.addWidget(self.export_button)
        self.switch[self.numbers].setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.views, 1)

    def _show_involvement(self) -> None:
        if self._session is not None:
            self.numbers.open_table(involvement(self._session.codebook.all()))

    def _catch_up(self) -> None:
        view = self.views.currentWidget()
        if view in self._stale and self.isVisible():
            self._stale.discard(view)
            view.follow()  # type: ignore[attr-defined]
