"""One passage in its context: the turn around it, as far as is wanted, and the memo on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from kamcoder.domain.coding import Passage
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.finding import words
from kamcoder.gui.finding.context import ContextView
from kamcoder.gui.memos.editor import MemoEditor
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class PassageDetail(QWidget):
    """Shows a passage in its turn, marked; `More context` takes in a turn more on either side."""

    place_asked = Signal(str, int, int)
    failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._theme = theme
        self._session: Session | None = None
        self._passage: Passage | None = None
        self._colour = ""
        self._wider = 0
        self._chip = QLabel()
        self._code = ElidedLabel()
        self._code.setProperty("part", "strong")
        self._facts = label("", "small", wrap=True)
        self.context = ContextView(theme)
        self.more = QPushButton(self.tr("More context"))
        self.more.setToolTip(self.tr("Show a turn more before and after (+)"))
        self.open = QPushButton(self.tr("Go to the text"))
        for button, act in ((self.more, self.widen), (self.open, self._on_open)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
        self.editor = MemoEditor(theme)
        self.editor.failed.connect(self.failed)
        self._lay_out()
        theme.changed.connect(self._write)
        self.show_nothing()

    def load(self, session: Session | None) -> None:
        """Show passages of a project; a memo being written is saved first."""
        self.editor.load(session)
        self._session = session
        self.show_nothing()

    def show_passage(self, passage: Passage, colour: str) -> None:
        """Show a passage in its turn."""
        if self._passage is None or passage.coding.id != self._passage.coding.id:
            self._wider = 0
        self._passage, self._colour = passage, colour
        facts = [passage.reference, ", ".join(passage.cases), passage.speaker, passage.guide_question, passage.coder]
        self._code.setText(passage.code_path)
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._write()
        if self.editor.target != (MemoTarget.CODING, passage.coding.id):
            self.editor.show_target(MemoTarget.CODING, passage.coding.id)
        self._show_parts(one=True)

    def show_many(self, count: int) -> None:
        """Say how many passages are selected."""
        self._passage = None
        self.editor.clear()
        self._code.setText(words.passages(count))
        self._facts.setText(self.tr("Recode, uncode, copy or export them together."))
        self._show_parts(one=False)

    def show_nothing(self) -> None:
        """Say what would be shown here."""
        self._passage = None
        self.editor.clear()
        self._code.setText("")
        self._facts.setText(self.tr("Select a passage to see it in its context."))
        self._show_parts(one=False)

    def widen(self) -> None:
        """Show more around the passage."""
        if self._passage is not None:
            self._wider += 1
            self._write()

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._chip)
        head.addWidget(self._code, 1)
        foot.addWidget(self.more)
        foot.addStretch()
        foot.addWidget(self.open)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(14, 8, 14, 4)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self.context, 1)
        column.addLayout(foot)
        column.addStretch()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(above)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([320, 170])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _show_parts(self, *, one: bool) -> None:
        for widget in (self.context, self.more, self.open, self.editor, self._chip):
            widget.setVisible(one)

    def _write(self) -> None:
        passage, session = self._passage, self._session
        if passage is None or session is None:
            return
        coding = passage.coding
        found = session.passages.context(coding.document_id, coding.span, wider=self._wider)
        look = self._theme.look
        self._chip.setPixmap(chip(look.stroke(self._colour)).pixmap(12, 12))
        self.more.setEnabled(found.more)
        self.context.show_context(found, coding.span, self._colour)

    def _on_open(self) -> None:
        if self._passage is not None:
            coding = self._passage.coding
            self.place_asked.emit(coding.document_id, coding.span.start, coding.span.end)
