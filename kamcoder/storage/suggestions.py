"""Rows of suggestions that were decided, shown or muted, and of the lexicon and cast they are made from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import NotFound
from kamcoder.domain.suggestion import MutedCode, ShownSuggestion, Suggestion, SuggestionState
from kamcoder.storage.database import ProjectStore

_SUGGESTION = (
    "id, document_id, span_start, span_end, code_id, coder_id, state, score, rank, reason, model_version, created_at,"
    " decided_at, coding_id"
)
_SHOWN_KEY = "coder_id, document_id, code_id, span_start, span_end"
# A table of what hangs on a document, code or coder, and the column that says so.
_HANGING = {
    "document_id": ("suggestions", "shown_suggestions", "cast_members"),
    "code_id": ("suggestions", "shown_suggestions", "muted_codes", "lexicon_entries"),
    "coder_id": ("suggestions", "shown_suggestions", "muted_codes"),
}
_COLUMN = {"documents": "document_id", "codes": "code_id", "coders": "coder_id"}


class Suggestions:
    """Rows of suggestions, shown_suggestions and muted_codes."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    # -- decided -------------------------------------------------------------------------------------------------

    def get(self, suggestion_id: str) -> Suggestion:
        """Return one suggestion; raise NotFound."""
        found = self.select("id = ?", [suggestion_id])
        if not found:
            raise NotFound("suggestion_unknown", suggestion=suggestion_id)
        return found[0]

    def of_coder(self, coder_id: str) -> list[Suggestion]:
        """Return what a coder decided on suggestions, by document and place."""
        return self.select("coder_id = ?", [coder_id])

    def all(self) -> list[Suggestion]:
        """Return what all coders decided."""
        return self.select()

    def select(self, condition: str = "1", parameters: Sequence[Any] = ()) -> list[Suggestion]:
        """Return the suggestions that meet an SQL condition, by document, place and code."""
        rows = self._store.query(
            f"SELECT {_SUGGESTION} FROM suggestions WHERE {condition}"
            " ORDER BY document_id, span_start, span_end, code_id, coder_id, id",
            parameters,
        )
        return [_suggestion(row) for row in rows]

    def write(self, suggestions: Iterable[Suggestion]) -> None:
        """Write suggestions, new ones and those that are there."""
        items = list(suggestions)
        asked = [item.id for item in items]
        known = {row[0] for row in self._store.query_in("SELECT id FROM suggestions WHERE id IN (:in)", asked)}
        new: list[dict[str, Any]] = []
        for item in items:
            if item.id in known:
                self._store.update("suggestions", item.id, **_suggestion_row(item))
            else:
                new.append(_suggestion_row(item))
        self._store.insert("suggestions", new)

    def delete(self, suggestion_ids: Iterable[str]) -> None:
        """Forget what was decided on suggestions."""
        self._store.delete("suggestions", suggestion_ids)

    # -- shown ---------------------------------------------------------------------------------------------------

    def shown(self, coder_id: str | None = None) -> list[ShownSuggestion]:
        """Return what a coder (or anybody) had before his eyes."""
        where, values = ("WHERE coder_id = ?", [coder_id]) if coder_id else ("", [])
        rows = self._store.query(
            f"SELECT {_SHOWN_KEY}, score, rank, model_version FROM shown_suggestions {where} ORDER BY {_SHOWN_KEY}",
            values,
        )
        return [
            ShownSuggestion(row[0], row[1], row[2], TextSpan(row[3], row[4]), row[5], row[6], row[7]) for row in rows
        ]

    def note_shown(self, shown: Iterable[ShownSuggestion], *, stamp: str) -> None:
        """Write what was shown, each the first time only."""
        new = {_shown_key(item): item for item in shown}
        coders = {item.coder_id for item in new.values()}
        known = {
            tuple(row)
            for coder_id in coders
            for row in self._store.query(f"SELECT {_SHOWN_KEY} FROM shown_suggestions WHERE coder_id = ?", [coder_id])
        }
        rows = [
            {
                "coder_id": item.coder_id,
                "document_id": item.document_id,
                "code_id": item.code_id,
                "span_start": item.span.start,
                "span_end": item.span.end,
                "score": item.score,
                "rank": item.rank,
                "model_version": item.model_version,
                "shown_at": stamp,
            }
            for key, item in new.items()
            if key not in known
        ]
        self._store.insert("shown_suggestions", rows)

    # -- muted ---------------------------------------------------------------------------------------------------

    def muted(self, coder_id: str) -> list[MutedCode]:
        """Return the codes whose being muted was decided for a coder, either way."""
        rows = self._store.query(
            "SELECT coder_id, code_id, muted, automatic, changed_at FROM muted_codes WHERE coder_id = ?"
            " ORDER BY code_id",
            [coder_id],
        )
        return [MutedCode(row[0], row[1], bool(row[2]), bool(row[3]), row[4]) for row in rows]

    def mute(self, code: MutedCode) -> None:
        """Write whether a code is suggested to a coder."""
        values = {"muted": int(code.muted), "automatic": int(code.automatic), "changed_at": code.changed_at}
        key = (code.coder_id, code.code_id)
        if self._store.one("SELECT 1 FROM muted_codes WHERE coder_id = ? AND code_id = ?", key) is None:
            self._store.insert("muted_codes", [{"coder_id": code.coder_id, "code_id": code.code_id, **values}])
        else:
            self._store.update("muted_codes", key, **values)

    # -- with what they hang on ----------------------------------------------------------------------------------

    def delete_of(self, table: str, key: str) -> None:
        """Delete all that hangs on a row of `documents`, `codes` or `coders` that is to go."""
        column = _COLUMN[table]
        for hanging in _HANGING[column]:
            self._store.delete_where(hanging, f"{column} = ?", [key])

    def move_code(self, code_id: str, target_id: str) -> None:
        """Let all that hangs on one code hang on another, where the other has not the same already."""
        for row_id, *_ in self._store.query("SELECT id FROM suggestions WHERE code_id = ? ORDER BY id", [code_id]):
            self._store.update("suggestions", row_id, code_id=target_id)
        for table, same in (
            ("lexicon_entries", ("kind", "pattern")),
            ("shown_suggestions", ("coder_id", "document_id", "span_start", "span_end")),
            ("muted_codes", ("coder_id",)),
        ):
            rows = [dict(row) for row in self._store.rows(table) if row["code_id"] in (code_id, target_id)]
            taken = {tuple(row[name] for name in same) for row in rows if row["code_id"] == target_id}
            self._store.delete_where(table, "code_id = ?", [code_id])
            self._store.insert(
                table,
                [
                    {**row, "code_id": target_id}
                    for row in rows
                    if row["code_id"] == code_id and tuple(row[name] for name in same) not in taken
                ],
            )

    def forget_shown(self, table: str, ids: Iterable[str], *, besides: Collection[tuple[Any, ...]] = ()) -> None:
        """Delete what was shown of `documents`, `codes` or `coders`, but for the rows of those keys."""
        found = self._store.query_in(f"SELECT {_SHOWN_KEY} FROM shown_suggestions WHERE {_COLUMN[table]} IN (:in)", ids)
        self._store.delete("shown_suggestions", [key for key in found if key not in besides])

    @staticmethod
    def shown_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the key of a row of shown_suggestions."""
        return tuple(row[name] for name in _SHOWN_KEY.split(", "))

    def make_way(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Delete what was shown and is about to be written as a row of these keys."""
        condition = " AND ".join(f"{name} = ?" for name in _SHOWN_KEY.split(", "))
        for key in map(self.shown_key, rows):
            self._store.delete_where("shown_suggestions", condition, key)


def _shown_key(item: ShownSuggestion) -> tuple[Any, ...]:
    return item.coder_id, item.document_id, item.code_id, item.span.start, item.span.end


def _suggestion(row: tuple[Any, ...]) -> Suggestion:
    return Suggestion(row[0], row[1], TextSpan(row[2], row[3]), row[4], row[5], SuggestionState(row[6]), *row[7:])


def _suggestion_row(item: Suggestion) -> dict[str, Any]:
    return {
        "id": item.id,
        "document_id": item.document_id,
        "span_start": item.span.start,
        "span_end": item.span.end,
        "code_id": item.code_id,
        "coder_id": item.coder_id,
        "state": item.state.value,
        "score": item.score,
        "rank": item.rank,
        "reason": item.reason,
        "model_version": item.model_version,
        "created_at": item.created_at,
        "decided_at": item.decided_at,
        "coding_id": item.coding_id,
    }
