"""About the selected case: its documents and the notes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui import labels
from kamcoder.gui.cases.link_dialog import LinkDialog
from kamcoder.gui.cases.notes import CaseNotes
from kamcoder.gui.cases.tables import INITIATOR
from kamcoder.gui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class CasePanel(QWidget):
    """Documents and notes of one case. `document_asked` tells which document is to be opened."""

    document_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._case_id = ""
        self.title = ElidedLabel()
        self.title.setProperty("part", "title")
        self.documents = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.documents)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Documents of the case"))
        self.list.doubleClicked.connect(self._on_chosen)
        self.list.selectionModel().selectionChanged.connect(self._enable)
        self.list.installEventFilter(self)
        self.link = QPushButton(self.tr("Link…"))
        self.link.setAccessibleName(self.tr("Link documents to the case"))
        self.link.setToolTip(self.tr("Choose documents that are to belong to the case"))
        self.link.clicked.connect(self.ask_link)
        self.unlink = QPushButton(self.tr("Unlink"))
        self.unlink.setToolTip(self.tr("Take the selected documents out of the case; they stay in the project (Del)"))
        self.unlink.clicked.connect(self.unlink_selected)
        for button in (self.link, self.unlink):
            button.setProperty("part", "link")
        self.none = label("", "small", wrap=True)
        self.notes = CaseNotes()
        self.notes.failed.connect(self.failed)
        self._lay_out()
        self.show_case(None, "", "")

    @property
    def case_id(self) -> str:
        """Return the id of the case that is shown, empty if none is."""
        return self._case_id

    def show_case(self, session: Session | None, case_id: str, name: str) -> None:
        """Show another case; none for an empty id."""
        self._session, self._case_id = session, case_id
        self.title.setText(name or self.tr("No case selected"))
        self.reload()
        self.notes.show_case(session, case_id)

    def rename(self, name: str) -> None:
        """Show the name of the case as it is now."""
        self.title.setText(name or self.tr("No case selected"))

    def reload(self) -> None:
        """Read the documents anew."""
        chosen = self.selected()
        entries = self._session.documents.entries() if self._session and self._case_id else []
        self.documents.clear()
        for entry in entries:
            if self._case_id in entry.case_ids:
                item = QStandardItem(entry.document.name)
                item.setData(entry.document.id, Qt.ItemDataRole.UserRole)
                item.setToolTip(f"{entry.document.name}\n{labels.codings(entry.codings)}")
                self.documents.appendRow(item)
        for row in range(self.documents.rowCount()):
            if self._id(self.documents.index(row, 0)) in chosen:
                self.list.setCurrentIndex(self.documents.index(row, 0))
        self.none.setText(
            self.tr("No document belongs to this case yet.") if self._case_id else self.tr("Choose a case in the grid.")
        )
        empty = self.documents.rowCount() == 0
        self.none.setVisible(empty)
        self.list.setVisible(not empty)
        self._enable()

    def selected(self) -> list[str]:
        """Return the ids of the selected documents."""
        return [self._id(index) for index in self.list.selectionModel().selectedIndexes()]

    def ask_link(self) -> LinkDialog | None:
        """Show the documents that could be linked."""
        session, case_id = self._session, self._case_id
        if session is None or not case_id:
            return None
        names = {case.id: case.name for case in session.cases.all()}
        free = [
            (entry.document.id, entry.document.name, ", ".join(names[other] for other in entry.case_ids))
            for entry in session.documents.entries()
            if case_id not in entry.case_ids
        ]
        dialog = LinkDialog(names.get(case_id, ""), free, lambda ids: self._link(case_id, ids, linked=True), self)
        dialog.open()
        return dialog

    def unlink_selected(self) -> None:
        """Take the selected documents out of the case."""
        self._link(self._case_id, self.selected(), linked=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter and unlink with Delete."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_chosen(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.unlink_selected()
                return True
        return super().eventFilter(watched, event)

    def _link(self, case_id: str, document_ids: list[str], *, linked: bool) -> None:
        if self._session is None:
            return
        try:
            for document_id in document_ids:
                self._session.documents.link(document_id, case_id, linked=linked, initiator=INITIATOR)
        except KamCoderError as error:
            self.failed.emit(error)

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.document_asked.emit(self._id(index))

    def _id(self, index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.UserRole))

    def _enable(self) -> None:
        self.link.setEnabled(bool(self._case_id))
        self.unlink.setEnabled(self.list.selectionModel().hasSelection())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(label(self.tr("DOCUMENTS"), "heading"), 1)
        row.addWidget(self.link)
        row.addWidget(self.unlink)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 2)
        layout.addSpacing(10)
        layout.addWidget(label(self.tr("NOTES"), "heading"))
        layout.addWidget(self.notes, 3)
