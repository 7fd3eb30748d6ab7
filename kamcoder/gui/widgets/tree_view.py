"""A tree whose open branches and current row survive when its model is made anew."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from kamcoder.gui.widgets.tree_model import Index, TreeModel


class Tree(QTreeView):
    """A tree view for a TreeModel; tells which row was chosen with Enter or a double click."""

    chosen = Signal(str)
    pointed = Signal(str)

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = model
        self._closed: set[str] = set()
        self._current = ""
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIndentation(14)
        self.header().setStretchLastSection(False)
        self.header().setSectionsClickable(False)
        self.collapsed.connect(lambda index: self._closed.add(model.key(index)))
        self.expanded.connect(lambda index: self._closed.discard(model.key(index)))
        self.doubleClicked.connect(self._on_activated)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)

    def fit_columns(self, *widths: int) -> None:
        """Let the first column take what the others leave; `widths` are those of the others."""
        header = self.header()
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(widths, start=1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)

    def current_key(self) -> str:
        """Return the key of the current row, empty if there is none."""
        return self._tree.key(self.currentIndex())

    def point(self, key: str) -> None:
        """Make the row with this key the current one and show it."""
        index = self._tree.find(key)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        key = self._tree.key(current)
        if key:
            self.pointed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current row with Enter on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_activated(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_activated(self, index: QModelIndex) -> None:
        key = self._tree.key(index)
        if key:
            self.chosen.emit(key)

    def _on_about_to_reset(self) -> None:
        self._current = self.current_key()

    def _on_reset(self) -> None:
        closed = set(self._closed)
        self.expandAll()
        for key in closed:
            index = self._tree.find(key)
            if index.isValid():
                self.collapse(index)
        if self._current:
            self.point(self._current)
