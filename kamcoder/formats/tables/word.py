"""Tables as Word tables: the header repeated on every page, upright or on its side as the table needs."""

import re
from dataclasses import dataclass
from html import escape

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, printable, shown
from kamcoder.formats.word_file import CELL, NOTE, ROOM, WIDE_ROOM, WordFile, paragraph, run

# In cm: a letter at the size of a cell (that of a wide font, since another may stand in for ours), what a cell has
# beside its text, the widest a column may be, the least for a figure, and the tallest a header that stands upright.
_LETTER, _EDGES, _WIDEST, _FIGURE, _TALLEST = 0.195, 0.35, 14.0, 0.85, 4.5
_BOLD = 1.12
_LEAST_UPRIGHT = 4  # fewer headers than these are not worth turning
_LONG = 300  # characters from which a row may be broken over two pages
_TOGETHER = 25  # rows up to which a table of short texts is kept on one page
_WORD_ENDS = re.compile(r"[\s-]+")
_SHADE_FROM, _SHADE_TO = (255, 255, 255), (127, 178, 229)
_RULES = "".join(
    f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    for edge, size, colour in (("top", 8, "57606A"), ("bottom", 8, "57606A"), ("insideH", 4, "C9D1D9"))
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is set: widths in 1/20 point, which headers stand upright, and whether it stays on one page."""

    widths: tuple[int, ...]
    upright: tuple[bool, ...]
    together: bool


def to_docx(grid: Grid, *, heat: bool = True, lang: str = "en") -> bytes:
    """Return the table as a Word file of its own; wide tables lie on their side."""
    wide = is_wide(grid)
    file = WordFile(grid.title, lang=lang)
    file.add(table(grid, wide=wide, heat=heat))
    return file.data(wide=wide)


def is_wide(grid: Grid) -> bool:
    """Tell whether a table wants a page on its side."""
    return sum(want for _, want in _needs(grid)) > ROOM


def table(grid: Grid, *, wide: bool, heat: bool = True) -> str:
    """Return the markup of a table with its title above and its rule below."""
    layout = _layout(grid, WIDE_ROOM if wide else ROOM)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in layout.widths)
    highest = grid.highest if heat else 0
    rows = [_header(grid, layout), *(_row(row, grid.columns, layout, highest=highest) for row in grid.rows)]
    if grid.totals is not None:
        rows.append(_row(grid.totals, grid.columns, layout, total=True))
    title = paragraph(run(grid.title), style="Caption") if grid.title else ""
    markup = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(layout.widths)}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar>{_description(grid)}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # A paragraph must stand between two tables, or Word makes one of them.
    return f"{title}{markup}{paragraph(run(grid.rule), style=NOTE, more=_ABOVE)}"


_UPRIGHT = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
_ABOVE = '<w:spacing w:before="80" w:after="240"/>'


def _description(grid: Grid) -> str:
    return f'<w:tblCaption w:val="{escape(printable(grid.title).replace(chr(10), " "))}"/>' if grid.title else ""


def _header(grid: Grid, layout: _Layout) -> str:
    cells = []
    for position, (column, width, upright) in enumerate(zip(grid.columns, layout.widths, layout.upright, strict=True)):
        turned = (
            '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>' if upright else '<w:vAlign w:val="bottom"/>'
        )
        figures = not upright and any(is_number(row[position]) for row in grid.rows)
        text = run(" ".join(column.label.split()), bold=True)
        cells.append(_cell(text, width, right=figures, keep=True, more=turned))
    height = ""
    if any(layout.upright):
        longest = max(len(column.label) for column, turned in zip(grid.columns, layout.upright, strict=True) if turned)
        tall = min(longest * _LETTER + _EDGES, _TALLEST)
        height = f'<w:trHeight w:val="{round(tall * 567)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(
    values: tuple[Value, ...],
    columns: tuple[Column, ...],
    layout: _Layout,
    *,
    highest: float = 0,
    total: bool = False,
) -> str:
    cells, longest = [], 0
    for value, column, width in zip(values, columns, layout.widths, strict=True):
        text = "" if is_blank(value, column) and not total else shown(value, column)
        longest = max(longest, len(text))
        runs = run(text, bold=total or column.kind in (ColumnKind.NAME, ColumnKind.TOTAL))
        shade = _shade(value, column, highest)
        cells.append(_cell(runs, width, right=is_number(value), keep=layout.together, more=shade))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if longest < _LONG else ""
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


def _layout(grid: Grid, room: float) -> _Layout:
    """Share the room out among the columns: what each needs, and of the rest as it would like."""
    needs = _needs(grid)
    upright = (False,) * len(needs)
    if sum(least for least, _ in needs) > room:
        # Headers that stand upright leave a column the width of its figures.
        figures = tuple(
            not column.is_header and all(value is None or is_number(value) for value in (row[at] for row in grid.rows))
            for at, column in enumerate(grid.columns)
        )
        if sum(figures) >= _LEAST_UPRIGHT:
            upright, needs = figures, _needs(grid, figures)
    least, wanted = sum(need for need, _ in needs), sum(want for _, want in needs)
    if wanted <= room:
        chosen = [want for _, want in needs]
    elif least >= room:
        chosen = [need * room / least for need, _ in needs]
    else:
        part = (room - least) / (wanted - least)
        chosen = [need + (want - need) * part for need, want in needs]
    short = len(grid.rows) <= _TOGETHER and not any(
        isinstance(value, str) and len(value) >= _LONG for row in grid.rows for value in row
    )
    return _Layout(tuple(round(width * 567) for width in chosen), upright, short)


def _needs(grid: Grid, upright: tuple[bool, ...] = ()) -> list[tuple[float, float]]:
    """Return for each column the width below which words break and the width it would like, in cm."""
    found = []
    for position, column in enumerate(grid.columns):
        values = [row[position] for row in grid.rows] + ([grid.totals[position]] if grid.totals is not None else [])
        texts = [shown(value, column)[:2000] for value in values]
        turned = upright[position] if upright else False
        heads = [] if turned else [printable(column.label)]
        bold = _BOLD if column.kind is ColumnKind.NAME else 1.0
        word = max((len(word) for text in texts for word in _WORD_ENDS.split(text)), default=1) * bold
        head = max((len(word) for text in heads for word in _WORD_ENDS.split(text)), default=1) * _BOLD
        longest = max((len(line) for text in texts for line in text.split("\n")), default=1) * bold
        # A column of few words does not take the room of one that is full of them.
        usual = 10 + 3 * sum(map(len, texts)) / max(len(texts), 1)
        least = max(min(max(word, head), 18) * _LETTER + _EDGES, _FIGURE)
        wanted = max(min(longest, usual) * _LETTER + _EDGES, least, 1.3 if turned else 0)
        found.append((least, min(wanted, _WIDEST)))
    return found
