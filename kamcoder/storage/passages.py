"""Codings read in bulk: bare rows of all, and more of a few. Plain tuples: there may be fifty thousand."""

from collections.abc import Collection
from typing import Any

from kamcoder.storage.database import ProjectStore

# From here on one walk over the table is quicker than asking for the rows by their ids.
_MANY = 4000


class CodingLines:
    """Quick reading of codings."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def of_document(self, document_id: str) -> list[tuple[Any, ...]]:
        """Return the codings of a document as (id, start, end, code, coder) in the order of the text."""
        return self._store.query(
            "SELECT id, span_start, span_end, code_id, coder_id FROM codings WHERE document_id = ?"
            " ORDER BY span_start, span_end, code_id, coder_id",
            [document_id],
        )

    def coded_documents(self) -> set[str]:
        """Return the ids of the documents with at least one coding."""
        return {row[0] for row in self._store.query("SELECT DISTINCT document_id FROM codings")}

    def details(self, coding_ids: Collection[str]) -> dict[str, tuple[str, str, str]]:
        """Return {id: (quote, origin, created at)} of some codings; those that are gone are left out."""
        if len(coding_ids) > _MANY:
            wanted = set(coding_ids)
            rows = self._store.query("SELECT id, quote, origin, created_at FROM codings")
            return {row[0]: (row[1], row[2], row[3]) for row in rows if row[0] in wanted}
        rows = self._store.query_in("SELECT id, quote, origin, created_at FROM codings WHERE id IN (:in)", coding_ids)
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def quotes(self) -> list[tuple[Any, ...]]:
        """Return (id, quote) of all codings."""
        return self._store.query("SELECT id, quote FROM codings")

    def places(self, coding_ids: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """Return {id: (document, start, end, code, coder, quote)} of some codings."""
        rows = self._store.query_in(
            "SELECT id, document_id, span_start, span_end, code_id, coder_id, quote FROM codings WHERE id IN (:in)",
            coding_ids,
        )
        return {row[0]: row[1:] for row in rows}

    def voices(self, document_id: str) -> list[tuple[Any, ...]]:
        """Return (start, speaker, guide question) of every turn of a document in order."""
        return self._store.query(
            "SELECT span_start, speaker_id, guide_question FROM turns WHERE document_id = ? ORDER BY span_start",
            [document_id],
        )

    def memos(self, *, coder_id: str | None = None) -> dict[str, str]:
        """Return the memo text of every coding that has one, of one coder's memos or all; several make lines."""
        texts: dict[str, str] = {}
        for coding_id, author, text in self._store.query(
            "SELECT coding_id, coder_id, text FROM memos WHERE coding_id IS NOT NULL ORDER BY created_at, id"
        ):
            if coder_id is None or author == coder_id:
                texts[coding_id] = f"{texts[coding_id]}\n{text}" if coding_id in texts else text
        return texts
