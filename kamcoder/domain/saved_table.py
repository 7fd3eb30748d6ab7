"""A table that was saved by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A definition under a name; `definition` is JSON, read and written by `services.table_json`."""

    id: str
    name: str
    definition: str
    created_at: str
    modified_at: str
