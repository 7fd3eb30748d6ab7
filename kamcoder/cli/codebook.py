"""codebook: the tree of codes."""

import dataclasses
from pathlib import Path

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, print_notices, project_argument
from kamcoder.services import codebook_files
from kamcoder.services.codebook import Impact
from kamcoder.services.codebook_paper import last_change
from kamcoder.services.session import Session


@click.group()
def codebook() -> None:
    """List, grow, prune, import and export the codebook.

    A code is named by its path, such as 'direct › strategic' ('>' or '/' will do), or by any part that fits one code.
    """


@codebook.command("templates")
@json_option
def list_templates(as_json: bool) -> None:
    """List the codebook templates that ship."""
    infos = codebook_files.templates()
    if as_json:
        print_json([{"key": info.key, "name": info.name, "description": info.description} for info in infos])
        return
    for info in infos:
        click.echo(f"{info.key:<32} {info.name}")


@codebook.command("list")
@project_argument
@json_option
@click.option("--definitions", is_flag=True, help="Show definitions and rules too.")
def list_codes(project: Path, as_json: bool, definitions: bool) -> None:
    """Show the tree with the number of codings of each code (without those below it)."""
    with opened(project, read_only=True) as session:
        book, counts = session.codebook.all(), _totals(session)
    if as_json:
        print_json(
            [
                {"path": book.path(code.id), "codings": counts.get(code.id, 0), **dataclasses.asdict(code)}
                for _, code in book.walk()
            ]
        )
        return
    for depth, code in book.walk():
        label = "  " * depth + code.name
        click.echo(f"{label:<56} {counts.get(code.id, 0):>6}")
        if definitions:
            for field in ("definition", "include", "exclude", "example"):
                if getattr(code, field):
                    click.echo(f"{'  ' * depth}    {field}: {getattr(code, field)}")


@codebook.command()
@project_argument
@click.argument("name")
@click.option("--parent", help="The code to stand below.")
@click.option("--definition", default="")
@click.option("--include", default="", help="When to use it.")
@click.option("--exclude", default="", help="When not to.")
@click.option("--example", default="")
@click.option("--colour", default="", help="#RRGGBB; a distinct one is chosen if left out.")
@click.option("--shortcut", default="", help="One letter or digit.")
@click.option("--question", "questions", multiple=True, help="Guide question it answers, such as Q6.")
def add(project: Path, name: str, parent: str | None, questions: tuple[str, ...], **fields: str) -> None:
    """Add a code."""
    with opened(project) as session:
        parent_id = session.codebook.all().find(parent).id if parent else None
        code = session.codebook.add(name, parent_id=parent_id, questions=questions, **fields)
        click.echo(f"Added {session.codebook.all().path(code.id)}.")


@codebook.command()
@project_argument
@click.argument("code")
@click.option("--name")
@click.option("--definition")
@click.option("--include")
@click.option("--exclude")
@click.option("--example")
@click.option("--colour")
@click.option("--shortcut")
def edit(project: Path, code: str, **fields: str | None) -> None:
    """Change a code's name, definition, rules, example, colour or shortcut."""
    given = {field: value for field, value in fields.items() if value is not None}
    if not given:
        raise click.UsageError("Say what to change, such as --name or --definition.")
    with opened(project) as session:
        changed = session.codebook.edit(session.codebook.all().find(code).id, **given)
        click.echo(f"Changed {session.codebook.all().path(changed.id)}.")


@codebook.command()
@project_argument
@click.argument("code")
@click.option("--under", help="The new parent; left out, the code goes to the top.")
@click.option("--position", type=click.IntRange(min=0), help="Place among its siblings, from 0; the last if left out.")
def move(project: Path, code: str, under: str | None, position: int | None) -> None:
    """Put a code with all below it at another place of the tree."""
    with opened(project) as session:
        book = session.codebook.all()
        found = book.find(code)
        session.codebook.move(found.id, book.find(under).id if under else None, position=position)
        click.echo(f"Moved to {session.codebook.all().path(found.id)}.")


@codebook.command()
@project_argument
@click.argument("code")
@click.argument("into")
@click.option("--yes", is_flag=True, help="Do not ask.")
def merge(project: Path, code: str, into: str, yes: bool) -> None:
    """Let INTO take over everything of CODE, which goes."""
    with opened(project) as session:
        book = session.codebook.all()
        source, target = book.find(code), book.find(into)
        _confirm(f"Merge {book.path(source.id)} into {book.path(target.id)}", session.codebook.impact(source.id), yes)
        session.codebook.merge(source.id, target.id)
        click.echo(f"Merged into {session.codebook.all().path(target.id)}.")


@codebook.command()
@project_argument
@click.argument("code")
@click.argument("name")
@click.option("--quoting", required=True, help="Codings whose passage holds these words go to the new code.")
def split(project: Path, code: str, name: str, quoting: str) -> None:
    """Split a new code NAME off CODE: a child that takes over some of its codings."""
    with opened(project) as session:
        from kamcoder.services.passages import PassageFilter

        found = session.codebook.all().find(code)
        passages = session.passages.select(PassageFilter(code_ids=frozenset({found.id}), text=quoting))
        child = session.codebook.split_off(found.id, [passage.coding.id for passage in passages], name)
        click.echo(f"{session.codebook.all().path(child.id)} took over {counted(len(passages), 'coding')}.")


@codebook.command()
@project_argument
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(project: Path, code: str, yes: bool) -> None:
    """Delete a code with all below it, its codings and summaries, after saying what goes."""
    with opened(project) as session:
        book = session.codebook.all()
        found = book.find(code)
        _confirm(f"Delete {book.path(found.id)}", session.codebook.impact(found.id), yes)
        session.codebook.delete(found.id, with_codings=True)
        click.echo(f"Deleted {found.name}.")


@codebook.command("import")
@project_argument
@click.argument("file", type=PATH)
@click.option("--add", "adding", is_flag=True, help="Add to the codes that are there; those of the same path stay.")
def import_codebook(project: Path, file: Path, adding: bool) -> None:
    """Import a codebook from a CSV table or a REFI-QDA codebook (.qdc)."""
    with opened(project) as session:
        read = codebook_files.read_codebook(file)
        number = session.codebook.take_in(read.codes, source=file.name, add=adding)
    print_notices(read.notices)
    click.echo(f"Imported {counted(number, 'code')} from {file.name}.")


@codebook.command("export")
@project_argument
@click.argument("file", type=PATH)
def export_codebook(project: Path, file: Path) -> None:
    """Export the codebook to be read again (.csv, .qdc) or by people (.docx, .pdf, .html, .md), as the ending says."""
    with opened(project, read_only=True) as session:
        name, changed = session.project.name, last_change(session.log())
        written = codebook_files.write_codebook(session.codebook.all(), file, project=name, changed=changed)
    print_notices(written.notices)
    click.echo(f"Wrote {written.path}.")


def _totals(session: Session) -> dict[str, int]:
    totals: dict[str, int] = {}
    for (code_id, _), number in session.codebook.counts().items():
        totals[code_id] = totals.get(code_id, 0) + number
    return totals


def _confirm(question: str, impact: Impact, yes: bool) -> None:
    touched = ", ".join(
        (
            counted(impact.codes, "code"),
            counted(impact.codings, "coding"),
            f"in {counted(impact.documents, 'document')} by {counted(impact.coders, 'coder')}",
            counted(impact.memos, "memo"),
            counted(impact.summaries, "summary", "summaries"),
        )
    )
    if not yes:
        click.confirm(f"{question}? It touches {touched}", abort=True)
