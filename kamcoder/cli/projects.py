"""new, open, check, log: the project file itself."""

import dataclasses
from pathlib import Path

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, progress_bar, project_argument
from kamcoder.cli.words import CHECKS, describe_entry, describe_finding
from kamcoder.domain.project import PROJECT_SUFFIX
from kamcoder.services import checking
from kamcoder.services.codebook_files import read_guide, read_template
from kamcoder.services.session import Session


@click.command()
@click.argument("project", type=PATH)
@click.option("--name", default="", help="The study's name; the file's name if left out.")
@click.option(
    "--template",
    default="kam",
    show_default=True,
    help="Codebook to start with: see 'kamcoder codebook templates'; 'none' starts empty.",
)
def new(project: Path, name: str, template: str) -> None:
    """Create a project file.

    The codebook template brings its interview guide along, by which questions are recognised at import.
    """
    path = project if project.suffix else project.with_suffix(PROJECT_SUFFIX)
    book = None if template == "none" else read_template(template)
    guide = read_guide(book.guide) if book and book.guide else ()
    with Session.create(path, name=name, codes=book.codes if book else (), guide=guide) as session:
        codes = len(session.codebook.all())
    click.echo(f"Created {path} with {counted(codes, 'code')}.")


@click.command("open")
@click.argument("project", type=PATH, required=False)
@click.pass_obj
def open_window(window: object, project: Path | None) -> int:
    """Open the window, with a project or on the start page."""
    if not callable(window):
        raise click.ClickException("The window cannot be opened from here.")
    return int(window([str(project)] if project else []))


@click.command()
@project_argument
@json_option
def check(project: Path, as_json: bool) -> int:
    """Look over a project file without changing it and say what was found. Exit status 1 if anything is wrong."""
    with progress_bar("Checking") as progress:
        report = checking.check_file(project, progress=progress)
    if as_json:
        print_json(
            {
                "file": str(project),
                "sound": report.sound,
                "examined": {kind.value: count for kind, count in report.examined.items()},
                "findings": [dataclasses.asdict(finding) for finding in report.findings],
            }
        )
        return 0 if report.sound else 1
    for kind, count in report.examined.items():
        wrong = sum(finding.check is kind for finding in report.findings)
        click.echo(f"{CHECKS[kind]:<42} {count:>8,}   {'sound' if not wrong else counted(wrong, 'finding')}")
    for finding in report.findings:
        click.echo(f"  {describe_finding(finding)}")
    click.echo(f"{project} is sound." if report.sound else f"{project}: {counted(len(report.findings), 'finding')}.")
    return 0 if report.sound else 1


@click.command()
@project_argument
@click.option("--last", type=click.IntRange(min=1), help="Only the last lines.")
@json_option
def log(project: Path, last: int | None, as_json: bool) -> None:
    """Print the audit log: who did what when. Lines are only ever added; undoing adds one too."""
    with opened(project, read_only=True) as session:
        entries = session.log(last=last)
    if as_json:
        print_json([dataclasses.asdict(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.number:>6}  {entry.at[:19].replace('T', ' ')}  {entry.coder:<12}  {describe_entry(entry)}")
