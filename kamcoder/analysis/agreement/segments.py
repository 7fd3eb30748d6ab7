"""Whole segments instead of characters: which of one coder's segments the other has too, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Segment = tuple[int, int]
#: Shared text over text of either, from which two segments count as the same.
THRESHOLD = 0.9


class Overlap(StrEnum):
    """How much two segments have in common: shared text over that of either (IOU), or over the longer one."""

    IOU = "iou"
    LONGER = "longer"


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of segments as (place in first, place in second, overlap), and the places of those without a partner.

    `matched` reach the threshold; `shifted` overlap less. A segment stands in at most one pair.
    """

    matched: tuple[tuple[int, int, float], ...]
    shifted: tuple[tuple[int, int, float], ...]
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]

    @property
    def unmatched(self) -> tuple[int, int]:
        """Return how many segments of the first and of the second have no match."""
        return len(self.shifted) + len(self.only_first), len(self.shifted) + len(self.only_second)

    @property
    def f1(self) -> float | None:
        """Return 2M / (2M + U1 + U2), the share of both coders' segments that are matched; None without segments."""
        segments = 2 * len(self.matched) + sum(self.unmatched)
        return 2 * len(self.matched) / segments if segments else None


def match(
    first: Sequence[Segment],
    second: Sequence[Segment],
    *,
    threshold: float = THRESHOLD,
    overlap: Overlap = Overlap.IOU,
) -> Matching:
    """Match the segments [start, end) of two coders in one document and code one to one, the best overlap first."""
    best = sorted((-shared, i, j) for i, j, shared in _overlapping(first, second, overlap))
    used_first: set[int] = set()
    used_second: set[int] = set()
    pairs = []
    for shared, i, j in best:
        if i not in used_first and j not in used_second:
            used_first.add(i)
            used_second.add(j)
            pairs.append((i, j, -shared))
    return Matching(
        matched=tuple(pair for pair in pairs if pair[2] >= threshold),
        shifted=tuple(pair for pair in pairs if pair[2] < threshold),
        only_first=tuple(i for i in range(len(first)) if i not in used_first),
        only_second=tuple(j for j in range(len(second)) if j not in used_second),
    )


def segment_kappa(observed: float, codes: int, *, several: bool = False) -> float:
    """Return (po - pc) / (1 - pc) as MAXQDA names it (RK, after Brennan & Prediger): no text is ever unmarked by both.

    pc is 1/q for q codes, or q/(q+1)² if segments carry `several` codes or only one code is looked at.
    """
    chance = codes / (codes + 1) ** 2 if several or codes == 1 else 1 / codes
    return (observed - chance) / (1 - chance)


def _overlapping(first: Sequence[Segment], second: Sequence[Segment], overlap: Overlap) -> list[tuple[int, int, float]]:
    theirs = sorted(range(len(second)), key=lambda place: second[place])
    found, begin = [], 0
    reach = [0] * len(theirs)
    for number, place in enumerate(theirs):
        reach[number] = max(reach[number - 1] if number else 0, second[place][1])
    for i in sorted(range(len(first)), key=lambda place: first[place]):
        start, end = first[i]
        while begin < len(theirs) and reach[begin] <= start:
            begin += 1
        for number in range(begin, len(theirs)):
            j = theirs[number]
            low, high = second[j]
            if low >= end:
                break
            shared = min(end, high) - max(start, low)
            if shared > 0:
                whole = max(end, high) - min(start, low) if overlap is Overlap.IOU else max(end - start, high - low)
                found.append((i, j, shared / whole))
    return found
