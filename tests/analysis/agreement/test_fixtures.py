"""Published and cross-checked values, each from the data stored with it."""

import json
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamcoder.analysis.agreement import coefficients, nominal, unitizing_1995
from kamcoder.analysis.agreement.coefficients import Table
from kamcoder.analysis.agreement.material import Codings
from kamcoder.analysis.agreement.nominal import Distance, Ratings
from kamcoder.analysis.agreement.segments import match, segment_kappa
from kamcoder.analysis.agreement.unitizing import Unitizing, unitize
from tests.analysis.agreement.making import line_of, marks_of, tallied

FIXTURES = json.loads(Path(__file__).parents[2].joinpath("data", "agreement_fixtures.json").read_text("utf-8"))[
    "fixtures"
]
#: Gamma aligns units at random and is not offered; its data stand in the file for whoever exports to it.
NOT_OFFERED = {"gamma_alex_paul_suzan_pygamma"}
#: What the file keeps as a warning or a remark: not ours to give.
REMARKS = {
    "status",
    "qualcoder_refi_HEAD_kappa_do_not_copy",
    "cohen_kappa_if_wrongly_counted_as_uncoded",
    "superseded_alphaU_1995_form_qdapy",
}


def of_kind(kind: str) -> list[Any]:
    found = [fixture for fixture in FIXTURES if fixture["kind"] == kind and fixture["id"] not in NOT_OFFERED]
    return [pytest.param(fixture, id=fixture["id"]) for fixture in found]


def check(fixture: dict[str, Any], ours: dict[str, Any], **same_as: str) -> None:
    """Compare every expected value with ours; `same_as` names ours for a value with a name of its own."""
    for name, expected in fixture["expected"].items():
        if name in REMARKS:
            continue
        found = ours[same_as.get(name, name.removesuffix("_published").removesuffix("_dkpro").removesuffix("_exact"))]
        if not (isinstance(expected, dict) and "value" in expected):
            assert found == expected, name
            continue
        close(found, expected["value"], max(expected["tol"], 1e-12), name)


def close(found: Any, value: Any, tolerance: float, name: str) -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            close(found[key], part, tolerance, f"{name} {key}")
    elif isinstance(value, list):
        for ours, part in zip(found, value, strict=True):
            close(ours, part, tolerance, name)
    elif value is None:
        assert math.isnan(found), name
    else:
        value = float(Fraction(value)) if isinstance(value, str) else value
        assert found == pytest.approx(value, abs=tolerance), name


def test_every_fixture_is_looked_at() -> None:
    kinds = Counter(fixture["kind"] for fixture in FIXTURES)
    assert len(FIXTURES) == 33
    assert set(kinds) == {
        "reliability_matrix",
        "subjects_x_ratings",
        "contingency_table",
        "intervals_one_code",
        "intervals_multi_doc",
        "unitized_continuum",
        "segment_matching",
        "pooled_kappa",
    }


def of_ratings(ratings: Ratings, values: list[Any]) -> dict[str, Any]:
    together = ratings.coincidences()
    agreeing = float(np.trace(together) / together.sum())
    margins = together.sum(axis=0)
    apart = 1 - np.eye(len(margins))
    pairs = together.sum()
    ours: dict[str, Any] = {
        "alpha_nominal": nominal.alpha(together),
        "gwet_ac1": ratings.gwet_ac1(),
        "brennan_prediger": ratings.brennan_prediger(),
        "fleiss_kappa": ratings.fleiss_kappa(),
        "conger": ratings.conger_kappa(),
        "percent_agreement": ratings.observed(),
        "irrcac_alpha_pa": (1 - 1 / pairs) * agreeing + 1 / pairs,
        "pe": float(ratings.shares() @ ratings.shares()),
        "Do": 1 - agreeing,
        "De": float(margins @ apart @ margins) / (pairs * (pairs - 1)),
        "expected_agreement_alpha_form": float(margins @ (margins - 1)) / (pairs * (pairs - 1)),
    }
    if len(ratings.codes) == 2:
        ours["cohen_kappa"] = nominal.kappa(ratings.table(0, 1))
    if all(isinstance(value, int) for value in values):
        for distance in (Distance.ORDINAL, Distance.INTERVAL, Distance.RATIO):
            ours[f"alpha_{distance}"] = nominal.alpha(together, distance=distance, values=values)
    return ours


@pytest.mark.parametrize("fixture", of_kind("reliability_matrix"))
def test_ratings_of_coders(fixture: dict[str, Any]) -> None:
    ratings = Ratings.of(fixture["data"])
    ours = of_ratings(ratings, list(ratings.categories))
    ours["conger"] = as_irrcac_has_it(fixture["data"]).conger_kappa() if "conger" in fixture["expected"] else None
    names = {"brennan_prediger_q5": "brennan_prediger", "fleiss_missing": "fleiss_kappa"}
    check(fixture, ours, irrcac_pa="percent_agreement", **names)


def as_irrcac_has_it(rows: list[list[Any]]) -> Ratings:
    """The single rating of unit 12 is the third coder's in irrCAC's copy; of all figures only Conger's kappa minds."""
    moved = [[*row[:-1], row[-1]] for row in rows]
    moved[1][-1], moved[2][-1] = moved[2][-1], moved[1][-1]
    return Ratings.of(moved)


@pytest.mark.parametrize("fixture", of_kind("subjects_x_ratings"))
def test_ratings_of_anybody(fixture: dict[str, Any]) -> None:
    rows = list(zip(*fixture["data"], strict=True))
    ratings = Ratings.of(rows)
    ours = of_ratings(ratings, list(ratings.categories))
    ours["fleiss_kappa_by_category"] = [
        Ratings.of([[value == category for value in row] for row in rows]).fleiss_kappa()
        for category in ratings.categories
    ]
    check(fixture, ours, po="percent_agreement")


@pytest.mark.parametrize("fixture", of_kind("contingency_table"))
def test_tables_of_two_coders(fixture: dict[str, Any]) -> None:
    table = np.array(fixture["data"], float)
    cells = [(i, j) for (i, j), count in np.ndenumerate(table) for _ in range(int(count))]
    ratings = Ratings.of(list(zip(*cells, strict=True)))
    ours = {
        "percent_agreement": nominal.percent(table),
        "cohen_kappa": nominal.kappa(table),
        "pe_cohen": nominal.cohen_chance(table),
        "scott_pi": nominal.scott_pi(table),
        "alpha_nominal": nominal.alpha(nominal.coincidences_of(table)),
        "brennan_prediger": ratings.brennan_prediger(),
        "gwet_ac1": ratings.gwet_ac1(),
    }
    check_two_by_two = table.shape == (2, 2)
    if check_two_by_two:
        ours |= two_by_two(table)
    check(fixture, ours, bennett_S_published="brennan_prediger")


def two_by_two(table: Any) -> dict[str, float]:
    """The closed formulas for one code; they overwrite what the general ones gave."""
    counts = of_table(table)
    return {
        "percent_agreement": float(coefficients.percent(counts)),
        "cohen_kappa": float(coefficients.kappa(counts)),
        "scott_pi": float(coefficients.scott_pi(counts)),
        "brennan_prediger": float(coefficients.brennan_prediger(counts)),
        "gwet_ac1": float(coefficients.gwet_ac1(counts)),
        "positive_agreement_F1": float(coefficients.f1(counts)),
        "negative_agreement": float(coefficients.negative_agreement(counts)),
        "prevalence_index": float(coefficients.prevalence_index(counts)),
        "bias_index": float(coefficients.bias_index(counts)),
    }


def of_table(table: Any) -> Table:
    (both, first), (second, neither) = np.array(table, float)
    return Table(both, both + first, both + second, both + first + second + neither)


@pytest.mark.parametrize("fixture", of_kind("intervals_one_code"))
def test_intervals_of_one_code(fixture: dict[str, Any]) -> None:
    rows = [(0, 0, coder, *span) for coder, spans in enumerate(fixture["data"]) for span in spans]
    coders = len(fixture["data"])
    tallies = tallied([fixture["doc_length"]], rows, coders=coders)
    table = tallies.tables
    ours: dict[str, Any] = {"alpha_nominal_chars": float(coefficients.alpha(tallies.crowd)[0, 0])}
    if coders == 2:
        parts = {"both": table.both, "only1": table.only_first, "only2": table.only_second, "neither": table.neither}
        ours |= {
            "table": {name: int(count[0, 0, 0]) for name, count in parts.items()},
            "cohen_kappa": float(coefficients.kappa(table)[0, 0, 0]),
            "scott_pi": float(coefficients.scott_pi(table)[0, 0, 0]),
            "percent_agreement": float(coefficients.percent(table)[0, 0, 0]),
            "f1": float(coefficients.f1(table)[0, 0, 0]),
            "jaccard": float(coefficients.jaccard(table)[0, 0, 0]),
        }
        ours["percent_agreement_of_all"] = float(coefficients.crowd_percent(tallies.crowd)[0, 0])
        assert ours["percent_agreement_of_all"] == ours["percent_agreement"]
    else:
        marks = marks_of(line_of([fixture["doc_length"]]), rows, codes=1, coders=coders)
        patterns = Counter(dict.fromkeys(range(1 << coders), 0))
        for pattern, width in zip(marks.coders.tolist(), marks.weight.tolist(), strict=True):
            patterns[pattern] += width
        patterns[0] = fixture["doc_length"] - patterns.total()
        ours["pattern_counts_bitmask"] = {str(pattern): count for pattern, count in patterns.items()}
        kappas = coefficients.kappa(table)[:, 0, 0]
        ours["pairwise_cohen_kappa"] = {f"{i}-{j}": kappas[k] for k, (i, j) in enumerate(tallies.pairs)}
    check(fixture, ours, alpha_published="alpha_nominal_chars", cohen_kappa_expected="cohen_kappa")


@pytest.mark.parametrize("fixture", of_kind("intervals_multi_doc"))
def test_who_has_not_seen_a_document_is_missing_there(fixture: dict[str, Any]) -> None:
    documents = list(fixture["doc_length"])
    rows = [
        (documents.index(document), 0, int(coder) - 1, *span)
        for coder, found in fixture["data"].items()
        for document, spans in found.items()
        for span in spans
    ]
    assigned = [[document in fixture["assigned"][coder] for coder in ("1", "2")] for document in documents]
    lengths = list(fixture["doc_length"].values())
    tallies = tallied(lengths, rows, coders=2, present=assigned)
    check(fixture, {"cohen_kappa": float(coefficients.kappa(tallies.tables.sum(1))[0, 0])})
    seen = tallied(lengths, rows, coders=2).tables.sum(1)
    wrong = fixture["expected"]["cohen_kappa_if_wrongly_counted_as_uncoded"]
    assert float(coefficients.kappa(seen)[0, 0]) == pytest.approx(wrong["value"], abs=wrong["tol"])


def unitized(fixture: dict[str, Any], values: list[str]) -> Unitizing:
    rows = [
        (values.index(value), coder, start, end)
        for coder, units in enumerate(fixture["data"].values())
        for start, end, value in units
    ]
    code, coder, start, end = np.array(rows).T
    codings = Codings(np.arange(len(rows)), code, coder, start, end)
    return unitize(codings, coders=len(fixture["data"]), values=len(values), total=fixture["doc_length"])


@pytest.mark.parametrize(
    "fixture", [found for found in of_kind("unitized_continuum") if "alphaU_2004" not in found.values[0]["expected"]]
)
def test_units_of_codes_that_exclude_one_another(fixture: dict[str, Any]) -> None:
    values = sorted({value for units in fixture["data"].values() for *_, value in units})
    found = unitized(fixture, values)
    ours = {
        "u_alpha": found.u_alpha,
        "u_alpha_nominal": found.u_alpha,
        "bar_u_alpha": found.bar_u_alpha,
        "cu_alpha": found.cu_alpha,
        "cu_alpha_nominal": found.cu_alpha,
        "cu_coverage": found.coverage,
        "k_u_alpha": dict(zip(values, found.k_alphas, strict=True)),
        "k_coverage": dict(zip(values, found.k_coverages, strict=True)),
        "observed_gap_gap": found.observed[-1, -1],
        "gap_margin": found.observed[-1].sum(),
        "expected_gap_gap": found.expected[-1, -1],
        "expected_gap_margin": found.expected[-1].sum(),
    }
    check(fixture, ours)


@pytest.mark.parametrize(
    "fixture", [found for found in of_kind("unitized_continuum") if "alphaU_2004" in found.values[0]["expected"]]
)
def test_the_older_alpha_for_units(fixture: dict[str, Any]) -> None:
    begin, end = fixture["doc_range"]
    codes = {
        code: unitizing_1995.differing(
            [
                [(low - begin, high - begin) for low, high, value in units if value == code]
                for units in fixture["data"].values()
            ],
            total=end - begin,
        )
        for code in "ck"
    }
    ours = {
        "alphaU_2004": unitizing_1995.alpha_u(list(codes.values())),
        "alphaU_2004_by_category": {code: found.alpha for code, found in codes.items()},
        "Do_c": codes["c"].observed,
        "De_c": codes["c"].expected,
        "De_k": codes["k"].expected,
    }
    check(fixture, ours)


@pytest.mark.parametrize("fixture", of_kind("segment_matching"))
def test_segments_are_matched_one_to_one(fixture: dict[str, Any]) -> None:
    first, second = ([(start, end) for start, end in spans] for spans in fixture["data"])
    for name, expected in fixture["expected"].items():
        if name == "iou_pairs":
            found = match(first, second, threshold=0)
            assert [shared for *_, shared in found.matched] == pytest.approx(expected["value"])
            continue
        found = match(first, second, threshold=float(name.removeprefix("thr_")))
        only_first, only_second = found.unmatched
        assert (len(found.matched), only_first, only_second) == tuple(
            expected[part] for part in ("matches", "only1", "only2")
        )
        assert found.f1 == pytest.approx(expected["f1"])
        if "kappa_bp_q4_pc1" in expected:
            assert segment_kappa(found.f1, 4) == pytest.approx(expected["kappa_bp_q4_pc1"])
            assert segment_kappa(found.f1, 1) == pytest.approx(expected["kappa_bp_q1_pc2"])


@pytest.mark.parametrize("fixture", of_kind("pooled_kappa"))
def test_kappas_of_several_codes(fixture: dict[str, Any]) -> None:
    tables = [of_table(table) for table in fixture["data"]]
    together = Table(*(np.array([getattr(table, part) for table in tables]) for part in Table.__slots__))
    kappas = coefficients.kappa(together)
    check(
        fixture,
        {
            "kappas": kappas,
            "mean_kappa": coefficients.mean_defined(kappas),
            "pooled_kappa": coefficients.pooled_kappa(together),
        },
    )
