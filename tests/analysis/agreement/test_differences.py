"""The passages behind the figures: every coding stands in one stretch, and the stretch tells how the coders differ."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamcoder.analysis.agreement.differences import KINDS, Differences, compare_pair
from kamcoder.analysis.agreement.kinds import DisagreementKind
from kamcoder.analysis.agreement.marks import sweep
from kamcoder.analysis.agreement.material import Codings
from tests.analysis.agreement.making import Row, codings_of, line_of

AGREED, BOUNDARY, OTHER_CODE, ONLY_FIRST, ONLY_SECOND = KINDS


def compared(rows: list[Row], *, columns: list[list[int]] | None = None, present: bool = True) -> Differences:
    """Compare coders 0 and 1 in two documents of 100 characters; each code is a column unless told otherwise."""
    line = line_of([100, 100])
    own = codings_of(line, rows)
    in_columns = own.in_columns(columns or [[0], [1], [2]])
    by_code = own.take(np.lexsort((own.start, own.code)))
    shared = np.full(len(in_columns) + len(own), present)
    marks = sweep(in_columns, coders=3, total=line.total)
    return compare_pair(in_columns, by_code, marks, first=0, second=1, total=line.total, shared=shared)


def kinds(rows: list[Row], column: int = 0) -> list[tuple[DisagreementKind, tuple[int, ...], tuple[int, ...]]]:
    return [(found.kind, found.first, found.second) for found in compared(rows).stretches(column)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, 0, 0, 10, 20), (0, 0, 1, 10, 20)], [(AGREED, (0,), (1,))]),
        ([(0, 0, 0, 0, 100), (0, 0, 1, 0, 90)], [(AGREED, (0,), (1,))]),
        ([(0, 0, 0, 0, 100), (0, 0, 1, 0, 89)], [(BOUNDARY, (0,), (1,))]),
        ([(0, 0, 0, 0, 50), (0, 0, 1, 50, 99)], [(ONLY_FIRST, (0,), ()), (ONLY_SECOND, (), (1,))]),
        ([(0, 0, 0, 0, 50), (1, 0, 1, 0, 50)], [(ONLY_FIRST, (0,), ()), (ONLY_SECOND, (), (1,))]),
        # Two that touch equal one over both; two beside two are four.
        ([(0, 0, 0, 0, 10), (0, 0, 0, 10, 20), (0, 0, 1, 0, 20)], [(AGREED, (0, 1), (2,))]),
        (
            [(0, 0, 0, 0, 10), (0, 0, 0, 10, 20), (0, 0, 1, 0, 10), (0, 0, 1, 10, 20)],
            [(AGREED, (0,), (2,)), (AGREED, (1,), (3,))],
        ),
        # A third coder and other documents do not mix in.
        ([(0, 0, 0, 0, 10), (0, 0, 2, 0, 10), (1, 0, 1, 0, 10)], [(ONLY_FIRST, (0,), ()), (ONLY_SECOND, (), (2,))]),
        # Another code on at least half of the shorter one.
        ([(0, 0, 0, 0, 40), (0, 1, 1, 30, 50)], [(OTHER_CODE, (0,), (1,))]),
        ([(0, 0, 0, 0, 40), (0, 1, 1, 31, 50)], [(ONLY_FIRST, (0,), ())]),
        ([(0, 0, 0, 0, 90), (0, 1, 1, 30, 34)], [(OTHER_CODE, (0,), (1,))]),
        ([(0, 0, 1, 0, 90), (0, 1, 0, 30, 34)], [(OTHER_CODE, (1,), (0,))]),
        # The other's code was agreed on, so it is not put in the place of this one.
        ([(0, 0, 0, 0, 40), (0, 1, 0, 0, 40), (0, 1, 1, 0, 40)], [(ONLY_FIRST, (0,), ())]),
    ],
)
def test_kinds(rows: list[Row], expected: list[tuple[DisagreementKind, tuple[int, ...], tuple[int, ...]]]) -> None:
    assert kinds(rows) == expected


def test_a_swap_below_a_parent_is_agreed_there() -> None:
    rows: list[Row] = [(0, 1, 0, 0, 10), (0, 2, 1, 0, 10)]
    found = compared(rows, columns=[[0], [0, 1], [0, 2]])
    assert [stretch.kind for stretch in found.stretches(0)] == [AGREED]
    assert [stretch.kind for stretch in found.stretches(1)] == [OTHER_CODE]
    assert [stretch.kind for stretch in found.stretches(2)] == [OTHER_CODE]


def test_documents_that_only_one_read_are_left_out() -> None:
    assert compared([(0, 0, 0, 0, 10), (0, 0, 1, 0, 10)], present=False).stretches(0) == []


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 2), st.integers(0, 60), st.integers(1, 39)).map(
            lambda found: (*found[:4], found[3] + found[4])
        ),
        max_size=14,
    )
)
def test_every_coding_of_the_pair_stands_in_one_stretch_and_counts_agree(rows: list[Row]) -> None:
    found = compared(rows)
    counts = found.counts(3)
    for column in range(3):
        stretches = found.stretches(column)
        for place, kind in enumerate(KINDS):
            assert counts[column, place] == len(found.stretches(column, kind=kind))
        for coder in range(2):
            held = [
                number
                for stretch in stretches
                for number in (stretch.first, stretch.second)[coder]
                if rows[number][1] == column
            ]
            assert sorted(held) == [i for i, row in enumerate(rows) if row[1] == column and row[2] == coder]
        assert [one_by_one(rows, column, stretch.first, stretch.second) for stretch in stretches] == [
            stretch.kind for stretch in stretches
        ]


def one_by_one(rows: list[Row], column: int, first: tuple[int, ...], second: tuple[int, ...]) -> DisagreementKind:
    def characters(numbers: tuple[int, ...]) -> set[int]:
        return {place for number in numbers if rows[number][1] == column for place in range(*rows[number][3:])}

    mine, theirs = characters(first), characters(second)
    if mine and theirs:
        return AGREED if len(mine & theirs) >= 0.9 * len(mine | theirs) else BOUNDARY
    here = [number for number in (*first, *second) if rows[number][1] == column]
    met = {i for i in range(len(rows)) for number in here if put_instead(rows, number, i)}
    assert {number for number in (*first, *second) if number not in here} == met
    return OTHER_CODE if met else ONLY_FIRST if first else ONLY_SECOND


def put_instead(rows: list[Row], number: int, other: int) -> bool:
    """Tell whether the other coder put `other` where nobody but one of them has the code."""
    here, there = rows[number], rows[other]
    if here[0] != there[0] or {here[2], there[2]} != {0, 1} or here[1] == there[1] or not lone(rows, other):
        return False
    shared = min(here[4], there[4]) - max(here[3], there[3])
    return 2 * shared >= min(here[4] - here[3], there[4] - there[3])


def lone(rows: list[Row], number: int) -> bool:
    """Tell whether the coding overlaps none of the other coder's, directly or through others of its code."""
    group = {number}
    while True:
        more = {
            i
            for i, row in enumerate(rows)
            for j in group
            if row[:2] == rows[j][:2] and row[2] < 2 and row[3] < rows[j][4] and rows[j][3] < row[4]
        }
        if more <= group:
            return len({rows[i][2] for i in group}) == 1
        group |= more


def test_nothing_coded_gives_nothing() -> None:
    assert compared([]).counts(3).sum() == 0
    assert isinstance(compared([]).codings, Codings)
