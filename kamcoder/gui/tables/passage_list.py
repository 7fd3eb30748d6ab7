"""A list of passages as rows of one height; what a row says is read when it is first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kamcoder.domain.coding import Passage
from kamcoder.gui.theme import SMALL, Theme
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.lines import draw_lines
from kamcoder.services.passages import CodingLine, PassageBook

Index = QModelIndex | QPersistentModelIndex

PassageRole = Qt.ItemDataRole.UserRole + 30
MIME = "application/x-kamcoder-codings"
_PAGE, _MOST_READ = 60, 3000
_LINES = 3
_LONGEST = 600


class PassageListModel(QAbstractListModel):
    """Passages in reading order. Twenty thousand are a list of bare tuples, of which some are read at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book: PassageBook | None = None
        self._read: dict[str, Passage] = {}
        self.lines: list[CodingLine] = []

    def load(self, book: PassageBook | None, lines: Sequence[CodingLine]) -> None:
        """Show other passages."""
        self.beginResetModel()
        self._book, self._read = book, {}
        self.lines = list(lines)
        self.endResetModel()

    def passage(self, row: int) -> Passage | None:
        """Return a passage with all that is shown of it; None if it is gone by now."""
        if self._book is None or not 0 <= row < len(self.lines):
            return None
        line = self.lines[row]
        if line.id not in self._read:
            if len(self._read) > _MOST_READ:
                self._read = {}
            # What stands around it will be looked at next.
            first = max(0, row - _PAGE // 3)
            found = self._book.passages(self.lines[first : first + _PAGE], {})
            self._read |= {passage.coding.id: passage for passage in found}
        return self._read.get(line.id)

    @property
    def held(self) -> int:
        """Return how many passages are held with their text."""
        return len(self._read)

    def colour(self, row: int) -> str:
        """Return the colour of a passage's code."""
        return self._book.codebook.get(self.lines[row].code_id).colour if self._book else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the passages."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a passage, and its words."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            PassageRole,
        )
        if not index.isValid() or role not in wanted:
            return None
        passage = self.passage(index.row())
        if passage is None or role == PassageRole:
            return passage
        quote = passage.coding.quote
        if role == Qt.ItemDataRole.ToolTipRole:
            return quote[:1200]
        return f"{head(passage)}\n{' '.join(quote[:_LONGEST].split())}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let passages be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        """Say what a dragged passage is."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give the ids of dragged passages, and their words for other programs."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(MIME, "\n".join(self.lines[row].id for row in rows).encode())
        found = [passage for row in rows if (passage := self.passage(row)) is not None]
        data.setText("\n".join(f"“{passage.coding.quote}” ({passage.reference})" for passage in found))
        return data


def head(passage: Passage) -> str:
    """Return where a passage stands, its code and its coder."""
    return f"{passage.reference} · {passage.code_path.split(' › ')[-1]} · {passage.coder}"


class PassageDelegate(QStyledItemDelegate):
    """Draws where a passage stands on a small line, and some lines of its text below."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the same room for every passage, without reading it."""
        small = QFontMetrics(_small(option.font)).lineSpacing()
        return QSize(120, small + _LINES * option.fontMetrics.lineSpacing() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one passage."""
        passage: Passage | None = index.data(PassageRole)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if passage is None:
            return
        room = option.rect.adjusted(8, 5, -8, -5)
        painter.save()
        colour = self._theme.look.stroke(str(index.model().colour(index.row())))  # type: ignore[attr-defined]
        font = _small(option.font)
        metrics = QFontMetrics(font)
        chip(colour).paint(painter, QRect(room.left(), room.top() + (metrics.lineSpacing() - 10) // 2, 10, 10))
        painter.setFont(font)
        painter.setPen(self._theme.look["muted"])
        line = QRect(room.left() + 16, room.top(), room.width() - 16, metrics.lineSpacing())
        painter.drawText(
            line,
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            metrics.elidedText(head(passage), Qt.TextElideMode.ElideRight, line.width()),
        )
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        below = QRect(room.left(), line.bottom() + 3, room.width(), room.bottom() - line.bottom() - 2)
        draw_lines(painter, " ".join(passage.coding.quote[:_LONGEST].split()), below, option.font, lines=_LINES)
        painter.restore()


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALL)
    return made


def passage_view(model: PassageListModel, theme: Theme, parent: QWidget | None = None) -> QListView:
    """Return a list of passages."""
    view = QListView(parent)
    view.setModel(model)
    view.setItemDelegate(PassageDelegate(theme, view))
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    view.setDragEnabled(True)
    view.setDragDropMode(QListView.DragDropMode.DragOnly)
    theme.changed.connect(view.viewport().update)
    return view
