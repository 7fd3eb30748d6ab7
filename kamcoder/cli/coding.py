"""code and passages: putting codes on passages, and reading what is coded."""

from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, project_argument
from kamcoder.domain.coding import Origin, Passage
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.services.exporting import write_grid
from kamcoder.services.files import read_input, write_output
from kamcoder.services.messages import sentence
from kamcoder.services.passages import PassageFilter
from kamcoder.services.session import Session
from kamcoder.services.sheets import SheetReport, find_quote


@click.command()
@project_argument
@click.option("--coder", help="Who codes; added if new.")
@click.option("--document", help="The document, by name.")
@click.option("--code", "code_path", help="The code, by path.")
@click.option("--quote", help="The passage, letter for letter; it must occur once.")
@click.option("--start", type=click.IntRange(min=0), help="Instead of --quote: first code point of the passage.")
@click.option("--end", type=click.IntRange(min=1), help="Instead of --quote: code point behind the passage.")
@click.option("--memo", default="", help="A note on the coding.")
@click.option("--from", "sheet", type=PATH, help="A sheet (CSV, XLSX) with columns document, code, quote, memo, coder.")
@click.option("--skip-bad", is_flag=True, help="With --from: take the good rows although others are wrong.")
@click.option("--add-codes", is_flag=True, help="With --from: add codes that the codebook lacks.")
@click.option("--remove", metavar="ID", help="Take the coding of this id away (see 'kamcoder passages --json').")
@json_option
def code(
    project: Path, coder: str | None, sheet: Path | None, remove: str | None, as_json: bool, **options: Any
) -> int:
    """Code one passage, or many from a sheet of quotes, as one step."""
    with opened(project) as session:
        if remove:
            session.codings.remove([remove])
            click.echo("Removed 1 coding.")
            return 0
        if sheet:
            report = session.sheets.codings(
                read_input(sheet),
                name=sheet.name,
                coder=coder,
                skip_bad=options["skip_bad"],
                add_codes=options["add_codes"],
            )
            return _print_report(report, sheet, as_json)
        if not (options["document"] and options["code_path"]):
            raise click.UsageError("Give --document, --code and a passage (--quote, or --start and --end), or --from.")
        if coder:
            session.coders.activate(session.coders.ensure(coder))
        _code_one(session, options, as_json)
    return 0


@click.command()
@project_argument
@click.option("--code", "codes", multiple=True, help="Only this code with those below it.")
@click.option("--document", "documents", multiple=True, help="Only this document.")
@click.option("--case", "cases", multiple=True, help="Only this case.")
@click.option("--coder", "coders", multiple=True, help="Only this coder.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in SpeakerRole]))
@click.option("--text", default="", help="Only passages with these words.")
@click.option("--output", type=PATH, help="Write the list (.xlsx, .docx, .csv, .html, .md, .txt) instead.")
@json_option
def passages(project: Path, output: Path | None, as_json: bool, **wanted: Any) -> None:
    """Print coded passages with their reference, such as 'A-CEO ¶14'."""
    with opened(project, read_only=True) as session:
        found = session.passages.select(_filter(session, wanted))
        if output:
            write_output(output, write_grid(session.tables.passages(found), output))
            click.echo(f"Wrote {counted(len(found), 'passage')} to {output}.")
            return
    if as_json:
        print_json([_record(passage) for passage in found])
        return
    for passage in found:
        click.echo(f"{passage.reference}  [{passage.code_path}]  {passage.coder}")
        click.echo(f"    {passage.coding.quote}")
        if passage.memo:
            click.echo(f"    memo: {passage.memo}")
    click.echo(counted(len(found), "passage"))


def _code_one(session: Session, options: dict[str, Any], as_json: bool) -> None:
    document = session.documents.find(options["document"])
    start, end, quote = options["start"], options["end"], options["quote"]
    if quote is not None:
        span = find_quote(session.documents.text(document.id), quote, document=document.name)
    elif start is not None and end is not None:
        span = TextSpan(start, end)
    else:
        raise click.UsageError("Give the passage with --quote, or with --start and --end.")
    code_id = session.codebook.all().find(options["code_path"]).id
    made = session.codings.apply(document.id, span, code_id, origin=Origin.MANUAL, memo=options["memo"])
    passage = next(item for item in session.passages.select() if item.coding.id == made.id)
    if as_json:
        print_json(_record(passage))
    else:
        click.echo(f"Coded {passage.reference} with {passage.code_path}.")


def _print_report(report: SheetReport, sheet: Path, as_json: bool) -> int:
    problems = [{"row": problem.row, "reason": sentence(problem.error)} for problem in report.problems]
    if as_json:
        print_json({"added": report.added, "problems": problems})
    else:
        for problem in problems:
            click.echo(f"{sheet.name}, row {problem['row']}: {problem['reason']}", err=True)
        if problems and not report.added:
            click.echo("Nothing was coded; correct the rows, or take the good ones with --skip-bad.", err=True)
        else:
            click.echo(f"Added {counted(report.added, 'coding')} from {sheet.name}.")
    return 1 if problems else 0


def _filter(session: Session, wanted: dict[str, Any]) -> PassageFilter:
    book = session.codebook.all()
    codes = [book.subtree(book.find(name).id) for name in wanted["codes"]]
    return PassageFilter(
        code_ids=frozenset().union(*codes) if codes else None,
        document_ids=_ids(session.documents.find(name).id for name in wanted["documents"]),
        case_ids=_ids(session.cases.find(name).id for name in wanted["cases"]),
        coder_ids=_ids(session.coders.find(name).id for name in wanted["coders"]),
        roles=_ids(SpeakerRole(role) for role in wanted["roles"]),
        text=wanted["text"],
    )


def _ids(found: Any) -> Any:
    return frozenset(found) or None


def _record(passage: Passage) -> dict[str, Any]:
    coding = passage.coding
    return {
        "id": coding.id,
        "reference": passage.reference,
        "document": passage.document,
        "cases": list(passage.cases),
        "paragraph": passage.paragraph,
        "start": coding.span.start,
        "end": coding.span.end,
        "quote": coding.quote,
        "code": passage.code_path,
        "coder": passage.coder,
        "speaker": passage.speaker,
        "question": passage.guide_question,
        "origin": coding.origin.value,
        "created_at": coding.created_at,
        "memo": passage.memo,
    }
