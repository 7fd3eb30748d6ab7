import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.tasks import TaskRunner
from kamcoder.services.jobs import Progress


@pytest.fixture
def runner() -> TaskRunner:
    return TaskRunner()


def test_results_and_progress_arrive_in_the_windows_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    here = threading.get_ident()
    seen: list[object] = []

    def work(*, progress: Progress) -> int:
        assert threading.get_ident() != here
        progress(1, 2, "half")
        return 42

    task = runner.start("Counting", work, done=lambda result: seen.append((result, threading.get_ident())))
    task.progressed.connect(lambda *values: seen.append((values, threading.get_ident())))
    with qtbot.waitSignal(task.finished):
        pass
    assert seen == [((1, 2, "half"), here), (42, here)]
    assert not runner.busy
    runner.close()


def test_an_expected_failure_is_told_as_such(qtbot: QtBot, runner: TaskRunner) -> None:
    failures: list[KamCoderError] = []

    def work(*, progress: Progress) -> None:
        raise InvalidInput("code_name_empty")

    task = runner.start("Failing", work, failed=failures.append)
    with qtbot.waitSignal(task.finished):
        pass
    assert [error.key for error in failures] == ["code_name_empty"]
    runner.close()


def test_a_bug_reaches_the_hook_for_bugs(qtbot: QtBot, runner: TaskRunner) -> None:
    def work(*, progress: Progress) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as faults:
        task = runner.start("Breaking", work)
        with qtbot.waitSignal(task.finished):
            pass
    assert [kind for kind, _, _ in faults] == [ZeroDivisionError]
    runner.close()


def test_cancelling_ends_the_work_at_its_next_step(qtbot: QtBot, runner: TaskRunner) -> None:
    begun, go_on = threading.Event(), threading.Event()
    failures: list[KamCoderError] = []
    steps: list[int] = []

    def work(*, progress: Progress) -> None:
        begun.set()
        go_on.wait(30)
        for step in range(10):
            progress(step, 10, "")
            steps.append(step)

    task = runner.start("Long", work, failed=failures.append)
    assert begun.wait(30)
    task.cancel()
    go_on.set()
    with qtbot.waitSignal(task.finished):
        pass
    assert steps == []
    assert [error.key for error in failures] == ["cancelled"]
    runner.close()


def test_tasks_run_one_after_another(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[str] = []

    def named(name: str) -> object:
        def work(*, progress: Progress) -> None:
            order.append(name)

        return work

    tasks = [runner.start(name, named(name)) for name in "abc"]  # type: ignore[arg-type]
    with qtbot.waitSignal(tasks[-1].finished):
        pass
    assert order == ["a", "b", "c"]
    runner.close()
