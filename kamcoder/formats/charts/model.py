"""A chart before it is drawn: its words, its marks, and the codings behind every mark."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell, bar or stretch: its number (None: nothing there), what it tells in words, and the codings behind it."""

    value: float | None
    told: str
    coding_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Numbers in rows and columns, shaded by their size; where `diagonal`, what stands on it is told but not shaded."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Mark, ...], ...]
    diagonal: bool = False

    @property
    def highest(self) -> float:
        """Return the highest number that is shaded."""
        return max(
            (
                mark.value or 0
                for row, line in enumerate(self.cells)
                for column, mark in enumerate(line)
                if not (self.diagonal and row == column)
            ),
            default=0,
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label and colour (#RRGGBB)."""

    label: str
    colour: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars under one heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Panels side by side, all to one scale and with the same bars in the same order."""

    panels: tuple[Panel, ...]

    @property
    def highest(self) -> float:
        """Return the highest number."""
        return max((bar.mark.value or 0 for panel in self.panels for bar in panel.bars), default=0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a lane, from `start` to `end` of the whole (0 to 1)."""

    start: float
    end: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class Lane:
    """What carries one code in one document, in the code's colour."""

    label: str
    colour: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A document from its beginning to its end: a lane for each code, and ticks (place from 0 to 1, words)."""

    title: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Tracks:
    """Documents one below the other."""

    tracks: tuple[Track, ...]


Body = HeatMap | Bars | Tracks


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `title`, `rule` (how it was counted), what its axes tell, and its body.

    `across` and `down` are the words of the axes, `unit` stands behind numbers (such as "%"), `decimals` rounds them.
    `nothing` is what stands there if there is nothing to show.
    """

    title: str
    rule: str
    across: str
    down: str
    body: Body
    nothing: str = ""
    unit: str = ""
    decimals: int = 0

    def number(self, value: float | None) -> str:
        """Return a number as it stands on the chart; nothing for none and for zero."""
        return f"{value:,.{self.decimals}f}" if value else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a mark is on the picture: edges from 0 to 1 of its width and height, counted from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    mark: Mark

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place of the picture lies on the mark."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The colours of a chart: a code's own colour aside, one hue does for all that is shaded."""

    ground: str = "#FFFFFF"
    ink: str = "#1B1F24"
    quiet: str = "#57606A"
    line: str = "#D0D7DE"
    hue: str = "#1D5FBF"


PAPER = ChartLook()
