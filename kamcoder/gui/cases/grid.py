"""The view of a grid: moves and edits like a spreadsheet, and keeps its place when its rows are made anew."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from kamcoder.gui.cases.commands import pressed
from kamcoder.gui.cases.editors import CellDelegate
from kamcoder.gui.cases.grid_model import GridModel, Index
from kamcoder.gui.cases.tables import NAME

_ROW_HEIGHT = 30
_NARROWEST, _WIDEST = 84, 280
_SAMPLE = 200  # rows that decide how wide a column is at first
_PRINTABLE = 32


class Grid(QTableView):
    """A table view for a GridModel. `row_pointed` tells the id of the current row, empty for that of a new one."""

    row_pointed = Signal(str)
    menu_asked = Signal(QPoint)
    attribute_moved = Signal(str, int)
    focused = Signal()

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = model
        self._keys: Mapping[str, Callable[[], object]] = {}
        self._widths: dict[str, int] = {}
        self._place: tuple[str | None, str, int] = (None, NAME, 0)
        self.cells = CellDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setProperty("part", "grid")
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_headers()
        self.cells.stepped.connect(self._on_stepped)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)

    def take_keys(self, keys: Mapping[str, Callable[[], object]]) -> None:
        """Let keys, written as in commands, do something in this grid."""
        self._keys = keys

    # -- places --------------------------------------------------------------------------------------------------

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one, or the nearest there is."""
        rows, columns = self.model_.rowCount(), self.model_.columnCount()
        if rows and columns:
            index = self.model_.index(min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))
            # The view itself would look at the keys that are held: with Ctrl or Shift it would select more, or nothing.
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def point(self, row_id: str) -> None:
        """Make the row with this id the current one."""
        row = self.model_.row_of(row_id)
        if row >= 0:
            self.go(row, max(self.currentIndex().column(), 0))

    def begin_row(self) -> None:
        """Go to the empty row and begin to type a name."""
        self.go(self.model_.rowCount() - 1, 0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(self.currentIndex())

    def begin_name(self) -> None:
        """Begin to edit the name of the current row."""
        self.go(self.currentIndex().row(), 0)
        self.edit(self.currentIndex())

    def current_row(self) -> str | None:
        """Return the id of the current row; None on the empty one or if there is none."""
        return self.model_.row_id(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def current_key(self) -> str:
        """Return the key of the current column, empty if there is none."""
        index = self.currentIndex()
        return self.model_.column(index.column()).key if index.isValid() else ""

    def selected_rows(self) -> list[str]:
        """Return the ids of the rows with a selected cell, from top to bottom."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [row_id for row_id in map(self.model_.row_id, rows) if row_id is not None]

    def block(self) -> tuple[list[int], list[int]]:
        """Return rows and columns of the smallest block around what is selected; columns as they are seen."""
        cells = self.selectedIndexes() or [self.currentIndex()]
        cells = [index for index in cells if index.isValid()]
        rows = sorted({index.row() for index in cells})
        places = sorted({self.horizontalHeader().visualIndex(index.column()) for index in cells})
        if not rows:
            return [], []
        span = range(places[0], places[-1] + 1)
        return list(range(rows[0], rows[-1] + 1)), [self.horizontalHeader().logicalIndex(place) for place in span]

    def select_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Select a block of cells."""
        self.go(top, left)
        chosen = QItemSelection(self.model_.index(top, left), self.model_.index(bottom, right))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the keys of the grid and all that types before the window's shortcuts do."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            types = len(event.text()) == 1 and ord(event.text()) >= _PRINTABLE and not _commanding(event)
            if types or pressed(event) in self._keys:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the grid say; move down with Enter; the rest as every table."""
        act = self._keys.get(pressed(event))
        if act is not None:
            act()
        elif pressed(event) in ("Return", "Enter", "Shift+Return", "Shift+Enter"):
            step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.go(self.currentIndex().row() + step, self.currentIndex().column())
        elif _commanding(event) and event.key() in (Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that this is the grid that is worked in."""
        super().focusInEvent(event)
        self.focused.emit()

    def edit(self, index: QModelIndex, *how: object) -> bool:  # type: ignore[override]
        """Open an editor; a list falls open if the mouse asked for it."""
        self.cells.pointed = bool(how) and how[0] is QAbstractItemView.EditTrigger.DoubleClicked
        return bool(super().edit(index, *how))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.row_pointed.emit(self.current_row() or "")

    # -- inside --------------------------------------------------------------------------------------------------

    def _set_up_headers(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(48)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)  # the style would draw it over the title; the model writes it before
        side = self.verticalHeader()
        side.setDefaultSectionSize(_ROW_HEIGHT)
        side.setSectionsClickable(False)
        side.setMaximumWidth(160)
        side.setTextElideMode(Qt.TextElideMode.ElideRight)
        side.hide()
        # Out of sight, the name of a row stands at its side.
        self.horizontalScrollBar().valueChanged.connect(lambda value: side.setVisible(value > 0))

    def _on_stepped(self, row: int, column: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go(row, column)

    def _on_header_menu(self, at: QPoint) -> None:
        column = self.horizontalHeader().logicalIndexAt(at)
        if column >= 0:
            self.go(max(self.currentIndex().row(), 0), column)
        self.menu_asked.emit(self.horizontalHeader().mapToGlobal(at))

    def _on_resized(self, column: int, _old: int, width: int) -> None:
        if column < self.model_.columnCount():
            self._widths[self.model_.column(column).key] = width

    def _on_moved(self, column: int, old: int, new: int) -> None:
        """Put the section back where it was: the order is the project's, and comes with its change."""
        header = self.horizontalHeader()
        if old == new or header.visualIndex(column) == old:
            return
        header.blockSignals(True)
        header.moveSection(new, old)
        header.blockSignals(False)
        self.viewport().update()
        if self.model_.column(column).attribute is not None:
            self.attribute_moved.emit(self.model_.column(column).key, new - old)

    def _on_about_to_reset(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._place = (self.current_row(), self.current_key(), index.row())

    def _on_reset(self) -> None:
        header = self.horizontalHeader()
        column, order = self.model_.sorted_by
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        for place, shown in enumerate(self.model_.columns):
            if shown.key not in self._widths:
                self._widths[shown.key] = self._wanted_width(place)
            header.resizeSection(place, self._widths[shown.key])
        header.blockSignals(False)
        self.updateGeometries()
        row_id, key, row = self._place
        found = self.model_.row_of(row_id) if row_id else row
        self.go(found if found >= 0 else row, max(self.model_.column_of(key), 0))
        self.row_pointed.emit(self.current_row() or "")

    def _wanted_width(self, column: int) -> int:
        header, cells = self.horizontalHeader().sectionSizeHint(column), self.fontMetrics()
        last = self.model_.index(self.model_.rowCount() - 1, column).data()
        widest = cells.horizontalAdvance(last or "")
        for row in range(min(len(self.model_.rows), _SAMPLE)):
            widest = max(widest, cells.horizontalAdvance(self.model_.text(row, column)[:80]))
        return max(min(widest + 20, _WIDEST), min(header + 8, _WIDEST), _NARROWEST)


def _commanding(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))
