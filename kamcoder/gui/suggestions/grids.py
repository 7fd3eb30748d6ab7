"""Small tables of words and numbers, read only."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

_ROW = 26
_WIDTH = 90
_MOST_ROWS = 9


def grid(name: str, headers: Sequence[str], *, widths: Sequence[int] = (), numbers: bool = True) -> QTreeWidget:
    """Return an empty table; `name` is what it is called for those who hear it, `numbers` stand right."""
    tree = QTreeWidget()
    tree.setHeaderLabels(list(headers))
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(name)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.header().setStretchLastSection(not numbers)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column in range(1, len(headers)):
        tree.headerItem().setTextAlignment(
            column, right if numbers else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
    for column, width in zip_longest(range(len(headers)), widths, fillvalue=_WIDTH):
        tree.setColumnWidth(column, max(width, tree.header().sectionSizeHint(column)))
    return tree


def fill(
    tree: QTreeWidget, rows: Sequence[Sequence[str]], *, keys: Sequence[object] = (), fitted: bool = False
) -> None:
    """Show rows; numbers stand right. `keys` are kept with the rows; `fitted` gives the table the height it needs."""
    tree.clear()
    items = []
    for number, row in enumerate(rows):
        item = QTreeWidgetItem(list(row))
        for column, text in enumerate(row):
            if column and text[:1].isdigit():
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if keys:
            item.setData(0, Qt.ItemDataRole.UserRole, keys[number])
        items.append(item)
    tree.addTopLevelItems(items)
    if fitted:
        tree.setFixedHeight(_ROW * (1 + min(max(len(rows), 1), _MOST_ROWS)) + 12)


def chosen(tree: QTreeWidget) -> object | None:
    """Return the key of the row that is chosen."""
    item = tree.currentItem()
    return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None


def percent(value: float | None) -> str:
    """Return a share in per cent, a dash where there is none."""
    return "–" if value is None else f"{round(100 * value)} %"
