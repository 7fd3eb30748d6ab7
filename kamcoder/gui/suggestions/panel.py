"""The list of suggestions below the reader, of this document or of all, with the reasons of the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.suggestions.findings import Findings, Kind, same_offers
from kamcoder.gui.suggestions.foot import ListFoot
from kamcoder.gui.suggestions.found_acts import FoundActs
from kamcoder.gui.suggestions.keys import command_of
from kamcoder.gui.suggestions.list_head import ListHead
from kamcoder.gui.suggestions.list_model import CODE, PASSAGE, PLACE, SURE, Names, PassageListModel, Row
from kamcoder.gui.suggestions.offers import Key
from kamcoder.gui.suggestions.reasons_view import ReasonsView
from kamcoder.gui.suggestions.rows_view import RowsView
from kamcoder.gui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.gui.theme import Theme
    from kamcoder.services.session import Session

_WHY = 230  # pixels for a reason why something is not shown


class SuggestionsPanel(QWidget):
    """Lists what is to be decided, or what is not shown and why, or what was found; keys decide as in the reader."""

    place_asked = Signal(str, int, int)
    place_pointed = Signal(str, int, int)
    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, acts: SuggestionActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._theme = theme
        self._acts = acts
        self._session: Session | None = None
        self.findings = Findings(acts)
        names = Names(acts.marks.code_label, self._colour, self.findings.quote, self.findings.place)
        self.model = PassageListModel(names, self)
        # From the outside in: a widget that changes its parent is styled anew, with all it holds.
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._left = QWidget(self.splitter)
        self._body = QWidget(self._left)
        self._waiting = QWidget(self._body)
        self.reasons = ReasonsView(acts.marks, self.splitter)
        self.list = RowsView(self.tr("Suggestions"), self._body)
        self.head, self.foot = ListHead(self._left), ListFoot(self._left)
        self.kind, self.scope, self.order = self.head.kind, self.head.scope, self.head.order
        self.least, self.warning = self.head.least, self.head.warning
        self.found = FoundActs(self)
        self.count, self.buttons = self.foot.count, self.foot.buttons
        self.empty = EmptyState(self.tr("Suggestions are off"), "", [], side=True, parent=self._waiting)
        self.turn_on = QPushButton(self.tr("Turn suggestions on"), self._waiting)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(0)
        self._follow.timeout.connect(self.follow)
        self._lay_out()
        self._connect()

    # -- the project -----------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        self.findings.load(session)
        self.reasons.load(session)
        self.found.load(session)
        self._later()

    def use_coder(self) -> None:
        """Follow who codes now."""
        self.findings.load(self._session)
        self._later()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        if change.touches("documents", "codes", "codings", "suggestions"):
            self.findings.forget()
            self._later()

    def show_everyone(self, *, everyone: bool) -> None:
        """Nothing here is of others."""
        del everyone

    def show_kind(self, kind: Kind) -> None:
        """Show another list."""
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.refresh()

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the list as it is now, with the row that was chosen."""
        self._soon.stop()
        acts, kind = self._acts, self.head.chosen
        if self._session is not None:
            self.head.show_for(kind, self._session.suggestions.threshold)
        before = self.chosen()
        kept = before.mark if before is not None else None
        rows = self.findings.rows(kind)
        if not same_offers(rows, self.model.rows):
            self.model.show(rows, ticking=kind in (Kind.SIMILAR, Kind.OUTLIERS))
        self._point_at(acts.current.key if acts.current is not None else kept)
        self._show_state(kind, len(rows))
        self._place_reasons()
        self.list.setColumnWidth(SURE, self._widths[kind is Kind.OFFERS])
        self._tell_reasons()

    def follow(self) -> None:
        """Show which suggestion is current now."""
        self._follow.stop()
        if self._acts.current is not None and not self._soon.isActive():
            self._point_at(self._acts.current.key)
        self._tell_reasons()

    def _point_at(self, key: Key | None) -> None:
        number = self.findings.place_of(self.model.rows, key) if key is not None else -1
        if number >= 0:
            self._select(number)

    def _place_reasons(self) -> None:
        self.reasons.setVisible(self.head.chosen is Kind.OFFERS and not self._acts.in_inspector)

    def _tell_reasons(self) -> None:
        if self.head.chosen is Kind.OFFERS:
            self.reasons.show_offer(self._acts.current or self._chosen_offer())

    def chosen(self) -> Row | None:
        """Return the row that is chosen."""
        return self.model.row(self.list.currentIndex())

    def _show_state(self, kind: Kind, count: int) -> None:
        acts = self._acts
        self._stack.setCurrentIndex(1 if count == 0 else 0)
        off = not acts.on
        self.turn_on.setVisible(off and count == 0)
        heading, said = self._nothing(kind)
        self.empty.heading.setText(heading)
        self.empty.sentence.setText(said)
        told = {
            Kind.OFFERS: self.tr("{count} to decide"),
            Kind.HIDDEN: self.tr("{count} not shown"),
            Kind.SIMILAR: self.tr("{count} like it"),
            Kind.OUTLIERS: self.tr("{count} to look at"),
        }[kind]
        working = self.tr(" · working…") if acts.source.busy else ""
        self.count.setText(told.format(count=count) + working)
        learned = acts.source.last_learned
        few = learned is not None and learned.codings < 30
        words = self.tr("Learned from {count} codings: under 30, rules do most of the work.")
        warnings = [words.format(count=learned.codings)] if few and learned is not None else []
        if acts.source.without_model:
            without = self.tr(
                "The English language model is missing or not the one known, so words are read without it."
            )
            warnings.append(without)
        self.warning.setText(" ".join(warnings))
        self.foot.show_for(kind, count)
        self._tell_marked()

    def _marked(self) -> list[Row]:
        """Return what the acts on found passages are about: what is ticked, or the chosen row."""
        chosen = self.chosen()
        return self.model.ticked() or ([chosen] if chosen is not None else [])

    def _tell_marked(self) -> None:
        rows, chosen = self._marked(), self.chosen()
        self.foot.tell_back(chosen.why if chosen is not None else "")
        code_id = rows[0].code_id if rows else ""
        self.foot.tell_marked(len(rows), self._acts.marks.code_name(code_id) if code_id else "")

    def _nothing(self, kind: Kind) -> tuple[str, str]:
        """Return what stands where the list is empty."""
        if not self._acts.on:
            return (
                self.tr("Suggestions are off"),
                self.tr(
                    "Turned on, codes are suggested while you read. All of it happens on this computer, and nothing "
                    "counts until you accept it."
                ),
            )
        if kind is Kind.OFFERS and self._acts.source.busy:
            return self.tr("Suggestions are being made"), self.tr("Those on the screen come first.")
        return {
            Kind.OFFERS: (
                self.tr("Nothing to decide"),
                self.tr("Give your codes definitions, or code a few passages: both are learned from."),
            ),
            Kind.HIDDEN: (self.tr("Nothing is held back"), self.tr("All that was found is in the list to decide.")),
            Kind.SIMILAR: (
                self.tr("No similar passages"),
                self.tr("Choose a coding in the text and use “Find similar passages” of the menu."),
            ),
            Kind.OUTLIERS: (
                self.tr("Nothing stands out"),
                self.tr("With five codings and more of a code, those far from the others are listed here."),
            ),
        }[kind]

    # -- inside ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.list.show_model(self.model, stretched=PASSAGE, widths={CODE: 190, SURE: 150, PLACE: 130})
        self.turn_on.setProperty("part", "primary")
        middle = QVBoxLayout(self._waiting)
        middle.addWidget(self.empty)
        middle.addWidget(self.turn_on, 0, Qt.AlignmentFlag.AlignHCenter)
        sure = self.list.columnWidth(SURE)
        self._widths = {True: sure, False: max(sure, _WHY)}
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._waiting)
        inside = QVBoxLayout(self._left)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(6)
        inside.addWidget(self.head)
        inside.addWidget(self._body, 1)
        inside.addWidget(self.foot)
        self.foot.serve(self.list)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([780, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        acts = self._acts
        acts.changed.connect(self._later)
        acts.current_changed.connect(self._on_current_of_acts)
        acts.told_elsewhere.connect(self._place_reasons)
        acts.source.learned.connect(lambda _: self._later())
        self.kind.currentIndexChanged.connect(self._later)
        self.head.why.currentIndexChanged.connect(self._on_why)
        self.scope.currentIndexChanged.connect(self._on_scope)
        self.order.currentIndexChanged.connect(self._on_order)
        self.head.threshold_asked.connect(self._on_least)
        self.turn_on.clicked.connect(acts.switch)
        self.findings.found.connect(self._on_found)
        self.findings.failed.connect(self.failed)
        self.reasons.place_asked.connect(self.place_asked)
        self.foot.asked.connect(self._do)
        for signal, told in (
            (self.found.acted, self.acted),
            (self.found.failed, self.failed),
            (self.found.hinted, self.hinted),
        ):
            signal.connect(told)
        self.model.dataChanged.connect(self._tell_marked)
        self.list.installEventFilter(self)
        self.list.clicked.connect(lambda _: self._point())
        self.list.activated.connect(lambda _: self._open())
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide with the same keys as in the reader; Tab leaves the list, as it does anywhere."""
        command = command_of(event)
        row = self.chosen()
        if watched is not self.list or command in ("", "suggest.next", "suggest.previous") or row is None:
            return False
        if row.offer is None:
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._do(command)
        event.accept()
        return True

    def _do(self, key: str) -> None:
        row = self.chosen()
        if self.head.chosen in (Kind.SIMILAR, Kind.OUTLIERS):
            self._do_with_found(key)
        elif row is None:
            return
        elif key == "back":
            self.findings.bring_back(row)
        elif row.offer is not None:
            had_focus = self.list.hasFocus()
            self._acts.go(row.offer)
            self._acts.do(key)
            if had_focus and key != "suggest.edit":
                self.list.setFocus()

    def _do_with_found(self, key: str) -> None:
        rows, below = self._marked(), self.foot
        {
            "tick": lambda: self.model.turn(self.chosen()),
            "all": lambda: self.model.tick(self.model.rows, on=True),
            "none": lambda: self.model.tick(self.model.rows, on=False),
            "code": lambda: self.found.code(rows),
            "other": lambda: self.found.code_otherwise(rows, below),
            "recode": lambda: self.found.recode(rows, below),
            "uncode": lambda: self.found.uncode(rows),
        }.get(key, bool)()

    def _on_current(self) -> None:
        """Show the passage in the reader when the keys move through the list."""
        self._tell_marked()
        if self.list.hasFocus():
            self._point()

    def _point(self) -> None:
        row = self.chosen()
        if row is None:
            return
        if row.offer is not None:
            focused = self.list.hasFocus()
            self._acts.go(row.offer)
            self.reasons.show_offer(row.offer)
            if focused:
                self.list.setFocus()
        else:
            self.place_pointed.emit(row.document_id, row.start, row.end)

    def _open(self) -> None:
        row = self.chosen()
        if row is not None and row.offer is None:
            self.place_asked.emit(row.document_id, row.start, row.end)

    def _on_why(self) -> None:
        self.findings.why = self.head.why.currentData()
        self._later()

    def _on_scope(self) -> None:
        self._acts.source.everywhere = bool(self.scope.currentData())
        self._acts.source.sweep()
        self._later()

    def _on_least(self, least: float) -> None:
        session = self._session
        if session is None:
            return
        try:
            session.suggestions.set_threshold(least)
        except KamCoderError as error:
            self.failed.emit(error)

    def _on_order(self) -> None:
        self._acts.uncertain_first = bool(self.order.currentData())
        self._later()

    def _on_found(self, kind: Kind) -> None:
        self.show_kind(kind)

    def _on_current_of_acts(self) -> None:
        if self.isVisible():
            self._follow.start()

    def _later(self, *_: Any) -> None:
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: Any) -> None:
        """Catch up with what changed while nobody looked, in a turn of the event loop of its own."""
        super().showEvent(event)
        self._soon.start()

    def _select(self, number: int) -> None:
        index = self.model.index(number, 0)
        chooser = self.list.selectionModel()
        chooser.blockSignals(True)
        self.list.setCurrentIndex(index)
        chooser.blockSignals(False)
        self.list.scrollTo(index)
        self.list.viewport().update()

    def _chosen_offer(self) -> Any:
        row = self.chosen()
        return row.offer if row is not None else None

    def _colour(self, code_id: str) -> QColor:
        return self._acts.marks.colour(code_id)
