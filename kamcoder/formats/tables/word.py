"""Tables as Word tables: the header repeated on every page, upright or on its side as the table needs."""

from html import escape

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, printable, shown
from kamcoder.formats.tables.widths import LONG, Widths, header_height, shared_out, wished
from kamcoder.formats.word_file import CELL, NOTE, ROOM, WIDE_ROOM, WordFile, paragraph, run

_SHADE_FROM, _SHADE_TO = (255, 255, 255), (127, 178, 229)
_RULES = "".join(
    f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    for edge, size, colour in (("top", 8, "57606A"), ("bottom", 8, "57606A"), ("insideH", 4, "C9D1D9"))
)


def to_docx(grid: Grid, *, heat: bool = True, lang: str = "en") -> bytes:
    """Return the table as a Word file of its own; wide tables lie on their side."""
    wide = is_wide(grid)
    file = WordFile(grid.title, lang=lang)
    file.add(table(grid, wide=wide, heat=heat))
    return file.data(wide=wide)


def is_wide(grid: Grid) -> bool:
    """Tell whether a table wants a page on its side."""
    return wished(grid) > ROOM


def table(grid: Grid, *, wide: bool, heat: bool = True) -> str:
    """Return the markup of a table with its title above and its rule below."""
    layout = shared_out(grid, WIDE_ROOM if wide else ROOM)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _twentieths(layout))
    highest = grid.highest if heat else 0
    rows = [_header(grid, layout), *(_row(row, grid.columns, layout, highest=highest) for row in grid.rows)]
    if grid.totals is not None:
        rows.append(_row(grid.totals, grid.columns, layout, total=True))
    title = paragraph(run(grid.title), style="Caption") if grid.title else ""
    markup = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_twentieths(layout))}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar>{_description(grid)}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # A paragraph must stand between two tables, or Word makes one of them.
    return f"{title}{markup}{paragraph(run(grid.rule), style=NOTE, more=_ABOVE)}"


def _twentieths(layout: Widths) -> list[int]:
    """Return the widths in 1/20 point."""
    return [round(width * 567) for width in layout.columns]


_UPRIGHT = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
_ABOVE = '<w:spacing w:before="80" w:after="240"/>'


def _description(grid: Grid) -> str:
    return f'<w:tblCaption w:val="{escape(printable(grid.title).replace(chr(10), " "))}"/>' if grid.title else ""


def _header(grid: Grid, layout: Widths) -> str:
    cells = []
    columns = zip(grid.columns, _twentieths(layout), layout.upright, strict=True)
    for position, (column, width, upright) in enumerate(columns):
        turned = (
            '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>' if upright else '<w:vAlign w:val="bottom"/>'
        )
        figures = not upright and any(is_number(row[position]) for row in grid.rows)
        text = run(" ".join(column.label.split()), bold=True)
        cells.append(_cell(text, width, right=figures, keep=True, more=turned))
    height = ""
    if any(layout.upright):
        height = f'<w:trHeight w:val="{round(header_height(grid, layout.upright) * 567)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(
    values: tuple[Value, ...],
    columns: tuple[Column, ...],
    layout: Widths,
    *,
    highest: float = 0,
    total: bool = False,
) -> str:
    cells, longest = [], 0
    for value, column, width in zip(values, columns, _twentieths(layout), strict=True):
        text = "" if is_blank(value, column) and not total else shown(value, column)
        longest = max(longest, len(text))
        runs = run(text, bold=total or column.kind in (ColumnKind.NAME, ColumnKind.TOTAL))
        shade = _shade(value, column, highest)
        cells.append(_cell(runs, width, right=is_number(value), keep=layout.together, more=shade))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if longest < LONG else ""
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _cell(runs: str, width: int, *, right: bool, keep: bool, more: str = "") -> str:
    text = paragraph(runs, style=CELL, more="<w:keepNext/>" * keep + '<w:jc w:val="right"/>' * right)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{text}</w:tc>'


def _shade(value: Value, column: Column, highest: float) -> str:
    if column.kind is not ColumnKind.VALUE or not isinstance(value, int | float) or value <= 0 or highest <= 0:
        return ""
    part = value / highest
    colour = "".join(
        f"{round(low + (high - low) * part):02X}" for low, high in zip(_SHADE_FROM, _SHADE_TO, strict=True)
    )
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
