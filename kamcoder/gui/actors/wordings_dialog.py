"""The words by which actors are known: switched on and off, added, taken away; each an act on disk at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.actor import OwnVoice, Wording, exact_by_default
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.project import natural_key
from kamcoder.gui.actors import words
from kamcoder.gui.actors.wordings_model import FOUND, WHERE, WORDS, WordingTree
from kamcoder.gui.widgets.delegate import MutedColumns
from kamcoder.gui.widgets.labels import label, line
from kamcoder.gui.widgets.search_line import SearchLine
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class ActorWordings(QDialog):
    """Roles with their words above, a line to add words below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Actors and the words they are known by"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.model = WordingTree(self)
        # Queued: what follows shows the tree anew, which must not happen while it is telling of its tick.
        self.model.switched.connect(self._on_switched, Qt.ConnectionType.QueuedConnection)
        self.filter = SearchLine(self.tr("Filter words and actors"))
        self.filter.row.setContentsMargins(0, 0, 0, 0)
        self.filter.typed.connect(self._on_typed)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(MutedColumns(self.tree))
        self.tree.setAccessibleName(self.tr("Actors with their words"))
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        for column in (WHERE, FOUND):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.filter.left.connect(self.tree.setFocus)
        self.voice = QComboBox()
        self.voice.setAccessibleName(self.tr("Who speaks"))
        for voice, text in words.VOICES.items():
            self.voice.addItem(words.translated(text), voice.value)
        self.voice.activated.connect(self._on_voice)
        self.told = label("", "small", wrap=True)
        self._make_line()
        self._lay_out()
        self.resize(720, 640)
        end = session.subscribe(self._on_changed)
        self.finished.connect(lambda _: end())
        self._load()
        self.filter.setFocus()

    # -- acts ----------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Let the chosen actor be known by the typed words; an actor whose name is new is made."""
        roles, text, name = self._session.actors.roles, self.text.text(), self.role.currentText().strip()
        document = self.document.currentData() or None

        def write() -> None:
            known = {role.name.casefold(): role.id for role in roles.all()}
            role_id = known.get(name.casefold())
            if role_id is None:
                role_id = roles.add_role(name).id
            roles.add_wording(role_id, text, exact=self.exact.isChecked(), document_id=document)
            self.text.clear()
            self._point(role_id, " ".join(text.split()), document)

        self._do(write)

    def remove(self) -> None:
        """Take the chosen words away, or the chosen actor of the project's own."""
        index, roles = self.tree.currentIndex(), self._session.actors.roles
        wording = self.model.wording(index)
        if wording is not None:
            self._do(lambda: roles.remove_wording(wording))
        elif index.isValid():
            self._do(lambda: roles.remove_role(self.model.role(index)))

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_line(self) -> None:
        self.exact = QCheckBox(self.tr("Only as written"))
        self.exact.setToolTip(self.tr("Capitals count: for names, and for abbreviations that clash with words"))
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Words or a name"))
        self.text.setAccessibleName(self.tr("Words or a name to look for"))
        self.text.textEdited.connect(lambda typed: self.exact.setChecked(exact_by_default(typed)))
        self.text.returnPressed.connect(self.add)
        self.role = QComboBox()
        self.role.setEditable(True)
        self.role.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.role.setAccessibleName(self.tr("Actor; a new name makes a new one"))
        self.document = QComboBox()
        self.document.setAccessibleName(self.tr("Where the words hold"))
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add)
        self.remove_button = QPushButton(self.tr("Take away"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self.remove)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        for column, (name, field) in enumerate(
            ((self.tr("Words"), self.text), (self.tr("stand for"), self.role), (self.tr("in"), self.document))
        ):
            form.addWidget(label(name, "small"), 0, column)
            form.addWidget(field, 1, column)
            form.setColumnStretch(column, 1)
        form.addWidget(self.exact, 2, 0)
        form.addWidget(self.add_button, 1, 3)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.voice)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.told)
        layout.addWidget(line())
        layout.addLayout(form)
        layout.addLayout(foot)

    def _load(self) -> None:
        session = self._session
        roles, wordings = session.actors.roles.all(), session.actors.roles.wordings()
        documents = {item.id: item.name for item in session.documents.all()}
        current = self.tree.currentIndex()
        wording, role_id = self.model.wording(current), self.model.role(current)
        opened = {self.model.role(index) for index in self._heads() if self.tree.isExpanded(index)}
        shipped = session.actors.roles.ships
        self.model.load(roles, wordings, documents, {item for item in wordings if item.id and not shipped(item)})
        for index in self._heads():
            self.tree.setExpanded(index, self.model.role(index) in opened or bool(self.filter.field.text()))
        if role_id:
            self.tree.setCurrentIndex(
                self.model.find(role_id, wording.text, wording.document_id) if wording else self.model.find(role_id)
            )
        self.voice.setCurrentIndex(self.voice.findData(session.actors.roles.own_voice.value))
        _fill(self.role, [(role.name, role.id) for role in roles])
        named = sorted(((name, key) for key, name in documents.items()), key=lambda item: natural_key(item[0]))
        _fill(self.document, [(self.tr("all documents"), ""), *named])
        off = sum(not item.enabled for item in wordings)
        told = self.tr("{count} words are looked for, {off} are switched off.")
        self.told.setText(told.format(count=len(wordings) - off, off=off))
        self._on_current()

    def _heads(self) -> list:
        return [self.model.index(row, 0) for row in range(self.model.rowCount())]

    def _point(self, role_id: str, text: str, document_id: str | None) -> None:
        index = self.model.find(role_id, text, document_id)
        self.tree.expand(index.parent())
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KamCoderError as error:
            self._load()
            self.told.setText(sentence(error))

    def _on_typed(self, typed: str) -> None:
        self.model.setFilterFixedString(typed)
        if typed:
            self.tree.expandAll()
        else:
            self.tree.collapseAll()

    def _on_current(self) -> None:
        index, roles = self.tree.currentIndex(), self._session.actors.roles
        wording = self.model.wording(index)
        if wording is None:
            own = self.model.role(index) in {role.id for role in roles.own()}
        else:
            own = bool(wording.id) and not roles.ships(wording)
        self.remove_button.setEnabled(own)
        role = self.role.findData(self.model.role(index))
        if role >= 0:
            self.role.setCurrentIndex(role)

    def _on_switched(self, wording: Wording, enabled: bool) -> None:
        self._do(lambda: self._session.actors.roles.switch(wording, enabled=enabled))

    def _on_voice(self) -> None:
        voice = OwnVoice(self.voice.currentData())
        self._do(lambda: self._session.actors.roles.set_own_voice(voice))

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("actor_wordings", "actor_roles", "cast_members", "settings", "documents"):
            self._load()


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    box.clear()
    for text, data in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
