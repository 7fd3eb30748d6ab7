"""What is to be settled: every coding once, two coders as in the figures, three and more by the same rules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamcoder.analysis.agreement.differences import KINDS, compare_pair
from kamcoder.analysis.agreement.kinds import DisagreementKind
from kamcoder.analysis.agreement.marks import sweep
from kamcoder.analysis.agreement.standing import Group, groups
from tests.analysis.agreement.making import Row, codings_of, line_of

ROWS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 2), st.integers(0, 60), st.integers(1, 39)).map(
        lambda found: (*found[:4], found[3] + found[4])
    ),
    max_size=16,
)


def settled(rows: list[Row], *, coders: int = 2, present: list[list[bool]] | None = None) -> list[Group]:
    line = line_of([100, 100])
    own = codings_of(line, rows)
    own = own.take(np.lexsort((own.start, own.code)))
    there = np.ones((2, coders), bool) if present is None else np.array(present)
    return groups(own, line.documents_at(own.start), there)


def told(group: Group) -> tuple[str, tuple[int, ...]]:
    kind = ("agreed" if group.same else "boundary") if group.held else "other" if group.crossed else "only"
    return kind, tuple(sorted(group.rows))


@pytest.mark.parametrize(
    ("rows", "coders", "expected"),
    [
        ([(0, 0, 0, 10, 20), (0, 0, 1, 10, 20)], 2, [("agreed", (0, 1))]),
        ([(0, 0, 0, 0, 100), (0, 0, 1, 0, 89)], 2, [("boundary", (0, 1))]),
        ([(0, 0, 0, 0, 50), (0, 1, 1, 0, 50)], 2, [("other", (0, 1))]),
        ([(0, 0, 0, 0, 50), (0, 1, 1, 50, 60)], 2, [("only", (0,)), ("only", (1,))]),
        # Two of three say so.
        ([(0, 0, 0, 0, 10), (0, 0, 1, 0, 10)], 3, [("only", (0, 1))]),
        # The third puts another code there, and both codes stand to be decided at once.
        ([(0, 0, 0, 0, 10), (0, 0, 1, 0, 10), (0, 1, 2, 0, 10)], 3, [("other", (0, 1, 2))]),
        # Several short ones in a long one are one decision; staggered ones do not run on along the text.
        ([(0, 0, 0, 0, 60), (0, 1, 1, 0, 20), (0, 2, 1, 30, 40)], 2, [("other", (0, 1, 2))]),
        (
            [(0, 0, 0, 0, 40), (0, 1, 1, 20, 50), (0, 2, 0, 36, 58), (0, 1, 1, 58, 70)],
            2,
            [("other", (0, 1)), ("only", (2,)), ("only", (3,))],
        ),
        # Two pieces of one coder equal one of the other's.
        ([(0, 0, 0, 0, 10), (0, 0, 0, 8, 20), (0, 0, 1, 0, 20)], 2, [("agreed", (0, 1, 2))]),
    ],
)
def test_groups(rows: list[Row], coders: int, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [told(group) for group in settled(rows, coders=coders)] == expected


def test_who_did_not_read_a_document_does_not_disagree() -> None:
    rows: list[Row] = [(0, 0, 0, 0, 10), (0, 0, 1, 0, 10), (1, 0, 0, 0, 10), (1, 0, 1, 0, 10)]
    present = [[True, True, False], [True, True, True]]
    assert [told(group)[0] for group in settled(rows, coders=3, present=present)] == ["agreed", "only"]


@settings(max_examples=150, deadline=None)
@given(ROWS.map(lambda rows: [row for row in rows if row[2] < 2]))
def test_two_coders_stand_as_the_figures_say(rows: list[Row]) -> None:
    line = line_of([100, 100])
    own = codings_of(line, rows)
    columns = own.in_columns([[0], [1], [2]])
    marks = sweep(columns, coders=2, total=line.total)
    shared = np.full(2 * len(own), True)
    by_code = own.take(np.lexsort((own.start, own.code)))
    found = compare_pair(columns, by_code, marks, first=0, second=1, total=line.total, shared=shared)
    counts = dict(zip(KINDS, found.counts(3).sum(axis=0).tolist(), strict=True))
    here = settled(rows)
    kinds = [told(group)[0] for group in here]
    assert kinds.count("agreed") == counts[DisagreementKind.AGREED]
    assert kinds.count("boundary") == counts[DisagreementKind.BOUNDARY]
    assert ("other" in kinds) == (counts[DisagreementKind.OTHER_CODE] > 0)
    crossed = {row for group in here if group.crossed for row in group.rows}
    by_pair = {
        row
        for code in range(3)
        for stretch in found.stretches(code, kind=DisagreementKind.OTHER_CODE)
        for row in (*stretch.first, *stretch.second)
    }
    assert crossed <= by_pair


@settings(max_examples=150, deadline=None)
@given(ROWS, st.permutations(range(3)))
def test_every_coding_stands_once_whoever_is_named_first(rows: list[Row], order: list[int]) -> None:
    here = settled(rows, coders=3)
    assert sorted(row for group in here for row in group.rows) == list(range(len(rows)))
    turned = settled([(*row[:2], order[row[2]], *row[3:]) for row in rows], coders=3)
    assert sorted(map(told, turned)) == sorted(map(told, here))
