"""What the commands share: arguments, opening a project, JSON, progress."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kamcoder.domain.errors import Notice
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.messages import notice
from kamcoder.services.session import Session

PATH = click.Path(path_type=Path)

project_argument = click.argument("project", type=PATH, metavar="PROJECT")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Session]:
    """Open a project for the time of one command and say if it was brought up to date."""
    with Session.open(path, read_only=read_only) as session:
        if session.backup is not None:
            click.echo(f"Brought up to date; the file as it was is kept as {session.backup.name}.", err=True)
        yield session


def print_json(value: Any) -> None:
    """Print a value as JSON, readable and with its letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_notices(notices: tuple[Notice, ...]) -> None:
    """Print notices on the error stream, a line each."""
    for item in notices:
        click.echo(f"note: {notice(item)}", err=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Yield a progress that draws a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, item_show_func=lambda item: item or "") as bar:

        def show(done: int, total: int, subject: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, subject)

        yield show


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, such as `1 passage` or `3 passages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
