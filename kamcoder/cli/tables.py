"""table: the cross-case table, the other tables of codes, and those saved by name."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kamcoder.analysis.measures import Measure
from kamcoder.cli.common import PATH, json_option, opened, print_json, print_notices, project_argument
from kamcoder.domain.case import Attribute, canonical_value
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.errors import NotFound
from kamcoder.formats.tables.grid import Grid
from kamcoder.services.actor_tables import involvement
from kamcoder.services.exporting import GridOptions, print_grid, write_grid
from kamcoder.services.files import write_output
from kamcoder.services.session import Session
from kamcoder.services.table_axes import codes_at
from kamcoder.services.tables import TableAxis, TableDefinition

_AXES = [axis.value for axis in TableAxis if axis is not TableAxis.GROUPS]
_SPEAKERS = {"unknown": None} | {role.value: role.value for role in SpeakerRole}


@click.command()
@project_argument
@click.option("--rows", type=click.Choice(_AXES), default="cases", show_default=True)
@click.option("--rows-by", metavar="ATTRIBUTE", help="Rows are the values of this attribute.")
@click.option("--columns", type=click.Choice(_AXES), default="codes", show_default=True)
@click.option("--columns-by", metavar="ATTRIBUTE", help="Columns are the values of this attribute.")
@click.option("--code", "codes", multiple=True, help="A code of the table; the top of the codebook if left out.")
@click.option("--below", help="The codes are those below this one.")
@click.option("--level", type=click.IntRange(min=1), default=1, show_default=True, help="So many steps below.")
@click.option("--measure", type=click.Choice([kind.value for kind in Measure]), default="passages", show_default=True)
@click.option("--actors", is_flag=True, help="Who is involved, in which way, in which cases: the table of the study.")
@click.option("--turns-apart", type=click.IntRange(min=0), help="Codes × codes: this near, instead of overlapping.")
@click.option("--coder", "coders", multiple=True, help="Count only this coder's codings; 'consensus' is one too.")
@click.option("--origin", "origins", multiple=True, type=click.Choice([origin.value for origin in Origin]))
@click.option("--case", "cases", multiple=True, help="Count only this case.")
@click.option("--only-code", "only_codes", multiple=True, help="Count only codings with this code or one below it.")
@click.option("--where", "wheres", nargs=2, multiple=True, metavar="ATTRIBUTE VALUE", help="Count only these.")
@click.option(
    "--speaker", "speakers", multiple=True, type=click.Choice(list(_SPEAKERS)), help="Count only their words."
)
@click.option("--interviewers", is_flag=True, help="Count what is coded in interviewers' words too.")
@click.option("--group-by", metavar="ATTRIBUTE", help="Bring rows together by this attribute.")
@click.option("--hide-empty", is_flag=True, help="Leave out rows and columns in which nothing stands.")
@click.option("--attributes/--no-attributes", default=True, help="Show attributes beside the names.")
@click.option("--saved", metavar="NAME", help="The table saved under this name; other options change it.")
@click.option("--save", metavar="NAME", help="Save the table in the project under this name.")
@click.option("--list", "listed", is_flag=True, help="List the saved tables instead.")
@click.option("--output", type=PATH, help="Write it (.xlsx, .docx, .csv, .html, .md, .txt) instead.")
@click.option("--heat/--no-heat", default=True, help="Shade the numbers of a written table.")
@click.option("--bom/--no-bom", default=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@json_option
@click.pass_context
def table(context: click.Context, /, project: Path, save: str | None, listed: bool, **options: Any) -> None:
    """Print the cross-case table: cases × codes; a code takes in the codes below it.

    Rows and columns can be others: '--rows codes --columns coders', '--rows-by ownership'. Codes × codes tells which
    codes stand together. '--actors' is short for '--rows actors --columns codes --measure cases' with the kinds of
    direct and indirect involvement as columns.
    """
    given = {name for name in options if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    with opened(project, read_only=save is None) as session:
        if listed:
            _list(session, as_json=options["as_json"])
            return
        definition = chosen_definition(session, options, given)
        grid = session.tables.grid(definition)
        if save is not None:
            _save(session, save, definition)
    _hand_out(grid, options)


def _hand_out(grid: Grid, options: dict[str, Any]) -> None:
    output: Path | None = options["output"]
    if options["as_json"]:
        print_json(dataclasses.asdict(grid))
    elif output:
        write_output(output, write_grid(grid, output, GridOptions(heat=options["heat"], bom=options["bom"])))
        click.echo(f"Wrote {output}.")
    else:
        click.echo(print_grid(grid, width=shutil.get_terminal_size((120, 24)).columns))


def _list(session: Session, *, as_json: bool) -> None:
    saved = session.saved_tables.all()
    if as_json:
        print_json([{"name": item.name, "modified_at": item.modified_at} for item in saved])
    elif not saved:
        click.echo("No table is saved yet; --save NAME saves one.")
    else:
        for item in saved:
            click.echo(f"{item.modified_at[:10]}  {item.name}")


def _save(session: Session, name: str, definition: TableDefinition) -> None:
    """Save under a new name, or in the place of what the name stood for."""
    try:
        known = session.saved_tables.find(name)
    except NotFound:
        known = session.saved_tables.save(name, definition)
    else:
        session.saved_tables.change(known.id, definition)
    click.echo(f"Saved the table {known.name}.", err=True)


def chosen_definition(session: Session, options: dict[str, Any], given: set[str]) -> TableDefinition:
    """Return the table that is asked for: a saved one with what is given changed, or one of the options alone."""
    wanted = TableDefinition()
    if options["saved"] is not None:
        wanted, notices = session.saved_tables.definition(session.saved_tables.find(options["saved"]))
        print_notices(notices)
    if options["actors"]:
        wanted = involvement(session.codebook.all())
    return dataclasses.replace(wanted, **_axes(session, options, given), **_limits(session, options, given))


def _axes(session: Session, options: dict[str, Any], given: set[str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for side, field in (("rows", "row_attribute"), ("columns", "column_attribute")):
        by = options[f"{side}_by"]
        if by:
            changed |= {side: TableAxis.GROUPS, field: _attribute(session, by).id}
        elif side in given:
            changed |= {side: TableAxis(options[side]), field: None}
    if {"codes", "below"} & given:
        chosen, below = _codes(session, options["codes"]), _code(session, options["below"])
        if chosen and below:
            under = codes_at(session.codebook.all(), below=below, level=options["level"])
            chosen = tuple(dict.fromkeys((*chosen, *under)))
        changed |= {"code_ids": chosen, "below": below}
    plain = ("level", "turns_apart", "attributes", "interviewers", "hide_empty")
    changed |= {name: options[name] for name in plain if name in given}
    if "measure" in given:
        changed["measure"] = Measure(options["measure"])
    if options["group_by"]:
        changed["group_by"] = _attribute(session, options["group_by"]).id
    return changed


def _limits(session: Session, options: dict[str, Any], given: set[str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if "coders" in given:
        changed["coder_ids"] = frozenset(session.coders.find(name).id for name in options["coders"])
    if "origins" in given:
        changed["origins"] = frozenset(options["origins"])
    if "cases" in given:
        changed["case_ids"] = frozenset(session.cases.find(name).id for name in options["cases"])
    if "only_codes" in given:
        changed["only_codes"] = frozenset(_codes(session, options["only_codes"]) or ())
    if "speakers" in given:
        changed["speaker_roles"] = frozenset(_SPEAKERS[name] for name in options["speakers"])
    if "wheres" in given:
        wheres = [(_attribute(session, name), text) for name, text in options["wheres"]]
        changed["values"] = frozenset(
            value for attribute, text in wheres for value in _values(session, attribute, text)
        )
    return changed


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


def _code(session: Session, name: str | None) -> str | None:
    return session.codebook.all().find(name).id if name else None


def _codes(session: Session, names: tuple[str, ...]) -> tuple[str, ...] | None:
    book = session.codebook.all()
    return tuple(dict.fromkeys(book.find(name).id for name in names)) or None
