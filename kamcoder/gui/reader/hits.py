"""Finding typed words in the text of one document."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_COMBINING = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_ALIKE = ("'’‘", '"“”„', "-‑–")  # what keyboards and transcripts write differently


@dataclass(frozen=True, slots=True)
class Hits:
    """Places of what was typed, in the order of the text; positions are code points, or UTF-16 where it is said."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def from_position(self, position: int) -> int:
        """Return the number of the first hit at or behind a position; that of the first of all if there is none."""
        place = bisect_left(self.starts, position)
        return place if place < len(self.starts) else 0

    def between(self, start: int, end: int) -> range:
        """Return the numbers of the hits that share a position with [start, end)."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


def find_hits(text: str, typed: str, *, case: bool = False, whole: bool = False) -> Hits:
    """Return where the typed words stand; between two of them may be any white space, also the end of a paragraph."""
    words = typed.split()
    if not words:
        return Hits()
    pattern = r"\s+".join("".join(map(_character, unicodedata.normalize("NFC", word))) for word in words)
    # A hit never ends between a letter and its marks.
    pattern = rf"{pattern}(?!{_COMBINING})"
    if whole:
        pattern = rf"(?<![\w]){pattern}(?!\w)"
    starts, ends = [], []
    for found in re.finditer(pattern, text, 0 if case else re.IGNORECASE):
        starts.append(found.start())
        ends.append(found.end())
    return Hits(starts, ends)


def _character(character: str) -> str:
    for alike in _ALIKE:
        if character in alike:
            return f"[{re.escape(alike)}]"
    apart = unicodedata.normalize("NFD", character)
    if apart != character:
        return f"(?:{re.escape(character)}|{re.escape(apart)})"
    return re.escape(character)
