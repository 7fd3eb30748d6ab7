"""cases: firms, interviewees, and what is known of them."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, project_argument
from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.formats.tables.grid import Grid
from kamcoder.services.exporting import print_grid, write_grid
from kamcoder.services.files import read_input, write_output
from kamcoder.services.lists import ListKind, list_grid


@click.group()
def cases() -> None:
    """Cases, participants and attributes; by hand or from sheets (CSV, XLSX)."""


@cases.command("list")
@project_argument
@click.option("--of", "kind", type=click.Choice([kind.value for kind in ListKind]), default="cases", show_default=True)
@click.option("--output", type=PATH, help="Write the list (.xlsx, .docx, .csv, .html, .md, .txt) instead.")
@json_option
def list_cases(project: Path, kind: str, output: Path | None, as_json: bool) -> None:
    """Show the cases with attributes, documents and participants; or write them, participants or documents."""
    with opened(project, read_only=True) as session:
        if output or kind != ListKind.CASES:
            _hand_out(list_grid(session, ListKind(kind)), output, as_json=as_json)
            return
        attributes, values = session.cases.attributes(AttributeScope.CASE), session.cases.values()
        entries = session.documents.entries()
        people = session.cases.participants()
        listed: list[dict[str, Any]] = [
            {
                "case": case.name,
                "attributes": {item.name: values.get((item.id, case.id)) for item in attributes},
                "documents": [entry.document.name for entry in entries if case.id in entry.case_ids],
                "participants": [
                    {key: value for key, value in dataclasses.asdict(person).items() if key not in ("id", "case_id")}
                    for person in people
                    if person.case_id == case.id
                ],
            }
            for case in session.cases.all()
        ]
    if as_json:
        print_json(listed)
        return
    for entry in listed:
        known = "; ".join(f"{name} {value}" for name, value in entry["attributes"].items() if value)
        click.echo(f"{entry['case']}: {known or 'no attributes'}")
        click.echo(f"    documents: {', '.join(entry['documents']) or 'none'}")
        for person in entry["participants"]:
            told = ", ".join(part for part in (person["role"], person["experience"]) if part)
            click.echo(f"    {person['name']}{': ' + told if told else ''}")
    click.echo(counted(len(listed), "case"))


def _hand_out(grid: Grid, output: Path | None, *, as_json: bool) -> None:
    if output:
        write_output(output, write_grid(grid, output))
        click.echo(f"Wrote {output}.")
    elif as_json:
        print_json(dataclasses.asdict(grid))
    else:
        click.echo(print_grid(grid, width=shutil.get_terminal_size((120, 24)).columns))


@cases.command()
@project_argument
@click.argument("name")
@click.option("--description", default="")
def add(project: Path, name: str, description: str) -> None:
    """Add a case."""
    with opened(project) as session:
        click.echo(f"Added case {session.cases.add(name, description=description).name}.")


@cases.command()
@project_argument
@click.argument("case")
@click.argument("name")
def rename(project: Path, case: str, name: str) -> None:
    """Give a case another name."""
    with opened(project) as session:
        session.cases.edit(session.cases.find(case).id, name=name)
        click.echo(f"Renamed to {name}.")


@cases.command()
@project_argument
@click.argument("case")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(project: Path, case: str, yes: bool) -> None:
    """Delete a case with its attributes and summaries; its documents stay."""
    with opened(project) as session:
        found = session.cases.find(case)
        if not yes:
            click.confirm(f"Delete case {found.name} with its attributes and summaries?", abort=True)
        session.cases.delete(found.id)
        click.echo(f"Deleted case {found.name}.")


@cases.command()
@project_argument
@click.argument("document")
@click.argument("case")
@click.option("--off", is_flag=True, help="Take the document out of the case.")
def link(project: Path, document: str, case: str, off: bool) -> None:
    """Let a document belong to a case; it may belong to several."""
    with opened(project) as session:
        session.documents.link(session.documents.find(document).id, session.cases.find(case).id, linked=not off)
        click.echo("Done.")


@cases.command()
@project_argument
@click.argument("name")
@click.argument("type", type=click.Choice([kind.value for kind in AttributeType]))
@click.option("--scope", type=click.Choice([scope.value for scope in AttributeScope]), default="case")
@click.option("--choice", "choices", multiple=True, help="A value the attribute may take (for type choice).")
def attribute(project: Path, name: str, type: str, scope: str, choices: tuple[str, ...]) -> None:
    """Define a typed attribute of cases, participants or documents."""
    with opened(project) as session:
        session.cases.add_attribute(name, AttributeType(type), scope=AttributeScope(scope), choices=choices)
        click.echo(f"Defined {name} ({type}).")


@cases.command("set")
@project_argument
@click.argument("target")
@click.argument("attribute")
@click.argument("value")
@click.option("--scope", type=click.Choice([scope.value for scope in AttributeScope]), default="case")
def set_value(project: Path, target: str, attribute: str, value: str, scope: str) -> None:
    """Set an attribute of a case (or, by --scope, a participant or document); '' makes it unknown."""
    with opened(project) as session:
        session.cases.set_value_by_name(AttributeScope(scope), target, attribute, value)
        click.echo("Done.")


@cases.command("import")
@project_argument
@click.argument("sheet", type=PATH)
@click.option("--participants", is_flag=True, help="The sheet lists participants, not cases.")
def import_sheet(project: Path, sheet: Path, participants: bool) -> None:
    """Import a sheet (CSV or XLSX) with a column 'case' and one column an attribute.

    With --participants: a column 'participant' and, if given, 'case', 'role', 'years', 'experience' and 'document'.
    """
    with opened(project) as session:
        read = session.sheets.participants if participants else session.sheets.cases
        report = read(read_input(sheet), name=sheet.name)
    noun = "participant" if participants else "new case"
    click.echo(f"{sheet.name}: {counted(report.added, noun)}, {counted(report.changed, 'attribute value')} set.")
