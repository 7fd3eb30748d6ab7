"""The palette that puts a code on the selected text by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from kamcoder.domain.codebook import Codebook
from kamcoder.gui.codebook.choices import ChoiceDelegate
from kamcoder.gui.fuzzy import match
from kamcoder.gui.widgets.labels import ElidedLabel, label

_ROWS = 9
_WIDTH = 460
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the palette: a code, or (with an empty id) a code still to be made. `places` are the typed letters.

    `number` is the digit that chooses it, `ticked` tells that it is to be applied with others.
    """

    code_id: str
    path: str
    colour: str
    places: tuple[int, ...] = ()
    number: int = 0
    ticked: bool = False


class ChoiceModel(QAbstractListModel):
    """The codes that fit what was typed, best first."""

    ChoiceRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codebook = Codebook(())
        self._all: list[Choice] = []
        self._shown: list[Choice] = []
        self._recent: list[str] = []
        self._recent_only = False
        self.ticked: list[str] = []

    def load(self, codebook: Codebook, recent: Sequence[str], *, recent_only: bool = False) -> None:
        """Take over the codebook; codes used last come first, or (until something is typed) alone and numbered."""
        self._codebook = codebook
        self._recent = [code_id for code_id in recent if code_id in codebook]
        self._recent_only = recent_only
        self.ticked = [code_id for code_id in self.ticked if code_id in codebook]
        codes = [code for _, code in codebook.walk() if code.codable]
        first = {code_id: place for place, code_id in enumerate(recent)}
        codes.sort(key=lambda code: first.get(code.id, len(first)))
        self._all = [Choice(code.id, codebook.path(code.id), code.colour) for code in codes]

    def find(self, typed: str) -> None:
        """Show what fits."""
        found: list[tuple[int, int, Choice]] = []
        numbered = self._recent_only and not typed.strip()
        for place, choice in enumerate(self._all[: len(self._recent)] if numbered else self._all):
            fit = match(typed, choice.path)
            if fit is not None:
                number, ticked = place + 1 if numbered else 0, choice.code_id in self.ticked
                fitting = replace(choice, places=fit.places, number=number, ticked=ticked)
                found.append((-fit.score, place, fitting))
        if typed.strip():
            found.sort(key=lambda item: item[:2])
        shown = [choice for _, _, choice in found]
        name = " ".join(typed.split())
        if name and not any(choice.path.casefold() == name.casefold() for choice in shown):
            shown.append(Choice("", name, ""))
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def tick(self, index: Index) -> None:
        """Tick the code of a row, or take its tick away."""
        choice = self.choice(index)
        if choice is None or not choice.code_id:
            return
        if choice.ticked:
            self.ticked.remove(choice.code_id)
        else:
            self.ticked.append(choice.code_id)
        self._shown[index.row()] = replace(choice, ticked=not choice.ticked)
        self.dataChanged.emit(index, index)

    def names(self) -> str:
        """Return the names of what is ticked."""
        return ", ".join(self._codebook.get(code_id).name for code_id in self.ticked)

    def choice(self, index: Index) -> Choice | None:
        """Return the choice of a row."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many codes fit."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return path, colour or the whole choice."""
        choice = self.choice(index)
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.path if choice.code_id else self.tr("New code “{name}”").format(name=choice.path)
        if role == Qt.ItemDataRole.DecorationRole and choice.colour:
            return QColor(choice.colour)
        if role == Qt.ItemDataRole.ToolTipRole and choice.code_id in self._codebook:
            return self._codebook.get(choice.code_id).definition.strip()
        if role == Qt.ItemDataRole.CheckStateRole and choice.ticked:
            return Qt.CheckState.Checked
        if role == self.ChoiceRole:
            return choice
        return None


class CodePalette(QFrame):
    """A field and a list over the reader.

    `code_chosen` gives a code's id, `codes_chosen` those of several that were ticked, `name_chosen` the path of a new
    one.
    """

    code_chosen = Signal(str)
    codes_chosen = Signal(list)
    name_chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("part", "palette")
        self.setAutoFillBackground(True)
        self.model = ChoiceModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type letters of a code"))
        self.field.setAccessibleName(self.tr("Code to apply"))
        self.field.textChanged.connect(self._on_typed)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Codes that fit"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._on_clicked)
        self._quote = ElidedLabel()
        self._quote.setProperty("part", "small")
        self._hint = label("", "small", wrap=True)
        self._verb = ""
        self._several = False
        self._recent_only = False
        self._moved = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        layout.setSpacing(6)
        for widget in (self._quote, self.field, self.list, self._hint):
            layout.addWidget(widget)
        self.field.installEventFilter(self)
        self.hide()

    def open(
        self,
        codebook: Codebook,
        recent: Sequence[str],
        *,
        quote: str,
        below: QRect,
        right: int,
        verb: str = "",
        several: bool = False,
        recent_only: bool = False,
    ) -> None:
        """Show the palette for a quote, below a rectangle of the parent or above it, and left of `right` if it can.

        `verb` is what Enter does; with `several`, codes can be ticked; `recent_only` numbers those used last.
        """
        self.model.ticked = []
        self.model.load(codebook, recent, recent_only=recent_only)
        self._verb = verb or self.tr("apply")
        self._several, self._recent_only = several, recent_only
        self._quote.setText("“" + " ".join(quote.split()) + "”")
        self.field.clear()
        self._on_typed("")
        self._place(below, right)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def reload(self, codebook: Codebook, recent: Sequence[str]) -> None:
        """Follow a change of the codebook while open."""
        self.model.load(codebook, recent, recent_only=self._recent_only)
        self._on_typed(self.field.text())

    def leave(self) -> None:
        """Close without a choice."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the field move in the list; leave when the focus goes elsewhere."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        if event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            self.leave()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._moved = True
            QApplication.sendEvent(self.list, event)
        elif key == Qt.Key.Key_Tab or (key == Qt.Key.Key_Space and (self._moved or not self.field.text())):
            self._tick()
        else:
            return self._on_digit(event.text())
        return True

    def _on_digit(self, typed: str) -> bool:
        if not (self._recent_only and len(typed) == 1 and typed in "123456789" and not self.field.text()):
            return False
        self._on_clicked(self.model.index(int(typed) - 1, 0))
        return True

    def _tick(self) -> None:
        if not self._several:
            return
        row = self.list.currentIndex().row()
        self.model.tick(self.list.currentIndex())
        if self.field.text():
            self.field.clear()
        else:
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), 0))
        self._tell_keys()

    def _tell_keys(self) -> None:
        if self.model.ticked:
            words = self.tr("Ticked: {names}   Enter applies them all").format(names=self.model.names())
        elif self._recent_only and not self.field.text():
            words = self.tr("1–9 {verb}   Type to find others   Esc leave").format(verb=self._verb)
        elif self._several:
            words = self.tr("↑ ↓ choose   Enter {verb}   Tab tick several   Esc leave").format(verb=self._verb)
        else:
            words = self.tr("↑ ↓ choose   Enter {verb}   Esc leave").format(verb=self._verb)
        self._hint.setText(words)

    def _on_typed(self, typed: str) -> None:
        self._moved = False
        self.model.find(typed)
        self._fit_list()
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._tell_keys()

    def _on_enter(self) -> None:
        ticked, choice = list(self.model.ticked), self.model.choice(self.list.currentIndex())
        if not ticked:
            self._on_clicked(self.list.currentIndex())
            return
        typed = choice is not None and bool(self.field.text().strip())
        self.leave()
        if choice is not None and typed and choice.code_id and choice.code_id not in ticked:
            ticked.append(choice.code_id)
        self.codes_chosen.emit(ticked)
        if choice is not None and typed and not choice.code_id:
            self.name_chosen.emit(choice.path)

    def _on_clicked(self, index: QModelIndex) -> None:
        choice = self.model.choice(index)
        if choice is None:
            return
        self.leave()
        if choice.code_id:
            self.code_chosen.emit(choice.code_id)
        else:
            self.name_chosen.emit(choice.path)

    def _fit_list(self) -> None:
        """Give the list room for nine codes; the numbered ones stand close until something is typed."""
        rows = min(self.model.rowCount(), _ROWS) if self._recent_only and not self.field.text() else _ROWS
        height = max(self.list.sizeHintForRow(0), 24) * rows + 4
        if self.list.minimumHeight() != height:
            self.list.setFixedHeight(height)
            self.resize(self.width(), self.sizeHint().height())

    def _place(self, below: QRect, right: int) -> None:
        parent = self._over
        self.resize(min(_WIDTH, parent.width() - 16), self.sizeHint().height())
        top = below.bottom() + 6
        if top + self.height() > parent.height() - 8:
            top = max(8, below.top() - 6 - self.height())
        left = max(8, min(below.left(), right - self.width() - 8, parent.width() - self.width() - 8))
        self.move(QPoint(left, top))
