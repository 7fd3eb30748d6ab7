"""What every kind of chart has: a size that is known before it is drawn, and marks that came to stand somewhere."""

from typing import NamedTuple, Protocol

from kamcoder.formats.charts.model import Chart, ChartLook, Mark
from kamcoder.formats.charts.sheet import Sheet

LABEL, SMALL = 8.5, 7.5
MOST_LABEL = 190.0


class Box(NamedTuple):
    """Where a mark stands on the sheet, in points."""

    left: float
    top: float
    width: float
    height: float
    mark: Mark


class Plan(Protocol):
    """The body of a chart, laid out."""

    width: float
    height: float

    def draw(self, sheet: Sheet, left: float, top: float) -> list[Box]:
        """Draw it with its upper left corner there, and return its marks in reading order."""


def scale(highest: float, *, most: int = 4) -> list[float]:
    """Return round numbers from 0 to no more than `highest`, for the ticks of an axis."""
    if highest <= 0:
        return [0.0]
    step = 1.0
    while step * 10 <= highest / most:
        step *= 10
    while step / 10 * most >= highest:
        step /= 10
    for times in (1, 2, 5, 10):
        if highest / (step * times) <= most:
            step *= times
            break
    return [number * step for number in range(int(highest / step + 1e-9) + 1)]


def tick(value: float) -> str:
    """Return the words of a tick."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def empty(sheet: Sheet, chart: Chart, look: ChartLook, place: tuple[float, float]) -> list[Box]:
    """Draw what stands where there is nothing to show."""
    sheet.text(place, chart.nothing, LABEL, look.quiet)
    return []
