"""A chart with the list of its marks, and the passages behind the one that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView, QSplitter, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.gui.reports.chart_view import ChartView
from kamcoder.gui.tables.passages import CellPassages
from kamcoder.gui.theme import Theme
from kamcoder.services.handing_out import Picture

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class ChartPane(QSplitter):
    """The chart at the left, its marks and their passages at the right."""

    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session: Session | None = None
        self.view = ChartView(theme, self)
        side = QSplitter(Qt.Orientation.Vertical, self)
        side.setHandleWidth(1)
        self.canvas = self.view.canvas
        self.marks = QStringListModel(self)
        self.list = QListView(side)
        self.list.setModel(self.marks)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Marks of the chart"))
        self.behind = CellPassages(theme, side)
        side.setSizes([170, 400])
        self.setHandleWidth(1)
        self.setStretchFactor(0, 1)
        self.setSizes([700, 300])
        self.setFocusProxy(self.canvas)
        self.canvas.pointed.connect(self._on_pointed)
        self.canvas.chosen.connect(lambda _: self.behind.list.setFocus())
        self.list.selectionModel().currentChanged.connect(self._on_listed)
        self.list.activated.connect(lambda _: self.behind.list.setFocus())
        self.behind.place_asked.connect(self.place_asked)
        self.behind.left.connect(self.canvas.setFocus)

    def load(self, session: Session | None, picture: Picture | None) -> None:
        """Show a chart of a project, looking at the mark that was looked at if it is still there."""
        before = self._told(self.canvas.current)
        self._session = session
        self.view.load(picture)
        self.marks.setStringList([hit.mark.told for hit in self.canvas.hits])
        again = next((n for n, hit in enumerate(self.canvas.hits) if before and hit.mark.told == before), -1)
        if again >= 0:
            self.canvas.point(again)
        else:
            self.behind.show_cell(None, "", ())

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.behind.on_changed(change)

    def _told(self, number: int) -> str:
        return self.canvas.hits[number].mark.told if 0 <= number < len(self.canvas.hits) else ""

    def _on_pointed(self, number: int) -> None:
        self.list.setCurrentIndex(self.marks.index(number))
        mark = self.canvas.hits[number].mark
        self.behind.show_cell(self._session, mark.told, mark.coding_ids)

    def _on_listed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.canvas.point(current.row())
