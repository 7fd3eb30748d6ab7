"""The program's verbs together, and what becomes of their errors.

Exit status: 0 done, 1 a failure that is said in one sentence, 2 wrong usage.
"""

import io
import os
import sys
from collections.abc import Callable, Sequence

import click

from kamcoder import __version__
from kamcoder.cli import (
    actors,
    benching,
    cases,
    charts,
    codebook,
    coding,
    comparing,
    demo,
    imports,
    projects,
    reporting,
    suggesting,
    tables,
    team,
)
from kamcoder.domain.errors import KamCoderError
from kamcoder.services.messages import sentence

WindowOpener = Callable[[list[str]], int]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="KamCoder")
def program() -> None:
    """Code interview transcripts, read them across cases, compare coders. Everything stays on this machine.

    Start with 'kamcoder demo', or 'kamcoder new study.kamcoder' and 'kamcoder import study.kamcoder FILES…'. Without a
    verb, or with a project file alone, the window opens.
    """


program.add_command(projects.new)
program.add_command(projects.open_window)
program.add_command(imports.import_files)
program.add_command(codebook.codebook)
program.add_command(cases.cases)
program.add_command(actors.actors)
program.add_command(coding.code)
program.add_command(coding.passages)
program.add_command(tables.table)
program.add_command(charts.chart)
program.add_command(reporting.summary)
program.add_command(reporting.report)
program.add_command(comparing.compare)
program.add_command(comparing.coders)
program.add_command(team.settle)
program.add_command(team.assign)
program.add_command(team.copy)
program.add_command(team.merge)
program.add_command(suggesting.suggest)
program.add_command(benching.benching)
program.add_command(projects.check)
program.add_command(projects.log)
program.add_command(demo.demo)


def run(arguments: Sequence[str], *, open_window: WindowOpener | None = None) -> int:
    """Run one command and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character must not stop the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        result = program.main(list(arguments), prog_name="kamcoder", standalone_mode=False, obj=open_window)
    except KamCoderError as error:
        click.echo(f"kamcoder: {sentence(error)}", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kamcoder: cancelled; nothing was changed.", err=True)
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`| head`); that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
