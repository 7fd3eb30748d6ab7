"""The words that speak for codes, and who the people in the text are: both are the coder's to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggesting import ActorRole
from kamcoder.gui.suggestions.grids import chosen, fill, grid
from kamcoder.gui.suggestions.lexicon_page import LexiconPage, WordList
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class CastPage(WordList):
    """Names and who they are."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.about.setText(
            self.tr("In speech people are “Peter” or “my boss”. Say who a name is, in one document or in all.")
        )
        self.table = grid(
            self.tr("Cast"),
            (self.tr("Name"), self.tr("Who it is"), self.tr("Where")),
            widths=(220, 150, 150),
            numbers=False,
        )
        self.name, self.role, self.where = QLineEdit(), QComboBox(), QComboBox()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.role.setAccessibleName(self.tr("Who it is"))
        self.where.setAccessibleName(self.tr("Where"))
        self._roles = {
            ActorRole.TOP_MANAGER: self.tr("top manager"),
            ActorRole.ACCOUNT_MANAGER: self.tr("account manager"),
            ActorRole.CUSTOMER: self.tr("customer"),
            ActorRole.OTHER: self.tr("somebody else"),
        }
        for role, text in self._roles.items():
            self.role.addItem(text, role.value)
        self.where.addItem(self.tr("All documents"), None)
        self._documents = {document.id: document.name for document in session.documents.all()}
        for document_id, name in self._documents.items():
            self.where.addItem(name, document_id)
        self.column.addWidget(self.table, 1)
        for widget in (self.name, self.role, self.where, self.put, self.remove):
            self.line.addWidget(widget, 1 if widget is self.name else 0)
        self.column.addLayout(self.line)
        self.table.currentItemChanged.connect(self._on_chosen)
        self.put.clicked.connect(self._on_put)
        self.name.returnPressed.connect(self._on_put)
        self.remove.clicked.connect(self._on_remove)
        self.show_cast()

    def show_cast(self) -> None:
        """Show all names."""
        cast = self._session.lexicon.cast()
        fill(
            self.table,
            [
                (
                    item.name,
                    self._roles[item.role],
                    self._documents.get(item.document_id or "", self.tr("All documents")),
                )
                for item in cast
            ],
            keys=[(item.name, item.document_id) for item in cast],
        )
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.remove.setEnabled(chosen(self.table) is not None)

    def _on_put(self) -> None:
        name, role, where = self.name.text(), ActorRole(self.role.currentData()), self.where.currentData()
        if self.attempt(lambda: self._session.lexicon.cast_as(name, role, document_id=where)):
            self.name.clear()
            self.show_cast()
            self.name.setFocus()

    def _on_remove(self) -> None:
        found: Any = chosen(self.table)
        if found is not None:
            self.attempt(lambda: self._session.lexicon.uncast(found[0], document_id=found[1]))
            self.show_cast()


class WordsDialog(QDialog):
    """Lexicon and cast of the project; every change is an act of its own that can be undone."""

    def __init__(self, session: Session, *, code_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lexicon and cast"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 560)
        self.lexicon, self.cast = LexiconPage(session, code_id), CastPage(session)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.lexicon, self.tr("Lexicon"))
        self.tabs.addTab(self.cast, self.tr("Cast"))
        self.told = label("", "small", wrap=True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        for page in (self.lexicon, self.cast):
            for button in (page.put, page.remove):
                button.setAutoDefault(False)
            page.failed.connect(self._on_failed)

    def _on_failed(self, error: KamCoderError | None) -> None:
        """Say what went wrong; what was said before goes once something went well."""
        from kamcoder.services.messages import sentence

        self.told.setText(sentence(error) if error is not None else "")
