"""The journal as a tree: days, the latest first, with their memos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.gui.finding import words as counts
from kamcoder.gui.memos import words
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.tree_model import Index, Node, TreeModel
from kamcoder.services.notes import MemoEntry

EntryRole = Qt.ItemDataRole.UserRole + 30


class JournalModel(TreeModel):
    """Memos by the day on which they were begun. Keys are the memos' ids."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[MemoEntry] = ()

    def show(self, entries: Sequence[MemoEntry]) -> None:
        """Show these memos, which come the latest first."""
        same = [entry.memo.id for entry in entries] == [entry.memo.id for entry in self._entries]
        self._entries = entries
        if same:
            for entry in entries:
                node = self.node(self.find(entry.memo.id))
                if node is not None and node.value != entry:
                    node.value = entry
                    self.tell_changed(node)
            return
        root = Node("", None, None)
        days: dict[str, Node] = {}
        for entry in entries:
            day = words.day(entry.memo.created_at)
            if day not in days:
                days[day] = root.add(f"day:{day}", day)
            days[day].add(entry.memo.id, entry)
        self.replace(root)

    def entry(self, key: str) -> MemoEntry | None:
        """Return the memo with this id."""
        node = self.node(self.find(key))
        return node.value if node is not None and isinstance(node.value, MemoEntry) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        node = self.node(index)
        if node is None:
            return None
        value = node.value
        if not isinstance(value, MemoEntry):
            return value if role == Qt.ItemDataRole.DisplayRole else None
        if role == EntryRole:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return words.first_line(value.memo.title, value.memo.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return value.memo.text[:600]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words.first_line(value.memo.title, value.memo.text)}, {second_line(value)}"
        return None


def second_line(entry: MemoEntry) -> str:
    """Return what stands below a memo's title: what it is about, who wrote it, when."""
    about = f"{words.kind(entry.memo.target)} {entry.subject.name}"
    return f"{about} · {entry.coder} · {words.clock(entry.memo.created_at)}"


class JournalDelegate(QStyledItemDelegate):
    """Draws a memo on two lines: its title, and muted what it is about; days strong."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give every row room for two lines."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), round(QFontMetricsF(option.font).height() * 2) + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        entry: MemoEntry | None = index.data(EntryRole)
        lines = [option.text] if entry is None else [option.text, second_line(entry)]
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        metrics = QFontMetricsF(option.font)
        room = QRectF(option.rect).adjusted(6, 0, -8, 0)
        top = room.center().y() - metrics.height() * len(lines) / 2
        if entry is None:
            top = room.bottom() - metrics.height() - 6
        painter.save()
        for number, line in enumerate(lines):
            font = QFont(option.font)
            muted = number == 1
            if entry is None:
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._theme.look["muted" if muted else "text"])
            shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(
                QRectF(room.left(), top + number * metrics.height(), room.width(), metrics.height()),
                int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
                shown,
            )
        painter.restore()


def chosen(entries: Sequence[MemoEntry], *tests: Callable[[MemoEntry], bool]) -> list[MemoEntry]:
    """Return the entries that pass all tests."""
    return [entry for entry in entries if all(test(entry) for test in tests)]


def told(shown: int, known: int) -> str:
    """Return how many memos are shown of how many."""
    return counts.memos(shown) if shown == known else f"{shown} / {counts.memos(known)}"
