"""The grid of summaries: cases × codes with what is written, and how many passages wait for words."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamcoder.domain.summary import Summary, SummaryState
from kamcoder.services.summarising import Cell, state_of
from kamcoder.services.table_definition import TableDefinition
from kamcoder.services.tables import MadeTable

if TYPE_CHECKING:
    from kamcoder.services.session import Session


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """One cell: what is written, how far it is, and the number of its passages."""

    cell: Cell
    summary: Summary | None
    state: SummaryState
    passages: int


class SummaryGrid:
    """Cases × codes, with a summary of each case over all codes and of each code over all cases.

    `cases` and `codes` are (id, name) in order. What is counted stays as it was made; `read` reads what is written.
    """

    def __init__(self, session: "Session", made: MadeTable) -> None:
        self._session = session
        self._made = made
        grid, first = made.grid, made.first_column
        self.definition: TableDefinition = made.definition
        self.cases = [(key, str(row[0])) for key, row in zip(made.rows, grid.rows, strict=True)]
        self.codes = [(key, grid.columns[first + place].label) for place, key in enumerate(made.columns)]
        self._rows = {key: place for place, key in enumerate(made.rows)}
        self._columns = {key: place for place, key in enumerate(made.columns)}
        self._summaries: dict[Cell, Summary] = {}
        self.read()

    def read(self) -> None:
        """Read anew what is written."""
        self._summaries = self._session.summaries.all()

    def coding_ids(self, cell: Cell) -> tuple[str, ...]:
        """Return the codings behind a cell: of a whole case or code where the other is None."""
        case_id, code_id = cell
        row = None if case_id is None else self._rows.get(case_id, -1)
        column = None if code_id is None else self._columns.get(code_id, -1)
        if (row is None and column is None) or -1 in (row, column):
            return ()
        return self._made.coding_ids(row, column)

    def cell(self, cell: Cell) -> SummaryCell:
        """Return one cell as it is now."""
        summary = self._summaries.get(cell)
        passages = self._count(cell)
        return SummaryCell(cell, summary, state_of(summary, passages=passages > 0), passages)

    def progress(self) -> Counter[SummaryState]:
        """Return how many cells of one case and one code are how far."""
        return Counter(self.cell((case, code)).state for case, _ in self.cases for code, _ in self.codes)

    def _count(self, cell: Cell) -> int:
        grid, first = self._made.grid, self._made.first_column
        case_id, code_id = cell
        line = grid.totals
        if case_id is not None:
            line = grid.rows[self._rows[case_id]] if case_id in self._rows else None
        place = len(grid.columns) - 1 if code_id is None else first + self._columns.get(code_id, 0)
        value = line[place] if line else 0
        return value if isinstance(value, int) else 0


def summary_grid(
    session: "Session", *, below: str | None = None, level: int = 1, coder_ids: frozenset[str] | None = None
) -> SummaryGrid:
    """Return the grid of all cases × the codes so many steps below a code, or from the top; see TableDefinition."""
    definition = TableDefinition(below=below, level=level, coder_ids=coder_ids, attributes=False)
    return SummaryGrid(session, session.tables.make(definition))
