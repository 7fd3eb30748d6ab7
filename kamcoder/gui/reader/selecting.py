"""Selecting by keys: by word, sentence, paragraph and turn, growing and shrinking."""

from PySide6.QtCore import QObject

from kamcoder.domain.document import TextSpan
from kamcoder.gui.reader.units import Unit, grown, shrunk, taken
from kamcoder.gui.reader.view import ReaderView


class Selecting(QObject):
    """Changes what is selected in a view. What was grown from is gone back to when shrinking."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._view = view
        self._steps: list[tuple[TextSpan | None, int, TextSpan]] = []

    def take(self, unit: Unit) -> bool:
        """Select the unit at the caret; what is selected already takes in the next one. Tell whether there is one."""
        view = self._view
        found = taken(view.page, unit, view.span(), view.caret())
        return self._select(found)

    def grow(self) -> bool:
        """Select the next larger unit around what is selected; tell whether there is one."""
        view = self._view
        before, caret = view.span(), view.caret()
        found = grown(view.page, before, caret)
        if found is not None:
            if self._steps and self._steps[-1][2] != before:
                self._steps = []
            self._steps.append((before, caret, found))
        return self._select(found)

    def shrink(self) -> bool:
        """Select what was selected before growing, or the next smaller unit; tell whether anything is selected now."""
        view = self._view
        now = view.span()
        if now is None:
            return False
        if self._steps and self._steps[-1][2] == now:
            before, caret, _ = self._steps.pop()
            if before is None:
                view.place_caret(caret)
                return False
            return self._select(before)
        self._steps = []
        found = shrunk(view.page, now)
        if found is None:
            view.place_caret(now.start)
        return self._select(found)

    def _select(self, span: TextSpan | None) -> bool:
        if span is None:
            return False
        self._view.select(span)
        self._view.reveal(span.end)
        return True
