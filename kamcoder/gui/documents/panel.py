"""The panel of documents: chooses which one is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.coding import WorkState
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.action_spec import Scope
from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.documents.acts import DocumentActs
from kamcoder.gui.documents.model import CODINGS, SHARE, DocumentsModel, Order, document_of, key_of
from kamcoder.gui.documents.row import DocumentRow
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.search_line import SearchLine
from kamcoder.gui.widgets.tree_view import Tree
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_COUNT_WIDTH, _SHARE_WIDTH = 34, 36
_LATER_MS = 400
_ORDERS = {f"documents.sort_{order.value}": order for order in Order}
_MENU = (
    ("documents.open", "documents.properties"),
    ("documents.rename", "documents.link", "documents.finished", "documents.unread"),
    ("documents.delete",),
    ("documents.expand", "documents.collapse", *_ORDERS),
    ("documents.import",),
)


class DocumentsPanel(QWidget):
    """Documents by case. `document_chosen`: one was clicked or chosen with Enter; `properties_asked`: of a document."""

    document_chosen = Signal(str)
    document_pointed = Signal(str)
    properties_asked = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)

    def __init__(self, board: ActionBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._board = board
        self._session: Session | None = None
        self._digits = 0
        self.model = DocumentsModel(self)
        self.tree = Tree(self.model)
        self.tree.setAccessibleName(self.tr("Documents by case"))
        self.tree.fit_columns(_COUNT_WIDTH, _SHARE_WIDTH)
        # Names of one study often begin alike.
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.acts = DocumentActs(self)
        self.rows = DocumentRow(self.tree, self.model, self._rename)
        self.tree.setItemDelegate(self.rows)
        self.search = SearchLine(self.tr("Filter documents"))
        self.problem = label("", wrap=True)
        self.problem.setContentsMargins(14, 4, 14, 8)
        self.problem.hide()
        self.empty = EmptyState(
            self.tr("No documents yet"),
            self.tr("Import the transcripts of your interviews: Word, text, PDF, subtitles and more."),
            [board["documents.import"]],
            side=True,
        )
        self.nothing = label(self.tr("No document has these words in its name or its case’s."), "muted", wrap=True)
        self.menu = QMenu(self)
        # Shares are worked out when the coding hand rests: they are not worth a late frame.
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(_LATER_MS)
        self.later.timeout.connect(self.model.refresh_shares)
        self._lay_out()
        self._connect()
        board.give(Scope.DOCUMENTS, self.tree)
        board["documents.sort_name"].setChecked(True)
        self._on_reset()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show the documents of a project; none for None."""
        self._session = session
        self.problem.hide()
        self.later.stop()
        self.search.clear()
        self.acts.load(session)
        self.model.load(session)

    def use_coder(self, reading: str | None = None) -> None:
        """Show how far who codes now is; the document that is being read is in progress with that."""
        self.model.use_coder()
        self._show_shares()
        if reading is not None:
            self.note_opened(reading)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.model.on_changed(change)
        if change.touches("codings"):
            self.later.start()
            if self.model.digits != self._digits:
                self._fit()

    def show_current(self, document_id: str) -> None:
        """Mark the document that is being read, without choosing it anew."""
        if document_of(self.tree.current_key()) != document_id:
            self.tree.point(key_of(document_id))

    def note_opened(self, document_id: str) -> None:
        """Note that a document is being read: it is in progress if it was not begun."""
        self.acts.note_opened(document_id, self.model.state(document_id))

    def neighbour(self, document_id: str, step: int) -> str | None:
        """Return the document `step` places after this one in the order of the tree; None at the ends."""
        ids = self.model.documents()
        place = ids.index(document_id) + step if document_id in ids else -1
        return ids[place] if 0 <= place < len(ids) else None

    @property
    def current(self) -> str:
        """Return the id of the document the caret of the tree is on, empty if there is none."""
        return document_of(self.tree.current_key()) or ""

    # -- commands ------------------------------------------------------------------------------------------------

    def run(self, key: str) -> None:
        """Do what a command of the documents says."""
        if self._session is None:
            return
        if key in _ORDERS:
            self.order_by(_ORDERS[key])
            return
        plain = {
            "documents.search": self.search.begin,
            "documents.expand": self.tree.expandAll,
            "documents.collapse": self.tree.collapseAll,
        }
        document_id = self.current
        if key in plain:
            plain[key]()
        elif not document_id:
            self.hinted.emit(self.tr("Click a document in the list first."))
        else:
            self._run_on(key, document_id)

    def order_by(self, order: Order) -> None:
        """Sort the rows otherwise."""
        self._board[f"documents.sort_{order.value}"].setChecked(True)
        self.model.order_by(order)

    def show_menu(self, where: QPoint) -> None:
        """Show what can be done with the current document, at a point of the screen."""
        self.fill_menu()
        self.menu.popup(where)

    def fill_menu(self) -> None:
        """List the commands in the menu."""
        self.menu.clear()
        for group in _MENU:
            self.menu.addSeparator()
            self.menu.addActions([self._board[key] for key in group])

    def rename(self) -> None:
        """Edit the name of the current document in its place."""
        index = self.tree.currentIndex().siblingAtColumn(0)
        self.tree.setFocus()
        self.tree.scrollTo(index)
        self.tree.edit(index)

    def _run_on(self, key: str, document_id: str) -> None:
        acts = self.acts
        row = self.tree.visualRect(self.tree.currentIndex().siblingAtColumn(0))
        todo = {
            "documents.open": lambda: self.document_chosen.emit(document_id),
            "documents.properties": lambda: self.properties_asked.emit(document_id),
            "documents.rename": self.rename,
            "documents.link": lambda: acts.ask_cases(document_id, self.tree.viewport().mapToGlobal(row.bottomLeft())),
            "documents.finished": lambda: self._finish(document_id),
            "documents.unread": lambda: acts.note(document_id, WorkState.ASSIGNED),
            "documents.delete": lambda: acts.ask_delete(document_id),
        }
        todo[key]()

    def _finish(self, document_id: str) -> None:
        finished = self.model.state(document_id) is WorkState.FINISHED
        self.acts.note(document_id, WorkState.IN_PROGRESS if finished else WorkState.FINISHED)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the tree; were it the focus proxy, Tab would never get past the line above it."""
        self.tree.setFocus(event.reason())

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self.nothing.setContentsMargins(16, 12, 16, 12)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self.tree, self.empty, self.nothing):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search)
        layout.addWidget(inside, 1)
        layout.addWidget(self.problem)

    def _connect(self) -> None:
        tree = self.tree
        tree.clicked.connect(lambda index: self._choose(self.model.key(index)))
        tree.chosen.connect(self._choose)
        tree.pointed.connect(lambda key: self.document_pointed.emit(document_of(key) or ""))
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(lambda point: self.show_menu(tree.viewport().mapToGlobal(point)))
        self.search.typed.connect(self.model.filter)
        self.search.left.connect(lambda: tree.setFocus(Qt.FocusReason.OtherFocusReason))
        self.rows.refused.connect(self._on_refused)
        self.rows.settled.connect(self.problem.hide)
        self.model.modelReset.connect(self._on_reset)
        for told in ("failed", "hinted", "acted"):
            getattr(self.acts, told).connect(getattr(self, told))

    def _rename(self, key: str, name: str) -> None:
        document_id = document_of(key)
        if document_id is None:
            raise InvalidInput("document_name_empty")
        self.acts.rename(document_id, name)

    def _choose(self, key: str) -> None:
        document_id = document_of(key)
        if document_id is not None:
            self.document_chosen.emit(document_id)

    def _on_refused(self, error: KamCoderError) -> None:
        self.problem.setText(sentence(error))
        self.problem.setAccessibleName(sentence(error))
        self.problem.show()

    def _on_reset(self) -> None:
        documents = len(self.model.documents())
        page = self.tree if self.model.rowCount() else self.nothing if documents else self.empty
        self._stack.setCurrentWidget(page)
        self.search.setVisible(documents > 0)
        self._show_shares()
        self._fit()

    def _show_shares(self) -> None:
        """Leave out the column of shares where nobody codes."""
        coded = self._session is not None and self._session.coder is not None
        self.tree.setColumnHidden(SHARE, not coded)

    def _fit(self) -> None:
        """Give the column of counts what its head and its greatest number need."""
        self.tree.ensurePolished()
        header, widest, self._digits = self.tree.header(), self.model.widest(), self.model.digits
        number = self.tree.sizeHintForIndex(widest).width() if widest.isValid() else 0
        header.resizeSection(CODINGS, max(_COUNT_WIDTH, header.sectionSizeHint(CODINGS), number))
        header.resizeSection(SHARE, max(_SHARE_WIDTH, header.sectionSizeHint(SHARE)))
