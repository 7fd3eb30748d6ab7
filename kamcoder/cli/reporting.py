"""report and summary: what is handed out to readers."""

import shutil
import textwrap
from pathlib import Path
from typing import Any

import click

from kamcoder.analysis.measures import Measure
from kamcoder.cli.common import PATH, json_option, opened, print_json, progress_bar, project_argument
from kamcoder.domain.case import AttributeScope
from kamcoder.domain.errors import NotFound
from kamcoder.domain.summary import Summary
from kamcoder.services.exporting import PAPER_FORMATS, check_paper, write_grid, write_paper
from kamcoder.services.files import write_output
from kamcoder.services.report_agreement import agreement_sections
from kamcoder.services.reporting import ReportOptions, ReportPart, case_report, summary_paper
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition

_PARTS = [part.value for part in ReportPart]


@click.command()
@project_argument
@click.option("--output", type=PATH, required=True, help="The file to write: .docx, .pdf, .html or .md.")
@click.option("--case", "cases", multiple=True, help="Only this case.")
@click.option("--code", "codes", multiple=True, help="A section; the top of the codebook if left out.")
@click.option("--coder", "coders", multiple=True, help="Quote and count only what this coder coded.")
@click.option("--quotes", type=click.IntRange(min=0), default=3, show_default=True, help="At most this many a section.")
@click.option("--heading", "headings", multiple=True, metavar="ATTRIBUTE", help="An attribute that names cases.")
@click.option("--measure", type=click.Choice([kind.value for kind in Measure]), default="passages", show_default=True)
@click.option("--pseudonyms", is_flag=True, help="Name interviews by their interviewees' pseudonyms only.")
@click.option(
    "--without", multiple=True, type=click.Choice([part.value for part in ReportPart]), help="Leave this out."
)
def report(project: Path, output: Path, quotes: int, measure: str, pseudonyms: bool, **chosen: Any) -> None:
    """Write the case report: summaries and quotes case by case, tables across them, methods.

    The methods appendix tells interviews, coders, codebook and counting rules.
    """
    check_paper(output)
    with opened(project, read_only=True) as session, progress_bar("Writing the report") as progress:
        options = ReportOptions(
            case_ids=_cases(session, chosen["cases"]),
            code_ids=_codes(session, chosen["codes"]),
            coder_ids=frozenset(session.coders.find(name).id for name in chosen["coders"]) or None,
            quotes=quotes,
            pseudonyms=pseudonyms,
            heading_attributes=_attributes(session, chosen["headings"]),
            measure=Measure(measure),
            without=frozenset(ReportPart(part) for part in chosen["without"]),
        )
        sections = agreement_sections(session, options)
        paper = case_report(session, options, sections=sections, progress=progress)
        write_output(output, write_paper(paper, output, progress=progress))
    click.echo(f"Wrote {output}.")


@click.command()
@project_argument
@click.option("--case", "cases", multiple=True, help="Only this case.")
@click.option("--code", "codes", multiple=True, help="Only this heading; the top of the codebook if left out.")
@click.option(
    "--output", type=PATH, help="Write them: as text (.docx, .pdf, .html, .md) or as a table (.xlsx, .csv, .txt)."
)
@json_option
def summary(project: Path, cases: tuple[str, ...], codes: tuple[str, ...], output: Path | None, as_json: bool) -> None:
    """Print the written summaries, case by case and heading by heading."""
    with opened(project, read_only=True) as session:
        options = ReportOptions(case_ids=_cases(session, cases), code_ids=_codes(session, codes))
        if output:
            write_output(output, _written(session, options, output))
            click.echo(f"Wrote {output}.")
        elif as_json:
            print_json(_records(session, options))
        else:
            _print(_records(session, options))


def _written(session: Session, options: ReportOptions, output: Path) -> bytes:
    if output.suffix.lower() in PAPER_FORMATS:
        return write_paper(summary_paper(session, options), output)
    wanted = frozenset(options.case_ids) if options.case_ids is not None else None
    definition = TableDefinition(measure=Measure.SUMMARY, code_ids=options.code_ids, case_ids=wanted, attributes=False)
    return write_grid(session.tables.grid(definition), output)


def _records(session: Session, options: ReportOptions) -> list[dict[str, Any]]:
    """Return what is written for each case and heading; for a case or a heading as a whole only where it is."""
    book, written = session.codebook.all(), session.summaries.all()
    coders = {coder.id: coder.name for coder in session.coders.all()}
    texts = session.summaries.readable(written.values())
    codes = options.code_ids if options.code_ids is not None else tuple(code.id for code in book.children(None))
    cases = [case for case in session.cases.all() if options.case_ids is None or case.id in options.case_ids]
    cells: list[tuple[str | None, str | None]] = []
    for case in cases:
        cells += [cell for cell in ((case.id, None),) if cell in written]
        cells += [(case.id, code) for code in codes]
    cells += [(None, code) for code in codes if (None, code) in written]
    names = {case.id: case.name for case in cases}
    return [
        {
            "case": names[case] if case else None,
            "code": book.path(code) if code else None,
            **_told(written.get((case, code)), coders, texts),
        }
        for case, code in cells
    ]


def _told(found: Summary | None, coders: dict[str, str], texts: dict[str, str]) -> dict[str, Any]:
    if found is None:
        return {"summary": None, "coder": None, "modified_at": None, "draft": False, "codings": [], "links": {}}
    return {
        "summary": texts[found.id],
        "coder": coders[found.coder_id],
        "modified_at": found.modified_at,
        "draft": found.draft,
        "codings": list(found.links),
        "links": {str(number): key for number, key in found.marks.items()},
    }


def _print(records: list[dict[str, Any]]) -> None:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    shown: list[str] = []
    for record in records:
        case = record["case"] or "All cases"
        if case not in shown:
            shown.append(case)
            click.echo(case)
            click.echo("─" * width)
        click.echo(f"{record['code'] or 'The case as a whole'}{' (draft)' if record['draft'] else ''}")
        text = record["summary"] or "No summary is written yet."
        for line in text.splitlines():
            click.echo(textwrap.fill(line, width, initial_indent="    ", subsequent_indent="    "))
        click.echo("")


def _cases(session: Session, names: tuple[str, ...]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(session.cases.find(name).id for name in names)) or None


def _codes(session: Session, names: tuple[str, ...]) -> tuple[str, ...] | None:
    book = session.codebook.all()
    return tuple(dict.fromkeys(book.find(name).id for name in names)) or None


def _attributes(session: Session, names: tuple[str, ...]) -> tuple[str, ...] | None:
    known = {attribute.name.casefold(): attribute.id for attribute in session.cases.attributes(AttributeScope.CASE)}
    for name in names:
        if name.strip().casefold() not in known:
            raise NotFound("attribute_unknown", attribute=name, scope=AttributeScope.CASE.value)
    return tuple(known[name.strip().casefold()] for name in names) or None
