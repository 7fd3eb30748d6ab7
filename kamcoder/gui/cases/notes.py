"""The note on a case: what who codes writes, kept a moment after the last key; what others wrote, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.gui.cases.tables import INITIATOR
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_PAUSE_MS = 2000


class _Field(QPlainTextEdit):
    """A field that tells when it was left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        super().focusOutEvent(event)
        self.left.emit()


class CaseNotes(QWidget):
    """One memo of who codes on one case. Nothing has to be saved: it is written when the typing pauses or ends."""

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._case_id = ""
        self._memo: Memo | None = None
        self._written = ""
        self.field = _Field()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Notes on the case"))
        self.others = label("", "small", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.field.textChanged.connect(self._pause.start)
        self.field.left.connect(self.flush)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.others)
        self.show_case(None, "")

    def show_case(self, session: Session | None, case_id: str) -> None:
        """Show the notes on a case, after writing what was typed about the one before."""
        self.flush()
        self._session, self._case_id = session, case_id
        self.reload()

    def drop(self) -> None:
        """Let go of a case that is gone, with what was typed about it."""
        self._case_id = ""
        self._show("")

    def reload(self) -> None:
        """Read the notes anew; what is typed and not written yet stays."""
        typing = self.field.toPlainText() != self._written and not self.field.isReadOnly()
        session, memos = self._session, []
        if session is not None and self._case_id:
            memos = session.memos.about(MemoTarget.CASE, self._case_id)
        coder = session.coder if session else None
        self._memo = next((memo for memo in memos if coder and memo.coder_id == coder.id), None)
        if typing:
            self._written = self._memo.text if self._memo else ""
        else:
            self._show(self._memo.text if self._memo else "")
        names = {person.id: person.name for person in session.coders.all()} if session and memos else {}
        told = [f"{names.get(memo.coder_id, '?')}: {memo.text}" for memo in memos if memo is not self._memo]
        self.others.setText("\n\n".join(told))
        self.others.setVisible(bool(told))
        self.field.setReadOnly(coder is None or not self._case_id)
        self.field.setEnabled(bool(self._case_id))
        if coder is None and self._case_id:
            self.field.setPlaceholderText(self.tr("Choose who codes to write notes."))
        else:
            self.field.setPlaceholderText(self.tr("What is worth knowing about this case"))

    def flush(self) -> None:
        """Write what was typed."""
        self._pause.stop()
        session, text = self._session, self.field.toPlainText()
        if session is None or not self._case_id or text == self._written or self.field.isReadOnly():
            return
        before, self._written = self._written, text
        try:
            if self._memo is not None:
                session.memos.edit(self._memo, text, initiator=INITIATOR)
            elif text.strip():
                self._memo = session.memos.write(MemoTarget.CASE, self._case_id, text, initiator=INITIATOR)
        except KamCoderError as error:
            self._written = before
            self.failed.emit(error)

    def _show(self, text: str) -> None:
        self._written = text
        if self.field.toPlainText() != text:
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)
        self._pause.stop()
