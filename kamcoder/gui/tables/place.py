"""The place of tables: choose rows, columns and what a cell tells; read; open a cell; hand the table out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.analysis.measures import Measure
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.tables import words
from kamcoder.gui.tables.delegate import HeatDelegate
from kamcoder.gui.tables.model import GridModel
from kamcoder.gui.tables.passages import CellPassages
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.exporting import GRID_FORMATS, clip, write_grid
from kamcoder.services.files import write_output
from kamcoder.services.table_definition import TableAxis, TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = ("codings", "codes", "cases", "documents", "document_cases", "participants", "attributes")
_MORE_TABLES = ("attribute_values", "speakers", "turns", "coders", "summaries")
_NARROWEST, _WIDEST, _WIDEST_WORDS = 72, 150, 340
_TOP = ""


class TablesPlace(QWidget):
    """A live table of an open project; hidden it only notes that it is out of date."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    document_asked = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._session: Session | None = None
        self._stale = False
        self._filling = False
        self.rows, self.columns, self.measure, self.coder = (QComboBox() for _ in range(4))
        for box, name in (
            (self.rows, self.tr("Rows")),
            (self.columns, self.tr("Columns")),
            (self.measure, self.tr("A cell tells")),
            (self.coder, self.tr("Coder")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(240)
            box.currentIndexChanged.connect(self._on_chosen)
        self.attributes = QCheckBox(self.tr("Attributes"))
        self.attributes.setToolTip(self.tr("Show what is known of the rows beside their names"))
        self.attributes.setChecked(True)
        self.attributes.toggled.connect(self._on_chosen)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.export_button = QPushButton(self.tr("Export…"))
        for button, act in ((self.copy_button, self.copy), (self.export_button, self.ask_file)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
        self.title = ElidedLabel()
        self.title.setProperty("part", "title")
        self.rule = label("", "small", wrap=True)
        self.model = GridModel(self)
        self.behind = CellPassages()
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HeatDelegate(theme, self.view))
        self.view.setAccessibleName(self.tr("Table"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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
        self.empty = EmptyState(
            self.tr("Nothing to count yet"),
            self.tr("A table needs cases and codes. Ctrl+2 goes to the cases, Ctrl+1 to documents and codebook."),
            [],
        )
        self._lay_out()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show tables of a project; nothing for None."""
        self._session = session
        self.behind.show_cell(None, "", ())
        self._offer()
        self._refresh()

    def flush(self) -> None:
        """Write what is typed and not written yet."""

    def use_coder(self) -> None:
        """Follow who codes now."""

    def run(self, key: str) -> None:
        """Do what a command of `actions.TABLE_ACTIONS` says."""
        {"tables.copy": self.copy, "tables.export": self.ask_file}[key]()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if not change.touches(*_TABLES, *_MORE_TABLES):
            return
        if self.isVisible():
            self._follow()
        else:
            self._stale = True

    def definition(self) -> TableDefinition:
        """Return the table that is chosen."""
        book = self._session.codebook.all() if self._session else None
        rows = self.rows.currentData()
        below, coder = self.columns.currentData(), self.coder.currentData()
        codes: tuple[str, ...] | None = None
        if book is not None and below and below in book:
            codes = tuple(code.id for code in book.children(below)) or (below,)
        return TableDefinition(
            rows=TableAxis(rows) if rows else TableAxis.CASES,
            code_ids=codes,
            measure=Measure(self.measure.currentData() or Measure.PASSAGES),
            coder_ids=frozenset({coder}) if coder else None,
            attributes=self.attributes.isChecked(),
        )

    # -- commands ------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the table, for a spreadsheet or a word processor."""
        if self.model.grid is None:
            return
        clipping = clip(self.model.grid)
        data = QMimeData()
        data.setText(clipping.text)
        data.setHtml(clipping.html)
        QGuiApplication.clipboard().setMimeData(data)
        self.hinted.emit(self.tr("The table is on the clipboard; it pastes into a spreadsheet or a text."))

    def ask_file(self) -> QFileDialog:
        """Ask where to write the table, and write it in the format of the ending."""
        dialog = QFileDialog(self, self.tr("Export table"), "table.xlsx")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        patterns = " ".join(f"*{ending}" for ending in GRID_FORMATS)
        dialog.setNameFilters([self.tr("Tables ({patterns})").format(patterns=patterns)])
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()
        return dialog

    def write(self, path: Path) -> None:
        """Write the table into a file."""
        if self.model.grid is None:
            return
        try:
            write_output(path, write_grid(self.model.grid, path))
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.hinted.emit(self.tr("Wrote {file}.").format(file=path.name))

    # -- Qt ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the table."""
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        for words_, box in (
            (self.tr("Rows"), self.rows),
            (self.tr("Columns"), self.columns),
            (self.tr("A cell tells"), self.measure),
            (self.tr("Coder"), self.coder),
        ):
            bar.addWidget(label(words_, "small"))
            bar.addWidget(box)
            bar.addSpacing(6)
        bar.addWidget(self.attributes)
        bar.addStretch()
        bar.addWidget(self.copy_button)
        bar.addWidget(self.export_button)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 10, 0, 0)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.title)
        column.addWidget(self.rule)
        column.addWidget(self.view, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(sheet)
        self.splitter.addWidget(self.behind)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([940, 320])
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self.empty)

    def _offer(self) -> None:
        """Fill the choices, keeping what is chosen where it still exists."""
        session = self._session
        rows = [(words.translated(text), axis.value) for axis, text in words.ROWS.items()]
        measures = [(words.translated(text), measure.value) for measure, text in words.MEASURES.items()]
        columns, coders = [(self.tr("top of the codebook"), _TOP)], [(self.tr("all coders"), "")]
        if session is not None:
            book = session.codebook.all()
            columns += [
                (self.tr("below {code}").format(code=book.path(code.id)), code.id)
                for _, code in book.walk()
                if book.children(code.id)
            ]
            coders += [(coder.name, coder.id) for coder in session.coders.all()]
        self._filling = True
        boxes = (self.rows, self.columns, self.measure, self.coder)
        for box, entries in zip(boxes, (rows, columns, measures, coders), strict=True):
            chosen = box.currentData()
            box.clear()
            for text, data in entries:
                box.addItem(text, data)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._filling = False

    def _follow(self) -> None:
        self._stale = False
        self._offer()
        self._refresh()

    def _refresh(self) -> None:
        session = self._session
        if session is None:
            self.model.load(None)
            return
        try:
            made = session.tables.make(self.definition())
        except KamCoderError as error:
            self.failed.emit(error)
            return
        head = self.view.horizontalHeader()
        sorted_by, order = head.sortIndicatorSection(), head.sortIndicatorOrder()
        self.model.load(made)
        self.title.setText(made.grid.title)
        self.rule.setText(made.grid.rule)
        self._pages.setCurrentWidget(self.splitter if made.grid.rows and made.columns else self.empty)
        if 0 <= sorted_by < self.model.columnCount():
            self.model.sort(sorted_by, order)
        self._fit()
        self._on_cell()

    def _fit(self) -> None:
        in_words = self.definition().measure in words.IN_WORDS
        self.view.setWordWrap(in_words)
        grid = self.model.grid
        metrics = self.view.horizontalHeader().fontMetrics()
        for column in range(self.model.columnCount()):
            widest = _WIDEST_WORDS if in_words and grid and not grid.columns[column].is_header else _WIDEST
            longest = max((metrics.horizontalAdvance(word) for word in self._head(column).split()), default=0) + 22
            needed = max(self.view.sizeHintForColumn(column) + 14, longest, _NARROWEST)
            self.view.setColumnWidth(column, min(needed, max(widest, longest)))
        heights = [self._head_height(column) for column in range(self.model.columnCount())]
        self.view.horizontalHeader().setFixedHeight(max(heights, default=metrics.lineSpacing()) + 14)
        if in_words:
            self.view.resizeRowsToContents()
        else:
            self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)

    def _head(self, column: int) -> str:
        return str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")

    def _head_height(self, column: int) -> int:
        room = QRect(0, 0, self.view.columnWidth(column) - 16, 10_000)
        metrics = self.view.horizontalHeader().fontMetrics()
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._head(column)).height()

    def _on_chosen(self) -> None:
        if not self._filling:
            self._refresh()

    def _on_cell(self) -> None:
        index = self.view.currentIndex()
        self.behind.show_cell(self._session, self.model.title(index), self.model.coding_ids(index))
