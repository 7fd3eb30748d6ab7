"""A button that opens a list of things to tick, each with its count: a limit on what is shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.gui.widgets.delegate import MutedColumns

Index = QModelIndex | QPersistentModelIndex
_WIDTH, _ROWS = 340, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing to tick: `key` says what, `depth` how far it is indented, `count` how much falls under it if known.

    `name` is what the button says of it when it alone is ticked.
    """

    key: Hashable
    text: str
    count: int | None = None
    colour: str = ""
    depth: int = 0
    name: str = ""


class CheckListModel(QAbstractListModel):
    """Entries with ticks; those that fit a typed filter are shown."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Entry] = []
        self._shown: list[Entry] = []
        self._typed = ""
        self.chosen: frozenset[Hashable] = frozenset()

    def offer(self, entries: Iterable[Entry]) -> None:
        """Take over the entries; ticks of those that are gone go."""
        self._all = list(entries)
        self.chosen &= {entry.key for entry in self._all}
        self.find(self._typed)

    def find(self, typed: str) -> None:
        """Show the entries that hold what was typed."""
        self._typed = typed
        words = typed.casefold().split()
        self.beginResetModel()
        self._shown = [entry for entry in self._all if all(word in entry.text.casefold() for word in words)]
        self.endResetModel()

    def choose(self, keys: Iterable[Hashable]) -> None:
        """Tick these and no others."""
        wanted = frozenset(keys)
        if wanted != self.chosen:
            self.chosen = wanted
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
            self.ticked.emit()

    def toggle(self, index: Index) -> None:
        """Turn the tick of a row."""
        if index.isValid():
            self.choose(self.chosen ^ {self._shown[index.row()].key})

    def names(self) -> list[str]:
        """Return what is ticked, in the order of the list."""
        return [entry.name or entry.text for entry in self._all if entry.key in self.chosen]

    def everything(self) -> list[Hashable]:
        """Return everything that can be ticked, in the order of the list."""
        return [entry.key for entry in self._all]

    def __len__(self) -> int:
        return len(self._all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text with count, tick and colour."""
        if not index.isValid():
            return None
        entry = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            text = "      " * entry.depth * (not self._typed) + entry.text
            return text if entry.count is None else f"{text}   {entry.count or '–'}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if entry.key in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and entry.colour:
            return QColor(entry.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.text
        return None


class _List(QFrame):
    """What the button opens over its window: a filter, the list, and a way to take all ticks off."""

    def __init__(self, model: CheckListModel, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._button = parent
        self.setProperty("part", "palette")
        self.setAutoFillBackground(True)
        self.setAccessibleName(title)
        self._model = model
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type to narrow the list"))
        self.field.setAccessibleName(self.tr("Narrow the list"))
        self.field.textChanged.connect(self._on_typed)
        self.list = QListView()
        self.list.setModel(model)
        self.list.setItemDelegate(MutedColumns(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(title)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(model.toggle)
        self.clear = QPushButton(self.tr("Show all"))
        self.clear.setProperty("part", "link")
        # The line keeps the focus: when it loses it, the list closes.
        self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear.clicked.connect(lambda: model.choose(()))
        foot = QHBoxLayout()
        foot.addWidget(self.clear)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.field.installEventFilter(self)
        self.hide()

    def open_below(self, widget: QWidget) -> None:
        """Show the list under a widget, or above it where there is more room."""
        window = widget.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.field.clear()
        row = max(self.list.sizeHintForRow(0), 24)
        rows = min(max(self._model.rowCount(), 2), _ROWS)
        rest = self.sizeHint().height() - self.list.sizeHint().height()
        self.resize(min(_WIDTH, window.width() - 16), min(rest + row * rows + 4, window.height() - 16))
        corner = widget.mapTo(window, QPoint(0, 0))
        top = corner.y() + widget.height() + 2
        if top + self.height() > window.height() - 8:
            top = max(8, corner.y() - 2 - self.height(), window.height() - 8 - self.height())
        self.move(max(8, min(corner.x(), window.width() - self.width() - 8)), top)
        self.list.setCurrentIndex(self._model.index(0))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the field move in the list and turn ticks; close when the focus goes elsewhere."""
        if event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            self.hide()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            space = event.key() == Qt.Key.Key_Space and not self.field.text()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or space:
                self._model.toggle(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._button.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, typed: str) -> None:
        self._model.find(typed)
        self.list.setCurrentIndex(self._model.index(0))


class CheckListButton(QToolButton):
    """Says what is limited and to what; nothing ticked means everything. `opening` asks for fresh entries."""

    changed = Signal()
    opening = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.model = CheckListModel(self)
        self.model.ticked.connect(self._on_ticked)
        self.box = _List(self.model, title, self)
        self.clicked.connect(self.open)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._say()

    @property
    def chosen(self) -> frozenset[Any]:
        """Return the keys that are ticked; empty means all."""
        return self.model.chosen

    def everything(self) -> list[Hashable]:
        """Return everything that can be ticked, in the order of the list."""
        return self.model.everything()

    def offer(self, entries: Sequence[Entry]) -> None:
        """Take over what can be ticked."""
        before = self.model.chosen
        self.model.offer(entries)
        self._say()
        if self.model.chosen != before:
            self.changed.emit()

    def choose(self, keys: Iterable[Hashable]) -> None:
        """Tick these and no others."""
        self.model.choose(keys)

    def open(self) -> None:
        """Show the list."""
        self.opening.emit()
        self.box.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with the arrow down and Enter too."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
            return
        super().keyPressEvent(event)

    def _on_ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = self.model.names()
        if not names:
            said = self.tr("{what}: all").format(what=self._title)
        elif len(names) == 1:
            name = names[0] if len(names[0]) <= 28 else names[0][:27] + "…"
            said = self.tr("{what}: {name}").format(what=self._title, name=name)
        else:
            said = self.tr("{what}: {count} of {all}").format(what=self._title, count=len(names), all=len(self.model))
        self.setText(f"{said}  ▾")
        self.setAccessibleName(said)
        self.setToolTip("\n".join(names[:20]) if names else said)
        self.setProperty("limiting", bool(names))
