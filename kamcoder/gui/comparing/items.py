"""The passages behind a number of the comparison, and how they are listed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamcoder.analysis.agreement.kinds import DisagreementKind
from kamcoder.domain.document import TextSpan
from kamcoder.gui.comparing import words
from kamcoder.gui.comparing.columns import KINDS, Column, Shows
from kamcoder.services.agreement_comparison import Comparison
from kamcoder.services.agreement_shapes import Agreement, ComparedPassage, PairAgreement, SegmentPassage
from kamcoder.services.passages import line_ends

Index = QModelIndex | QPersistentModelIndex
_SHORT = 400  # characters of a quote that are ever drawn


@dataclass(frozen=True, slots=True)
class Item:
    """A passage of the list: who says what there.

    `first_id` and `second_id` name the pair; `kind` how they differ, or `said` in words of its own.
    """

    document_id: str
    span: TextSpan
    code_id: str
    kind: DisagreementKind | None
    first_id: str
    second_id: str
    coding_ids: tuple[str, ...]
    said: str = ""


def segment_items(comparison: Comparison, passages: Iterable[SegmentPassage], *, matched: bool | None) -> list[Item]:
    """Return whole passages with a partner, or without, or (None) all, those without first."""
    wanted = [passage for passage in passages if matched is None or passage.matched is matched]
    return [
        _joined(comparison, passage.coding_ids, passage.code_id, words.partner(passage))
        for passage in sorted(wanted, key=lambda passage: passage.matched)
    ]


def violation_items(comparison: Comparison, pairs: Iterable[tuple[str, str]]) -> list[Item]:
    """Return the pairs of codings in which one coder put two codes on the same text."""
    return [_joined(comparison, pair, comparison.by_id[pair[0]].code_id, "") for pair in pairs]


def _joined(comparison: Comparison, ids: tuple[str, ...], code_id: str, said: str) -> Item:
    spans = [comparison.by_id[coding_id] for coding_id in ids]
    whole = TextSpan(min(span.start for span in spans), max(span.end for span in spans))
    return Item(spans[0].document_id, whole, code_id, None, spans[0].coder_id, "", ids, said)


def items_of(comparison: Comparison, agreement: Agreement, column: Column, code_id: str | None) -> list[Item]:
    """Return the passages behind a cell; behind a coefficient all of them, disagreements first."""
    if column.shows is Shows.SHARE and column.coder is not None:
        coder = column.coder.id
        return [
            Item(span.document_id, TextSpan(span.start, span.end), span.code_id, None, coder, "", (span.id,))
            for span in comparison.used(coder_id=coder, code_id=code_id)
        ]
    found: list[Item] = []
    for pair in agreement.pooled.pairs:
        found += pair_items(comparison, pair, code_id, _kinds(column, pair))
    order = {document.id: number for number, document in enumerate(comparison.documents)}
    agreed = DisagreementKind.AGREED
    found.sort(key=lambda item: (item.kind is agreed, order[item.document_id], item.span.start, item.span.end))
    return found


def pair_items(
    comparison: Comparison, pair: PairAgreement, code_id: str | None, kinds: Sequence[DisagreementKind]
) -> list[Item]:
    """Return the passages of some kinds of a pair of coders."""
    only = kinds[0] if len(kinds) == 1 else None
    found = (
        comparison.passages(first_id=pair.first_id, second_id=pair.second_id, code_id=code_id, kind=only)
        if kinds
        else []
    )
    return [_item(passage, pair) for passage in found if passage.kind in kinds]


def _item(passage: ComparedPassage, pair: PairAgreement) -> Item:
    ids = (*passage.first_ids, *passage.second_ids)
    return Item(passage.document_id, passage.span, passage.code_id, passage.kind, pair.first_id, pair.second_id, ids)


def _kinds(column: Column, pair: PairAgreement) -> list[DisagreementKind]:
    if column.shows in KINDS:
        return [KINDS[column.shows]]
    if column.shows is Shows.ONLY and column.coder is not None:
        sides = ((pair.first_id, DisagreementKind.ONLY_FIRST), (pair.second_id, DisagreementKind.ONLY_SECOND))
        return [kind for coder_id, kind in sides if coder_id == column.coder.id]
    return list(DisagreementKind)


def expected(agreement: Agreement, code_id: str | None) -> int:
    """Return about how many passages stand behind the figures of a code."""
    found = agreement.of(code_id) if code_id is not None else agreement.pooled
    return sum(found.passages.values())


class ItemsModel(QAbstractListModel):
    """Lists passages; each is a head and a line for every coding. Texts are read as they are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._comparison: Comparison | None = None
        self._read: Callable[[str], str] = str
        self._texts: dict[str, tuple[str, list[int]]] = {}
        self._documents: dict[str, str] = {}
        self._coders: dict[str, str] = {}

    def load(self, items: Sequence[Item], comparison: Comparison | None, read: Callable[[str], str]) -> None:
        """Show other passages of a comparison; `read` gives the text of a document."""
        self.beginResetModel()
        self.items, self._read = list(items), read
        if comparison is not self._comparison:
            self._comparison, self._texts = comparison, {}
            self._documents = {one.id: one.name for one in comparison.documents} if comparison else {}
            self._coders = {one.id: one.name for one in comparison.coders} if comparison else {}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the passages."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a passage in words."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join(self.lines(item))
        return None

    def reference(self, item: Item) -> str:
        """Return how a passage is cited."""
        _, ends = self._text(item.document_id)
        return f"{self._documents.get(item.document_id, '')} ¶{bisect_right(ends, item.span.start) + 1}"

    def lines(self, item: Item) -> list[str]:
        """Return the head of a passage and what each coder says there."""
        comparison = self._comparison
        if comparison is None:
            return []
        first, second = self._coders.get(item.first_id, ""), self._coders.get(item.second_id, "")
        head = [self.reference(item)]
        if item.kind is not None:
            head.append(f"{words.KIND_SIGNS[item.kind]} {words.kind(item.kind, first=first, second=second)}")
        head += [item.said] if item.said else []
        head.append(comparison.book.get(item.code_id).name)
        text, _ = self._text(item.document_id)
        said = []
        for coding_id in item.coding_ids:
            span = comparison.by_id[coding_id]
            quote = " ".join(text[span.start : min(span.end, span.start + _SHORT)].split())
            if span.end - span.start > _SHORT:
                quote = f"{quote} … {' '.join(text[span.end - 80 : span.end].split())}"
            name = self._coders.get(span.coder_id, "")
            code = "" if span.code_id == item.code_id else f" {comparison.book.get(span.code_id).name}:"
            said.append(f"{name}:{code} “{quote}”")
        return [" · ".join(head), *said]

    def _text(self, document_id: str) -> tuple[str, list[int]]:
        if document_id not in self._texts:
            text = self._read(document_id)
            self._texts[document_id] = text, line_ends(text)
        return self._texts[document_id]


class ItemDelegate(QStyledItemDelegate):
    """Draws the head of a passage and a line or two for each coding, cut in the middle so that both ends are seen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for three lines: all rows are as high as one with two coders."""
        return QSize(120, 3 * QFontMetrics(option.font).lineSpacing() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one passage."""
        self.initStyleOption(option, index)
        head, *said = str(index.data()).split("\n")
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if len(said) > 2:
            said = [said[0], f"{said[1]}  +{len(said) - 2}"]
        painter.save()
        room = option.rect.adjusted(8, 5, -6, -5)
        muted = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        height = QFontMetrics(option.font).lineSpacing()
        lines = [(head, strong, Qt.TextElideMode.ElideRight), *((one, option.font, _MIDDLE) for one in said)]
        for number, (text, font, mode) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(option.palette.color(QPalette.ColorRole.Text) if number else muted)
            if number == 0:
                painter.setPen(option.palette.color(QPalette.ColorRole.Text))
            box = QRect(room.left(), room.top() + number * height, room.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, QFontMetrics(font).elidedText(text, mode, box.width()))
        painter.restore()


_MIDDLE = Qt.TextElideMode.ElideMiddle
