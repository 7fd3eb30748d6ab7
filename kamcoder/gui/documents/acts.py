"""What can be done with a listed document: rename, link to cases, note the progress, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kamcoder.domain.coding import WorkState
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui import labels
from kamcoder.gui.codebook import words as counted
from kamcoder.gui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from kamcoder.gui.cases.confirm import Confirm
    from kamcoder.services.session import Session

_INITIATOR = "documents"


class DocumentActs(QObject):
    """The verbs of the list of documents. `acted` tells in a sentence what was done."""

    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self._session: Session | None = None
        self.case_menu = QMenu(room)

    def load(self, session: Session | None) -> None:
        """Act on a project."""
        self._session = session

    def rename(self, document_id: str, name: str) -> None:
        """Give a document another name; raise KamCoderError if it cannot have it."""
        if self._session is not None:
            self._session.documents.rename(document_id, name, initiator=_INITIATOR)

    def note(self, document_id: str, state: WorkState) -> None:
        """Note how far who codes now is with a document."""
        if self._session is not None:
            session = self._session
            self._try(lambda: session.documents.set_work_state(document_id, state, initiator=_INITIATOR))

    def note_opened(self, document_id: str, state: WorkState | None) -> None:
        """Note that a document which was not begun is in progress now."""
        session = self._session
        if session is None or session.coder is None or state not in (None, WorkState.ASSIGNED):
            return
        try:
            session.documents.set_work_state(document_id, WorkState.IN_PROGRESS, initiator=_INITIATOR)
        except KamCoderError:
            # A file that cannot be written (opened for reading, disk full) is told of when something is lost by it.
            return

    def ask_cases(self, document_id: str, corner: QPoint) -> None:
        """Show the cases with ticks at those of a document; choosing one links or unlinks it."""
        self.fill_cases(document_id)
        self.case_menu.popup(corner)

    def fill_cases(self, document_id: str) -> None:
        """List the cases in the menu."""
        session = self._session
        if session is None:
            return
        present = next(entry.case_ids for entry in session.documents.entries() if entry.document.id == document_id)
        menu = self.case_menu
        menu.clear()
        for case in session.cases.all():
            # A tab would begin a column of keys.
            action = menu.addAction(case.name.replace("&", "&&").replace("\t", " "))
            action.setCheckable(True)
            action.setChecked(case.id in present)
            action.triggered.connect(lambda linked, one=case.id: self._link(document_id, one, linked=linked))
        menu.addSeparator()
        menu.addAction(self.tr("New case…")).triggered.connect(lambda: self.ask_new_case(document_id))

    def ask_new_case(self, document_id: str) -> Prompt | None:
        """Ask for the name of a new case and link a document to it."""
        session = self._session
        if session is None:
            return None

        def make(name: str) -> None:
            case = session.cases.add(name, initiator=_INITIATOR)
            session.documents.link(document_id, case.id, initiator=_INITIATOR)

        prompt = Prompt(
            self.tr("New case"), self.tr("Name of the case"), self.tr("Make case"), make, self._room.window()
        )
        prompt.open()
        return prompt

    def ask_delete(self, document_id: str) -> Confirm | None:
        """Say what goes with a document and ask whether to delete it."""
        from kamcoder.gui.cases.confirm import Confirm

        session = self._session
        if session is None:
            return None
        name = session.documents.find(document_id).name
        codings = session.codings.of_document(document_id)
        ids = {coding.id for coding in codings}
        memos = [
            memo
            for memo in session.memos.all()
            if memo.target_id in ids or (memo.target is MemoTarget.DOCUMENT and memo.target_id == document_id)
        ]
        told = [self.tr("Its text and the imported file go, and nobody has coded it.")]
        if codings:
            by = self.tr("Its text and the imported file go, with {codings} by {coders} and {memos}.")
            people = counted.coders(len({coding.coder_id for coding in codings}))
            told = [by.format(codings=labels.codings(len(codings)), coders=people, memos=counted.memos(len(memos)))]

        def delete() -> None:
            if self._try(lambda: session.documents.delete(document_id, initiator=_INITIATOR)):
                self.acted.emit(self.tr("Deleted “{name}”.").format(name=name))

        dialog = Confirm(
            self.tr("Delete “{name}”?").format(name=name),
            [*told, self.tr("Undo takes it back.")],
            self.tr("Delete"),
            delete,
            self._room.window(),
        )
        dialog.open()
        return dialog

    def _link(self, document_id: str, case_id: str, *, linked: bool) -> None:
        if self._session is not None:
            session = self._session
            self._try(lambda: session.documents.link(document_id, case_id, linked=linked, initiator=_INITIATOR))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        return True
