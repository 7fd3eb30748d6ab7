"""Cross-case tables: counting what a definition asks for, and putting it in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kamcoder.analysis.axes import CodedSpan, CodingFilter
from kamcoder.analysis.cooccurrence import cooccur
from kamcoder.analysis.crosstab import Cell, CrossTable, cross_tabulate
from kamcoder.analysis.measures import CountingRule, Measure, Texts
from kamcoder.domain.coding import Passage
from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.services.actor_tables import NamedActors
from kamcoder.services.actors import ActorService
from kamcoder.services.coded import CodedSpans
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.table_axes import AxisMaker, Side
from kamcoder.services.table_definition import INTERVIEWEES, TableAxis, TableDefinition
from kamcoder.services.table_texts import Quotes, WordStarts, said, summary_words

__all__ = ["INTERVIEWEES", "MadeTable", "TableAxis", "TableDefinition", "TableService"]

_IN_WORDS = (Measure.QUOTE, Measure.QUOTES, Measure.SUMMARY, Measure.ACTORS, Measure.CASES)


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table with its words; `rows` and `columns` are the keys (ids, values of an attribute) behind its cells.

    The cells of `columns` stand in the grid from `first_column` on.
    """

    definition: TableDefinition
    grid: Grid
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    _behind: Callable[[int | None, int | None], tuple[str, ...]] = field(repr=False, compare=False)

    @property
    def first_column(self) -> int:
        """Return the position of the first cell behind the headers of a row."""
        return sum(column.is_header for column in self.grid.columns)

    def coding_ids(self, row: int | None, column: int | None) -> tuple[str, ...]:
        """Return the codings behind a cell, of a whole row or column where the other is None, or of all."""
        return self._behind(row, column)


class TableService:
    """Making tables."""

    def __init__(self, editing: Editing, actors: ActorService) -> None:
        self._editing = editing
        self._coded = CodedSpans(editing)
        self._named = NamedActors(editing, actors, self._coded)
        self._words = WordStarts(editing)

    def make(self, definition: TableDefinition) -> MadeTable:
        """Return the table with its words and the codings behind it; raise InvalidInput for what makes no sense."""
        maker = AxisMaker(self._editing, definition, self._named)
        if definition.rows is TableAxis.CODES and definition.columns is TableAxis.CODES:
            return self._together(definition, maker)
        if definition.measure is Measure.SUMMARY and (
            definition.rows is not TableAxis.CASES or definition.columns is not TableAxis.CODES
        ):
            raise InvalidInput("table_of_summaries")
        rows, columns = maker.rows(), maker.columns()
        counted, chosen = self._counted(definition, maker, rows, columns)
        cells, totals = self._cells(definition, counted, chosen)
        return MadeTable(
            definition=definition,
            grid=self._grid(definition, maker, counted, (rows, columns), cells, totals=totals),
            rows=counted.rows,
            columns=counted.columns,
            _behind=lambda row, column: _cell(counted, row, column).coding_ids,
        )

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
        return CodingFilter(
            coders=definition.coder_ids,
            origins=definition.origins,
            roles=definition.roles,
            documents=maker.scope.documents,
            participants=maker.scope.participants,
        ).chosen(self._coded.all())

    def _counted(
        self, definition: TableDefinition, maker: AxisMaker, rows: Side, columns: Side
    ) -> tuple[CrossTable, list[CodedSpan]]:
        chosen = self._chosen(definition, maker)
        texts = Texts()
        if definition.measure is Measure.WORDS:
            texts = Texts(word_starts=self._words.of({coding.document_id for coding in chosen}))
        elif definition.measure is Measure.SHARE:
            texts = said(self._editing, rows.axis, scope=maker.scope, roles=definition.roles)
        counted = cross_tabulate(chosen, rows=rows.axis, columns=columns.axis, measure=definition.measure, texts=texts)
        return counted, chosen

    def _cells(
        self, definition: TableDefinition, counted: CrossTable, chosen: list[CodedSpan]
    ) -> tuple[list[list[Value]], bool]:
        """Return what stands in the cells, and whether the table has totals."""
        if definition.measure is Measure.SUMMARY:
            written = summary_words(self._editing)
            return [[written.get((row, column)) for column in counted.columns] for row in counted.rows], False
        if definition.measure not in _IN_WORDS:
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
        rule = "rule_overlap" if apart is None else "rule_same_turn" if apart == 0 else "rule_turns_apart"
        grid = Grid(
            title=words("title_together"),
            rule=" ".join([words(rule, turns=apart), words("rule_together"), *self._filters(definition, maker)]),
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

    # -- words -----------------------------------------------------------------------------------------------------

    def _grid(
        self,
        definition: TableDefinition,
        maker: AxisMaker,
        counted: CrossTable,
        sides: tuple[Side, Side],
        cells: list[list[Value]],
        *,
        totals: bool,
    ) -> Grid:
        rows, columns = sides
        percent = definition.measure is Measure.SHARE
        look = Column("", ColumnKind.VALUE, decimals=1 if percent else None, unit="%" if percent else "")
        last = "measure_passages" if definition.measure in _IN_WORDS else "total"
        sums: list[list[Value]] = [[_rounded(cell.value)] if totals else [] for cell in counted.row_totals]
        bottom = (
            words("total"),
            *([None] * (len(rows.header) - 1)),
            *(_rounded(cell.value) for cell in counted.column_totals),
            _rounded(counted.grand_total.value),
        )
        return Grid(
            title=self._title(definition, maker),
            rule=self._rule(definition, maker, counted),
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

    def _title(self, definition: TableDefinition, maker: AxisMaker) -> str:
        def named(axis: TableAxis, attribute_id: str | None, kind: str) -> str:
            return maker.attribute(attribute_id).name if axis is TableAxis.GROUPS else words(f"{kind}_{axis}")

        return words(
            "title",
            rows=named(definition.rows, definition.row_attribute, "rows"),
            columns=named(definition.columns, definition.column_attribute, "columns"),
            measure=words(f"measure_{definition.measure}"),
        )

    def _rule(self, definition: TableDefinition, maker: AxisMaker, counted: CrossTable) -> str:
        if definition.measure is Measure.SUMMARY:
            return words("rule_summary")
        coders = self._coders(definition)
        counting = [words(f"rule_{definition.measure}")] if definition.measure in _IN_WORDS else []
        listed = ", ".join(coders)
        counting += [words(f"rule_{rule}", coders=listed, outside=len(counted.outside)) for rule in counted.rules]
        counting += self._named.rules(definition)
        if CountingRule.CODERS_APART not in counted.rules:
            counting.append(words("rule_one_coder", coders=listed) if coders else words("rule_no_coder"))
        return " ".join([*counting, *self._filters(definition, maker)])

    def _coders(self, definition: TableDefinition) -> list[str]:
        wanted = self._editing.rows.codings.coders_at_work() if definition.coder_ids is None else definition.coder_ids
        return [coder.name for coder in self._editing.rows.coders.all() if coder.id in wanted]

    def _filters(self, definition: TableDefinition, maker: AxisMaker) -> list[str]:
        """Return what is left out, in sentences."""
        found = []
        if not definition.interviewers:
            found.append(words("rule_interviewer"))
        if definition.case_ids is not None:
            names = [case.name for case in self._editing.rows.cases.all() if case.id in definition.case_ids]
            found.append(words("rule_only", what=words("columns_cases"), names=", ".join(names)))
        wanted: dict[str, list[str]] = {}
        for attribute_id, value in sorted(definition.values or ()):
            wanted.setdefault(maker.attribute(attribute_id).name, []).append(value)
        found += [words("rule_only", what=name, names=", ".join(values)) for name, values in wanted.items()]
        if definition.origins is not None:
            found.append(words("rule_only", what=words("origin"), names=", ".join(sorted(definition.origins))))
        return found


def _cell(table: CrossTable, row: int | None, column: int | None) -> Cell:
    if row is None:
        return table.grand_total if column is None else table.column_totals[column]
    return table.row_totals[row] if column is None else table.cells[row][column]


def _rounded(value: float) -> int | float:
    return round(value, 4) if isinstance(value, float) else value
