"""Charts as drawings: title above, the counting rule below, the body between, and where every mark came to stand."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from kamcoder.formats.charts.bars import BarsPlan
from kamcoder.formats.charts.heat_map import HeatPlan
from kamcoder.formats.charts.model import PAPER, Bars, Body, Chart, ChartLook, HeatMap, Hit, Tracks
from kamcoder.formats.charts.plan import Box, Plan
from kamcoder.formats.charts.sheet import Sheet, wrapped
from kamcoder.formats.charts.tracks import TracksPlan

_EDGE = 20.0
_TITLE, _RULE = 13.0, 8.0
_NARROWEST = 420.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart; `hits` are its marks in reading order, `width` and `height` its size in points."""

    sheet: Any
    hits: tuple[Hit, ...]
    width: float
    height: float

    def picture(self, kind: str, *, dpi: float = 200) -> bytes:
        """Return it as svg, pdf or png."""
        found: bytes = self.sheet.picture(kind, dpi=dpi)
        return found


def draw(chart: Chart, *, look: ChartLook = PAPER) -> Drawing:
    """Draw a chart."""
    plan = _plan(chart.body, chart, look)
    width = max(plan.width, _NARROWEST)
    title = wrapped(chart.title, width, _TITLE, most=3, bold=True)
    rule = wrapped(chart.rule, width, _RULE, most=8)
    above = len(title) * _TITLE * 1.3 + 10
    full_height = _EDGE + above + plan.height + 12 + len(rule) * _RULE * 1.4 + _EDGE
    full_width = width + 2 * _EDGE
    sheet = Sheet(full_width, full_height, ground=look.ground, title=chart.title)
    for number, line in enumerate(title):
        sheet.text((_EDGE, _EDGE + (number + 0.5) * _TITLE * 1.3), line, _TITLE, look.ink, bold=True)
    boxes = plan.draw(sheet, _EDGE, _EDGE + above)
    top = _EDGE + above + plan.height + 12
    for number, line in enumerate(rule):
        sheet.text((_EDGE, top + (number + 0.5) * _RULE * 1.4), line, _RULE, look.quiet)
    return Drawing(sheet, tuple(_hit(box, full_width, full_height) for box in boxes), full_width, full_height)


def _hit(box: Box, width: float, height: float) -> Hit:
    return Hit(
        box.left / width, box.top / height, (box.left + box.width) / width, (box.top + box.height) / height, box.mark
    )


@singledispatch
def _plan(body: Body, chart: Chart, look: ChartLook) -> Plan:
    raise TypeError(type(body))


@_plan.register
def _(body: HeatMap, chart: Chart, look: ChartLook) -> Plan:
    return HeatPlan(body, chart, look)


@_plan.register
def _(body: Bars, chart: Chart, look: ChartLook) -> Plan:
    return BarsPlan(body, chart, look)


@_plan.register
def _(body: Tracks, chart: Chart, look: ChartLook) -> Plan:
    return TracksPlan(body, chart, look)
