"""The passages that may be seen, kept up to date row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kamcoder.domain.changes import ChangeSet, Row
from kamcoder.domain.coding import Passage
from kamcoder.services.passages import CodingLine, PassageBook, PassageFilter

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_NAMES = ("codes", "coders", "cases", "participants", "documents", "document_cases", "speakers", "turns")
_VALUES = ("attributes", "attribute_values")
_MANY = 100  # changed codings beyond which all are read anew


class PassageLines:
    """The lines of one coder or of all, by id, with the book they are from."""

    def __init__(self) -> None:
        self.book: PassageBook | None = None
        self.memos: dict[str, str] = {}
        self._coder_id: str | None = None
        self._lines: dict[str, CodingLine] = {}
        self._ordered = True

    def __len__(self) -> int:
        return len(self._lines)

    def load(self, session: Session | None, *, everyone: bool = False) -> None:
        """Read the passages of who codes now, or of all coders."""
        self.book = session.passages.book() if session else None
        # Without anybody who codes, nobody's passages are one's own.
        self._coder_id = None if everyone else session.coder.id if session and session.coder else ""
        lines = self.book.lines() if self.book else []
        own = self._coder_id
        self._lines = {line.id: line for line in lines if own is None or line.coder_id == own}
        self._ordered = True
        self.read_memos()

    def read_memos(self) -> dict[str, str]:
        """Read the memos on passages anew and return them."""
        self.memos = self.book.memos(coder_id=self._coder_id) if self.book else {}
        return self.memos

    def outdated_by(self, change: ChangeSet) -> bool:
        """Tell whether a change touches more than a few rows of codings and memos."""
        return change.touches(*_NAMES, *_VALUES) or sum(1 for _ in change.of("codings")) > _MANY

    def all(self) -> list[CodingLine]:
        """Return all lines in reading order."""
        if not self._ordered and self.book is not None:
            lines = sorted(self._lines.values(), key=self.book.place)
            self._lines = {line.id: line for line in lines}
            self._ordered = True
        return list(self._lines.values())

    def chosen(self, wanted: PassageFilter) -> list[CodingLine]:
        """Return the lines that pass a filter."""
        return self.book.choose(self.all(), wanted) if self.book else []

    def passages(self, lines: Sequence[CodingLine]) -> list[Passage]:
        """Return lines with all that is to be shown of them."""
        return self.book.passages(lines, self.memos) if self.book else []

    def passes(self, line: CodingLine, wanted: PassageFilter, quote: str) -> bool:
        """Tell whether one line, whose text is at hand, passes a filter."""
        if self.book is None or wanted.text.casefold() not in quote.casefold():
            return False
        return bool(self.book.choose([line], replace(wanted, text="")))

    def drop(self, coding_id: str) -> None:
        """Forget a line."""
        self._lines.pop(coding_id, None)

    def take(self, row: Row) -> CodingLine | None:
        """Take a coding over and return its line; None if it may not be seen."""
        line = CodingLine.of(row)
        if self._coder_id is not None and line.coder_id != self._coder_id:
            return None
        self._lines[line.id] = line
        self._ordered = False
        return line
