"""Finding in the document that is read: which hits there are, which is the current one, and going round them."""

from PySide6.QtCore import QObject

from kamcoder.domain.document import TextSpan
from kamcoder.gui.reader.find_bar import FindBar
from kamcoder.gui.reader.hits import Hits, find_hits
from kamcoder.gui.reader.overview import Overview
from kamcoder.gui.reader.view import ReaderView

_LONGEST = 120  # a longer selection is hardly meant to be found again


class Searching(QObject):
    """Ties the line for finding to the view. The current hit is selected, ready to be coded."""

    def __init__(self, view: ReaderView, bar: FindBar, overview: Overview) -> None:
        super().__init__(view)
        self._view = view
        self._bar = bar
        self._overview = overview
        self._hits = Hits()
        self._from = 0
        self._current = -1
        self._wrapped = 0
        bar.changed.connect(self._on_changed)
        bar.stepped.connect(self.step)
        bar.left.connect(self.leave)

    def begin(self) -> None:
        """Open the line, with what is selected as what is to be found."""
        span = self._view.span()
        quote = span.of(self._view.page.text) if span else ""
        self._from = span.start if span else self._view.caret()
        typed = quote if 0 < len(quote) <= _LONGEST and "\n" not in quote and self._current < 0 else ""
        hidden = self._bar.isHidden()
        self._bar.open(typed)
        if hidden or not typed:
            self._on_changed()

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), round the ends of the document."""
        if self._bar.isHidden():
            self.begin()
            return
        if not self._hits:
            return
        span = self._view.span()
        selected = span is not None and self._current >= 0 and span == self._span(self._current)
        if not selected:
            place = self._hits.from_position(self._view.caret())
            place = place if by > 0 else place - 1
        else:
            place = self._current + by
        self._wrapped = by if not 0 <= place < len(self._hits) else 0
        self._go(place % len(self._hits))

    def leave(self) -> None:
        """Close the line; what is selected stays so."""
        self._bar.hide()
        self._show(Hits())
        self._view.setFocus()

    def page_changed(self) -> None:
        """Find the same in another document, without going there."""
        self._from = 0
        if not self._bar.isHidden():
            self._find()
            self._tell()
        else:
            self._show(Hits())

    def _on_changed(self) -> None:
        self._find()
        self._wrapped = 0
        if self._hits:
            self._go(self._hits.from_position(self._from))
        else:
            self._tell()

    def _find(self) -> None:
        bar = self._bar
        typed = bar.field.text()
        self._show(find_hits(self._view.page.text, typed, case=bar.case.isChecked(), whole=bar.whole.isChecked()))

    def _show(self, hits: Hits) -> None:
        self._hits, self._current = hits, -1
        to_qt = self._view.page.offsets.to_qt
        ground = self._view.ground
        ground.hits = Hits([to_qt(start) for start in hits.starts], [to_qt(end) for end in hits.ends])
        ground.current = -1
        self._overview.show_hits(ground.hits)
        self._view.viewport().update()

    def _go(self, place: int) -> None:
        self._current = self._view.ground.current = place
        span = self._span(place)
        self._view.reveal(span.start)
        self._view.select(span)
        self._view.viewport().update()
        self._tell()

    def _span(self, place: int) -> TextSpan:
        return TextSpan(self._hits.starts[place], self._hits.ends[place])

    def _tell(self) -> None:
        if not self._bar.field.text().strip():
            text = ""
        elif not self._hits:
            text = self.tr("Not in this document")
        elif self._current < 0:
            text = self.tr("{count} hits").format(count=len(self._hits))
        else:
            text = self.tr("{number} of {count}").format(number=self._current + 1, count=len(self._hits))
        if self._wrapped:
            around = self.tr("from the beginning again") if self._wrapped > 0 else self.tr("from the end again")
            text = f"{text}, {around}"
        self._bar.tell(text)
