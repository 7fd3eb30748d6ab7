"""The journal: all memos by date, to read, go on writing, and jump to what they are about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.memos import words
from kamcoder.gui.memos.editor import MemoEditor
from kamcoder.gui.memos.model import JournalDelegate, JournalModel, chosen, told
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.tree_view import Tree
from kamcoder.services.notes import MemoEntry

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = ("memos", "codings", "codes", "documents", "cases", "participants", "projects", "coders")


class MemoJournal(QWidget):
    """All memos by date. The `…_asked` signals jump to what a memo is about."""

    place_asked = Signal(str, int, int)
    coding_asked = Signal(str)
    document_asked = Signal(str)
    code_asked = Signal(str)
    case_asked = Signal(str)
    participant_asked = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._theme = theme
        self._session: Session | None = None
        self._entries: list[MemoEntry] = []
        self._stale = False
        self.model = JournalModel(self)
        self.editor = MemoEditor(theme)
        self.editor.failed.connect(self.failed)
        self.editor.hinted.connect(self.hinted)
        self.editor.left.connect(lambda: self.tree.setFocus())
        self.editor.written.connect(lambda memo_id: self.tree.point(memo_id))
        self._make()
        self._lay_out()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._show)
        self.filter.textChanged.connect(self._wait.start)
        self.setFocusProxy(self.tree)
        self._show()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show the memos of a project; what was being written is saved first."""
        self.editor.load(session)
        self._session = session
        self.filter.clear()
        for button in (self.kinds, self.coders):
            button.choose(())
        self._read()

    def use_coder(self) -> None:
        """Show what who codes now may see."""
        self.editor.use_coder()
        self._read()

    def show_everyone(self, *, everyone: bool) -> None:
        """Show the memos on passages of all coders, or only of who codes now."""
        self.everyone.setChecked(everyone)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.editor.on_changed(change)
        if change.touches(*_TABLES):
            if self.isVisible():
                self._read()
            else:
                self._stale = True

    # -- commands ------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save what is being written; tell whether nothing is left unsaved."""
        return self.editor.save()

    def new_project_memo(self) -> None:
        """Begin a memo on the project."""
        session = self._session
        if session is None:
            return
        if session.coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
            return
        self.tree.setCurrentIndex(self.model.find(""))
        self.editor.show_target(MemoTarget.PROJECT, session.project.id, new=True)
        self._choose_page()
        self.editor.write()

    def show_memo(self, memo_id: str) -> None:
        """Show a memo, whatever is filtered out now."""
        if self._stale:
            self._read()
        if self.model.entry(memo_id) is None:
            self.filter.clear()
            for button in (self.kinds, self.coders):
                button.choose(())
            self._wait.stop()
            self._show()
        self.tree.point(memo_id)

    def jump(self) -> None:
        """Go to what the current memo is about."""
        entry = self.model.entry(self.tree.current_key())
        if entry is None:
            return
        target, target_id, subject = entry.memo.target, entry.memo.target_id, entry.subject
        if target is MemoTarget.CODING and subject.document_id and subject.span:
            self.place_asked.emit(subject.document_id, subject.span.start, subject.span.end)
            self.coding_asked.emit(target_id)
        elif target is not MemoTarget.PROJECT:
            asked = {
                MemoTarget.DOCUMENT: self.document_asked,
                MemoTarget.CODE: self.code_asked,
                MemoTarget.CASE: self.case_asked,
                MemoTarget.PARTICIPANT: self.participant_asked,
            }
            asked[target].emit(target_id)

    # -- inside --------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words in memos"))
        self.filter.setAccessibleName(self.tr("Words in memos"))
        self.filter.setClearButtonEnabled(True)
        self.kinds = CheckListButton(self.tr("On"))
        self.coders = CheckListButton(self.tr("By"))
        for button in (self.kinds, self.coders):
            button.changed.connect(self._show)
        self.everyone = QCheckBox(self.tr("Everyone’s"))
        self.everyone.setToolTip(self.tr("Show the memos on passages of all coders, not only of who codes now"))
        self.everyone.toggled.connect(self._on_everyone)
        self.new_button = QPushButton(self.tr("New project memo"))
        self.new_button.clicked.connect(self.new_project_memo)
        self.jump_button = QPushButton()
        self.jump_button.setProperty("part", "link")
        self.jump_button.clicked.connect(self.jump)
        self.count = label("", "small")
        self.tree = Tree(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Memos by date"))
        self.tree.setItemDelegate(JournalDelegate(self._theme, self.tree))
        self.tree.fit_columns()
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(8)
        self.tree.pointed.connect(self._on_pointed)
        self.tree.chosen.connect(self.jump)
        self.empty = EmptyState(
            self.tr("No memos yet"),
            self.tr("Write down what you notice: on a passage with M, or on the project with the button above."),
            [],
        )
        write = QAction(self)
        write.setShortcut(QKeySequence("M"))
        write.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        write.triggered.connect(self.editor.write)
        self.tree.addAction(write)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.filter, 1)
        for widget in (self.kinds, self.coders, self.everyone, self.new_button):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.jump_button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([380, 460])
        self.splitter.setChildrenCollapsible(False)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(body, 1)
        layout.addLayout(foot)

    def _read(self) -> None:
        """Read all memos and offer what there is to filter by."""
        self._stale = False
        session = self._session
        self._entries = session.memos.entries() if session else []
        coder = session.coder if session else None
        own = coder.id if coder else None
        if not self.everyone.isChecked():
            self._entries = chosen(
                self._entries, lambda entry: entry.memo.target is not MemoTarget.CODING or entry.memo.coder_id == own
            )
        targets = Counter(entry.memo.target for entry in self._entries)
        self.kinds.offer([Entry(target, words.kind(target), targets[target]) for target in MemoTarget])
        authors = Counter((entry.memo.coder_id, entry.coder) for entry in self._entries)
        self.coders.offer([Entry(key, name, count) for (key, name), count in sorted(authors.items())])
        people = len(session.coders.all()) if session else 0
        self.coders.setVisible(people > 1)
        self.everyone.setVisible(people > 1 or (session is not None and coder is None))
        self.new_button.setEnabled(session is not None)
        self._show()

    def _show(self) -> None:
        kinds, coders = self.kinds.chosen, self.coders.chosen
        typed = self.filter.text().casefold().split()
        shown = chosen(
            self._entries,
            lambda entry: not kinds or entry.memo.target in kinds,
            lambda entry: not coders or entry.memo.coder_id in coders,
            lambda entry: all(word in f"{entry.memo.title} {entry.memo.text}".casefold() for word in typed),
        )
        self.model.show(shown)
        self.count.setText(told(len(shown), len(self._entries)) if self._entries else "")
        self._choose_page()

    def _choose_page(self) -> None:
        writing = self.editor.target is not None
        self._stack.setCurrentIndex(0 if self._entries or writing else 1)
        entry = self.model.entry(self.tree.current_key())
        way = words.way(entry.memo.target) if entry else ""
        self.jump_button.setText(way)
        self.jump_button.setVisible(bool(way))

    def _on_pointed(self, key: str) -> None:
        entry = self.model.entry(key)
        if entry is not None:
            self.editor.show_memo(entry.memo)
        self._choose_page()

    def _on_everyone(self, everyone: bool) -> None:
        self.editor.show_everyone(everyone=everyone)
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._read()
