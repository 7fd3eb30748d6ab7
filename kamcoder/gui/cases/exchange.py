"""To and from spreadsheets: the clipboard, and sheets in files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from kamcoder.domain.case import AttributeScope
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.cases import blocks, tab_text
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.cases.sheet_dialog import SheetDialog
from kamcoder.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from kamcoder.services.session import Session
    from kamcoder.services.sheet_plans import Sheet


class Exchange(QObject):
    """Copies and pastes blocks of a grid, and takes whole sheets in after a look at them. `taken` gives the report."""

    failed = Signal(object)
    hinted = Signal(str)
    taken = Signal(object)

    def __init__(self, window: QWidget, tasks: TaskRunner, session: Callable[[], Session | None]) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._session = session

    def copy(self, grid: Grid, *, headed: bool = False) -> None:
        """Put the selected cells on the clipboard."""
        text = blocks.copied(grid, headed=headed)
        if text:
            QGuiApplication.clipboard().setText(text)

    def paste(self, grid: Grid) -> SheetDialog | None:
        """Paste a block from the current cell on; a table with a header row is shown first."""
        cells = self._cells()
        if not cells:
            return None
        model = grid.model_
        untouched = not model.rows and not model.table.attributes and len(cells) > 1 and len(cells[0]) > 1
        if untouched or blocks.looks_headed(grid, cells):
            return self._ask(cells, model.table.scope)
        said = blocks.pasted(grid, cells)
        if said:
            self.hinted.emit(said)
        return None

    def paste_sheet(self, scope: AttributeScope) -> SheetDialog | None:
        """Show what the table on the clipboard would do, its first row being the header."""
        cells = self._cells()
        return self._ask(cells, scope) if cells else None

    def clear(self, grid: Grid) -> None:
        """Make the selected values unknown."""
        said = blocks.cleared(grid)
        if said:
            self.hinted.emit(said)

    def ask_file(self, scope: AttributeScope) -> QFileDialog:
        """Show the dialog that chooses a sheet."""
        dialog = QFileDialog(self._window, self.tr("Import sheet"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Sheets ({patterns})").format(patterns="*.csv *.tsv *.txt *.xlsx"), self.tr("All files (*)")]
        )
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Look at it"))
        dialog.fileSelected.connect(lambda file: self.read(Path(file), scope))
        dialog.open()
        return dialog

    def read(self, path: Path, scope: AttributeScope) -> None:
        """Read a sheet beside the window, then show what it would do."""
        session = self._session()

        def work(*, progress: Callable[[int, int, str], None]) -> Sheet:
            from kamcoder.services.sheet_plans import open_sheet

            progress(0, 1, path.name)
            return open_sheet(path)

        def done(sheet: Sheet) -> None:
            if session is not None and self._session() is session:
                self.show_sheet(sheet, scope)

        self._tasks.start(self.tr("Reading {file}").format(file=path.name), work, done=done, failed=self.failed.emit)

    def show_sheet(self, sheet: Sheet, scope: AttributeScope, *, pasted: bool = False) -> SheetDialog | None:
        """Show what a sheet would do."""
        session = self._session()
        if session is None:
            return None
        dialog = SheetDialog(
            session,
            sheet,
            scope,
            title=self.tr("Paste as sheet") if pasted else self.tr("Import {file}").format(file=sheet.name),
            verb=self.tr("Paste") if pasted else self.tr("Import"),
            parent=self._window,
        )
        dialog.taken.connect(self.taken)
        dialog.open()
        return dialog

    def _cells(self) -> list[list[str]]:
        cells = tab_text.parse(QGuiApplication.clipboard().text())
        if not cells:
            self.hinted.emit(self.tr("There is no text on the clipboard; copy cells in the spreadsheet first."))
        elif len(cells) * len(cells[0]) > tab_text.MOST_CELLS:
            self.hinted.emit(
                self.tr("The clipboard holds more than {count} cells; import the sheet as a file.").format(
                    count=tab_text.MOST_CELLS
                )
            )
            return []
        return cells

    def _ask(self, cells: list[list[str]], scope: AttributeScope) -> SheetDialog | None:
        from kamcoder.services.sheet_plans import sheet_of

        try:
            sheet = sheet_of(cells, name=self.tr("The clipboard"))
        except KamCoderError as error:
            self.failed.emit(error)
            return None
        return self.show_sheet(sheet, scope, pasted=True)
