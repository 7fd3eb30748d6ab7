"""The stretches of text behind the figures of a pair of coders, by how the two stand to each other there.

Codings of one column that overlap, whoever's they are, make one stretch; codings that only touch stay apart.
"""

from dataclasses import dataclass

import numpy as np

from kamcoder.analysis.agreement.kinds import SAME, DisagreementKind
from kamcoder.analysis.agreement.marks import Marks, marked_by
from kamcoder.analysis.agreement.material import Bools, Codings, Ints

KINDS = tuple(DisagreementKind)
_AGREED, _BOUNDARY, _OTHER, _ONLY_FIRST, _ONLY_SECOND = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch with the numbers of the codings that make it, as given to the comparison.

    For OTHER_CODE, one side's are those of the column and the other side's those with another code.
    """

    column: int
    kind: DisagreementKind
    first: tuple[int, ...]
    second: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All stretches of a pair: `column` and `kind` (a place in KINDS) of each, `stretch_of` the one of each coding."""

    column: Ints
    kind: Ints
    codings: Codings
    stretch_of: Ints
    first: int
    lone: "_Lone"

    def counts(self, columns: int) -> Ints:
        """Return the number of stretches as [column, kind]."""
        cells = self.column * len(KINDS) + self.kind
        return np.bincount(cells, minlength=columns * len(KINDS)).reshape(columns, len(KINDS))

    def stretches(self, column: int, *, kind: DisagreementKind | None = None) -> list[Stretch]:
        """Return the stretches of a column in the order of the text, of one kind or all."""
        wanted = self.column == column
        if kind is not None:
            wanted &= self.kind == KINDS.index(kind)
        members: dict[int, list[int]] = {number: [] for number in np.flatnonzero(wanted).tolist()}
        rows = np.flatnonzero(wanted[self.stretch_of])
        for row, number in zip(rows.tolist(), self.stretch_of[rows].tolist(), strict=True):
            members[number].append(row)
        kinds = self.kind[list(members)].tolist()
        mine = dict(zip(rows.tolist(), (self.codings.coder[rows] == self.first).tolist(), strict=True))
        index = dict(zip(rows.tolist(), self.codings.index[rows].tolist(), strict=True))
        found = []
        for here, place in zip(members.values(), kinds, strict=True):
            first = [index[row] for row in here if mine[row]]
            second = [index[row] for row in here if not mine[row]]
            if KINDS[place] is DisagreementKind.OTHER_CODE:
                others = self.lone.met_by(self.codings.take(np.array(here, np.int64)), of_first=not first)
                first, second = first or others, second or others
            found.append(Stretch(column, KINDS[place], tuple(dict.fromkeys(first)), tuple(dict.fromkeys(second))))
        return found


@dataclass(frozen=True, slots=True)
class _Lone:
    """Codings of the two coders on whose text the other has not used the same code."""

    first: Codings
    second: Codings

    def meets(self, codings: Codings, *, of_first: bool) -> Bools:
        """Tell which codings share at least half of the shorter one with a lone coding of the first (or second) coder.

        That is so exactly if the middle of one lies in the other or at its end; doubled places keep middles whole.
        """
        other = self.first if of_first else self.second
        middle = codings.start + codings.end
        starts, ends, middles = np.sort(2 * other.start), np.sort(2 * other.end), np.sort(other.start + other.end)
        around = np.searchsorted(starts, middle, side="right") > np.searchsorted(ends, middle)
        within = np.searchsorted(middles, 2 * codings.end, side="right") > np.searchsorted(middles, 2 * codings.start)
        return np.asarray(around | within)

    def met_by(self, codings: Codings, *, of_first: bool) -> list[int]:
        """Return the numbers of the lone codings that these meet."""
        other = self.first if of_first else self.second
        near = np.flatnonzero((other.start < codings.end.max()) & (other.end > codings.start.min()))
        found = [
            row
            for row in near.tolist()
            if ((other.start[row] < codings.end) & (codings.start < other.end[row])).any()
            and _Lone(other.take(np.array([row])), other.take(np.array([row]))).meets(codings, of_first=True).any()
        ]
        return [int(other.index[row]) for row in found]


def compare_pair(
    in_columns: Codings, own: Codings, marks: Marks, *, first: int, second: int, total: int, shared: Bools
) -> Differences:
    """Sort the codings of two coders into stretches.

    `in_columns` are the codings of all coders by column and start, `marks` their sweep; `own` the codings by their own
    code and start; `shared` tells for each coding of both (`in_columns`, then `own`) whether both coders worked there.
    """
    columned = in_columns.take(shared[: len(in_columns)] & _either(in_columns, first, second))
    coded = own.take(shared[len(in_columns) :] & _either(own, first, second))
    span = total + 1
    stretch_of, starts, ends = _joined(columned, span)
    count = len(starts)
    mine, theirs = _held(columned, stretch_of, count, first), _held(columned, stretch_of, count, second)
    both, either = _common(marks, starts, ends, span, first, second)
    alone_of, begun, _ = _joined(coded, span)
    alone = ~(_held(coded, alone_of, len(begun), first) & _held(coded, alone_of, len(begun), second))[alone_of]
    lone = _Lone(coded.take(alone & (coded.coder == first)), coded.take(alone & (coded.coder == second)))
    # Whoever is alone on a stretch is lone there by his own code too, so looking at the lone codings is enough.
    meeting = np.zeros(int(coded.index.max(initial=-1)) + 1, bool)
    for codings, of_first in ((lone.first, False), (lone.second, True)):
        meeting[codings.index[lone.meets(codings, of_first=of_first)]] = True
    other = np.zeros(count, bool)
    other[stretch_of[meeting[columned.index]]] = True
    kind = np.select(
        [mine & theirs & (both >= SAME * either), mine & theirs, other, mine],
        [_AGREED, _BOUNDARY, _OTHER, _ONLY_FIRST],
        _ONLY_SECOND,
    )
    return Differences(starts // span, kind, columned, stretch_of, first, lone)


def _either(codings: Codings, first: int, second: int) -> Bools:
    return np.asarray((codings.coder == first) | (codings.coder == second))


def _joined(codings: Codings, span: int) -> tuple[Ints, Ints, Ints]:
    """Return the stretch of each coding (ordered by column and start), and where the stretches start and end."""
    if not len(codings):
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    starts = codings.code * span + codings.start
    reach = np.maximum.accumulate(codings.code * span + codings.end)
    begins = np.concatenate([[True], starts[1:] >= reach[:-1]])
    return np.cumsum(begins) - 1, starts[begins], reach[np.append(np.flatnonzero(begins)[1:] - 1, len(reach) - 1)]


def _held(codings: Codings, stretch_of: Ints, count: int, coder: int) -> Bools:
    """Tell which stretches hold a coding of this coder."""
    found = np.zeros(count, bool)
    found[stretch_of[codings.coder == coder]] = True
    return found


def _common(marks: Marks, starts: Ints, ends: Ints, span: int, first: int, second: int) -> tuple[Ints, Ints]:
    """Return for each stretch the characters that both marked, and that at least one did."""
    keys = marks.column * span + marks.place
    low, high = np.searchsorted(keys, starts), np.searchsorted(keys, ends)
    mine, theirs = marked_by(marks, first), marked_by(marks, second)

    def within(counted: Bools) -> Ints:
        sums = np.concatenate([[0], np.cumsum(np.where(counted, marks.weight, 0))])
        return np.asarray(sums[high] - sums[low])

    return within(mine & theirs), within(mine | theirs)
