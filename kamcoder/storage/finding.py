"""Full-text search in pieces of fifty turns, so that whoever waits gets the first hits at once."""

from kamcoder.domain.document import TextSpan
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.documents import TurnHit, _marked, _match_expression

_MARKS = ("\x02", "\x03")
_TURNS = 50


class TurnIndex:
    """The index of words of all turns."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def pieces(self) -> dict[str, list[tuple[int, int]]]:
        """Return for each document the stretches [first, last] of turn numbers to search one after the other."""
        rows = self._store.query("SELECT document_id, min(number), max(number) FROM turns GROUP BY document_id")
        return {
            document_id: [(low, min(low + _TURNS - 1, last)) for low in range(first, last + 1, _TURNS)]
            for document_id, first, last in rows
        }

    def search(self, query: str, document_id: str, piece: tuple[int, int]) -> list[TurnHit]:
        """Return the turns of one piece of a document that hold all words of the query, in the order of the text."""
        expression = _match_expression(query)
        if not expression:
            return []
        rows = self._store.query(
            "SELECT t.document_id, t.id, t.span_start, t.span_end, t.text, highlight(turn_search, 0, ?, ?)"
            " FROM turn_search s JOIN turns t ON t.number = s.rowid"
            " WHERE turn_search MATCH ? AND s.rowid BETWEEN ? AND ? AND t.document_id = ?",
            [*_MARKS, expression, *piece, document_id],
        )
        hits = [TurnHit(row[0], row[1], TextSpan(row[2], row[3]), row[4], _marked(row[5])) for row in rows]
        return sorted(hits, key=lambda hit: hit.span)
