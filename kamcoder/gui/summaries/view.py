"""The summary grid: cases × codes, the text of a cell and its passages beside it, and how far the writing is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.analysis.measures import Measure
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.summary import SummaryState
from kamcoder.formats.tables.grid import Grid
from kamcoder.gui.summaries.delegate import SummaryDelegate
from kamcoder.gui.summaries.editor import SummaryEditor
from kamcoder.gui.summaries.model import FIRST, WHOLE, CellRole, SummaryModel
from kamcoder.gui.tables.passages import CellPassages
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.frozen_table import FrozenTable
from kamcoder.gui.widgets.grid_out import ask_grid_file, clipped
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.exporting import write_grid
from kamcoder.services.files import write_output
from kamcoder.services.summary_grid import summary_grid
from kamcoder.services.table_definition import TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_WRITING = ("summaries", "summary_links")
_COLUMN, _NAMES = 250, 110


class SummariesView(QWidget):
    """Writing across cases and codes; what is typed is saved by itself."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._filling = False
        self._recount = True
        self.columns, self.coder = QComboBox(), QComboBox()
        for box, name in ((self.columns, self.tr("Columns")), (self.coder, self.tr("Passages of"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(260)
            box.currentIndexChanged.connect(self._on_chosen)
        self.progress = ElidedLabel()
        self.progress.setProperty("part", "small")
        self.next_button = QPushButton(self.tr("Next to write"))
        self.next_button.setToolTip(self.tr("Go to the next cell with passages and no words, or with a draft (N)"))
        self.next_button.setProperty("part", "link")
        self.next_button.clicked.connect(self.go_next)
        self.model = SummaryModel(self)
        self.view = FrozenTable()
        self.view.setModel(self.model)
        self.delegate = SummaryDelegate(theme, self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.setAccessibleName(self.tr("Summaries"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.editor = SummaryEditor(theme)
        self.behind = CellPassages(theme)
        self.empty = EmptyState(
            self.tr("Nothing to write on yet"),
            self.tr("Summaries need cases and codes. Ctrl+2 goes to the cases, Ctrl+1 to documents and codebook."),
            [],
        )
        self._connect(theme)
        self._lay_out()
        self.setFocusProxy(self.view)

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Let go of one project for another; `follow` shows its grid. What is typed must have been flushed."""
        if session is not self._session:
            self.editor.drop()
        self._session = session
        self._recount = True
        self.behind.show_cell(None, "", ())
        self.model.load(None)

    def flush(self) -> None:
        """Write what is typed and not written yet."""
        self.editor.save()

    def use_coder(self) -> None:
        """Write as who codes now."""
        self.editor.save()
        self.editor.use_coder()

    def on_changed(self, change: ChangeSet) -> None:
        """Let go of what a change made stale, seen or not."""
        self.behind.on_changed(change)
        self.editor.on_changed(change)
        if any(row.table not in _WRITING for row in change.changes):
            self._recount = True

    def follow(self) -> None:
        """Show the grid as it is after a change of the project."""
        if self._recount or self.model.grid is None:
            self._offer()
            self.refresh()
        else:
            self.model.read()
            self._tell()

    def remembered(self) -> dict[str, str]:
        """Return what is chosen, for the next time."""
        return {"columns": str(self.columns.currentData() or ""), "coder": str(self.coder.currentData() or "")}

    def recall(self, chosen: Mapping[str, str]) -> None:
        """Choose what was chosen the last time, where it still exists."""
        self._offer()
        self._filling = True
        for box, name in ((self.columns, "columns"), (self.coder, "coder")):
            box.setCurrentIndex(max(0, box.findData(chosen.get(name, ""))))
        self._filling = False

    # -- commands ------------------------------------------------------------------------------------------------

    def go_next(self) -> None:
        """Go to the next cell that waits for words, from where the caret is and round again."""
        here = self.view.currentIndex()
        width, height = self.model.columnCount() - FIRST, self.model.rowCount() - 1
        if width < 1 or height < 1:
            return
        start = max(here.row() - 1, 0) * width + here.column() - FIRST if here.isValid() and here.row() else -1
        for step in range(1, width * height + 1):
            row, column = divmod((start + step) % (width * height), width)
            index = self.model.index(row + 1, column + FIRST)
            if index.data(CellRole).state in (SummaryState.WAITING, SummaryState.DRAFT):
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                return
        self.hinted.emit(self.tr("Everything that has passages is written."))

    def copy(self) -> None:
        """Copy the summaries as a table."""
        grid = self._grid()
        if grid is not None:
            QGuiApplication.clipboard().setMimeData(clipped(grid))
            self.hinted.emit(self.tr("The summaries are on the clipboard; they paste into a spreadsheet or a text."))

    def ask_file(self) -> QFileDialog:
        """Ask where to write the summaries as a table."""
        return ask_grid_file(self, self.tr("Export summaries"), "summaries.docx", self.write)

    def write(self, path: Path) -> None:
        """Write the summaries into a file."""
        grid = self._grid()
        if grid is None:
            return
        try:
            write_output(path, write_grid(grid, path))
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.hinted.emit(self.tr("Wrote {file}.").format(file=path.name))

    def refresh(self) -> None:
        """Count the passages anew and show the grid."""
        session = self._session
        here = self.editor.cell
        if session is None:
            self.model.load(None)
            self.editor.drop()
            return
        below, level = self._chosen()
        coder = str(self.coder.currentData() or "")
        try:
            grid = summary_grid(session, below=below, level=level, coder_ids=frozenset({coder}) if coder else None)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._recount = False
        self.model.load(grid)
        self._fit()
        self._pages.setCurrentWidget(self.view if grid.cases and grid.codes else self.empty)
        index = self.model.find(here)
        if here is not None and not index.isValid():
            self.editor.drop()
        if not index.isValid() and self.model.rowCount() > 1:
            index = self.model.index(1, FIRST)
        self.view.setCurrentIndex(index)
        self._on_cell()
        self._tell()

    # -- inside --------------------------------------------------------------------------------------------------

    def _connect(self, theme: Theme) -> None:
        self.view.selectionModel().currentChanged.connect(self._on_cell)
        self.view.activated.connect(lambda _: self.editor.setFocus())
        self.editor.left.connect(self.view.setFocus)
        self.editor.failed.connect(self.failed)
        self.editor.written.connect(self._on_written)
        self.editor.passage_wanted.connect(self._insert)
        self.editor.text.mark_chosen.connect(self.behind.point)
        self.editor.text.mark_opened.connect(self._open)
        self.behind.place_asked.connect(self.place_asked)
        self.behind.left.connect(self.editor.setFocus)
        theme.changed.connect(self.view.viewport().update)
        for widget, keys, act in (
            (self.view, "N", self.go_next),
            (self.view, "Ctrl+C", self.copy),
            (self.view, "Ctrl+E", self.ask_file),
            (self.behind.list, "Ctrl+L", self._insert),
            (self.behind.list, "Insert", self._insert),
        ):
            action = QAction(widget)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            widget.addAction(action)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        sheet = QWidget(self.splitter)
        page = QWidget(sheet)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        for text, box in ((self.tr("Columns"), self.columns), (self.tr("Passages of"), self.coder)):
            bar.addWidget(label(text, "small"))
            bar.addWidget(box)
            bar.addSpacing(6)
        bar.addWidget(self.progress, 1)
        bar.addWidget(self.next_button)
        self._pages = QStackedLayout(page)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 6, 0, 0)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(page, 1)
        self.beside = QSplitter(Qt.Orientation.Vertical, self.splitter)
        self.beside.setHandleWidth(1)
        self.beside.addWidget(self.editor)
        self.beside.addWidget(self.behind)
        self.beside.setChildrenCollapsible(False)
        self.beside.setSizes([300, 400])
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([860, 420])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _offer(self) -> None:
        session = self._session
        codes, coders = [(self.tr("top of the codebook"), "1:")], [(self.tr("all coders"), "")]
        if session is not None:
            book = session.codebook.all()
            depth = max((depth for depth, _ in book.walk(depth=1)), default=1)
            codes += [(self.tr("level {number}").format(number=number), f"{number}:") for number in range(2, depth + 1)]
            codes += [
                (self.tr("below {code}").format(code=book.path(code.id)), f"1:{code.id}")
                for _, code in book.walk()
                if book.children(code.id)
            ]
            coders += [(coder.name, coder.id) for coder in session.coders.all()]
        self._filling = True
        for box, entries in ((self.columns, codes), (self.coder, coders)):
            chosen = box.currentData()
            box.clear()
            for text, data in entries:
                box.addItem(text, data)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._filling = False

    def _chosen(self) -> tuple[str | None, int]:
        level, _, below = str(self.columns.currentData() or "1:").partition(":")
        return below or None, int(level)

    def _grid(self) -> Grid | None:
        self.editor.save()
        session, (below, level) = self._session, self._chosen()
        if session is None:
            return None
        return session.tables.grid(TableDefinition(measure=Measure.SUMMARY, below=below, level=level, attributes=False))

    def _fit(self) -> None:
        names = [self.view.sizeHintForColumn(0) + 16, _NAMES]
        self.view.setColumnWidth(0, min(max(names), 220))
        for column in range(WHOLE, self.model.columnCount()):
            self.view.setColumnWidth(column, _COLUMN)
        metrics = self.view.horizontalHeader().fontMetrics()
        self.view.horizontalHeader().setFixedHeight(2 * metrics.lineSpacing() + 14)
        self.view.verticalHeader().setDefaultSectionSize(self.delegate.height(self.view.font()))
        top = (self.model.index(0, column).data(CellRole) for column in range(WHOLE, self.model.columnCount()))
        if not any(found is not None and found.summary is not None for found in top):
            # Nothing is written on all cases yet: the line needs little room.
            self.view.setRowHeight(0, 2 * metrics.lineSpacing() + 12)
        self.view.freeze(1)

    def _tell(self) -> None:
        grid = self.model.grid
        counts = grid.progress() if grid is not None else {}
        if not counts:
            self.progress.setText("")
            return
        parts = [
            self.tr("{count} of {all} written").format(count=counts[SummaryState.WRITTEN], all=sum(counts.values()))
        ]
        for state, text in (
            (SummaryState.DRAFT, self.tr("◐ drafts: {count}")),
            (SummaryState.WAITING, self.tr("○ to write: {count}")),
            (SummaryState.EMPTY, self.tr("without passages: {count}")),
        ):
            if counts[state]:
                parts.append(text.format(count=counts[state]))
        self.progress.setText("● " + "  ·  ".join(parts))

    def _on_chosen(self) -> None:
        if not self._filling:
            self.editor.save()
            self.refresh()

    def _on_cell(self) -> None:
        index, grid = self.view.currentIndex(), self.model.grid
        cell = self.model.cell(index)
        ids = grid.coding_ids(cell) if grid is not None and cell is not None else ()
        title = self.model.title(index)
        self.editor.show_cell(self._session, cell, title, ids)
        self.behind.show_cell(self._session, title, ids)

    def _on_written(self) -> None:
        self.model.read()
        self._tell()

    def _insert(self) -> None:
        ids = self.behind.coding_ids()
        if ids:
            self.editor.insert(ids)
            self.editor.setFocus()

    def _open(self, coding_id: str) -> None:
        session = self._session
        if session is None:
            return
        for span in session.tables.spans([coding_id]):
            self.place_asked.emit(span.document_id, span.start, span.end)
