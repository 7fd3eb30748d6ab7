"""The codings of a project as plain spans for counting, read once and then kept up with every change."""

from bisect import bisect_right
from collections.abc import Iterable
from time import perf_counter

from kamcoder.analysis.axes import CodedSpan
from kamcoder.domain.changes import ChangeSet, Row
from kamcoder.services.collecting import collector_at_rest
from kamcoder.services.editing import Editing

_Voice = tuple[str | None, str | None]
# Reading all rows again is quicker than following more changes than this.
_MOST_CHANGES = 5000


class CodedSpans:
    """All codings as CodedSpan; reading 50,000 takes a fifth of a second, so tables share one copy."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._spans: dict[str, CodedSpan] | None = None
        self._voices: dict[str, tuple[list[int], list[_Voice]]] = {}
        # What is read while not all is: the documents still to come, the last first.
        self._waiting: list[str] | None = None
        self._documents = 0
        self._read: dict[str, CodedSpan] = {}
        editing.subscribe(self._follow)

    def all(self) -> list[CodedSpan]:
        """Return the codings; those of one document come mostly in the order of its text."""
        if self._spans is None:
            self.read_some(float("inf"))
        assert self._spans is not None
        return list(self._spans.values())

    def of(self, coding_ids: Iterable[str]) -> list[CodedSpan]:
        """Return some codings in the order of their ids; those that are gone are left out."""
        if self._spans is None:
            self.read_some(float("inf"))
        spans = self._spans or {}
        return [spans[key] for key in coding_ids if key in spans]

    def read_some(self, seconds: float) -> tuple[int, int]:
        """Read on for about so long; return how many of how many coded documents are read.

        Who speaks where is read first; from the second call on, a document at least is read.
        """
        if self._spans is not None:
            return self._documents, self._documents
        with collector_at_rest():
            return self._read_until(perf_counter() + seconds)

    def _read_until(self, until: float) -> tuple[int, int]:
        codings = self._editing.rows.codings
        if self._waiting is None:
            self._voices = self._editing.rows.documents.voices()
            self._waiting = sorted(codings.counts_by_document(), reverse=True)
            self._documents = len(self._waiting)
            self._read = {}
            if perf_counter() > until:
                return 0, self._documents
        while self._waiting:
            for row in codings.plain(self._waiting.pop()):
                self._read[row[0]] = CodedSpan._make((*row, *self._voice(row[1], row[4])))
            if perf_counter() > until:
                break
        if not self._waiting:
            self._spans, self._read, self._waiting = self._read, {}, None
            return self._documents, self._documents
        return self._documents - len(self._waiting), self._documents

    def _follow(self, change: ChangeSet) -> None:
        if not change.touches("codings", "turns", "speakers", "documents"):
            return
        self._waiting = None
        if self._spans is None:
            return
        if change.touches("turns", "speakers", "documents") or len(change.changes) > _MOST_CHANGES:
            self._spans = None
            return
        for row_change in change.of("codings"):
            if row_change.after is None:
                self._spans.pop(row_change.row["id"], None)
            else:
                self._spans[row_change.row["id"]] = self._span(row_change.after)

    def _span(self, row: Row) -> CodedSpan:
        return CodedSpan(
            id=row["id"],
            document_id=row["document_id"],
            code_id=row["code_id"],
            coder_id=row["coder_id"],
            start=row["span_start"],
            end=row["span_end"],
            origin=row["origin"],
            role=(voice := self._voice(row["document_id"], row["span_start"]))[0],
            participant_id=voice[1],
        )

    def _voice(self, document_id: str, position: int) -> _Voice:
        known = self._voices.get(document_id)
        place = bisect_right(known[0], position) - 1 if known else -1
        return known[1][place] if known and place >= 0 else (None, None)
