"""The words that speak for codes, and who the people in the text are: both are the coder's to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggesting import ActorRole, LexiconEntry, LexiconKind
from kamcoder.gui.suggestions.grids import chosen, fill, grid
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class _Words(QWidget):
    """A list with a line to add or change a row below it."""

    failed = Signal(object)

    def __init__(self, session: Session, words: str) -> None:
        super().__init__()
        self._session = session
        self.about = label(words, "small", wrap=True)
        self.put = QPushButton(self.tr("Add"))
        self.remove = QPushButton(self.tr("Remove"))
        self.line = QHBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(8)
        self.column.addWidget(self.about)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        return True


class LexiconPage(_Words):
    """Words for and against each code."""

    def __init__(self, session: Session, code_id: str | None) -> None:
        super().__init__(session, "")
        self.about.setText(
            self.tr(
                "Words that speak for a code, with a weight from 1 to 3; below zero they speak against it. In a phrase "
                "* stands for up to three words. A relation is written TM -> meet -> customer."
            )
        )
        self.code = QComboBox()
        self.code.setAccessibleName(self.tr("Code"))
        book = session.codebook.all()
        for _, code in book.walk():
            if code.codable:
                self.code.addItem(book.path(code.id), code.id)
        self.table = grid(
            self.tr("Lexicon"),
            (self.tr("Words"), self.tr("Kind"), self.tr("Weight")),
            widths=(300, 110, 70),
            numbers=False,
        )
        self.pattern, self.kind, self.weight = QLineEdit(), QComboBox(), QDoubleSpinBox()
        self.pattern.setPlaceholderText(self.tr("Words"))
        self.pattern.setAccessibleName(self.tr("Words"))
        self.kind.setAccessibleName(self.tr("Kind"))
        self.weight.setAccessibleName(self.tr("Weight"))
        self._kinds = {
            LexiconKind.PHRASE: self.tr("phrase"),
            LexiconKind.EXACT: self.tr("exactly"),
            LexiconKind.REGEX: self.tr("expression"),
            LexiconKind.RELATION: self.tr("relation"),
        }
        for kind, text in self._kinds.items():
            self.kind.addItem(text, kind.value)
        self.weight.setRange(-3, 3)
        self.weight.setSingleStep(0.5)
        self.weight.setValue(2)
        self.column.addWidget(self.code)
        self.column.addWidget(self.table, 1)
        for widget in (self.pattern, self.kind, self.weight, self.put, self.remove):
            self.line.addWidget(widget, 1 if widget is self.pattern else 0)
        self.column.addLayout(self.line)
        self.code.currentIndexChanged.connect(self.show_entries)
        self.table.currentItemChanged.connect(self._on_chosen)
        self.put.clicked.connect(self._on_put)
        self.pattern.returnPressed.connect(self._on_put)
        self.remove.clicked.connect(self._on_remove)
        if code_id is not None and self.code.findData(code_id) >= 0:
            self.code.setCurrentIndex(self.code.findData(code_id))
        self.show_entries()

    def show_entries(self) -> None:
        """Show the words of the chosen code."""
        code_id = self.code.currentData()
        self._entries = {item.id: item for item in self._session.lexicon.entries(code_id)} if code_id else {}
        fill(
            self.table,
            [(item.pattern, self._kinds[item.kind], f"{item.weight:g}") for item in self._entries.values()],
            keys=list(self._entries),
        )
        self._on_chosen()

    def _chosen(self) -> LexiconEntry | None:
        return self._entries.get(str(chosen(self.table)))

    def _on_chosen(self) -> None:
        entry = self._chosen()
        self.remove.setEnabled(entry is not None)
        self.put.setText(self.tr("Change") if entry is not None else self.tr("Add"))
        if entry is not None:
            self.pattern.setText(entry.pattern)
            self.kind.setCurrentIndex(self.kind.findData(entry.kind.value))
            self.weight.setValue(entry.weight)

    def _on_put(self) -> None:
        code_id, entry = self.code.currentData(), self._chosen()
        if not code_id:
            return
        pattern, kind, weight = self.pattern.text(), LexiconKind(self.kind.currentData()), self.weight.value()
        lexicon = self._session.lexicon
        if entry is not None:
            done = self._try(lambda: lexicon.change(replace(entry, pattern=pattern, kind=kind, weight=weight)))
        else:
            done = self._try(lambda: lexicon.add(code_id, pattern, kind=kind, weight=weight))
        if done:
            self.pattern.clear()
            self.show_entries()
            self.pattern.setFocus()

    def _on_remove(self) -> None:
        entry = self._chosen()
        if entry is not None and self._try(lambda: self._session.lexicon.remove(entry.id)):
            self.pattern.clear()
            self.show_entries()


class CastPage(_Words):
    """Names and who they are."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "")
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
        if self._try(lambda: self._session.lexicon.cast_as(name, role, document_id=where)):
            self.name.clear()
            self.show_cast()
            self.name.setFocus()

    def _on_remove(self) -> None:
        found: Any = chosen(self.table)
        if found is not None:
            self._try(lambda: self._session.lexicon.uncast(found[0], document_id=found[1]))
            self.show_cast()


class WordsDialog(QDialog):
    """Lexicon and cast of the project; every change is an act of its own that can be undone."""

    failed = Signal(object)

    def __init__(self, session: Session, *, code_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lexicon and cast"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
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

    def _on_failed(self, error: KamCoderError) -> None:
        from kamcoder.services.messages import sentence

        self.told.setText(sentence(error))
        self.failed.emit(error)
