"""Other ways to measure: whole passages matched one to one, and groups of codes that exclude one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.analysis.agreement.kinds import Figure
from kamcoder.analysis.agreement.segments import THRESHOLD, Overlap
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.comparing import words
from kamcoder.gui.comparing.items import Item, segment_items, violation_items
from kamcoder.gui.comparing.working import Worked, Working, quick
from kamcoder.gui.widgets.labels import label
from kamcoder.services.agreement_shapes import ExclusiveAgreement, SegmentAgreement
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ACROSS = Qt.Orientation.Horizontal
Cell = str | int | Figure


class RowsModel(QAbstractTableModel):
    """A small table: heads, and rows of words, counts and figures; `keys` say what each row is about."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: list[str] = []
        self._heads: Sequence[str] = ()
        self._rows: list[tuple[Cell, ...]] = []

    def load(self, heads: Sequence[str], rows: dict[str, tuple[Cell, ...]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads, self.keys, self._rows = heads, list(rows), list(rows.values())
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if section < len(self._heads) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell; a figure without a value is a dash with its reason."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(cell, Figure):
                return "–" if cell.value is None else f"{cell.value:.3f}"
            return str(cell) if cell != 0 else ""
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(cell, Figure) and cell.reason is not None:
            return words.reason(cell.reason)
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(cell, str):
            return _RIGHT
        return None


class MeasuresPane(QWidget):
    """Two tables with what they need to be told.

    `listed(title, find)` tells of which passages are wanted, and gives a function that finds them: behind a whole
    passages' figure those with or without a partner, behind codes that share text the pairs of codings.
    """

    listed = Signal(str, object)

    def __init__(self, working: Working, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._working = working
        self._session: Session | None = None
        self._worked: Worked | None = None
        self._book = Codebook(())
        self.threshold = QSpinBox()
        self.threshold.setRange(50, 100)
        self.threshold.setValue(round(100 * THRESHOLD))
        self.threshold.setSuffix(" %")
        self.threshold.setAccessibleName(self.tr("Text in common"))
        self.overlap = QComboBox()
        self.overlap.setAccessibleName(self.tr("Measured on"))
        self.overlap.addItem(self.tr("of the text of either"), Overlap.IOU.value)
        self.overlap.addItem(self.tr("of the longer one"), Overlap.LONGER.value)
        self.group = QComboBox()
        self.group.setAccessibleName(self.tr("Codes that exclude one another"))
        self.group.setMaximumWidth(320)
        self.group.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.segments, self.exclusive = RowsModel(self), RowsModel(self)
        self.segment_view = self._table(self.segments, self.tr("Whole passages"))
        self.exclusive_view = self._table(self.exclusive, self.tr("Codes that exclude one another"))
        self.exclusive_told = label("", "small", wrap=True)
        self.threshold.valueChanged.connect(self._count_segments)
        self.overlap.currentIndexChanged.connect(self._count_segments)
        self.group.currentIndexChanged.connect(self._count_exclusive)
        self.segment_view.selectionModel().currentChanged.connect(self._on_segments)
        self.exclusive_view.selectionModel().currentChanged.connect(self._on_exclusive)
        self._pairs: list[tuple[str, str]] = []
        self._violations: tuple[tuple[str, str], ...] = ()
        self._lay_out()
        self.setFocusProxy(self.segment_view)

    def load(self, session: Session | None) -> None:
        """Measure in another project."""
        self._session, self._worked = session, None

    def show_worked(self, worked: Worked | None) -> None:
        """Measure another comparison."""
        self._worked = worked
        self._book = worked.comparison.book if worked else Codebook(())
        chosen = self.group.currentData()
        self.group.blockSignals(True)
        self.group.clear()
        for _, code in self._book.walk():
            if len(self._book.children(code.id)) > 1:
                self.group.addItem(self.tr("below {code}").format(code=self._book.path(code.id)), code.id)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.blockSignals(False)
        self._count_segments()
        self._count_exclusive()

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 8)
        column.setSpacing(6)
        explained = (
            self.tr(
                "Passages as wholes: each coding of one coder finds at most one partner, the best first. F1 is twice "
                "those with a partner over all."
            ),
            self.tr(
                "Codes that exclude one another, measured on their passages as units (unitizing alphas), "
                "in the documents on which all coders worked."
            ),
        )
        column.addWidget(label(self.tr("Whole passages"), "strong"))
        column.addWidget(label(explained[0], "small", wrap=True))
        column.addLayout(
            self._line((self.tr("Partners share at least"), self.threshold), ("", self.overlap)),
        )
        column.addWidget(self.segment_view, 3)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Codes that exclude one another"), "strong"))
        column.addWidget(label(explained[1], "small", wrap=True))
        column.addLayout(self._line((self.tr("The codes"), self.group)))
        column.addWidget(self.exclusive_told)
        column.addWidget(self.exclusive_view, 2)

    def _line(self, *parts: tuple[str, QWidget]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for text, widget in parts:
            if text:
                row.addWidget(label(text, "small"))
            row.addWidget(widget)
        row.addStretch()
        return row

    def _table(self, model: RowsModel, name: str) -> QTableView:
        view = QTableView()
        view.setModel(model)
        view.setAccessibleName(name)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return view

    def _count_segments(self, *_: object) -> None:
        worked = self._worked
        if worked is None:
            self.segments.load((), {})
            return
        threshold, overlap = self.threshold.value() / 100, Overlap(self.overlap.currentData())

        def count() -> list[SegmentAgreement]:
            return worked.comparison.segments(threshold=threshold, overlap=overlap)

        def show(found: list[SegmentAgreement]) -> None:
            if worked is self._worked:
                self._show_segments(worked, found)

        if quick(worked.comparison):
            show(count())
        else:
            self._working.beside(self.tr("Matching passages"), count, show)

    def _show_segments(self, worked: Worked, found: Sequence[SegmentAgreement]) -> None:
        coders = worked.agreement.coders
        pairs = self._pairs = [(pair.first_id, pair.second_id) for pair in worked.agreement.pooled.pairs]
        names = {coder.id: coder.name for coder in coders}
        heads = [self.tr("code")]
        for first, second in pairs:
            both = "" if len(pairs) == 1 else f" {names[first]} · {names[second]}"
            heads += [self.tr("partners") + both, self.tr("without") + both, "F1" + both]
        rows: dict[str, tuple[Cell, ...]] = {}
        for item in found:
            key = item.code_id or ""
            name = self._book.path(key) if key else self.tr("All codes together")
            cells = (item.matched, item.only_first + item.only_second, item.f1)
            rows[key] = (*rows.get(key, (name,)), *cells)
        together = {"": rows.pop("")} if "" in rows else {}
        self.segments.load(heads, together | rows)

    def _count_exclusive(self, *_: object) -> None:
        parent, session, worked = self.group.currentData(), self._session, self._worked
        self.exclusive.load((), {})
        self._violations = ()
        if session is None or worked is None or not parent:
            self.exclusive_told.setText(self.tr("No code has two or more codes below it."))
            return
        try:
            found = session.comparing.exclusive(worked.comparison.scope, self.group_codes())
        except KamCoderError as error:
            self.exclusive_told.setText(sentence(error))
            return
        self.exclusive_told.setText(self._told(found))
        self._violations = found.violations
        if found.violations:
            self._show_violations(worked, found)
            return
        self.exclusive.load(
            (self.tr("code"), self.tr("(k)uα"), self.tr("coverage")),
            {
                code_id: (self._book.get(code_id).name, found.k_alphas[code_id], found.k_coverages[code_id])
                for code_id in found.code_ids
            },
        )

    def _told(self, found: ExclusiveAgreement) -> str:
        if found.violations:
            text = self.tr(
                "These codes do not exclude one another: in {count} pairs of codings one coder put two of them on the "
                "same text, so there are no figures. Choose a row to see them."
            )
            return text.format(count=f"{len(found.violations):,}")
        text = self.tr(
            "uα {u} with the gaps, |uα {bar} code or gap, cuα {cu} where units meet ({coverage} of the text), over "
            "{size} characters of {documents} documents."
        )
        shown = {
            name: "–" if figure.value is None else f"{figure.value:.3f}"
            for name, figure in (("u", found.u_alpha), ("bar", found.bar_u_alpha), ("cu", found.cu_alpha))
        }
        coverage = "–" if found.coverage.value is None else f"{100 * found.coverage.value:.0f} %"
        return text.format(coverage=coverage, size=f"{found.size:,}", documents=found.documents, **shown)

    def _show_violations(self, worked: Worked, found: ExclusiveAgreement) -> None:
        """Tell for each code, and for all, how many pairs of codings share text."""
        counts = dict.fromkeys(found.code_ids, 0)
        for pair in found.violations:
            for code_id in self._codes_of(worked, pair):
                counts[code_id] += 1
        rows: dict[str, tuple[Cell, ...]] = {"": (self.tr("All codes together"), len(found.violations))}
        rows |= {code_id: (self._book.get(code_id).name, count) for code_id, count in counts.items() if count}
        self.exclusive.load((self.tr("code"), self.tr("pairs on the same text")), rows)

    def _codes_of(self, worked: Worked, pair: tuple[str, str]) -> set[str]:
        """Return the compared codes that a pair of codings counts for."""
        below = set(self.group_codes())
        found = set()
        for coding_id in pair:
            code_id = worked.comparison.by_id[coding_id].code_id
            line = (code_id, *(code.id for code in self._book.ancestors(code_id)))
            found.update(below.intersection(line))
        return found

    def group_codes(self) -> list[str]:
        """Return the codes of the chosen group."""
        return [code.id for code in self._book.children(self.group.currentData())]

    def _on_segments(self, index: Index) -> None:
        worked, row = self._worked, index.row()
        if worked is None or not 0 <= row < len(self.segments.keys):
            return
        key = self.segments.keys[row]
        number, part = divmod(index.column() - 1, 3)
        pairs = self._pairs if index.column() == 0 else [self._pairs[number]]
        matched = {0: True, 1: False}.get(part) if index.column() else None
        threshold, overlap = self.threshold.value() / 100, Overlap(self.overlap.currentData())

        def find() -> list[Item]:
            found = [
                passage
                for first, second in pairs
                for passage in worked.comparison.segment_passages(
                    first_id=first, second_id=second, code_id=key or None, threshold=threshold, overlap=overlap
                )
            ]
            return segment_items(worked.comparison, found, matched=matched)

        name = str(self.segments.index(row, 0).data())
        self.listed.emit(
            f"{name} · {self.segments.headerData(index.column(), _ACROSS)}" if index.column() else name, find
        )

    def _on_exclusive(self, index: Index) -> None:
        worked, row = self._worked, index.row()
        if worked is None or not self._violations or not 0 <= row < len(self.exclusive.keys):
            return
        key = self.exclusive.keys[row]
        pairs = [pair for pair in self._violations if not key or key in self._codes_of(worked, pair)]
        name = self.tr("{codes} · on the same text").format(codes=self.exclusive.index(row, 0).data())
        self.listed.emit(name, lambda: violation_items(worked.comparison, pairs))
