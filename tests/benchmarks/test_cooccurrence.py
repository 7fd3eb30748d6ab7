"""Co-occurrence of 40 codes over 50,000 codings: the bar is 300 ms."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.analysis.axes import AxisField, CodedSpan, single_axis
from kamcoder.analysis.cooccurrence import cooccur
from tests.benchmarks.test_crosstab import study

TURNS = {f"document-{number}": list(range(0, 60_000, 300)) for number in range(120)}


@pytest.mark.parametrize("turns", [None, 0, 2], ids=["overlap", "same turn", "within 2 turns"])
@pytest.mark.parametrize("nested", [False, True], ids=["40 codes", "10 parents with 30 children"])
def test_cooccurrence(benchmark: BenchmarkFixture, turns: int | None, nested: bool) -> None:
    codings, _, columns = study(reading_order=True)
    if not nested:
        codings = [coding._replace(code_id=f"code-{int(coding.code_id[5:]) % 40}") for coding in codings]
        columns = single_axis(AxisField.CODE, [f"code-{number}" for number in range(40)])
    starts = None if turns is None else TURNS
    found = benchmark(lambda: cooccur(codings, codes=columns, turn_starts=starts, turns=turns or 0))
    assert sum(found.passages) >= 49_000
    assert sum(number or 0 for line in found.counts for number in line) > 10_000


def test_everything_on_one_stretch_is_no_catastrophe(benchmark: BenchmarkFixture) -> None:
    codings = [
        CodedSpan(f"c{number}", "d", f"code-{number % 40}", "ann", number % 50, 60_000 + number, "manual")
        for number in range(50_000)
    ]
    axis = single_axis(AxisField.CODE, [f"code-{number}" for number in range(40)])
    assert benchmark(lambda: cooccur(codings, codes=axis)).counts[0][1] == 1250 * 1250
