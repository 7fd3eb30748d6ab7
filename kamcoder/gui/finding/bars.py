"""The line above the hits, where words and limits are given, and the line below them, where they are coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from kamcoder.domain.project import natural_key
from kamcoder.gui.finding import words
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.widgets.labels import ElidedLabel
from kamcoder.services.finding import HitSpan

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MOST_RECENT = 12


class SearchBar(QWidget):
    """The words to find, what was found lately, and where to look."""

    typed = Signal()
    entered = Signal()
    picked = Signal(str)
    limited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._recent: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in documents, memos and passages"))
        self.field.setAccessibleName(self.tr("Find everywhere"))
        self.field.setToolTip(
            self.tr("All words must occur in a turn; “quoted words” must follow one another. ↓ goes to the hits.")
        )
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.typed)
        self.field.returnPressed.connect(self.entered)
        self.recent_button = QToolButton()
        self.recent_button.setText(self.tr("Recent") + "  ▾")
        self.recent_button.setAccessibleName(self.tr("Recent searches"))
        self.recent_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.recent_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.recent_button.setMenu(QMenu(self.recent_button))
        self.in_cases = CheckListButton(self.tr("Cases"))
        self.in_documents = CheckListButton(self.tr("Documents"))
        self.everyone = QCheckBox(self.tr("Everyone’s"))
        self.everyone.setToolTip(self.tr("Look in the passages and memos of all coders, not only of who codes now"))
        self.everyone.toggled.connect(self.limited)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        for widget in (self.recent_button, self.in_cases, self.in_documents, self.everyone):
            layout.addWidget(widget)
        for button in (self.in_cases, self.in_documents):
            button.changed.connect(self.limited)
        self.set_recent([])

    def load(self, session: Session | None) -> None:
        """Begin with an empty line and no limits."""
        self._session = session
        self.field.clear()
        for button in (self.in_cases, self.in_documents):
            button.choose(())
        self.offer()

    def offer(self) -> None:
        """Offer the cases and documents that are there."""
        session = self._session
        documents = [entry.document for entry in session.documents.entries()] if session else []
        cases = session.cases.all() if session else []
        self.in_cases.offer([Entry(case.id, case.name) for case in cases])
        documents.sort(key=lambda document: natural_key(document.name))
        self.in_documents.offer([Entry(document.id, document.name) for document in documents])
        self.in_cases.setVisible(len(cases) > 1)
        self.in_documents.setVisible(len(documents) > 1)
        others = session is not None and (len(session.coders.all()) > 1 or session.coder is None)
        self.everyone.setVisible(others)

    def documents(self) -> frozenset[str] | None:
        """Return the documents to look in; None for all."""
        cases, chosen = self.in_cases.chosen, self.in_documents.chosen
        if not cases:
            return chosen or None
        entries = self._session.documents.entries() if self._session else []
        inside = {entry.document.id for entry in entries if cases.intersection(entry.case_ids)}
        return frozenset(inside & chosen if chosen else inside)

    def recent(self) -> list[str]:
        """Return what was searched for last, the latest first."""
        return list(self._recent)

    def set_recent(self, searches: list[str]) -> None:
        """Offer these as recent searches."""
        self._recent = [text for text in searches if text][:_MOST_RECENT]
        menu = self.recent_button.menu()
        menu.clear()
        for text in self._recent:
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _=False, text=text: self.picked.emit(text))
        self.recent_button.setEnabled(bool(self._recent))


class CodeBar(QWidget):
    """How much was found, ticking all or none, and coding what is ticked."""

    tick_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = ElidedLabel()
        self.count.setProperty("part", "small")
        self.all_button, self.none_button = QPushButton(self.tr("Tick all")), QPushButton(self.tr("Tick none"))
        for button, on in ((self.all_button, True), (self.none_button, False)):
            button.setProperty("part", "link")
            button.clicked.connect(lambda _=False, on=on: self.tick_asked.emit(on))
        self.spans = QComboBox()
        self.spans.setAccessibleName(self.tr("How much around a hit is coded"))
        self.spans.setToolTip(self.tr("How much around a hit is coded"))
        for text, span in (
            (self.tr("the sentence"), HitSpan.SENTENCE),
            (self.tr("the whole turn"), HitSpan.TURN),
            (self.tr("only the words"), HitSpan.HIT),
        ):
            self.spans.addItem(text, span)
        self.button = QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.count, 1)
        for widget in (self.all_button, self.none_button):
            layout.addWidget(widget)
        layout.addWidget(self.spans)
        layout.addWidget(self.button)

    def span(self) -> HitSpan:
        """Return how much around a hit is coded."""
        return cast("HitSpan", self.spans.currentData())

    def tell(self, ticked: int, hits: int, *, searching: bool) -> None:
        """Say how many hits are ticked."""
        self.button.setText(self.tr("Code {hits}…").format(hits=words.hits(ticked)))
        self.button.setEnabled(bool(ticked) and not searching)
        for widget in (self.all_button, self.none_button, self.spans, self.button):
            widget.setVisible(hits > 0)
