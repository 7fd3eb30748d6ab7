"""demo: the sample study from the shipped files, and its cross-case table."""

import shutil
from pathlib import Path

import click

from kamcoder.cli.common import PATH, counted, opened, progress_bar
from kamcoder.domain.errors import KamCoderError
from kamcoder.services.demo import CODERS, PROJECT_NAME, build_sample
from kamcoder.services.files import write_output
from kamcoder.services.tables import TableDefinition, print_grid, write_grid

_TABLES = ("cross-case-table.csv", "cross-case-table.html")


@click.command()
@click.option("--output", type=PATH, default=Path("kamcoder-demo"), show_default=True, help="Where the files go.")
@click.option("--force", is_flag=True, help="Build it anew if it is there already.")
def demo(output: Path, force: bool) -> None:
    """Build the sample study and print its cross-case table.

    Eleven invented interviews of seven firms are imported, with their attributes, the codings of two coders and
    written summaries. The project and the table (CSV, HTML) stay in the output folder.
    """
    project = output / PROJECT_NAME
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KamCoderError("folder_not_writable", folder=str(output), reason=error.strerror) from error
    if force:
        project.unlink(missing_ok=True)
    if project.exists():
        raise KamCoderError("output_exists", file=str(project))
    with progress_bar("Building the sample study") as progress:
        build_sample(output, progress=progress)
    with opened(project, read_only=True) as session:
        coder = session.coders.find(CODERS[0])
        grid = session.tables.grid(TableDefinition(coder_ids=frozenset({coder.id})))
        documents, codings = len(session.documents.all()), len(session.passages.select())
    for name in _TABLES:
        write_output(output / name, write_grid(grid, output / name))
    click.echo(print_grid(grid, width=shutil.get_terminal_size((140, 24)).columns))
    click.echo("")
    click.echo(f"{counted(documents, 'interview')}, {counted(codings, 'coding')} by {' and '.join(CODERS)}, in:")
    for name in (PROJECT_NAME, *_TABLES):
        click.echo(f"  {output / name}")
    click.echo(f"Next: kamcoder open {project}")
