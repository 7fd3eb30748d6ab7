"""Who codes which documents, and how far they are."""

from collections.abc import Container, Iterable

from kamcoder.domain.coding import WorkState
from kamcoder.storage.database import ProjectStore


class Assignments:
    """Rows of assignments; a document that somebody merely opened has one too, which was not given."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def states_of(self, coder_id: str) -> dict[str, WorkState]:
        """Return how far a coder is with each document he has to do with."""
        rows = self._store.query("SELECT document_id, state FROM assignments WHERE coder_id = ?", [coder_id])
        return {row[0]: WorkState(row[1]) for row in rows}

    def states(self) -> dict[tuple[str, str], WorkState]:
        """Return how far everybody is, as {(coder id, document id): state}."""
        rows = self._store.query("SELECT coder_id, document_id, state FROM assignments")
        return {(row[0], row[1]): WorkState(row[2]) for row in rows}

    def blind(self, coder_id: str) -> frozenset[str]:
        """Return the documents given to a coder to be coded blind that are not finished."""
        rows = self._store.query(
            "SELECT document_id FROM assignments WHERE coder_id = ? AND given = 1 AND state <> ?",
            [coder_id, WorkState.FINISHED.value],
        )
        return frozenset(row[0] for row in rows)

    def give(self, keys: Iterable[tuple[str, str]], stamp: str) -> int:
        """Give documents to coders, as (coder id, document id), and return how many were not given before.

        How far a coder is with a document already begun stays.
        """
        known = {
            (row[0], row[1]): row[2]
            for row in self._store.query("SELECT coder_id, document_id, given FROM assignments")
        }
        wanted = list(dict.fromkeys(keys))
        new = [
            {
                "coder_id": coder,
                "document_id": document,
                "state": WorkState.ASSIGNED.value,
                "changed_at": stamp,
                "given": 1,
            }
            for coder, document in wanted
            if (coder, document) not in known
        ]
        self._store.insert("assignments", new)
        begun = [key for key in wanted if known.get(key) == 0]
        for key in begun:
            self._store.update("assignments", key, given=1)
        return len(new) + len(begun)

    def delete(self, keys: Iterable[tuple[str, str]]) -> None:
        """Take documents from coders, as (coder id, document id)."""
        self._store.delete("assignments", keys)

    def set(self, document_id: str, coder_id: str, state: WorkState, stamp: str) -> None:
        """Say how far a coder is with a document."""
        if document_id in self.states_of(coder_id):
            self._store.update("assignments", (coder_id, document_id), state=state.value, changed_at=stamp)
        else:
            row = {
                "coder_id": coder_id,
                "document_id": document_id,
                "state": state.value,
                "changed_at": stamp,
                "given": 0,
            }
            self._store.insert("assignments", [row])

    def forget(self, table: str, ids: Iterable[str], *, besides: Container[tuple[str, str]] = ()) -> None:
        """Delete the noted progress of `documents` or of `coders`, but for that of those (coder, document)."""
        column = {"documents": "document_id", "coders": "coder_id"}[table]
        noted = self._store.query_in(f"SELECT coder_id, document_id FROM assignments WHERE {column} IN (:in)", ids)
        self._store.delete("assignments", [key for key in noted if key not in besides])
