"""The passages behind a cell, beside the table, and the chosen one in its context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.gui.finding.context import ContextView
from kamcoder.gui.tables.passage_list import PassageListModel, passage_view
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.passages import CodingLine, PassageBook

if TYPE_CHECKING:
    from kamcoder.services.session import Session

Index = QModelIndex | QPersistentModelIndex
# A book knows names; only where these change is another one needed.
_NAMES = ("codes", "coders", "cases", "documents", "document_cases", "speakers", "turns", "participants")


class CellPassages(QWidget):
    """Lists what stands behind a cell; Enter or a double click leads to the text, `left` back to the table.

    `chosen` gives the coding at the caret, and what is dragged out of the list are the ids of codings.
    """

    place_asked = Signal(str, int, int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._book: PassageBook | None = None
        self._ids: tuple[str, ...] = ()
        self._wider = 0
        self._title = ElidedLabel()
        self._title.setProperty("part", "strong")
        self._count = label("", "small", wrap=True)
        self.model = PassageListModel(self)
        self.list = passage_view(self.model, theme)
        self.list.setAccessibleName(self.tr("Passages of the cell"))
        self.list.activated.connect(self._on_activated)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.context = ContextView(theme)
        self.more = QPushButton(self.tr("More context"))
        self.more.setToolTip(self.tr("Show a turn more before and after (+)"))
        self.open = QPushButton(self.tr("Go to the text"))
        for button, act in ((self.more, self.widen), (self.open, self.go)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
        self._make_keys()
        self._lay_out()
        self.setMinimumWidth(230)
        self.setFocusProxy(self.list)
        self.show_cell(None, "", ())

    def show_cell(self, session: Session | None, title: str, coding_ids: Sequence[str]) -> None:
        """Show the passages of some codings."""
        if session is not self._session:
            self._session, self._book = session, None
        ids = tuple(coding_ids)
        if self._book is not None and ids == self._ids and title == self._title.text():
            return
        self._ids = ids
        if session is not None and ids and self._book is None:
            self._book = session.passages.book()
        lines: list[CodingLine] = []
        if session is not None and self._book is not None and ids:
            lines = self._book.lines_of(session.tables.spans(ids))
        self.model.load(self._book, lines)
        self._title.setText(title or self.tr("Passages"))
        self._count.setText(self._said(title, lines))
        if lines:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self._on_current(QModelIndex())

    def on_changed(self, change: ChangeSet) -> None:
        """Let go of what a change made stale; the next `show_cell` reads it anew."""
        if change.touches(*_NAMES):
            self._book = None
        if change.touches("codings", *_NAMES):
            self._ids = ("",)

    def coding_ids(self) -> list[str]:
        """Return the codings that are selected in the list, or the one at the caret."""
        rows = sorted({index.row() for index in self.list.selectionModel().selectedIndexes()})
        rows = rows or ([self.list.currentIndex().row()] if self.list.currentIndex().isValid() else [])
        return [self.model.lines[row].id for row in rows]

    def point(self, coding_id: str) -> bool:
        """Choose a passage of the list; tell whether it stands there."""
        for row, line in enumerate(self.model.lines):
            if line.id == coding_id:
                self.list.setCurrentIndex(self.model.index(row))
                self.list.scrollTo(self.model.index(row))
                return True
        return False

    def widen(self) -> None:
        """Show more around the passage."""
        self._wider += 1
        self._show_context(self.list.currentIndex())

    def go(self) -> None:
        """Go to the text of the passage at the caret."""
        self._on_activated(self.list.currentIndex())

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        for keys, act in (("+", self.widen), ("Escape", self.left.emit)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setHandleWidth(1)
        above, below, foot = QWidget(self.splitter), QWidget(self.splitter), QHBoxLayout()
        column = QVBoxLayout(above)
        column.setContentsMargins(14, 12, 10, 4)
        column.setSpacing(4)
        for widget in (self._title, self._count):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        foot.addWidget(self.more)
        foot.addStretch()
        foot.addWidget(self.open)
        column = QVBoxLayout(below)
        column.setContentsMargins(14, 6, 10, 8)
        column.setSpacing(4)
        column.addWidget(self.context, 1)
        column.addLayout(foot)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([420, 240])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _said(self, title: str, lines: Sequence[CodingLine]) -> str:
        # A stretch to which one coder gave several codes is one passage.
        count = len({(line.document_id, line.start, line.end, line.coder_id) for line in lines})
        if not title:
            return self.tr("Choose a cell to see the passages behind it.")
        if not count:
            return self.tr("No passages.")
        if count != len(lines):
            said = self.tr("{count} passages with {codings} codings. Enter goes to the text.")
            return said.format(count=f"{count:,}", codings=f"{len(lines):,}")
        if count == 1:
            return self.tr("1 passage. Enter goes to the text.")
        return self.tr("{count} passages. Enter goes to the text.").format(count=f"{count:,}")

    def _on_current(self, index: Index) -> None:
        self._wider = 0
        self._show_context(index)

    def _show_context(self, index: Index) -> None:
        passage = self.model.passage(index.row()) if index.isValid() else None
        for widget in (self.context, self.more, self.open):
            widget.setVisible(passage is not None)
        if passage is None or self._session is None:
            self.context.show_nothing()
            return
        coding = passage.coding
        found = self._session.passages.context(coding.document_id, coding.span, wider=self._wider)
        self.more.setEnabled(found.more)
        self.context.show_context(found, coding.span, self.model.colour(index.row()))

    def _on_activated(self, index: Index) -> None:
        passage = self.model.passage(index.row()) if index.isValid() else None
        if passage is not None:
            span = passage.coding.span
            self.place_asked.emit(passage.coding.document_id, span.start, span.end)
