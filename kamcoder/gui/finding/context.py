"""The turns around a passage as text to be read, the passage marked in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from kamcoder.domain.document import TextSpan
from kamcoder.gui.reader.page import displayable
from kamcoder.gui.theme import Theme
from kamcoder.services.passages import Context, ContextTurn


class ContextView(QTextEdit):
    """Shows who said what around a passage; it can be selected and copied, not changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Context, TextSpan, str] | None = None
        self.setProperty("part", "reader")
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("Passage in its context"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        theme.changed.connect(self._write)

    def show_context(self, found: Context, span: TextSpan, colour: str) -> None:
        """Show turns with a passage marked in the colour of its code."""
        self._shown = (found, span, colour)
        self._write()

    def show_nothing(self) -> None:
        """Show no passage."""
        self._shown = None
        self.clear()

    def _write(self) -> None:
        if self._shown is None:
            return
        found, span, colour = self._shown
        look = self._theme.look
        plain, voice, mark = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        for shown in (plain, mark):
            shown.setForeground(look["text"])
        voice.setForeground(look["muted"])
        voice.setFontWeight(QFont.Weight.DemiBold)
        mark.setBackground(look.tint(colour))
        mark.setFontUnderline(True)
        mark.setUnderlineColor(look.stroke(colour))
        block = QTextBlockFormat()
        block.setBottomMargin(8)
        self.clear()
        cursor = self.textCursor()
        place = 0
        for number, turn in enumerate(found.turns):
            if number:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            if turn.speaker:
                cursor.insertText(f"{turn.speaker}: ", voice)
            place = _insert(cursor, turn, span, plain, mark) or place
        cursor.setPosition(place)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def _insert(
    cursor: QTextCursor, turn: ContextTurn, span: TextSpan, plain: QTextCharFormat, mark: QTextCharFormat
) -> int:
    """Write a turn with the passage marked in it; return where the mark begins in Qt's text, 0 if it is not there."""
    start = min(max(span.start - turn.start, 0), len(turn.text))
    end = min(max(span.end - turn.start, 0), len(turn.text))
    cursor.insertText(displayable(turn.text[:start]), plain)
    place = cursor.position()
    cursor.insertText(displayable(turn.text[start:end]), mark)
    cursor.insertText(displayable(turn.text[end:]), plain)
    return place if end > start else 0
