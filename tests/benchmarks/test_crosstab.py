"""Cross table of 50,000 codings, 60 cases × 40 columns: the bar is 150 ms."""

import random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.analysis.axes import Axis, CodedSpan, code_axis, grouped_documents
from kamcoder.analysis.crosstab import cross_tabulate
from kamcoder.analysis.measures import Measure
from kamcoder.domain.codebook import Code, Codebook

CODINGS, CASES, COLUMNS = 50_000, 60, 40


def study(*, reading_order: bool) -> tuple[list[CodedSpan], Axis, Axis]:
    """Return codings of three coders in 120 documents; ten parent codes stand beside thirty of their children."""
    chance = random.Random(7)
    codes = [Code(f"code-{number}", f"Code {number}") for number in range(10)]
    codes += [Code(f"code-{number}", f"Code {number}", f"code-{number % 10}") for number in range(10, 80)]
    documents = {f"document-{number}": [f"case-{number % CASES}"] for number in range(120)}
    documents["document-0"] = ["case-0", "case-1"]
    places = [(chance.randrange(120), chance.randrange(60_000)) for _ in range(CODINGS)]
    if reading_order:
        places.sort()
    codings = [
        CodedSpan(
            f"coding-{number}",
            f"document-{document}",
            f"code-{chance.randrange(80)}",
            f"coder-{chance.randrange(3)}",
            start,
            start + chance.randrange(1, 600),
            "manual",
            "interviewee",
        )
        for number, (document, start) in enumerate(places)
    ]
    columns = code_axis(Codebook(tuple(codes)), [f"code-{number}" for number in range(COLUMNS)])
    rows = grouped_documents([f"case-{number}" for number in range(CASES)], documents)
    return codings, rows, columns


@pytest.mark.parametrize("reading_order", [True, False], ids=["as stored", "shuffled"])
@pytest.mark.parametrize("measure", list(Measure))
def test_cross_table(benchmark: BenchmarkFixture, measure: Measure, reading_order: bool) -> None:
    codings, rows, columns = study(reading_order=reading_order)
    table = benchmark(lambda: cross_tabulate(codings, rows=rows, columns=columns, measure=measure))
    assert (len(table.cells), len(table.cells[0])) == (CASES, COLUMNS)
    assert len(table.grand_total.coding_ids) == CODINGS
