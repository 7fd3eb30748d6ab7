"""Copying cells of a grid to the clipboard, pasting a block from it, and clearing cells; each one act."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from kamcoder.gui.cases import tab_text
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.cases.tables import NAME, NUMBERS, Column, RowTexts


def copied(grid: Grid, *, headed: bool = False) -> str:
    """Return the selected cells as text for a spreadsheet; what is not selected inside their block is empty."""
    model = grid.model_
    rows, columns = grid.block()
    chosen = (
        {(index.row(), index.column()) for index in grid.selectedIndexes()} or {(rows[0], columns[0])}
        if rows
        else set()
    )
    lines = [
        [model.text(row, column) if (row, column) in chosen else "" for column in columns]
        for row in rows
        if model.row_id(row) is not None
    ]
    plain = [model.column(column).type in NUMBERS for column in columns]
    text = tab_text.write(lines, plain=plain)
    if headed and columns:
        heads = tab_text.write([[model.column(column).title for column in columns]])
        text = f"{heads}\n{text}"
    return text


def looks_headed(grid: Grid, cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether a block is a table with a header row: its first row has the name of a column that is there."""
    if len(cells) < 2:
        return False
    titles = {column.title.casefold() for column in grid.model_.columns}
    first = [cell.casefold() for cell in cells[0] if cell]
    return bool({grid.model_.table.scope.value, *titles}.intersection(first))


def pasted(grid: Grid, cells: Sequence[Sequence[str]]) -> str:
    """Write a block from the current cell on and select it. Return why not, in a sentence, or nothing.

    A single cell fills all that is selected. What the project itself refuses is told by the model.
    """
    model = grid.model_
    rows, columns = grid.block()
    if not rows or not cells:
        return _tr("Choose a cell first; the block is pasted from there on.")
    if len(cells) == len(cells[0]) == 1:
        return _filled(grid, cells[0][0])
    block, header = [list(row) for row in cells], grid.horizontalHeader()
    first = header.visualIndex(columns[0])
    columns = [header.logicalIndex(place) for place in range(first, min(first + len(block[0]), header.count()))]
    if len(columns) < len(block[0]):
        return _tr(
            "The block has {wide} columns, and from here on there are {room}. Begin further left, or paste it as a"
            " sheet with a header row (Ctrl+Shift+V)."
        ).format(wide=len(block[0]), room=len(columns))
    written = _rows(grid, rows[0], columns, block)
    if isinstance(written, str):
        return written
    if written and model.write(written):
        bottom = min(rows[0] + len(block), model.rowCount()) - 1
        grid.select_block(rows[0], columns[0], bottom, columns[-1])
    return ""


def cleared(grid: Grid) -> str:
    """Make the selected values unknown as one act. Return what to say about names, which stay."""
    model = grid.model_
    chosen: dict[str, dict[str, str]] = {}
    named = False
    for index in grid.selectedIndexes():
        row_id, column = model.row_id(index.row()), model.column(index.column())
        named = named or (column.key == NAME and row_id is not None)
        if row_id is not None and column.editable and column.key != NAME and model.text(index.row(), index.column()):
            chosen.setdefault(row_id, {})[column.key] = ""
    if chosen:
        model.write(list(chosen.items()))
    elif named:
        return _tr("A name cannot be empty; Ctrl+Delete deletes the whole row.")
    return ""


def _filled(grid: Grid, cell: str) -> str:
    """Write one text into every selected cell."""
    model = grid.model_
    chosen: dict[str | None, dict[str, str]] = {}
    for index in grid.selectedIndexes() or [grid.currentIndex()]:
        column = model.column(index.column())
        if not column.editable:
            return _counted(column)
        chosen.setdefault(model.row_id(index.row()), {})[column.key] = cell
    model.write(list(chosen.items()))
    return ""


def _counted(column: Column) -> str:
    return _tr("The column {column} is counted by the program; paste beside it.").format(column=column.title)


def _rows(grid: Grid, top: int, columns: Sequence[int], block: Sequence[Sequence[str]]) -> list[RowTexts] | str:
    """Return the rows to be written, or why the block has no place here."""
    model = grid.model_
    written: list[RowTexts] = []
    for place, cells in enumerate(block, start=top):
        row_id = model.row_id(place)
        if row_id is None and not any(cells):
            continue
        texts: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=True):
            shown = model.column(column)
            if shown.editable:
                texts[shown.key] = cell
            elif cell and (row_id is None or cell != model.text(place, column)):
                return _counted(shown)
        written.append((row_id, texts))
    return written


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
