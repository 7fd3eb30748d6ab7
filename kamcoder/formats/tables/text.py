"""Tables as plain text for a terminal: aligned columns, totals ruled off, at most as wide as the terminal.

A table with more columns than fit is continued below, with the names of its rows repeated.
"""

from dataclasses import dataclass

from kamcoder.formats.tables.cells import isolated, one_line, segments, wrap
from kamcoder.formats.tables.cells import width as cell_width
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, printable, shown

_GAP = "  "
_RULE = "─"
_WORD = 14  # cells up to which a word is kept unbroken; a header takes no more than this by itself
_NARROWEST = 40  # a terminal narrower than this is written to as if it were so wide


@dataclass(frozen=True, slots=True)
class _Line:
    """One column made ready: `cells` from the header to the last row or totals, `natural` its unforced width."""

    kind: ColumnKind
    right: bool
    cells: tuple[str, ...]
    natural: int
    least: int


def to_text(grid: Grid, *, width: int = 100, zero: str = "·") -> str:
    """Return the table in lines of at most `width` terminal cells (at least 40), ending in LF; zeros are `zero`."""
    room = max(width, _NARROWEST)
    lines = [_line(grid, position, room, zero) for position in range(len(grid.columns))]
    blocks = [_block(block, room, totals=grid.totals is not None) for block in _blocks(lines, room)]
    head = [line for text in (grid.title, grid.rule) for line in _heading(text, room)]
    return "\n\n".join("\n".join(block) for block in [head, *blocks] if block) + "\n"


def _heading(text: str, room: int) -> list[str]:
    line = one_line(printable(text))
    return wrap(line, room) if line else []


def _line(grid: Grid, position: int, room: int, zero: str) -> _Line:
    column = grid.columns[position]
    values = [row[position] for row in grid.rows]
    cells = [_shown(value, column, zero) for value in values]
    if grid.totals is not None:
        cells.append(one_line(shown(grid.totals[position], column)))
    header = one_line(printable(column.label))
    words = column.kind is ColumnKind.NAME or any(isinstance(value, str) and value for value in values)
    widest = min(max(map(cell_width, cells), default=0), room)
    breakable = [header, *cells] if words else [header]
    longest = max((cell_width(segment) for text in breakable for segment in segments(text)), default=0)
    least = max(min(longest, _WORD), 2 if words else widest)
    natural = max(least, widest, min(cell_width(header), _WORD))
    return _Line(column.kind, not words, (header, *cells), natural, least)


def _shown(value: Value, column: Column, zero: str) -> str:
    if is_blank(value, column):
        return zero if is_number(value) else ""
    return one_line(shown(value, column))


def _blocks(lines: list[_Line], room: int) -> list[list[tuple[_Line, int]]]:
    """Share the columns out among blocks that fit, each with the widths of its columns; the names lead every block."""
    names = [line for line in lines if line.kind is ColumnKind.NAME]
    rest = [line for line in lines if line.kind is not ColumnKind.NAME]
    shares: list[list[_Line]] = [[]]
    for line in rest:
        if shares[-1] and _taken([*names, *shares[-1], line], least=True) > room:
            shares.append([])
        shares[-1].append(line)
    return [_fitted([*names, *share], room) for share in shares if names or share]


def _taken(lines: list[_Line], *, least: bool) -> int:
    return sum(line.least if least else line.natural for line in lines) + len(_GAP) * (len(lines) - 1)


def _fitted(lines: list[_Line], room: int) -> list[tuple[_Line, int]]:
    """Narrow the widest columns, one cell at a time, until the block fits."""
    widths = [line.natural for line in lines]
    over = _taken(lines, least=False) - room
    while over > 0:
        spare = [position for position, line in enumerate(lines) if widths[position] > line.least]
        if not spare:
            break
        widest = max(spare, key=lambda position: widths[position])
        widths[widest] -= 1
        over -= 1
    return list(zip(lines, widths, strict=True))


def _block(lines: list[tuple[_Line, int]], room: int, *, totals: bool) -> list[str]:
    count = len(lines[0][0].cells)
    bodies = [_row([(line.cells[row], line.right, size) for line, size in lines]) for row in range(count)]
    ruler = _RULE * min(room, sum(size for _, size in lines) + len(_GAP) * (len(lines) - 1))
    header, rows = bodies[0], bodies[1:]
    last = rows.pop() if totals else None
    found = [*header, ruler, *(text for row in rows for text in row)]
    return found if last is None else [*found, ruler, *last]


def _row(cells: list[tuple[str, bool, int]]) -> list[str]:
    """Return the lines of one row, as many as its tallest cell needs."""
    wrapped = [wrap(text, size) for text, _, size in cells]
    found = []
    for number in range(max(map(len, wrapped))):
        parts = []
        for pieces, (_, right, size) in zip(wrapped, cells, strict=True):
            piece = pieces[number] if number < len(pieces) else ""
            blank = " " * (size - cell_width(piece))
            parts.append(blank + isolated(piece) if right else isolated(piece) + blank)
        found.append(_GAP.join(parts).rstrip())
    return found
