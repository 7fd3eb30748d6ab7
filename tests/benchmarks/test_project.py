"""Speed of the project file, against the bars of the product: run with `pytest tests/benchmarks --benchmark-only -n 0`.

A single act on 50,000 codings 16 ms at the 95th percentile; undo 16 ms; search in 10 MB 50 ms; a table of 60 cases × 40
codes over 50,000 codings 150 ms; import of 60 interviews of 60 KB 10 s.
"""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition

WORDS = [
    "we",
    "look",
    "at",
    "the",
    "customer",
    "and",
    "price",
    "of",
    "every",
    "order",
    "because",
    "trust",
    "in",
    "people",
    "matters",
    "to",
    "a",
    "firm",
    "that",
    "sells",
    "cleaning",
    "contracts",
    "margin",
    "board",
    "visit",
    "quarter",
    "key",
    "account",
    "manager",
    "director",
    "budget",
    "delivery",
    "problem",
    "meeting",
    "region",
]


def interview(seed: int, size: int) -> str:
    """An interview of about `size` characters in turns of some sixty words."""
    chance, lines, length = random.Random(seed), [], 0
    for voice in itertools.cycle(("Interviewer", "KAM")):
        spoken = " ".join(chance.choices(WORDS, k=20 if voice == "Interviewer" else 90))
        lines.append(f"{voice}: {spoken.capitalize()}{'?' if voice == 'Interviewer' else '.'}")
        length += len(lines[-1]) + 1
        if length >= size:
            return "\n".join(lines) + "\n"
    raise AssertionError


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A project of 60 cases, 170 KB each (10 MB), 40 codes and 50,000 codings."""
    folder = tmp_path_factory.mktemp("large")
    with Session.create(folder / "large.kamcoder") as session:
        paths = []
        for number in range(60):
            path = folder / f"F{number:02}-KAM.txt"
            path.write_text(interview(number, 170_000), encoding="utf-8")
            paths.append(path)
        documents = session.imports.commit(session.imports.preview(paths))
        codes = [session.codebook.add(f"code {number}").id for number in range(40)]
        session.coders.activate(session.coders.add("Ann"))
        chance = random.Random(1)
        planned = [
            PlannedCoding(document.id, TextSpan(start, start + chance.randrange(30, 400)), chance.choice(codes))
            for document in documents
            for start in chance.sample(range(document.length - 500), 50_000 // 60 + 1)
        ]
        session.codings.apply_many(
            planned,
            coder_id=session.coders.find("Ann").id,
            origin=Origin.IMPORT,
            operation=Operation.IMPORT_CODINGS,
        )
        session.idle()
        yield session


def test_apply_one_code_among_50_000(large: Session, benchmark: Any) -> None:
    document = large.documents.all()[30]
    code = large.codebook.all().codes[0].id
    starts = itertools.count(10, 7)
    benchmark.pedantic(
        lambda start: large.codings.apply(document.id, TextSpan(start, start + 101), code),
        setup=lambda: ((next(starts),), {}),
        rounds=300,
    )


def test_undo_among_50_000(large: Session, benchmark: Any) -> None:
    document = large.documents.all()[31]
    code = large.codebook.all().codes[0].id
    starts = itertools.count(11, 7)

    def coded() -> None:
        start = next(starts)
        large.codings.apply(document.id, TextSpan(start, start + 103), code)

    benchmark.pedantic(large.undo, setup=coded, rounds=300)


@pytest.mark.parametrize("query", ["budget", "trust in people", "clean", "nowhere"])
def test_search_in_10_megabytes(large: Session, benchmark: Any, query: str) -> None:
    benchmark(large.documents.search, query)


def test_table_of_60_cases_and_40_codes(large: Session, benchmark: Any) -> None:
    grid = benchmark.pedantic(large.tables.grid, args=(TableDefinition(),), rounds=10)
    assert len(grid.rows) == 60
    assert len(grid.columns) == 42


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_import_60_interviews(tmp_path: Path, benchmark: Any, kind: str) -> None:
    paths = []
    for number in range(60):
        path, text = tmp_path / f"F{number:02}-KAM.{kind}", interview(number, 60_000)
        if kind == "txt":
            path.write_text(text, encoding="utf-8")
        else:
            file = docx.Document()
            for line in text.splitlines():
                file.add_paragraph(line)
            file.save(str(path))
        paths.append(path)
    count = itertools.count()

    def imported() -> None:
        with Session.create(tmp_path / f"p{next(count)}.kamcoder") as session:
            assert len(session.imports.commit(session.imports.preview(paths))) == 60

    benchmark.pedantic(imported, rounds=3)


@pytest.mark.parametrize("size", [60_000, 600_000, 6_000_000])
def test_import_is_linear(tmp_path: Path, benchmark: Any, size: int) -> None:
    path = tmp_path / "F1-KAM.txt"
    path.write_text(interview(1, size), encoding="utf-8")
    count = itertools.count()

    def imported() -> None:
        with Session.create(tmp_path / f"p{next(count)}.kamcoder") as session:
            assert len(session.imports.commit(session.imports.preview([path]))) == 1

    benchmark.pedantic(imported, rounds=3)
