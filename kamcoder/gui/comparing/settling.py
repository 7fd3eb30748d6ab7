"""Walking through differences: the text with every coder's stripes, the list beside it, and the decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.settling import Choice, Disagreement
from kamcoder.gui.comparing.differences import DifferencesPane
from kamcoder.gui.comparing.settle_bar import SettleBar, Wish
from kamcoder.gui.comparing.side_reader import SideReader, by_document
from kamcoder.gui.comparing.working import Working, at_once
from kamcoder.gui.finding.chooser import CodeChooser
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.services.agreement_shapes import CompareScope
    from kamcoder.services.session import Session
    from kamcoder.services.settling import Draft

_INITIATOR = "compare"


class SettlingPane(QWidget):
    """Text and decisions; the list of differences, `side`, stands elsewhere in the place.

    `impossible` tells why a scope cannot be settled.
    """

    failed = Signal(object)
    impossible = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, working: Working, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._scope: CompareScope | None = None
        self._working = working
        self._by_document: dict[str, list[Disagreement]] = {}
        self._wanted: str = ""
        self.busy = self._taking = False
        self.reader = SideReader(theme)
        self.bar = SettleBar()
        self.side = DifferencesPane()
        self.chooser = CodeChooser(self)
        self.chooser.failed.connect(self.failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.reader, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.reader)
        self.side.list.installEventFilter(self)
        self.side.pointed.connect(self._on_pointed)
        self.side.opened.connect(self.reader.setFocus)
        self.side.agreed_asked.connect(self.take_agreed)
        self.bar.wished.connect(self.decide)
        self.bar.left.connect(self.reader.setFocus)
        self.reader.key_pressed.connect(self._on_key)
        self.reader.coding_clicked.connect(self.point)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that decide work in the list too."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().strip().isprintable():
            typed = event.text().strip()
            if typed:
                self._on_key(event)
            return bool(typed)
        return super().eventFilter(watched, event)

    # -- what is shown -------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Settle in another project."""
        self._session, self._scope = session, None
        self.reader.clear()
        self.side.show_stretches([])

    def ask(self, scope: CompareScope) -> None:
        """Show the differences of a scope; they are worked out beside the window where there are many."""
        session = self._session
        if session is None:
            return
        self._scope = scope
        try:
            draft = session.settling.draft(scope)
        except KamCoderError as error:
            self._scope = None
            self.reader.clear()
            self.side.show_stretches([])
            self.impossible.emit(error)
            return
        if self._taking:  # a thousand decisions were written: let the window breathe before they are shown
            self.busy = True
            QTimer.singleShot(0, self, self._show_taken)
        elif draft is None:
            self._show()
        elif at_once(draft.size):
            self._take_over(draft, draft.work_out())
        else:
            self.busy = True
            title = self.tr("Looking for differences")
            self._working.beside(title, draft.work_out, lambda found: self._take_over(draft, found))

    def on_changed(self, change: ChangeSet) -> None:
        """Follow decisions."""
        if change.touches("settlements", "codings") and self._scope is not None and not self.busy:
            self.ask(self._scope)

    def point(self, coding_id: str) -> bool:
        """Look at the stretch that a coding is part of; tell whether there is one."""
        for stretches in self._by_document.values():
            for found in stretches:
                if any(claim.coding_id == coding_id for claim in found.claims):
                    return self.side.point(found)
        return False

    def show_passage(self, document_id: str, span: TextSpan, coding_ids: tuple[str, ...]) -> None:
        """Look at a passage of the comparison: as a difference if it is one."""
        if self.busy:
            self._wanted = coding_ids[0] if coding_ids else ""
        elif not any(self.point(coding_id) for coding_id in coding_ids):
            self._open(document_id)
            self.reader.reveal(span)

    # -- deciding ------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next difference of the list or to the one before."""
        self.side.step(by)

    def decide(self, wish: Wish) -> None:
        """Do what a button or key asks for, and go on to the next difference."""
        session, found = self._session, self.side.current
        if session is None or found is None:
            return
        if wish.choice is Choice.OWN:
            quote = self.reader.view.span()
            span = quote if quote is not None and quote.overlaps(found.span) else found.span
            text = session.documents.text(found.document_id)
            self.chooser.ask(session, self.bar, span.of(text), lambda code_id: self._take_own(found, span, code_id))
            return
        if wish.choice is None:
            self._try(lambda: session.settling.reopen(found, initiator=_INITIATOR))
            return
        coders = (wish.coder_id,) if wish.choice is Choice.CODERS else ()
        choice, memo = wish.choice, self.bar.memo.text()
        self._try(
            lambda: session.settling.take(found, choice, coder_ids=coders, memo=memo, initiator=_INITIATOR), found
        )

    def take_agreed(self) -> None:
        """Take what all agree on in one step."""
        session, scope = self._session, self._scope
        if session is None or scope is None:
            return

        def take() -> None:
            count = session.settling.take_agreed(scope, initiator=_INITIATOR)
            text = self.tr("Took {count} agreed passages into the consensus.")
            self.acted.emit(text.format(count=f"{count:,}"))

        self._taking = True
        self._try(take)
        self._taking = False

    # -- inside --------------------------------------------------------------------------------------------------

    def _take_own(self, found: Disagreement, span: TextSpan, code_id: str) -> None:
        session, memo = self._session, self.bar.memo.text()
        if session is not None:
            self._try(
                lambda: session.settling.take(
                    found, Choice.OWN, span=span, code_ids=(code_id,), memo=memo, initiator=_INITIATOR
                ),
                found,
            )
        self.reader.setFocus()

    def _try(self, act: Callable[[], object], decided: Disagreement | None = None) -> None:
        before = decided.id if decided else ""
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return
        current = self.side.current
        if before and current is not None and current.id == before:
            self.side.step(1)  # the list shows settled ones too: go on all the same

    def _show_taken(self) -> None:
        self.busy = False
        if self._scope is not None:
            self.ask(self._scope)

    def _take_over(self, draft: Draft, found: list[Disagreement]) -> None:
        self.busy = False
        session = self._session
        if session is None or self._scope is None:
            return
        session.settling.take_over(draft, found)
        if draft.scope == self._scope and session.settling.draft(self._scope) is None:
            self._show()
        else:  # something was coded, or other things are wanted, meanwhile
            self.ask(self._scope)

    def _show(self) -> None:
        session, scope = self._session, self._scope
        if session is None or scope is None:
            return
        stretches = session.settling.stretches(scope)
        self._by_document = dict(by_document(stretches))
        book = session.codebook.all()
        self.reader.dress(book)
        self.side.model.know(
            session.documents.text,
            documents={document.id: document.name for document in session.documents.all()},
            names={coder.id: coder.name for coder in session.coders.all()},
            book=book,
        )
        here = self.reader.document_id
        self.side.show_stretches(stretches)
        if here and here == self.reader.document_id:
            self._open(here)
        if not self.reader.document_id and self._by_document:
            self._open(next(iter(self._by_document)))
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.point(wanted)

    def _open(self, document_id: str) -> None:
        session = self._session
        if session is None:
            return
        stretches = self._by_document.get(document_id, [])
        coder_ids = list(dict.fromkeys(coder_id for found in stretches for coder_id in found.coder_ids))
        consensus = session.settling.consensus
        if consensus is not None:
            coder_ids.append(consensus.id)
        self.reader.show_document(session, document_id, coder_ids, stretches)

    def _on_pointed(self, found: Disagreement | None) -> None:
        names = self.side.model.names
        if found is None:
            self.bar.show_stretch(None, "", names)
            return
        if found.document_id != self.reader.document_id:
            self._open(found.document_id)
        self.reader.show_stretch(found)
        number, count = self.side.list.currentIndex().row() + 1, len(self.side.model.shown)
        place = self.tr("{number} of {count}").format(number=f"{number:,}", count=f"{count:,}")
        self.bar.show_stretch(found, f"{place} · {self.side.model.head(found).removeprefix('✓ ')}", names)

    def _on_key(self, event: QKeyEvent) -> None:
        found = self.side.current
        if event.text() == "]":
            self.step(1)
        elif event.text() == "[":
            self.step(-1)
        elif event.text().casefold() == "m" and found is not None:
            self.bar.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.memo.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and found is not None:
            self.place_asked.emit(found.document_id, found.span.start, found.span.end)
        elif (wish := self.bar.wish_of(event)) is not None:
            self.decide(wish)
        else:
            event.ignore()
