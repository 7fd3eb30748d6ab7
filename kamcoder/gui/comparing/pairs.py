"""Every coder against every other: one figure of one code, or of all together, as a matrix."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from kamcoder.analysis.agreement.kinds import Figure, Interval
from kamcoder.domain.codebook import Codebook
from kamcoder.gui.comparing import words
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.gui.widgets.labels import label
from kamcoder.services.agreement_shapes import Agreement, CodeAgreement, PairAgreement

Index = QModelIndex | QPersistentModelIndex
FIGURES = {
    "kappa": QT_TRANSLATE_NOOP("comparing", "kappa"),
    "f1": QT_TRANSLATE_NOOP("comparing", "F1"),
    "percent": QT_TRANSLATE_NOOP("comparing", "agree %"),
    "jaccard": QT_TRANSLATE_NOOP("comparing", "Jaccard"),
    "gwet_ac1": QT_TRANSLATE_NOOP("comparing", "AC1"),
    "brennan_prediger": QT_TRANSLATE_NOOP("comparing", "Brennan–Prediger"),
    "prevalence_index": QT_TRANSLATE_NOOP("comparing", "prevalence index"),
    "bias_index": QT_TRANSLATE_NOOP("comparing", "bias index"),
}
_MEANINGS = {
    "kappa": QT_TRANSLATE_NOOP("comparing", "Cohen’s kappa: agreement beyond that of blind marking."),
    "f1": QT_TRANSLATE_NOOP("comparing", "F1: twice what both marked over what each marked."),
    "percent": QT_TRANSLATE_NOOP("comparing", "The share on which both do the same, marking or leaving."),
    "jaccard": QT_TRANSLATE_NOOP("comparing", "Jaccard: what both marked over what either marked."),
    "gwet_ac1": QT_TRANSLATE_NOOP(
        "comparing", "Gwet’s AC1: chance is smallest for rare and very frequent codes, so it comes out high for them."
    ),
    "brennan_prediger": QT_TRANSLATE_NOOP(
        "comparing", "Brennan and Prediger’s kappa: chance is one half, so it is twice the share alike, less one."
    ),
    "prevalence_index": QT_TRANSLATE_NOOP(
        "comparing", "Marked by both less marked by neither, over all: far from 0, kappa is low for the same per cent."
    ),
    "bias_index": QT_TRANSLATE_NOOP(
        "comparing", "What only the first marked less what only the second marked, over all: who marks more."
    ),
}
_COUNTS = QT_TRANSLATE_NOOP(
    "comparing",
    "Of {size} {units} in {documents} documents both marked {both}, only {first} {only_first}, only {second} "
    "{only_second}, nobody {neither}.",
)
_INTERVAL = QT_TRANSLATE_NOOP("comparing", "In 95 of 100 draws it lies between {low} and {high}.")


class PairsModel(QAbstractTableModel):
    """One figure of every pair of coders; the diagonal is empty."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.agreement: Agreement | None = None
        self._found: CodeAgreement | None = None
        self._figure = "kappa"

    def show_figure(self, agreement: Agreement | None, found: CodeAgreement | None, figure: str) -> None:
        """Show a figure of a code."""
        self.beginResetModel()
        self.agreement, self._found, self._figure = agreement, found, figure
        self.endResetModel()

    def pair(self, index: Index) -> PairAgreement | None:
        """Return the two coders of a cell."""
        if self.agreement is None or self._found is None or not index.isValid() or index.row() == index.column():
            return None
        coders = self.agreement.coders
        ids = {coders[index.row()].id, coders[index.column()].id}
        return next(pair for pair in self._found.pairs if {pair.first_id, pair.second_id} == ids)

    def told(self, index: Index) -> str:
        """Return what a cell means, and the counts it is made of."""
        pair = self.pair(index)
        if pair is None or self.agreement is None:
            return ""
        names = {coder.id: coder.name for coder in self.agreement.coders}
        said = [words.translated(_MEANINGS[self._figure])]
        figure: Figure = getattr(pair, self._figure)
        if figure.reason is not None:
            said.append(words.reason(figure.reason))
        counts = words.translated(_COUNTS).format(
            size=f"{pair.both + pair.only_first + pair.only_second + pair.neither:,}",
            units=words.unit(self.agreement.scope.unit),
            documents=pair.documents,
            first=names[pair.first_id],
            second=names[pair.second_id],
            **{name: f"{getattr(pair, name):,}" for name in ("both", "only_first", "only_second", "neither")},
        )
        said.append(counts)
        said += [words.each_for_every_code()] if self._found is self.agreement.pooled else []
        interval: Interval | None = getattr(pair, f"{self._figure}_interval", None)
        if interval is not None:
            said.append(_told(interval))
        return " ".join(said)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the coders."""
        return 0 if parent.isValid() or self.agreement is None else len(self.agreement.coders)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the coders."""
        return self.rowCount(parent)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the coders' names."""
        if self.agreement is None or section >= len(self.agreement.coders):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.agreement.coders[section].name
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the figure of a pair."""
        pair = self.pair(index)
        if pair is None:
            return None
        figure: Figure = getattr(pair, self._figure)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if figure.value is None:
                return "–"
            return f"{100 * figure.value:.1f}" if self._figure == "percent" else f"{figure.value:.3f}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None


class PairsPane(QWidget):
    """The matrix with the choice of code and figure. `entered` tells which pair is looked at, of which code."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agreement: Agreement | None = None
        self.figure, self.code = QComboBox(), QComboBox()
        for box, name in ((self.figure, self.tr("Figure")), (self.code, self.tr("Code"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(320)
        for key, text in FIGURES.items():
            self.figure.addItem(words.translated(text), key)
        self.figure.currentIndexChanged.connect(self._show)
        self.code.currentIndexChanged.connect(self._show)
        self.model = PairsModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Pairs of coders"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.horizontalHeader().setDefaultSectionSize(120)
        self.view.verticalHeader().setDefaultSectionSize(34)
        self.view.verticalHeader().setMaximumWidth(240)
        for head in (self.view.horizontalHeader(), self.view.verticalHeader()):
            head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.selectionModel().currentChanged.connect(lambda *_: self.entered.emit())
        bar = QHBoxLayout()
        bar.setSpacing(6)
        for text, box in ((self.tr("Figure"), self.figure), (self.tr("Code"), self.code)):
            bar.addWidget(label(text, "small"))
            bar.addWidget(box)
            bar.addSpacing(6)
        bar.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    @property
    def code_id(self) -> str | None:
        """Return the code that is looked at; None for all together."""
        return self.code.currentData() or None

    def show_agreement(self, agreement: Agreement | None, book: Codebook) -> None:
        """Show another comparison; what is chosen stays where it still exists."""
        self._agreement = agreement
        chosen = self.code.currentData()
        self.code.blockSignals(True)
        self.code.clear()
        if agreement is not None:
            self.code.addItem(QCoreApplication.translate("comparing", "All codes together"), "")
            for found in agreement.codes:
                if found.code is not None:
                    self.code.addItem(book.path(found.code.id), found.code.id)
        self.code.setCurrentIndex(max(0, self.code.findData(chosen)))
        self.code.blockSignals(False)
        self._show()

    def choose_code(self, code_id: str | None) -> None:
        """Look at a code."""
        self.code.setCurrentIndex(max(0, self.code.findData(code_id or "")))

    def _show(self, *_: object) -> None:
        agreement = self._agreement
        found = None
        if agreement is not None:
            found = agreement.of(self.code_id) if self.code_id else agreement.pooled
        place = self.view.currentIndex()
        row, column = (place.row(), place.column()) if place.isValid() else (0, 1)
        self.model.show_figure(agreement, found, str(self.figure.currentData()))
        self.view.setCurrentIndex(self.model.index(row, column))


def _told(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return words.reason(interval.reason) if interval.reason else ""
    return words.translated(_INTERVAL).format(low=f"{interval.low:.3f}", high=f"{interval.high:.3f}")
