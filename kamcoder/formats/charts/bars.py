"""Bars: panels beside each other, one for each group, all to one scale."""

from kamcoder.formats.charts.model import Bars, Chart, ChartLook
from kamcoder.formats.charts.plan import LABEL, MOST_LABEL, SMALL, Box, empty, scale, tick
from kamcoder.formats.charts.sheet import Sheet, fitted, length

_BAR, _ROW = 11.0, 17.0
_WIDTH = 150.0  # of the longest bar
_NUMBER = 30.0  # room for the number behind it
_GAP = 18.0
_ACROSS = 4  # panels in a row
_AXIS = 30.0


class BarsPlan:
    """Panels of bars, laid out."""

    def __init__(self, body: Bars, chart: Chart, look: ChartLook) -> None:
        self._body, self._chart, self._look = body, chart, look
        panels = body.panels
        self._labels = min(
            max((length(bar.label, LABEL) for panel in panels for bar in panel.bars), default=0), MOST_LABEL
        )
        self._rows = max((len(panel.bars) for panel in panels), default=0)
        self._across = min(len(panels), _ACROSS)
        self._panel = _WIDTH + _NUMBER + _GAP
        self._block = LABEL * 2 + self._rows * _ROW + _AXIS
        lines = -(-len(panels) // _ACROSS)
        self.width = self._labels + 10 + self._across * self._panel
        self.height = lines * self._block + SMALL * 1.4
        if not self._filled:
            self.height = 3 * LABEL

    @property
    def _filled(self) -> bool:
        return bool(self._body.panels) and self._rows > 0

    def draw(self, sheet: Sheet, left: float, top: float) -> list[Box]:
        """Draw the panels and return their bars."""
        if not self._filled:
            return empty(sheet, self._chart, self._look, (left, top + LABEL))
        sheet.text((left, top + SMALL * 0.6), fitted(self._chart.down, self.width, SMALL), SMALL, self._look.quiet)
        top += SMALL * 1.4
        boxes: list[Box] = []
        for number, _ in enumerate(self._body.panels):
            line, place = divmod(number, _ACROSS)
            above = top + line * self._block
            start = left + self._labels + 10 + place * self._panel
            if place == 0:
                self._draw_labels(sheet, number, left, above + LABEL * 2)
            boxes += self._draw_panel(sheet, number, start, above)
        return boxes

    def _draw_labels(self, sheet: Sheet, number: int, left: float, top: float) -> None:
        for row, bar in enumerate(self._body.panels[number].bars):
            words = fitted(bar.label, self._labels, LABEL)
            place = (left + self._labels, top + (row + 0.5) * _ROW)
            sheet.text(place, words, LABEL, self._look.ink, align="right")

    def _draw_panel(self, sheet: Sheet, number: int, left: float, top: float) -> list[Box]:
        panel, look, chart = self._body.panels[number], self._look, self._chart
        title = fitted(panel.title, self._panel - _GAP, LABEL, bold=True)
        sheet.text((left, top + LABEL), title, LABEL, look.ink, bold=True)
        first = top + LABEL * 2
        bottom = first + len(panel.bars) * _ROW
        highest = self._body.highest or 1
        for value in scale(highest):
            place = left + value / highest * _WIDTH
            sheet.line((place, first), (place, bottom), look.line)
            sheet.text((place, bottom + SMALL), tick(value), SMALL, look.quiet, align="center")
        words = f"{chart.across} ({chart.unit})" if chart.unit else chart.across
        sheet.text((left, bottom + SMALL * 2.3), fitted(words, self._panel - _GAP, SMALL), SMALL, look.quiet)
        sheet.line((left, first), (left, bottom), look.ink, width=0.8)
        boxes = []
        for row, bar in enumerate(panel.bars):
            across = (bar.mark.value or 0) / highest * _WIDTH
            above = first + row * _ROW + (_ROW - _BAR) / 2
            if across:
                sheet.boxes([(left, above, across, _BAR)], [bar.colour], edge=look.quiet)
            told = chart.number(bar.mark.value)
            sheet.text((left + across + 4, above + _BAR / 2), told, SMALL, look.ink)
            # A short bar is as easily hit as a long one.
            boxes.append(Box(left, above - 2, max(across, 12.0), _BAR + 4, bar.mark))
        return boxes
