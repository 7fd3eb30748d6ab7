"""Asking the worker process: in order, only the latest of each kind, and what is said when it keeps dying."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggesting import Tier
from kamcoder.gui.suggestions.runner import SuggestionRunner
from kamcoder.services.suggestion_desk import Ask, Batch, Learned

_PATIENCE = 30_000


class TellingDesk:
    """Says the number of what it was asked."""

    def learn(self, ask: Ask) -> Learned:
        return Learned(str(ask.number), 0, {})

    def propose(self, ask: Ask, document_id: str, first: TextSpan | None) -> Batch:
        return Batch(document_id, (), (), str(ask.number), Tier.BLANK, first=True, last=False)

    def more(self) -> Batch:
        return Batch("d", (), (), "more", Tier.BLANK, first=False, last=True)


class DyingDesk:
    """Ends its process whenever it is asked anything."""

    def learn(self, ask: Ask) -> Learned:
        os._exit(3)


class FaultyDesk:
    """Has a fault."""

    def learn(self, ask: Ask) -> Learned:
        raise ZeroDivisionError


Maker = Callable[[Callable[[], object]], SuggestionRunner]


@pytest.fixture
def runner() -> Iterator[Maker]:
    made: list[SuggestionRunner] = []

    def make(host: Callable[[], object]) -> SuggestionRunner:
        made.append(SuggestionRunner(host=host))
        return made[-1]

    yield make
    for one in made:
        one.close()


def ask(number: int) -> Ask:
    return Ask(Path("study.kamcoder"), "ann", number)


def test_the_latest_of_a_kind_is_asked_and_what_is_on_screen_before_what_is_to_be_learned(
    qtbot: QtBot, runner: Maker
) -> None:
    asking, said = runner(TellingDesk), list[str]()
    asking.learned.connect(lambda found: said.append(f"learned {found.model_version}"))
    asking.batch_came.connect(lambda batch: said.append(f"batch {batch.model_version}"))
    for number in range(1, 5):
        asking.learn(ask(number))
    asking.propose(ask(5), "d", None)
    qtbot.waitUntil(lambda: not asking.busy and len(said) == 4, timeout=_PATIENCE)
    assert said == ["learned 1", "batch 5", "batch more", "learned 4"]


def test_a_killed_worker_is_started_again_without_a_word(qtbot: QtBot, runner: Maker) -> None:
    asking, learned, failures = runner(TellingDesk), list[str](), list[KamCoderError]()
    asking.learned.connect(lambda found: learned.append(found.model_version))
    asking.failed.connect(failures.append)
    asking.learn(ask(1))
    qtbot.waitUntil(lambda: learned == ["1"] and not asking.busy, timeout=_PATIENCE)
    first = asking.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    asking.learn(ask(2))
    qtbot.waitUntil(lambda: learned == ["1", "2"], timeout=_PATIENCE)
    assert asking.pid not in (None, first)
    assert not failures


@pytest.mark.parametrize(("host", "key"), [(DyingDesk, "suggest_worker_died"), (FaultyDesk, "suggest_worker_fault")])
def test_what_goes_wrong_for_good_is_said(qtbot: QtBot, runner: Maker, host: Callable[[], object], key: str) -> None:
    asking, failures = runner(host), list[KamCoderError]()
    asking.failed.connect(failures.append)
    asking.learn(ask(1))
    qtbot.waitUntil(lambda: bool(failures), timeout=_PATIENCE)
    assert [error.key for error in failures] == [key]


def test_what_was_kept_goes_with_the_runner(runner: Maker) -> None:
    asking = runner(TellingDesk)
    assert asking.folder.is_dir()
    asking.close()
    assert not asking.folder.exists()
