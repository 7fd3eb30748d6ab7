"""The place of cases: what is compared and who was heard, with what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QMenu,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.case import AttributeScope
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.gui.cases import commands
from kamcoder.gui.cases.case_panel import CasePanel
from kamcoder.gui.cases.exchange import Exchange
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.cases.grid_model import GridModel
from kamcoder.gui.cases.pane import Bar, GridPane
from kamcoder.gui.cases.problem import ProblemLine
from kamcoder.gui.cases.row_acts import RowActs
from kamcoder.gui.cases.tables import NAME, CaseTable, ParticipantTable
from kamcoder.gui.icons import Icons
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_STRUCTURE = ("cases", "participants", "attributes", "documents", "document_cases")
_TABLES = (*_STRUCTURE, "attribute_values", "memos", "coders", "codings")
_CASE_MENU = (
    ("cells.copy", "cells.copy_headed", "cells.paste", "cells.paste_sheet", "cells.clear"),
    ("cases.add", "cases.rename", "cases.up", "cases.down", "cases.delete"),
    ("attribute.new", "attribute.edit", "attribute.left", "attribute.right", "attribute.delete"),
)
_PEOPLE_MENU = (_CASE_MENU[0], ("cases.add_participant", "cases.rename", "cases.delete"), _CASE_MENU[2])


class CasesPlace(QWidget):
    """Grids of cases and participants, and what belongs to the selected case."""

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
        self._people = ParticipantTable()
        self._stale = False
        self._adding = False
        self.cases = Grid(GridModel(CaseTable(), self.tr("New case…"), self))
        self.cases.setAccessibleName(self.tr("Cases and their attributes"))
        self.people = Grid(GridModel(self._people, self.tr("New participant…"), self))
        self.people.setAccessibleName(self.tr("Participants and their attributes"))
        self.panel = CasePanel()
        self.rows = RowActs(self, lambda: self._session)
        self.exchange = Exchange(self, tasks, lambda: self._session)
        self.problem = ProblemLine(Icons(theme, self))
        self.bar = Bar(("cases.add", "cases.add_participant", "attribute.new", "cases.import"), self.run)
        self.filter = self.bar.filter
        self.only = QToolButton()
        self.only.setText(self.tr("Only of the selected case"))
        self.only.setCheckable(True)
        self._acts = self._make_acts()
        self._keys = {keys: self._acts[command.key] for command in commands.COMMANDS for keys in command.keys}
        self._active = self.cases
        self._lay_out()
        self._connect()
        self._choose_page()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show the cases of a project; nothing for None. Call `flush` before a project is closed."""
        self._session = None
        self.panel.notes.drop()
        self._adding = self._stale = False
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.problem.hide()
        self._session = session
        for grid in (self.cases, self.people):
            grid.model_.load(session)
            grid.go(0, 0)
        self._show_case()
        self._choose_page()

    def flush(self) -> None:
        """Write what is typed and not written yet."""
        self.panel.notes.flush()

    def use_coder(self) -> None:
        """Follow who codes now."""
        self.panel.notes.reload()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if not change.touches(*_TABLES):
            return
        if not self.isVisible():
            self._stale = True
            return
        if change.touches(*_STRUCTURE):
            self._refresh()
        elif change.touches("attribute_values"):
            self.cases.model_.on_values(_of_scope(change, "case_id"))
            self.people.model_.on_values(_of_scope(change, "participant_id"))
        if change.touches("codings") and not change.touches(*_STRUCTURE):
            self.panel.reload()
        if change.touches("memos", "coders"):
            self.panel.notes.reload()
        self.problem.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._refresh()
            self.panel.notes.reload()

    # -- commands ------------------------------------------------------------------------------------------------

    def run(self, key: str) -> None:
        """Do what a command of `commands.COMMANDS` says."""
        self._acts[key]()

    def add_case(self) -> None:
        """Go to the empty row of the cases and begin to type a name."""
        if self._session is None:
            return
        self._adding = True
        self.filter.clear()
        self._choose_page()
        self.cases.begin_row()

    def add_participant(self) -> None:
        """Go to the empty row of the participants and begin to type a pseudonym."""
        if self._session is None:
            return
        self._adding = True
        self.filter.clear()
        self._choose_page()
        self.people.begin_row()

    def next_pane(self, by: int) -> None:
        """Move the focus to the next of the parts that can be worked in."""
        parts = [self.filter, self.cases, self.people, self.panel.list, self.panel.notes.field]
        parts = [part for part in parts if part.isVisible() and part.isEnabled()]
        here = next((place for place, part in enumerate(parts) if part.hasFocus()), -by if by > 0 else 0)
        if parts:
            parts[(here + by) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the keys of the place before the window's shortcuts do."""
        if event.type() is QEvent.Type.ShortcutOverride and self._key_act(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the place say."""
        act = self._key_act(event)
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Escape and self.filter.hasFocus():
            self.filter.clear()
            self._active.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_acts(self) -> dict[str, Callable[[], object]]:
        rows, exchange = self.rows, self.exchange
        return {
            "cases.add": self.add_case,
            "cases.add_participant": self.add_participant,
            "cases.rename": lambda: self._active.begin_name(),
            "cases.delete": lambda: rows.ask_delete(self._active),
            "cases.up": lambda: rows.move_row(self._active, -1),
            "cases.down": lambda: rows.move_row(self._active, 1),
            "attribute.new": lambda: rows.ask_new(self._scope()),
            "attribute.edit": lambda: rows.ask_edit(self._active),
            "attribute.delete": lambda: rows.ask_delete_attribute(self._active),
            "attribute.left": lambda: rows.move_column(self._active, -1),
            "attribute.right": lambda: rows.move_column(self._active, 1),
            "cells.copy": lambda: exchange.copy(self._active),
            "cells.copy_headed": lambda: exchange.copy(self._active, headed=True),
            "cells.paste": lambda: exchange.paste(self._active),
            "cells.paste_sheet": lambda: exchange.paste_sheet(self._scope()),
            "cells.clear": lambda: exchange.clear(self._active),
            "cases.import": lambda: exchange.ask_file(self._scope()),
            "cases.filter": self._go_to_filter,
            "cases.next_pane": lambda: self.next_pane(1),
            "cases.previous_pane": lambda: self.next_pane(-1),
        }

    def _key_act(self, event: QEvent) -> Callable[[], object] | None:
        keys = commands.pressed(event)
        for command in commands.COMMANDS:
            if keys and keys in command.keys and not command.grid and self._session is not None:
                return self._acts[command.key]
        return None

    def _scope(self) -> AttributeScope:
        return self._active.model_.table.scope

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _connect(self) -> None:
        for grid, menu in ((self.cases, _CASE_MENU), (self.people, _PEOPLE_MENU)):
            grid.take_keys(self._keys)
            grid.focused.connect(lambda grid=grid: self._use(grid))
            grid.menu_asked.connect(lambda at, grid=grid, menu=menu: self._show_menu(grid, menu, at))
            grid.attribute_moved.connect(lambda key, by, grid=grid: self.rows.move_attribute(grid, key, by))
            grid.model_.refused.connect(self._on_refused)
            grid.cells.stepped.connect(self.problem.hide)
            grid.cells.closeEditor.connect(self._on_editor_closed)
        self.cases.row_pointed.connect(self._show_case)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.returnPressed.connect(lambda: self._active.setFocus(Qt.FocusReason.OtherFocusReason))
        self.only.toggled.connect(self._restrict)
        self.panel.document_asked.connect(self.document_asked)
        for source in (self.panel, self.panel.notes, self.rows, self.exchange):
            source.failed.connect(self.failed)
        for source in (self.rows, self.exchange):
            source.hinted.connect(self.hinted)

    def _use(self, grid: Grid) -> None:
        self._active = grid

    def _on_filter(self, typed: str) -> None:
        self.cases.model_.filter(typed)
        firms = set(self.cases.model_.rows)
        self.people.model_.filter(typed, besides=lambda row_id: self._people.people[row_id].case_id in firms)
        self._tell_counts()

    def _on_refused(self, error: KamCoderError) -> None:
        if isinstance(error, InvalidInput | NotFound):
            self.problem.tell(sentence(error))
        else:
            self.failed.emit(error)

    def _on_editor_closed(self, _editor: QWidget, how: QAbstractItemDelegate.EndEditHint) -> None:
        if how is QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.problem.hide()

    def _restrict(self) -> None:
        case_id = self.panel.case_id
        if self.only.isChecked():
            self.people.model_.restrict(lambda row_id: self._people.people[row_id].case_id == case_id)
        else:
            self.people.model_.restrict(None)
        self._tell_counts()

    def _show_case(self) -> None:
        case_id = self.cases.current_row() or ""
        if case_id != self.panel.case_id or self._session is None:
            name = self.cases.model_.table.field(case_id, NAME) if case_id else ""
            self.panel.show_case(self._session, case_id, name)
            if self.only.isChecked():
                self._restrict()

    def _refresh(self) -> None:
        present = {case.id for case in self._session.cases.all()} if self._session else set()
        if self.panel.case_id not in present:
            self.panel.notes.drop()
        for grid in (self.cases, self.people):
            grid.model_.refresh()
        case_id = self.cases.current_row() or ""
        if case_id == self.panel.case_id:
            self.panel.rename(self.cases.model_.table.field(case_id, NAME) if case_id else "")
            self.panel.reload()
        else:
            self._show_case()
        self._tell_counts()
        self._choose_page()

    def _choose_page(self) -> None:
        some = any(grid.model_.table.ids or grid.model_.table.attributes for grid in (self.cases, self.people))
        self._pages.setCurrentIndex(1 if some or self._adding else 0)
        self._tell_counts()

    def _tell_counts(self) -> None:
        for pane in self._panes:
            pane.tell_count()

    def _show_menu(self, grid: Grid, groups: tuple[tuple[str, ...], ...], at: QPoint) -> None:
        self._active = grid
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in groups:
            menu.addSeparator()
            for key in group:
                keys = "F2" if key == "cases.rename" and grid.currentIndex().column() == 0 else commands.keys_of(key)
                action = menu.addAction(commands.text_of(key) + (f"\t{keys}" if keys else ""))
                action.triggered.connect(lambda _=False, key=key: self.run(key))
        menu.popup(at)

    def _lay_out(self) -> None:
        self._panes = (
            GridPane(self.cases, self.tr("CASES   {count}")),
            GridPane(self.people, self.tr("PARTICIPANTS   {count}"), self.only),
        )
        self.grids = QSplitter(Qt.Orientation.Vertical)
        for pane in self._panes:
            self.grids.addWidget(pane)
        self.grids.setSizes([360, 260])
        left = QWidget()
        left.setProperty("part", "place")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self.grids, 1), (self.problem, 0)):
            column.addWidget(widget, stretch)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([980, 280])
        self.splitter.setCollapsible(0, False)
        self.panel.setMinimumWidth(180)
        for splitter in (self.splitter, self.grids):
            splitter.setHandleWidth(1)
        self.empty = EmptyState(
            self.tr("No cases yet"),
            self.tr(
                "A case is what you compare, a firm for example. Add the first one, import a sheet with one row a"
                " case, or paste a table copied from a spreadsheet."
            ),
            [self._action(key) for key in ("cases.add", "cases.import", "cells.paste_sheet")],
        )
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.splitter)

    def _action(self, key: str) -> QAction:
        """Return an action for a button; it is given to no widget, so that its keys are only shown."""
        action = QAction(commands.text_of(key), self)
        action.setShortcut(QKeySequence(commands.keys_of(key)))
        action.setToolTip(commands.tip_of(key))
        action.triggered.connect(lambda: self.run(key))
        return action


def _of_scope(change: ChangeSet, column: str) -> ChangeSet:
    rows = tuple(row for row in change.of("attribute_values") if row.row.get(column))
    return ChangeSet(change.operation, rows, change.origin)
