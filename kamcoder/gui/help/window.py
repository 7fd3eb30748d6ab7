"""The window of the guide: contents and search on the left, the page on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QToolButton, QVBoxLayout, QWidget

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.actions import ACTIONS, key_text_of
from kamcoder.gui.help.browser import PageBrowser
from kamcoder.gui.help.contents import ContentsModel, key_of
from kamcoder.gui.help.pages import Guide, read_guide
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.tree_view import Tree

_ZOOMS = (75, 85, 100, 115, 130, 150, 175, 200)


@dataclass(slots=True)
class _Visit:
    """A page that was looked at, with the place where it was left."""

    page: str
    anchor: str
    top: int | None = None


class HelpWindow(QWidget):
    """The guide. A window of its own beside the work: it stays open, and usable while a dialog is."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        *,
        specs: Sequence[ActionSpec] = ACTIONS,
        guide: Guide | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setProperty("part", "side")
        self.setWindowTitle(self.tr("KamCoder guide"))
        self._theme = theme
        self._preferences = preferences
        self.guide = guide or read_guide(specs=tuple(specs))
        self._visits: list[_Visit] = []
        self._here = -1
        self._lay_out()
        self._connect()
        self._restore()
        self.show_page(self.guide.pages[0].key)
        self.browser.setFocus()

    # -- for whoever opens it --------------------------------------------------------------------------------------

    @property
    def page_key(self) -> str:
        """Return the key of the page that is shown."""
        return self._visits[self._here].page

    def show_page(self, key: str, anchor: str = "") -> None:
        """Show a page, at one of its sections if named; the first page if there is none of this key."""
        page, _, inside = key.partition("#")
        visit = _Visit(self.guide.page(page).key, anchor or inside)
        if self._here >= 0:
            left = self._visits[self._here]
            left.top = self.browser.verticalScrollBar().value()
            if (left.page, left.anchor) == (visit.page, visit.anchor):
                self._show(visit)
                return
        del self._visits[self._here + 1 :]
        self._visits.append(visit)
        self._here = len(self._visits) - 1
        self._show(visit)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) among the pages that were looked at."""
        there = self._here + by
        if 0 <= there < len(self._visits):
            self._visits[self._here].top = self.browser.verticalScrollBar().value()
            self._here = there
            self._show(self._visits[there])

    def zoom(self, by: int) -> None:
        """Make the text larger (1), smaller (-1) or of normal size (0)."""
        present = self._zoom_now()
        place = _ZOOMS.index(present) if present in _ZOOMS else _ZOOMS.index(100)
        self._preferences.keep("help/zoom", _ZOOMS[min(max(place + by, 0), len(_ZOOMS) - 1)] if by else 100)
        self._show_again()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search the guide"))
        self.field.setAccessibleName(self.tr("Search the guide"))
        self.field.setClearButtonEnabled(True)
        self.contents = ContentsModel(self.guide, self)
        self.tree = Tree(self.contents)
        self.tree.setHeaderHidden(True)
        self.tree.fit_columns()
        self.tree.setAccessibleName(self.tr("Contents of the guide"))
        self._nothing = label(self.tr("Nothing in the guide holds all these words."), "muted", wrap=True)
        self._nothing.setContentsMargins(14, 8, 8, 8)
        self._nothing.hide()
        self.browser = PageBrowser(self._theme)
        self.back = self._button(self.tr("Back"), "Alt+Left", lambda: self.step(-1))
        self.forward = self._button(self.tr("Forward"), "Alt+Right", lambda: self.step(1))
        self.smaller = self._button(self.tr("Smaller text"), "Ctrl+-", lambda: self.zoom(-1))
        self.larger = self._button(self.tr("Larger text"), "Ctrl++", lambda: self.zoom(1))
        left = QWidget()
        left.setProperty("part", "side")
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        for button in (self.back, self.forward):
            bar.addWidget(button)
        bar.addStretch()
        for button in (self.smaller, self.larger):
            bar.addWidget(button)
        right = QWidget()
        right.setProperty("part", "side")
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(bar)
        page.addWidget(self.browser, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([260, 700])
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _button(self, text: str, key: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(f"{text} ({key_text_of(key)})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.tree.clicked.connect(lambda index: self._on_chosen(self.contents.key(index)))
        self.tree.chosen.connect(self._on_chosen)
        self.tree.chosen.connect(lambda _: self.browser.setFocus())
        self.browser.anchorClicked.connect(self._on_link)
        self._theme.changed.connect(self._show_again)
        for keys, act in (
            (("Alt+Left", "Back"), lambda: self.step(-1)),
            (("Alt+Right", "Forward"), lambda: self.step(1)),
            (("Ctrl+F",), self._search),
            (("F3", "Ctrl+G"), lambda: self.browser.step(1)),
            (("Shift+F3", "Ctrl+Shift+G"), lambda: self.browser.step(-1)),
            (("Ctrl++", "Ctrl+="), lambda: self.zoom(1)),
            (("Ctrl+-",), lambda: self.zoom(-1)),
            (("Ctrl+0",), lambda: self.zoom(0)),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(act)

    def _restore(self) -> None:
        self.resize(960, 680)
        if (geometry := self._preferences.data("help/geometry")) is not None:
            self.restoreGeometry(geometry)

    def _zoom_now(self) -> int:
        return self._preferences.number("help/zoom", 100, low=_ZOOMS[0], high=_ZOOMS[-1])

    def _show(self, visit: _Visit) -> None:
        page = self.guide.page(visit.page)
        self.browser.show_page(page, zoom=self._zoom_now())
        self.browser.mark(self.field.text())
        if visit.top is not None:
            self.browser.document().size()
            self.browser.verticalScrollBar().setValue(visit.top)
        elif visit.anchor:
            self.browser.go_to(visit.anchor)
        self._point(visit)
        self.setWindowTitle(self.tr("{page} – KamCoder guide").format(page=page.title))
        self.back.setEnabled(self._here > 0)
        self.forward.setEnabled(self._here + 1 < len(self._visits))

    def _point(self, visit: _Visit) -> None:
        """Mark a page and its section in the contents, with the page's other sections below it."""
        first = self.guide.page(visit.page).sections[0].anchor
        self.tree.expand(self.contents.find(key_of(visit.page, first)))
        self.tree.point(key_of(visit.page, visit.anchor or first))

    def _show_again(self) -> None:
        """Show the same place in another size or other colours."""
        bar = self.browser.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        visit = self._visits[self._here]
        self.browser.show_page(self.guide.page(visit.page), zoom=self._zoom_now())
        self.browser.mark(self.field.text())
        self.browser.document().size()
        bar.setValue(round(share * bar.maximum()))

    def _search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_typed(self, typed: str) -> None:
        if typed.strip():
            found = self.contents.search(typed)
        else:
            self.contents.show_all()
            self.tree.collapseAll()
            self._point(self._visits[self._here])
            found = 1
        self._nothing.setVisible(not found)
        self.browser.mark(typed)

    def _on_chosen(self, key: str) -> None:
        if key:
            page, _, anchor = key.partition("#")
            # The page's own heading is its top: nothing to scroll to.
            self.show_page(page, "" if anchor == self.guide.page(page).sections[0].anchor else anchor)
            if self.field.text().strip():
                self.browser.step(1)

    def _on_link(self, url: QUrl) -> None:
        page = url.path().removesuffix(".md") or self.page_key
        self.show_page(page, url.fragment())

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the search open the first find, and the arrow go down into the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_chosen(self.contents.first_found())
                return True
            if event.key() == Qt.Key.Key_Down:
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.tree.currentIndex().isValid():
                    self.tree.setCurrentIndex(self.contents.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up the search, then close, on Escape."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.field.text():
            self.field.clear()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood."""
        self._preferences.keep("help/geometry", QByteArray(self.saveGeometry()))
        super().closeEvent(event)
