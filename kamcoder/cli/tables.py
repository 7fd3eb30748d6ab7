"""table: the cross-case table, and the other tables of codes."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import click

from kamcoder.analysis.measures import Measure
from kamcoder.cli.common import PATH, json_option, opened, print_json, project_argument
from kamcoder.domain.case import Attribute, canonical_value
from kamcoder.domain.coding import Origin
from kamcoder.domain.errors import NotFound
from kamcoder.services.actor_tables import involvement
from kamcoder.services.exporting import GridOptions, print_grid, write_grid
from kamcoder.services.files import write_output
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition

_AXES = [axis.value for axis in TableAxis if axis is not TableAxis.GROUPS]


@click.command()
@project_argument
@click.option("--rows", type=click.Choice(_AXES), default="cases", show_default=True)
@click.option("--rows-by", metavar="ATTRIBUTE", help="Rows are the values of this attribute.")
@click.option("--columns", type=click.Choice(_AXES), default="codes", show_default=True)
@click.option("--columns-by", metavar="ATTRIBUTE", help="Columns are the values of this attribute.")
@click.option("--code", "codes", multiple=True, help="A code of the table; the top of the codebook if left out.")
@click.option("--below", help="The codes are those directly below this one.")
@click.option("--measure", type=click.Choice([kind.value for kind in Measure]), default="passages", show_default=True)
@click.option("--actors", is_flag=True, help="Who is involved, in which way, in which cases: the table of the study.")
@click.option("--turns-apart", type=click.IntRange(min=0), help="Codes × codes: this near, instead of overlapping.")
@click.option("--coder", "coders", multiple=True, help="Count only this coder's codings.")
@click.option("--origin", "origins", multiple=True, type=click.Choice([origin.value for origin in Origin]))
@click.option("--case", "cases", multiple=True, help="Count only this case.")
@click.option("--where", "wheres", nargs=2, multiple=True, metavar="ATTRIBUTE VALUE", help="Count only these.")
@click.option("--attributes/--no-attributes", default=True, help="Show attributes beside the names.")
@click.option("--interviewers", is_flag=True, help="Count what is coded in interviewers' words too.")
@click.option("--output", type=PATH, help="Write it (.xlsx, .docx, .csv, .html, .md, .txt) instead.")
@click.option("--heat/--no-heat", default=True, help="Shade the numbers of a written table.")
@click.option("--bom/--no-bom", default=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@json_option
def table(project: Path, output: Path | None, as_json: bool, heat: bool, bom: bool, **options: Any) -> None:
    """Print the cross-case table: cases × codes; a code takes in the codes below it.

    Rows and columns can be others: '--rows codes --columns coders', '--rows-by ownership'. Codes × codes tells which
    codes stand together. '--actors' is short for '--rows actors --columns codes --measure cases' with the kinds of
    direct and indirect involvement as columns.
    """
    with opened(project, read_only=True) as session:
        grid = session.tables.grid(_definition(session, options))
    if as_json:
        print_json(dataclasses.asdict(grid))
    elif output:
        write_output(output, write_grid(grid, output, GridOptions(heat=heat, bom=bom)))
        click.echo(f"Wrote {output}.")
    else:
        click.echo(print_grid(grid, width=shutil.get_terminal_size((120, 24)).columns))


def _definition(session: Session, options: dict[str, Any]) -> TableDefinition:
    wanted = _wanted(session, options)
    if options["actors"]:
        ready = involvement(session.codebook.all())
        return dataclasses.replace(
            wanted,
            rows=ready.rows,
            columns=ready.columns,
            measure=ready.measure,
            code_ids=wanted.code_ids or ready.code_ids,
        )
    return wanted


def _wanted(session: Session, options: dict[str, Any]) -> TableDefinition:
    rows_by, columns_by = options["rows_by"], options["columns_by"]
    wheres = [(_attribute(session, name), text) for name, text in options["wheres"]]
    return TableDefinition(
        rows=TableAxis.GROUPS if rows_by else TableAxis(options["rows"]),
        columns=TableAxis.GROUPS if columns_by else TableAxis(options["columns"]),
        row_attribute=_attribute(session, rows_by).id if rows_by else None,
        column_attribute=_attribute(session, columns_by).id if columns_by else None,
        code_ids=_codes(session, options["codes"], options["below"]),
        measure=Measure(options["measure"]),
        coder_ids=frozenset(session.coders.find(name).id for name in options["coders"]) or None,
        origins=frozenset(options["origins"]) or None,
        case_ids=frozenset(session.cases.find(name).id for name in options["cases"]) or None,
        values=frozenset(value for attribute, text in wheres for value in _values(session, attribute, text)) or None,
        attributes=options["attributes"],
        interviewers=options["interviewers"],
        turns_apart=options["turns_apart"],
    )


def _attribute(session: Session, name: str) -> Attribute:
    """Return the attribute of this name; that of a case goes before others of the same name."""
    for attribute in sorted(session.cases.attributes(), key=lambda attribute: attribute.scope.value):
        if attribute.name.casefold() == name.strip().casefold():
            return attribute
    raise NotFound("attribute_unknown", attribute=name, scope="case, participant or document")


def _values(session: Session, attribute: Attribute, text: str) -> list[tuple[str, str]]:
    """Return the values that are meant, without regard to case; the text itself where there is none like it."""
    wanted = canonical_value(attribute, text)
    known = {value for (key, _), value in session.cases.values().items() if key == attribute.id}
    alike = [value for value in known if value.casefold() == wanted.casefold()]
    return [(attribute.id, value) for value in alike or [wanted]]


def _codes(session: Session, codes: tuple[str, ...], below: str | None) -> tuple[str, ...] | None:
    book = session.codebook.all()
    found = [book.find(name).id for name in codes]
    if below:
        found += [code.id for code in book.children(book.find(below).id)]
    return tuple(dict.fromkeys(found)) or None
