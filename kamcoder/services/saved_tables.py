"""Tables saved in the project by name."""

from dataclasses import replace

from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound, Notice
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.saved_table import SavedTable
from kamcoder.services.editing import Editing
from kamcoder.services.table_definition import TableDefinition
from kamcoder.services.table_json import read_definition, write_definition


class SavedTableService:
    """Verbs on saved tables."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> list[SavedTable]:
        """Return the saved tables by name."""
        return self._editing.rows.saved_tables.all()

    def find(self, name: str) -> SavedTable:
        """Return the table saved under this name or id, without regard to case; raise NotFound."""
        wanted = _plain(name).casefold()
        for table in self.all():
            if table.id == name or table.name.casefold() == wanted:
                return table
        raise NotFound("table_unknown", name=name)

    def definition(self, table: SavedTable) -> tuple[TableDefinition, tuple[Notice, ...]]:
        """Return what was saved, and what it names that is no longer there; raise InvalidInput if it is damaged."""
        return read_definition(table.definition, self._editing.rows, name=table.name)

    def told(self, definition: TableDefinition) -> str:
        """Return a definition as it is kept, for whoever remembers one without a name."""
        return write_definition(definition, self._editing.rows)

    def understood(self, text: str) -> TableDefinition:
        """Return the definition that `told` gave, without what is gone from the project; raise InvalidInput."""
        return read_definition(text, self._editing.rows, name="")[0]

    def save(self, name: str, definition: TableDefinition, *, initiator: str | None = None) -> SavedTable:
        """Save a definition under a new name; raise InvalidInput if the name is empty or taken."""
        given, stamp = self._checked(name), now()
        table = SavedTable(new_id(), given, write_definition(definition, self._editing.rows), stamp, stamp)
        with self._editing.edit(Operation.SAVE_TABLE, initiator=initiator, table=given):
            self._editing.rows.saved_tables.add(table)
        return table

    def change(self, table_id: str, definition: TableDefinition, *, initiator: str | None = None) -> SavedTable:
        """Save another definition under the name of a table that is there; the same one leaves it as it is."""
        before, text = self.find(table_id), write_definition(definition, self._editing.rows)
        if text == before.definition:
            return before
        table = replace(before, definition=text, modified_at=now())
        with self._editing.edit(Operation.SAVE_TABLE, initiator=initiator, table=before.name):
            self._editing.rows.saved_tables.update(table)
        return table

    def rename(self, table_id: str, name: str, *, initiator: str | None = None) -> SavedTable:
        """Give a saved table another name; raise InvalidInput if it is empty or taken."""
        before = self.find(table_id)
        table = replace(before, name=self._checked(name, besides=before.id))
        if table != before:
            with self._editing.edit(Operation.RENAME_TABLE, initiator=initiator, before=before.name, after=table.name):
                self._editing.rows.saved_tables.update(replace(table, modified_at=now()))
        return table

    def delete(self, table_id: str, *, initiator: str | None = None) -> None:
        """Delete a saved table; what it shows stays."""
        table = self.find(table_id)
        with self._editing.edit(Operation.DELETE_TABLE, initiator=initiator, table=table.name):
            self._editing.rows.saved_tables.delete(table.id)

    def _checked(self, name: str, *, besides: str | None = None) -> str:
        given = _plain(name)
        if not given:
            raise InvalidInput("table_name_empty")
        for table in self.all():
            if table.id != besides and table.name.casefold() == given.casefold():
                raise InvalidInput("table_name_taken", name=table.name)
        return given


def _plain(name: str) -> str:
    return " ".join(name.split())
