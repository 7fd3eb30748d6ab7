"""What must hold whatever is coded: invariances, the rules of longer units, participation, intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamcoder.analysis.agreement import coefficients
from kamcoder.analysis.agreement.bootstrap import LEAST_CLUSTERS, resample
from kamcoder.analysis.agreement.coefficients import Table
from kamcoder.analysis.agreement.kinds import Figure, Undefined, UnitRule
from kamcoder.analysis.agreement.marks import by_units
from kamcoder.analysis.agreement.material import Line
from kamcoder.analysis.agreement.segments import Overlap, match
from kamcoder.analysis.agreement.tallies import Clusters, Tallies, tally
from kamcoder.analysis.agreement.unitizing import overlapping, unitize
from tests.analysis.agreement.making import Row, codings_of, line_of, marks_of, tallied

LENGTHS, CODES, CODERS = [40, 0, 25], 2, 3


@st.composite
def row(draw: st.DrawFn) -> Row:
    document = draw(st.sampled_from([0, 2]))
    start = draw(st.integers(0, LENGTHS[document] - 1))
    end = draw(st.integers(start + 1, LENGTHS[document]))
    return document, draw(st.integers(0, CODES - 1)), draw(st.integers(0, CODERS - 1)), start, end


def figures(tallies: Tallies) -> list[np.ndarray[Any, Any]]:
    """All figures over the documents together."""
    table, crowd = tallies.tables.sum(1), tallies.crowd.sum(0)
    pairs = [compute(table) for compute in (coefficients.kappa, coefficients.percent, coefficients.f1)]
    return [*pairs, coefficients.alpha(crowd), coefficients.fleiss_kappa(crowd), coefficients.crowd_percent(crowd)]


def same(ours: Sequence[np.ndarray[Any, Any]], theirs: Sequence[np.ndarray[Any, Any]]) -> None:
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(row(), max_size=12), st.permutations(range(CODERS)))
def test_the_order_of_coders_does_not_matter(rows: list[Row], order: list[int]) -> None:
    turned = [(document, code, order[coder], start, end) for document, code, coder, start, end in rows]
    before, after = (
        tallied(LENGTHS, rows, coders=CODERS, codes=CODES),
        tallied(LENGTHS, turned, coders=CODERS, codes=CODES),
    )
    same(figures(before)[3:], figures(after)[3:])
    for (i, j), kappa in zip(before.pairs, figures(before)[0], strict=True):
        there = after.pairs.index((min(order[i], order[j]), max(order[i], order[j])))
        np.testing.assert_allclose(kappa, figures(after)[0][there], atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(row(), max_size=12), st.randoms())
def test_the_order_of_codings_documents_and_codes_does_not_matter(rows: list[Row], chance: Any) -> None:
    before = figures(tallied(LENGTHS, rows, coders=CODERS, codes=CODES))
    shuffled = [(2 - document, 1 - code, coder, start, end) for document, code, coder, start, end in rows]
    chance.shuffle(shuffled)
    after = figures(tallied(LENGTHS[::-1], shuffled, coders=CODERS, codes=CODES))
    same(before, [values[..., ::-1] for values in after])


@settings(max_examples=60, deadline=None)
@given(st.lists(row(), max_size=12), st.integers(1, 39))
def test_cutting_a_document_in_two_changes_nothing(rows: list[Row], cut: int) -> None:
    """Nor does splitting a coding into pieces that touch."""
    halves: list[Row] = []
    for document, code, coder, start, end in rows:
        if document == 2:
            halves.append((3, code, coder, start, end))
            continue
        halves += [(0, code, coder, start, min(end, cut))] * (start < cut)
        halves += [(1, code, coder, max(start, cut) - cut, end - cut)] * (end > cut)
    before = tallied(LENGTHS, rows, coders=CODERS, codes=CODES)
    after = tallied([cut, 40 - cut, 0, 25], halves, coders=CODERS, codes=CODES)
    same(figures(before), figures(after))
    pieces = [
        part
        for row in rows
        for part in ((*row[:3], row[3], row[3] + 1), (*row[:3], row[3] + 1, row[4]))
        if part[3] < part[4]
    ]
    same(figures(before), figures(tallied(LENGTHS, pieces, coders=CODERS, codes=CODES)))


@settings(max_examples=60, deadline=None)
@given(st.lists(row(), max_size=12), st.integers(1, 1000))
def test_text_that_nobody_coded_lowers_nothing(rows: list[Row], more: int) -> None:
    before = tallied(LENGTHS, rows, coders=CODERS, codes=CODES).tables.sum(1)
    after = tallied([40, more, 25], rows, coders=CODERS, codes=CODES).tables.sum(1)
    np.testing.assert_array_equal(coefficients.f1(before), coefficients.f1(after))
    np.testing.assert_array_equal(coefficients.jaccard(before), coefficients.jaccard(after))
    assert not (coefficients.percent(after) < coefficients.percent(before) - 1e-12).any()
    assert not (coefficients.kappa(after) < coefficients.kappa(before) - 1e-12).any()


def test_kappa_never_exceeds_f1() -> None:
    counts = np.random.default_rng(3).integers(0, 40, (4, 20_000)).astype(float)
    table = Table(counts[0], counts[0] + counts[1], counts[0] + counts[2], counts.sum(axis=0))
    assert not (coefficients.kappa(table) > coefficients.f1(table) + 1e-12).any()


@settings(max_examples=60, deadline=None)
@given(st.lists(row(), max_size=10), st.lists(st.integers(1, 64), max_size=6, unique=True))
def test_marks_cut_at_turns_add_up_to_the_same(rows: list[Row], bounds: list[int]) -> None:
    line = line_of(LENGTHS)
    starts = np.unique([*bounds, 0, 40])
    whole = marks_of(line, rows, codes=CODES, coders=CODERS)
    cut = whole.cut(starts[1:])
    assert cut.weight.sum() == whole.weight.sum()
    assert (np.searchsorted(starts, cut.place, side="right") == np.searchsorted(starts, cut.place + cut.weight)).all()
    clusters = Clusters(starts, np.diff(np.append(starts, line.total)), np.ones((len(starts), CODERS), bool))
    same(figures(tally(cut, clusters, columns=CODES)), figures(tallied(LENGTHS, rows, coders=CODERS, codes=CODES)))


@settings(max_examples=80, deadline=None)
@given(st.lists(row(), max_size=10), st.sampled_from(UnitRule))
def test_units_are_marked_by_their_rule(rows: list[Row], rule: UnitRule) -> None:
    """Units with white space between them, counted one by one."""
    line = line_of(LENGTHS)
    units = [(start, start + size) for start, size in ((0, 9), (10, 1), (12, 28), (40, 6), (47, 18))]
    starts, ends = (np.array(found) for found in zip(*units, strict=True))
    codings = codings_of(line, rows).in_columns([[code] for code in range(CODES)])
    marks = by_units(codings, starts, ends, coders=CODERS, total=line.total, rule=rule)
    found = {
        (column, place, coder)
        for column, place, mask in zip(marks.column.tolist(), marks.place.tolist(), marks.coders.tolist(), strict=True)
        for coder in range(CODERS)
        if mask >> coder & 1
    }
    assert found == set(one_by_one(rows, units, rule))
    assert set(marks.weight.tolist()) <= {1}


def one_by_one(rows: list[Row], units: list[tuple[int, int]], rule: UnitRule) -> list[tuple[int, int, int]]:
    marked = []
    for low, high in units:
        for code in range(CODES):
            for coder in range(CODERS):
                spans = [
                    (start + 40 * (document > 0), end + 40 * (document > 0))
                    for document, with_code, by, start, end in rows
                    if with_code == code and by == coder
                ]
                covered = {place for start, end in spans for place in range(max(start, low), min(end, high))}
                inside = any(low <= start and end <= high for start, end in spans)
                if covered and (rule is UnitRule.ANY_OVERLAP or inside or 2 * len(covered) >= high - low):
                    marked.append((code, low, coder))
    return marked


def test_what_is_out_of_scope_has_no_length() -> None:
    line = Line.of([30, 10, 20], [[(5, 10), (20, 25)], [], [(0, 20)]])
    assert line.lengths.tolist() == [10, 0, 20]
    rows = [(0, 0, 0, 0, 30), (0, 0, 1, 8, 22), (0, 0, 1, 11, 19), (1, 0, 0, 0, 10), (2, 0, 0, 0, 3), (2, 0, 1, 19, 20)]
    codings = codings_of(line, rows)
    assert [(int(i), int(s), int(e)) for i, s, e in zip(codings.index, codings.start, codings.end, strict=True)] == [
        (0, 0, 10),
        (1, 3, 7),
        (4, 10, 13),
        (5, 29, 30),
    ]
    assert line.documents_at(codings.start).tolist() == [0, 0, 2, 2]


def test_a_parent_takes_in_its_children_and_counts_overlaps_once() -> None:
    line = line_of([100])
    codings = codings_of(line, [(0, 0, 0, 0, 20), (0, 1, 0, 10, 40), (0, 2, 0, 50, 60)])
    columns = codings.in_columns([[0], [0, 1], []])
    assert columns.code.tolist() == [0, 0, 1]
    assert columns.index.tolist() == [0, 1, 1]
    tallies = tallied([100], [(0, 0, 0, 0, 20), (0, 0, 0, 10, 40), (0, 0, 1, 0, 40)], coders=2)
    assert coefficients.kappa(tallies.tables)[0, 0, 0] == 1


def test_a_coder_who_did_not_take_part_changes_nothing() -> None:
    rows = [(0, 0, 0, 0, 20), (0, 0, 1, 5, 25), (2, 0, 0, 3, 9)]
    two = tallied(LENGTHS, rows, coders=2)
    three = tallied(LENGTHS, rows, coders=3, present=[[True, True, False]] * 3)
    np.testing.assert_array_equal(coefficients.alpha(two.crowd.sum(0)), coefficients.alpha(three.crowd.sum(0)))
    assert np.isnan(coefficients.kappa(three.tables.sum(1))[1:]).all()
    nobody = tallied(LENGTHS, rows, coders=2, present=[[True, False], [True, True], [False, True]])
    assert np.isnan(coefficients.alpha(nobody.crowd.sum(0))).all()
    assert np.isnan(coefficients.percent(nobody.tables.sum(1))).all()


def shaken(documents: int, *, seed: int = 1) -> Tallies:
    """Documents in which two coders agree more or less; the second code is in one document only."""
    chance = np.random.default_rng(seed)
    rows: list[Row] = []
    for document in range(documents):
        for start in range(0, 900, 100):
            shift = int(chance.integers(0, 40))
            rows += [(document, 0, 0, start, start + 50), (document, 0, 1, start + shift, start + 50 + shift)]
    rows += [(0, 1, 0, 0, 10), (0, 1, 1, 0, 10)]
    return tallied([1000] * documents, rows, coders=2, codes=2)


def test_intervals_hold_the_figure_and_come_again_with_their_seed() -> None:
    tallies = shaken(12)
    found = resample(tallies, pool=slice(0, 2), resamples=400, seed=7)
    again = resample(tallies, pool=slice(0, 2), resamples=400, seed=7)
    assert found == again
    assert found != resample(tallies, pool=slice(0, 2), resamples=400, seed=8)
    alpha, kappa = coefficients.alpha(tallies.crowd.sum(0))[0], coefficients.kappa(tallies.tables.sum(1))[0, 0]
    for interval, value in ((found.alpha[0], alpha), (found.kappa[0][0], kappa)):
        assert interval.low is not None
        assert interval.high is not None
        assert interval.low < value < interval.high
        assert interval.high - interval.low < 0.3
    assert len(found.alpha) == len(found.kappa[0]) == len(found.f1[0]) == 3


def test_intervals_are_refused_where_they_would_say_nothing() -> None:
    found = resample(shaken(12), pool=slice(0, 2), resamples=200, seed=1)
    # The second code stands in one of twelve documents: a third of the draws miss it.
    assert found.alpha[1].reason is Undefined.OFTEN_UNDEFINED
    assert found.alpha[1].undefined > 0.2
    few = resample(shaken(LEAST_CLUSTERS - 1), pool=slice(0, 2), resamples=200, seed=1)
    assert {interval.reason for interval in (*few.alpha, *few.kappa[0], *few.f1[0])} == {Undefined.FEW_CLUSTERS}


def test_resampled_figures_equal_those_of_the_drawn_documents() -> None:
    """With every document alike, each resample gives the figure itself."""
    rows = [(document, 0, coder, 10 * coder, 50) for document in range(8) for coder in range(2)]
    tallies = tallied([100] * 8, rows, coders=2)
    found = resample(tallies, pool=slice(0, 1), resamples=50, seed=2)
    kappa = float(coefficients.kappa(tallies.tables.sum(1))[0, 0])
    assert found.kappa[0][0].low == pytest.approx(kappa)
    assert found.kappa[0][1].high == pytest.approx(kappa)


def test_units_that_touch_stay_two_for_the_units_but_not_for_the_characters() -> None:
    line = line_of([60])
    whole: list[Row] = [(0, 0, 0, 0, 30), (0, 0, 1, 10, 40)]
    cut: list[Row] = [(0, 0, 0, 0, 15), (0, 0, 0, 15, 30), (0, 0, 1, 10, 40)]
    one, two = (unitize(codings_of(line, rows), coders=2, values=1, total=60) for rows in (whole, cut))
    assert one.kappas == two.kappas
    assert one.bar_u_alpha != two.bar_u_alpha
    overlapped: list[Row] = [(0, 0, 0, 0, 20), (0, 0, 0, 15, 30), (0, 0, 1, 10, 40)]
    assert unitize(codings_of(line, overlapped), coders=2, values=1, total=60).u_alpha == one.u_alpha


def test_two_codes_of_a_group_on_the_same_text_are_listed() -> None:
    line = line_of([60])
    rows: list[Row] = [(0, 0, 0, 0, 30), (0, 1, 0, 29, 40), (0, 1, 1, 0, 40), (0, 0, 1, 40, 50), (0, 0, 0, 5, 20)]
    assert overlapping(codings_of(line, rows)) == [(0, 1)]


def test_segments_take_the_best_partner_and_only_one() -> None:
    found = match([(0, 10), (8, 20)], [(0, 9), (8, 20), (30, 40)], threshold=0.9)
    assert [(i, j) for i, j, _ in found.matched] == [(1, 1), (0, 0)]
    assert found.only_second == (2,)
    assert match([(0, 100)], [(0, 50), (50, 100)]).unmatched == (1, 2)
    longer = match([(0, 10)], [(5, 15)], threshold=0.5, overlap=Overlap.LONGER)
    assert longer.f1 == 1
    assert match([], []).f1 is None


def test_a_figure_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="either"):
        Figure(None)
    with pytest.raises(ValueError, match="either"):
        Figure(0.5, Undefined.NOT_USED)
