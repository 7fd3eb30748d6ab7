"""The lower pane of the code place: find, passages, memos, suggestions, each made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.gui.icons import Icons
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.gui.finding.panel import FindPanel
    from kamcoder.gui.finding.passages_panel import PassagesPanel
    from kamcoder.gui.memos.journal import MemoJournal
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.gui.suggestions.panel import SuggestionsPanel
    from kamcoder.services.session import Session

_FIND, _PASSAGES, _MEMOS, _SUGGESTIONS = range(4)
_NAMES = ("find", "passages", "memos", "suggestions")
_RECENT = "find/recent"


class LowerPane(QWidget):
    """Panels behind tabs. Closed it costs nothing: no panel is made, loaded or refreshed before it is shown."""

    place_asked = Signal(str, int, int)
    place_pointed = Signal(str, int, int)
    coding_asked = Signal(str)
    document_asked = Signal(str)
    code_asked = Signal(str)
    case_asked = Signal(str)
    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)
    closed = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, tasks: TaskRunner, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._tasks = tasks
        self._preferences = preferences
        self._session: Session | None = None
        self._everyone = False
        self.finding: FindPanel | None = None
        self.passages: PassagesPanel | None = None
        self.journal: MemoJournal | None = None
        self.suggestions: SuggestionsPanel | None = None
        self.suggesting: SuggestionActs | None = None  # what is listed; set before the list is shown
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Lower pane"))
        for title in (self.tr("Find"), self.tr("Passages"), self.tr("Memos"), self.tr("Suggestions")):
            self.tabs.addTab(title)
        self.stack = QStackedWidget()
        self._pages = [QWidget() for _ in range(4)]
        for page in self._pages:
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.stack.addWidget(page)
        close = QToolButton()
        close.setIcon(icons.get("x"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close the lower pane"))
        close.setToolTip(self.tr("Close the lower pane"))
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setContentsMargins(10, 2, 6, 0)
        head.addWidget(self.tabs)
        head.addStretch()
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)
        self.setMinimumHeight(160)
        self.hide()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        for panel in self._made():
            panel.load(session)
        if session is None:
            self.hide()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        for panel in self._made():
            panel.on_changed(change)

    def use_coder(self) -> None:
        """Follow who codes now."""
        for panel in self._made():
            panel.use_coder()

    def show_everyone(self, *, everyone: bool) -> None:
        """Show what all coders did, or only who codes now."""
        self._everyone = everyone
        for panel in self._made():
            panel.show_everyone(everyone=everyone)

    def save(self) -> bool:
        """Write what is being typed; tell whether nothing is left unsaved."""
        saved = [panel.save() for panel in (self.passages, self.journal) if panel is not None]
        return all(saved)

    @property
    def shown(self) -> str:
        """Return which panel is open: find, passages, memos or suggestions; empty if none is."""
        return "" if self.isHidden() else _NAMES[self.tabs.currentIndex()]

    def resume(self, name: str) -> None:
        """Open the panel that was open when the project was left, without taking the focus."""
        if name in _NAMES:
            self._show(_NAMES.index(name))

    # -- commands ------------------------------------------------------------------------------------------------

    def ask_find(self, text: str = "") -> None:
        """Open the search, with a text to search for if given."""
        self._show(_FIND)
        if self.finding is not None:
            self.finding.ask(text)

    def browse(self, code_id: str | None = None) -> None:
        """Open the passages, those of one code if given."""
        self._show(_PASSAGES)
        if self.passages is not None:
            if code_id is not None:
                self.passages.show_code(code_id)
            self.passages.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_coding(self, coding_id: str) -> None:
        """Open the passages at one coding."""
        self._show(_PASSAGES)
        if self.passages is not None:
            self.passages.show_coding(coding_id)

    def show_journal(self, memo_id: str | None = None) -> None:
        """Open the memos, at one of them if given."""
        self._show(_MEMOS)
        if self.journal is not None:
            if memo_id is not None:
                self.journal.show_memo(memo_id)
            self.journal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_suggestions(self) -> None:
        """Open the list of suggestions."""
        self._show(_SUGGESTIONS)
        if self.suggestions is not None:
            self.suggestions.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close the pane; what is being typed is written first."""
        if not self.isHidden() and self.save():
            self.hide()
            self.closed.emit()

    # -- inside --------------------------------------------------------------------------------------------------

    def _made(self) -> list[FindPanel | PassagesPanel | MemoJournal | SuggestionsPanel]:
        panels = (self.finding, self.passages, self.journal, self.suggestions)
        return [panel for panel in panels if panel is not None]

    def _show(self, number: int) -> None:
        self.show()
        self.tabs.setCurrentIndex(number)
        self._on_tab(number)

    def _on_tab(self, number: int) -> None:
        if not self.isHidden():
            makers = (self._make_find, self._make_passages, self._make_journal, self._make_suggestions)
            makers[number]()
        self.stack.setCurrentIndex(number)

    def _make_find(self) -> None:
        if self.finding is None:
            from kamcoder.gui.finding.panel import FindPanel

            self.finding = panel = FindPanel(self._theme)
            panel.memo_asked.connect(self.show_journal)
            panel.coding_asked.connect(self.coding_asked)
            panel.acted.connect(self.acted)
            panel.recent_changed.connect(self._keep_recent)
            self._adopt(panel, _FIND)
            panel.set_recent([text for text in self._preferences.text(_RECENT).split("\n") if text])

    def _make_passages(self) -> None:
        if self.passages is None:
            from kamcoder.gui.finding.passages_panel import PassagesPanel

            self.passages = panel = PassagesPanel(self._theme, self._tasks)
            panel.place_pointed.connect(self.place_pointed)
            panel.acted.connect(self.acted)
            self._adopt(panel, _PASSAGES)

    def _make_journal(self) -> None:
        if self.journal is None:
            from kamcoder.gui.memos.journal import MemoJournal

            self.journal = panel = MemoJournal(self._theme)
            panel.coding_asked.connect(self.coding_asked)
            panel.document_asked.connect(self.document_asked)
            panel.code_asked.connect(self.code_asked)
            panel.case_asked.connect(self.case_asked)
            panel.participant_asked.connect(self.case_asked)
            self._adopt(panel, _MEMOS)

    def _make_suggestions(self) -> None:
        if self.suggestions is None and self.suggesting is not None:
            from kamcoder.gui.suggestions.panel import SuggestionsPanel

            self.suggestions = panel = SuggestionsPanel(self._theme, self.suggesting, self._pages[_SUGGESTIONS])
            panel.place_pointed.connect(self.place_pointed)
            panel.acted.connect(self.acted)
            self._adopt(panel, _SUGGESTIONS)

    def _adopt(self, panel: FindPanel | PassagesPanel | MemoJournal | SuggestionsPanel, number: int) -> None:
        panel.place_asked.connect(self.place_asked)
        panel.failed.connect(self.failed)
        panel.hinted.connect(self.hinted)
        layout = self._pages[number].layout()
        assert layout is not None
        layout.addWidget(panel)
        panel.load(self._session)
        panel.show_everyone(everyone=self._everyone)

    def _keep_recent(self) -> None:
        if self.finding is not None:
            self._preferences.keep(_RECENT, "\n".join(self.finding.recent()))
