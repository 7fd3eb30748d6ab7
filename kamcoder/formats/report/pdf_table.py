"""Tables in PDFs: the header repeated on every page, standing upright where the columns are narrow."""

from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from kamcoder.formats.report.bidi import visual
from kamcoder.formats.report.pdf_lines import Look, Together, line
from kamcoder.formats.report.pdf_look import INK, LINE, marked, one_line, styles
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, shown
from kamcoder.formats.tables.widths import TALLEST, header_height, shared_out

_SHADE_TO = (127 / 255, 178 / 255, 229 / 255)
_EDGE = 3


def table(grid: Grid, *, room: float, heat: bool) -> list[Flowable]:
    """Return a table with its title above, and its rule below; `room` is the width of the page in points.

    The rule of a table that goes on over the page stands above it: below, it could be alone on the last page.
    """
    looks = styles()
    layout = shared_out(grid, room / cm)
    lines: list[list[Any]] = [_header(grid, layout.upright)]
    lines += [_row(row, grid.columns) for row in grid.rows]
    if grid.totals is not None:
        lines.append(_row(grid.totals, grid.columns, total=True))
    height = header_height(grid, layout.upright) * cm if any(layout.upright) else None
    made = Table(
        lines,
        colWidths=[width * cm for width in layout.columns],
        rowHeights=[height, *([None] * (len(lines) - 1))],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        style=_look(grid, heat=heat) + _turned(layout.upright),
    )
    found: list[Flowable] = [line(looks["Caption"], one_line(grid.title))] if grid.title else []
    told = [line(looks["Note"], grid.rule)] if grid.rule else []
    if layout.together:
        return [Together([*found, made, Spacer(0, 4), *told, Spacer(0, 10)])]
    for above in (*found, *told):
        above.keepWithNext = True
    return [*found, *told, made, Spacer(0, 14)]


def _header(grid: Grid, upright: tuple[bool, ...]) -> list[Any]:
    cells: list[Any] = []
    for position, (column, turned) in enumerate(zip(grid.columns, upright, strict=True)):
        label = one_line(column.label)
        if turned:
            cells.append(_Upright(marked(visual(label), bold=True), styles()["Cell"]))
        else:
            figures = any(is_number(row[position]) for row in grid.rows)
            cells.append(line(styles()["Figure" if figures else "Cell"], (label, Look.BOLD)))
    return cells


def _row(values: tuple[Value, ...], columns: tuple[Column, ...], *, total: bool = False) -> list[Any]:
    looks, cells = styles(), []
    for value, column in zip(values, columns, strict=True):
        text = "" if is_blank(value, column) and not total else shown(value, column)
        look = Look.BOLD if total or column.kind in (ColumnKind.NAME, ColumnKind.TOTAL) else Look.PLAIN
        cells.append(line(looks["Figure" if is_number(value) else "Cell"], (text, look)) if text else "")
    return cells


def _look(grid: Grid, *, heat: bool) -> list[tuple[Any, ...]]:
    last = len(grid.rows) + (grid.totals is not None)
    found: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _EDGE),
        ("RIGHTPADDING", (0, 0), (-1, -1), _EDGE),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, last), (-1, last), 0.9, INK),
    ]
    if grid.totals is not None:
        found.append(("LINEABOVE", (0, last), (-1, last), 0.9, INK))
    highest = grid.highest if heat else 0
    for number, row in enumerate(grid.rows, start=1):
        for position, (value, column) in enumerate(zip(row, grid.columns, strict=True)):
            if column.kind is ColumnKind.VALUE and isinstance(value, int | float) and value > 0 and highest > 0:
                found.append(("BACKGROUND", (position, number), (position, number), _shade(value / highest)))
    return found


def _turned(upright: tuple[bool, ...]) -> list[tuple[Any, ...]]:
    return [("ALIGN", (at, 0), (at, 0), "RIGHT") for at, turned in enumerate(upright) if turned]


def _shade(part: float) -> Color:
    return Color(*(1 + (most - 1) * part for most in _SHADE_TO))


class _Upright(Flowable):  # type: ignore[misc]
    """Words that are read from bottom to top."""

    def __init__(self, words: str, look: ParagraphStyle) -> None:
        super().__init__()
        self._words = Paragraph(words, look)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take what the words need, turned."""
        tall = TALLEST * cm - 2 * _EDGE
        _, thick = self._words.wrap(tall, width)
        lines = self._words.blPara.lines if hasattr(self._words, "blPara") else []
        extra = [line[0] if isinstance(line, tuple) else line.extraSpace for line in lines]
        return min(thick, width), tall - min(extra, default=0.0)

    def draw(self) -> None:
        """Draw the words turned by a quarter."""
        canvas = self.canv
        canvas.saveState()
        canvas.rotate(90)
        canvas.translate(0, -self._words.height)
        self._words.drawOn(canvas, 0, 0)
        canvas.restoreState()
