"""Summaries and their links."""

from collections.abc import Sequence

from kamcoder.domain.summary import Summary, mark, with_marks
from kamcoder.storage.database import ProjectStore


class Summaries:
    """Rows of summaries and summary_links; the position of a link is the number of its mark less one."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Summary]:
        """Return all summaries with their links.

        Where two copies gave one number to different passages and were merged, it leads to none rather than to a wrong
        one.
        """
        links: dict[str, list[tuple[int, str]]] = {}
        for summary_id, coding_id, position in self._store.query(
            "SELECT summary_id, min(coding_id), position FROM summary_links GROUP BY summary_id, position"
            " HAVING count(*) = 1 ORDER BY summary_id, position"
        ):
            links.setdefault(summary_id, []).append((position + 1, coding_id))
        rows = self._store.query(
            "SELECT id, case_id, code_id, coder_id, text, draft, created_at, modified_at FROM summaries"
        )
        return [
            Summary(
                id=row[0],
                case_id=row[1],
                code_id=row[2],
                coder_id=row[3],
                text=row[4],
                draft=bool(row[5]),
                created_at=row[6],
                modified_at=row[7],
                links=tuple(key for _, key in links.get(row[0], ())),
                numbers=tuple(number for number, _ in links.get(row[0], ())),
            )
            for row in rows
        ]

    def write(self, summary: Summary) -> None:
        """Write a summary, new or there already, with its links; a link more than once is written once."""
        values = {
            "id": summary.id,
            "case_id": summary.case_id,
            "code_id": summary.code_id,
            "coder_id": summary.coder_id,
            "text": summary.text,
            "draft": int(summary.draft),
            "created_at": summary.created_at,
            "modified_at": summary.modified_at,
        }
        if self._store.one("SELECT 1 FROM summaries WHERE id = ?", [summary.id]):
            self._store.update("summaries", summary.id, **values)
        else:
            self._store.insert("summaries", [values])
        self._write_links(summary)

    def delete(self, summary_ids: Sequence[str]) -> None:
        """Delete summaries with their links."""
        for summary_id in summary_ids:
            self._store.delete_where("summary_links", "summary_id = ?", [summary_id])
        self._store.delete("summaries", summary_ids)

    def take_over(self, duplicate: str, kept: str) -> None:
        """Let links to a coding that goes lead to another; where both are linked, the mark of that one stays."""
        links = self._store.query("SELECT summary_id, position FROM summary_links WHERE coding_id = ?", [duplicate])
        for summary_id, position in links:
            self._store.delete("summary_links", [(summary_id, duplicate)])
            present = self._store.one(
                "SELECT position FROM summary_links WHERE summary_id = ? AND coding_id = ?", [summary_id, kept]
            )
            if present is None:
                row = {"summary_id": summary_id, "coding_id": kept, "position": position}
                self._store.insert("summary_links", [row])
            else:
                self._remark(summary_id, position + 1, present[0] + 1)

    def _remark(self, summary_id: str, before: int, after: int) -> None:
        row = self._store.one("SELECT text FROM summaries WHERE id = ?", [summary_id])
        assert row is not None
        text = with_marks(row[0], lambda number: mark(after if number == before else number))
        self._store.update("summaries", summary_id, text=text)

    def _write_links(self, summary: Summary) -> None:
        # Only what differs is written: a summary is saved many times while it is typed.
        wanted: dict[str, int] = {}
        for number, coding_id in summary.marks.items():
            wanted.setdefault(coding_id, number - 1)
        there = dict(
            self._store.query("SELECT coding_id, position FROM summary_links WHERE summary_id = ?", [summary.id])
        )
        gone = [(summary.id, key) for key, position in there.items() if wanted.get(key) != position]
        self._store.delete("summary_links", gone)
        fresh = [(key, position) for key, position in wanted.items() if there.get(key) != position]
        self._store.insert(
            "summary_links",
            [{"summary_id": summary.id, "coding_id": key, "position": position} for key, position in fresh],
        )
