"""The palette that finds every command, document and code by a few typed letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kamcoder.gui.action_spec import MENUS
from kamcoder.gui.actions import ActionBoard, key_text_of
from kamcoder.gui.fuzzy import match
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.labels import label

_ROWS = 11
_WIDTH = 600
_MOST_RECENT = 12
_MOST_SHOWN = 200
_RECENT = "palette/recent"
_EDGE, _CHIP, _GAP = 10, 12, 8
# What the palette itself does: entries of its own lead to documents and codes.
_OWN = frozenset({"window.palette", "document.go", "code.go"})
ACTION, DOCUMENT, CODE = "action", "document", "code"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Place:
    """A document or code one can go to: its id, what is shown, and the colour of its chip if it has one."""

    id: str
    name: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: `name` is matched and shown, `aside` stands muted behind it, `keys` at the right; `places` are the hits.

    A row of the kind ACTION with an empty id leads to the list of its `leads_to`.
    """

    kind: str
    id: str
    name: str
    aside: str = ""
    keys: str = ""
    colour: str = ""
    leads_to: str = ""
    places: tuple[int, ...] = ()


Source = Callable[[], Iterable[Place]]


class EntryModel(QAbstractListModel):
    """The entries that fit what was typed, best first; without typing those used last come first."""

    EntryRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Entry] = []
        self._shown: list[Entry] = []

    def load(self, entries: Sequence[Entry]) -> None:
        """Take over what can be found, in the order in which it stands before anything is typed."""
        self._all = list(entries)

    def search(self, typed: str) -> None:
        """Show what fits; before anything is typed the commands, or all there is if there are none."""
        if typed.strip():
            found: list[tuple[int, int, Entry]] = []
            for place, entry in enumerate(self._all):
                fit = match(typed, entry.name)
                if fit is not None:
                    found.append((-fit.score, place, replace(entry, places=fit.places)))
            found.sort(key=lambda item: item[:2])
            shown = [entry for _, _, entry in found]
        else:
            shown = [entry for entry in self._all if entry.kind == ACTION] or self._all
        self.beginResetModel()
        self._shown = shown[:_MOST_SHOWN]
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry of a row."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def entries(self) -> list[Entry]:
        """Return what is shown."""
        return list(self._shown)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many fit."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a row, or the whole entry."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.name, entry.aside, entry.keys) if part)
        if role == self.EntryRole:
            return entry
        return None


class EntryDelegate(QStyledItemDelegate):
    """Draws `name  aside` with the typed letters underlined, and the keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every row the same height."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        entry: Entry = index.data(EntryModel.EntryRole)
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        # Not the widget's own: a style sheet makes that half transparent, and too pale to read.
        muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        metrics = QFontMetricsF(option.font)
        room = QRectF(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        keys = metrics.horizontalAdvance(entry.keys)
        _write(painter, option.font, muted, entry.keys, room.adjusted(room.width() - keys, 0, 1, 0))
        room.setRight(room.right() - keys - _GAP)
        if entry.colour:
            top = round(room.center().y() - _CHIP / 2)
            chip(QColor(entry.colour)).paint(painter, round(room.left()), top, _CHIP, _CHIP)
            room.setLeft(room.left() + _CHIP + _GAP)
        _write(painter, option.font, option.palette.color(QPalette.ColorRole.Text), entry.name, room)
        for place in entry.places:
            start = room.left() + metrics.horizontalAdvance(entry.name[:place])
            end = room.left() + metrics.horizontalAdvance(entry.name[: place + 1])
            if end <= room.right():
                base = room.center().y() + metrics.ascent() / 2 + 1
                painter.fillRect(QRectF(start, base, end - start, 1.5), option.palette.color(QPalette.ColorRole.Text))
        room.setLeft(room.left() + metrics.horizontalAdvance(entry.name) + 2 * _GAP)
        _write(painter, option.font, muted, entry.aside, room)
        painter.restore()


class CommandPalette(QFrame):
    """A field and a list over the window. Commands are triggered; `document_chosen` and `code_chosen` give ids."""

    document_chosen = Signal(str)
    code_chosen = Signal(str)
    closed = Signal()

    def __init__(
        self,
        board: ActionBoard,
        preferences: Preferences,
        parent: QWidget,
        *,
        documents: Source = tuple,
        codes: Source = tuple,
    ) -> None:
        super().__init__(parent)
        self._board = board
        self._over = parent
        self._preferences = preferences
        self._sources = {DOCUMENT: documents, CODE: codes}
        self._menus = {key: QCoreApplication.translate("actions", title).replace("&", "") for key, title in MENUS}
        self._back: QWidget | None = None
        self.setProperty("part", "palette")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Commands"))
        self.model = EntryModel(self)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Command, document or code"))
        self.field.textChanged.connect(self._on_typed)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Commands that fit"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._on_chosen)
        self.nothing = label(self.tr("No matches. Fewer letters find more."), "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint = label(self.tr("↑ ↓ choose   Enter run   Esc leave"), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        layout.setSpacing(6)
        for widget in (self.field, self.nothing, self.list, self._hint):
            layout.addWidget(widget)
        self.field.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def open(self, kind: str = "") -> None:
        """Show the palette over its window, for everything or only for documents (DOCUMENT) or codes (CODE)."""
        focus = QApplication.focusWidget()
        if self.isHidden() and focus is not self.field:
            self._back = focus
        asked = {DOCUMENT: self.tr("Go to document"), CODE: self.tr("Go to code")}
        self.field.setPlaceholderText(asked.get(kind) or self.tr("Type letters of a command, document or code"))
        self.model.load(self._places(kind) if kind else [*self._commands(), *self._places(DOCUMENT, CODE)])
        self.field.clear()
        self._on_typed("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close the palette and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the field move in the list; leave when the focus goes elsewhere."""
        if watched is not self.field:
            if event.type() is QEvent.Type.Resize and not self.isHidden():
                self._place()
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        if event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            self._back = None
            self.leave()
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _commands(self) -> list[Entry]:
        recent = {key: place for place, key in enumerate(self._recent())}
        entries = []
        for spec, action in self._board:
            if action.isEnabled() and spec.key not in _OWN:
                keys = "  ".join(map(key_text_of, spec.keys[:1]))
                name = action.text().replace("&", "")
                aside = self._menus.get(spec.menu, "")
                sign = "✓" if action.isChecked() else ""
                entries.append(Entry(ACTION, spec.key, name, aside, "   ".join(filter(None, (sign, keys)))))
        entries += self._leads()
        entries.sort(key=lambda entry: recent.get(entry.id or entry.leads_to, len(recent)))
        return entries

    def _leads(self) -> list[Entry]:
        words = {DOCUMENT: self.tr("Go to document…"), CODE: self.tr("Go to code…")}
        return [
            Entry(ACTION, "", words[kind], leads_to=kind)
            for kind, source in self._sources.items()
            if next(iter(source()), None) is not None
        ]

    def _places(self, *kinds: str) -> list[Entry]:
        words = {DOCUMENT: self.tr("document"), CODE: self.tr("code")}
        return [
            Entry(kind, place.id, place.name, words[kind] if len(kinds) > 1 else "", colour=place.colour)
            for kind in kinds
            for place in self._sources[kind]()
        ]

    def _recent(self) -> list[str]:
        return [key for key in self._preferences.text(_RECENT).split(" ") if key]

    def _remember(self, key: str) -> None:
        known = [key, *(other for other in self._recent() if other != key)]
        self._preferences.keep(_RECENT, " ".join(known[:_MOST_RECENT]))

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QApplication.sendEvent(self.list, event)
        elif key != Qt.Key.Key_Tab:
            return False
        return True

    def _on_typed(self, typed: str) -> None:
        self.model.search(typed)
        found = self.model.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._place()

    def _on_chosen(self, index: Index) -> None:
        entry = self.model.entry(index)
        if entry is None:
            return
        if entry.kind == ACTION:
            self._remember(entry.id or entry.leads_to)
        if entry.leads_to:
            self.open(entry.leads_to)
            return
        self.leave()
        if entry.kind == ACTION:
            # What was enabled when the palette opened may be so no more.
            self._board[entry.id].trigger()
        else:
            (self.document_chosen if entry.kind == DOCUMENT else self.code_chosen).emit(entry.id)

    def _place(self) -> None:
        parent = self._over
        row = max(self.list.sizeHintForRow(0), 28)
        self.list.setFixedHeight(row * _ROWS + 4)
        width = min(_WIDTH, parent.width() - 32)
        self.resize(width, min(self.sizeHint().height(), parent.height() - 16))
        self.move((parent.width() - width) // 2, min(72, max(8, parent.height() - self.height() - 8)))


def _write(painter: QPainter, font: QFont, colour: QColor, text: str, room: QRectF) -> None:
    if room.width() <= 0 or not text:
        return
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
