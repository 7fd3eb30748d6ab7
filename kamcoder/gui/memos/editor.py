"""Writing a memo on anything: saved when the focus leaves, and two seconds after a key at the latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.gui.memos import words
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from kamcoder.services.session import Session

SAVE_MS = 2000
_TABLES = {
    MemoTarget.PROJECT: "projects",
    MemoTarget.DOCUMENT: "documents",
    MemoTarget.CASE: "cases",
    MemoTarget.PARTICIPANT: "participants",
    MemoTarget.CODE: "codes",
    MemoTarget.CODING: "codings",
}


class MemoEditor(QWidget):
    """Title and text of a memo on one thing; others' memos on it can be read. One sitting is one step of undo.

    `written` gives the id of a memo that was saved, `left` tells that the writer is done (Escape or Ctrl+Enter).
    Before its project is closed, `save` must have been called.
    """

    written = Signal(str)
    left = Signal()
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._theme = theme
        self._session: Session | None = None
        self._target: tuple[MemoTarget, str] | None = None
        self._memo: Memo | None = None
        self._everyone = False
        self._changed = False
        self._goes_on = False
        self._initiator = f"memo-{id(self)}"
        self._make()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self._on_time)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.clear()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Write memos of a project; what was being written is saved first."""
        self.save()
        self._session = session
        self.clear()

    def use_coder(self) -> None:
        """Write as who codes now."""
        self.save()
        self._show_again()

    def show_everyone(self, *, everyone: bool) -> None:
        """Show the memos on passages of all coders, or only of who codes now."""
        self._everyone = everyone
        self._show_again()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project, unless it was written here."""
        if self._target is None or (change.initiator == self._initiator and change.origin.value == "do"):
            return
        if change.touches("memos", _TABLES[self._target[0]]):
            self._goes_on = False
            if not self._changed:
                self._show_again()
            elif self._memo is not None and self._memo.id not in {memo.id for memo in self._memos()}:
                # The memo was taken away while something was being added to it: what is here is written as a new one.
                self._memo = None

    # -- what is written on --------------------------------------------------------------------------------------

    @property
    def target(self) -> tuple[MemoTarget, str] | None:
        """Return what the memo is about."""
        return self._target

    @property
    def memo(self) -> Memo | None:
        """Return the memo that is shown; None while it is new."""
        return self._memo

    def clear(self) -> None:
        """Show no memo."""
        self.save()
        self._target, self._memo = None, None
        self._fill()

    def show_target(self, target: MemoTarget, target_id: str, *, new: bool = False) -> None:
        """Show the latest own memo on a thing, ready to go on; or begin a new one."""
        self.save()
        self._target = (target, target_id)
        coder = self._session.coder if self._session else None
        own = [memo for memo in self._memos() if coder is not None and memo.coder_id == coder.id]
        self._memo = own[-1] if own and not new else None
        self._fill()

    def show_memo(self, memo: Memo) -> None:
        """Show a memo."""
        if self._memo is not None and memo.id == self._memo.id:
            return
        self.save()
        self._target, self._memo = (memo.target, memo.target_id), memo
        self._fill()

    def write(self) -> None:
        """Put the caret into the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def save(self, *, leaving: bool = True) -> bool:
        """Write what was typed into the project; tell whether nothing is left unsaved.

        `leaving` ends the sitting: what is typed later is another step of undo.
        """
        self._timer.stop()
        session, target = self._session, self._target
        done = True
        if self._changed and session is not None and target is not None:
            title, text = self.title.text().strip(), self.text.toPlainText()
            try:
                self._write(session, target, title, text, leaving=leaving)
            except KamCoderError as error:
                self.state.setText(self.tr("Not saved yet"))
                self.failed.emit(error)
                done = False
        if leaving and done:
            self._goes_on = False
        return done

    # -- inside --------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.heading = ElidedLabel()
        self.heading.setProperty("part", "heading")
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which memo on this"))
        self.which.activated.connect(self._on_which)
        self.title = QLineEdit()
        self.title.setAccessibleName(self.tr("Title of the memo"))
        self.title.setPlaceholderText(self.tr("Title, if it needs one"))
        self.title.textEdited.connect(self._on_typed)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text of the memo"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._on_typed)
        self.state = label("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 8)
        layout.setSpacing(6)
        for widget in (self.heading, self.which, self.title):
            layout.addWidget(widget)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.state)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Escape"):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(self._on_done)
            self.addAction(action)

    def _write(self, session: Session, target: tuple[MemoTarget, str], title: str, text: str, *, leaving: bool) -> None:
        empty = not (title or text.strip())
        if empty and not leaving:
            return  # perhaps only to be written anew; it is taken away when the writer has left
        if self._memo is not None:
            self._memo = session.memos.edit(
                self._memo, text, title=title, initiator=self._initiator, goes_on=self._goes_on
            )
        elif not empty:
            self._memo = session.memos.write(*target, text, title=title, initiator=self._initiator)
        self._changed = False
        self._goes_on = self._memo is not None
        if self._memo is not None:
            self.state.setText(self.tr("Saved {when}").format(when=words.clock(self._memo.modified_at)))
            self.written.emit(self._memo.id)
        else:
            self.state.setText("")
        if leaving:
            self._list()

    def _memos(self) -> list[Memo]:
        """Return the memos on the thing that may be seen."""
        session, target = self._session, self._target
        if session is None or target is None:
            return []
        own = session.coder.id if session.coder else None
        open_to_all = self._everyone or target[0] is not MemoTarget.CODING
        return [memo for memo in session.memos.about(*target) if open_to_all or memo.coder_id == own]

    def _show_again(self) -> None:
        if self._changed or self._target is None or self._session is None:
            return
        if self._session.memos.subject(*self._target) is None:
            self.clear()
            return
        known = {memo.id: memo for memo in self._memos()}
        fresh = known.get(self._memo.id) if self._memo else None
        if fresh is None and self._memo is not None:
            fresh = next(reversed(known.values()), None)
        self._memo = fresh
        self._fill()

    def _fill(self) -> None:
        session, target, memo = self._session, self._target, self._memo
        subject = session.memos.subject(*target) if session and target else None
        self._changed = self._goes_on = False
        with QSignalBlocker(self.title), QSignalBlocker(self.text):
            self.title.setText(memo.title if memo else "")
            if self.text.toPlainText() != (memo.text if memo else ""):
                self.text.setPlainText(memo.text if memo else "")
        writable = session is not None and session.coder is not None and subject is not None
        own = writable and (memo is None or memo.coder_id == session.coder.id)  # type: ignore[union-attr]
        self.title.setReadOnly(not own)
        self.text.setReadOnly(not own)
        self.setEnabled(subject is not None)
        self.heading.setText(words.about(target[0], subject) if target and subject else self.tr("Memo"))
        if subject is None:
            hint = self.tr("Choose a memo, or something to write on.")
        elif not writable:
            hint = self.tr("Choose who codes to write memos.")
        else:
            hint = self.tr("What do you notice here?")
        self.text.setPlaceholderText(hint)
        self._say(memo, own=own)
        self._list()

    def _say(self, memo: Memo | None, *, own: bool) -> None:
        if memo is None:
            self.state.setText(self.tr("Saved while you write") if own else "")
        elif own:
            self.state.setText(self.tr("Saved {when}").format(when=words.moment(memo.modified_at)))
        else:
            self.state.setText(self.tr("By {coder}; only that coder can change it").format(coder=self._coder(memo)))

    def _list(self) -> None:
        memos = self._memos()
        self.which.clear()
        for memo in memos:
            line = words.first_line(memo.title, memo.text)
            shown = line if len(line) <= 40 else line[:39] + "…"
            self.which.addItem(f"{self._coder(memo)}, {words.moment(memo.created_at)}: {shown}", memo.id)
        self.which.addItem(self.tr("New memo"), "")
        place = self.which.findData(self._memo.id if self._memo else "")
        self.which.setCurrentIndex(max(place, 0))
        self.which.setVisible(len(memos) > 1 or (bool(memos) and self._memo is None))

    def _coder(self, memo: Memo) -> str:
        coders = self._session.coders.all() if self._session else []
        return next((coder.name for coder in coders if coder.id == memo.coder_id), "?")

    def _on_which(self, place: int) -> None:
        chosen = self.which.itemData(place)
        found = next((memo for memo in self._memos() if memo.id == chosen), None)
        if found is not None:
            self.show_memo(found)
        elif self._target is not None:
            self.show_target(*self._target, new=True)
            self.write()

    def _on_typed(self) -> None:
        if self.text.isReadOnly() or self._target is None:
            return
        self._changed = True
        self.state.setText(self.tr("Not saved yet"))
        # The first key after a saving starts the clock: long writing without a pause is saved every two seconds too.
        if not self._timer.isActive():
            self._timer.start()

    def _on_time(self) -> None:
        self.save(leaving=False)

    def _on_done(self) -> None:
        if self.save():
            self.left.emit()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        was = old is not None and self.isAncestorOf(old)
        if was and not (new is not None and self.isAncestorOf(new)):
            self.save()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before going out of sight."""
        self.save()
        super().hideEvent(event)
