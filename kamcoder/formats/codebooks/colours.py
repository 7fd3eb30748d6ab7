"""Colours of codes: a palette of base hues, shades of a hue for the codes below it, and the next one to give.

The base hues set out from the palettes of Okabe and Ito and of Tol ("muted") and were moved, each within 30 degrees of
its hue, until they lie far apart for full colour vision and for the three kinds of dichromacy, while every one keeps a
contrast of 3:1 to a white and to a dark (#1e1f22) page. What the distances come to is asserted in the tests.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kamcoder.formats.codebooks.colour_space import (
    distance,
    linear,
    linear_from_oklab,
    luminance,
    oklab,
    written,
)

_PALETTE = (
    "#145FF0",  # blue
    "#A05F05",  # orange brown
    "#14A564",  # green
    "#D72882",  # raspberry
    "#AF9100",  # mustard
    "#EB41CD",  # magenta
    "#23787D",  # teal
    "#876432",  # umber
    "#9B73FF",  # violet
    "#DC69AF",  # pink
    "#507350",  # moss
    "#5A96E1",  # sky blue
    "#A046A0",  # plum
    "#969641",  # olive
)
_TYPED = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")

# Shades stay legible on both pages: 2:1 to white (luminance 0.475) and to #1e1f22 (luminance 0.078).
_DARKEST, _LIGHTEST = 0.078, 0.475
_LIGHTNESS_STEPS = 20
_CHROMAS = (0.19, 0.12, 0.06)
_TURNS = (0.0, -18.0, 18.0)  # degrees by which a shade may leave its parent's hue
_MOST_SHADES = 24
_GREY = 0.005  # OKLab chroma below which a colour has no hue
_SAME = 0.03  # a colour nearer than this (OKLab) to one that is to be given counts as that one


def palette() -> tuple[str, ...]:
    """Return the base hues as #RRGGBB, in the order in which they are to be given out."""
    return _PALETTE


def parse(text: str) -> str | None:
    """Return a typed colour (#RGB or #RRGGBB, the sign may be missing) as #RRGGBB in capitals; None if it is none."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    digits: str = found[1].upper()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


@lru_cache(maxsize=512)
def shades(colour: str) -> tuple[str, ...]:
    """Return up to 24 shades of a colour's hue, each as far as can be from the colour and the shades before it."""
    gaps = {shade: distance(shade, colour) for shade in _candidates(colour) if shade != colour}
    chosen: list[str] = []
    while gaps and len(chosen) < _MOST_SHADES:
        farthest = max(gaps, key=lambda shade: gaps[shade])
        chosen.append(farthest)
        del gaps[farthest]
        gaps = {shade: min(gap, distance(shade, farthest)) for shade, gap in gaps.items()}
    return tuple(chosen)


class ColourRow:
    """Gives out the colours below one parent: the least used, and of these the first."""

    def __init__(self, taken: Iterable[str] = (), *, parent: str | None = None) -> None:
        self._choices = _top_choices() if parent is None else shades(parent)
        self._used = Counter(_stands_for(colour, self._choices) for colour in taken)

    def take(self) -> str:
        """Return the next colour and count it as used."""
        colour = min(self._choices, key=lambda choice: self._used[choice])
        self._used[colour] += 1
        return colour


def next_colour(siblings: Iterable[str], parent: str | None = None) -> str:
    """Return the colour for one more code beside `siblings` (their colours), below a code coloured `parent`.

    Top-level codes get the base hues, codes below get shades of their parent's hue.
    """
    return ColourRow(siblings, parent=None if parent is None else parse(parent)).take()


@lru_cache(maxsize=1)
def _top_choices() -> tuple[str, ...]:
    further = [shades(colour)[step] for step in range(2) for colour in _PALETTE]
    return tuple(dict.fromkeys((*_PALETTE, *further)))


@lru_cache(maxsize=4096)
def _stands_for(colour: str, choices: tuple[str, ...]) -> str | None:
    typed = parse(colour)
    if typed is None or typed in choices:
        return typed
    nearest = min(choices, key=lambda choice: distance(choice, typed))
    return nearest if distance(nearest, typed) < _SAME else None


def _candidates(colour: str) -> tuple[str, ...]:
    _, a, b = oklab(linear(colour))
    hue = math.atan2(b, a)
    hues = [hue + math.radians(turn) for turn in _TURNS]
    pairs = [(chroma, angle) for chroma in _CHROMAS for angle in hues] if math.hypot(a, b) > _GREY else [(0.0, 0.0)]
    return tuple(dict.fromkeys(shade for chroma, angle in pairs for shade in _row(chroma, angle)))


def _row(chroma: float, hue: float) -> Iterator[str]:
    """Yield colours of one hue from dark to light."""
    # The lightness of a grey is the cube root of its luminance.
    low, high = _DARKEST ** (1 / 3), _LIGHTEST ** (1 / 3)
    for step in range(_LIGHTNESS_STEPS + 1):
        shade = _on_screen(low + (high - low) * step / _LIGHTNESS_STEPS, chroma, hue)
        if _DARKEST <= luminance(shade) <= _LIGHTEST:
            yield shade


def _on_screen(lightness: float, chroma: float, hue: float) -> str:
    """Return a colour as #RRGGBB, its chroma lowered until a screen can show it."""
    while True:
        rgb = linear_from_oklab((lightness, chroma * math.cos(hue), chroma * math.sin(hue)))
        if chroma < _GREY or all(-0.0005 <= part <= 1.0005 for part in rgb):
            return written(rgb)
        chroma *= 0.95
