"""A memo in a window of its own, beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.memos.editor import MemoEditor
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class MemoDialog(QDialog):
    """A MemoEditor that stands over the window until Escape or Ctrl+Enter; what is written is kept either way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Memo"))
        self.editor = MemoEditor(theme)
        self.editor.left.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.editor)
        self.resize(460, 320)

    def load(self, session: Session | None) -> None:
        """Write memos of a project; for None, save and close."""
        self.editor.load(session)
        if session is None:
            self.hide()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.editor.on_changed(change)

    def ask(self, target: MemoTarget, target_id: str) -> None:
        """Show the memo on a thing and put the caret into it."""
        self.editor.show_target(target, target_id)
        self.show()
        self.activateWindow()
        self.editor.write()

    def reject(self) -> None:
        """Close; what was typed is saved."""
        if self.editor.save():
            super().reject()
