"""What any number of coders have to settle: stretches of one code, and those where coders chose different codes.

For two coders and codes of their own the kinds are those of `differences`, with which they share SAME and the rule of
meeting codings; `differences` counts many pairs at once, this groups for people to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kamcoder.analysis.agreement.kinds import SAME
from kamcoder.analysis.agreement.material import Bools, Codings, Ints


@dataclass(frozen=True, slots=True)
class Group:
    """Codings (by their number) to be settled together.

    `held` tells whether everybody marked it, `same` whether they have nearly all of it in common (then it is agreed),
    `crossed` whether coders put different codes there.
    """

    document: int
    rows: tuple[int, ...]
    held: bool = False
    same: bool = False
    crossed: bool = False


@dataclass(slots=True)
class _Stretch:
    """Overlapping codings of one code, as (start, end, coder, number), and the coders among them as bits."""

    document: int
    code: int
    start: int
    end: int
    members: list[tuple[int, int, int, int]]
    coders: int
    meets: list[int]


def groups(own: Codings, documents: Ints, present: Bools) -> list[Group]:
    """Return what is to be settled, by document and place.

    `own` are the codings ordered by their own code and start, `documents` where each is, `present[document, coder]` who
    took part there.
    """
    bits = [sum(1 << coder for coder, there in enumerate(row) if there) for row in present.tolist()]
    stretches = _stretches(own, documents.tolist())
    found, lone = [], []
    for stretch in stretches:
        if stretch.coders == bits[stretch.document]:
            rows = tuple(member[3] for member in stretch.members)
            found.append((stretch.start, Group(stretch.document, rows, held=True, same=_same(stretch))))
        else:
            lone.append(stretch)
    found += [(lone[chosen[0]].start, _crossed(lone, chosen)) for chosen in _together(lone)]
    found.sort(key=lambda entry: (entry[1].document, entry[0], entry[1].rows))
    return [group for _, group in found]


def _stretches(own: Codings, documents: Sequence[int]) -> list[_Stretch]:
    found: list[_Stretch] = []
    columns = (own.code, own.coder, own.start, own.end, own.index)
    last = None
    for document, code, coder, start, end, row in zip(documents, *(column.tolist() for column in columns), strict=True):
        if last is not None and code == last.code and document == last.document and start < last.end:
            last.end = max(last.end, end)
            last.members.append((start, end, coder, row))
            last.coders |= 1 << coder
        else:
            last = _Stretch(document, code, start, end, [(start, end, coder, row)], 1 << coder, [])
            found.append(last)
    return found


def _same(stretch: _Stretch) -> bool:
    """Tell whether all coders of a stretch have nearly all of it in common."""
    changes: list[tuple[int, int, int]] = []
    for start, end, coder, _ in stretch.members:
        changes += [(start, 1, coder), (end, -1, coder)]
    changes.sort()
    depth: dict[int, int] = {}
    marking = common = place = 0
    everybody = stretch.coders.bit_count()
    for position, step, coder in changes:
        if marking == everybody:
            common += position - place
        place = position
        before = depth.get(coder, 0)
        depth[coder] = before + step
        marking += (depth[coder] > 0) - (before > 0)
    return common >= SAME * (stretch.end - stretch.start)


def _together(lone: list[_Stretch]) -> list[list[int]]:
    """Return the lone stretches that are settled together, each list with its longest first.

    A stretch takes in those with another code that coders without it put on the same text, and what these meet in turn
    as long as half of it lies in the first: so a decision never runs on along the text.
    """
    _note_meetings(lone)
    free = [True] * len(lone)
    found = []
    for anchor in sorted(range(len(lone)), key=lambda number: (-_length(lone[number]), lone[number].start, number)):
        if not free[anchor]:
            continue
        free[anchor] = False
        chosen = [anchor]
        for number in chosen:
            for other in lone[number].meets:
                if free[other] and 2 * _common(lone[anchor], lone[other]) >= _length(lone[other]):
                    free[other] = False
                    chosen.append(other)
        found.append(chosen)
    return found


def _note_meetings(lone: list[_Stretch]) -> None:
    """Note for each stretch which others hold codings that meet one of its own, of coders who each lack the other's."""
    codings = sorted(
        (start, end, number, coder) for number, stretch in enumerate(lone) for start, end, coder, _ in stretch.members
    )
    running: list[tuple[int, int, int, int]] = []
    for coding in codings:
        start, end, number, coder = coding
        running = [other for other in running if other[1] > start]
        for low, high, there, who in running:
            if (
                lone[number].code != lone[there].code
                and not lone[number].coders >> who & 1
                and not lone[there].coders >> coder & 1
                and 2 * (min(high, end) - start) >= min(high - low, end - start)
                and there not in lone[number].meets
            ):
                lone[number].meets.append(there)
                lone[there].meets.append(number)
        running.append(coding)


def _crossed(lone: list[_Stretch], chosen: list[int]) -> Group:
    rows = [member for number in chosen for member in lone[number].members]
    crossed = len({lone[number].code for number in chosen}) > 1
    return Group(lone[chosen[0]].document, tuple(member[3] for member in sorted(rows)), crossed=crossed)


def _length(stretch: _Stretch) -> int:
    return stretch.end - stretch.start


def _common(first: _Stretch, second: _Stretch) -> int:
    return min(first.end, second.end) - max(first.start, second.start)
