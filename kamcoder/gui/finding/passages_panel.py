"""The passages browser: all passages by code, case, participant, coder, attribute and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.finding import words
from kamcoder.gui.finding.detail import PassageDetail
from kamcoder.gui.finding.passage_acts import PassageActs
from kamcoder.gui.finding.passage_filters import PassageFilters
from kamcoder.gui.finding.passage_lines import PassageLines
from kamcoder.gui.finding.passage_rows import PassageRows
from kamcoder.gui.finding.passages_model import CASE, CODE, CODER, PLACE, PassagesModel
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import ElidedLabel
from kamcoder.services.passages import CodingLine, Facet

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_INITIATOR = "passages"
_OPEN_ALONE = 5000  # a single group is opened while it has no more
_OPEN = 300  # groups are opened at once while there are no more passages than this


class PassagesPanel(QWidget):
    """All passages. `place_pointed`: a row was selected, show its place aside; `place_asked`: go there.

    `acted` tells in a sentence of an act that is worth a toast with Undo.
    """

    place_asked = Signal(str, int, int)
    place_pointed = Signal(str, int, int)
    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, tasks: TaskRunner | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._session: Session | None = None
        self._actors = ActorReader(tasks, self) if tasks is not None else None
        self._stale = False
        self._shown = 0
        self.lines = PassageLines()
        self.model = PassagesModel(self)
        self.filters = PassageFilters()
        self.rows = PassageRows(self.model, theme)
        self.rows.setAccessibleName(self.tr("Passages"))
        self.detail = PassageDetail(theme)
        self.acts = PassageActs(self.lines, self, tasks)
        self.count = ElidedLabel()
        self.count.setProperty("part", "small")
        self.empty = EmptyState(self.tr("No passages"), "", [])
        self.buttons: list[QPushButton] = []
        self._make_actions()
        self._lay_out()
        self._wait = self._timer(150, self._show)
        self._soon = self._timer(0, self.refresh)
        self._connect(theme)
        self.setFocusProxy(self.rows)
        self._show()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Browse the passages of a project; none for None. A memo being written is saved first."""
        self.acts.load(session)
        if self._actors is not None:
            self._actors.load(session)
        self.detail.load(session)
        self._session = session
        self.lines.load(None)
        self.model.show(None, [], {}, by=Facet.CODE)
        self.filters.clear()
        self._later()

    def use_coder(self) -> None:
        """Show the passages of who codes now."""
        self.detail.editor.use_coder()
        self._later()

    def show_everyone(self, *, everyone: bool) -> None:
        """Show the passages of all coders, or only of who codes now."""
        self.filters.everyone.setChecked(everyone)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.detail.editor.on_changed(change)
        if self.lines.outdated_by(change):
            self._later()
        elif change.touches("codings", "memos"):
            if not self.isVisible() or self._soon.isActive():
                self._stale = True
                return
            if change.touches("memos"):
                self.model.show_memos(self.lines.read_memos())
            self._follow(change)

    def save(self) -> bool:
        """Save the memo being written; tell whether nothing is left unsaved."""
        return self.detail.editor.save()

    # -- commands ------------------------------------------------------------------------------------------------

    def show_code(self, code_id: str) -> None:
        """Show the passages of a code and those below it, and no others."""
        self._catch_up()
        self.filters.groups.setCurrentIndex(self.filters.groups.findData(Facet.CODE))
        self.filters.only(Facet.CODE, code_id)
        self._wait.stop()
        self._show()

    def show_coding(self, coding_id: str) -> bool:
        """Select a coding, whatever is filtered out now; tell whether it may be seen."""
        self._catch_up()
        if not self.model.find(coding_id).isValid() and self.filters.limiting():
            self.filters.clear()
            self._wait.stop()
            self._show()
        return self.rows.select([coding_id], centred=True)

    def recode(self) -> None:
        """Ask for another code for the selected passages."""
        self.acts.recode(self.rows.selected(), self.rows)

    def uncode(self) -> None:
        """Take the codes off the selected passages."""
        self.acts.uncode(self.rows.selected())

    def correct_actors(self) -> None:
        """Open the actors of the selected passages, to be put right."""
        lines = self.rows.selected()
        if lines and self._session is not None and self._actors is not None:
            from kamcoder.gui.actors.passage_dialog import PassageActors

            PassageActors(self._session, [line.id for line in lines], self._actors, self).open()

    def copy(self) -> None:
        """Copy the selected passages with their references."""
        self.acts.copy(self.rows.selected())

    def copy_table(self) -> None:
        """Copy the selected passages as a table, or all that are shown if at most one is selected."""
        self.acts.copy_table(self._several())

    def export(self) -> QFileDialog | None:
        """Ask where to write the selected passages, or all that are shown if at most one is selected."""
        lines = self._several()
        return self.acts.ask_file(lines) if lines else None

    def refresh(self) -> None:
        """Read all passages anew."""
        self._stale = False
        self._soon.stop()
        self._read()
        self._show()

    # -- inside --------------------------------------------------------------------------------------------------

    def _several(self) -> list[CodingLine]:
        lines = self.rows.selected()
        return lines if len(lines) > 1 else self.model.shown()

    def _make_actions(self) -> None:
        self.actions_of_rows: list[QAction] = []
        for text, keys, act in (
            (self.tr("Recode…"), ("R",), self.recode),
            (self.tr("Uncode"), ("U", "Del"), self.uncode),
            (self.tr("Copy"), ("Ctrl+C",), self.copy),
            (self.tr("Copy as table"), ("Ctrl+Shift+C",), self.copy_table),
            (self.tr("Export…"), ("Ctrl+E",), self.export),
            (self.tr("Memo"), ("M",), self._memo),
            (self.tr("Actors…"), ("A",), self.correct_actors),
            (self.tr("More context"), ("+",), self.detail.widen),
        ):
            action = QAction(text, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            self.rows.addAction(action)
            self.actions_of_rows.append(action)
        for action in self.actions_of_rows[:5]:
            button = QPushButton(action.text())
            button.setProperty("part", "link")
            button.setToolTip(f"{action.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
            button.clicked.connect(action.trigger)
            self.buttons.append(button)

    def _lay_out(self) -> None:
        left, foot = QWidget(), QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.count, 1)
        for button in self.buttons:
            foot.addWidget(button)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.filters)
        column.addWidget(body, 1)
        column.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([760, 380])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self, theme: Theme) -> None:
        self.filters.changed.connect(self._wait.start)
        self.filters.typed.connect(self._wait.start)
        self.filters.grouped.connect(self._show)
        self.filters.everyone_changed.connect(self._on_everyone)
        self.rows.selectionModel().selectionChanged.connect(self._on_selected)
        self.rows.activated.connect(self._on_activated)
        self.rows.doubleClicked.connect(self._on_activated)
        self.rows.customContextMenuRequested.connect(self._on_menu)
        self.detail.place_asked.connect(self.place_asked)
        self.detail.failed.connect(self.failed)
        self.detail.editor.left.connect(self.rows.setFocus)
        for signal, mine in (
            (self.acts.acted, self.acted),
            (self.acts.failed, self.failed),
            (self.acts.hinted, self.hinted),
        ):
            signal.connect(mine)
        theme.changed.connect(self.rows.viewport().update)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _later(self) -> None:
        """Read anew when the change at hand is over, or when the panel is seen again."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _catch_up(self) -> None:
        if self._stale:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._catch_up()

    def _read(self) -> None:
        try:
            self.lines.load(self._session, everyone=self.filters.everyone.isChecked())
        except KamCoderError as error:
            self.failed.emit(error)
        session = self._session
        alone = session is None or (session.coder is not None and len(session.coders.all()) < 2)
        self.filters.blockSignals(True)
        self.filters.offer(self.lines.book, self.lines.all, alone=alone)
        self.filters.blockSignals(False)

    def _show(self) -> None:
        """Show what passes the filter, with the selection and the open groups as they were."""
        kept = [line.id for line in self.rows.selected()]
        opened = self.rows.open_groups()
        group = self.filters.group
        for column, facet in ((CODE, Facet.CODE), (CASE, Facet.CASE), (PLACE, None), (CODER, Facet.CODER)):
            alone = column == CODER and not self.filters.everyone.isChecked()
            self.rows.setColumnHidden(column, facet is group or alone)
        lines = self.lines.chosen(self.filters.wanted())
        self.model.show(self.lines.book, lines, self.lines.memos, by=group)
        for row, shown in enumerate(self.model.groups):
            few = len(lines) <= _OPEN or (len(self.model.groups) == 1 and len(lines) <= _OPEN_ALONE)
            self.rows.dress_group(row, opened=few or shown.key in opened)
        self.rows.select(kept, centred=False)
        self._on_selected()
        self._shown = len(lines)
        self._tell()

    def _follow(self, change: ChangeSet) -> None:
        """Take over a few changed codings row by row."""
        wanted = self.filters.wanted()
        groups = {group.key for group in self.model.groups}
        for row in change.of("codings"):
            if row.before is not None:
                self.lines.drop(row.before["id"])
                self._shown -= self.model.remove(row.before["id"])
            if row.after is not None:
                line = self.lines.take(row.after)
                if line is not None and self.lines.passes(line, wanted, row.after["quote"]):
                    self.model.add(line)
                    self._shown += 1
        for place, group in enumerate(self.model.groups):
            if group.key not in groups:
                self.rows.dress_group(place, opened=True)
        if change.touches("codings"):
            self._tell()
            self._on_selected()

    def _memo(self) -> None:
        if self.detail.editor.isVisible():
            self.detail.editor.write()

    def _on_everyone(self) -> None:
        self.detail.editor.show_everyone(everyone=self.filters.everyone.isChecked())
        self._catch_up() if self._stale else self.refresh()

    def _on_selected(self) -> None:
        lines = self.rows.selected()
        passage = self.model.passage(self.model.find(lines[0].id)) if len(lines) == 1 else None
        for button in self.buttons[:3]:
            button.setEnabled(bool(lines))
        if passage is not None and self.lines.book is not None:
            self.detail.show_passage(passage, self.lines.book.codebook.get(passage.coding.code_id).colour)
            if self.rows.hasFocus():
                self.place_pointed.emit(passage.coding.document_id, passage.coding.span.start, passage.coding.span.end)
        elif lines:
            self.detail.show_many(len(lines))
        else:
            self.detail.show_nothing()

    def _on_activated(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self.place_asked.emit(line.document_id, line.start, line.end)
        elif index.isValid():
            head = index.siblingAtColumn(0)
            self.rows.setExpanded(head, not self.rows.isExpanded(head))

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions_of_rows)
        menu.popup(self.rows.viewport().mapToGlobal(place))

    def _tell(self) -> None:
        shown, known = self._shown, len(self.lines)
        if not known:
            heading = self.tr("No passages yet")
            said = self.tr("Select text in a document and give it a code; the passage is listed here.")
            if self._session is not None and self._session.coder is None:
                said = self.tr("Choose who codes to see that coder’s passages, or tick Everyone’s.")
        else:
            heading = self.tr("No passage fits")
            said = self.tr("Take a limit away: each list above has “Show all”.")
        self.empty.heading.setText(heading)
        self.empty.sentence.setText(said)
        self._stack.setCurrentIndex(0 if shown else 1)
        many = self.tr("{shown} of {passages}").format(shown=shown, passages=words.passages(known))
        self.count.setText("" if not known else words.passages(known) if shown == known else many)
        for button in self.buttons[3:]:
            button.setEnabled(shown > 0)
