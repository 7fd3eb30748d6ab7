"""Tables as an Excel workbook: typed cells, a frozen header, widths that fit; no text is ever a formula.

The header is the first row, so that the sheet can be sorted, filtered and read by programs; title and counting rule
stand as notes below the table. Together with `formats.spreadsheet`, which reads, the only place that knows openpyxl.
"""

import io
import re
import textwrap
from collections.abc import Iterator
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, Any

from kamcoder.formats.tables.cells import width as cell_width
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_number, printable

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# What Excel takes in one cell, in UTF-16 units.
MOST_CHARACTERS = 32_767
_NARROWEST, _WIDEST = 6, 60
_LINE_HEIGHT, _TALLEST = 15, 409  # points; the latter is the most Excel takes
_NOTE = 110  # characters of a line of the notes below the table
_SAMPLE = 500  # rows looked at to find the width of a column
_LOWEST, _HIGHEST = "FFFFFFFF", "FF7FB2E5"
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
# Excel reads `_x0041_` in a file as the letter A; text of that shape has its first sign escaped the same way.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def to_xlsx(grid: Grid, *more: Grid, heat: bool = True) -> bytes:
    """Return the table as XLSX; with `heat` the numbers of the counts are shaded by a rule that Excel keeps up.

    Further tables are sheets behind it.

    A text too long for a cell is cut with a mark that tells how many characters are missing.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = printable(grid.title)
    book.properties.creator = "KamCoder"
    for one in (grid, *more):
        _write_sheet(book.create_sheet(_sheet_name(one.title)), one, heat=heat)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(sheet: "WriteOnlyWorksheet", grid: Grid, *, heat: bool) -> None:
    # A workbook that is written as a stream wants all this said before the first row.
    _lay_out(sheet, grid)
    if heat:
        _shade(sheet, grid)
    for number, (row, lines) in enumerate(_rows(sheet, grid), start=1):
        if lines > 1:
            # Not every program makes room for wrapped text by itself.
            sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT, _TALLEST)
        sheet.append(row)


def _sheet_name(title: str) -> str:
    name = " ".join(_NO_SHEET_NAME.sub(" ", printable(title)).split()).strip("'")
    return name[:31].strip("' ") or "Table"


def _lay_out(sheet: "WriteOnlyWorksheet", grid: Grid) -> None:
    from openpyxl.utils import get_column_letter

    for position, column in enumerate(grid.columns):
        texts = [printable(column.label), *(_shown(row[position]) for row in grid.rows[:_SAMPLE])]
        widest = max(cell_width(line) for text in texts for line in text.split("\n"))
        letter = get_column_letter(position + 1)
        sheet.column_dimensions[letter].width = min(max(widest * 1.1 + 2, _NARROWEST), _WIDEST)
    names = sum(column.kind is ColumnKind.NAME for column in grid.columns)
    sheet.freeze_panes = f"{get_column_letter(names + 1)}2"
    if grid.columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.columns))}{len(grid.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _shade(sheet: "WriteOnlyWorksheet", grid: Grid) -> None:
    from openpyxl.formatting.rule import ColorScaleRule
    from openpyxl.utils import get_column_letter

    shaded = [
        get_column_letter(position + 1)
        for position, column in enumerate(grid.columns)
        if column.kind is ColumnKind.VALUE and any(is_number(row[position]) for row in grid.rows)
    ]
    if shaded:
        rule = ColorScaleRule(start_type="num", start_value=0, start_color=_LOWEST, end_type="max", end_color=_HIGHEST)
        last = len(grid.rows) + 1
        sheet.conditional_formatting.add(" ".join(f"{letter}2:{letter}{last}" for letter in shaded), rule)


def _rows(sheet: "WriteOnlyWorksheet", grid: Grid) -> Iterator[tuple[list[Any], int]]:
    """Yield the rows, each with the number of lines it takes."""
    from openpyxl.utils import get_column_letter

    widths = [
        sheet.column_dimensions[get_column_letter(position + 1)].width - 2 for position in range(len(grid.columns))
    ]
    cells = _Cells(sheet)
    heads = tuple(column.label for column in grid.columns)
    totals = [] if grid.totals is None else [(grid.totals, True)]
    for values, bold in chain([(heads, True)], ((row, False) for row in grid.rows), totals):
        made = [cells.make(value, column, bold=bold) for value, column in zip(values, grid.columns, strict=True)]
        yield made, max((_lines(value, room) for value, room in zip(values, widths, strict=True)), default=1)
    note = Column("", ColumnKind.VALUE)
    yield [], 1
    for text in (grid.title, grid.rule):
        for line in printable(text).split("\n"):
            for piece in textwrap.wrap(line, _NOTE):
                yield [cells.make(piece, note, wrap=False)], 1


def _lines(value: Value, room: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(cell_width(line) / room)) for line in printable(value[:MOST_CHARACTERS]).split("\n"))


class _Cells:
    """Makes the cells of one sheet; each look is made once, since making it takes longer than the cell."""

    def __init__(self, sheet: "WriteOnlyWorksheet") -> None:
        self._sheet = sheet
        self._looks: dict[tuple[bool, bool, str], Any] = {}

    def make(self, value: Value, column: Column, *, bold: bool = False, wrap: bool = True) -> "WriteOnlyCell | None":
        """Return a cell; None for no value."""
        from openpyxl.cell import WriteOnlyCell

        if value is None:
            return None
        bold = bold or column.kind in (ColumnKind.NAME, ColumnKind.TOTAL)
        if isinstance(value, str):
            cell = WriteOnlyCell(self._sheet, value=_fitting(printable(value)))
            # Openpyxl takes text that begins with `=` for a formula unless told otherwise.
            cell.data_type = "s"
            look = self._look(bold=bold, wrap=wrap, number="General")
        else:
            cell = WriteOnlyCell(self._sheet, value=value)
            look = self._look(bold=bold, wrap=False, number=_number_format(value, column))
        cell._style = look  # noqa: SLF001 - what openpyxl's own copying of styles does
        return cell

    def _look(self, *, bold: bool, wrap: bool, number: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        key = bold, wrap, number
        if key not in self._looks:
            cell = WriteOnlyCell(self._sheet)
            cell.alignment = Alignment(wrap_text=wrap, vertical="top")
            cell.number_format = number
            if bold:
                cell.font = Font(name="Calibri", size=11, bold=True)
            self._looks[key] = cell._style  # noqa: SLF001
        return self._looks[key]


def _number_format(value: float, column: Column) -> str:
    decimals = column.decimals if isinstance(value, float) else None
    number = "General" if decimals is None else "0." + "0" * decimals if decimals else "0"
    return f'{number}" {column.unit}"' if column.unit and number != "General" else number


def _fitting(text: str) -> str:
    """Return text as a cell can hold it."""
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    units = len(text.encode("utf-16-le")) // 2
    if units <= MOST_CHARACTERS:
        return text
    # Cut by UTF-16 units, but never inside a character; the mark's own length depends on how much is missing.
    room = MOST_CHARACTERS - len(_mark(units))
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + _mark(len(text) - len(kept))


def _mark(missing: int) -> str:
    return f" […] [cut here: {missing} more characters than a cell can hold]"


def _shown(value: Value) -> str:
    return "" if value is None else printable(value[:_WIDEST]) if isinstance(value, str) else str(value)
