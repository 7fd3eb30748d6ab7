"""What a sheet of cases or participants would do, before it is done: attributes, changes, and what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType, canonical_value, infer_type
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.domain.ids import new_id
from kamcoder.formats.sheet import assemble
from kamcoder.formats.spreadsheet import Sheet, read_sheet
from kamcoder.services.case_rules import clean_choices
from kamcoder.services.files import read_input

__all__ = ["ColumnPlan", "RowProblem", "Sheet", "SheetPlan", "open_sheet", "plan_sheet", "sheet_of"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a sheet that cannot be taken: `row` is its number in the sheet (the header is row 1)."""

    row: int
    error: KamCoderError


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of a column: `attribute` takes it (None: it names the rows, fills a field, or is left out).

    `new` tells whether the attribute is not there yet, `fixed` whether the column is no attribute by its name;
    `filled` and `replaced` count the values that become known and that become others.
    """

    header: str
    attribute: Attribute | None
    new: bool = False
    fixed: bool = False
    filled: int = 0
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet would do. `key` is the header of the column of names, `targets` the id of each row (None: no name).

    `new` are the names that are not there yet, by id; `values` what is written, {(attribute, target id): text}.
    """

    sheet: Sheet
    scope: AttributeScope
    key: str
    targets: tuple[str | None, ...]
    new: Mapping[str, str]
    known: int
    columns: tuple[ColumnPlan, ...]
    values: Mapping[tuple[Attribute, str], str]
    problems: tuple[RowProblem, ...]

    @property
    def attributes(self) -> list[Attribute]:
        """Return the attributes that are new, in the order of the columns."""
        return [column.attribute for column in self.columns if column.attribute is not None and column.new]


@dataclass(frozen=True, slots=True)
class Present:
    """What is known already: the ids of the names (case-folded), attributes, values, and where new attributes stand."""

    ids: Mapping[str, str]
    attributes: Sequence[Attribute]
    values: Mapping[tuple[str, str], str]
    position: int


def open_sheet(path: Path) -> Sheet:
    """Read a CSV or XLSX file; raise ImportRefused naming file and cause."""
    return read_sheet(read_input(path), name=path.name)


def sheet_of(rows: Sequence[Sequence[str]], *, name: str) -> Sheet:
    """Return rows of cells, the first of which is the header, as a sheet; raise ImportRefused as for a file."""
    return assemble(enumerate(rows, start=1), name=name)


def plan_sheet(
    sheet: Sheet,
    scope: AttributeScope,
    present: Present,
    *,
    key: str,
    fixed: Sequence[str] = (),
    kinds: Mapping[str, AttributeType | None] | None = None,
) -> SheetPlan:
    """Return what a sheet would do. `fixed` are headers (case-folded) that are fields and no attributes.

    `kinds` gives by header the type that a new attribute gets, or None to leave the column out; without it the type is
    the narrowest that takes the whole column. Raise InvalidInput if there is no column `key`.
    """
    names = sheet.column(key)
    new: dict[str, str] = {}
    targets = _targets(names, present.ids, new)
    known = {attribute.name.casefold(): attribute for attribute in present.attributes}
    columns: list[ColumnPlan] = []
    values: dict[tuple[Attribute, str], str] = {}
    problems: list[RowProblem] = []
    added = 0
    for header in sheet.header:
        if header.casefold() in (key.casefold(), *fixed):
            columns.append(ColumnPlan(header, None, fixed=True))
            continue
        texts = sheet.column(header)
        attribute = _attribute(header, texts, scope, known, (kinds or {}).get, header in (kinds or {}))
        if attribute is None:
            columns.append(ColumnPlan(header, None))
            continue
        if header.casefold() not in known:
            attribute = replace(attribute, position=present.position + added)
            added += 1
        column = ColumnPlan(header, attribute, new=header.casefold() not in known)
        columns.append(_filled(column, zip(sheet.row_numbers, targets, texts, strict=True), present, values, problems))
    problems.sort(key=lambda problem: problem.row)
    here = len({target for target in targets if target is not None and target not in new})
    return SheetPlan(sheet, scope, key, targets, new, here, tuple(columns), values, tuple(problems))


def _targets(names: Sequence[str], present: Mapping[str, str], new: dict[str, str]) -> tuple[str | None, ...]:
    ids = dict(present)
    targets: list[str | None] = []
    for name in names:
        trimmed = " ".join(name.split())
        if trimmed and trimmed.casefold() not in ids:
            ids[trimmed.casefold()] = new_id()
            new[ids[trimmed.casefold()]] = trimmed
        targets.append(ids[trimmed.casefold()] if trimmed else None)
    return tuple(targets)


def _attribute(
    header: str,
    texts: list[str],
    scope: AttributeScope,
    known: Mapping[str, Attribute],
    kind_of: Callable[[str], AttributeType | None],
    decided: bool,
) -> Attribute | None:
    """Return the attribute that a column fills, known or new; None if it was decided to leave the column out."""
    kind = kind_of(header) if decided else infer_type(texts)
    if kind is None:
        return None
    if header.casefold() in known:
        return known[header.casefold()]
    return Attribute(new_id(), header, kind, scope, clean_choices(kind, texts), 0)


def _filled(
    column: ColumnPlan,
    cells: "zip[tuple[int, str | None, str]]",
    present: Present,
    values: dict[tuple[Attribute, str], str],
    problems: list[RowProblem],
) -> ColumnPlan:
    """Note the values and problems of one column and return it with its counts."""
    attribute = column.attribute
    assert attribute is not None  # the caller leaves out the columns without one
    filled = replaced = 0
    for row, target, text in cells:
        # An empty cell says nothing; it does not wipe out what is known.
        if target is None or not text.strip():
            continue
        try:
            value = canonical_value(attribute, text)
        except InvalidInput as error:
            problems.append(RowProblem(row, error))
            continue
        before = present.values.get((attribute.id, target))
        filled += before is None
        replaced += before is not None and before != value
        values[(attribute, target)] = value
    return replace(column, filled=filled, replaced=replaced)
