"""Characters counted one by one, by other people's libraries, on random overlapping codings."""

import warnings
from itertools import pairwise
from typing import Any

import krippendorff
import numpy as np
import pytest
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import cohen_kappa_score, f1_score, jaccard_score

from kamcoder.analysis.agreement import coefficients, nominal
from kamcoder.analysis.agreement.material import Codings
from kamcoder.analysis.agreement.unitizing import unitize
from tests.analysis.agreement.making import Row, codings_of, line_of, tallied

CODES = 3


def random_study(seed: int) -> tuple[list[int], list[Row], int, np.ndarray[Any, Any]]:
    """Two to four coders, one to three documents, often few or no codings, one sometimes missing from a document."""
    chance = np.random.default_rng(seed)
    coders = int(chance.integers(2, 5))
    lengths = chance.integers(0, 60, int(chance.integers(1, 4))).tolist()
    present = np.ones((len(lengths), coders), bool)
    if seed % 3 == 0:
        present[int(chance.integers(len(lengths))), int(chance.integers(coders))] = False
    rows: list[Row] = []
    for _ in range(int(chance.integers(0, 26))):
        document = int(chance.integers(len(lengths)))
        coder = int(chance.integers(coders))
        start, end = sorted(chance.integers(0, lengths[document] + 1, 2).tolist())
        if seed % 7 == 0:
            start, end = 0, lengths[document]  # everything or nothing
        if present[document, coder] and start < end:
            rows.append((document, int(chance.integers(CODES - 1)), coder, start, end))
    return lengths, rows, coders, present


def by_character(
    lengths: list[int], rows: list[Row], coders: int, present: np.ndarray[Any, Any], code: int
) -> np.ndarray[Any, Any]:
    """Return [coder, character] as 0, 1 or NaN."""
    texts = []
    for document, length in enumerate(lengths):
        marks = np.where(present[document][:, None], np.zeros((coders, length)), np.nan)
        for where, which, coder, start, end in rows:
            if where == document and which == code:
                marks[coder, start:end] = 1
        texts.append(marks)
    return np.concatenate(texts, axis=1)


def same(ours: float, theirs: float) -> None:
    assert ours == pytest.approx(theirs, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("seed", range(40))
def test_figures_equal_those_per_character(seed: int) -> None:
    lengths, rows, coders, present = random_study(seed)
    tallies = tallied(lengths, rows, coders=coders, codes=CODES, present=present.tolist())
    table, crowd = tallies.tables.sum(1), tallies.crowd.sum(0)
    kappas, alphas = coefficients.kappa(table), coefficients.alpha(crowd)
    for code in range(CODES):
        marks = by_character(lengths, rows, coders, present, code)
        for pair, (i, j) in enumerate(tallies.pairs):
            both = ~np.isnan(marks[[i, j]]).any(axis=0)
            first, second = marks[i][both], marks[j][both]
            same(float(kappas[pair, code]), their_kappa(first, second))
            same(
                float(coefficients.percent(table)[pair, code]),
                float((first == second).mean()) if len(first) else np.nan,
            )
            used = len(first) and (first.any() or second.any())
            same(float(coefficients.f1(table)[pair, code]), float(f1_score(first, second)) if used else np.nan)
            same(
                float(coefficients.jaccard(table)[pair, code]), float(jaccard_score(first, second)) if used else np.nan
            )
        same(float(alphas[code]), their_alpha(marks))


def their_kappa(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> float:
    if not len(first):
        return float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)
        return float(cohen_kappa_score(first, second))


def their_alpha(marks: np.ndarray[Any, Any]) -> float:
    paired = marks[:, (~np.isnan(marks)).sum(axis=0) >= 2]
    if not paired.size or len(np.unique(paired[~np.isnan(paired)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=paired, level_of_measurement="nominal"))


@pytest.mark.parametrize("seed", range(20))
def test_fleiss_and_ac1_equal_the_general_formulas_on_single_characters(seed: int) -> None:
    lengths, rows, coders, present = random_study(seed)
    tallies = tallied(lengths, rows, coders=coders, codes=CODES, present=present.tolist())
    crowd = tallies.crowd.sum(0)
    for code in range(CODES):
        marks = by_character(lengths, rows, coders, present, code)
        marks = marks[:, (~np.isnan(marks)).sum(axis=0) >= 2]
        if not marks.size or len(np.unique(marks[~np.isnan(marks)])) < 2:
            assert np.isnan(coefficients.alpha(crowd)[code])
            continue
        ratings = nominal.Ratings.of([[None if np.isnan(mark) else int(mark) for mark in row] for row in marks])
        same(float(coefficients.crowd_percent(crowd)[code]), ratings.observed())
        same(float(coefficients.fleiss_kappa(crowd)[code]), ratings.fleiss_kappa())
        same(float(coefficients.crowd_ac1(crowd)[code]), ratings.gwet_ac1())
        same(float(coefficients.crowd_brennan_prediger(crowd)[code]), ratings.brennan_prediger())


@pytest.mark.parametrize("seed", range(20))
def test_the_alphas_for_units_equal_sums_over_pairs_of_units(seed: int) -> None:
    chance = np.random.default_rng(seed)
    coders, total, values = int(chance.integers(2, 5)), 80, 3
    rows: list[Row] = []
    for coder in range(coders):
        bounds = np.unique(chance.integers(0, total + 1, 9)).tolist()
        for start, end in pairwise(bounds):
            if chance.random() < 0.6:
                rows.append((0, int(chance.integers(values)), coder, start, end))
    found = unitize(codings_of(line_of([total]), rows), coders=coders, values=values, total=total)
    units = [*((coder, code, start, end) for _, code, coder, start, end in rows), *gaps(rows, coders, total, values)]
    observed = np.zeros((values + 1, values + 1))
    own = np.zeros(values + 1)
    for coder, value, start, end in units:
        own[value] += end - start if value == values else (end - start) ** 2
        for other, with_value, low, high in units:
            if other != coder:
                observed[value, with_value] += max(0, min(end, high) - max(start, low)) / (coders - 1)
    margins, whole = observed.sum(axis=0), observed.sum()
    expected = whole * (np.outer(margins, margins) - np.diag(own)) / (whole**2 - own.sum())
    assert found.observed == pytest.approx(observed)
    assert found.expected == pytest.approx(expected)
    same(found.u_alpha, 1 - (whole - np.trace(observed)) / (whole - np.trace(expected)))
    same(found.kappas[0, 1], their_kappa(*by_value(rows, total, values)))


def gaps(rows: list[Row], coders: int, total: int, gap: int) -> list[tuple[int, int, int, int]]:
    found = []
    for coder in range(coders):
        place = 0
        for _, _, _, start, end in sorted((row for row in rows if row[2] == coder), key=lambda row: row[3]):
            if start > place:
                found.append((coder, gap, place, start))
            place = end
        if place < total:
            found.append((coder, gap, place, total))
    return found


def by_value(rows: list[Row], total: int, gap: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    marks = np.full((2, total), gap)
    for _, code, coder, start, end in rows:
        if coder < 2:
            marks[coder, start:end] = code
    return marks[0], marks[1]


def test_nothing_coded_gives_no_alpha_for_units() -> None:
    nothing = Codings(*(np.zeros(0, np.int64) for _ in range(5)))
    found = unitize(nothing, coders=2, values=2, total=10)
    assert np.isnan([found.u_alpha, found.bar_u_alpha, found.cu_alpha, *found.k_alphas, found.kappas[0, 1]]).all()
