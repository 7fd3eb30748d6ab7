"""Writing one summary: saved when the focus leaves and two seconds after a key; one sitting is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeOrigin, ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.summary import Summary, joined
from kamcoder.gui.memos.words import moment
from kamcoder.gui.summaries import words
from kamcoder.gui.summaries.text import SummaryText
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.summarising import Cell

if TYPE_CHECKING:
    from kamcoder.services.session import Session

SAVE_MS = 2000


class SummaryEditor(QWidget):
    """The text of one cell. `written` tells that it was saved, `left` that the writer is done (Escape).

    `passage_wanted` asks for the mark of the passage that is chosen in the list. Before its project is closed, `save`
    must have been called.
    """

    written = Signal()
    left = Signal()
    failed = Signal(object)
    passage_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._cell: Cell | None = None
        self._summary: Summary | None = None
        self._coding_ids: tuple[str, ...] = ()
        self._title = self._shown = ""
        self._changed = self._goes_on = self._draft = False
        self.initiator = f"summary-{id(self)}"
        self.heading = ElidedLabel()
        self.heading.setProperty("part", "strong")
        self.state = label("", "small", wrap=True)
        self.text = SummaryText(theme, self._told)
        self.text.setAccessibleName(self.tr("Summary"))
        self.text.textChanged.connect(self._on_typed)
        self.draft_button = QPushButton(self.tr("Draft from passages"))
        self.draft_button.setToolTip(self.tr("Fill in the quotes of the cell, to be edited down (Ctrl+D)"))
        self.insert_button = QPushButton(self.tr("Insert the passage"))
        self.insert_button.setToolTip(self.tr("Write the mark of the passage chosen below (Ctrl+L)"))
        for button, act in ((self.draft_button, self.fill_draft), (self.insert_button, self.passage_wanted.emit)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(lambda: self.save(leaving=False))
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self._make_keys()
        self._lay_out()
        self.setFocusProxy(self.text)
        self.show_cell(None, None, "", ())

    # -- what is written on --------------------------------------------------------------------------------------

    @property
    def cell(self) -> Cell | None:
        """Return case and code of what is written."""
        return self._cell

    def show_cell(self, session: Session | None, cell: Cell | None, title: str, coding_ids: tuple[str, ...]) -> None:
        """Show the summary of a cell, after saving what was typed; `coding_ids` are its passages."""
        if session is self._session and cell == self._cell:
            self._title, self._coding_ids = title, coding_ids
            self._say()
            return
        self.save()
        self._session, self._cell, self._title, self._coding_ids = session, cell, title, coding_ids
        self._read()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project, unless it was written here."""
        if change.initiator == self.initiator and change.origin is ChangeOrigin.DO:
            return
        if self._cell is not None and change.touches("summaries", "summary_links", "cases", "codes", "codings"):
            self._goes_on = False
            if not self._changed:
                self._read()
            else:
                self._find()

    def save(self, *, leaving: bool = True) -> bool:
        """Write what was typed; tell whether nothing is left unsaved. `leaving` ends the sitting."""
        self._timer.stop()
        session, cell = self._session, self._cell
        if self._changed and session is not None and cell is not None:
            text = self.text.toPlainText()
            if text.strip() or leaving:
                try:
                    self._summary = session.summaries.write(
                        *cell,
                        text,
                        marks=self.text.marks,
                        draft=self._draft,
                        initiator=self.initiator,
                        goes_on=self._goes_on,
                    )
                except KamCoderError as error:
                    self.state.setText(self.tr("Not saved yet"))
                    self.failed.emit(error)
                    return False
                self._changed = False
                self._goes_on = self._summary is not None
                self._say()
                self.written.emit()
        if leaving:
            self._goes_on = False
        return True

    def use_coder(self) -> None:
        """Follow who codes now; what was typed must have been saved."""
        self._say()

    def drop(self) -> None:
        """Let go of a cell that is gone, with what was typed on it."""
        self._changed = False
        self._timer.stop()
        self.show_cell(self._session, None, "", ())

    # -- acts ----------------------------------------------------------------------------------------------------

    def insert(self, coding_ids: list[str]) -> None:
        """Write the marks of passages at the caret."""
        self.text.insert(coding_ids)

    def fill_draft(self) -> None:
        """Fill in the quotes of the cell behind what is written; an untouched one is marked as a draft."""
        session = self._session
        if session is None or self._cell is None or self.text.isReadOnly() or not self._coding_ids:
            return
        self.save()
        fresh = not self.text.toPlainText().strip()
        if not fresh:
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        draft = session.summaries.draft(self._coding_ids)
        if fresh:
            self.text.fill(draft.text, draft.marks)
        else:
            self._add(draft.text, dict(draft.marks))
        self._draft, self._changed, self._shown = fresh, True, self.text.toPlainText()
        self.save()
        self._say()
        self.text.setFocus()

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        for keys, act in (
            ("Escape", self._on_done),
            ("Ctrl+D", self.fill_draft),
            ("Ctrl+L", self.passage_wanted.emit),
            ("Alt+Return", self.text.open_mark),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            self.addAction(action)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.draft_button)
        foot.addWidget(self.insert_button)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 10, 6)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.state)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot)

    def _find(self) -> None:
        session = self._session
        self._summary = session.summaries.all().get(self._cell) if session and self._cell else None

    def _read(self) -> None:
        self._find()
        summary = self._summary
        self._changed = self._goes_on = False
        self._draft = summary.draft if summary else False
        with QSignalBlocker(self.text):
            self.text.fill(summary.text if summary else "", summary.marks if summary else {})
        self._shown = self.text.toPlainText()
        self._say()

    def _say(self) -> None:
        session, summary = self._session, self._summary
        writable = session is not None and session.coder is not None and self._cell is not None
        self.text.setReadOnly(not writable)
        self.text.setEnabled(self._cell is not None)
        for button, possible in (
            (self.draft_button, bool(self._coding_ids)),
            (self.insert_button, bool(self._coding_ids)),
        ):
            button.setEnabled(writable and possible)
        self.heading.setText(self._title or self.tr("Summary"))
        if self._cell is None:
            hint = self.tr("Choose a cell to write on it.")
        elif not writable:
            hint = self.tr("Choose who codes to write summaries.")
        else:
            hint = self.tr("What do the passages below say? Drag one here to refer to it.")
        self.text.setPlaceholderText(hint)
        self.state.setText(self._said(summary) if self._cell is not None else "")

    def _said(self, summary: Summary | None) -> str:
        if summary is None or self._session is None:
            return self.tr("Saved while you write") if not self.text.isReadOnly() else ""
        names = {coder.id: coder.name for coder in self._session.coders.all()}
        said = self.tr("{coder}, {when}").format(
            coder=names.get(summary.coder_id, "?"), when=moment(summary.modified_at)
        )
        if summary.draft:
            said = self.tr("Draft from passages, not edited yet · {said}").format(said=said)
        lost = summary.lost
        return f"{said} · {words.lost(len(lost))}" if lost else said

    def _told(self, coding_id: str) -> str:
        """Return the words of a passage with its reference, for a tool tip."""
        session = self._session
        if session is None:
            return ""
        place = session.passages.places([coding_id]).get(coding_id)
        if place is None:
            return self.tr("No passage: it was deleted, or never there.")
        return f"“{place[3][:700]}”\n{session.summaries.references([coding_id]).get(coding_id, '')}"

    def _add(self, text: str, marks: dict[int, str]) -> None:
        """Write a draft behind what is there, its marks numbered on."""
        here = Summary("", "", "", "", self.text.toPlainText(), False, "", "", *_parts(self.text.marks))
        there = Summary("", "", "", "", text, True, "", "", *_parts(marks))
        whole, found = joined(here, there)
        self.text.fill(whole, found)

    def _on_typed(self) -> None:
        if self.text.isReadOnly() or self._cell is None:
            return
        if self.text.toPlainText() == self._shown:
            return  # only the look of the marks changed
        self._shown = self.text.toPlainText()
        self._changed = True
        self._draft = False
        self.state.setText(self.tr("Not saved yet"))
        if not self._timer.isActive():
            self._timer.start()

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


def _parts(marks: dict[int, str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(marks.values()), tuple(marks)
