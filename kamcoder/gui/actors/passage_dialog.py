"""Putting right who is named in one passage or several: every actor with a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError, NotFound
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.actors.ticks import ActorTicks
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_LONGEST = 220


class PassageActors(QDialog):
    """Every tick is an act of its own, on disk at once and undone like any other."""

    def __init__(
        self, session: Session, coding_ids: Sequence[str], reader: ActorReader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Actors of the passage") if len(coding_ids) == 1 else self.tr("Actors"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._coding_ids = list(coding_ids)
        self._reader = reader
        self.model = ActorTicks(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Type letters of an actor"))
        self.filter.setAccessibleName(self.tr("Filter actors"))
        self.filter.installEventFilter(self)
        self.filter.textChanged.connect(self._on_typed)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Actors"))
        self.list.setUniformItemSizes(True)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._on_clicked)
        self.told = label("", "small", wrap=True)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(self._about(), wrap=True))
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        self.resize(440, 520)
        end = session.subscribe(self._on_changed)
        self.finished.connect(lambda _: end())
        reader.ready.connect(self._load)
        self._load()
        self.filter.setFocus()

    def toggle(self, index: QModelIndex) -> None:
        """Say that an actor is there, or if it is, that it is not."""
        if not index.isValid():
            return
        actor, present = self.model.actor(index), not self.model.present(index)
        try:
            self._session.actors.correct(self._coding_ids, actor, present=present)
        except KamCoderError as error:
            self.told.setText(sentence(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows lead into the list from the line, and Enter and Space turn the tick."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # Enter codes in the reader; here it is ours, wherever the focus was before
                return True
            if event.type() is not QEvent.Type.KeyPress:
                return super().eventFilter(watched, event)
            if enter or (event.key() == Qt.Key.Key_Space and watched is self.list):
                self.toggle(self.list.currentIndex())
                return True
            if watched is self.filter and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = max(0, min(self.list.currentIndex().row() + step, self.model.rowCount() - 1))
                self.list.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def _about(self) -> str:
        if len(self._coding_ids) > 1:
            return self.tr("{count} passages together").format(count=len(self._coding_ids))
        book = self._session.passages.book()
        found = book.passages([line for line in book.lines() if line.id in self._coding_ids], {})
        quote = " ".join(found[0].coding.quote.split()) if found else ""
        return f"“{quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + '…'}”"

    def _load(self) -> None:
        if not self._reader.ask():
            self.told.setText(self.tr("Looking for actors…"))
            return
        try:
            passages = [self._session.actors.of_coding(coding_id) for coding_id in self._coding_ids]
        except NotFound:
            self.reject()
            return
        here = self.list.currentIndex().row()
        self.model.load(self._session.actors.roles.names(), passages)
        self.list.setCurrentIndex(self.model.index(max(0, here)))
        self.told.setText(self.tr("Enter or a click puts an actor there, or takes it off. Esc closes."))

    def _on_typed(self, typed: str) -> None:
        self.model.find(typed)
        self.list.setCurrentIndex(self.model.index(0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.toggle(index)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("codings", "actor_corrections", "actor_wordings", "actor_roles", "settings"):
            self._load()
