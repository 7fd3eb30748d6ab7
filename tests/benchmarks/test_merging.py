"""Merging a second coder's 20,000 codings: 3 s, all of it from opening the copy to the commit."""

import shutil
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id, now
from kamcoder.services.session import Session

CODINGS = 20_000


def fill(session: Session, coder: str, count: int) -> None:
    """Give a coder codings all over the interviews, in one step."""
    coder_id = session.coders.ensure(coder).id
    codes = [code.id for code in session.codebook.all().codes]
    documents = [(document.id, session.documents.text(document.id)) for document in session.documents.all()]
    codings = []
    for number in range(count):
        document_id, text = documents[number % len(documents)]
        start = (number * 37) % (len(text) - 40)
        span = TextSpan(start, start + 5 + number % 30)
        code = codes[number // len(text) % len(codes)]
        codings.append(Coding(new_id(), document_id, span, span.of(text), code, coder_id, Origin.MANUAL, now()))
    unique = {(one.document_id, one.span, one.code_id): one for one in codings}
    editing = session._editing
    with editing.edit(Operation.IMPORT_CODINGS, codings=len(unique)):
        editing.rows.codings.add(unique.values())


def study(folder: Path) -> Path:
    """Make ten interviews of 60,000 characters with 20,000 codings."""
    path = folder / "study.kamcoder"
    with Session.create(path) as session:
        for number in range(10):
            turn = f"Interviewer: Question {number}?\nBoss: " + "We know our customers well. " * 40 + "\n"
            (folder / f"D{number}.txt").write_text(turn * 50, encoding="utf-8")
        session.imports.commit(session.imports.preview(sorted(folder.glob("D*.txt"))))
        for number in range(40):
            session.codebook.add(f"Code {number}")
        fill(session, "Ann", CODINGS)
    return path


def test_merging_20000_codings(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = study(tmp_path)
    copy = tmp_path / "ben.kamcoder"
    shutil.copy(path, copy)
    with Session.open(copy) as session:
        fill(session, "Ben", CODINGS)
    targets = iter(range(100))

    def ready() -> tuple[tuple[Session], dict[str, object]]:
        target = tmp_path / f"target-{next(targets)}.kamcoder"
        shutil.copy(path, target)
        return (Session.open(target),), {}

    report = benchmark.pedantic(lambda session: session.merging.merge(copy), setup=ready, rounds=3)
    assert report.tables["codings"].new > 0.9 * CODINGS


def test_previewing_a_copy_that_brings_nothing(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = study(tmp_path)
    copy = tmp_path / "ben.kamcoder"
    shutil.copy(path, copy)
    with Session.open(path) as session:
        assert benchmark.pedantic(lambda: session.merging.preview(copy), rounds=3).empty
