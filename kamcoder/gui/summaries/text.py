"""The field a summary is written in: marks such as [1] stand out, show their passage and lead to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from kamcoder.domain.summary import mark, next_number, places_in
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.tables.passage_list import MIME
from kamcoder.gui.theme import Theme


class SummaryText(QPlainTextEdit):
    """A text with marks. `marks` are the codings behind the numbers; the text says which of them are used.

    `mark_chosen` gives the coding whose mark was clicked, `mark_opened` the one that is to be read in its document.
    """

    mark_chosen = Signal(str)
    mark_opened = Signal(str)

    def __init__(self, theme: Theme, tell: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self.marks: dict[int, str] = {}
        self._highlighter = _Marks(self.document(), theme, lambda: self.marks)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._highlighter.rehighlight)

    def fill(self, text: str, marks: Mapping[int, str]) -> None:
        """Show another text."""
        self.marks = dict(marks)
        if self.toPlainText() != text:
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._highlighter.rehighlight()

    def insert(self, coding_ids: Sequence[str]) -> None:
        """Write the marks of passages at the caret; a passage that has one already keeps it."""
        if self.isReadOnly() or not coding_ids:
            return
        known = {key: number for number, key in self.marks.items()}
        numbers = []
        for key in coding_ids:
            if key not in known:
                known[key] = next_number([*self.marks, *(place[2] for place in places_in(self.toPlainText()))])
                self.marks[known[key]] = key
            numbers.append(known[key])
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        before = self.document().characterAt(cursor.position() - 1) if cursor.position() else " "
        after = self.document().characterAt(cursor.position())
        lead = "" if before in " \u2029(" else " "
        cursor.insertText(lead + " ".join(map(mark, numbers)) + (" " if after.isalnum() else ""))
        self.setTextCursor(cursor)
        self._highlighter.rehighlight()

    def number_at(self, position: int) -> int | None:
        """Return the number of the mark at a position of Qt, or None."""
        text = self.toPlainText()
        place = Offsets(text).to_text(position)
        return next((number for start, end, number in places_in(text) if start <= place <= end), None)

    def open_mark(self) -> bool:
        """Go to the passage of the mark at the caret; tell whether there is one."""
        key = self.marks.get(self.number_at(self.textCursor().position()) or 0)
        if key is not None:
            self.mark_opened.emit(key)
        return key is not None

    # -- Qt ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Show the passage of a mark under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self._said_at(event.pos())
            if said:
                QToolTip.showText(event.globalPos(), said, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the passage of a mark that is clicked; open it with Ctrl."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        key = self.marks.get(self.number_at(self.textCursor().position()) or 0)
        if key is not None:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.mark_opened if control else self.mark_chosen).emit(key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages."""
        if event.mimeData().hasFormat(MIME) and not self.isReadOnly():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the mark would stand."""
        if event.mimeData().hasFormat(MIME) and not self.isReadOnly():
            self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Write the marks of dropped passages where they were dropped."""
        if not event.mimeData().hasFormat(MIME) or self.isReadOnly():
            super().dropEvent(event)
            return
        self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        self.insert(dragged(event.mimeData()))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.acceptProposedAction()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only."""
        if source.hasText():
            self.insertPlainText(source.text())

    # -- inside --------------------------------------------------------------------------------------------------

    def _said_at(self, place: QPoint) -> str:
        cursor: QTextCursor = self.cursorForPosition(self.viewport().mapFromParent(place))
        number = self.number_at(cursor.position())
        if number is None:
            return ""
        key = self.marks.get(number)
        return self._tell(key) if key is not None else self.tr("No passage: it was deleted, or never there.")


class _Marks(QSyntaxHighlighter):
    """Draws marks as links, and those without a passage struck through."""

    def __init__(self, document: QTextDocument, theme: Theme, marks: Callable[[], Mapping[int, str]]) -> None:
        super().__init__(document)
        self._theme = theme
        self._marks = marks

    def highlightBlock(self, text: str) -> None:
        """Draw the marks of one paragraph."""
        offsets, known = Offsets(text), self._marks()
        for start, end, number in places_in(text):
            look = QTextCharFormat()
            if number in known:
                look.setForeground(self._theme.look["accent"])
                look.setFontUnderline(True)
            else:
                look.setForeground(self._theme.look["danger"])
                look.setFontStrikeOut(True)
            first = offsets.to_qt(start)
            self.setFormat(first, offsets.to_qt(end) - first, look)


def dragged(data: QMimeData) -> list[str]:
    """Return the codings that are dragged."""
    return bytes(data.data(MIME).data()).decode().split("\n")
