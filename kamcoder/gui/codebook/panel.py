"""The panel of the codebook: the tree of codes, a line to search it, and what can be done with codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.action_spec import Scope
from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.codebook import words
from kamcoder.gui.codebook.acts import CodeActs
from kamcoder.gui.codebook.model import MINE, CodebookModel, Order
from kamcoder.gui.codebook.row import CodeRow
from kamcoder.gui.codebook.tree import CodeTree
from kamcoder.gui.finding.chooser import CodeChooser
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.search_line import SearchLine
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MINE_WIDTH, _ALL_WIDTH = 46, 42
_ORDERS = {f"codebook.sort_{order.value}": order for order in Order}
_MENU = (
    ("codebook.apply", "codebook.passages"),
    ("codebook.add", "codebook.add_below", "codebook.edit", "codebook.rename"),
    ("codebook.move", "codebook.merge", "codebook.split", "codebook.delete"),
    ("codebook.tick", "codebook.solo", "codebook.show_all"),
    ("codebook.expand", "codebook.collapse", *_ORDERS),
    ("codebook.import", "codebook.export"),
)


class CodebookPanel(QWidget):
    """The tree of codes.

    `code_chosen`: double click, Enter, or a passage dropped on a code; `code_pointed`: the current row;
    `passages_asked`: a code whose passages are wanted; `shown_codes_changed`: the ids of the codes the reader is to
    show, None for all; `import_asked`, `export_asked`: dialogs that are the window's; `acted`: what was done.
    """

    code_chosen = Signal(str)
    code_pointed = Signal(str)
    passages_asked = Signal(str)
    shown_codes_changed = Signal(object)
    import_asked = Signal()
    export_asked = Signal()
    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)

    def __init__(self, board: ActionBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._board = board
        self._session: Session | None = None
        self._digits = (0, 0)
        self.model = CodebookModel(self)
        self.tree = CodeTree(self.model)
        self.tree.setAccessibleName(self.tr("Codebook"))
        self.tree.fit_columns(_MINE_WIDTH, _ALL_WIDTH)
        self.acts = CodeActs(self)
        self.chooser = CodeChooser(self)
        self.rows = CodeRow(self.tree, self.model, self.acts.rename)
        self.tree.setItemDelegate(self.rows)
        self.search = SearchLine(self.tr("Search codes"))
        self.problem = label("", wrap=True)
        self.problem.setContentsMargins(14, 4, 14, 8)
        self.problem.hide()
        self.shown = label("", "small", wrap=True)
        self.everything = QPushButton(self.tr("Show all"))
        self.empty = EmptyState(
            self.tr("No codes yet"),
            self.tr("Make the first code here, or type its name over selected text."),
            [board["code.new"]],
            side=True,
        )
        self.menu = QMenu(self)
        self._lay_out()
        self._connect()
        board.give(Scope.CODEBOOK, self.tree)
        board["codebook.sort_book"].setChecked(True)
        self._on_reset()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Show the codebook of a project; nothing for None."""
        self._session = session
        self.problem.hide()
        self.search.clear()
        self.chooser.leave()
        self.acts.load(session)
        self.model.load(session)
        self._tell_shown()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.model.on_changed(change)
        if change.touches("codes"):
            self._tell_shown()
        if change.touches("codes") or self.model.digits != self._digits:
            self._fit()

    def show_mine(self, *, mine: bool) -> None:
        """Show the column of own counts beside that of all, or that of all alone."""
        self.tree.setColumnHidden(MINE, not mine)
        self.model.name_counts(both=mine)
        self._fit()

    def count_for(self, coder_id: str | None) -> None:
        """Count the codings of this coder as “mine”."""
        self.model.count_for(coder_id)
        self._fit()

    # -- commands ------------------------------------------------------------------------------------------------

    def run(self, key: str) -> None:
        """Do what a command of the codebook says to the codes that are selected."""
        if self._session is None:
            return
        if key in _ORDERS:
            self.order_by(_ORDERS[key])
            return
        plain = {
            "codebook.search": self.search.begin,
            "codebook.expand": self.tree.expandAll,
            "codebook.collapse": self.tree.collapseAll,
            "codebook.show_all": self.model.show_all,
            "codebook.import": self.import_asked.emit,
            "codebook.export": self.export_asked.emit,
        }
        if key in plain:
            plain[key]()
        elif key == "codebook.add":
            self.acts.ask_new(self._beside())
        elif not self.tree.current_key():
            self.hinted.emit(self.tr("Click a code in the codebook first."))
        else:
            self._run_on(key, self.tree.current_key(), self.tree.selected_keys())

    def order_by(self, order: Order) -> None:
        """Sort the rows otherwise."""
        self._board[f"codebook.sort_{order.value}"].setChecked(True)
        self.model.order_by(order)

    def show_menu(self, where: QPoint) -> None:
        """Show what can be done with the selected codes, at a point of the screen."""
        self.fill_menu()
        self.menu.popup(where)

    def fill_menu(self) -> None:
        """List the commands in the menu."""
        self.menu.clear()
        for group in _MENU:
            self.menu.addSeparator()
            self.menu.addActions([self._board[key] for key in group])

    def rename(self) -> None:
        """Edit the name of the current code in its place."""
        index = self.tree.currentIndex().siblingAtColumn(0)
        if index.isValid():
            self.tree.setFocus()
            self.tree.scrollTo(index)
            self.tree.edit(index)

    def point(self, code_id: str) -> None:
        """Go to a code, even if the search hides it."""
        if not self.model.find(code_id).isValid():
            self.search.clear()
        self.tree.select([code_id])

    def _run_on(self, key: str, code_id: str, code_ids: list[str]) -> None:
        acts = self.acts
        todo = {
            "codebook.apply": lambda: self.code_chosen.emit(code_id),
            "codebook.passages": lambda: self.passages_asked.emit(code_id),
            "codebook.add_below": lambda: acts.ask_new(code_id),
            "codebook.edit": lambda: acts.ask_edit(code_id),
            "codebook.rename": self.rename,
            "codebook.delete": lambda: acts.ask_delete(code_ids),
            "codebook.split": lambda: acts.ask_split(code_id),
            "codebook.merge": lambda: self._ask_target(code_ids, self.tr("Merge {codes} into"), self._merge),
            "codebook.move": lambda: self._ask_target(code_ids, self.tr("Move {codes} below"), self._move),
            "codebook.tick": lambda: self.model.tick(code_ids),
            "codebook.solo": lambda: self.model.solo(code_ids),
        }
        if key in todo:
            todo[key]()
        elif self.model.order is not Order.BOOK:
            self.hinted.emit(self.tr("Sort the codes in book order to move them by keys."))
        else:
            acts.shift(code_ids, key.rpartition(".")[2])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the tree; were it the focus proxy, Tab would never get past the line above it."""
        self.tree.setFocus(event.reason())

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._stack = QStackedLayout(self._inside)
        self.nothing = label(self.tr("No code has these words in its name or definition."), "muted", wrap=True)
        self.nothing.setContentsMargins(16, 12, 16, 12)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self.tree, self.empty, self.nothing):
            self._stack.addWidget(page)
        self.everything.setProperty("part", "link")
        self.everything.setToolTip(self.tr("Show the codings of all codes in the reader"))
        self.part = QWidget()
        row = QHBoxLayout(self.part)
        row.setContentsMargins(14, 2, 8, 2)
        row.addWidget(self.shown, 1)
        row.addWidget(self.everything)
        self.part.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.search, self.part):
            layout.addWidget(widget)
        layout.addWidget(self._inside, 1)
        layout.addWidget(self.problem)

    def _connect(self) -> None:
        tree = self.tree
        tree.chosen.connect(self.code_chosen)
        tree.pointed.connect(self.code_pointed)
        tree.span_dropped.connect(self.code_chosen)
        tree.ticked.connect(lambda code_id: self.model.tick([code_id]))
        tree.moved.connect(self._on_moved)
        tree.merge_asked.connect(self.acts.ask_merge)
        tree.drag_begun.connect(self._on_drag_begun)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(lambda point: self.show_menu(tree.viewport().mapToGlobal(point)))
        self.search.typed.connect(self._on_typed)
        self.search.left.connect(self._on_search_left)
        self.rows.refused.connect(self._on_refused)
        self.rows.settled.connect(self.problem.hide)
        self.everything.clicked.connect(self.model.show_all)
        self.model.modelReset.connect(self._on_reset)
        self.model.shown_codes_changed.connect(self._tell_shown)
        self.model.shown_codes_changed.connect(self.shown_codes_changed)
        self.acts.made.connect(self.point)
        for told in ("failed", "hinted", "acted"):
            getattr(self.acts, told).connect(getattr(self, told))
        self.chooser.failed.connect(self.failed)

    def _beside(self) -> str | None:
        """Return the parent of the current code."""
        key = self.tree.current_key()
        return self.model.codebook.get(key).parent_id if key in self.model.codebook else None

    def _ask_target(self, code_ids: list[str], question: str, take: object) -> None:
        if self._session is not None and callable(take):
            asked = question.format(codes=words.naming(self.model.codebook, code_ids))
            self.chooser.ask(self._session, self.tree, asked, lambda target: take(code_ids, target))

    def _merge(self, code_ids: list[str], target: str) -> None:
        self.acts.ask_merge(code_ids, target)

    def _move(self, code_ids: list[str], target: str) -> None:
        self.acts.move(code_ids, target)

    def _on_moved(self, code_ids: list[str], parent_id: str, place: int) -> None:
        self.acts.move(code_ids, parent_id or None, place if place >= 0 else None)

    def _on_drag_begun(self) -> None:
        self.hinted.emit(
            self.tr(
                "On a code: move below it. With Ctrl: merge into it. Between two codes: move there. On the text: apply."
            )
        )

    def _on_typed(self, typed: str) -> None:
        self.model.filter(typed)
        fit = self.model.first_fit() if self.model.filtered else ""
        if fit:
            self.tree.select([fit])

    def _on_search_left(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: KamCoderError) -> None:
        self.problem.setText(sentence(error))
        self.problem.setAccessibleName(sentence(error))
        self.problem.show()

    def _on_reset(self) -> None:
        page = self.tree if self.model.rowCount() else self.nothing if len(self.model.codebook) else self.empty
        self._stack.setCurrentWidget(page)
        self.search.setVisible(len(self.model.codebook) > 0)
        self._fit()

    def _fit(self) -> None:
        self._digits = self.model.digits
        self.tree.fit_numbers(_MINE_WIDTH, _ALL_WIDTH)

    def _tell_shown(self, _: object = None) -> None:
        shown = self.model.shown_codes()
        self.part.setVisible(shown is not None)
        if shown is not None:
            told = self.tr("{some} of {all} shown")
            self.shown.setText(told.format(some=len(shown), all=words.codes(len(self.model.codebook))))
