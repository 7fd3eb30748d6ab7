"""The view of one page: a reading column in the middle, with the hits of a search marked."""

from PySide6.QtCore import QPoint, QRegularExpression, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from kamcoder.gui.help.pages import HelpPage
from kamcoder.gui.help.style import page_sheet
from kamcoder.gui.theme import Theme, column_width

_LEAST_MARGIN = 24
_MOST_HITS = 500
_LIST_INDENT = 22


class PageBrowser(QTextBrowser):
    """Shows a page; links are told by `anchorClicked` and never followed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: HelpPage | None = None
        self._zoom = 100
        self._hits: list[QTextCursor] = []
        self._current = -1
        self.setProperty("part", "reader")
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Page of the guide"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    @property
    def hits(self) -> int:
        """Return how many places are marked."""
        return len(self._hits)

    def show_page(self, page: HelpPage, *, zoom: int) -> None:
        """Show a page from its top."""
        self._page, self._zoom = page, zoom
        document = self.document()
        document.setIndentWidth(_LIST_INDENT)
        document.setDefaultFont(self._theme.reading_font(zoom=zoom))
        document.setDefaultStyleSheet(page_sheet(self._theme.look))
        self.setHtml(page.html)
        self._hits, self._current = [], -1
        self._centre()

    def go_to(self, anchor: str) -> None:
        """Bring a section to the top."""
        # An anchor is only known where the text is laid out; asking for the size lays all of it out.
        self.document().size()
        self.scrollToAnchor(anchor)

    def mark(self, query: str) -> None:
        """Mark the words of a query wherever they stand; nothing for an empty one."""
        self._hits, self._current = [], -1
        words = sorted({word for word in query.split() if word}, key=len, reverse=True)
        if words:
            pattern = QRegularExpression(
                "|".join(QRegularExpression.escape(word) for word in words),
                QRegularExpression.PatternOption.CaseInsensitiveOption,
            )
            cursor = self.document().find(pattern, 0)
            while not cursor.isNull() and len(self._hits) < _MOST_HITS:
                self._hits.append(cursor)
                cursor = self.document().find(pattern, cursor, QTextDocument.FindFlag(0))
        self._draw()

    def step(self, by: int) -> None:
        """Go to the next marked place or the one before, round the ends; at first to the first one in sight."""
        if self._hits:
            here = self._first_in_sight() if self._current < 0 and by > 0 else self._current + by
            self._current = here % len(self._hits)
            place = QTextCursor(self._hits[self._current])
            place.setPosition(place.selectionStart())
            self.setTextCursor(place)
            self.ensureCursorVisible()
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._centre()

    def _first_in_sight(self) -> int:
        top = self.cursorForPosition(QPoint(self.viewport().width() // 2, 0)).block().position()
        return next((number for number, hit in enumerate(self._hits) if hit.selectionStart() >= top), 0)

    def _draw(self) -> None:
        selections = []
        for number, cursor in enumerate(self._hits):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format.setBackground(self._theme.look["hit"])
            selection.format.setForeground(self._theme.look["text"])
            if number == self._current:
                selection.format.setFontUnderline(True)
            selections.append(selection)
        self.setExtraSelections(selections)

    def _centre(self) -> None:
        column = column_width(self._theme.reading_font(zoom=self._zoom))
        margin = max(_LEAST_MARGIN, (self.viewport().width() - column) // 2)
        root = self.document().rootFrame()
        form = root.frameFormat()
        if form.leftMargin() != margin:
            form.setLeftMargin(margin)
            form.setRightMargin(margin)
            form.setTopMargin(20)
            form.setBottomMargin(40)
            root.setFrameFormat(form)
