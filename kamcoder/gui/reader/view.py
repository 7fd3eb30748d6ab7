"""The text of a document with codings painted under it; read only, with a caret and a selection."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.document import TextSpan
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.reader.carrying import Landing, put_span
from kamcoder.gui.reader.columns import STRIP, Columns, columns
from kamcoder.gui.reader.ends import Ends
from kamcoder.gui.reader.ground import Ground
from kamcoder.gui.reader.idle import LayingOut
from kamcoder.gui.reader.ink import Inks
from kamcoder.gui.reader.marks import Mark, MarkLook, Marks
from kamcoder.gui.reader.page import TOP_MARGIN, Page
from kamcoder.gui.theme import COLUMN_CHARACTERS, Look, Theme, column_width, dress_reader

_HEAVY = 150_000  # characters from which wrapping anew takes longer than a frame
_REST_MS = 90
_ABOVE = 12  # pixels around a mark that its handles reach
_CLICK = 3  # pixels the mouse may move between press and release of a click


class ReaderView(QTextEdit):
    """Shows one page. Positions in its signals are code points."""

    clicked = Signal(int)
    selection_moved = Signal()
    moved = Signal()
    marked = Signal()
    hovered = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._page = Page.of("", (), ())
        self.marks = Marks(Offsets(""))
        self.inks = Inks(Codebook(()), theme.look)
        self.columns = Columns(0, 0, 400, 32, 0)
        self.chosen_id = self.hovered_id = ""
        self.coder_names: dict[str, str] = {}
        self.doubled: frozenset[str] = frozenset()  # coders who stand for several: the consensus
        self.looks: dict[str, MarkLook] = {}  # of marks that mean more than whose they are, by coding
        self.ground = Ground(theme)
        self._zoom, self._serif, self._width = 100, False, COLUMN_CHARACTERS
        self._pressed = QPoint()
        self._ideal = column_width(theme.reading_font())
        self._rendered: Look | None = None
        self._shown: QTextDocument | None = None
        super().__init__(parent)
        self.laying = LayingOut(self)
        self.laying.grown.connect(self.moved)
        self.ends, self.landing = Ends(self), Landing(self)
        self._rewrap = QTimer(self)
        self._rewrap.setSingleShot(True)
        self._rewrap.setInterval(_REST_MS)
        self._rewrap.timeout.connect(self.refresh)
        self.setProperty("part", "reader")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.selectionChanged.connect(self.selection_moved)
        self.cursorPositionChanged.connect(self.selection_moved)
        dress_reader(self, theme.look)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        return self._page

    def show_page(self, page: Page, marks: Marks) -> None:
        """Show a page with its marks, from its beginning."""
        self._page, self.marks = page, marks
        self.chosen_id = self.hovered_id = ""
        self._render()
        self.verticalScrollBar().setValue(0)
        self.moved.emit()

    def dress(self, *, zoom: int, serif: bool, width: int, codebook: Codebook) -> None:
        """Show the same page in another size, face, width, theme or with other codes; the place in the text stays."""
        place = self.top_position()
        same = (zoom, serif, width) == (self._zoom, self._serif, self._width)
        same = same and self._rendered is self._theme.look
        self._zoom, self._serif, self._width = zoom, serif, width
        self.inks = Inks(codebook, self._theme.look)
        if not same:
            dress_reader(self, self._theme.look)
            anchor, caret = self.textCursor().anchor(), self.textCursor().position()
            self._render()
            self.ground.clear()  # lines remembered of the page as it was would lead astray
            self._put_caret(anchor, caret)
            self.scroll_to(place)
        self.refresh()

    def refresh(self) -> None:
        """Paint text, gutter and margin anew; where the text is wrapped anew, the place in it stays."""
        place, width = self.top_position(), self.columns.text
        self.ground.clear()
        self._share_width()
        if self.columns.text != width:
            self.scroll_to(place)
        self.viewport().update()
        self.moved.emit()

    def mark_came(self, mark: Mark) -> None:
        """Paint a mark that is new."""
        self.ground.tints.add(self.document(), mark)
        self._mark_changed(mark)

    def mark_went(self, mark: Mark) -> None:
        """Paint anew where a mark was."""
        self.ground.tints.remove(self.document(), mark)
        self._mark_changed(mark)

    def _mark_changed(self, mark: Mark) -> None:
        self.laying.slices.pause()
        shared = self.columns
        self._share_width()
        self.repaint_mark(mark)
        (self.marked if shared == self.columns else self.moved).emit()

    def repaint_mark(self, mark: Mark | None) -> None:
        """Paint anew where a mark is."""
        if mark is not None:
            top, bottom = self.line_rect(mark.start).top(), self.line_rect(max(mark.end - 1, mark.start)).bottom()
            area = QRectF(0, top - _ABOVE, self.viewport().width(), bottom - top + 2 * _ABOVE)
            self.viewport().update(area.toAlignedRect())

    def choose(self, coding_id: str) -> None:
        """Light up another coding, or none, with handles at its ends."""
        before, self.chosen_id = self.chosen_id, coding_id
        for one in (before, coding_id):
            self.repaint_mark(self.marks.get(one))

    # -- places --------------------------------------------------------------------------------------------------

    def span(self) -> TextSpan | None:
        """Return the selected span; None if nothing is selected."""
        cursor = self.textCursor()
        return self._page.offsets.span(cursor.anchor(), cursor.position())

    def caret(self) -> int:
        """Return the position of the caret."""
        return self._page.offsets.to_text(self.textCursor().position())

    def select(self, span: TextSpan) -> None:
        """Select a span."""
        offsets = self._page.offsets
        self._put_caret(offsets.to_qt(span.start), offsets.to_qt(span.end))

    def place_caret(self, position: int) -> None:
        """Put the caret at a position, with nothing selected."""
        there = self._page.offsets.to_qt(min(position, self._page.offsets.length))
        self._put_caret(there, there)

    def top_position(self) -> int:
        """Return the position at the upper edge of what is seen."""
        return self._page.offsets.to_text(self._nearest(0))

    def seen(self) -> tuple[int, int]:
        """Return the UTF-16 positions at the upper and the lower edge of what is seen."""
        return self._nearest(0), self._nearest(self.viewport().height())

    def scroll_to(self, position: int, *, above: int = 0) -> None:
        """Bring the line of a position to `above` pixels below the upper edge."""
        top = self.line_rect(self._page.offsets.to_qt(min(position, self._page.offsets.length))).top()
        bar = self.verticalScrollBar()
        bar.setValue(round(top + bar.value()) - above if position else 0)

    def reveal(self, position: int) -> None:
        """Scroll so that a position is seen with a line or two behind it, if it is not."""
        rect = self.line_rect(self._page.offsets.to_qt(position))
        below = 2 * rect.height() if rect.height() * 6 < self.viewport().height() else 0
        if rect.top() < 0 or rect.bottom() + below > self.viewport().height():
            self.scroll_to(position, above=self.viewport().height() // 3)

    def line_rect(self, position: int) -> QRectF:
        """Return the rectangle of the line that holds a UTF-16 position, in the viewport's coordinates."""
        lines = self.ground.lines
        box = lines.get(position)
        if box is None:
            block = self.document().findBlock(position)
            box = self.document().documentLayout().blockBoundingRect(block)
            line = block.layout().lineForTextPosition(position - block.position())
            if line.isValid():
                box = line.rect().translated(box.topLeft())
            lines[position] = box
        return box.translated(0, -self.verticalScrollBar().value())

    def blocks(self, top: float, bottom: float) -> Iterator[tuple[QTextBlock, QPointF]]:
        """Yield the displayed paragraphs between two heights of the viewport, with their upper left corners."""
        layout = self.document().documentLayout()
        shift = self.verticalScrollBar().value()
        block = self.document().findBlock(self._nearest(top))
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(0, -shift)
            if box.top() > bottom:
                return
            if box.bottom() >= top:
                yield block, box.topLeft()
            block = block.next()

    def mark_at(self, point: QPoint) -> Mark | None:
        """Return the shortest mark under a point of the viewport."""
        position = self.position_at(point)
        found = self.marks.at(position) if position is not None else []
        return found[0] if found else None

    def in_selection(self, point: QPoint) -> bool:
        """Tell whether a point of the viewport is over selected text."""
        cursor, position = self.textCursor(), self.position_at(point)
        return position is not None and cursor.selectionStart() <= position < cursor.selectionEnd()

    def hover(self, coding_id: str) -> None:
        """Light up a coding in text and margin."""
        if coding_id != self.hovered_id:
            before, self.hovered_id = self.hovered_id, coding_id
            for one in (before, coding_id):
                self.repaint_mark(self.marks.get(one))
            self.hovered.emit(coding_id)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tints, then the text over them."""
        painter = QPainter(self.viewport())
        self.ground.paint(painter, self, event.rect())
        painter.end()
        super().paintEvent(event)
        if self.chosen_id:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.ends.paint(painter)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width(at_rest=True)
        self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a click may begin."""
        self._pressed = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.ends.press(self._pressed):
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click that selected nothing, or let go of an end."""
        if self.ends.held:
            self.ends.release()
            return
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        still = (point - self._pressed).manhattanLength() <= _CLICK
        if event.button() is Qt.MouseButton.LeftButton and still and not self.textCursor().hasSelection():
            position = self.position_at(point)
            if position is not None:
                self.clicked.emit(self._page.offsets.to_text(position))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the mouse."""
        point = event.position().toPoint()
        if self.ends.held:
            self.ends.move(point)
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            mark = self.mark_at(point)
            self.hover(mark.id if mark else "")
            shape = Qt.CursorShape.SplitHCursor if self.ends.at(point) else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Light up nothing."""
        self.hover("")
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name the codes under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.position_at(event.pos())
            found = self.marks.at(position) if position is not None else []
            QToolTip.showText(event.globalPos(), "\n".join(self.inks[mark.code_id].path for mark in found))
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what can be done here."""
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the panel, which gives up the selection; an end that is held is let go first."""
        if event.key() == Qt.Key.Key_Escape:
            if self.ends.held:
                self.ends.cancel()
            else:
                event.ignore()
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy what the document says, not how Qt shows it."""
        data = QMimeData()
        span = self.span()
        data.setText(span.of(self._page.text) if span else "")
        if span is not None:
            put_span(data, span)
        return data

    # -- inside --------------------------------------------------------------------------------------------------

    def _render(self) -> None:
        font = self._theme.reading_font(zoom=self._zoom, serif=self._serif)
        self.ground.measure(QFontMetricsF(font))
        self.setFont(font)
        self._ideal = round(column_width(font) * self._width / COLUMN_CHARACTERS)
        self._rendered = self._theme.look
        document = self._page.render(font, self._theme.look)
        document.setParent(self)
        self._share_width()
        document.setTextWidth(self.columns.text)
        document.setLayoutEnabled(True)
        before, self._shown = self._shown, document
        self.setDocument(document)
        self.laying.follow(document)
        self.setCursorWidth(2)  # its layout is another with each document
        if before is not None:  # the built-in first one is deleted by Qt
            before.deleteLater()

    def _share_width(self, *, at_rest: bool = False) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width() - STRIP
        shared = columns(room, ideal=self._ideal, lanes=self.marks.lanes + self.ground.offered.on)
        if shared == self.columns and self.lineWrapColumnOrWidth() == shared.text:
            self._rewrap.stop()
            return
        if at_rest and shared.text != self.columns.text and self._page.offsets.length > _HEAVY:
            self._rewrap.start()  # a long text is wrapped anew when the edge of the window has come to rest
            return
        if shared.text != self.columns.text:
            self.ground.clear()
        self.columns = shared
        self.setViewportMargins(shared.left, 0, max(0, room - shared.left - shared.text) + STRIP, 0)
        if self.lineWrapColumnOrWidth() != shared.text:
            self.setLineWrapColumnOrWidth(shared.text)
            self.laying.begin()

    def _put_caret(self, anchor: int, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _nearest(self, height: float) -> int:
        """Return the UTF-16 position nearest to a height of the viewport at the left edge of the text."""
        # Above the first line Qt finds the end of the text, and before anything is laid out nothing at all.
        where = QPointF(0, max(height + self.verticalScrollBar().value(), TOP_MARGIN + 1))
        return max(0, self.document().documentLayout().hitTest(where, Qt.HitTestAccuracy.FuzzyHit))

    def position_at(self, point: QPoint) -> int | None:
        """Return the UTF-16 position of the character under a point; None beside the text."""
        where = QPointF(point) + QPointF(0, self.verticalScrollBar().value())
        position = self.document().documentLayout().hitTest(where, Qt.HitTestAccuracy.ExactHit)
        return position if position >= 0 else None
