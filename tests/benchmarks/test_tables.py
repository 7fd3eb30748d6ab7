"""Speed of tables and summaries in the window: `pytest tests/benchmarks/test_tables.py --benchmark-only -n 0`.

A table of 60 cases × 40 codes over 50,000 codings is counted and shown again in 150 ms; what stands together among 40
codes in 300 ms; a list of 20,000 passages is shown in 200 ms with the text of a few. No slice of reading 50,000
codings for the first time keeps the window waiting for more than 50 ms and a document.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id
from kamcoder.gui.tables.place import TablesPlace
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session
from kamcoder.services.summary_grid import summary_grid
from kamcoder.services.table_definition import TableAxis, TableDefinition

CASES, EACH = 60, 834


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A project of 60 cases with an interview each, 40 codes below 10 others, and 50,000 codings."""
    folder, chance = tmp_path_factory.mktemp("tables"), random.Random(1)
    tops = [Code(new_id(), f"heading {number}", position=number) for number in range(10)]
    codes = [Code(new_id(), f"code {number}", parent_id=tops[number % 10].id, position=number) for number in range(40)]
    with Session.create(folder / "crowded.kamcoder", codes=[*tops, *codes]) as session:
        paths = []
        for number in range(CASES):
            said = "".join(f"KAM: {'We visit them often. ' * 20}\nInterviewer: And {number}?\n" for _ in range(130))
            path = folder / f"F{number:02}-KAM.txt"
            path.write_text(f"Interviewer: Who?\n{said}", encoding="utf-8")
            paths.append(path)
        documents = session.imports.commit(session.imports.preview(paths))
        session.coders.activate(session.coders.add("Ann"))
        planned = [
            PlannedCoding(document.id, TextSpan(start, start + chance.randrange(20, 300)), chance.choice(codes).id)
            for document in documents
            for start in chance.sample(range(40, document.length - 400), EACH)
        ]
        session.codings.apply_many(planned, coder_id=session.coders.find("Ann").id, origin=Origin.IMPORT)
        yield session


@pytest.fixture
def place(crowded: Session) -> Iterator[TablesPlace]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme, tasks = Theme(application), TaskRunner()
    made = TablesPlace(theme, tasks)
    made.resize(1280, 720)
    made.load(crowded)
    made.show()
    while made.numbers.model.made is None:
        application.processEvents()
    yield made
    made.flush()
    made.close()
    tasks.close()
    theme.close()


def test_the_table_is_counted_and_shown_again(place: TablesPlace, benchmark: Any) -> None:
    numbers = place.numbers
    numbers.builder.choose(TableDefinition(level=2))
    benchmark.pedantic(numbers.refresh, rounds=10, warmup_rounds=1)
    assert numbers.model.columnCount() == 42


def test_twenty_thousand_passages_are_shown(place: TablesPlace, crowded: Session, benchmark: Any) -> None:
    behind, ids = place.numbers.behind, crowded.tables.make(TableDefinition()).coding_ids(None, None)[:20_000]

    def shown() -> None:
        behind.show_cell(crowded, "", ())
        behind.show_cell(crowded, "All", ids)
        behind.repaint()

    benchmark.pedantic(shown, rounds=10, warmup_rounds=1)
    assert len(behind.model.lines) == 20_000
    assert behind.model.held <= 120


def test_what_stands_together(crowded: Session, benchmark: Any) -> None:
    definition = TableDefinition(rows=TableAxis.CODES, level=2)
    made = benchmark.pedantic(crowded.tables.make, args=(definition,), rounds=10, warmup_rounds=1)
    assert len(made.rows) == 40


def test_the_grid_of_summaries(crowded: Session, benchmark: Any) -> None:
    grid = benchmark.pedantic(summary_grid, args=(crowded,), kwargs={"level": 2}, rounds=10, warmup_rounds=1)
    assert sum(grid.progress().values()) == CASES * 40


def test_the_longest_slice_of_the_first_reading(crowded: Session, benchmark: Any) -> None:
    def read() -> float:
        longest = 0.0
        with Session.open(crowded.path, read_only=True) as fresh:
            while True:
                before = process_time()
                done, documents = fresh.tables.read_some(0.012)
                longest = max(longest, process_time() - before)
                if done == documents:
                    return longest

    longest = benchmark.pedantic(read, rounds=3)
    assert longest > 0
    benchmark.extra_info["longest slice (s of CPU)"] = longest
