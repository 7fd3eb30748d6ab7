"""Splitting some passages off a code into a new one below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui import labels
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.tree_model import Index
from kamcoder.services.messages import sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage that can be split off: the coding's id, its words, and where it stands."""

    id: str
    quote: str
    place: str


class PieceModel(QAbstractListModel):
    """Passages with ticks; those that do not fit the filter keep theirs."""

    ticked = Signal()

    def __init__(self, pieces: Sequence[Piece], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = list(pieces)
        self._shown = self._all
        self._ticks: set[str] = set()

    def chosen(self) -> list[str]:
        """Return the ids of the ticked passages in order."""
        return [piece.id for piece in self._all if piece.id in self._ticks]

    def filter(self, typed: str) -> None:
        """Show only passages with all words of a text."""
        words = typed.casefold().split()
        self.beginResetModel()
        self._shown = [
            piece for piece in self._all if all(word in f"{piece.quote}\n{piece.place}".casefold() for word in words)
        ]
        self.endResetModel()

    def tick_shown(self, *, on: bool) -> None:
        """Tick all that is shown, or none of it."""
        ids = {piece.id for piece in self._shown}
        self._ticks = self._ticks | ids if on else self._ticks - ids
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many passages fit."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words and the tick of a passage."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        piece = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{piece.place}   {' '.join(piece.quote.split())}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return piece.quote
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, 26)  # no wider than the list, which cuts what does not fit
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if piece.id in self._ticks else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a passage, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        piece = self._shown[index.row()]
        self._ticks ^= {piece.id}
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True


class SplitDialog(QDialog):
    """Asks for passages of a code and the name of the new code; stays, saying why, if `take` refuses them."""

    def __init__(
        self,
        code: str,
        pieces: Sequence[Piece],
        take: Callable[[list[str], str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Split off"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take = take
        self.model = PieceModel(pieces, self)
        self.name = QLineEdit()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter passages"))
        self.filter.setAccessibleName(self.tr("Filter passages"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.model.filter)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Passages of the code"))
        self.all, self.none = QPushButton(self.tr("Tick all shown")), QPushButton(self.tr("Tick none of them"))
        self.all.clicked.connect(lambda: self.model.tick_shown(on=True))
        self.none.clicked.connect(lambda: self.model.tick_shown(on=False))
        self.problem = label("", wrap=True)
        self.problem.hide()
        self.told = label("", "small")
        self._lay_out(code)
        self.model.ticked.connect(self._on_ticked)
        self._on_ticked()

    def accept(self) -> None:
        """Give away what was chosen, or say why it cannot be."""
        try:
            self._take(self.model.chosen(), self.name.text())
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.show()
            self.name.selectAll()
            self.name.setFocus()
            return
        super().accept()

    def _lay_out(self, code: str) -> None:
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(self.tr("Split off"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ticks = QHBoxLayout()
        ticks.setSpacing(8)
        for button in (self.all, self.none):
            button.setAutoDefault(False)
            ticks.addWidget(button)
        ticks.addStretch()
        ticks.addWidget(self.told)
        asked = self.tr("Passages of “{code}” for a new code below it").format(code=code)
        heading = label(self.tr("Name of the new code"), "heading")
        heading.setBuddy(self.name)
        self.name.setAccessibleName(self.tr("Name of the new code"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        for widget in (label(asked, "strong", wrap=True), heading, self.name, self.filter):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addLayout(ticks)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.resize(640, 520)

    def _on_ticked(self) -> None:
        count = len(self.model.chosen())
        self.told.setText(labels.codings(count))
        self.accept_button.setEnabled(count > 0)
