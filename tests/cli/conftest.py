"""A terminal of one width for all tests, wherever they run, and a command run in it."""

import pytest

from kamcoder.cli import run
from tests.cli.terminal import Run


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that must end with a status and return what it printed: the errors if it had to fail."""

    def call(*arguments: object, status: int = 0) -> str:
        assert run([str(argument) for argument in arguments]) == status
        printed = capsys.readouterr()
        return printed.err if status else printed.out

    return call
