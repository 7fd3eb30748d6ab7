"""The place where documents are read and coded: documents, reader, codebook and inspector side by side."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeOrigin, ChangeSet
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.action_spec import Scope
from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.codebook.panel import CodebookPanel
from kamcoder.gui.coding_acts import CodingActs
from kamcoder.gui.documents.panel import DocumentsPanel
from kamcoder.gui.inspector import Inspector
from kamcoder.gui.reader.page import Page
from kamcoder.gui.reader.panel import ReaderPanel
from kamcoder.gui.suggestions.acts import SuggestionActs
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_INSPECT_MS = 20


class CodePlace(QWidget):
    """Lets one open project be read and coded. What goes wrong as expected is told by `failed`."""

    failed = Signal(object)
    hinted = Signal(str)
    state_changed = Signal()
    document_shown = Signal(str)
    acted = Signal(str)

    def __init__(self, theme: Theme, board: ActionBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session: Session | None = None
        self._board = board
        self._coder_id = ""
        self._everyone = False
        self._others: frozenset[str] = frozenset()
        self._make_panes()
        # The text answers at once; what is told beside it follows, once for several steps in a row.
        self._inspecting = QTimer(self)
        self._inspecting.setSingleShot(True)
        self._inspecting.setInterval(_INSPECT_MS)
        self.acts = CodingActs(self, self.reader)
        self.suggestions = SuggestionActs(self)
        board.give(Scope.READER, self.reader.view)
        self._connect()
        self._kept = (0, "")
        theme.changing.connect(self._on_theme_changing)
        theme.changed.connect(self._on_theme_changed)

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        self._coder_id, self._everyone, self._others = "", False, frozenset()
        self.inspector.load(session)
        self.reader.clear()
        self.documents.load(session)
        self.codebook.load(session)
        self.reader.dress(codebook=self.codebook.model.codebook)
        self.acts.load(session, self.codebook.model.codebook)
        self.suggestions.load(session)
        self._count_columns()
        self._choose_page()

    def use_coder(self) -> None:
        """Show the codings of who codes now."""
        session = self._session
        coder = session.coder if session else None
        if coder is not None and coder.id != self._coder_id:  # what one chose to see is not shown to the next
            self._coder_id, self._everyone, self._others = coder.id, False, frozenset()
        self.codebook.count_for(coder.id if coder else None)
        self.documents.use_coder(self.reader.document_id)
        self.inspector.use_coder()
        self._count_columns()
        self._show_codings()
        self.suggestions.use_coder()

    def show_everyone(self, *, everyone: bool) -> None:
        """Show the codings of all coders, or only those of who codes now."""
        self._everyone, self._others = everyone, frozenset()
        self._show_codings()

    def show_others(self, coder_ids: frozenset[str]) -> None:
        """Show the codings of these coders beside those of who codes now."""
        self._others = coder_ids
        self._everyone = bool(coder_ids) and coder_ids >= self._other_coders()
        self._show_codings()

    @property
    def others(self) -> frozenset[str]:
        """Return whose codings were asked for beside those of who codes now."""
        return self._others

    @property
    def everyone(self) -> bool:
        """Tell whether the codings of all coders are shown."""
        return self._everyone

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.documents.on_changed(change)
        self.codebook.on_changed(change)
        if change.touches("codes"):
            self._on_codes_changed(self.codebook.model.codebook)
        if change.touches("documents"):
            self._on_documents_changed()
        if change.touches("coders"):
            self._count_columns()
        if change.touches("coders", "assignments"):
            self._show_codings()
        self._show_where(change)
        self.reader.on_changed(change)
        self.inspector.on_changed(change)
        self.suggestions.on_changed(change)
        self._choose_made(change)

    def present(self) -> dict[str, bool]:
        """Tell which needs of commands are there."""
        return {
            "code": bool(self.codebook.tree.current_key()),
            "listed": bool(self.documents.current),
            **self.acts.present(),
            **self.suggestions.present(),
        }

    def keys(self) -> str:
        """Return which keys work in the reader now: those of the current suggestion, or else those of codings."""
        self._board["suggest.on"].setChecked(self.suggestions.on)
        return self.suggestions.keys() or self.acts.keys()

    # -- commands ------------------------------------------------------------------------------------------------

    def open_document(self, document_id: str) -> None:
        """Read a document."""
        session = self._session
        if session is None or document_id == self.reader.document_id:
            return
        with _without_collecting():
            self._open(session, document_id)

    def _open(self, session: Session, document_id: str) -> None:
        try:
            document = session.documents.find(document_id)
            page = Page.of_lines(
                session.documents.text(document_id),
                session.documents.turn_lines(document_id),
                session.documents.speakers(document_id),
            )
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.acts.leave()
        self.reader.others = self._others_in(document_id)
        self.reader.show_document(document, page, self._lines(document_id))
        self.documents.show_current(document_id)
        self._choose_page()
        self.document_shown.emit(document_id)

    def step_document(self, by: int) -> None:
        """Read the document `by` places further in the tree."""
        here = self.reader.document_id
        ids = self.documents.model.documents()
        there = self.documents.neighbour(here, by) if here else next(iter(ids), None)
        if there is not None:
            self.open_document(there)

    def next_pane(self, by: int) -> None:
        """Move the focus to the next of the panes that are open."""
        panes = [pane for pane in (self.documents, self.reader, self.codebook) if pane.isVisible() and pane.width()]
        here = next((place for place, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget() or self)), -1)
        if panes:
            panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus(self) -> None:
        """Give the focus to the text; without one to the list of documents; without these to the way to get some."""
        if self.reader.document_id is not None:
            self.reader.setFocus()
        elif self.documents.model.documents():
            self.documents.setFocus()
        else:
            self.empty.buttons[0].setFocus()

    def share(self) -> None:
        """Give the panes the widths and heights they begin with."""
        self.splitter.setSizes([240, 750, 290])
        self.right.setSizes([400, 320])

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_panes(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.documents = DocumentsPanel(self._board, self.splitter)
        centre = QWidget(self.splitter)
        centre.setProperty("part", "place")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reader = ReaderPanel(self._theme, centre)
        self.empty = EmptyState(
            self.tr("Nothing to read yet"),
            self.tr("Import transcripts to read and code them here. Their text is kept in the project file."),
            [self._board["documents.import"]],
            parent=centre,
        )
        self.unread = EmptyState(
            self.tr("Choose a document"),
            self.tr("Click one on the left, or press Ctrl+Page Down."),
            [],
            parent=centre,
        )
        self._pages = QStackedLayout(centre)
        for page in (self.reader, self.empty, self.unread):
            self._pages.addWidget(page)
        self.right = QSplitter(Qt.Orientation.Vertical, self.splitter)
        self.right.setHandleWidth(1)
        self.codebook = CodebookPanel(self._board, self.right)
        self.inspector = Inspector(self._theme, self._board, self.right)
        self.right.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.documents.setMinimumWidth(140)
        self.right.setMinimumWidth(160)
        centre.setMinimumWidth(340)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.documents.document_chosen.connect(self.open_document)
        self.documents.document_pointed.connect(lambda _: self.state_changed.emit())
        self.document_shown.connect(self.documents.note_opened)
        self.reader.selection_changed.connect(self.state_changed)
        self.reader.coding_chosen.connect(self._on_coding_chosen)
        self.reader.whose.chosen.connect(self.show_others)
        self.codebook.code_chosen.connect(self.acts.apply)
        self.codebook.code_pointed.connect(self._on_code_pointed)
        self.codebook.shown_codes_changed.connect(self.reader.show_codes)
        self.acts.memo_asked.connect(self._on_memo_asked)
        self.acts.actors_asked.connect(self._on_actors_asked)
        self._inspecting.timeout.connect(self.inspect)
        self.inspector.coding_asked.connect(self.reader.choose)
        self.inspector.left.connect(self.reader.setFocus)
        self.suggestions.state_changed.connect(self.state_changed)
        self.suggestions.document_wanted.connect(self.open_document)
        self.suggestions.acted.connect(self.acted)
        for part in (self.acts, self.inspector, self.codebook, self.documents, self.suggestions):
            part.failed.connect(self.failed)
            part.hinted.connect(self.hinted)
        for panel in (self.codebook, self.documents):
            panel.acted.connect(self.acted)

    def _choose_page(self) -> None:
        if self.reader.document_id is not None:
            self._pages.setCurrentWidget(self.reader)
        elif self.documents.model.documents():
            self._pages.setCurrentWidget(self.unread)
        else:
            self._pages.setCurrentWidget(self.empty)
        self.state_changed.emit()

    def _lines(self, document_id: str | None) -> Iterable[list[tuple[Any, ...]]]:
        if self._session is None or document_id is None:
            return ()
        return self._session.codings.lines_bit_by_bit(document_id)

    def _show_codings(self) -> None:
        session = self._session
        own = session.coder.id if session and session.coder else None
        others = self._others_in(self.reader.document_id)
        self.reader.show_codings_of(own, others, self._lines(self.reader.document_id))
        self.reader.know_coders(session.coders.all() if session else [], own)
        self.inspector.know_coders(self.reader.view.coder_names)
        self._board["view.everyone"].setChecked(self._everyone)

    def _others_in(self, document_id: str | None) -> frozenset[str]:
        """Return whose codings are to be shown in a document beside one's own; nobody's before one has finished it."""
        others = self._other_coders() if self._everyone else self._others & self._other_coders()
        session = self._session
        own = session.coder if session else None
        if session and own and others and document_id and not session.assigning.may_see(own.id, document_id):
            self.hinted.emit(self.tr("You see the others’ codings of this document when you have finished it."))
            return frozenset()
        return others

    def _other_coders(self) -> frozenset[str]:
        session = self._session
        if session is None:
            return frozenset()
        own = session.coder.id if session.coder else None
        return frozenset(coder.id for coder in session.coders.all()) - {own}

    def _count_columns(self) -> None:
        """Hide the column of own counts where it would say the same as that of all."""
        people = len(self._session.coders.all()) if self._session else 0
        self.codebook.show_mine(mine=people > 1)

    def _on_theme_changing(self) -> None:
        chosen = self.reader.chosen
        self._kept = (self.reader.view.top_position(), chosen.coding.id if chosen else "")

    def _on_theme_changed(self) -> None:
        self.reader.dress()
        place, chosen = self._kept
        if self.reader.document_id is not None:
            self.reader.view.scroll_to(place)
            if chosen:
                self.reader.choose(chosen)

    def _on_codes_changed(self, codebook: Codebook) -> None:
        self.reader.dress(codebook=codebook)
        self.acts.follow(codebook)

    def _on_documents_changed(self) -> None:
        present = {document.id: document for document in self._session.documents.all()} if self._session else {}
        here = self.reader.document_id
        if here is not None and here not in present:
            self.reader.clear()
            self.inspector.show_nothing()
        elif here is not None:
            self.reader.rename(present[here])
        self._choose_page()

    def _show_where(self, change: ChangeSet) -> None:
        """Undo and redo show what they did, in whichever document it is."""
        rows = [row.row for row in change.of("codings")]
        if change.origin is ChangeOrigin.DO or len(rows) != 1:
            return
        document_id = str(rows[0]["document_id"])
        if document_id != self.reader.document_id and document_id in self.documents.model.documents():
            self.open_document(document_id)

    def _choose_made(self, change: ChangeSet) -> None:
        made = [row.after for row in change.of("codings") if row.after is not None]
        gone = [row.before for row in change.of("codings") if row.after is None and row.before is not None]
        if change.origin is ChangeOrigin.DO or len(made) + len(gone) != 1:
            return
        position = int((made or gone)[0]["span_start"])
        self.reader.view.reveal(position)
        if made:
            self.reader.choose(str(made[0]["id"]))

    def _on_memo_asked(self, _: str) -> None:
        self.inspect()
        self.inspector.write_memo()

    def _on_actors_asked(self) -> None:
        self.inspect()
        self.inspector.correct_actors()

    def _on_coding_chosen(self, _: str) -> None:
        self._inspecting.start()
        self.state_changed.emit()

    def inspect(self) -> None:
        """Show what is known of the coding that is chosen."""
        self._inspecting.stop()
        reader = self.reader
        mark = reader.chosen
        if mark is None or reader.document is None:
            self.inspector.show_nothing()
        else:
            place = f"{reader.document.name} ¶{reader.view.page.paragraph(mark.coding.span.start)}"
            here = [other.coding for other in reader.overlapping()]
            self.inspector.show_coding(mark.coding, reader.view.inks, place=place, here=here)

    def _on_code_pointed(self, code_id: str) -> None:
        codebook = self.codebook.model.codebook
        if code_id in codebook:
            self._inspecting.stop()
            self.inspector.show_code(codebook.get(code_id), self.reader.view.inks[code_id])
        self.state_changed.emit()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Put off the collection of garbage: the lines of a large document would set it off in the midst of opening."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
