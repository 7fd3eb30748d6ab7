"""Heat maps: numbers in cells, shaded by their size in one hue."""

from kamcoder.formats.charts.colours import contrast, mixed
from kamcoder.formats.charts.model import Chart, ChartLook, HeatMap, Mark
from kamcoder.formats.charts.plan import LABEL, MOST_LABEL, SMALL, Box, empty
from kamcoder.formats.charts.sheet import Sheet, fitted, length, wrapped

_LEAST, _MOST = 0.07, 0.80  # how much of the hue is in the lightest cell, and at most in the darkest
_READABLE = 4.6  # contrast of a number to its ground
_WIDE, _NARROW, _TALL, _LOW = 54.0, 34.0, 24.0, 17.0
_CROWDED = 14  # columns from which on cells are narrow and headings upright
_FEW, _WIDEST = 10, 96.0
_MANY = 30  # rows from which on they are low
_TALLEST = 150.0
_KEY = 26.0


class HeatPlan:
    """A heat map, laid out."""

    def __init__(self, body: HeatMap, chart: Chart, look: ChartLook) -> None:
        self._body, self._chart, self._look = body, chart, look
        self._most = _MOST
        while self._most > _LEAST and contrast(look.ink, mixed(look.ground, look.hue, self._most)) < _READABLE:
            self._most -= 0.02
        longest = max((len(chart.number(mark.value)) for line in body.cells for mark in line), default=1)
        word = max((length(word, SMALL) for label in body.columns for word in label.split()), default=0.0)
        usual = _NARROW if len(body.columns) >= _CROWDED else _WIDE
        # A few columns are so wide that their headings can lie.
        wanted = word + 8 if len(body.columns) <= _FEW and word + 8 <= _WIDEST else usual
        self._cell = max(usual, wanted, longest * LABEL * 0.7 + 6)
        self._row = _LOW if len(body.rows) >= _MANY else _TALL
        widest = max((length(label, LABEL) for label in (*body.rows, chart.down)), default=0)
        self._labels = min(widest, MOST_LABEL) + 10
        self._heads = [wrapped(label, self._cell - 4, SMALL, most=4) for label in body.columns]
        self._upright = len(body.columns) >= _CROWDED or word > self._cell - 4
        if self._upright:
            tallest = max((length(label, LABEL) for label in body.columns), default=0)
            self._head = min(tallest, _TALLEST) + 8
        else:
            self._head = max((len(lines) for lines in self._heads), default=1) * SMALL * 1.25 + 8
        self._above = self._head + LABEL * 1.6
        self.width = self._labels + len(body.columns) * self._cell
        self.height = self._above + len(body.rows) * self._row + _KEY
        if not self._filled:
            self.height = 3 * LABEL

    @property
    def _filled(self) -> bool:
        return bool(self._body.rows and self._body.columns)

    def draw(self, sheet: Sheet, left: float, top: float) -> list[Box]:
        """Draw it and return its cells, row by row."""
        if not self._filled:
            return empty(sheet, self._chart, self._look, (left, top + LABEL))
        body, look = self._body, self._look
        start, first = left + self._labels, top + self._above
        sheet.text((start, top + LABEL * 0.7), fitted(self._chart.across, 300, SMALL), SMALL, look.quiet)
        sheet.text((left, first - SMALL), fitted(self._chart.down, self._labels - 8, SMALL), SMALL, look.quiet)
        self._draw_heads(sheet, start, first)
        for row, label in enumerate(body.rows):
            middle = first + (row + 0.5) * self._row
            sheet.text((left, middle), fitted(label, self._labels - 10, LABEL), LABEL, look.ink)
        boxes = [
            Box(start + column * self._cell, first + row * self._row, self._cell, self._row, mark)
            for row, line in enumerate(body.cells)
            for column, mark in enumerate(line)
        ]
        grounds = [
            self._ground(mark, own=body.diagonal and row == column)
            for row, line in enumerate(body.cells)
            for column, mark in enumerate(line)
        ]
        sheet.boxes([box[:4] for box in boxes], grounds, edge=look.line)
        for box in boxes:
            told = self._chart.number(box.mark.value)
            if told:
                place = (box.left + box.width / 2, box.top + box.height / 2)
                sheet.text(place, told, LABEL, look.ink, align="center")
        self._draw_key(sheet, start, first + len(body.rows) * self._row + 10)
        return boxes

    def _draw_heads(self, sheet: Sheet, start: float, first: float) -> None:
        for column, lines in enumerate(self._heads):
            middle = start + (column + 0.5) * self._cell
            if self._upright:
                words = fitted(self._body.columns[column], self._head - 8, LABEL)
                sheet.text((middle, first - 4), words, LABEL, self._look.ink, upright=True)
                continue
            for number, line in enumerate(reversed(lines)):
                place = (middle, first - 5 - (number + 0.5) * SMALL * 1.25)
                sheet.text(place, line, SMALL, self._look.ink, align="center")

    def _draw_key(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw what the shades mean: from the least to the highest number."""
        highest = self._body.highest
        if highest <= 0:
            return
        steps, look = 5, self._look
        parts = [step / steps for step in range(1, steps + 1)]
        edges = [(left + number * 14, top, 14.0, 8.0) for number in range(steps)]
        sheet.boxes(edges, [self._shade(part) for part in parts], edge=look.line)
        told = f"{self._chart.number(highest)}{f' {self._chart.unit}' if self._chart.unit else ''}"
        sheet.text((left + steps * 14 + 5, top + 4), told, SMALL, look.quiet)

    def _ground(self, mark: Mark, *, own: bool) -> str:
        highest = self._body.highest
        if not mark.value or highest <= 0:
            return self._look.ground
        if own:
            return mixed(self._look.ground, self._look.quiet, 0.16)
        return self._shade(min(mark.value / highest, 1))

    def _shade(self, part: float) -> str:
        return mixed(self._look.ground, self._look.hue, _LEAST + (self._most - _LEAST) * part)
