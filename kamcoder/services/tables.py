"""Cross-case tables: choosing rows, columns and measure, counting, and writing the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kamcoder.analysis.axes import Axis, AxisField, CodingFilter, code_axis, grouped_documents, single_axis
from kamcoder.analysis.crosstab import CrossTable, cross_tabulate
from kamcoder.analysis.measures import CountingRule, Measure
from kamcoder.domain.case import AttributeScope, Participant
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Passage
from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.project import natural_key
from kamcoder.formats.tables.csv import to_csv
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.formats.tables.html import to_html
from kamcoder.formats.tables.text import to_text
from kamcoder.services.coded import CodedSpans
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words

#: Whose words a table counts unless told otherwise: everybody's but the interviewer's.
INTERVIEWEES = frozenset({SpeakerRole.INTERVIEWEE.value, SpeakerRole.OTHER.value, None})

FORMATS = (".csv", ".html", ".txt")


class TableRows(StrEnum):
    """What the rows of a table are."""

    CASES = "cases"
    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table to be made: `code_ids` are its columns (None: the top of the tree), `coder_ids` whose codings count.

    `attributes` tells whether attributes stand beside the row's name, `interviewers` whether their words count too.
    """

    rows: TableRows = TableRows.CASES
    code_ids: tuple[str, ...] | None = None
    measure: Measure = Measure.PASSAGES
    coder_ids: frozenset[str] | None = None
    attributes: bool = True
    interviewers: bool = False


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table with their words: the axis, the header columns, and each row's header cells."""

    axis: Axis
    header: tuple[Column, ...]
    labels: dict[str, tuple[Value, ...]]


class TableService:
    """Making tables."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._coded = CodedSpans(editing)

    def count(self, definition: TableDefinition) -> CrossTable:
        """Return the counted table with the codings behind every number."""
        return self._counted(definition, self._rows(definition))

    def grid(self, definition: TableDefinition) -> Grid:
        """Return the table with its words, ready for any writer."""
        rows = self._rows(definition)
        counted = self._counted(definition, rows)
        book = self._editing.rows.codes.codebook()
        values = [Column(label, ColumnKind.VALUE) for label in _labels(book, counted.columns)]
        lines = tuple(
            (*rows.labels[key], *(cell.value for cell in counted.cells[index]), counted.row_totals[index].value)
            for index, key in enumerate(counted.rows)
        )
        blanks: tuple[Value, ...] = (None,) * (len(rows.header) - 1)
        totals = (words("total"), *blanks, *(cell.value for cell in counted.column_totals), counted.grand_total.value)
        return Grid(
            title=words("title", rows=words(f"rows_{definition.rows}"), measure=words(f"measure_{definition.measure}")),
            rule=self._rule(definition, counted),
            columns=(*rows.header, *values, Column(words("total"), ColumnKind.TOTAL)),
            rows=lines,
            totals=totals,
        )

    def passages_file(self, passages: Sequence[Passage], path: Path) -> bytes:
        """Return a list of passages in the format that the ending of `path` names."""
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
        return write_grid(Grid(words("passages_title"), words("passages_rule"), columns, rows), path)

    def _counted(self, definition: TableDefinition, rows: _Rows) -> CrossTable:
        store = self._editing.rows
        book = store.codes.codebook()
        chosen = CodingFilter(
            coders=definition.coder_ids, roles=None if definition.interviewers else INTERVIEWEES
        ).chosen(self._coded.all())
        ids = definition.code_ids
        columns = code_axis(book, [code.id for code in book.children(None)] if ids is None else ids)
        return cross_tabulate(chosen, rows=rows.axis, columns=columns, measure=definition.measure)

    def _rows(self, definition: TableDefinition) -> _Rows:
        makers = {
            TableRows.CASES: self._case_rows,
            TableRows.DOCUMENTS: self._document_rows,
            TableRows.PARTICIPANTS: self._participant_rows,
        }
        return makers[definition.rows](definition.attributes)

    def _case_rows(self, attributes: bool) -> _Rows:
        cases = self._editing.rows.cases.all()
        groups: dict[str, list[str]] = {}
        for document_id, case_id in self._editing.rows.documents.case_links():
            groups.setdefault(document_id, []).append(case_id)
        axis = grouped_documents([case.id for case in cases], groups)
        names = {case.id: case.name for case in cases}
        return self._described(axis, names, TableRows.CASES, AttributeScope.CASE if attributes else None)

    def _document_rows(self, attributes: bool) -> _Rows:
        documents = sorted(self._editing.rows.documents.all(), key=lambda document: natural_key(document.name))
        axis = single_axis(AxisField.DOCUMENT, [document.id for document in documents])
        names = {document.id: document.name for document in documents}
        return self._described(axis, names, TableRows.DOCUMENTS, AttributeScope.DOCUMENT if attributes else None)

    def _participant_rows(self, attributes: bool) -> _Rows:
        people = sorted(self._editing.rows.cases.participants(), key=lambda person: natural_key(person.name))
        axis = single_axis(AxisField.PARTICIPANT, [person.id for person in people])
        names = {person.id: person.name for person in people}
        rows = self._described(axis, names, TableRows.PARTICIPANTS, AttributeScope.PARTICIPANT if attributes else None)
        return _with_person(rows, people) if attributes else rows

    def _described(self, axis: Axis, names: dict[str, str], kind: TableRows, scope: AttributeScope | None) -> _Rows:
        attributes = self._editing.rows.cases.attributes(scope) if scope else []
        values = {(value.attribute_id, value.target_id): value.value for value in self._editing.rows.cases.values()}
        header = (
            Column(words(f"row_{kind}"), ColumnKind.NAME),
            *(Column(attribute.name, ColumnKind.ATTRIBUTE) for attribute in attributes),
        )
        labels: dict[str, tuple[Value, ...]] = {
            key: (name, *(_typed(values.get((attribute.id, key)), attribute.type) for attribute in attributes))
            for key, name in names.items()
        }
        return _Rows(axis, header, labels)

    def _rule(self, definition: TableDefinition, counted: CrossTable) -> str:
        coders = {coder.id: coder.name for coder in self._editing.rows.coders.all()}
        used = self._editing.rows.codings.coders_at_work()
        counting = [
            name
            for key, name in coders.items()
            if key in (used if definition.coder_ids is None else definition.coder_ids)
        ]
        listed = ", ".join(counting)
        said = [words(f"rule_{rule}", coders=listed, outside=len(counted.outside)) for rule in counted.rules]
        if CountingRule.CODERS_APART not in counted.rules:
            said.append(words("rule_one_coder", coders=listed) if counting else words("rule_no_coder"))
        if not definition.interviewers:
            said.append(words("rule_interviewer"))
        return " ".join(said)


def print_grid(grid: Grid, *, width: int) -> str:
    """Return a table as text for a terminal of this width."""
    return to_text(grid, width=width)


def write_grid(grid: Grid, path: Path) -> bytes:
    """Return a table in the format that the ending of `path` names; raise InvalidInput for another ending."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return to_csv(grid)
    if suffix in (".html", ".htm"):
        return to_html(grid).encode("utf-8")
    if suffix == ".txt":
        return to_text(grid).encode("utf-8")
    raise InvalidInput("format_unknown", file=path.name, known=", ".join(FORMATS))


def _labels(book: Codebook, code_ids: Sequence[str]) -> list[str]:
    """Return the codes' names, or their paths where two columns would else be named alike."""
    names = [book.get(code_id).name for code_id in code_ids]
    return [
        book.path(code_id) if names.count(name) > 1 else name for code_id, name in zip(code_ids, names, strict=True)
    ]


def _typed(value: str | None, kind: str) -> Value:
    if value is None:
        return None
    return int(value) if kind == "integer" else float(value) if kind == "decimal" else value


def _with_person(rows: _Rows, people: Sequence[Participant]) -> _Rows:
    header = (
        rows.header[0],
        Column(words("column_role"), ColumnKind.ATTRIBUTE),
        Column(words("column_years"), ColumnKind.ATTRIBUTE),
        *rows.header[1:],
    )
    labels = {
        person.id: (rows.labels[person.id][0], person.role, person.years, *rows.labels[person.id][1:])
        for person in people
    }
    return _Rows(rows.axis, header, labels)
