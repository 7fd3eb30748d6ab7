"""Case reports: the sample study in 3 s, 60 cases with 20,000 passages in 30 s, in every format."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.services.codebook_files import read_template
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.demo import build_sample
from kamcoder.services.exporting import PAPER_FORMATS, write_grid, write_paper
from kamcoder.services.reporting import ReportOptions, case_report
from kamcoder.services.session import Session
from tests.benchmarks.test_project import WORDS

CASES, PASSAGES = 60, 20_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Sixty cases with an interview of 60 KB each and 20,000 codings of two coders."""
    folder, chance = tmp_path_factory.mktemp("large"), random.Random(3)
    book = read_template("kam")
    with Session.create(folder / "large.kamcoder", codes=book.codes) as session:
        paths = []
        for number in range(CASES):
            lines = [
                f"{'Interviewer' if turn % 2 == 0 else 'KAM'}: {' '.join(chance.choices(WORDS, k=100))}."
                for turn in range(110)
            ]
            paths.append(folder / f"F{number}-KAM.txt")
            paths[-1].write_text("\n".join(lines), encoding="utf-8")
        documents = session.imports.commit(session.imports.preview(paths))
        codes = [code.id for code in session.codebook.all().codes]
        for name in ("Ann", "Ben"):
            coder = session.coders.ensure(name)
            plans = []
            for document in documents:
                for _ in range(PASSAGES // CASES // 2):
                    start = chance.randrange(document.length - 600)
                    span = TextSpan(start, start + chance.randrange(50, 500))
                    plans.append(PlannedCoding(document.id, span, chance.choice(codes)))
            session.codings.apply_many(plans, coder_id=coder.id, origin=Origin.IMPORT)
        yield session


@pytest.mark.parametrize("ending", PAPER_FORMATS)
def test_report_of_the_sample_study(benchmark: BenchmarkFixture, tmp_path: Path, ending: str) -> None:
    with Session.open(build_sample(tmp_path), read_only=True) as session:
        assert benchmark.pedantic(lambda: write_paper(case_report(session), Path(f"r{ending}")), rounds=3)


@pytest.mark.parametrize("ending", PAPER_FORMATS)
def test_report_of_sixty_cases(benchmark: BenchmarkFixture, large: Session, ending: str) -> None:
    assert len(large.passages.book().lines()) > PASSAGES * 0.95
    data = benchmark.pedantic(lambda: write_paper(case_report(large), Path(f"r{ending}")), rounds=2)
    assert len(data) > 100_000


@pytest.mark.parametrize("ending", PAPER_FORMATS)
def test_report_of_sixty_cases_with_all_quotes(benchmark: BenchmarkFixture, large: Session, ending: str) -> None:
    options = ReportOptions(quotes=1000)
    assert benchmark.pedantic(lambda: write_paper(case_report(large, options), Path(f"r{ending}")), rounds=1)


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".csv", ".html"])
def test_list_of_all_passages(benchmark: BenchmarkFixture, large: Session, ending: str) -> None:
    grid = large.tables.passages(large.passages.select())
    assert benchmark.pedantic(lambda: write_grid(grid, Path(f"p{ending}")), rounds=1)
