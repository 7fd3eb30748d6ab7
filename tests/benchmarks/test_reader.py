"""The reader against its bars: open 150 ms, code and undo 16 ms, scroll a step 8 ms (median) and 16 ms (p95)."""

import math
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.gui.application import make_window
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session

SIZES = [(60_000, 1_000), (1_000_000, 5_000), (1_000_000, 20_000)]
IN_PROJECT = 50_000
WORDS = [
    "the",
    "board",
    "meets",
    "key",
    "customers",
    "every",
    "year",
    "and",
    "trusts",
    "price",
    "contract",
    "director",
    "growth",
    "factory",
    "😀",
    "wholesale",
]


@dataclass(frozen=True)
class Desk:
    """A window on a project with one large document and, in others, as many codings as make 50,000."""

    window: MainWindow
    large: str
    small: str
    codes: list[str]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0] // 1000} KB, {size[1]} codings")
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    characters, count = request.param
    folder = tmp_path_factory.mktemp("bench")
    chance = random.Random(5)
    session = Session.create(folder / "bench.kamcoder")
    lengths = {"large": characters, "small": 20_000, **{f"other {number}": 100_000 for number in range(10)}}
    for name, length in lengths.items():
        (folder / f"{name}.txt").write_text(talk(chance, length), encoding="utf-8")
    documents = session.imports.commit(session.imports.preview([folder / f"{name}.txt" for name in lengths]))
    large, small, *others = (next(item.id for item in documents if item.name == name) for name in lengths)
    codes = [session.codebook.add(f"Code {number}").id for number in range(40)]
    coder = session.coders.add("Ann")
    session.coders.activate(coder)
    put(session, chance, large, codes, count)
    for other in others:
        put(session, chance, other, codes, (IN_PROJECT - count) // len(others))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = make_window(qapp, Preferences(settings))
    window.resize(1280, 800)
    window.show()
    window.desk.projects.adopt(session)
    qapp.processEvents()
    yield Desk(window, large, small, codes)
    window.close()
    window.theme.close()
    shiboken6.delete(window)


def talk(chance: random.Random, length: int) -> str:
    lines: list[str] = []
    size = 0
    while size < length:
        said = " ".join(chance.choices(WORDS, k=round(chance.lognormvariate(3.2, 0.7)) + 2))
        lines.append(f"{'Interviewer' if len(lines) % 2 == 0 else 'KAM'}: {said}.")
        size += len(lines[-1])
    return "\n".join(lines)


def put(session: Session, chance: random.Random, document: str, codes: list[str], count: int) -> None:
    length = len(session.documents.text(document))
    planned = []
    for _ in range(count):
        start = chance.randrange(length - 10)
        end = min(length, start + 2 + round(math.exp(chance.gauss(4.8, 0.8))))
        planned.append(PlannedCoding(document, TextSpan(start, end), chance.choice(codes)))
    assert session.coder is not None
    session.codings.apply_many(
        planned, coder_id=session.coder.id, origin=Origin.IMPORT, operation=Operation.IMPORT_CODINGS
    )


def painted(desk: Desk, act: Callable[[], object]) -> Callable[[], None]:
    """Return the act with everything it leads to on the screen."""

    def run() -> None:
        act()
        QApplication.processEvents()

    return run


def test_open_to_first_paint(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place = desk.window.place

    def away() -> None:
        place.open_document(desk.small)
        QApplication.processEvents()

    benchmark.pedantic(lambda: place.open_document(desk.large) or place.reader.repaint(), setup=away, rounds=12)
    assert place.reader.document_id == desk.large


def test_apply_commit_repaint(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place, chance = desk.window.place, random.Random(3)
    place.open_document(desk.large)
    length = len(place.reader.view.page.text)

    def select() -> None:
        start = chance.randrange(length - 400)
        place.reader.view.scroll_to(start, above=200)
        place.reader.view.select(TextSpan(start, start + chance.randrange(20, 300)))
        QApplication.processEvents()

    before = len(place.reader.view.marks)
    benchmark.pedantic(painted(desk, lambda: place.acts.apply(chance.choice(desk.codes))), setup=select, rounds=150)
    assert len(place.reader.view.marks) >= before + 140


def test_undo(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place, chance = desk.window.place, random.Random(4)
    place.open_document(desk.large)
    length = len(place.reader.view.page.text)

    def code() -> None:
        start = chance.randrange(length - 400)
        place.reader.view.scroll_to(start, above=200)
        place.reader.view.select(TextSpan(start, start + chance.randrange(20, 300)))
        place.acts.apply(chance.choice(desk.codes))
        QApplication.processEvents()

    before = len(place.reader.view.marks)
    benchmark.pedantic(painted(desk, lambda: desk.window.desk.go(back=True)), setup=code, rounds=100)
    assert abs(len(place.reader.view.marks) - before) <= 3  # the same span and code drawn twice is no step


def test_scroll_a_step(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place = desk.window.place
    place.open_document(desk.large)
    bar = place.reader.view.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(bar.maximum() // 3)
    QApplication.processEvents()
    benchmark.pedantic(painted(desk, lambda: bar.setValue(bar.value() + 20)), rounds=300)


def test_page_down(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place = desk.window.place
    place.open_document(desk.large)
    bar = place.reader.view.verticalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    benchmark.pedantic(painted(desk, lambda: bar.setValue(bar.value() + bar.pageStep())), rounds=40)


def test_extend_the_selection(benchmark: BenchmarkFixture, desk: Desk) -> None:
    view = desk.window.place.reader.view
    desk.window.place.open_document(desk.large)
    view.scroll_to(20_000)
    QApplication.processEvents()
    cursor = view.textCursor()
    cursor.setPosition(20_100)
    view.setTextCursor(cursor)

    def extend() -> None:
        cursor = view.textCursor()
        cursor.movePosition(cursor.MoveOperation.NextWord, cursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)

    benchmark.pedantic(painted(desk, extend), rounds=100)


def test_find_in_the_document(benchmark: BenchmarkFixture, desk: Desk) -> None:
    reader = desk.window.place.reader
    desk.window.place.open_document(desk.large)
    reader.searching.begin()
    words = iter(["growth factory", "the"] * 20)
    benchmark.pedantic(painted(desk, lambda: reader.find_bar.field.setText(next(words))), rounds=20)
    assert len(reader.view.ground.hits) > 100
    reader.searching.leave()


def test_show_some_codes_only(benchmark: BenchmarkFixture, desk: Desk) -> None:
    place = desk.window.place
    place.open_document(desk.large)
    benchmark.pedantic(painted(desk, lambda: place.codebook.model.tick(desk.codes[:1])), rounds=20)


def test_window_width_changes(benchmark: BenchmarkFixture, desk: Desk) -> None:
    window = desk.window
    window.place.open_document(desk.large)
    QApplication.processEvents()
    widths = iter([1280 + 7 * (number % 2) for number in range(200)])
    benchmark.pedantic(painted(desk, lambda: window.resize(next(widths), 800)), rounds=30)


def test_theme_changes(benchmark: BenchmarkFixture, desk: Desk) -> None:
    window = desk.window
    window.place.open_document(desk.large)
    keys = iter(["view.dark", "view.light"] * 20)
    benchmark.pedantic(painted(desk, lambda: window.commands[next(keys)].trigger()), rounds=6)


def test_start_in_an_installed_place(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Process start to the first painted window: the bar is 400 ms. Compiled modules, as an installation has."""
    script = (
        "import sys\n"
        "from kamcoder.gui import application\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application.begin = lambda window, path: (print('painted'), QApplication.exit(0))\n"
        "from kamcoder.__main__ import main\n"
        "sys.exit(main())\n"
    )
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    environment = {**kept, **compiled, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}

    def start() -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout

    assert "painted" in benchmark.pedantic(start, rounds=15, warmup_rounds=2)
