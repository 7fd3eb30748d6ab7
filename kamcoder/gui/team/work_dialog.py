"""What who codes now has to code: the assigned documents, begun ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QHeaderView, QTreeView, QVBoxLayout, QWidget

from kamcoder.gui import labels
from kamcoder.gui.team.assign_model import AssignModel
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class WorkDialog(QDialog):
    """The list of work of the active coder. `document_asked` tells which document is to be opened."""

    document_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("My documents to code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        coder = session.coder
        items = session.assigning.work(coder.id) if coder else []
        self._items = QStandardItemModel(self)
        self._items.setHorizontalHeaderLabels([self.tr("Document"), self.tr("State"), self.tr("My codings")])
        told = AssignModel(self)
        for item in items:
            row = [
                QStandardItem(words)
                for words in (item.document.name, told.words(item.state), labels.codings(item.codings))
            ]
            for cell in row:
                cell.setEditable(False)
                cell.setData(item.document.id, Qt.ItemDataRole.UserRole)
            self._items.appendRow(row)
        self.list = QTreeView()
        self.list.setModel(self._items)
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAccessibleName(self.tr("Documents assigned to me"))
        self.list.activated.connect(self._on_activated)
        if coder is None:
            words = self.tr("Choose who codes first: Ctrl+Shift+K.")
        elif not items:
            words = self.tr("Nothing is assigned to {coder}. Assign documents in the menu Project.").format(
                coder=coder.name
            )
        else:
            words = self.tr("{coder} has these documents to code. Enter opens one.").format(coder=coder.name)
        self.told = label(words, wrap=True)
        self.list.setVisible(bool(items))
        buttons = QDialogButtonBox()
        self.open_button = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setProperty("part", "primary")
        self.open_button.setEnabled(bool(items))
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(lambda: self._on_activated(self.list.currentIndex()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(520, 380 if items else 140)
        self.list.setCurrentIndex(self._items.index(0, 0))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            document_id = str(index.data(Qt.ItemDataRole.UserRole))
            self.accept()
            self.document_asked.emit(document_id)
