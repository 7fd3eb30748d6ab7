"""The place of comparison: choose what is compared, read how far coders agree, and open every number."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from kamcoder.analysis.agreement.kinds import DisagreementKind
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.comparing.behind import BehindPane
from kamcoder.gui.comparing.columns import Shows
from kamcoder.gui.comparing.items import Item, items_of, pair_items
from kamcoder.gui.comparing.listing import Listing
from kamcoder.gui.comparing.measures import MeasuresPane
from kamcoder.gui.comparing.model import AgreementModel
from kamcoder.gui.comparing.pairs import PairsPane
from kamcoder.gui.comparing.scope_bar import ScopeBar
from kamcoder.gui.comparing.settling import SettlingPane
from kamcoder.gui.comparing.told import Told
from kamcoder.gui.comparing.view import FiguresView
from kamcoder.gui.comparing.working import Worked, Working
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.grid_out import ask_grid_file, clipped
from kamcoder.gui.widgets.tree_model import Index
from kamcoder.services import agreement_report
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.files import write_output

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = ("codings", "codes", "coders", "documents", "assignments", "speakers", "turns", "cases", "document_cases")


class ComparePlace(QWidget):
    """A live comparison of an open project; hidden it only notes that it is out of date."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    document_asked = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._stale = False
        self._worked: Worked | None = None
        self._behind_hand = False  # while the text is looked at, the figures wait
        self.working = Working(tasks, self)
        self.working.worked.connect(self._on_worked)
        self.working.failed.connect(self.failed)
        self.scope = ScopeBar()
        self.scope.changed.connect(self.refresh)
        self.told = Told()
        self.told.reveal_asked.connect(self.refresh)
        self.model = AgreementModel(self)
        self.scope.unused_toggled.connect(lambda unused: self.model.show_unused(unused=unused))
        self.view = FiguresView(self.model)
        self.text = SettlingPane(theme, self.working)
        for told in ("failed", "hinted", "acted", "place_asked"):
            getattr(self.text, told).connect(getattr(self, told))
        self.text.impossible.connect(self._on_impossible)
        self.pairs = PairsPane()
        self.measures = MeasuresPane(self.working)
        self.measures.listed.connect(self._on_listed)
        self.behind = BehindPane()
        self.listing = Listing(self.behind, self.working, self)
        self.view.entered.connect(self._on_cell)
        self.view.opened.connect(self.listing.go)
        self.pairs.entered.connect(self._on_pair)
        self.pairs.view.activated.connect(self.listing.go)
        self.behind.item_chosen.connect(self._on_item)
        self.empty = EmptyState(self.tr("Two coders or more"), "", [])
        self._lay_out()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Compare the coders of a project; nothing for None."""
        self._session = session
        self.working.forget()
        self._worked = None
        self.behind.load(session)
        self.text.load(session)
        self.measures.load(session)
        self.told.load(session)
        self.scope.offer(session)
        if session is None or not self.isVisible():
            self._stale = True
            self._show(None)
        else:
            self.refresh()

    def flush(self) -> None:
        """Write what is typed and not written yet."""

    def wear(self, zoom: int, serif: bool, width: int) -> None:
        """Show texts in a size, face and width."""
        self.text.reader.wear(zoom, serif, width)

    def remembered(self) -> str:
        """Return what is chosen here, for the next time."""
        return json.dumps({"page": [str(self.tabs.currentIndex())], **self.scope.remembered()})

    def recall(self, text: str) -> None:
        """Choose what was chosen the last time."""
        try:
            chosen = json.loads(text) if text else {}
        except ValueError:
            return
        if isinstance(chosen, dict) and all(isinstance(entry, list) for entry in chosen.values()) and chosen:
            self.scope.recall(chosen)
            page = (chosen.get("page") or ["0"])[0]
            self.tabs.setCurrentIndex(int(page) if page in {str(number) for number in range(self.tabs.count())} else 0)
            self._follow()

    def use_coder(self) -> None:
        """Follow who codes now: what is not finished is another's."""
        self.told.hide_again()
        self._follow()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if change.touches(*_TABLES):
            self._follow()
        elif change.touches("settlements") and self.pages.currentWidget() is self.text:
            self.text.on_changed(change)

    def run(self, key: str) -> None:
        """Do what a command of `actions.COMPARE_ACTIONS` says."""
        {
            "compare.table": lambda: self.show_page(self.view),
            "compare.pairs": lambda: self.show_page(self.pairs),
            "compare.text": lambda: self.show_page(self.text),
            "compare.measures": lambda: self.show_page(self.measures),
            "compare.agreed": self._take_agreed,
            "compare.copy": self.copy,
            "compare.export": self.ask_file,
        }[key]()

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        self.tabs.setCurrentIndex(self.pages.indexOf(page))
        page.setFocus()

    # -- handing out ---------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the table, for a spreadsheet or a word processor."""
        if self._worked is None:
            return
        QGuiApplication.clipboard().setMimeData(
            clipped(agreement_report.grid(self._worked.agreement, self._worked.comparison.book))
        )
        self.hinted.emit(self.tr("The agreement is on the clipboard; it pastes into a spreadsheet or a text."))

    def ask_file(self) -> QFileDialog:
        """Ask where to write the comparison, and write it in the format of the ending."""
        return ask_grid_file(self, self.tr("Export agreement"), "agreement.xlsx", self.write)

    def write(self, path: Path) -> None:
        """Write the comparison into a file; spreadsheets carry every count."""
        if self._worked is None:
            return
        try:
            made = agreement_report.write_agreement(self._worked.agreement, self._worked.comparison.book, path)
            write_output(path, made)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.hinted.emit(self.tr("Wrote {file}.").format(file=path.name))

    # -- Qt ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to what is shown."""
        super().focusInEvent(event)
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("What is shown of the comparison"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.export_button = QPushButton(self.tr("Export…"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        sheet = QWidget(self.splitter)
        self.pages = QStackedWidget(sheet)
        self.beside = QStackedWidget(self.splitter)
        self.beside.addWidget(self.behind)
        self.beside.addWidget(self.text.side)
        for page, name in (
            (self.view, self.tr("By code")),
            (self.pairs, self.tr("By pair")),
            (self.text, self.tr("In the text")),
            (self.measures, self.tr("Other measures")),
        ):
            self.pages.addWidget(page)
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self._on_tab)
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch()
        for button, act in ((self.copy_button, self.copy), (self.export_button, self.ask_file)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
            bar.addWidget(button)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 6, 0, 0)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.scope)
        column.addWidget(self.told)
        column.addWidget(self.pages, 1)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([970, 310])
        self._states = QStackedLayout(self)
        self._states.addWidget(self.splitter)
        self._states.addWidget(self.empty)

    def _follow(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.scope.offer(self._session)
        self.refresh()

    def refresh(self) -> None:
        """Compare anew; the figures come when they are made."""
        self._stale = False
        session = self._session
        if session is None:
            return
        scope = self.scope.scope(hidden=self.told.hidden())
        if self.pages.currentWidget() is self.text:
            self._behind_hand = True
            self._states.setCurrentWidget(self.splitter)
            self.text.ask(scope)
            return
        self._behind_hand = False
        try:
            comparison = session.comparing.comparison(scope)
        except KamCoderError as error:
            self._on_impossible(error)
        else:
            self.working.ask(comparison)

    def _on_impossible(self, error: KamCoderError) -> None:
        self.working.forget()
        if error.key == "compare_needs_two":
            self._show_empty(error)
        else:
            self.failed.emit(error)

    def _show_empty(self, error: KamCoderError) -> None:
        self._show(None)
        if self.scope.coders.chosen:  # one of several was ticked: the choice must stay in reach
            self.hinted.emit(self.tr("Tick two coders or more, or none for all."))
            self._states.setCurrentWidget(self.splitter)
            return
        self.empty.sentence.setText(self.told.why_empty(str(error.values["coders"])))
        self._states.setCurrentWidget(self.empty)

    def _on_worked(self, worked: Worked) -> None:
        self._show(worked)
        limited = worked.comparison.scope != CompareScope(resamples=worked.comparison.scope.resamples)
        if worked.agreement.documents or limited or not self.told.blind.isHidden():
            self._states.setCurrentWidget(self.splitter)
        else:
            self.empty.sentence.setText(self.told.why_nothing_common(worked.agreement))
            self._states.setCurrentWidget(self.empty)

    def _show(self, worked: Worked | None) -> None:
        self._worked = worked
        agreement = worked.agreement if worked else None
        self.told.show_worked(worked)
        if worked is None or agreement is None:
            self.behind.show_nothing()
        book = worked.comparison.book if worked else self.scope.book
        self.model.show_agreement(agreement, book)
        self.pairs.show_agreement(agreement, book)
        if self.pages.currentWidget() is self.measures:
            self.measures.show_worked(worked)

    def _take_agreed(self) -> None:
        self.show_page(self.text)
        if not self.text.busy:
            self.text.take_agreed()

    def _on_tab(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        in_text = self.pages.currentWidget() is self.text
        self.beside.setCurrentWidget(self.text.side if in_text else self.behind)
        self.told.title.setVisible(not in_text)
        self.told.rule.setVisible(not in_text)
        if in_text or self._behind_hand:
            self.refresh()
        elif self.pages.currentWidget() is self.view:
            self._on_cell(self.view.currentIndex())
        elif self.pages.currentWidget() is self.measures:
            self.measures.show_worked(self._worked)
        else:
            key = self.model.key(self.view.currentIndex())
            self.pairs.choose_code(key if key in self.scope.book else None)
            self._on_pair()

    def _on_cell(self, index: Index) -> None:
        worked, line, column = self._worked, self.model.line(index), self.model.column(index)
        if worked is None or line is None or column is None or self.pages.currentWidget() is not self.view:
            return
        key = self.model.key(index)
        code_id = key if key in worked.comparison.book else None
        about = line.label if column.shows in (Shows.CODE, Shows.REMARK) else f"{line.label} · {column.head}"
        self.behind.begin(about, self.model.told(index))
        self.listing.show(worked, lambda: items_of(worked.comparison, worked.agreement, column, code_id), code_id)

    def _on_listed(self, title: str, find: Callable[[], list[Item]]) -> None:
        """List the passages behind another measure."""
        worked = self._worked
        if worked is not None and self.pages.currentWidget() is self.measures:
            self.behind.begin(title, "")
            self.listing.show(worked, find, None)

    def _on_pair(self) -> None:
        worked, index = self._worked, self.pairs.view.currentIndex()
        if worked is None or self.pages.currentWidget() is not self.pairs:
            return
        pair = self.pairs.model.pair(index)
        if pair is None:
            self.behind.show_nothing()
            return
        names = {coder.id: coder.name for coder in worked.agreement.coders}
        code_id = self.pairs.code_id
        title = f"{names[pair.first_id]} · {names[pair.second_id]}"
        self.behind.begin(title, self.pairs.model.told(index))
        kinds = sorted(DisagreementKind, key=lambda kind: kind is DisagreementKind.AGREED)
        self.listing.show(worked, lambda: pair_items(worked.comparison, pair, code_id, kinds), code_id)

    def _on_item(self, item: Item) -> None:
        self.show_page(self.text)
        self.text.show_passage(item.document_id, item.span, item.coding_ids)
