"""Tables of numbers and quotes: what is chosen above, the table, and the passages behind a cell beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.formats.tables.grid import shown
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.tables.builder import TableBuilder
from kamcoder.gui.tables.delegate import HeatDelegate
from kamcoder.gui.tables.model import GridModel
from kamcoder.gui.tables.passages import CellPassages
from kamcoder.gui.tables.saved import SavedTables
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.frozen_table import FrozenTable
from kamcoder.gui.widgets.grid_out import ask_grid_file, clipped
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.exporting import write_grid
from kamcoder.services.files import write_output
from kamcoder.services.messages import notice
from kamcoder.services.table_definition import TableDefinition
from kamcoder.services.table_words import IN_WORDS

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_NARROWEST, _WIDEST, _WIDEST_NAME, _WIDEST_WORDS = 72, 150, 240, 340
_HIGHEST = 240  # a row of quotes; the tool tip shows all of a cell
_AT_ONCE_S = 0.012  # how long codings are read before the window is drawn again


class NumbersView(QWidget):
    """A live table of an open project, made from what is chosen."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._session: Session | None = None
        self._told = ""  # the table that is shown, as it is remembered; a project that failed can no longer be asked
        self.actors = ActorReader(tasks, self)
        self.actors.ready.connect(self.refresh)
        self.builder = TableBuilder()
        self.builder.changed.connect(self.refresh)
        self.saved = SavedTables(self.builder.definition)
        self.saved.opened.connect(self._on_opened)
        self.title = ElidedLabel()
        self.title.setProperty("part", "title")
        self.rule = label("", "small", wrap=True)
        self.note = label("", "small", wrap=True)
        self.note.hide()
        self.model = GridModel(self)
        self.behind = CellPassages(theme)
        self.view = FrozenTable()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HeatDelegate(theme, self.view))
        self.view.setAccessibleName(self.tr("Table"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.setSortingEnabled(True)
        self.view.selectionModel().currentChanged.connect(self._on_cell)
        self.view.activated.connect(lambda _: self.behind.list.setFocus())
        self.behind.place_asked.connect(self.place_asked)
        self.behind.left.connect(self.view.setFocus)
        self.empty = EmptyState(
            self.tr("Nothing to count yet"),
            self.tr("A table needs cases and codes. Ctrl+2 goes to the cases, Ctrl+1 to documents and codebook."),
            [],
        )
        for signal, mine in (
            (self.saved.failed, self.failed),
            (self.saved.hinted, self.hinted),
            (self.saved.acted, self.acted),
        ):
            signal.connect(mine)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self._make_keys()
        self._lay_out()
        self.setFocusProxy(self.view)

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Let go of one project for another; `follow` shows its table."""
        self._session = session
        self.actors.load(session)
        self._soon.stop()
        self.behind.show_cell(None, "", ())
        self.saved.load(session)
        self.model.load(None)
        self._told = ""

    def on_changed(self, change: ChangeSet) -> None:
        """Let go of what a change made stale, seen or not."""
        self.behind.on_changed(change)

    def follow(self) -> None:
        """Make the table anew after a change of the project."""
        self.builder.offer(self._session)
        self.saved.tell()
        self.refresh()

    def definition(self) -> TableDefinition:
        """Return the table that is chosen."""
        return self.builder.definition()

    def remembered(self) -> dict[str, str]:
        """Return what is chosen, for the next time."""
        return {"table": self._told, "saved": self.saved.current_id}

    def recall(self, chosen: Mapping[str, str]) -> None:
        """Choose what was chosen the last time; what cannot be read is left alone."""
        if self._session is None or not chosen.get("table"):
            return
        try:
            definition = self._session.saved_tables.understood(chosen["table"])
        except KamCoderError:
            return
        self.builder.offer(self._session)
        self.builder.choose(definition)
        self._told = chosen["table"]
        self.saved.recall(chosen.get("saved", ""))

    # -- commands ------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the table as it is shown, for a spreadsheet or a word processor."""
        grid = self.model.shown_grid()
        if grid is None:
            return
        QGuiApplication.clipboard().setMimeData(clipped(grid))
        self.hinted.emit(self.tr("The table is on the clipboard; it pastes into a spreadsheet or a text."))

    def ask_file(self) -> QFileDialog:
        """Ask where to write the table, and write it in the format of the ending."""
        return ask_grid_file(self, self.tr("Export table"), "table.xlsx", self.write)

    def write(self, path: Path) -> None:
        """Write the table as it is shown into a file."""
        grid = self.model.shown_grid()
        if grid is None:
            return
        try:
            write_output(path, write_grid(grid, path))
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.hinted.emit(self.tr("Wrote {file}.").format(file=path.name))

    def refresh(self) -> None:
        """Make the table; the codings of a large project are read piece by piece before."""
        session = self._session
        if session is None:
            self.model.load(None)
            return
        try:
            read, documents = session.tables.read_some(_AT_ONCE_S)
            if read < documents:
                self.rule.setText(
                    self.tr("Reading codings: {read} of {documents} documents").format(read=read, documents=documents)
                )
                self._soon.start(0)
                return
            definition = self.definition()
            if definition.of_actors and not self.actors.ask():
                self.rule.setText(self.tr("Looking for actors in the texts…"))
                return
            made = session.tables.make(definition)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._show(made)

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        for keys, act in (
            ("Ctrl+C", self.copy),
            ("Ctrl+E", self.ask_file),
            ("Ctrl+S", self.saved.save),
            ("Ctrl+T", self.builder.swap),
        ):
            action = QAction(self.view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            self.view.addAction(action)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        sheet = QWidget(self.splitter)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 6, 0, 0)
        column.setSpacing(6)
        for widget in (self.builder, self.title, self.rule, self.note):
            column.addWidget(widget)
        page = QWidget(sheet)
        self._pages = QStackedLayout(page)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        column.addWidget(page, 1)
        self.splitter.addWidget(self.behind)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([940, 320])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _show(self, made: Any) -> None:
        row, column = self.model.keys(self.view.currentIndex())
        head = self.view.horizontalHeader()
        sorted_by, order = head.sortIndicatorSection(), head.sortIndicatorOrder()
        self.model.load(made)
        self.title.setText(made.grid.title)
        self.rule.setText(made.grid.rule)
        self._pages.setCurrentWidget(self.view if made.grid.rows and made.columns else self.empty)
        if 0 <= sorted_by < self.model.columnCount():
            self.model.sort(sorted_by, order)
        self._fit()
        self.view.freeze(self._names())
        again = self.model.find(row, column)
        if again.isValid():
            self.view.setCurrentIndex(again)
        self._on_cell()
        self.saved.tell()
        if self._session is not None:
            self._told = self._session.saved_tables.told(self.definition())

    def _names(self) -> int:
        """Return how many columns tell which row it is: its name, and its group."""
        return 2 if self.model.made is not None and self.model.made.groups else 1

    def _fit(self) -> None:
        in_words = self.definition().measure in IN_WORDS
        self.view.setWordWrap(in_words)
        grid = self.model.grid
        metrics = self.view.horizontalHeader().fontMetrics()
        for column in range(self.model.columnCount()):
            widest = _WIDEST_NAME if not column else _WIDEST
            if in_words and grid and not grid.columns[column].is_header:
                widest = _WIDEST_WORDS
            longest = max((metrics.horizontalAdvance(word) for word in self._head(column).split()), default=0) + 22
            needed = max(self._longest(column), longest, _NARROWEST)
            self.view.setColumnWidth(column, min(needed, max(widest, longest)))
        heights = [self._head_height(column) for column in range(self.model.columnCount())]
        self.view.horizontalHeader().setFixedHeight(max(heights, default=metrics.lineSpacing()) + 14)
        rows = self.view.verticalHeader()
        rows.setMaximumSectionSize(_HIGHEST if in_words else -1)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 12)
        if in_words:
            self.view.resizeRowsToContents()
        else:
            for row in range(self.model.rowCount()):
                if rows.sectionSize(row) != rows.defaultSectionSize():
                    self.view.setRowHeight(row, rows.defaultSectionSize())

    def _longest(self, column: int) -> int:
        """Return the room for what stands in a column; asking the view for it would take longer than counting."""
        made = self.model.made
        if made is None:
            return 0
        lines = [*made.grid.rows, *([made.grid.totals] if made.grid.totals else [])]
        texts = sorted({shown(line[column], made.grid.columns[column]) for line in lines}, key=len)[-3:]
        bold = QFontMetrics(self.model.bold)
        return max((bold.horizontalAdvance(text[:80]) for text in texts), default=0) + 18

    def _head(self, column: int) -> str:
        return str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")

    def _head_height(self, column: int) -> int:
        room = QRect(0, 0, self.view.columnWidth(column) - 16, 10_000)
        metrics = self.view.horizontalHeader().fontMetrics()
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._head(column)).height()

    def open_table(self, definition: TableDefinition) -> None:
        """Show a table that is not one of those saved."""
        self.saved.open_ready(definition)

    def _on_opened(self, definition: TableDefinition, notices: tuple[Any, ...]) -> None:
        self.builder.choose(definition)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.note.setText(" ".join(map(notice, notices)))
        self.note.setVisible(bool(notices))
        self.refresh()

    def _on_cell(self) -> None:
        index = self.view.currentIndex()
        self.behind.show_cell(self._session, self.model.title(index), self.model.coding_ids(index))
