"""table: the cross-case table."""

import dataclasses
import shutil
from pathlib import Path

import click

from kamcoder.analysis.measures import Measure
from kamcoder.cli.common import PATH, json_option, opened, print_json, project_argument
from kamcoder.services.files import write_output
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition, TableRows, print_grid, write_grid


@click.command()
@project_argument
@click.option("--rows", type=click.Choice([rows.value for rows in TableRows]), default="cases", show_default=True)
@click.option("--code", "codes", multiple=True, help="A column; the top of the codebook if left out.")
@click.option("--below", help="Columns are the codes directly below this one.")
@click.option("--measure", type=click.Choice([kind.value for kind in Measure]), default="passages", show_default=True)
@click.option("--coder", "coders", multiple=True, help="Count only this coder's codings.")
@click.option("--attributes/--no-attributes", default=True, help="Show attributes beside the names.")
@click.option("--interviewers", is_flag=True, help="Count what is coded in interviewers' words too.")
@click.option("--output", type=PATH, help="Write the table (.csv, .html, .txt) instead of printing it.")
@json_option
def table(
    project: Path,
    rows: str,
    codes: tuple[str, ...],
    below: str | None,
    measure: str,
    coders: tuple[str, ...],
    attributes: bool,
    interviewers: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Print the cross-case table: cases × codes; a code takes in the codes below it."""
    with opened(project, read_only=True) as session:
        definition = TableDefinition(
            rows=TableRows(rows),
            code_ids=_columns(session, codes, below),
            measure=Measure(measure),
            coder_ids=frozenset(session.coders.find(name).id for name in coders) or None,
            attributes=attributes,
            interviewers=interviewers,
        )
        grid = session.tables.grid(definition)
    if as_json:
        print_json(dataclasses.asdict(grid))
    elif output:
        write_output(output, write_grid(grid, output))
        click.echo(f"Wrote {output}.")
    else:
        click.echo(print_grid(grid, width=shutil.get_terminal_size((120, 24)).columns))


def _columns(session: Session, codes: tuple[str, ...], below: str | None) -> tuple[str, ...] | None:
    book = session.codebook.all()
    found = [book.find(name).id for name in codes]
    if below:
        found += [code.id for code in book.children(book.find(below).id)]
    return tuple(dict.fromkeys(found)) or None
