"""A table as it was made: its words, and the codings behind every number."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kamcoder.formats.tables.grid import ColumnKind, Grid, Value
from kamcoder.services.table_definition import TableDefinition


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table with its words; `rows` and `columns` are the keys (ids, values of an attribute) behind its cells.

    The cells of `columns` stand in the grid from `first_column` on. `groups` is for each row the value it is grouped
    by; empty where rows are not grouped.
    """

    definition: TableDefinition
    grid: Grid
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    _behind: Callable[[int | None, int | None], tuple[str, ...]] = field(repr=False, compare=False)
    groups: tuple[str, ...] = ()

    @property
    def first_column(self) -> int:
        """Return the position of the first cell behind the headers of a row."""
        return sum(column.is_header for column in self.grid.columns)

    def coding_ids(self, row: int | None, column: int | None) -> tuple[str, ...]:
        """Return the codings behind a cell, of a whole row or column where the other is None, or of all."""
        return self._behind(row, column)


def without_empty(made: MadeTable) -> MadeTable:
    """Return a table without the rows and columns in which nothing stands."""
    grid, first = made.grid, made.first_column
    counts = [place for place, column in enumerate(grid.columns) if not column.is_header]
    rows = [number for number, row in enumerate(grid.rows) if any(_filled(row[place]) for place in counts)]
    lines = [grid.rows[number] for number in rows]
    columns = [
        number
        for number in range(len(made.columns))
        if any(_filled(line[first + number]) for line in lines)
        or (grid.totals is None and made.rows == made.columns and number in rows)
    ]
    kept = {first + number for number in columns}
    places = [
        place
        for place, column in enumerate(grid.columns)
        if column.is_header or column.kind is ColumnKind.TOTAL or place in kept
    ]

    def cut(row: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(row[place] for place in places)

    return replace(
        made,
        grid=replace(
            grid,
            columns=tuple(grid.columns[place] for place in places),
            rows=tuple(map(cut, lines)),
            totals=None if grid.totals is None else cut(grid.totals),
        ),
        rows=tuple(made.rows[number] for number in rows),
        columns=tuple(made.columns[number] for number in columns),
        groups=tuple(made.groups[number] for number in rows) if made.groups else (),
        _behind=lambda row, column: made.coding_ids(
            None if row is None else rows[row], None if column is None else columns[column]
        ),
    )


def _filled(value: Value) -> bool:
    return value not in (None, "", 0)
