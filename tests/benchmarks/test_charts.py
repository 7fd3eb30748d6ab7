"""Charts: of the sample study, and of sixty cases with 20,000 passages; made and drawn as the window shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.formats.charts.model import PAPER
from kamcoder.services.charts import ChartDefinition, ChartKind, make_chart
from kamcoder.services.demo import build_sample
from kamcoder.services.exporting import CHART_FORMATS, write_chart
from kamcoder.services.handing_out import picture
from kamcoder.services.session import Session
from kamcoder.services.table_definition import TableDefinition
from tests.benchmarks.test_report import large

__all__ = ["large"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The shipped study."""
    with Session.open(build_sample(tmp_path_factory.mktemp("sample")), read_only=True) as session:
        yield session


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_of_the_sample_study(benchmark: BenchmarkFixture, sample: Session, kind: ChartKind) -> None:
    assert benchmark.pedantic(
        lambda: picture(sample, ChartDefinition(kind), look=PAPER, dpi=96), rounds=3, warmup_rounds=1
    )


@pytest.mark.parametrize("ending", CHART_FORMATS)
def test_a_chart_file(benchmark: BenchmarkFixture, sample: Session, ending: str) -> None:
    chart = make_chart(sample, ChartDefinition())
    assert benchmark.pedantic(lambda: write_chart(chart, Path(f"x{ending}")), rounds=3, warmup_rounds=1)


def test_a_map_of_sixty_cases_and_all_codes(benchmark: BenchmarkFixture, large: Session) -> None:
    definition = ChartDefinition(table=TableDefinition(level=2))
    assert benchmark.pedantic(lambda: picture(large, definition, look=PAPER, dpi=96), rounds=2)
