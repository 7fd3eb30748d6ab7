"""A finished table with its words, as every writer takes it; nothing is counted here."""

import re
from dataclasses import dataclass
from enum import StrEnum

Value = int | float | str | None

# What no table can show: control characters, which a terminal would obey, lone surrogates, which no encoding takes, and
# the two signs that no XML holds.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class ColumnKind(StrEnum):
    """What a column holds: the name of the row, an attribute of it, a number or words of the table, or a total."""

    NAME = "name"
    ATTRIBUTE = "attribute"
    VALUE = "value"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell with the kind of what stands below.

    `decimals` rounds floats and `unit` (such as "%") stands behind numbers: for people, not for spreadsheets.
    """

    label: str
    kind: ColumnKind
    decimals: int | None = None
    unit: str = ""

    @property
    def is_header(self) -> bool:
        """Tell whether the cells of this column say what the row is."""
        return self.kind in (ColumnKind.NAME, ColumnKind.ATTRIBUTE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `title`, `rule` (how it was counted, in one line), columns, rows, and the row of totals if any.

    Every row and `totals` have one value for each column, in the order of the columns: first the name, then the
    attributes, then the counts. Numbers stay numbers; None is an empty cell. Raise ValueError if a row is of another
    width.
    """

    title: str
    rule: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...] | None = None

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.rows} | ({len(self.totals)} if self.totals is not None else set())
        if widths - {len(self.columns)}:
            raise ValueError(f"rows of {sorted(widths)} values in a table of {len(self.columns)} columns")

    @property
    def highest(self) -> float:
        """Return the highest number among the counts, totals left out; 0 where there is none."""
        shaded = [position for position, column in enumerate(self.columns) if column.kind is ColumnKind.VALUE]
        numbers = (row[position] for row in self.rows for position in shaded)
        return max((number for number in numbers if isinstance(number, int | float)), default=0)


def is_number(value: Value) -> bool:
    """Tell whether a value is set at the right, as figures are."""
    return isinstance(value, int | float)


def is_blank(value: Value, column: Column) -> bool:
    """Tell whether a cell is shown empty: no value, or a zero among the counts (an attribute may well be 0)."""
    return value is None or value == "" or (column.kind is ColumnKind.VALUE and value == 0)


def shown(value: Value, column: Column) -> str:
    """Return a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    number = f"{value:.{column.decimals}f}" if isinstance(value, float) and column.decimals is not None else str(value)
    return f"{number} {column.unit}" if column.unit else number


def printable(text: str) -> str:
    """Return text with LF line ends, and with U+FFFD for every character that no table can show."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
