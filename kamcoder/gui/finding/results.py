"""The tree in which hits are shown and ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from kamcoder.gui.finding.hits import PLACE, HitModel


class Results(QTreeView):
    """The tree of hits: Enter jumps, Space ticks the whole row, Ctrl and Enter ask for a code."""

    coding_wanted = Signal()

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._hits = model
        self.setUniformRowHeights(True)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setAllColumnsShowFocus(True)
        # Of a reference, the paragraph at its end must be seen.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the places a quarter of the room."""
        super().resizeEvent(event)
        self.header().resizeSection(PLACE, max(80, min(240, self.viewport().width() // 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump with Enter on every platform, code with Ctrl and Enter; turn a tick with Space in any column."""
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.coding_wanted.emit()
        elif enter and index.isValid():
            self.activated.emit(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            first = index.siblingAtColumn(0)
            state = first.data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                self._hits.tick(first, on=state is not Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)
