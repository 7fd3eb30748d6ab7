"""Positions of a text in Qt and in the project: the one place where they are converted.

The project counts Unicode code points; Qt counts UTF-16 units, in which a character beyond the basic plane (most emoji)
takes two.
"""

import re
from bisect import bisect_left

from kamcoder.domain.document import TextSpan

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """The map between code points and UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # One look at the length settles the common case of a text without such characters.
        plain = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._astral = [] if plain else [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [position + pairs for pairs, position in enumerate(self._astral)]

    @property
    def qt_length(self) -> int:
        """Return the length of the text in UTF-16 units."""
        return self.length + len(self._astral)

    def to_qt(self, position: int) -> int:
        """Return the UTF-16 position of a code point position."""
        return position + bisect_left(self._astral, position)

    def all_to_qt(self, positions: list[int]) -> list[int]:
        """Return the UTF-16 positions of many code point positions."""
        astral = self._astral
        return [position + bisect_left(astral, position) for position in positions] if astral else positions

    def to_text(self, position: int) -> int:
        """Return the code point position of a UTF-16 position; one inside a surrogate pair means behind it."""
        pairs = bisect_left(self._units, position)
        if pairs and position == self._units[pairs - 1] + 1:
            return self._astral[pairs - 1] + 1
        return position - pairs

    def span(self, anchor: int, position: int) -> TextSpan | None:
        """Return the span between two UTF-16 positions in either order; None if there is nothing between them."""
        start, end = sorted((self.to_text(anchor), self.to_text(position)))
        return TextSpan(start, end) if start < end else None
