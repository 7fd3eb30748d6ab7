"""Agreement as a tree of codes: all together and the mean first, then every code with its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor, QFont

from kamcoder.domain.codebook import Codebook
from kamcoder.gui.comparing import words
from kamcoder.gui.comparing.columns import FIGURES, Column, Shows, columns_for
from kamcoder.gui.widgets.tree_model import Index, Node, TreeModel
from kamcoder.services.agreement_shapes import Agreement, CodeAgreement, MeanAgreement, Remark

POOLED, MEAN = "pooled", "mean"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HEAD_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
_HEAD_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)

#: A row without figures, whose numbers are shown muted.
MutedRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows: figures, and what they are called."""

    label: str
    found: CodeAgreement | MeanAgreement
    colour: str = ""
    path: str = ""


class AgreementModel(TreeModel):
    """Shows one comparison. Codes stand below their parents, or in one list where they are sorted by a figure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.agreement: Agreement | None = None
        self.shown: list[Column] = []
        self._book = Codebook(())
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._unused = True
        self._bold = QFont()
        self._bold.setBold(True)

    def show_agreement(self, agreement: Agreement | None, book: Codebook) -> None:
        """Show another comparison."""
        self.agreement, self._book = agreement, book
        if agreement is None:
            self.shown, self.columns = [], 0
        else:
            self.shown = columns_for(agreement.coders, intervals=agreement.cluster is not None)
            self.columns = len(self.shown)
        self._arrange()

    def show_unused(self, *, unused: bool) -> None:
        """Show the codes that nobody used as well, or leave them out."""
        self._unused = unused
        self._arrange()

    def column(self, index: Index) -> Column | None:
        """Return what stands in the column of an index."""
        return self.shown[index.column()] if index.isValid() and index.column() < len(self.shown) else None

    def line(self, index: Index) -> Line | None:
        """Return what stands in the row of an index."""
        node = self.node(index)
        return node.value if node else None

    # -- Qt ------------------------------------------------------------------------------------------------------

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the heads of the columns, and what they mean."""
        if orientation is not Qt.Orientation.Horizontal or self.agreement is None or section >= len(self.shown):
            return None
        column = self.shown[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.meaning(self.agreement, column, None) or column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _HEAD_LEFT if column.shows in (Shows.CODE, Shows.REMARK) else _HEAD_RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        line, column = self.line(index), self.column(index)
        if line is None or column is None or self.agreement is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.shows in (Shows.CODE, Shows.REMARK) else _RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.label}, {column.head}: {self._text(line, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(index)
        if role == Qt.ItemDataRole.DecorationRole and column.shows is Shows.CODE and line.colour:
            return QColor(line.colour)
        if role == Qt.ItemDataRole.FontRole and not line.path:
            return self._bold
        if role == MutedRole:
            return isinstance(line.found, CodeAgreement) and line.found.remark is Remark.NOT_USED
        return None

    def told(self, index: Index) -> str:
        """Return what a cell means: the coefficient with its base, why it has no value, what is odd about it."""
        line, column = self.line(index), self.column(index)
        if line is None or column is None or self.agreement is None:
            return ""
        said = [line.path] if column.shows is Shows.CODE and line.path else []
        said += [self._mean_rule(line.found)] if isinstance(line.found, MeanAgreement) else []
        said.append(words.meaning(self.agreement, column, line.found))
        pooled = line.found is self.agreement.pooled and column.shows in (Shows.SHARE, Shows.PERCENT, *FIGURES)
        said += [words.each_for_every_code()] if pooled else []
        figure = column.figure(line.found)
        if figure is not None and figure.reason is not None:
            said.append(words.reason(figure.reason))
        interval = line.found.alpha_interval if isinstance(line.found, CodeAgreement) else None
        if column.shows in (Shows.LOW, Shows.HIGH) and interval and interval.reason:
            said.append(words.reason(interval.reason))
        if isinstance(line.found, CodeAgreement):
            said.append(words.remark(self.agreement, line.found, whole=True))
        return "\n".join(text for text in said if text)

    # -- inside --------------------------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the codes into one list by a column; into the tree again for the first column or none."""
        self._sorted = (column, order) if column > 0 else None
        self._arrange()

    def _arrange(self) -> None:
        root = Node("", None, None)
        agreement = self.agreement
        if agreement is not None:
            root.add(POOLED, Line(QCoreApplication.translate("comparing", "All codes together"), agreement.pooled))
            if len(agreement.codes) > 1:
                root.add(MEAN, Line(QCoreApplication.translate("comparing", "Mean of the codes"), agreement.mean))
            if self._sorted and self._sorted[0] < len(self.shown):
                self._arrange_list(root, agreement)
            else:
                self._arrange_tree(root, agreement)
        self.replace(root)

    def _arrange_tree(self, root: Node, agreement: Agreement) -> None:
        nodes: dict[str, Node] = {}
        keep = {found.code.id for found in self._codes(agreement) if found.code}
        keep |= {above.id for code_id in keep for above in self._book.ancestors(code_id)}
        for found in agreement.codes:
            code = found.code
            if code is None or code.id not in keep:
                continue
            above = [parent.id for parent in self._book.ancestors(code.id) if parent.id in nodes]
            parent = nodes[above[0]] if above else root
            nodes[code.id] = parent.add(code.id, self._line(found, code.name))

    def _arrange_list(self, root: Node, agreement: Agreement) -> None:
        assert self._sorted is not None
        column, order = self.shown[self._sorted[0]], self._sorted[1]
        here = self._codes(agreement)
        names = Counter(found.code.name.casefold() for found in here if found.code)

        def value(found: CodeAgreement) -> Any:
            return words.remark(agreement, found) or None if column.shows is Shows.REMARK else column.value(found)

        known = [found for found in here if value(found) is not None]
        known.sort(key=value, reverse=order is Qt.SortOrder.DescendingOrder)
        for found in (*known, *(found for found in here if value(found) is None)):
            if found.code is not None:
                alone = names[found.code.name.casefold()] == 1
                root.add(found.code.id, self._line(found, found.code.name if alone else self._book.path(found.code.id)))

    def _codes(self, agreement: Agreement) -> list[CodeAgreement]:
        return [found for found in agreement.codes if self._unused or found.remark is not Remark.NOT_USED]

    def _line(self, found: CodeAgreement, label: str) -> Line:
        assert found.code is not None
        return Line(label, found, found.code.colour, self._book.path(found.code.id))

    def _text(self, line: Line, column: Column) -> str:
        if column.shows is Shows.CODE:
            return line.label
        if column.shows is Shows.REMARK:
            assert self.agreement is not None
            return words.remark(self.agreement, line.found) if isinstance(line.found, CodeAgreement) else ""
        return column.shown(line.found)

    def _mean_rule(self, mean: MeanAgreement) -> str:
        text = QCoreApplication.translate(
            "comparing", "The mean over the codes that have the figure; {left_out} of {codes} codes have no kappa."
        )
        return text.format(left_out=mean.left_out, codes=mean.codes)
