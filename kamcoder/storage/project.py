"""The project's own row, its settings, and the audit log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kamcoder.domain.changes import ChangeOrigin, Operation
from kamcoder.domain.errors import ProjectFileError
from kamcoder.domain.project import Project
from kamcoder.storage.database import ProjectStore


class Projects:
    """The one row of projects, and settings."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def get(self) -> Project:
        """Return the project; raise ProjectFileError if the file has lost it."""
        row = self._store.one("SELECT id, name, description, created_at FROM projects")
        if row is None:
            raise ProjectFileError("file_damaged", file=str(self._store.path), reason="no project row")
        return Project(*row)

    def add(self, project: Project) -> None:
        """Write the row of a new project."""
        self._store.insert(
            "projects",
            [
                {
                    "id": project.id,
                    "name": project.name,
                    "description": project.description,
                    "created_at": project.created_at,
                }
            ],
        )

    def rename(self, name: str, description: str) -> None:
        """Give the project another name and description."""
        self._store.update("projects", self.get().id, name=name, description=description)

    def setting(self, key: str) -> str | None:
        """Return a setting of the project, or None."""
        row = self._store.one("SELECT value FROM settings WHERE key = ?", [key])
        return None if row is None else str(row[0])

    def set(self, key: str, value: str) -> None:
        """Set a setting of the project."""
        if self.setting(key) is None:
            self._store.insert("settings", [{"key": key, "value": value}])
        else:
            self._store.update("settings", key, value=value)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the audit log: who did what when; `rows` counts changed rows as {table: [added, changed, deleted]}."""

    number: int
    at: str
    coder: str
    operation: Operation | str
    origin: ChangeOrigin
    details: Mapping[str, Any]
    rows: Mapping[str, list[int]]
    program: str


class AuditLog:
    """The append-only log of every act."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def append(self, entry: AuditEntry) -> None:
        """Add a line in the open transaction; its number is given by the store."""
        self._store.append_audit(
            at=entry.at,
            coder=entry.coder,
            operation=str(entry.operation),
            origin=entry.origin.value,
            details=json.dumps(dict(entry.details), ensure_ascii=False),
            rows=json.dumps(dict(entry.rows)),
            program=entry.program,
        )

    def read(self, *, last: int | None = None) -> list[AuditEntry]:
        """Return the log, the oldest first; only the `last` lines if given."""
        limit = "" if last is None else f"LIMIT {int(last)}"
        rows = self._store.query(
            f"SELECT number, at, coder, operation, origin, details, rows, program FROM audit_log"
            f" ORDER BY number DESC {limit}"
        )
        return [
            AuditEntry(
                row[0],
                row[1],
                row[2],
                _operation(row[3]),
                ChangeOrigin(row[4]),
                json.loads(row[5]),
                json.loads(row[6]),
                row[7],
            )
            for row in reversed(rows)
        ]


def _operation(text: str) -> Operation | str:
    # A later release may have written an act this one has no name for; the log is still readable.
    return Operation(text) if text in set(Operation) else text
