"""Definitions of tables as JSON that outlives what it names.

Codes, cases, coders and attributes stand there with id and name, so that one deleted later can be told by its name: it
is left out of the table then, and a notice says so.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kamcoder.analysis.measures import Measure
from kamcoder.domain.errors import InvalidInput, Notice
from kamcoder.services.table_definition import TableAxis, TableDefinition
from kamcoder.storage.repositories import Repositories

FORMAT = 1
_LOST = {
    "code": "table_lost_code",
    "case": "table_lost_case",
    "coder": "table_lost_coder",
    "attribute": "table_lost_attribute",
}
_FLAGS = ("attributes", "interviewers", "hide_empty")


class _Names:
    """What there is now, by kind and id."""

    def __init__(self, rows: Repositories) -> None:
        book = rows.codes.codebook()
        self.by_kind: dict[str, dict[str, str]] = {
            "code": {code.id: book.path(code.id) for code in book.codes},
            "case": {case.id: case.name for case in rows.cases.all()},
            "coder": {coder.id: coder.name for coder in rows.coders.all()},
            "attribute": {attribute.id: attribute.name for attribute in rows.cases.attributes()},
        }

    def told(self, kind: str, ids: Iterable[str] | None) -> list[dict[str, str]] | None:
        if ids is None:
            return None
        return [{"id": key, "name": self.by_kind[kind].get(key, "")} for key in ids]

    def one(self, kind: str, key: str | None) -> dict[str, str] | None:
        return None if key is None else {"id": key, "name": self.by_kind[kind].get(key, "")}


def write_definition(definition: TableDefinition, rows: Repositories) -> str:
    """Return a definition as JSON."""
    names = _Names(rows)
    roles = definition.speaker_roles
    content: dict[str, Any] = {
        "format": FORMAT,
        "rows": definition.rows.value,
        "columns": definition.columns.value,
        "measure": definition.measure.value,
        "row_attribute": names.one("attribute", definition.row_attribute),
        "column_attribute": names.one("attribute", definition.column_attribute),
        "group_by": names.one("attribute", definition.group_by),
        "codes": names.told("code", definition.code_ids),
        "below": names.one("code", definition.below),
        "level": definition.level,
        "turns_apart": definition.turns_apart,
        "only_codes": names.told("code", _ordered(definition.only_codes)),
        "coders": names.told("coder", _ordered(definition.coder_ids)),
        "cases": names.told("case", _ordered(definition.case_ids)),
        "origins": _ordered(definition.origins),
        "speaker_roles": None if roles is None else sorted(role or "" for role in roles),
        "values": None
        if definition.values is None
        else [{**(names.one("attribute", key) or {}), "value": value} for key, value in sorted(definition.values)],
        **{flag: getattr(definition, flag) for flag in _FLAGS},
    }
    return json.dumps({key: value for key, value in content.items() if value is not None}, ensure_ascii=False)


def read_definition(text: str, rows: Repositories, *, name: str) -> tuple[TableDefinition, tuple[Notice, ...]]:
    """Return a definition fitted to the project as it is, and notices of what is gone from it.

    Raise InvalidInput naming the table where the JSON is damaged or of a later release.
    """
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or int(content.get("format", 0)) > FORMAT:
            raise InvalidInput("table_unreadable", name=name)
        reader = _Reader(content, _Names(rows))
        return reader.definition(), tuple(reader.notices)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInput("table_unreadable", name=name) from error


class _Reader:
    """Reads one definition and notes what it names that is no longer there."""

    def __init__(self, content: Mapping[str, Any], names: _Names) -> None:
        self._content = content
        self._names = names
        self.notices: list[Notice] = []

    def definition(self) -> TableDefinition:
        content = self._content
        rows, row_attribute = self._axis("rows", "row_attribute", TableAxis.CASES)
        columns, column_attribute = self._axis("columns", "column_attribute", TableAxis.CODES)
        codes = self._many("codes", "code", tuple)
        origins, roles = content.get("origins"), content.get("speaker_roles")
        turns = content.get("turns_apart")
        return TableDefinition(
            rows=rows,
            columns=columns,
            row_attribute=row_attribute,
            column_attribute=column_attribute,
            code_ids=codes,
            measure=Measure(content["measure"]),
            coder_ids=self._many("coders", "coder", frozenset),
            origins=None if origins is None else frozenset(map(str, origins)),
            case_ids=self._many("cases", "case", frozenset),
            values=self._values(),
            turns_apart=None if turns is None else int(turns),
            below=self._one("below", "code"),
            level=max(1, int(content.get("level", 1))),
            only_codes=self._many("only_codes", "code", frozenset),
            speaker_roles=None if roles is None else frozenset(role or None for role in roles),
            group_by=self._one("group_by", "attribute"),
            **{flag: bool(content[flag]) for flag in _FLAGS if flag in content},
        )

    def _axis(self, key: str, attribute: str, otherwise: TableAxis) -> tuple[TableAxis, str | None]:
        axis, found = TableAxis(self._content[key]), self._one(attribute, "attribute")
        return (otherwise, None) if axis is TableAxis.GROUPS and found is None else (axis, found)

    def _one(self, key: str, kind: str) -> str | None:
        item = self._content.get(key)
        return item["id"] if item is not None and self._known(kind, item) else None

    def _many(self, key: str, kind: str, made: Callable[[Iterable[str]], Any]) -> Any:
        """Return the ids that are still there; None for no limit, also where none of them is left."""
        items = self._content.get(key)
        found = [item["id"] for item in items or () if self._known(kind, item)]
        return None if items is None or (items and not found) else made(found)

    def _values(self) -> frozenset[tuple[str, str]] | None:
        items = self._content.get("values")
        found = [(item["id"], str(item["value"])) for item in items or () if self._known("attribute", item)]
        return frozenset(found) or None

    def _known(self, kind: str, item: Mapping[str, str]) -> bool:
        if item["id"] in self._names.by_kind[kind]:
            return True
        told = Notice(_LOST[kind], {"name": item.get("name") or "?"})
        if told not in self.notices:
            self.notices.append(told)
        return False


def _ordered(items: frozenset[str] | None) -> list[str] | None:
    return None if items is None else sorted(items)
