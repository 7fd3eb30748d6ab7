"""The text with every coder's stripes side by side; how they differ is told by pattern, sign and name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import CoderKind
from kamcoder.domain.document import TextSpan
from kamcoder.domain.settling import Disagreement, Standing
from kamcoder.gui.comparing import standing, words
from kamcoder.gui.reader.columns import EDGE, LANE, STRIP
from kamcoder.gui.reader.gutter import Gutter
from kamcoder.gui.reader.margin import Margin
from kamcoder.gui.reader.marks import Marks
from kamcoder.gui.reader.overview import Overview
from kamcoder.gui.reader.page import Page
from kamcoder.gui.reader.view import ReaderView
from kamcoder.gui.theme import COLUMN_CHARACTERS, Theme
from kamcoder.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_SWATCH = 16


class LaneHeads(QWidget):
    """Above the stripes: whose they are."""

    def __init__(self, view: ReaderView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._theme = theme
        self.setFixedHeight(round(QFontMetricsF(theme.font(small=True)).height()) + 6)
        self.setAccessibleName(self.tr("Whose stripes these are"))
        view.moved.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the beginning of every coder's name above their lanes."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.look["surface"])
        font = self._theme.font(small=True, strong=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._theme.look["muted"])
        for name, room in self._rooms():
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
            if text in ("…", "") or len(text) < min(len(name), 3):
                text = name[: max(1, int(room.width() / metrics.averageCharWidth()))]
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def event(self, event: QEvent) -> bool:
        """Say the whole name."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = [name for name, room in self._rooms() if room.left() <= event.pos().x() < room.right()]
            QToolTip.showText(event.globalPos(), "".join(found[:1]), self)
            return True
        return super().event(event)

    def _rooms(self) -> list[tuple[str, QRectF]]:
        columns = self._view.columns
        left = columns.left + columns.text + EDGE
        return [
            (self._view.coder_names.get(coder_id, "?"), QRectF(left + first * LANE, 0, lanes * LANE, self.height()))
            for coder_id, first, lanes in self._view.marks.shares
            if first < columns.shown_lanes
        ]


class Legend(QWidget):
    """What the patterns mean: a swatch, a sign and a word for every kind."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        only = self.tr("only some")
        self._entries = [
            (kind, f"{standing.SIGNS[kind]} {only if kind is Standing.ONLY_SOME else words.translated(name)}")
            for kind, name in standing.NAMES.items()
        ]
        metrics = QFontMetricsF(theme.font(small=True))
        self._widths = [metrics.horizontalAdvance(text) + _SWATCH + 20 for _, text in self._entries]
        self.setFixedSize(round(sum(self._widths)), round(metrics.height()) + 8)
        self.setAccessibleName(", ".join(text for _, text in self._entries))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entries in a row."""
        painter = QPainter(self)
        look, left = self._theme.look, 0.0
        painter.setFont(self._theme.font(small=True))
        for (kind, text), width in zip(self._entries, self._widths, strict=True):
            box = QRectF(left + 0.5, (self.height() - 11) / 2, _SWATCH, 11)
            pattern = standing.brush(kind)
            painter.setOpacity(0.35 if pattern is Qt.BrushStyle.SolidPattern else 0.9)
            painter.fillRect(box, QBrush(look["control"], pattern))
            painter.setOpacity(1.0)
            painter.setPen(QPen(look["control"], 1))
            painter.drawRect(box)
            painter.setPen(look["muted"])
            room = QRectF(left + _SWATCH + 6, 0, width, self.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
            left += width


class SideReader(QWidget):
    """Shows one document with the codings of several coders. `coding_clicked` tells which of them was clicked."""

    coding_clicked = Signal(str)
    key_pressed = Signal(QKeyEvent)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._book = Codebook(())
        self._worn = (100, False, COLUMN_CHARACTERS)
        self.document_id = ""
        self.view = ReaderView(theme, self)
        self.view.setAccessibleName(self.tr("Transcript with every coder’s codings"))
        self.gutter = Gutter(self.view, theme)
        self.margin = Margin(self.view, theme)
        self.overview = Overview(self.view, theme)
        self.heads = LaneHeads(self.view, theme)
        self.legend = Legend(theme)
        self.name = ElidedLabel()
        self.name.setProperty("part", "strong")
        head = QHBoxLayout()
        head.setContentsMargins(0, 2, 8, 2)
        head.addWidget(self.name, 1)
        head.addWidget(self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.heads)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.moved.connect(self._place_sides)
        self.view.clicked.connect(self._on_clicked)
        self.margin.coding_clicked.connect(self.coding_clicked)
        theme.changed.connect(self._on_theme_changed)

    def clear(self) -> None:
        """Show no document."""
        self.document_id = ""
        page = Page.of("", (), ())
        self.view.looks = {}
        self.view.show_page(page, Marks(page.offsets))
        self.overview.renew()
        self.name.setText("")

    def show_document(
        self, session: Session, document_id: str, coder_ids: Sequence[str], stretches: Sequence[Disagreement]
    ) -> None:
        """Show a document with the stripes of these coders; one that is shown already stays where it is."""
        coders = session.coders.all()
        names = {coder.id: coder.name for coder in coders}
        self.view.coder_names = names
        self.view.doubled = frozenset(coder.id for coder in coders if coder.kind is CoderKind.CONSENSUS)
        pieces = session.codings.lines_bit_by_bit(document_id)
        lines = [line for piece in pieces for line in piece if line[4] in coder_ids]
        settled = [str(line[0]) for line in lines if line[4] in self.view.doubled]
        self.view.looks = standing.looks(stretches, names) | dict.fromkeys(settled, standing.SETTLED)
        if document_id == self.document_id:
            self.view.marks.load_apart(lines, coder_ids)
            self.view.refresh()
        else:
            self._open(session, document_id, lines, coder_ids)
        self.overview.renew()
        self.heads.update()

    def show_stretch(self, found: Disagreement) -> None:
        """Bring a stretch into sight and select it."""
        self.view.reveal(found.span.start)
        self.view.select(found.span)
        self.view.choose(found.claims[0].coding_id if found.claims else "")
        self.margin.light()

    def reveal(self, span: TextSpan) -> None:
        """Bring a place into sight and select it."""
        self.view.reveal(span.start)
        self.view.select(span)

    def dress(self, codebook: Codebook) -> None:
        """Show the same with other codes, or in the theme as it is now."""
        zoom, serif, width = self._worn
        self.view.dress(zoom=zoom, serif=serif, width=width, codebook=codebook)
        self.overview.renew()
        self._book = codebook

    def wear(self, zoom: int, serif: bool, width: int) -> None:
        """Show the text in a size, face and width."""
        if self._worn != (zoom, serif, width):
            self._worn = zoom, serif, width
            self.dress(self._book)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on the keys that the text has no use for."""
        self.key_pressed.emit(event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _open(
        self, session: Session, document_id: str, lines: Sequence[tuple[object, ...]], coder_ids: Sequence[str]
    ) -> None:
        documents = session.documents
        page = Page.of(documents.text(document_id), documents.turns(document_id), documents.speakers(document_id))
        self.document_id = document_id
        marks = Marks(page.offsets, text=page.text, document_id=document_id)
        marks.load_apart(lines, coder_ids)  # type: ignore[arg-type]  # rows of the table are such lines
        self.view.show_page(page, marks)
        self.name.setText(documents.find(document_id).name)

    def _on_clicked(self, position: int) -> None:
        found = self.view.marks.at(self.view.page.offsets.to_qt(position))
        if found:
            self.coding_clicked.emit(found[0].id)

    def _on_theme_changed(self) -> None:
        self.dress(self._book)

    def _place_sides(self) -> None:
        view = self.view
        shared, height = view.columns, view.viewport().height()
        right = shared.left + shared.text
        self.gutter.setGeometry(0, 0, shared.left, height)
        edge = view.width() - view.verticalScrollBar().width() - STRIP
        self.margin.setGeometry(right, 0, max(0, edge - right), height)
        self.overview.setGeometry(edge, 0, STRIP, height)


def by_document(stretches: Sequence[Disagreement]) -> Mapping[str, list[Disagreement]]:
    """Return stretches by their documents."""
    found: dict[str, list[Disagreement]] = {}
    for one in stretches:
        found.setdefault(one.document_id, []).append(one)
    return found
