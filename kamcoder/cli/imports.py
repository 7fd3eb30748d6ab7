"""import: transcripts into a project, after a preview that a person or a script can correct."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, progress_bar, project_argument
from kamcoder.domain.document import SpeakerRole
from kamcoder.services import import_json
from kamcoder.services.importing import ImportItem, ImportPreview
from kamcoder.services.messages import notice, sentence

_ROLES = click.Choice([role.value for role in SpeakerRole])


@click.command("import")
@project_argument
@click.argument("files", nargs=-1, type=PATH)
@click.option("--preview", is_flag=True, help="Only say what would be imported; write nothing.")
@click.option("--from", "source", type=PATH, help="Import what a corrected JSON preview says, instead of FILES.")
@click.option("--case", help="The case all these files belong to.")
@click.option("--role", "roles", multiple=True, type=(str, _ROLES), help="Correct a speaker: --role NAME interviewer.")
@click.option("--not-speaker", multiple=True, metavar="LABEL", help="A label that is ordinary text after all.")
@click.option("--plain", is_flag=True, help="Read the files as prose, without speakers.")
@click.option("--duplicates", is_flag=True, help="Import texts too that are in the project already.")
@json_option
def import_files(project: Path, files: tuple[Path, ...], source: Path | None, **options: Any) -> int:
    """Import transcripts (.txt .md .docx .odt .rtf .pdf .html .vtt .srt) as one step.

    A folder stands for the files in it. A file that cannot be read is listed with its reason and does not stop the
    others; exit status 1 tells of it. With --preview --json the reading is printed as JSON, which can be corrected and
    given back with --from.
    """
    if bool(files) == (source is not None):
        raise click.UsageError("Give FILES to import, or a corrected preview with --from.")
    with opened(project) as session, progress_bar("Reading") as progress:
        if source is not None:
            text = source.read_text(encoding="utf-8") if source.is_file() else ""
            preview = import_json.from_json(session.imports, text, name=source.name, progress=progress)
        else:
            preview = _corrected(session.imports.preview(files, progress=progress), options)
        imported = [] if options["preview"] else session.imports.commit(preview)
    if options["as_json"]:
        print_json({**import_json.to_json(preview), "imported": [document.name for document in imported]})
    else:
        _print(preview, imported=None if options["preview"] else len(imported))
    return 1 if preview.failures else 0


def _corrected(preview: ImportPreview, options: dict[str, Any]) -> ImportPreview:
    change: Callable[[ImportItem], ImportItem] = lambda item: _corrected_item(item, options)  # noqa: E731
    return replace(preview, items=tuple(map(change, preview.items)))


def _corrected_item(item: ImportItem, options: dict[str, Any]) -> ImportItem:
    wanted = {name.casefold(): SpeakerRole(role) for name, role in options["roles"]}
    labels = {label: voice.name for voice in item.transcript.speakers for label in voice.labels}
    roles = {
        label: wanted[key.casefold()]
        for label, name in labels.items()
        for key in (label, name)
        if key.casefold() in wanted
    }
    unwanted = {name.casefold() for name in options["not_speaker"]}
    not_speakers = frozenset(label for label, name in labels.items() if {label.casefold(), name.casefold()} & unwanted)
    turns = replace(item.options, roles=roles, not_speakers=not_speakers, structured=not options["plain"])
    reread = item if turns == item.options else item.reread(turns)
    return replace(reread, case=options["case"] or item.case, include=item.include or options["duplicates"])


def _print(preview: ImportPreview, *, imported: int | None) -> None:
    for item in preview.items:
        mark = "" if item.include else "  (left out)"
        voices = ", ".join(f"{voice.name} ({voice.role.value})" for voice in item.transcript.speakers)
        encoding = f", {item.extracted.encoding}" if item.extracted.encoding else ""
        click.echo(f"{item.path.name}: {item.extracted.format}{encoding}; case {item.case or '–'}{mark}")
        click.echo(f"    speakers: {voices or 'none'}; {counted(len(item.transcript.turns), 'turn')}")
        if item.questions:
            click.echo(f"    guide questions: {', '.join(item.questions)}")
        for entry in item.notices:
            click.echo(f"    note: {notice(entry)}")
    for failure in preview.failures:
        click.echo(f"{failure.path.name}: not imported. {sentence(failure.error)}", err=True)
    if imported is not None:
        click.echo(f"Imported {counted(imported, 'document')}.")
