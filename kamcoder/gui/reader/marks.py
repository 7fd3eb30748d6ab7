"""Codings as the reader shows them: where they are in Qt's positions, which lane they run in, found by place fast.

A document may have twenty thousand of them, of which a few dozen are in sight: they are kept as bare lines, and a Mark
is made of one when it is first asked for. Nor need all be read before the first screen is painted: they come in pieces
in the order of the text, and whoever asks for a place or for all of them makes those come that are still missing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from operator import itemgetter

from PySide6.QtCore import Qt

from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.reader.columns import MOST_LANES

#: id, start and end in code points, code, coder, origin, time of making
Line = tuple[str, int, int, str, str, str, str]

_BUCKET = 10  # bits: buckets of 1,024 positions
# Two codings that end and start on the same line would touch in the margin: a lane is free again a line later.
_GAP = 120


@dataclass(slots=True, eq=False)
class Mark:
    """A coding in the reader; `start` and `end` are UTF-16 positions, `own` tells solid from hatched."""

    id: str
    code_id: str
    start: int
    end: int
    own: bool
    lane: int
    coding: Coding


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How a mark is drawn where it means more than whose it is: what fills it, its bracket, and what its name says.

    `sign` stands before the name of the code and `within` behind it; one that is not `named` has no name beside it.
    """

    brush: Qt.BrushStyle
    dashes: tuple[float, ...]
    thick: float
    sign: str
    within: str
    named: bool


class Marks:
    """The codings of one document, by id and by place, each in a lane that stays its own.

    Those with some codes only may be shown: the others keep their lanes, so that nothing moves when codes come and go.
    """

    def __init__(self, offsets: Offsets, *, text: str = "", document_id: str = "") -> None:
        self._offsets = offsets
        self._text = text
        self._document_id = document_id
        self._own_id: str | None = None
        self._more: Iterator[Iterable[Line]] | None = None
        self._packing = _Packing()
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lanes: list[int] = []
        self._places: dict[str, int] = {}
        self._buckets: defaultdict[int, list[int]] = defaultdict(list)
        self._made: dict[int, Mark] = {}
        self._order: list[int] | None = None
        self._codes: frozenset[str] | None = None
        self._numbers: Counter[str] = Counter()  # of codings by code
        self.lanes = 0
        #: Who has lanes of their own: coder, first lane, number of lanes.
        self.shares: list[tuple[str, int, int]] = []

    def __len__(self) -> int:
        return len(self._places) - self.hidden

    def __iter__(self) -> Iterator[Mark]:
        self.finish()
        return map(self._mark, self._shown(self._places.values()))

    @property
    def hidden(self) -> int:
        """Return how many are not shown for their code."""
        codes = self._codes
        return 0 if codes is None else sum(count for code, count in self._numbers.items() if code not in codes)

    def show_codes(self, codes: frozenset[str] | None) -> None:
        """Show those with these codes only, all for None."""
        self._codes, self._order = codes, None

    def get(self, coding_id: str) -> Mark | None:
        """Return the mark of a coding if it is shown."""
        if coding_id and coding_id not in self._places:
            self.finish()
        place = self._places.get(coding_id)
        return next(map(self._mark, self._shown(() if place is None else (place,))), None)

    def load(self, pieces: Iterable[Iterable[Line]], own_id: str | None) -> None:
        """Show these codings and no others, in as few lanes as they fit in; one coder's are “own”.

        Each piece lies behind the one before it; those that are not needed at once are taken by `pull`.
        """
        self._own_id = own_id
        self._packing = _Packing()
        self._lines, self._starts, self._ends, self._lanes = [], [], [], []
        self._places, self._buckets, self._made, self._order = {}, defaultdict(list), {}, None
        self._numbers = Counter()
        self._more = iter(pieces)
        if self.pull() and self.pull():
            # How deep the rest lies is not known yet: the text shall not be wrapped anew when it comes.
            self.lanes = max(self.lanes, MOST_LANES)

    @property
    def complete(self) -> bool:
        """Tell whether all codings are there."""
        return self._more is None

    def pull(self) -> bool:
        """Take in the next of the codings that are still to come; tell whether there were any."""
        lines = next(self._more, None) if self._more is not None else None
        if lines is None:
            self._more = None
            return False
        self._append(_sorted(lines))
        return True

    def finish(self) -> None:
        """Take in all that are still to come."""
        while self.pull():
            pass

    def load_apart(self, lines: Iterable[Line], coder_ids: Sequence[str]) -> None:
        """Show these codings and no others, each coder's in lanes of their own; `shares` tells which, in this order."""
        self.load([lines], None)
        self.finish()
        first, self.shares = 0, []
        for coder_id in coder_ids:
            places = [place for place, line in enumerate(self._lines) if line[4] == coder_id]
            packing = _Packing()
            lanes = packing.lanes_of([self._starts[place] for place in places], [self._ends[place] for place in places])
            for place, lane in zip(places, lanes, strict=True):
                self._lanes[place] = first + lane
            self.shares.append((coder_id, first, max(packing.count, 1)))
            first += max(packing.count, 1)
        self.lanes = max(self.lanes, first)

    def add(self, coding: Coding) -> Mark:
        """Show one more coding, in the lowest lane that is free beside it; the others stay where they are."""
        span = coding.span
        start, end = self._offsets.to_qt(span.start), self._offsets.to_qt(span.end)
        self._reach(end + _GAP)
        if coding.id in self._places:  # it was among those that came just now
            return self._mark(self._places[coding.id])
        taken = {self._lanes[place] for place in self._over(start - _GAP, end + _GAP)}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        self.lanes = max(self.lanes, lane + 1)
        place = len(self._lines)
        self._lines.append(
            (coding.id, span.start, span.end, coding.code_id, coding.coder_id, coding.origin, coding.created_at)
        )
        self._starts.append(start)
        self._ends.append(end)
        self._lanes.append(lane)
        self._places[coding.id] = place
        self._numbers[coding.code_id] += 1
        for bucket in _buckets(start, end):
            self._buckets[bucket].append(place)
        self._order = None
        return self._mark(place)

    def remove(self, coding_id: str) -> Mark | None:
        """Forget a coding; return what it was, also if it was not shown for its code."""
        if coding_id not in self._places:
            self.finish()
        place = self._places.get(coding_id)
        if place is None:
            return None
        mark = self._mark(place)
        del self._places[coding_id]
        self._numbers[mark.code_id] -= 1
        for bucket in _buckets(mark.start, mark.end):
            self._buckets[bucket].remove(place)
        self._order = None
        return mark

    def overlapping(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share a position with [start, end), in the order of the text, the longer first."""
        found = list(map(self._mark, self._shown(self._over(start, end))))
        found.sort(key=order)
        return found

    def at(self, position: int) -> list[Mark]:
        """Return the marks over the character at a position, the shortest first."""
        found = self.overlapping(position, position + 1)
        found.sort(key=lambda mark: (mark.end - mark.start, mark.start, mark.id))
        return found

    def ordered(self) -> list[Mark]:
        """Return all marks in the order of the text."""
        return sorted(self, key=order)

    def with_code(self, code_id: str) -> list[Mark]:
        """Return the marks of one code in the order of the text."""
        self.finish()
        places = [place for place in self._shown(self._places.values()) if self._lines[place][3] == code_id]
        return sorted(map(self._mark, places), key=order)

    def neighbour(self, coding_id: str, position: int, by: int) -> Mark | None:
        """Return the mark behind (1) or before (-1) a coding in the order of the text, or a position if it is none."""
        self.finish()
        if self._order is None:
            starts, ends, lines = self._starts, self._ends, self._lines
            shown = self._shown(self._places.values())
            self._order = sorted(shown, key=lambda place: (starts[place], -ends[place], lines[place][0]))
        order = self._order
        if self.get(coding_id) is not None:
            number = order.index(self._places[coding_id]) + by
        else:
            before = sum(self._starts[place] < position for place in order)
            number = before if by > 0 else before - 1
        return self._mark(order[number]) if 0 <= number < len(order) else None

    def strokes(self, first: int, last: int, *, lanes: int) -> Iterator[tuple[int, int, int, str]]:
        """Yield (start, end, lane, code) of those from number `first` to `last` in the first lanes, making no marks."""
        places, lines, own = self._places, self._lines, self._lanes
        for place in self._shown(range(first, min(last, len(lines)))):
            if own[place] < lanes and places.get(lines[place][0]) == place:
                yield self._starts[place], self._ends[place], own[place], lines[place][3]

    @property
    def numbered(self) -> int:
        """Return how many numbers have been given so far to codings, also to those that are gone again."""
        return len(self._lines)

    # -- inside --------------------------------------------------------------------------------------------------

    def _append(self, lines: list[Line]) -> None:
        number = len(self._lines)
        starts = self._offsets.all_to_qt([line[1] for line in lines])
        ends = self._offsets.all_to_qt([line[2] for line in lines])
        self._lines += lines
        self._starts += starts
        self._ends += ends
        self._lanes += self._packing.lanes_of(starts, ends)
        # The room beside the text only grows: hiding a few codings is no reason to wrap the text anew.
        self.lanes = max(self.lanes, self._packing.count)
        self._places.update({line[0]: place for place, line in enumerate(lines, number)})
        self._numbers.update(line[3] for line in lines)
        self._order = None
        buckets = self._buckets
        for place, (start, end) in enumerate(zip(starts, ends, strict=True), number):
            first, last = start >> _BUCKET, (end - 1) >> _BUCKET
            buckets[first].append(place)
            for bucket in range(first + 1, last + 1):
                buckets[bucket].append(place)

    def _reach(self, position: int) -> None:
        """Take in what begins before a UTF-16 position."""
        while self._more is not None and (not self._starts or self._packing.reached < position):
            self.pull()

    def _shown(self, places: Iterable[int]) -> Iterable[int]:
        codes, lines = self._codes, self._lines
        return places if codes is None else (place for place in places if lines[place][3] in codes)

    def _over(self, start: int, end: int) -> Iterator[int]:
        self._reach(end)
        found: Iterable[int]
        buckets = _buckets(max(start, 0), max(end, 1))
        if len(buckets) == 1:
            found = self._buckets.get(buckets[0], ())
        else:
            found = {place for bucket in buckets for place in self._buckets.get(bucket, ())}
        starts, ends = self._starts, self._ends
        return (place for place in found if starts[place] < end and start < ends[place])

    def _mark(self, place: int) -> Mark:
        mark = self._made.get(place)
        if mark is None:
            coding_id, start, end, code_id, coder_id, origin, created_at = self._lines[place]
            mark = self._made[place] = Mark(
                id=coding_id,
                code_id=code_id,
                start=self._starts[place],
                end=self._ends[place],
                own=coder_id == self._own_id,
                lane=self._lanes[place],
                coding=Coding(
                    id=coding_id,
                    document_id=self._document_id,
                    span=TextSpan(start, end),
                    quote=self._text[start:end],
                    code_id=code_id,
                    coder_id=coder_id,
                    origin=Origin(origin),
                    created_at=created_at,
                ),
            )
        return mark


def _sorted(lines: Iterable[Line]) -> list[Line]:
    """Return lines by place, the longer first; those of a project come by start and end already."""
    found = sorted(lines, key=itemgetter(1))
    starts = [line[1] for line in found]
    for place in [place for place in range(1, len(found)) if starts[place] == starts[place - 1]]:
        here = place
        while here and starts[here - 1] == starts[here] and found[here - 1][2] < found[here][2]:
            found[here - 1], found[here] = found[here], found[here - 1]
            here -= 1
    return found


def order(mark: Mark) -> tuple[int, int, str]:
    """Return where a mark stands among others: by the text, the longer before the shorter."""
    return mark.start, -mark.end, mark.id


def _buckets(start: int, end: int) -> range:
    return range(start >> _BUCKET, ((end - 1) >> _BUCKET) + 1)


class _Packing:
    """Gives each stretch the lowest lane that is free where it starts; they come sorted by start."""

    def __init__(self) -> None:
        self._busy: list[tuple[int, int]] = []  # (until, lane)
        self._free: list[int] = []
        self.count = 0
        self.reached = 0

    def lanes_of(self, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
        """Return the lanes of these stretches, which lie behind those given before."""
        busy, free, lanes = self._busy, self._free, []
        for start, end in zip(starts, ends, strict=True):
            while busy and busy[0][0] <= start:
                heappush(free, heappop(busy)[1])
            if free:
                lane = heappop(free)
            else:
                lane = self.count
                self.count += 1
            heappush(busy, (end + _GAP, lane))
            lanes.append(lane)
        self.reached = max(self.reached, starts[-1] if starts else 0)
        return lanes
