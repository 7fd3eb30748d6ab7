"""The line that tells the actors of one passage, with the way to put them right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import NotFound
from kamcoder.gui.actors import words
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = (
    "codings",
    "actor_wordings",
    "actor_roles",
    "actor_corrections",
    "settings",
    "participants",
    "speakers",
    "cast_members",
)


class ActorLine(QWidget):
    """Tells who is named in a passage; `asked` wants that to be corrected. Texts are read beside the window."""

    asked = Signal()

    def __init__(self, reader: ActorReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = reader
        self._session: Session | None = None
        self._coding_id = ""
        self.text = label("", "small", wrap=True)
        self.button = QPushButton(self.tr("Actors…"))
        self.button.setProperty("part", "link")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(self.tr("Add an actor to this passage or take one off"))
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        reader.ready.connect(self._tell)

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        self._coding_id = ""
        self.reader.load(session)
        self.text.clear()

    def show_coding(self, coding_id: str) -> None:
        """Tell the actors of a coding; of none for an empty id."""
        self._coding_id = coding_id
        self._tell()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if self._coding_id and change.touches(*_TABLES):
            self._tell()

    def _tell(self) -> None:
        if self._session is None or not self._coding_id:
            return
        if not self.reader.ask():
            self.text.setText(self.tr("Looking for actors…"))
            return
        try:
            found = self._session.actors.of_coding(self._coding_id)
        except NotFound:  # undone or deleted; whoever shows the passage will say so
            return
        self.text.setText(words.line(found))
