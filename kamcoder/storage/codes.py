"""The codebook's rows."""

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.storage.database import ProjectStore

_FIELDS = tuple(field.name for field in dataclasses.fields(Code))
_CODE = ", ".join(_FIELDS)


class Codes:
    """Rows of codes."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def codebook(self) -> Codebook:
        """Return all codes as a tree."""
        rows = self._store.query(f"SELECT {_CODE} FROM codes ORDER BY position, name, id")
        return Codebook(tuple(_code(row) for row in rows))

    def lineage(self, *code_ids: str) -> Codebook:
        """Return these codes and all above them, as a tree of their own; ids that are not there are left out."""
        marks = ", ".join("?" * len(code_ids))
        columns = ", ".join(f"codes.{field}" for field in _FIELDS)
        rows = self._store.query(
            f"WITH RECURSIVE line(id) AS (SELECT id FROM codes WHERE id IN ({marks}) "
            "UNION SELECT codes.parent_id FROM codes JOIN line ON codes.id = line.id) "
            f"SELECT {columns} FROM line JOIN codes ON codes.id = line.id",
            code_ids,
        )
        return Codebook(tuple(_code(row) for row in rows))

    def add(self, codes: Iterable[Code]) -> None:
        """Write new codes, parents before children."""
        self._store.insert("codes", [_code_row(code) for code in codes])

    def update(self, code: Code) -> None:
        """Write a code that is there."""
        self._store.update("codes", code.id, **_code_row(code))

    def delete(self, code_ids: Iterable[str]) -> None:
        """Delete codes, children before parents, with their memos; codings, suggestions and summaries must be gone."""
        ids = list(code_ids)
        for code_id in ids:
            self._store.delete_where("memos", "code_id = ?", [code_id])
        self._store.delete("codes", ids)

    def coding_counts(self) -> dict[tuple[str, str], int]:
        """Return the number of codings for each (code id, coder id)."""
        rows = self._store.query("SELECT code_id, coder_id, count(*) FROM codings GROUP BY code_id, coder_id")
        return {(row[0], row[1]): row[2] for row in rows}


def _code(row: tuple[Any, ...]) -> Code:
    fields = dict(zip(_FIELDS, row, strict=True))
    fields["codable"] = bool(fields["codable"])
    fields["questions"] = tuple(json.loads(fields["questions"]))
    return Code(**fields)


def _code_row(code: Code) -> dict[str, object]:
    return {
        "id": code.id,
        "parent_id": code.parent_id,
        "name": code.name,
        "position": code.position,
        "colour": code.colour.upper(),
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "shortcut": code.shortcut,
        "codable": int(code.codable),
        "questions": json.dumps(code.questions),
    }
