"""Rows of the words that speak for codes, and of who the people in the text are."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kamcoder.domain.ids import new_id
from kamcoder.domain.suggesting import ActorRole, CastMember, LexiconEntry, LexiconKind
from kamcoder.storage.database import ProjectStore


class Lexicon:
    """Rows of lexicon_entries and cast_members."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def entries(self) -> list[LexiconEntry]:
        """Return the words that speak for or against codes, in the order in which they were added."""
        rows = self._store.query(
            "SELECT code_id, pattern, kind, weight, id FROM lexicon_entries ORDER BY created_at, code_id, pattern, id"
        )
        return [LexiconEntry(row[0], row[1], LexiconKind(row[2]), row[3], row[4]) for row in rows]

    def write(self, entry: LexiconEntry, *, source: str, stamp: str) -> LexiconEntry:
        """Write an entry, new if it has no id, and return it with its id."""
        values: dict[str, Any] = {
            "code_id": entry.code_id,
            "pattern": entry.pattern,
            "kind": entry.kind.value,
            "weight": float(entry.weight),
        }
        if entry.id:
            self._store.update("lexicon_entries", entry.id, **values)
            return entry
        written = replace(entry, id=new_id())
        self._store.insert("lexicon_entries", [{"id": written.id, **values, "source": source, "created_at": stamp}])
        return written

    def delete(self, entry_ids: Iterable[str]) -> None:
        """Delete entries."""
        self._store.delete("lexicon_entries", entry_ids)

    def cast(self) -> list[CastMember]:
        """Return who the people in the text are, by name; those of the whole project first."""
        rows = self._store.query(
            "SELECT name, role, document_id FROM cast_members ORDER BY document_id IS NOT NULL, name, document_id"
        )
        return [CastMember(row[0], ActorRole(row[1]), row[2]) for row in rows]

    def write_member(self, member: CastMember, *, stamp: str) -> None:
        """Say who a name is, in one document or in all."""
        row_id = self._member_id(member.name, member.document_id)
        if row_id is not None:
            self._store.update("cast_members", row_id, name=member.name, role=member.role.value)
            return
        row = {
            "id": new_id(),
            "name": member.name,
            "role": member.role.value,
            "document_id": member.document_id,
            "created_at": stamp,
        }
        self._store.insert("cast_members", [row])

    def delete_member(self, name: str, document_id: str | None) -> None:
        """Say no more who a name is."""
        row_id = self._member_id(name, document_id)
        if row_id is not None:
            self._store.delete("cast_members", [row_id])

    def _member_id(self, name: str, document_id: str | None) -> str | None:
        row = self._store.one(
            "SELECT id FROM cast_members WHERE name = ? AND document_id IS ?",
            [name, document_id],
        )
        return None if row is None else str(row[0])
