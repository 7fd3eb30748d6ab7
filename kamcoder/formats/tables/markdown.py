"""Tables as Markdown (the pipe tables of GitHub, Pandoc and others), and how text is kept from being markup."""

import re
from html import escape

from kamcoder.formats.tables.grid import Column, Grid, Value, is_blank, is_number, printable, shown

# Signs that begin markup anywhere; `&` and `<` are written as entities, so that no HTML comes of them.
_INLINE = re.compile(r"([\\`*_\[\]|~])")
# Signs that begin a block where they stand first in a line: headings, lists, quotes, rules, code by indentation.
_BLOCK = re.compile(r"^(\s*)([#>+=-])")
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def to_markdown(grid: Grid) -> str:
    """Return the table as Markdown, with its title above and its rule below."""
    figures = [any(is_number(row[position]) for row in grid.rows) for position in range(len(grid.columns))]
    lines = [
        _line([cell_text(column.label) for column in grid.columns]),
        _line(["---:" if number else "---" for number in figures]),
        *(_line(_row(row, grid.columns)) for row in grid.rows),
    ]
    if grid.totals is not None:
        lines.append(
            _line([_bold(shown(value, column)) for value, column in zip(grid.totals, grid.columns, strict=True)])
        )
    rule = "<br>".join(line_text(line) for line in printable(grid.rule).strip().split("\n"))
    parts = [_bold(grid.title), "\n".join(lines), rule]
    return "\n\n".join(part for part in parts if part) + "\n"


def cell_text(text: str) -> str:
    """Return text for a cell of a table: nothing in it is markup, and line ends are `<br>`."""
    return "<br>".join(_inline(line) for line in printable(text).strip().split("\n"))


def line_text(line: str) -> str:
    """Return one line of text so that Markdown shows it letter for letter wherever a line may stand."""
    return _NUMBERED.sub(r"\1\\\2", _BLOCK.sub(r"\1\\\2", _inline(printable(line))))


def _inline(line: str) -> str:
    return escape(_INLINE.sub(r"\\\1", line.strip()), quote=False)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _row(values: tuple[Value, ...], columns: tuple[Column, ...]) -> list[str]:
    return [
        "" if is_blank(value, column) else cell_text(shown(value, column))
        for value, column in zip(values, columns, strict=True)
    ]


def _bold(text: str) -> str:
    return f"**{cell_text(text)}**" if text.strip() else ""
