"""The passages behind a cell, beside the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from kamcoder.domain.coding import Passage
from kamcoder.gui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from kamcoder.services.session import Session

Index = QModelIndex | QPersistentModelIndex
_MOST = 400  # a person reads a cell, not a book; the count says how many there are


class PassageListModel(QAbstractListModel):
    """Passages, each with its reference, coder and text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.passages: list[Passage] = []

    def load(self, passages: Sequence[Passage]) -> None:
        """Show other passages."""
        self.beginResetModel()
        self.passages = list(passages)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the passages."""
        return 0 if parent.isValid() else len(self.passages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a passage in words."""
        if not index.isValid():
            return None
        passage = self.passages[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            quote = " ".join(passage.coding.quote.split())
            return f"{passage.reference} · {passage.code_path.split(' › ')[-1]} · {passage.coder}\n{quote}"
        return None


class CellPassages(QWidget):
    """Lists what stands behind a cell; Enter or a double click leads to the text."""

    place_asked = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel()
        self._title.setProperty("part", "strong")
        self._count = label("", "small", wrap=True)
        self.model = PassageListModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setAccessibleName(self.tr("Passages of the cell"))
        self.list.activated.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 10, 10)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._count)
        layout.addWidget(self.list, 1)
        self.setMinimumWidth(200)
        self.show_cell(None, "", ())

    def show_cell(self, session: Session | None, title: str, coding_ids: Sequence[str]) -> None:
        """Show the passages of some codings."""
        wanted = set(coding_ids)
        found: list[Passage] = []
        if session is not None and wanted:
            book = session.passages.book()
            lines = [line for line in book.lines() if line.id in wanted]
            found = book.passages(lines[:_MOST], {})
        self.model.load(found)
        self._title.setText(title or self.tr("Passages"))
        if not title:
            self._count.setText(self.tr("Choose a cell to see the passages behind it."))
        elif len(wanted) > len(found):
            text = self.tr("{shown} of {count} passages. Enter goes to the text.")
            self._count.setText(text.format(shown=len(found), count=len(wanted)))
        else:
            text = (
                self.tr("1 passage. Enter goes to the text.")
                if len(found) == 1
                else self.tr("{count} passages. Enter goes to the text.")
            )
            self._count.setText(text.format(count=len(found)))

    def _on_activated(self, index: Index) -> None:
        coding = self.model.passages[index.row()].coding
        self.place_asked.emit(coding.document_id, coding.span.start, coding.span.end)
