"""Memos."""

from collections.abc import Sequence

from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.storage.database import ProjectStore


class Memos:
    """Rows of memos."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Memo]:
        """Return all memos, the oldest first."""
        # Of memos written in the same moment, the one written first comes first.
        memos: list[tuple[int, Memo]] = []
        for target in MemoTarget:
            column = _column(target)
            rows = self._store.query(
                f"SELECT rowid, id, {column}, coder_id, title, text, created_at, modified_at FROM memos"
                f" WHERE {column} IS NOT NULL"
            )
            memos += [(row[0], Memo(row[1], target, *row[2:])) for row in rows]
        return [memo for _, memo in sorted(memos, key=lambda item: (item[1].created_at, item[0]))]

    def about(self, target: MemoTarget, target_id: str) -> list[Memo]:
        """Return the memos on one entity, the oldest first."""
        rows = self._store.query(
            "SELECT id, coder_id, title, text, created_at, modified_at FROM memos"
            f" WHERE {_column(target)} = ? ORDER BY created_at, rowid",
            [target_id],
        )
        return [Memo(row[0], target, target_id, *row[1:]) for row in rows]

    def coding_texts(self) -> dict[str, str]:
        """Return the memo text of every coding that has one; several are joined by a line."""
        rows = self._store.query(
            "SELECT coding_id, text FROM memos WHERE coding_id IS NOT NULL ORDER BY created_at, rowid"
        )
        texts: dict[str, str] = {}
        for coding_id, text in rows:
            texts[coding_id] = f"{texts[coding_id]}\n{text}" if coding_id in texts else text
        return texts

    def add(self, memos: Sequence[Memo]) -> None:
        """Write new memos."""
        self._store.insert(
            "memos",
            [
                {
                    "id": memo.id,
                    _column(memo.target): memo.target_id,
                    "coder_id": memo.coder_id,
                    "title": memo.title,
                    "text": memo.text,
                    "created_at": memo.created_at,
                    "modified_at": memo.modified_at,
                }
                for memo in memos
            ],
        )

    def update(self, memo: Memo) -> None:
        """Write a memo that is there."""
        self._store.update("memos", memo.id, title=memo.title, text=memo.text, modified_at=memo.modified_at)

    def delete(self, memo_id: str) -> None:
        """Delete a memo."""
        self._store.delete("memos", [memo_id])


def _column(target: MemoTarget) -> str:
    return f"{target.value}_id"
