"""The reader: one document with its codings, and what the person at it means to do. It changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Coder, CoderKind, Coding, Origin
from kamcoder.domain.document import Document, TextSpan
from kamcoder.gui import labels
from kamcoder.gui.reader.columns import STRIP
from kamcoder.gui.reader.find_bar import FindBar
from kamcoder.gui.reader.gutter import Gutter
from kamcoder.gui.reader.idle import Slices
from kamcoder.gui.reader.margin import Margin
from kamcoder.gui.reader.marks import Line, Mark, Marks
from kamcoder.gui.reader.overview import Overview
from kamcoder.gui.reader.page import Page
from kamcoder.gui.reader.searching import Searching
from kamcoder.gui.reader.selecting import Selecting
from kamcoder.gui.reader.view import ReaderView
from kamcoder.gui.reader.whose import WhoseButton
from kamcoder.gui.theme import COLUMN_CHARACTERS, Theme
from kamcoder.gui.widgets.labels import ElidedLabel

_TYPING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)

#: Lines of codings, each piece behind the one before it
Pieces = Iterable[Iterable[Line]]


class ReaderPanel(QWidget):
    """Shows a document and tells what is selected in it. Positions in its signals are code points."""

    selection_changed = Signal()
    coding_chosen = Signal(str)
    menu_wanted = Signal(QPoint)
    codes_dropped = Signal(list)
    end_dragged = Signal(str, object)
    key_typed = Signal(str)
    dressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._document: Document | None = None
        self._codebook = Codebook(())
        self._coder_id: str | None = None
        self.others: frozenset[str] = frozenset()
        self._codes: frozenset[str] | None = None
        self._zoom, self._serif, self._width = 100, False, COLUMN_CHARACTERS
        self._filling = Slices(self._fill, self)
        self.view = ReaderView(theme, self)
        self.view.setAccessibleName(self.tr("Transcript"))
        self.gutter = Gutter(self.view, theme)
        self.margin = Margin(self.view, theme)
        self.overview = Overview(self.view, theme)
        self.find_bar = FindBar()
        self.searching = Searching(self.view, self.find_bar, self.overview)
        self.selecting = Selecting(self.view)
        self.whose = WhoseButton(theme)
        self._name = ElidedLabel(most=360)
        self._name.setProperty("part", "strong")
        self._facts = ElidedLabel()
        self._facts.setProperty("part", "small")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 24, 8)
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._facts, 1)
        head.addWidget(self.whose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.moved.connect(self._place_sides)
        self.view.clicked.connect(self._on_clicked)
        self.view.selection_moved.connect(self._on_selection_moved)
        self.view.menu_wanted.connect(self.menu_wanted)
        self.view.landing.codes_dropped.connect(self.codes_dropped)
        self.view.ends.dragged.connect(self.end_dragged)
        self.gutter.paragraph_clicked.connect(self._on_paragraph_clicked)
        self.margin.coding_clicked.connect(self._on_stripe_clicked)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document | None:
        """Return the document that is shown."""
        return self._document

    @property
    def document_id(self) -> str | None:
        """Return the id of the document that is shown."""
        return self._document.id if self._document else None

    @property
    def facts(self) -> str:
        """Return what is said of the document beside its name."""
        return self._facts.text()

    def show_document(self, document: Document, page: Page, pieces: Pieces) -> None:
        """Show a document from its beginning; of its codings, those that are seen first, the others when idle."""
        self._document = document
        marks = Marks(page.offsets, text=page.text, document_id=document.id)
        self._load(marks, pieces)
        self.view.show_page(page, marks)
        self.overview.renew()
        self.searching.page_changed()
        self._tell_facts()
        self.selection_changed.emit()
        self.coding_chosen.emit("")

    def clear(self) -> None:
        """Show no document."""
        self._document = None
        page = Page.of("", (), ())
        self.view.show_page(page, Marks(page.offsets))
        self.overview.renew()
        self.searching.leave()
        self._tell_facts()

    def rename(self, document: Document) -> None:
        """Show the document's new name."""
        self._document = document
        self._tell_facts()

    def show_codings_of(self, coder_id: str | None, others: frozenset[str], pieces: Pieces) -> None:
        """Show the codings of one coder, and hatched those of others."""
        self._coder_id, self.others = coder_id, others
        self._load(self.view.marks, pieces)
        self._show_again()

    def know_coders(self, coders: Sequence[Coder], own_id: str | None) -> None:
        """Offer the codings of these coders."""
        self.view.coder_names = {coder.id: coder.name for coder in coders}
        self.view.doubled = frozenset(coder.id for coder in coders if coder.kind is CoderKind.CONSENSUS)
        self.whose.load(coders, own_id, self.others)

    def show_codes(self, codes: frozenset[str] | None) -> None:
        """Show the codings with these codes only, or with any for None."""
        self._codes = codes
        self.view.marks.show_codes(codes)
        self._show_again()

    @property
    def worn(self) -> tuple[int, bool, int]:
        """Return zoom, whether the face has serifs, and the width in characters."""
        return self._zoom, self._serif, self._width

    def dress(
        self,
        *,
        zoom: int | None = None,
        serif: bool | None = None,
        width: int | None = None,
        codebook: Codebook | None = None,
    ) -> None:
        """Show the same in another size, face or width (characters), with other codes, or in the theme as it is now."""
        self._zoom = self._zoom if zoom is None else zoom
        self._serif = self._serif if serif is None else serif
        self._width = self._width if width is None else width
        self._codebook = self._codebook if codebook is None else codebook
        self.view.dress(zoom=self._zoom, serif=self._serif, width=self._width, codebook=self._codebook)
        self.overview.renew()
        self.dressed.emit()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project's codings."""
        touched = False
        for row in change.of("codings"):
            if row.row["document_id"] != self.document_id:
                continue
            touched = touched or row.row["id"] == self.view.chosen_id
            if row.before is not None:
                self._remove(coding_of(row.before))
            if row.after is not None:
                self._add(coding_of(row.after))
        if change.touches("codings"):
            self._tell_facts()
            if touched:  # it has gone, or says something else now
                self.choose(self.view.chosen_id if self.chosen else "")

    # -- what is selected ----------------------------------------------------------------------------------------

    @property
    def span(self) -> TextSpan | None:
        """Return the selected span, if it holds more than white space."""
        span = self.view.span()
        return span if span and span.of(self.view.page.text).strip() else None

    @property
    def chosen(self) -> Mark | None:
        """Return the coding that was clicked, stepped to or just made."""
        return self.view.marks.get(self.view.chosen_id)

    def quote(self) -> str:
        """Return the selected text."""
        span = self.span
        return span.of(self.view.page.text) if span else ""

    def codings_here(self) -> list[Mark]:
        """Return the codings that a command may mean: the chosen one, or those at the caret, the shortest first."""
        if self.chosen is not None:
            return [self.chosen]
        return self.view.marks.at(self.view.textCursor().selectionStart())

    def overlapping(self) -> list[Mark]:
        """Return the codings that share text with the chosen one at the caret, it included, the shortest first."""
        chosen = self.chosen
        if chosen is None:
            return []
        caret = min(max(self.view.textCursor().position(), chosen.start), chosen.end - 1)
        return self.view.marks.at(caret)

    def cycle(self) -> None:
        """Choose the next of the codings that lie over each other here."""
        ids = [mark.id for mark in self.overlapping()]
        if len(ids) > 1:
            self.choose(ids[(ids.index(self.view.chosen_id) + 1) % len(ids)])

    def choose(self, coding_id: str) -> None:
        """Choose a coding, or none."""
        if coding_id != self.view.chosen_id:
            self.view.choose(coding_id)
            self.margin.light()
        self.coding_chosen.emit(coding_id)

    def go_to(self, coding_id: str) -> None:
        """Choose a coding and bring it into sight, with the caret at its beginning."""
        mark = self.view.marks.get(coding_id)
        if mark is not None:
            self.view.reveal(mark.coding.span.start)  # before the caret, which would bring it to the very edge
            self.view.place_caret(mark.coding.span.start)
            self.choose(coding_id)

    def step(self, by: int) -> None:
        """Go to the next coding in the order of the text (1) or to the one before (-1)."""
        view = self.view
        mark = view.marks.neighbour(view.chosen_id, view.textCursor().position(), by)
        if mark is not None:
            self.go_to(mark.id)

    def place(self) -> str:
        """Return where the caret is, as it is cited."""
        if self._document is None:
            return ""
        return f"{self._document.name} ¶{self.view.page.paragraph(self.view.caret())}"

    def selection_box(self) -> QRect:
        """Return the rectangle of the end of the selection, in this panel's coordinates."""
        view = self.view
        cursor = view.textCursor()
        line = view.line_rect(max(cursor.selectionEnd() - 1, cursor.selectionStart())).toRect()
        height = view.viewport().height()
        top = min(max(line.top(), 0), height - line.height())
        corner = view.viewport().mapTo(self, QPoint(view.cursorRect().left(), top))
        return QRect(corner.x(), corner.y(), 1, line.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up the selection and the chosen coding on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._document is not None:
            self.view.place_caret(self.view.caret())
            self.choose("")
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if len(event.text()) == 1 and event.text().isalnum() and plain in _TYPING:
            # Caps Lock is no Shift.
            shifted = bool(plain & Qt.KeyboardModifier.ShiftModifier)
            self.key_typed.emit(event.text().upper() if shifted else event.text().casefold())
            return
        super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _load(self, marks: Marks, pieces: Pieces) -> None:
        coders = self.others | {self._coder_id}
        marks.show_codes(self._codes)
        marks.load(([line for line in lines if line[4] in coders] for lines in pieces), self._coder_id)
        if not marks.complete:
            self._filling.start()

    def _fill(self) -> bool:
        """Take in some of the codings that were not needed for the first screen; tell whether there are more."""
        more = self.view.marks.pull()
        self.overview.extend()
        if not more:
            self._tell_facts()
            self.view.moved.emit()
        return more

    def _show_again(self) -> None:
        chosen = self.view.chosen_id
        self.view.refresh()
        self.overview.renew()
        self._tell_facts()
        if chosen:
            self.choose(chosen if self.chosen else "")

    def _add(self, coding: Coding) -> None:
        if coding.coder_id != self._coder_id and coding.coder_id not in self.others:
            return
        mark = self.view.marks.add(coding)
        if self._is_shown(mark):
            self.view.mark_came(mark)
            self.overview.mark_changed(mark)

    def _remove(self, coding: Coding) -> None:
        mark = self.view.marks.remove(coding.id)
        if mark is not None and self._is_shown(mark):
            self.view.mark_went(mark)
            self.overview.mark_changed(mark)

    def _is_shown(self, mark: Mark) -> bool:
        return self._codes is None or mark.code_id in self._codes

    def _on_selection_moved(self) -> None:
        chosen, caret = self.chosen, self.view.textCursor().position()
        if chosen is not None and not chosen.start <= caret <= chosen.end:
            self.choose("")
        self.selection_changed.emit()

    def _on_clicked(self, position: int) -> None:
        """Choose the coding under a click; the next of several with each further click."""
        ids = [mark.id for mark in self.view.marks.at(self.view.page.offsets.to_qt(position))]
        if not ids:
            self.choose("")
        elif self.view.chosen_id in ids:
            self.choose(ids[(ids.index(self.view.chosen_id) + 1) % len(ids)])
        else:
            self.choose(ids[0])

    def _on_stripe_clicked(self, coding_id: str) -> None:
        self.view.setFocus()
        self.go_to(coding_id)

    def _on_paragraph_clicked(self, span: TextSpan) -> None:
        self.view.setFocus()
        self.view.select(span)

    def _place_sides(self) -> None:
        view = self.view
        shared, height = view.columns, view.viewport().height()
        right = shared.left + shared.text
        self.gutter.setGeometry(0, 0, shared.left, height)
        edge = view.width() - view.verticalScrollBar().width() - STRIP
        self.margin.setGeometry(right, 0, max(0, edge - right), height)
        self.overview.setGeometry(edge, 0, STRIP, height)

    def _tell_facts(self) -> None:
        self._name.setText(self._document.name if self._document else "")
        paragraphs = self.view.page.paragraphs
        count = len(self.view.marks)
        if not self.view.marks.complete:
            words = self.tr("{paragraphs} paragraphs")
        elif self.view.marks.hidden:
            words = self.tr("{paragraphs} paragraphs · {codings} shown, {hidden} hidden by the codebook’s ticks")
        elif self.others:
            words = self.tr("{paragraphs} paragraphs · {codings}, others’ among them")
        else:
            words = self.tr("{paragraphs} paragraphs · {codings} of yours")
        facts = words.format(paragraphs=paragraphs, codings=labels.codings(count), hidden=self.view.marks.hidden)
        self._facts.setText(facts if self._document else "")


def coding_of(row: Mapping[str, Any]) -> Coding:
    """Return the coding of a changed row."""
    return Coding(
        id=row["id"],
        document_id=row["document_id"],
        span=TextSpan(row["span_start"], row["span_end"]),
        quote=row["quote"],
        code_id=row["code_id"],
        coder_id=row["coder_id"],
        origin=Origin(row["origin"]),
        created_at=row["created_at"],
    )
