"""Coders and codings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kamcoder.domain.coding import Coder, CoderKind, Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import NotFound
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.summaries import Summaries

_CODING = "id, document_id, span_start, span_end, quote, code_id, coder_id, origin, created_at"
_BEHIND_ALL = 2**62
_TEXT_ORDER = "document_id, span_start, span_end, code_id, coder_id"


class Coders:
    """Rows of coders."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Coder]:
        """Return all coders, people first, by name."""
        rows = self._store.query("SELECT id, name, kind, created_at FROM coders ORDER BY kind = 'consensus', name")
        return [Coder(row[0], row[1], CoderKind(row[2]), row[3]) for row in rows]

    def add(self, coder: Coder) -> None:
        """Write a new coder."""
        self._store.insert(
            "coders",
            [{"id": coder.id, "name": coder.name, "kind": coder.kind.value, "created_at": coder.created_at}],
        )

    def rename(self, coder_id: str, name: str) -> None:
        """Give a coder another name."""
        self._store.update("coders", coder_id, name=name)


class Codings:
    """Rows of codings, and what depends on them."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def get(self, coding_id: str) -> Coding:
        """Return one coding; raise NotFound."""
        found = self.select("id = ?", [coding_id])
        if not found:
            raise NotFound("coding_unknown", coding=coding_id)
        return found[0]

    def origin_detail(self, coding_id: str) -> dict[str, Any]:
        """Return what more is known of how a coding came to be; raise NotFound."""
        row = self._store.one("SELECT origin_detail FROM codings WHERE id = ?", [coding_id])
        if row is None:
            raise NotFound("coding_unknown", coding=coding_id)
        found: dict[str, Any] = json.loads(row[0])
        return found

    def of_document(self, document_id: str) -> list[Coding]:
        """Return the codings of a document in the order of the text."""
        return self.select("document_id = ?", [document_id])

    def lines_from(self, document_id: str, start: int, most: int) -> list[tuple[Any, ...]]:
        """Return codings that start at `start` or later as (id, start, end, code, coder, origin, time): quick reading.

        They come by place; about `most` of them, but never only some of those that start at one place.
        """
        end = self._store.one(
            "SELECT span_start FROM codings WHERE document_id = :document AND span_start >"
            " (SELECT min(span_start) FROM codings WHERE document_id = :document AND span_start >= :start)"
            " ORDER BY span_start LIMIT 1 OFFSET :most",
            {"document": document_id, "start": start, "most": most},
        )
        return self._store.query(
            "SELECT id, span_start, span_end, code_id, coder_id, origin, created_at FROM codings"
            " WHERE document_id = ? AND span_start >= ? AND span_start < ?"
            " ORDER BY span_start, span_end, code_id, coder_id",
            [document_id, start, end[0] if end else _BEHIND_ALL],
        )

    def select(self, condition: str = "1", parameters: Sequence[Any] = ()) -> list[Coding]:
        """Return the codings that meet an SQL condition, by document and place."""
        rows = self._store.query(
            f"SELECT {_CODING} FROM codings WHERE {condition} ORDER BY {_TEXT_ORDER}",
            parameters,
        )
        return [_coding(row) for row in rows]

    def plain(self, document_id: str | None = None) -> list[tuple[Any, ...]]:
        """Return the codings as (id, document, code, coder, start, end, origin), by document and start; or of one."""
        wanted, parameters = ("", []) if document_id is None else (" WHERE document_id = ?", [document_id])
        return self._store.query(
            "SELECT id, document_id, code_id, coder_id, span_start, span_end, origin FROM codings"
            f"{wanted} ORDER BY document_id, span_start",
            parameters,
        )

    def coders_at_work(self) -> set[str]:
        """Return the ids of the coders who have coded anything."""
        return {row[0] for row in self._store.query("SELECT DISTINCT coder_id FROM codings")}

    def counts_by_document(self) -> dict[str, int]:
        """Return the number of codings in each document that has any."""
        rows = self._store.query("SELECT document_id, count(*) FROM codings GROUP BY document_id")
        return {row[0]: row[1] for row in rows}

    def counts_of_coder(self, coder_id: str) -> dict[str, int]:
        """Return the number of a coder's codings in each document that has any."""
        rows = self._store.query(
            "SELECT document_id, count(*) FROM codings WHERE coder_id = ? GROUP BY document_id", [coder_id]
        )
        return {row[0]: row[1] for row in rows}

    def of_codes(self, code_ids: Iterable[str]) -> list[Coding]:
        """Return the codings of some codes."""
        rows = self._store.query_in(f"SELECT {_CODING} FROM codings WHERE code_id IN (:in)", code_ids)
        return [_coding(row) for row in rows]

    def some(self, coding_ids: Iterable[str]) -> list[Coding]:
        """Return those of some codings that are there."""
        rows = self._store.query_in(f"SELECT {_CODING} FROM codings WHERE id IN (:in)", coding_ids)
        return [_coding(row) for row in rows]

    def find(self, *, document_id: str, span: TextSpan, code_id: str, coder_id: str) -> Coding | None:
        """Return the coding of exactly this span, code and coder, if there is one."""
        found = self.select(
            "document_id = ? AND span_start = ? AND span_end = ? AND code_id = ? AND coder_id = ?",
            [document_id, span.start, span.end, code_id, coder_id],
        )
        return found[0] if found else None

    def add(self, codings: Iterable[Coding], *, detail: Mapping[str, Any] | None = None) -> None:
        """Write new codings; `detail` says more of their origin (rank, score, model) and is kept for ever."""
        text = json.dumps(dict(detail or {}), ensure_ascii=False)
        self._store.insert("codings", [{**_coding_row(coding), "origin_detail": text} for coding in codings])

    def update(self, coding: Coding) -> None:
        """Write a coding that is there: another span or code."""
        self._store.update("codings", coding.id, **_coding_row(coding))

    def delete(self, coding_ids: Iterable[str]) -> None:
        """Delete codings with what was noted on them; suggestions forget which coding came of them."""
        ids = list(coding_ids)
        for (suggestion_id,) in self._store.query_in("SELECT id FROM suggestions WHERE coding_id IN (:in)", ids):
            self._store.update("suggestions", suggestion_id, coding_id=None)
        memos = self._store.query_in("SELECT id FROM memos WHERE coding_id IN (:in)", ids)
        self._store.delete("memos", memos)
        links = self._store.query_in("SELECT summary_id, coding_id FROM summary_links WHERE coding_id IN (:in)", ids)
        self._store.delete("summary_links", links)
        corrections = self._store.query_in("SELECT id FROM actor_corrections WHERE coding_id IN (:in)", ids)
        self._store.delete("actor_corrections", corrections)
        self._store.delete("codings", ids)

    def take_over(self, duplicate: str, kept: str) -> None:
        """Let what was noted on a coding that goes stand at another that says the same, where that has nothing yet."""
        for table in ("memos", "suggestions"):
            for (row_id,) in self._store.query(f"SELECT id FROM {table} WHERE coding_id = ?", [duplicate]):
                self._store.update(table, row_id, coding_id=kept)
        corrections = self._store.query(
            "SELECT id FROM actor_corrections WHERE coding_id = ?"
            " AND actor NOT IN (SELECT actor FROM actor_corrections WHERE coding_id = ?)",
            [duplicate, kept],
        )
        for (correction_id,) in corrections:
            self._store.update("actor_corrections", correction_id, coding_id=kept)
        Summaries(self._store).take_over(duplicate, kept)


def _coding(row: tuple[Any, ...]) -> Coding:
    return Coding(row[0], row[1], TextSpan(row[2], row[3]), row[4], row[5], row[6], Origin(row[7]), row[8])


def _coding_row(coding: Coding) -> dict[str, Any]:
    return {
        "id": coding.id,
        "document_id": coding.document_id,
        "span_start": coding.span.start,
        "span_end": coding.span.end,
        "quote": coding.quote,
        "code_id": coding.code_id,
        "coder_id": coding.coder_id,
        "origin": coding.origin.value,
        "created_at": coding.created_at,
    }
