"""Find everywhere: one search line over documents, memos and passages, and coding what was found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui import labels
from kamcoder.gui.finding import words
from kamcoder.gui.finding.bars import CodeBar, SearchBar
from kamcoder.gui.finding.chooser import CodeChooser
from kamcoder.gui.finding.excerpt import ExcerptDelegate
from kamcoder.gui.finding.hits import DOCUMENTS, MEMOS, PASSAGES, HitModel, span_of
from kamcoder.gui.finding.results import Results
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.services.finding import Found, Hit
from kamcoder.services.notes import MemoEntry

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_IDLE_MS = 150
_SLICE_MS = 6
_MOST_HITS = 3000
_OPEN = 300
_INITIATOR = "find"


class FindPanel(QWidget):
    """Finds words everywhere. `place_asked` jumps into the text, `memo_asked` to a memo, `coding_asked` to a passage.

    `acted` tells in a sentence of an act that is worth a toast with Undo; `recent_changed` that there is another recent
    search to remember.
    """

    place_asked = Signal(str, int, int)
    memo_asked = Signal(str)
    coding_asked = Signal(str)
    acted = Signal(str)
    recent_changed = Signal()
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._session: Session | None = None
        self._codebook = Codebook(())
        self._search: Iterator[Found] | None = None
        self._asked = ""
        self._stale = False
        self._chooser = CodeChooser(self)
        self._chooser.failed.connect(self.failed)
        self.model = HitModel(self)
        self.line = SearchBar()
        self.coding = CodeBar()
        self._make_results(theme)
        self._lay_out()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_IDLE_MS)
        self._wait.timeout.connect(self.search_now)
        # The search goes on in slices between which the window stays awake.
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._go_on)
        theme.changed.connect(self.results.viewport().update)
        self._connect()
        self.setFocusProxy(self.line.field)
        self._tell()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Search in a project; in none for None."""
        self._session = session
        self._chooser.leave()
        self.line.load(session)
        self._wait.stop()
        self._stop()
        self.model.clear(Codebook(()))
        self._asked = ""
        self._tell()

    def use_coder(self) -> None:
        """Search among the passages of who codes now."""
        self.line.offer()
        self._again()

    def show_everyone(self, *, everyone: bool) -> None:
        """Search in the passages and memos of all coders, or only of who codes now."""
        self.line.everyone.setChecked(everyone)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if change.touches("cases", "documents", "document_cases", "coders"):
            self.line.offer()
        if change.touches("documents", "turns", "codes"):
            self._again()
        elif change.touches("memos", "codings") and self._asked and change.initiator != _INITIATOR:
            if not self.isVisible():
                self._stale = True
            elif change.touches("memos"):
                self.model.show_memos(self._memos())
                self._tell()

    # -- searching -----------------------------------------------------------------------------------------------

    @property
    def searching(self) -> bool:
        """Tell whether hits may still be added."""
        return self._search is not None

    def ask(self, text: str = "") -> None:
        """Put the caret into the search line, with a text to search for if given."""
        if text:
            self.line.field.setText(" ".join(text.split()))
            self.search_now()
        self.line.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.field.selectAll()

    def search_now(self, *, keep: bool = False) -> None:
        """Search for what stands in the line without waiting for the end of typing."""
        self._wait.stop()
        self._stop()
        self._stale = False
        session, query = self._session, self.line.field.text().strip()
        keep = keep and query == self._asked
        self._asked = query
        self._codebook = session.codebook.all() if session else Codebook(())
        self.model.clear(self._codebook, keep_ticks=keep)
        if session is None or not query:
            self._tell()
            return
        coder = session.coder
        own = None if self.line.everyone.isChecked() else coder.id if coder else ""
        self._search = session.find.pieces(query, document_ids=self.line.documents(), coder_id=own)
        self.model.show_memos(self._memos())
        self._slices.start()
        self._go_on()

    def recent(self) -> list[str]:
        """Return what was searched for last, the latest first."""
        return self.line.recent()

    def set_recent(self, searches: list[str]) -> None:
        """Take over what was searched for at earlier times."""
        self.line.set_recent(searches)

    def code_ticked(self) -> None:
        """Ask for a code and put it on the ticked hits."""
        session, hits = self._session, self.model.ticked()
        if session is None or self.searching or not hits:
            self.hinted.emit(self.tr("Search first and tick the hits to code."))
        elif session.coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
        else:
            quote = self.tr("{hits} of {query}").format(hits=words.hits(len(hits)), query=self._asked)
            # These hits: a code made for them is a change after which the search begins anew.
            self._chooser.ask(session, self.coding.button, quote, partial(self._code, hits))

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_results(self, theme: Theme) -> None:
        self.results = Results(self.model)
        self.results.setAccessibleName(self.tr("What was found"))
        self.results.setItemDelegate(ExcerptDelegate(theme, self.results))
        self.results.activated.connect(self._on_activated)
        self.results.coding_wanted.connect(self.code_ticked)
        self.results.doubleClicked.connect(self._on_activated)
        self.model.rowsInserted.connect(self._on_inserted)
        self.model.dataChanged.connect(lambda: self._tell_ticks())
        self.nothing = EmptyState(
            self.tr("Find everywhere"),
            self.tr("Type words to find them in all documents, memos and passages. Ticked hits can be coded at once."),
            [],
        )

    def _lay_out(self) -> None:
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(body, 1)
        layout.addWidget(self.coding)

    def _connect(self) -> None:
        self.line.typed.connect(self._wait.start)
        self.line.entered.connect(self._on_enter)
        self.line.picked.connect(self.ask)
        self.line.limited.connect(self._again)
        self.coding.tick_asked.connect(lambda on: self.model.tick_all(on=on))
        self.coding.button.clicked.connect(self.code_ticked)
        code = QAction(self)
        code.setShortcut(QKeySequence("Ctrl+Return"))
        code.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        code.triggered.connect(self.code_ticked)
        self.addAction(code)

    def _go_on(self) -> None:
        """Take further pieces of the search for some milliseconds."""
        watch = QElapsedTimer()
        watch.start()
        try:
            while self._search is not None and watch.elapsed() < _SLICE_MS:
                found = next(self._search, None)
                if found is None or self.model.count(DOCUMENTS) >= _MOST_HITS:
                    self._stop()
                    self._open_passages()
                elif found.hits:
                    self.model.add(found)
        except KamCoderError as error:
            self._stop()
            self.failed.emit(error)
        self._tell()

    def _stop(self) -> None:
        self._slices.stop()
        self._search = None

    def _open_passages(self) -> None:
        if self.model.count(PASSAGES) <= _OPEN:
            self.results.expand(self.model.find(PASSAGES))

    def _again(self) -> None:
        """Search anew for what is shown, at once or when it is seen again."""
        if not self._asked:
            return
        if self.isVisible():
            self.search_now(keep=True)
        else:
            self._stop()
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.search_now(keep=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the line to the hits with the arrow down, and back with Escape."""
        if event.key() == Qt.Key.Key_Down and self.line.field.hasFocus():
            self._go_to_hits()
        elif event.key() == Qt.Key.Key_Escape and self.results.hasFocus():
            self.line.field.setFocus()
        else:
            super().keyPressEvent(event)

    def _go_to_hits(self) -> None:
        if not self.results.currentIndex().isValid():
            self.results.setCurrentIndex(self.model.first_hit())
        self.results.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_enter(self) -> None:
        query = self.line.field.text().strip()
        if query and query == self._asked and not self._wait.isActive():
            self._go_to_hits()
        else:
            self.search_now()
        if query:
            self.line.set_recent([query, *(text for text in self.line.recent() if text != query)])
            self.recent_changed.emit()

    def _on_inserted(self, parent: QModelIndex) -> None:
        """Open what is new while it is little: a tree with thousands of open rows is slow to grow."""
        key = self.model.key(parent)
        if key == DOCUMENTS or (key and self.model.count(DOCUMENTS) <= _OPEN and key != PASSAGES):
            self.results.expand(parent)
        elif not key:
            self.results.expand(self.model.find(DOCUMENTS))

    def _on_activated(self, index: QModelIndex | QPersistentModelIndex) -> None:
        node = self.model.node(index)
        if node is None:
            return
        place = span_of(node.value)
        if isinstance(node.value, MemoEntry):
            self.memo_asked.emit(node.value.memo.id)
        elif place is not None:
            self.place_asked.emit(place[0], place[1].start, place[1].end)
            if node.key.startswith("coding:"):
                self.coding_asked.emit(node.key.removeprefix("coding:"))
        else:
            self.results.setExpanded(node_index := self.model.index_of(node), not self.results.isExpanded(node_index))

    def _code(self, hits: list[Hit], code_id: str) -> None:
        session = self._session
        if session is None:
            return
        try:
            made = session.find.code_hits(hits, code_id, spans=self.coding.span(), initiator=_INITIATOR)
            path = session.codebook.all().path(code_id)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        if made:
            self.acted.emit(
                self.tr("{passages} coded with {code}.").format(passages=words.passages(len(made)), code=path)
            )
        else:
            self.hinted.emit(self.tr("All of these carry the code already."))
        self.search_now(keep=True)

    def _memos(self) -> list[MemoEntry]:
        session = self._session
        if session is None or not self._asked:
            return []
        found = {memo.id for memo in session.find.memos(self._asked)}
        coder = session.coder
        return [
            entry
            for entry in (session.memos.entries() if found else [])
            if entry.memo.id in found
            and (
                self.line.everyone.isChecked()
                or entry.memo.target is not MemoTarget.CODING
                or (coder is not None and entry.memo.coder_id == coder.id)
            )
        ]

    def _tell(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rowCount() or self._asked else 0)
        hits, memos, passages = (self.model.count(kind) for kind in (DOCUMENTS, MEMOS, PASSAGES))
        if not self._asked:
            said = ""
        elif not (hits or memos or passages or self.searching):
            said = self.tr(
                "Nothing found for “{query}”. Fewer words find more; parts of words are found from their beginning."
            ).format(query=self._asked)
        else:
            said = self.tr("{hits} in {documents}, {memos}, {passages}").format(
                hits=words.hits(hits),
                documents=labels.documents(self.model.documents()),
                memos=words.memos(memos),
                passages=words.passages(passages),
            )
            if self.searching:
                said = self.tr("{found}; still searching").format(found=said)
            elif hits >= _MOST_HITS:
                said = self.tr("{found}; the search stopped here, add a word to narrow it").format(found=said)
        self.coding.count.setText(said)
        self._tell_ticks()

    def _tell_ticks(self) -> None:
        self.coding.tell(len(self.model.ticked()), self.model.count(DOCUMENTS), searching=self.searching)
