"""Which passages are quoted in a report: by a rule that is stated there, so that nobody has picked them by taste."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kamcoder.services.passages import CodingLine

#: A quote longer than this is taken only where there is no shorter one.
LIMIT = 600


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that is coded in a section: its codings, by how many coders, and whether the summary links it.

    `link` is its place among the links, or None.
    """

    document_id: str
    start: int
    end: int
    lines: tuple[CodingLine, ...]
    link: int | None

    @property
    def coders(self) -> int:
        """Return how many coders put it there."""
        return len({line.coder_id for line in self.lines})

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether both share a character."""
        return self.document_id == other.document_id and self.start < other.end and other.start < self.end


def stretches(lines: Iterable[CodingLine], *, links: Sequence[str] = ()) -> list[Stretch]:
    """Return the different stretches of codings given in reading order, in that order."""
    order = {key: place for place, key in enumerate(links)}
    found: dict[tuple[str, int, int], list[CodingLine]] = {}
    for line in lines:
        found.setdefault((line.document_id, line.start, line.end), []).append(line)
    return [
        Stretch(*place, tuple(group), min((order[line.id] for line in group if line.id in order), default=None))
        for place, group in found.items()
    ]


def choose(candidates: Sequence[Stretch], most: int) -> list[Stretch]:
    """Return at most `most` stretches in the order they are given; the rule is `report_how_quotes` in the messages."""
    linked = sorted((item for item in candidates if item.link is not None), key=lambda item: item.link or 0)
    chosen = linked[:most]
    queues: dict[str, list[Stretch]] = {}
    for item in candidates:
        queues.setdefault(item.document_id, []).append(item)
    for queue in queues.values():
        queue.sort(key=_rank, reverse=True)
    while len(chosen) < most and any(queues.values()):
        for queue in queues.values():
            fresh = _next(queue, chosen)
            if fresh is not None and len(chosen) < most:
                chosen.append(fresh)
    return [item for item in candidates if item in chosen]


def _next(queue: list[Stretch], chosen: Sequence[Stretch]) -> Stretch | None:
    """Take the best stretch off the queue that overlaps none of those chosen."""
    while queue:
        item = queue.pop()
        if not any(item.overlaps(other) for other in chosen):
            return item
    return None


def _rank(item: Stretch) -> tuple[bool, int, int, int]:
    length = item.end - item.start
    # Too long ones last, the least too long of them first; of equals, the first in the text.
    too_long = length > LIMIT
    return too_long, -item.coders, length if too_long else -length, item.start
