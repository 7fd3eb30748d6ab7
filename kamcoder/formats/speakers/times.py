"""Times as transcripts write them: `0:15`, `00:03:40.5`, `[1:02:03]`, `(0:15)`, `<00:15>`, `#00:00:05-3#`.

Hours are optional; without them the minutes may exceed 59. A bracket may hold a span (`[0:15 - 0:40]`), whose start
counts. Which of them are apparatus and which are speech is decided here only for times inside brackets.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_GAP = r"\s{0,3}"
CLOCK = r"(?:\d{1,2}:[0-5]\d:[0-5]\d|\d{1,3}:[0-5]\d)(?:[.,]\d{1,3})?(?![\d:])"
_FROM_TO = rf"{CLOCK}(?:-\d)?(?:{_GAP}(?:-->|->|to|[-–—]){_GAP}{CLOCK})?"
_STAMP = rf"{_GAP}{_FROM_TO}{_GAP}"
BRACKETED = rf"(?:\[{_STAMP}\]|\({_STAMP}\)|<{_STAMP}>|\#{_STAMP}\#)"

_HEAD = re.compile(rf"{BRACKETED}|{_FROM_TO}")
_WHOLE = re.compile(rf"\s*(?:{BRACKETED}|{_FROM_TO})\s*\Z")
_INSIDE = re.compile(BRACKETED)
_FIRST = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,3})|-(\d)(?!\d))?")

# A bracketed time that stands fewer times than this in a file is something that was said or noted, not a time stamp.
_REGULAR = 3


def seconds(text: str) -> float | None:
    """Return the first time in `text` as seconds, or None if it holds none."""
    found = _FIRST.search(text)
    if found is None:
        return None
    hours, minutes, whole, fraction, tenth = found.groups()
    value = int(hours or 0) * 3600 + int(minutes) * 60 + int(whole)
    part = fraction or tenth
    return round(value + int(part) / 10 ** len(part), 3) if part else float(value)


def time_at(text: str, position: int) -> tuple[float | None, int]:
    """Return the time that stands at `position` of `text` and where it ends; None and `position` if there is none."""
    if position >= len(text) or not (text[position].isdecimal() or text[position] in "[(<#"):
        return None, position
    found = _HEAD.match(text, position)
    return (seconds(found.group()), found.end()) if found else (None, position)


def is_time(text: str) -> bool:
    """Tell whether `text` is nothing but a time or a span of time."""
    return len(text) < 60 and _WHOLE.match(text) is not None


@dataclass(frozen=True, slots=True)
class TimeStamps:
    """The kinds of brackets (by their opening character) whose times are time stamps throughout a file."""

    brackets: frozenset[str]

    @staticmethod
    def in_use(texts: Iterable[str]) -> "TimeStamps":
        """Find the kinds that `texts` use regularly; a time between number signs is always a stamp."""
        counts = Counter(match.group()[0] for text in texts if ":" in text for match in _INSIDE.finditer(text))
        return TimeStamps(frozenset(kind for kind, count in counts.items() if count >= _REGULAR or kind == "#"))

    def take_out(self, text: str) -> tuple[str, list[float]]:
        """Return `text` without its time stamps (and one of two spaces around each), and their times in order."""
        if not self.brackets or ":" not in text:
            return text, []
        kept: list[str] = []
        times: list[float] = []
        position = 0
        for match in _INSIDE.finditer(text):
            value = seconds(match.group())
            if match.group()[0] not in self.brackets or value is None:
                continue
            times.append(value)
            kept.append(text[position : match.start()])
            position = match.end()
            spaced = not kept[-1] or kept[-1][-1].isspace()
            if spaced and position < len(text) and text[position].isspace():
                position += 1
        if not times:
            return text, []
        return "".join((*kept, text[position:])).strip(), times
