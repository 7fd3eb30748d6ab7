"""Portraits of documents: what is coded where, from the beginning to the end, in a lane for each code."""

from kamcoder.formats.charts.model import Chart, ChartLook, Track, Tracks
from kamcoder.formats.charts.plan import LABEL, MOST_LABEL, SMALL, Box, empty
from kamcoder.formats.charts.sheet import Sheet, fitted, length

_LENGTH = 620.0
_THINNEST = 1.6  # points, so that a word coded in a long text is seen
_ROOMY, _TIGHT = 18.0, 11.5
_FEW = 2  # documents up to which lanes are roomy
_ABOVE, _BELOW = 20.0, 8.0
_AXIS = 26.0


class TracksPlan:
    """Documents one below the other, laid out."""

    def __init__(self, body: Tracks, chart: Chart, look: ChartLook) -> None:
        self._body, self._chart, self._look = body, chart, look
        labels = [lane.label for track in body.tracks for lane in track.lanes]
        roomy = len(body.tracks) <= _FEW
        self._size = LABEL if roomy else SMALL
        self._lane = _ROOMY if roomy else _TIGHT
        self._labels = min(max((length(label, self._size) for label in labels), default=0), MOST_LABEL) + 10
        self.width = self._labels + _LENGTH
        self.height = sum(self._height(track) for track in body.tracks) + LABEL * 2
        if not labels:
            self.height = 3 * LABEL

    def draw(self, sheet: Sheet, left: float, top: float) -> list[Box]:
        """Draw the documents and return their stretches."""
        boxes: list[Box] = []
        if not any(track.lanes for track in self._body.tracks):
            return empty(sheet, self._chart, self._look, (left, top + LABEL))
        sheet.text((left, top + SMALL * 0.6), fitted(self._chart.down, self.width, SMALL), SMALL, self._look.quiet)
        top += SMALL * 1.2
        for track in self._body.tracks:
            boxes += self._draw_track(sheet, track, left, top)
            top += self._height(track)
        place = (left + self._labels, top)
        sheet.text(place, fitted(self._chart.across, _LENGTH, SMALL), SMALL, self._look.quiet)
        return boxes

    def _height(self, track: Track) -> float:
        return _ABOVE + len(track.lanes) * self._lane + (_AXIS if any(words for _, words in track.ticks) else _BELOW)

    def _draw_track(self, sheet: Sheet, track: Track, left: float, top: float) -> list[Box]:
        look, start = self._look, left + self._labels
        title = fitted(track.title, self.width, LABEL, bold=True)
        sheet.text((left, top + LABEL), title, LABEL, look.ink, bold=True)
        first = top + _ABOVE
        bottom = first + len(track.lanes) * self._lane
        for share, words in track.ticks:
            place = start + share * _LENGTH
            sheet.line((place, first), (place, bottom + 3), look.line)
            sheet.text((place, bottom + 3 + SMALL), words, SMALL, look.quiet, align="center")
        boxes: list[Box] = []
        for number, lane in enumerate(track.lanes):
            middle = first + (number + 0.5) * self._lane
            sheet.text((left, middle), fitted(lane.label, self._labels - 10, self._size), self._size, look.ink)
            sheet.line((start, middle), (start + _LENGTH, middle), look.line)
            tall = self._lane * 0.68
            found = [
                Box(
                    start + stretch.start * _LENGTH,
                    middle - tall / 2,
                    max((stretch.end - stretch.start) * _LENGTH, _THINNEST),
                    tall,
                    stretch.mark,
                )
                for stretch in lane.stretches
            ]
            if found:
                sheet.boxes([box[:4] for box in found], [lane.colour] * len(found), edge=look.quiet)
            boxes += found
        return boxes
