"""Cross tables of codings: rows × columns, with the codings behind every number.

One rule holds for cells and margins alike: a number is counted from the codings that stand there, never by adding other
numbers. So a document in two cases counts in both rows and once in the totals, and a passage with two codes of one
column (a parent and its child, say) counts once. What stands in a row or column is said in `analysis.axes`, what is
counted in `analysis.measures`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Self

from kamcoder.analysis.axes import Axis, CodedSpan
from kamcoder.analysis.measures import MEASURE_RULES, CodingColumns, CountingRule, Indices, Measure, Texts, counter

__all__ = ["Cell", "CountingRule", "CrossTable", "Measure", "Texts", "cross_tabulate"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number (percent for SHARE), with the codings behind it; several codings may make one passage."""

    value: int | float
    _indices: Indices = field(repr=False)
    _codings: CodingColumns = field(repr=False, compare=False)

    @property
    def coding_ids(self) -> tuple[str, ...]:
        """Return the ids of the codings that were counted, in reading order."""
        # Made on demand: a large table has hundreds of thousands, and a reader opens a few cells.
        return tuple(self._codings.ids[index] for index in self._indices)


@dataclass(frozen=True, slots=True)
class CrossTable:
    """The counted table; `rows` and `columns` are the keys of the axes' groups, `cells` is indexed [row][column].

    `rules` are those that hold for this very table. `outside` are the ids of codings that belong to a column but stand
    in no row (documents without a case); they are in no number.
    """

    measure: Measure
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    grand_total: Cell
    rules: tuple[CountingRule, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """The codings at each place of the table."""

    cells: list[list[Indices]]
    rows: list[Indices]
    columns: list[Indices]
    table: Indices
    outside: Indices

    @classmethod
    def empty(cls, *, height: int, width: int) -> Self:
        """Return a table without codings."""
        cells: list[list[Indices]] = [[[] for _ in range(width)] for _ in range(height)]
        return cls(cells, [[] for _ in range(height)], [[] for _ in range(width)], [], [])

    def fill(
        self, codings: Iterable[tuple[int, int]], *, down: list[tuple[int, ...]], across: list[tuple[int, ...]]
    ) -> None:
        """Put the index of every coding where it stands.

        A coding is given as the numbers of its row member and column member; `down` and `across` tell for each number
        the rows and columns it goes to.
        """
        for index, (row_member, column_member) in enumerate(codings):
            columns = across[column_member]
            if not columns:
                continue
            rows = down[row_member]
            if not rows:
                self.outside.append(index)
                continue
            self.table.append(index)
            for column in columns:
                self.columns[column].append(index)
            for row in rows:
                self.rows[row].append(index)
                line = self.cells[row]
                for column in columns:
                    line[column].append(index)


def cross_tabulate(
    codings: Iterable[CodedSpan], *, rows: Axis, columns: Axis, measure: Measure, texts: Texts | None = None
) -> CrossTable:
    """Count codings by the groups of two axes. A coding id given twice counts once. WORDS and SHARE need `texts`.

    Linear in the codings if they come document by document and by start, as a store gives them; else they are sorted.
    """
    spans = list({coding[0]: coding for coding in codings}.values())
    numbers: dict[str, list[int]] = {"start": _column(spans, "start"), "end": _column(spans, "end")}
    members: dict[str, list[Any]] = {}
    for name in {"document_id", "coder_id", rows.field.value, columns.field.value}:
        numbers[name], members[name] = _numbered(_column(spans, name))
    order = _reading_order(numbers["document_id"], numbers["start"])
    numbers = {name: list(map(column.__getitem__, order)) for name, column in numbers.items()}
    counted = CodingColumns(
        ids=list(map(_column(spans, "id").__getitem__, order)),
        document_ids=members["document_id"],
        documents=numbers["document_id"],
        coders=numbers["coder_id"],
        starts=numbers["start"],
        ends=numbers["end"],
    )
    row_places, column_places = rows.places(), columns.places()
    placed = _Placed.empty(height=len(rows.groups), width=len(columns.groups))
    placed.fill(
        zip(numbers[rows.field], numbers[columns.field], strict=True),
        down=[row_places.get(member, ()) for member in members[rows.field]],
        across=[column_places.get(member, ()) for member in members[columns.field]],
    )
    return _counted(counted, placed, rows, columns, measure, texts or Texts())


def _column(spans: list[CodedSpan], name: str) -> list[Any]:
    return list(map(itemgetter(CodedSpan._fields.index(name)), spans))


def _numbered(column: list[Any]) -> tuple[list[int], list[Any]]:
    """Return ids as small numbers, counted by first appearance, and the id of each number."""
    ids = list(dict.fromkeys(column))
    numbers = {value: number for number, value in enumerate(ids)}
    return list(map(numbers.__getitem__, column)), ids


def _reading_order(documents: list[int], starts: list[int]) -> list[int]:
    """Return the indices document by document, each by start."""
    length = max(starts, default=0) + 1
    keys = [document * length + start for document, start in zip(documents, starts, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _counted(
    codings: CodingColumns, placed: _Placed, rows: Axis, columns: Axis, measure: Measure, texts: Texts
) -> CrossTable:
    count = counter(measure, codings, texts)

    def cell(indices: Indices) -> Cell:
        return Cell(count(indices), indices, codings)

    cells = tuple(tuple(map(cell, line)) for line in placed.cells)
    row_sums = [sum(found.value for found in line) for line in cells]
    column_sums = [sum(line[position].value for line in cells) for position in range(len(placed.columns))]
    row_totals, column_totals = list(map(cell, placed.rows)), list(map(cell, placed.columns))
    grand_total = cell(placed.table)
    if measure is Measure.PRESENT:
        # How many cells are filled is the one total that says something.
        row_totals, column_totals = _with_values(row_totals, row_sums), _with_values(column_totals, column_sums)
        grand_total = replace(grand_total, value=sum(row_sums))
    rules = _rules(codings, placed, measure)
    if [total.value for total in row_totals] != row_sums:
        rules.append(CountingRule.ROW_TOTALS_ONCE)
    if [total.value for total in column_totals] != column_sums:
        rules.append(CountingRule.COLUMN_TOTALS_ONCE)
    if placed.outside:
        rules.append(CountingRule.OUTSIDE)
    if measure is Measure.SHARE:
        down = _bases(rows, texts, known=not texts.by_column)
        across = _bases(columns, texts, known=texts.by_column)
        # A cell's base is that of its row, or of its column if that is the side with text.
        bases = [across] * len(cells) if texts.by_column else [[base] * len(columns.groups) for base in down]
        cells = tuple(tuple(_shares(line, found)) for line, found in zip(cells, bases, strict=True))
        row_totals, column_totals = _shares(row_totals, down), _shares(column_totals, across)
        (grand_total,) = _shares([grand_total], [texts.whole])
        rules[0] = CountingRule.SHARE_OF_COLUMN if texts.by_column else CountingRule.SHARE_OF_TEXT
    return CrossTable(
        measure=measure,
        rows=tuple(group.key for group in rows.groups),
        columns=tuple(group.key for group in columns.groups),
        cells=cells,
        row_totals=tuple(row_totals),
        column_totals=tuple(column_totals),
        grand_total=grand_total,
        rules=tuple(rules),
        outside=tuple(codings.ids[index] for index in placed.outside),
    )


def _rules(codings: CodingColumns, placed: _Placed, measure: Measure) -> list[CountingRule]:
    rule = MEASURE_RULES[measure]
    several = len({codings.coders[index] for index in placed.table}) > 1
    return [rule, CountingRule.CODERS_APART] if several and rule is CountingRule.PASSAGES_ONCE else [rule]


def _bases(side: Axis, texts: Texts, *, known: bool) -> list[int]:
    return [texts.bases.get(group.key, 0) if known else texts.whole for group in side.groups]


def _shares(cells: Sequence[Cell], bases: Sequence[int]) -> list[Cell]:
    """Return the cells in percent of their bases; nothing of nothing is 0."""
    shares = [100 * cell.value / base if base else 0.0 for cell, base in zip(cells, bases, strict=True)]
    return _with_values(cells, shares)


def _with_values(cells: Sequence[Cell], values: Sequence[int | float]) -> list[Cell]:
    return [replace(cell, value=value) for cell, value in zip(cells, values, strict=True)]
