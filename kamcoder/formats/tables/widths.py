"""How wide the columns of a table are on paper, and which headers must stand upright to leave room for figures."""

import re
from dataclasses import dataclass

from kamcoder.formats.tables.grid import ColumnKind, Grid, is_number, printable, shown

# In cm: a letter at the size of a cell (that of a wide font, since another may stand in for ours), what a cell has
# beside its text, the widest a column may be, and the least for a figure.
LETTER, EDGES, _WIDEST, _FIGURE = 0.195, 0.35, 14.0, 0.85
#: The tallest, in cm, that a header standing upright may be.
TALLEST = 4.5
_BOLD = 1.12
_LEAST_UPRIGHT = 4  # fewer headers than these are not worth turning
#: The characters of a cell from which a row may be broken over two pages.
LONG = 300
_TOGETHER = 25  # rows up to which a table of short texts is kept on one page
_WORD_ENDS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Widths:
    """How a table is set: widths in cm, which headers stand upright, and whether it stays on one page."""

    columns: tuple[float, ...]
    upright: tuple[bool, ...]
    together: bool


def wished(grid: Grid) -> float:
    """Return how wide a table would like to be, in cm."""
    return sum(want for _, want in _needs(grid))


def shared_out(grid: Grid, room: float) -> Widths:
    """Share `room` cm out among the columns: what each needs, and of the rest as it would like."""
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
        isinstance(value, str) and len(value) >= LONG for row in grid.rows for value in row
    )
    return Widths(tuple(chosen), upright, short)


def header_height(grid: Grid, upright: tuple[bool, ...]) -> float:
    """Return how tall the header is where some of it stands upright, in cm."""
    longest = max(len(column.label) for column, turned in zip(grid.columns, upright, strict=True) if turned)
    return min(longest * LETTER + EDGES, TALLEST)


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
        least = max(min(max(word, head), 18) * LETTER + EDGES, _FIGURE)
        wanted = max(min(longest, usual) * LETTER + EDGES, least, 1.3 if turned else 0)
        found.append((least, min(wanted, _WIDEST)))
    return found
