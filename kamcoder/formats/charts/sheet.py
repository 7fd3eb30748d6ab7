"""A sheet that charts are drawn on, in points from the top left. The only place that knows matplotlib.

Figures are made and written without pyplot, so that nothing is global and charts can be drawn beside the window. The
same drawing gives the same bytes: no dates, no random names.
"""

import io
from functools import lru_cache
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from kamcoder.formats.tables.grid import printable

POINTS: Final = 72
_FAMILY: Final = "DejaVu Sans"
_MISSING = "\u25a1"
_MOST_PIXELS, _LONGEST = 40_000_000, 32_000
_SETTINGS: Any = {
    "svg.hashsalt": "kamcoder",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": False,
    # Letters as wide on the screen as on paper, or what was fitted would run over.
    "text.hinting": "none",
}
_WRITERS: dict[str, tuple[Any, dict[str, None]]] = {
    "svg": (FigureCanvasSVG, {"Date": None}),
    "pdf": (FigureCanvasPdf, {"CreationDate": None, "ModDate": None}),
    "png": (FigureCanvasAgg, {"Software": None}),
}


class Sheet:
    """One drawing; what is drawn later covers what was drawn before."""

    def __init__(self, width: float, height: float, *, ground: str, title: str) -> None:
        self.width, self.height = width, height
        self._title = printable(title)
        self._figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS, facecolor=ground)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._order = 1.0

    def boxes(self, edges: list[tuple[float, float, float, float]], fills: list[str], *, edge: str = "none") -> None:
        """Draw rectangles (left, top, width, height)."""
        patches = [Rectangle((left, top), width, height) for left, top, width, height in edges]
        drawn = PatchCollection(
            patches, facecolors=fills, edgecolors=edge, linewidths=0.5 if edge != "none" else 0, zorder=self._next()
        )
        self._axes.add_collection(drawn, autolim=False)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, *, width: float = 0.6) -> None:
        """Draw a straight line."""
        drawn = Line2D([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=width, zorder=self._next())
        self._axes.add_line(drawn)

    def text(
        self,
        place: tuple[float, float],
        words: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        align: str = "left",
        upright: bool = False,
    ) -> None:
        """Write one line centred on the height of `place`; `upright` words are read from bottom to top."""
        self._axes.text(
            *place,
            drawable(words),
            size=size,
            color=colour,
            family=_FAMILY,
            weight="bold" if bold else "normal",
            horizontalalignment="center" if upright else align,
            verticalalignment="bottom" if upright else "center_baseline",
            rotation=90 if upright else 0,
            parse_math=False,
            zorder=self._next(),
        )

    def picture(self, kind: str, *, dpi: float = 200) -> bytes:
        """Return the drawing as svg, pdf or png; a large png gets fewer dots so that every machine can show it."""
        canvas, metadata = _WRITERS[kind]
        buffer = io.BytesIO()
        told: dict[str, str | None] = {**metadata}
        if kind != "png":
            told |= {"Title": self._title, "Creator": "KamCoder"}
        most = (_MOST_PIXELS / (self.width * self.height)) ** 0.5 * POINTS
        dots = min(dpi, most, _LONGEST / max(self.width, self.height) * POINTS)
        with rc_context(_SETTINGS):
            draw = getattr(canvas(self._figure), f"print_{kind}")
            self._figure.set_dpi(dots if kind == "png" else POINTS)
            draw(buffer, metadata=told)
        return buffer.getvalue()

    def _next(self) -> float:
        self._order += 1
        return self._order


def length(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line is, in points."""
    return _length(drawable(words), bold) * size / 10


def fitted(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return words cut with an ellipsis to what finds room on one line."""
    words = " ".join(printable(words).split())
    if length(words, size, bold=bold) <= room + 0.01:
        return words
    low, high = 0, min(len(words), 400)
    while low < high:
        middle = (low + high + 1) // 2
        if length(f"{words[:middle].rstrip()}…", size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{words[:low].rstrip()}…"


def wrapped(words: str, room: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Return words broken into at most so many lines; what is left over is cut with an ellipsis."""
    left = " ".join(printable(words).split()).split(" ")
    lines: list[str] = []
    while left and len(lines) < most - 1:
        taken = 1
        while taken < len(left) and length(" ".join(left[: taken + 1]), size, bold=bold) <= room:
            taken += 1
        lines.append(fitted(" ".join(left[:taken]), room, size, bold=bold))
        left = left[taken:]
    return [*lines, fitted(" ".join(left), room, size, bold=bold)] if left else lines


def drawable(words: str) -> str:
    """Return one line with a square for every sign that the font has no picture of."""
    text = " ".join(printable(words).split())
    return text if text.isascii() else "".join(sign if _known(ord(sign)) else _MISSING for sign in text)


@lru_cache(maxsize=20_000)
def _length(words: str, bold: bool) -> float:
    if not words:
        return 0.0
    font = FontProperties(family=_FAMILY, weight="bold" if bold else "normal", size=10)
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


@lru_cache(maxsize=4_000)
def _known(code: int) -> bool:
    return bool(get_font(findfont(FontProperties(family=_FAMILY))).get_char_index(code))
