"""How the width of the reader is shared between gutter, text and margin."""

from dataclasses import dataclass

LANE = 10
MOST_LANES = 12
EDGE = 12  # between text and margin
STRIP = 12  # the overview beside the scroll bar

_WIDE_GUTTER, _NARROW_GUTTER, _NUMBERS_ONLY = 164, 120, 48
_WIDE_NAMES, _NARROW_NAMES = 190, 110
_LEAST_COLUMN, _TINY_COLUMN = 400, 300


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in pixels from left to right; `names` is the part of the margin that holds the names of codes."""

    space: int
    gutter: int
    text: int
    lanes: int
    names: int

    @property
    def shown_lanes(self) -> int:
        """Return how many lanes there is room for."""
        return (self.lanes - EDGE) // LANE

    @property
    def left(self) -> int:
        """Return what stands left of the text."""
        return self.space + self.gutter


def columns(available: int, *, ideal: int, lanes: int) -> Columns:
    """Share a width: the text gets up to its ideal, then names and gutter give way, then what is left is split."""
    # Where room is short, brackets beyond the fourth lane are only counted.
    room = (available - _NUMBERS_ONLY - _LEAST_COLUMN - EDGE) // LANE
    strip = EDGE + min(max(lanes, 2), MOST_LANES, max(room, 4)) * LANE
    gutter = _WIDE_GUTTER if available - _WIDE_GUTTER - strip - _NARROW_NAMES >= ideal else _NARROW_GUTTER
    names = min(max(available - gutter - strip - ideal, _NARROW_NAMES), _WIDE_NAMES)
    if available - gutter - strip - names < _LEAST_COLUMN:
        names = 0
    if available - gutter - strip - names < _TINY_COLUMN:
        gutter = _NUMBERS_ONLY
    text = max(min(ideal, available - gutter - strip - names), 120)
    return Columns(max(0, (available - gutter - text - strip - names) // 2), gutter, text, strip, names)
