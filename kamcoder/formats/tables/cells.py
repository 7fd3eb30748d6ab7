"""How wide text is on a terminal, and how it is broken into lines of terminal cells."""

import re
import unicodedata

# Joiners, direction marks and the like take no room. Soft hyphens are the one exception terminals make.
_NO_ROOM = ("Mn", "Me", "Cf")
_SOFT_HYPHEN = "\xad"
# Marks that turn the direction of all that follows would scramble the rest of a line.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_AFTER_SLASH_OR_DASH = re.compile(r"(?<=[/\-–—])(?=\w)")
_ISOLATE, _POP = "\u2068", "\u2069"


def width(text: str) -> int:
    """Return the number of terminal cells of one line: 2 for a wide character, 0 for a mark on another."""
    return len(text) if text.isascii() else sum(map(_width, text))


def one_line(text: str) -> str:
    """Return text on one line, with single spaces and without marks that would turn the rest of the line."""
    return _DIRECTIONS.sub("", " ".join(text.split()))


def isolated(text: str) -> str:
    """Return text so that words written from right to left do not move the columns beside them."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"{_ISOLATE}{text}{_POP}"
    return text


def segments(text: str) -> list[str]:
    """Return the parts between which a line may be broken, spaces left out: words, and words up to a `/` or dash."""
    return [segment for word in text.split() for segment in _AFTER_SLASH_OR_DASH.split(word)]


def wrap(text: str, limit: int) -> list[str]:
    """Break one line of text into lines of at most `limit` cells (at least 2); only longer segments are cut.

    Return one empty line for empty text. A character is never parted from the marks on it.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        glue = " "
        for piece in (piece for segment in _AFTER_SLASH_OR_DASH.split(word) for piece in _pieces(segment, limit)):
            size = width(piece)
            if line and used + len(glue) + size <= limit:
                line, used = f"{line}{glue}{piece}", used + len(glue) + size
            else:
                lines += [line] if line else []
                line, used = piece, size
            glue = ""
    return [*lines, line]


def _pieces(segment: str, limit: int) -> list[str]:
    if width(segment) <= limit:
        return [segment]
    pieces, start, used = [], 0, 0
    for position, character in enumerate(segment):
        size = _width(character)
        if used + size > limit:
            pieces.append(segment[start:position])
            start, used = position, 0
        used += size
    return [*pieces, segment[start:]]


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_ROOM:
        return 1 if character == _SOFT_HYPHEN else 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
