"""Tables saved by name."""

from kamcoder.domain.saved_table import SavedTable
from kamcoder.storage.database import ProjectStore


class SavedTables:
    """Rows of table_definitions."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[SavedTable]:
        """Return all saved tables by name."""
        rows = self._store.query("SELECT id, name, definition, created_at, modified_at FROM table_definitions")
        return sorted((SavedTable(*row) for row in rows), key=lambda table: (table.name.casefold(), table.id))

    def add(self, table: SavedTable) -> None:
        """Write a new saved table."""
        row = {
            "id": table.id,
            "name": table.name,
            "definition": table.definition,
            "created_at": table.created_at,
            "modified_at": table.modified_at,
        }
        self._store.insert("table_definitions", [row])

    def update(self, table: SavedTable) -> None:
        """Write a saved table that is there: another name or definition."""
        self._store.update(
            "table_definitions",
            table.id,
            name=table.name,
            definition=table.definition,
            modified_at=table.modified_at,
        )

    def delete(self, table_id: str) -> None:
        """Delete a saved table."""
        self._store.delete("table_definitions", [table_id])
