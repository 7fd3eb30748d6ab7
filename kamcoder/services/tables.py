"""Cross-case tables: counting what a definition asks for, and putting it in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kamcoder.analysis.axes import AxisField, CodedSpan, CodingFilter
from kamcoder.analysis.cooccurrence import cooccur
from kamcoder.analysis.crosstab import Cell, CrossTable, cross_tabulate
from kamcoder.analysis.measures import Measure, Texts
from kamcoder.domain.coding import Passage
from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.services.actor_tables import NamedActors
from kamcoder.services.actors import ActorService
from kamcoder.services.coded import CodedSpans
from kamcoder.services.editing import Editing
from kamcoder.services.made_table import MadeTable, without_empty
from kamcoder.services.messages import words
from kamcoder.services.table_axes import AxisMaker
from kamcoder.services.table_definition import INTERVIEWEES, TableAxis, TableDefinition
from kamcoder.services.table_sides import Side
from kamcoder.services.table_texts import Quotes, WordStarts, said, summary_words, with_whole
from kamcoder.services.table_words import IN_WORDS, TableWords

__all__ = ["INTERVIEWEES", "MadeTable", "TableAxis", "TableDefinition", "TableService"]

_OF_SUMMARIES = ((TableAxis.CASES, TableAxis.CODES), (TableAxis.CODES, TableAxis.CASES))


class TableService:
    """Making tables."""

    def __init__(self, editing: Editing, actors: ActorService) -> None:
        self._editing = editing
        self._coded = CodedSpans(editing)
        self._named = NamedActors(editing, actors, self._coded)
        self._words = WordStarts(editing)

    def read_some(self, seconds: float) -> tuple[int, int]:
        """Read codings ahead for at most about so long; return how many documents of how many are read.

        The first table of a large project reads all of them; a window does it piece by piece before it asks for one.
        """
        return self._coded.read_some(seconds)

    def spans(self, coding_ids: Iterable[str]) -> list[CodedSpan]:
        """Return some codings as they are counted, without reading anything; those that are gone are left out."""
        return self._coded.of(coding_ids)

    def make(self, definition: TableDefinition) -> MadeTable:
        """Return the table with its words and the codings behind it; raise InvalidInput for what makes no sense."""
        maker = AxisMaker(self._editing, definition, self._named)
        if definition.rows is TableAxis.CODES and definition.columns is TableAxis.CODES:
            made = self._together(definition, maker)
        else:
            made = self._crossed(definition, maker)
        return without_empty(made) if definition.hide_empty else made

    def count(self, definition: TableDefinition) -> CrossTable:
        """Return the counted table with the codings behind every number."""
        maker = AxisMaker(self._editing, definition, self._named)
        return self._counted(definition, maker, maker.rows(), maker.columns())[0]

    def grid(self, definition: TableDefinition) -> Grid:
        """Return the table with its words, ready for any writer."""
        return self.make(definition).grid

    def passages(self, passages: Sequence[Passage]) -> Grid:
        """Return a list of passages as a table."""
        names = ("reference", "case", "code", "quote", "coder", "speaker", "question", "memo")
        rows = tuple(
            (
                passage.reference,
                ", ".join(passage.cases),
                passage.code_path,
                passage.coding.quote,
                passage.coder,
                passage.speaker,
                passage.guide_question,
                passage.memo,
            )
            for passage in passages
        )
        kinds = [ColumnKind.NAME] + [ColumnKind.VALUE] * (len(names) - 1)
        columns = tuple(Column(words(f"column_{name}"), kind) for name, kind in zip(names, kinds, strict=True))
        return Grid(words("passages_title"), words("passages_rule"), columns, rows)

    # -- counting --------------------------------------------------------------------------------------------------

    def _chosen(self, definition: TableDefinition, maker: AxisMaker) -> list[CodedSpan]:
        codes: frozenset[str] | None = None
        if definition.only_codes is not None:
            book = self._editing.rows.codes.codebook()
            codes = frozenset[str]().union(*(book.subtree(key) for key in definition.only_codes))
        return CodingFilter(
            coders=definition.coder_ids,
            origins=definition.origins,
            roles=definition.roles,
            documents=maker.scope.documents,
            participants=maker.scope.participants,
            codes=codes,
        ).chosen(self._coded.all())

    def _counted(
        self, definition: TableDefinition, maker: AxisMaker, rows: Side, columns: Side
    ) -> tuple[CrossTable, list[CodedSpan]]:
        chosen = self._chosen(definition, maker)
        texts = Texts()
        if definition.measure is Measure.WORDS:
            texts = Texts(word_starts=self._words.of({coding.document_id for coding in chosen}))
        elif definition.measure is Measure.SHARE:
            texts = said(self._editing, (rows.axis, columns.axis), scope=maker.scope, roles=definition.roles)
        counted = cross_tabulate(chosen, rows=rows.axis, columns=columns.axis, measure=definition.measure, texts=texts)
        return counted, chosen

    def _crossed(self, definition: TableDefinition, maker: AxisMaker) -> MadeTable:
        if definition.measure is Measure.SUMMARY and (definition.rows, definition.columns) not in _OF_SUMMARIES:
            raise InvalidInput("table_of_summaries")
        rows, columns = maker.rows(), maker.columns()
        counted, chosen = self._counted(definition, maker, rows, columns)
        cells, totals = self._cells(definition, counted, chosen)
        said_of = TableWords(self._editing, definition, maker)
        above = self._above(definition, (rows, columns), chosen)
        rule = said_of.rule(counted, above=above, more=self._named.rules(definition))
        grid = _grid(definition, counted, (rows, columns), cells, title=said_of.title(), rule=rule, totals=totals)
        if definition.measure is Measure.SUMMARY:
            grid = with_whole(self._editing, grid, counted, turned=definition.rows is TableAxis.CODES)
        return MadeTable(
            definition=definition,
            grid=grid,
            rows=counted.rows,
            columns=counted.columns,
            groups=tuple(rows.groups.get(key, "") for key in counted.rows) if rows.groups else (),
            _behind=lambda row, column: _cell(counted, row, column).coding_ids,
        )

    def _above(self, definition: TableDefinition, sides: tuple[Side, Side], chosen: Sequence[CodedSpan]) -> int:
        """Count the codings with a code above those of the table, which would else be lost in silence."""
        if definition.code_ids is not None or not definition.of_codes:
            return 0
        axis = next(side.axis for side in sides if side.axis.field is AxisField.CODE)
        book = self._editing.rows.codes.codebook()
        below = definition.below
        inside = {code.id for code in book.codes} if below is None else book.subtree(below)
        lost = inside - frozenset[str]().union(*(group.members for group in axis.groups))
        return sum(coding.code_id in lost for coding in chosen) if lost else 0

    def _cells(
        self, definition: TableDefinition, counted: CrossTable, chosen: list[CodedSpan]
    ) -> tuple[list[list[Value]], bool]:
        """Return what stands in the cells, and whether the table has totals."""
        if definition.measure is Measure.SUMMARY:
            written = summary_words(self._editing)
            turned = definition.rows is TableAxis.CODES
            keys = [[(column, row) if turned else (row, column) for column in counted.columns] for row in counted.rows]
            return [[written.get(key) for key in line] for line in keys], False
        if definition.measure not in IN_WORDS:
            return [[_rounded(cell.value) for cell in line] for line in counted.cells], True
        if definition.measure is Measure.ACTORS:
            return self._named.cells(counted, chosen), True
        if definition.measure is Measure.CASES:
            return self._named.case_cells(counted, chosen, within=definition.case_ids), True
        quotes = Quotes(self._editing, chosen)
        most = 1 if definition.measure is Measure.QUOTE else None
        wanted = [[quotes.different(cell.coding_ids)[:most] for cell in line] for line in counted.cells]
        quotes.read({key for line in wanted for keys in line for key in keys})
        return [["\n".join(map(quotes.words, keys)) or None for keys in line] for line in wanted], True

    def _together(self, definition: TableDefinition, maker: AxisMaker) -> MadeTable:
        side = maker.rows()
        apart = definition.turns_apart
        starts = None
        if apart is not None:
            starts = {key: found[0] for key, found in self._editing.rows.documents.voices().items()}
        found = cooccur(self._chosen(definition, maker), codes=side.axis, turn_starts=starts, turns=apart or 0)
        grid = Grid(
            title=words("title_together"),
            rule=TableWords(self._editing, definition, maker).rule_together(),
            columns=(
                *side.header,
                *(Column(name, ColumnKind.VALUE) for name in side.names),
                Column(words("measure_passages"), ColumnKind.TOTAL),
            ),
            rows=tuple(
                (*side.labels[key], *line, number)
                for key, line, number in zip(found.codes, found.counts, found.passages, strict=True)
            ),
        )
        return MadeTable(
            definition=definition,
            grid=grid,
            rows=found.codes,
            columns=found.codes,
            _behind=lambda row, column: found.coding_ids(
                column or 0 if row is None else row, row or 0 if column is None else column
            ),
        )


def _grid(
    definition: TableDefinition,
    counted: CrossTable,
    sides: tuple[Side, Side],
    cells: list[list[Value]],
    *,
    title: str,
    rule: str,
    totals: bool,
) -> Grid:
    rows, columns = sides
    percent = definition.measure is Measure.SHARE
    look = Column("", ColumnKind.VALUE, decimals=1 if percent else None, unit="%" if percent else "")
    last = "measure_passages" if definition.measure in IN_WORDS else "total"
    sums: list[list[Value]] = [[_rounded(cell.value)] if totals else [] for cell in counted.row_totals]
    bottom = (
        words("total"),
        *([None] * (len(rows.header) - 1)),
        *(_rounded(cell.value) for cell in counted.column_totals),
        _rounded(counted.grand_total.value),
    )
    return Grid(
        title=title,
        rule=rule,
        columns=(
            *rows.header,
            *(replace(look, label=name) for name in columns.names),
            *([replace(look, label=words(last), kind=ColumnKind.TOTAL)] if totals else []),
        ),
        rows=tuple(
            (*rows.labels[key], *line, *total) for key, line, total in zip(counted.rows, cells, sums, strict=True)
        ),
        totals=bottom if totals else None,
    )


def _cell(table: CrossTable, row: int | None, column: int | None) -> Cell:
    if row is None:
        return table.grand_total if column is None else table.column_totals[column]
    return table.row_totals[row] if column is None else table.cells[row][column]


def _rounded(value: float) -> int | float:
    return round(value, 4) if isinstance(value, float) else value
