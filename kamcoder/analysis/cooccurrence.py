"""Which codes stand together: over the same words, in the same turn, or a few turns from one another.

Counted are pairs of passages, one under each code. A passage is a stretch of text one coder coded, however many codes
it carries; passages of different coders do not meet, for that is agreement. All is found in one sweep over each
document: what a passage can still meet is kept as numbers by the codes it stands under, never as a list of pairs.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from kamcoder.analysis.axes import Axis, CodedSpan

# The passages of one coder in one document: first place, last place, and the number of the set of codes.
_Passages = list[tuple[int, int, int]]
_Patterns = dict[frozenset[int], int]

# Spans are half-open and meet if the later one starts before the earlier one's end; the last turn is one still taken.
_OVERLAP = -1


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How often each two codes meet; symmetric, indexed [row][column] in the order of `codes`.

    A count is None where a code would meet itself or one above or below it. `passages` are those under each code.
    """

    codes: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    passages: tuple[int, ...]
    _codings: tuple[CodedSpan, ...] = field(repr=False, compare=False)
    _axis: Axis = field(repr=False, compare=False)
    _turn_starts: Mapping[str, Sequence[int]] | None = field(repr=False, compare=False)
    _reach: int = field(repr=False, compare=False)

    def coding_ids(self, row: int, column: int) -> tuple[str, ...]:
        """Return the codings of the passages that meet in one cell; of a code with itself, all its codings."""
        # Found anew on demand: all pairs of a large table would fill the memory, and a reader opens a few cells.
        here, there = self._axis.groups[row].members, self._axis.groups[column].members
        texts: dict[tuple[str, str], list[CodedSpan]] = {}
        for coding in self._codings:
            if coding.code_id in here or coding.code_id in there:
                texts.setdefault((coding.document_id, coding.coder_id), []).append(coding)
        if row == column:
            return tuple(coding.id for text in texts.values() for coding in text)
        return tuple(
            coding.id
            for text in texts.values()
            for coding in text
            if any(self._meets(coding, other, here, there) for other in text)
        )

    def _meets(self, one: CodedSpan, other: CodedSpan, here: frozenset[str], there: frozenset[str]) -> bool:
        wanted = (one.code_id in here and other.code_id in there) or (one.code_id in there and other.code_id in here)
        if not wanted:
            return False
        first, last = _place(one, self._turn_starts)
        start, end = _place(other, self._turn_starts)
        return start - last <= self._reach and first - end <= self._reach


def cooccur(
    codings: Iterable[CodedSpan], *, codes: Axis, turn_starts: Mapping[str, Sequence[int]] | None = None, turns: int = 0
) -> Cooccurrence:
    """Count for each two groups of codes the pairs of passages that meet.

    Without `turn_starts` those meet that share a character. With them (by document, ascending) those meet that reach
    into the same turn, or into turns at most `turns` apart. Codings that stand in no group are left out.
    """
    spans = tuple(codings)
    patterns: _Patterns = {}
    texts = _texts(spans, codes, patterns)
    reach = _OVERLAP if turn_starts is None else turns
    tally: Counter[int] = Counter()
    for (document_id, _), passages in texts.items():
        if turn_starts is not None:
            starts = turn_starts.get(document_id, ())
            found = [
                (bisect_right(starts, first), bisect_right(starts, last - 1), which) for first, last, which in passages
            ]
            passages = sorted(found)
        _sweep(passages, reach, tally, size=len(patterns))
    numbers = Counter(which for passages in texts.values() for _, _, which in passages)
    groups, size = tuple(patterns), range(len(codes.groups))
    met = _by_codes(tally, numbers, groups)
    nested = _nested(codes)
    return Cooccurrence(
        codes=tuple(group.key for group in codes.groups),
        counts=tuple(
            tuple(None if (row, column) in nested else met[min(row, column), max(row, column)] for column in size)
            for row in size
        ),
        passages=tuple(sum(number for which, number in numbers.items() if row in groups[which]) for row in size),
        _codings=spans,
        _axis=codes,
        _turn_starts=turn_starts,
        _reach=reach,
    )


def _texts(codings: Iterable[CodedSpan], codes: Axis, patterns: _Patterns) -> dict[tuple[str, str], _Passages]:
    """Return the passages in order, and put their sets of codes into `patterns`, numbered."""
    alone = {
        code_id: patterns.setdefault(frozenset(positions), len(patterns))
        for code_id, positions in codes.places().items()
    }
    texts: dict[tuple[str, str], _Passages] = {}
    for coding in codings:
        pattern = alone.get(coding[2])
        if pattern is not None:
            key = coding[1], coding[3]
            if key in texts:
                texts[key].append((coding[4], coding[5], pattern))
            else:
                texts[key] = [(coding[4], coding[5], pattern)]
    sets = list(patterns)
    for passages in texts.values():
        passages.sort()
        if any(one[0] == other[0] and one[1] == other[1] for one, other in pairwise(passages)):
            _merge(passages, patterns, sets)
    return texts


def _merge(passages: _Passages, patterns: _Patterns, sets: list[frozenset[int]]) -> None:
    """Make one passage of those with the same stretch."""
    merged: dict[tuple[int, int], frozenset[int]] = {}
    for start, end, which in passages:
        merged[start, end] = merged.get((start, end), frozenset()) | sets[which]
    passages[:] = [(*stretch, patterns.setdefault(found, len(patterns))) for stretch, found in merged.items()]


def _sweep(passages: _Passages, reach: int, tally: Counter[int], *, size: int) -> None:
    """Add to `tally` how many pairs of passages meet, under the later pattern times `size` plus the earlier one."""
    ends: list[int] = []
    waiting: dict[int, int] = {}
    for first, last, which in passages:
        # An end and its pattern are one number, since numbers are compared faster than pairs.
        while ends and first - ends[0] // size > reach:
            gone = heappop(ends) % size
            if waiting[gone] == 1:
                del waiting[gone]
            else:
                waiting[gone] -= 1
        later = which * size
        for other, number in waiting.items():
            tally[later + other] += number
        heappush(ends, last * size + which)
        waiting[which] = waiting.get(which, 0) + 1


def _by_codes(
    tally: Mapping[int, int], numbers: Mapping[int, int], groups: Sequence[frozenset[int]]
) -> Counter[tuple[int, int]]:
    """Return the number of meetings for each two positions of codes, the smaller first."""
    met: Counter[tuple[int, int]] = Counter()
    for key, number in tally.items():
        later, earlier = divmod(key, len(groups))
        for pair in _pairs(groups[later], groups[earlier]):
            met[pair] += number
    # A stretch that carries both codes is where they are nearest.
    for which, number in numbers.items():
        for pair in _pairs(groups[which], groups[which]):
            met[pair] += number
    return met


def _pairs(some: frozenset[int], others: frozenset[int]) -> Iterator[tuple[int, int]]:
    return iter({(min(one, other), max(one, other)) for one in some for other in others if one != other})


def _place(coding: CodedSpan, turn_starts: Mapping[str, Sequence[int]] | None) -> tuple[int, int]:
    if turn_starts is None:
        return coding.start, coding.end
    starts = turn_starts.get(coding.document_id, ())
    return bisect_right(starts, coding.start), bisect_right(starts, coding.end - 1)


def _nested(codes: Axis) -> set[tuple[int, int]]:
    """Return the positions of codes that take in the same codes, each with itself too."""
    return {
        (row, column)
        for row, some in enumerate(codes.groups)
        for column, others in enumerate(codes.groups)
        if row == column or some.members & others.members
    }
