"""Choosing documents that are to belong to a case."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget

from kamcoder.gui.widgets.labels import label


class LinkDialog(QDialog):
    """Documents to choose from, as (id, name, names of its cases); gives the chosen ids to `take`."""

    def __init__(
        self,
        case: str,
        documents: Sequence[tuple[str, str, str]],
        take: Callable[[list[str]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Link documents"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take = take
        self._items = QStandardItemModel(self)
        for document_id, name, cases in documents:
            item = QStandardItem(self.tr("{name}   (in {cases})").format(name=name, cases=cases) if cases else name)
            item.setData(document_id, Qt.ItemDataRole.UserRole)
            item.setEditable(False)
            self._items.appendRow(item)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._items)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Type letters of a document"))
        self.filter.setAccessibleName(self.tr("Filter documents"))
        self.filter.textChanged.connect(self._on_typed)
        self.list = QListView()
        self.list.setModel(self._shown)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Documents that are not in the case"))
        self.list.doubleClicked.connect(self.accept)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(self.tr("Link"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(
            label(self.tr("Documents that are to belong to {case}").format(case=case), "strong", wrap=True)
        )
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(self.tr("Ctrl or Shift with a click or an arrow chooses several."), "small", wrap=True))
        layout.addWidget(buttons)
        self.resize(440, 460)
        self._on_typed("")

    def accept(self) -> None:
        """Give away the chosen documents."""
        chosen = [str(index.data(Qt.ItemDataRole.UserRole)) for index in self.list.selectionModel().selectedIndexes()]
        super().accept()
        self._take(chosen)

    def _on_typed(self, typed: str) -> None:
        self._shown.setFilterFixedString(typed)
        if not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(self._shown.index(0, 0))
