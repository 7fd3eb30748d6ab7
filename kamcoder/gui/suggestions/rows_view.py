"""The view of long lists of passages: however many rows, they are laid out in a moment."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kamcoder.gui.widgets.delegate import MutedColumns

_ROOM = 9  # pixels above and below the words of a row together


class RowsView(QTableView):
    """Whole rows, one below the other. A tree of twenty thousand rows would be laid out for a sixth of a second."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "rows")
        self.setAccessibleName(name)
        self.setItemDelegate(MutedColumns(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the list, as it does anywhere
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setStretchLastSection(False)

    def show_model(self, model: QAbstractItemModel, *, stretched: int, widths: Mapping[int, int]) -> None:
        """Show a model; one column takes what the others leave, which have at least these widths."""
        self.setModel(model)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            self.setColumnWidth(column, max(width, columns.sectionSizeHint(column)))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first and last row with Home and End."""
        last = self.model().rowCount() - 1
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0 and not event.modifiers():
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)
