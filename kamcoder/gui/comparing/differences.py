"""The list of differences between coders: open ones or all, each with what was decided, and how far settling is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListView, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.settling import Disagreement, Standing
from kamcoder.gui.comparing import standing
from kamcoder.gui.comparing.items import ItemDelegate
from kamcoder.gui.widgets.labels import label
from kamcoder.services.passages import line_ends

Index = QModelIndex | QPersistentModelIndex
_SHORT = 400


class Showing(StrEnum):
    """Which stretches are listed."""

    OPEN = "open"
    DIFFERENT = "different"
    DECIDED = "decided"
    BOUNDARY = "boundary"
    OTHER_CODE = "other_code"
    ONLY_SOME = "only_some"
    AGREED = "agreed"

    def takes(self, found: Disagreement) -> bool:
        """Tell whether a stretch is listed."""
        if self is Showing.OPEN:
            return found.standing is not Standing.AGREED and not found.decided
        if self is Showing.DECIDED:
            return found.standing is not Standing.AGREED and found.decided
        if self is Showing.DIFFERENT:
            return found.standing is not Standing.AGREED
        return found.standing.value == self.value


class DifferencesModel(QAbstractListModel):
    """Lists stretches: a head with place, kind, codes and decision, and a line for every coding."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: list[Disagreement] = []
        self._read: Callable[[str], str] = str
        self._texts: dict[str, tuple[str, list[int]]] = {}
        self._documents: Mapping[str, str] = {}
        self.names: Mapping[str, str] = {}
        self._book = Codebook(())

    def know(
        self, read: Callable[[str], str], *, documents: Mapping[str, str], names: Mapping[str, str], book: Codebook
    ) -> None:
        """Take over what documents, coders and codes are called; `read` gives the text of a document."""
        self._read, self._documents, self.names, self._book = read, documents, names, book
        self._texts = {}

    def load(self, stretches: Sequence[Disagreement]) -> None:
        """Show these stretches."""
        self.beginResetModel()
        self.shown = list(stretches)
        self.endResetModel()

    def place_of(self, found: Disagreement) -> int:
        """Return the row of a stretch, or of what begins at its place; -1 if nothing does."""
        ids = [other.id for other in self.shown if other.document_id == found.document_id]
        first = next((row for row, other in enumerate(self.shown) if other.document_id == found.document_id), -1)
        return first + ids.index(found.id) if found.id in ids else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the stretches."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a stretch in words."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join(self.lines(self.shown[index.row()]))
        return None

    def reference(self, found: Disagreement) -> str:
        """Return how a stretch is cited."""
        _, ends = self._text(found.document_id)
        return f"{self._documents.get(found.document_id, '')} ¶{bisect_right(ends, found.span.start) + 1}"

    def head(self, found: Disagreement) -> str:
        """Return place, kind and codes of a stretch, with a tick if it is decided."""
        codes = ", ".join(self._book.get(code_id).name for code_id in found.code_ids if code_id in self._book)
        kind = f"{standing.SIGNS[found.standing]} {standing.name(found, self.names)}"
        return f"{'✓ ' if found.decided else ''}{self.reference(found)} · {kind} · {codes}"

    def lines(self, found: Disagreement) -> list[str]:
        """Return the head of a stretch and what each coder says there."""
        text, _ = self._text(found.document_id)
        several = len(found.code_ids) > 1
        said = []
        for claim in sorted(found.claims, key=lambda claim: (found.coder_ids.index(claim.coder_id), claim.span)):
            quote = " ".join(text[claim.span.start : min(claim.span.end, claim.span.start + _SHORT)].split())
            code = f" {self._book.get(claim.code_id).name}:" if several and claim.code_id in self._book else ""
            said.append(f"{self.names.get(claim.coder_id, '')}:{code} “{quote}”")
        return [self.head(found), *said]

    def _text(self, document_id: str) -> tuple[str, list[int]]:
        if document_id not in self._texts:
            text = self._read(document_id)
            self._texts[document_id] = text, line_ends(text)
        return self._texts[document_id]


class DifferencesPane(QWidget):
    """The list with its filter, the progress, and a button that takes what all agree on in one step."""

    pointed = Signal(object)
    opened = Signal()
    agreed_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._all: list[Disagreement] = []
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which stretches are listed"))
        for showing, text in (
            (Showing.OPEN, self.tr("open differences")),
            (Showing.DIFFERENT, self.tr("all differences")),
            (Showing.DECIDED, self.tr("settled differences")),
            (Showing.BOUNDARY, self.tr("↔ other ends")),
            (Showing.OTHER_CODE, self.tr("≠ other code")),
            (Showing.ONLY_SOME, self.tr("◐ only some coders")),
            (Showing.AGREED, self.tr("= agreed")),
        ):
            self.filter.addItem(text, showing.value)
        self.filter.currentIndexChanged.connect(lambda _: self._list())
        self.model = DifferencesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ItemDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Differences"))
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._on_current(index))
        self.list.activated.connect(lambda _: self.opened.emit())
        self.told = label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Settled differences"))
        self.take_agreed = QPushButton()
        self.take_agreed.clicked.connect(self.agreed_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 10, 10)
        layout.setSpacing(6)
        for widget in (self.filter, self.told, self.bar):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.take_agreed)
        self.setMinimumWidth(220)
        self.show_stretches([])

    @property
    def current(self) -> Disagreement | None:
        """Return the stretch that is looked at."""
        index = self.list.currentIndex()
        return self.model.shown[index.row()] if index.isValid() and index.row() < len(self.model.shown) else None

    def show_stretches(self, stretches: Sequence[Disagreement]) -> None:
        """List stretches; the one looked at stays, or what now stands at its place in the list."""
        self._all = list(stretches)
        agreed = [found for found in stretches if found.standing is Standing.AGREED]
        waiting = sum(not found.decided for found in agreed)
        different = len(stretches) - len(agreed)
        settled = sum(found.decided for found in stretches) - len(agreed) + waiting
        self.told.setText(
            self.tr("{settled} of {count} differences settled, {taken} of {agreed} agreed passages taken.").format(
                settled=f"{settled:,}", count=f"{different:,}", taken=f"{len(agreed) - waiting:,}", agreed=len(agreed)
            )
        )
        self.bar.setRange(0, max(different, 1))
        self.bar.setValue(settled if different else 1)
        self.take_agreed.setText(self.tr("Take what all agree on ({count})").format(count=f"{waiting:,}"))
        self.take_agreed.setVisible(waiting > 0)
        self._list()

    def point(self, found: Disagreement) -> bool:
        """Look at a stretch; tell whether it is known. The list is widened if its filter hides it."""
        if not any(other.id == found.id for other in self._all):
            return False
        if self.model.place_of(found) < 0:
            wider = Showing.AGREED if found.standing is Standing.AGREED else Showing.DIFFERENT
            self.filter.setCurrentIndex(self.filter.findData(wider.value))
        self.list.setCurrentIndex(self.model.index(self.model.place_of(found)))
        return True

    def step(self, by: int) -> None:
        """Look at the next stretch of the list (1) or at the one before (-1)."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < len(self.model.shown):
            self.list.setCurrentIndex(self.model.index(row))

    # -- inside --------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        before, row = self.current, max(self.list.currentIndex().row(), 0)
        showing = Showing(self.filter.currentData())
        self.model.load([found for found in self._all if showing.takes(found)])
        known = self.model.place_of(before) if before is not None else -1
        there = self.model.index(known if known >= 0 else min(row, len(self.model.shown) - 1))
        if there.isValid():
            self.list.setCurrentIndex(there)
        else:
            self.pointed.emit(None)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.model.shown):
            self.pointed.emit(self.model.shown[index.row()])
