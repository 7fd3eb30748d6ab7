"""actors: the words by which management roles are known, and what counts as being named."""

from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, project_argument
from kamcoder.domain.actor import OwnVoice, Wording
from kamcoder.domain.errors import NotFound
from kamcoder.services.files import read_input
from kamcoder.services.session import Session


@click.group()
def actors() -> None:
    """Which words stand for which management role, and who is named in passages.

    'kamcoder table --actors' tells who is involved, in which way, in which cases.
    """


@actors.command("list")
@project_argument
@click.option("--actor", help="Only the words of this actor.")
@json_option
def list_actors(project: Path, actor: str | None, as_json: bool) -> None:
    """Show the actors with the number of passages that name them, and the words they are known by."""
    with opened(project, read_only=True) as session:
        roles = session.actors.roles
        chosen = None if actor is None else roles.find(actor)
        passages = _passages(session)
        listed: list[dict[str, Any]] = [
            {
                "actor": role.name,
                "codings": passages.get(role.id, 0),
                "words": [_shown(session, item) for item in roles.wordings() if item.role_id == role.id],
            }
            for role in roles.all()
            if chosen in (None, role.id)
        ]
        voice = roles.own_voice.value
    if as_json:
        print_json({"own_voice": voice, "actors": listed})
        return
    for entry in listed:
        click.echo(f"{entry['actor']} ({counted(entry['codings'], 'coding')}): {', '.join(map(_told, entry['words']))}")
    click.echo(f"A speaker's own voice: {voice}.")


@actors.command()
@project_argument
@click.argument("actor")
@click.argument("words")
@click.option("--document", help="They hold in this document alone, as names mostly do.")
@click.option("--exact/--any-case", default=None, help="Find them only as written, or in any case.")
def add(project: Path, actor: str, words: str, document: str | None, exact: bool | None) -> None:
    """Let an actor be known by other words too; an actor that is not there yet is added."""
    with opened(project) as session:
        roles = session.actors.roles
        try:
            role_id = roles.find(actor)
        except NotFound:
            role_id = roles.add_role(actor).id
        document_id = session.documents.find(document).id if document else None
        wording = roles.add_wording(role_id, words, exact=exact, document_id=document_id)
        click.echo(f"“{wording.text}” stands for {roles.get(role_id).name}.")


@actors.command()
@project_argument
@click.argument("actor")
@click.argument("words")
@click.option("--document", help="The words of this document.")
def remove(project: Path, actor: str, words: str, document: str | None) -> None:
    """Take words away that were added; words that ship are switched off with 'off'."""
    with opened(project) as session:
        session.actors.roles.remove_wording(_find(session, actor, words, document))
        click.echo("Done.")


@actors.command()
@project_argument
@click.argument("actor")
@click.argument("words")
@click.option("--document", help="The words of this document.")
@click.option("--on", is_flag=True, help="Look for them again.")
def off(project: Path, actor: str, words: str, document: str | None, on: bool) -> None:
    """Look for some words no more."""
    with opened(project) as session:
        session.actors.roles.switch(_find(session, actor, words, document), enabled=on)
        click.echo("Done.")


@actors.command("import")
@project_argument
@click.argument("sheet", type=PATH)
def import_names(project: Path, sheet: Path) -> None:
    """Import a sheet (CSV or XLSX) of names: columns 'name', 'actor', and 'document' if given."""
    with opened(project) as session:
        report = session.sheets.names(read_input(sheet), name=sheet.name)
    click.echo(f"{sheet.name}: {counted(report.added, 'name')} added.")


@actors.command()
@project_argument
@click.argument("says", type=click.Choice([voice.value for voice in OwnVoice]))
def voice(project: Path, says: str) -> None:
    """Say whether a speaker who says I, or we too, counts as the participant's role."""
    with opened(project) as session:
        session.actors.roles.set_own_voice(OwnVoice(says))
        click.echo("Done.")


def _passages(session: Session) -> dict[str, int]:
    spans = ((item.id, item.document_id, item.span.start, item.span.end) for item in _codings(session))
    found: dict[str, int] = {}
    for named in session.actors.named(spans).values():
        for actor in named:
            found[actor] = found.get(actor, 0) + 1
    return found


def _codings(session: Session) -> list[Any]:
    return [item.coding for item in session.passages.select()]


def _find(session: Session, actor: str, words: str, document: str | None) -> Wording:
    roles = session.actors.roles
    role_id = roles.find(actor)
    document_id = session.documents.find(document).id if document else None
    for wording in roles.wordings():
        if (wording.role_id, wording.text, wording.document_id) == (role_id, words, document_id):
            return wording
    raise NotFound("wording_unknown", text=words, actor=roles.get(role_id).name)


def _shown(session: Session, wording: Wording) -> dict[str, Any]:
    document = wording.document_id
    return {
        "text": wording.text,
        "exact": wording.exact,
        "enabled": wording.enabled,
        "document": session.documents.find(document).name if document else None,
    }


def _told(words: dict[str, Any]) -> str:
    place = f" (in {words['document']})" if words["document"] else ""
    return f"{words['text']}{place}{'' if words['enabled'] else ' (off)'}"
