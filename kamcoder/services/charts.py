"""Charts of what is coded: the tables and places behind them, in words; nothing is drawn here."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.charts.model import Bar, Bars, Chart, HeatMap, Mark, Panel
from kamcoder.formats.tables.grid import shown
from kamcoder.services.chart_definition import ChartDefinition, ChartKind
from kamcoder.services.chart_portraits import portrait
from kamcoder.services.messages import words
from kamcoder.services.table_definition import TableAxis, TableDefinition
from kamcoder.services.table_words import IN_WORDS
from kamcoder.services.tables import MadeTable

if TYPE_CHECKING:
    from kamcoder.services.session import Session

__all__ = ["ChartDefinition", "ChartKind", "make_chart"]

# What a table says of totals, which a chart has not.
_OF_TOTALS = ("rule_row_totals_once", "rule_column_totals_once", "rule_together_total")
_MOST_TOGETHER = 40  # codes of a map of all codes; those with the most passages


def make_chart(session: "Session", definition: ChartDefinition) -> Chart:
    """Return a chart, ready to be drawn; raise InvalidInput for what makes no sense."""
    if definition.kind is ChartKind.PORTRAIT:
        return portrait(session, definition)
    table = definition.table
    if table.measure in IN_WORDS:
        raise InvalidInput("chart_of_words", measure=words(f"measure_{table.measure}"))
    if definition.kind is ChartKind.TOGETHER:
        chosen = table.code_ids is not None or table.below is not None or table.level > 1
        codes = table.code_ids if chosen else _coded(session)
        together = replace(table, rows=TableAxis.CODES, columns=TableAxis.CODES, code_ids=codes)
        return _heat(session.tables.make(together), diagonal=True)
    made = session.tables.make(_counted(table))
    if definition.kind is ChartKind.HEAT:
        return _heat(made, diagonal=False)
    return _bars(made, session.codebook.all(), by_code=definition.kind is ChartKind.GROUPS)


def _counted(table: TableDefinition) -> TableDefinition:
    rows = TableAxis.CASES if table.rows is TableAxis.CODES else table.rows
    return replace(table, rows=rows, columns=TableAxis.CODES, attributes=False)


def _coded(session: "Session") -> tuple[str, ...]:
    """Return the codes without others below them that are in use, at most so many, in the order of the codebook."""
    book = session.codebook.all()
    totals: dict[str, int] = {}
    for (code_id, _), number in session.codebook.counts().items():
        totals[code_id] = totals.get(code_id, 0) + number
    used = [code.id for _, code in book.walk() if not book.children(code.id) and totals.get(code.id)]
    kept = set(sorted(used, key=lambda key: -totals[key])[:_MOST_TOGETHER])
    return tuple(key for key in used if key in kept)


class _Cells:
    """The cells of a made table as marks."""

    def __init__(self, made: MadeTable) -> None:
        self._made = made
        grid = made.grid
        self.rows = tuple(shown(row[0], grid.columns[0]) for row in grid.rows)
        first = made.first_column
        self.columns = tuple(column.label for column in grid.columns[first : first + len(made.columns)])
        self.look = grid.columns[first] if made.columns else grid.columns[0]
        self.measure = words(f"measure_{made.definition.measure}")

    def mark(self, row: int, column: int) -> Mark:
        """Return a cell."""
        made = self._made
        value = made.grid.rows[row][made.first_column + column]
        number = value if isinstance(value, int | float) else None
        told = words(
            "chart_mark",
            row=self.rows[row],
            column=self.columns[column],
            number=shown(number, self.look) or "0",
            measure=self.measure,
        )
        return Mark(number, told, made.coding_ids(row, column))

    def own(self, code: int) -> Mark:
        """Return how many passages a code has, where it would stand against itself."""
        value = self._made.grid.rows[code][-1]
        told = words("chart_mark", row=self.rows[code], column=self.rows[code], number=value or 0, measure=self.measure)
        return Mark(value if isinstance(value, int) else None, told, self._made.coding_ids(code, code))

    def chart(self, body: HeatMap | Bars, *, across: str, down: str) -> Chart:
        """Return a chart with this table's words."""
        grid = self._made.grid
        rule = grid.rule.replace(words("rule_share_of_text"), words("chart_share_rule"))
        for key in _OF_TOTALS:
            rule = rule.replace(words(key), "")
        if isinstance(body, HeatMap) and body.diagonal:
            rule = f"{rule} {words('chart_diagonal')}"
        return Chart(
            title=grid.title,
            rule=" ".join(rule.split()),
            across=across,
            down=down,
            body=body,
            nothing=words("chart_nothing"),
            unit=self.look.unit,
            decimals=self.look.decimals or 0,
        )


def _heat(made: MadeTable, *, diagonal: bool) -> Chart:
    found = _Cells(made)
    cells = tuple(
        tuple(
            found.own(row) if diagonal and row == column else found.mark(row, column)
            for column in range(len(found.columns))
        )
        for row in range(len(found.rows))
    )
    body = HeatMap(found.rows, found.columns, cells, diagonal=diagonal)
    return found.chart(body, across=words("columns_codes"), down=made.grid.columns[0].label)


def _bars(made: MadeTable, book: Codebook, *, by_code: bool) -> Chart:
    found = _Cells(made)
    colours = [book.get(key).colour for key in made.columns]
    rows, columns = range(len(found.rows)), range(len(found.columns))
    if by_code:
        panels = tuple(
            Panel(
                found.columns[column],
                tuple(Bar(found.rows[row], colours[column], found.mark(row, column)) for row in rows),
            )
            for column in columns
        )
    else:
        panels = tuple(
            Panel(
                found.rows[row],
                tuple(Bar(found.columns[column], colours[column], found.mark(row, column)) for column in columns),
            )
            for row in rows
        )
    down = made.grid.columns[0].label if by_code else words("columns_codes")
    return found.chart(Bars(panels), across=found.measure, down=down)
