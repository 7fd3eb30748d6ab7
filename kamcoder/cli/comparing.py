"""compare and coders: how far coders agree, and who codes."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kamcoder.analysis.agreement.kinds import DisagreementKind, Unit
from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, project_argument
from kamcoder.cli.team import print_work, work_lines
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Origin, Passage
from kamcoder.formats.tables.grid import Grid
from kamcoder.services import agreement_lists as lists
from kamcoder.services import agreement_report as report
from kamcoder.services.agreement_shapes import Agreement, CompareScope
from kamcoder.services.exporting import print_grid
from kamcoder.services.files import write_output
from kamcoder.services.session import Session

_RESAMPLES = 1000


@click.command()
@project_argument
@click.option("--coder", "coders", multiple=True, help="Compare these; everybody who has coded if left out.")
@click.option("--document", "documents", multiple=True, help="Only this document.")
@click.option("--case", "cases", multiple=True, help="Only this case's documents.")
@click.option("--code", "codes", multiple=True, help="A row; the whole codebook if left out.")
@click.option("--below", help="Rows are the codes directly below this one; '' for the top of the codebook.")
@click.option("--unit", type=click.Choice([unit.value for unit in Unit]), default="character", show_default=True)
@click.option("--children/--no-children", default=True, help="A code takes in the codes below it.")
@click.option("--interviewers", is_flag=True, help="Compare interviewers' words too.")
@click.option("--snap", is_flag=True, help="A coding that cuts a word takes all of it.")
@click.option("--origin", "origins", multiple=True, type=click.Choice([origin.value for origin in Origin]))
@click.option("--interval", is_flag=True, help="95 % intervals from 1,000 draws of whole documents.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the draws.")
@click.option("--segments", is_flag=True, help="Show how many whole passages match (shared text over 90 %).")
@click.option("--suggestions", is_flag=True, help="Tell the figures without codings taken from suggestions.")
@click.option("--exclusive", help="Unitizing alphas of the codes below this one, which must exclude one another.")
@click.option("--passages", type=click.Choice([kind.value for kind in DisagreementKind]), help="List these passages.")
@click.option("--output", type=PATH, help="Write the table (.csv, .html, .xlsx, .docx, .md, .txt), do not print it.")
@json_option
def compare(project: Path, output: Path | None, as_json: bool, **wanted: Any) -> None:
    """Print how far coders agree: per code per cent, kappa, alpha, F1 and the passages of each kind.

    Coders are compared in the documents in which they have coded something or which they have in progress or finished.
    Elsewhere they are missing, which does not count as 'nothing coded'.
    """
    with opened(project, read_only=True) as session:
        book = session.codebook.all()
        scope = _scope(session, book, wanted)
        found = session.comparing.compare(scope)
        segments = session.comparing.segments(scope) if wanted["segments"] else ()
        said = _said(session, scope, found, book, wanted)
        kind = DisagreementKind(wanted["passages"]) if wanted["passages"] else None
        listed = _listed(session, scope, found, kind) if kind else []
        whole, broken = _whole(session, scope, book, wanted), _broken(session, scope, book, wanted)
    if output:
        sheets = [make(records) for make, records in _sheets(whole, broken)]
        write_output(output, report.write_agreement(found, book, output, segments=segments, lists=sheets))
        click.echo(f"Wrote {output}.")
    elif as_json:
        more = {"passages": listed if kind else None, "segments": whole, "violations": broken}
        told = {name: records for name, records in more.items() if records is not None}
        print_json({**report.record(found, book), "said": said, **told})
    else:
        grid = report.grid(found, book, segments=segments)
        click.echo(print_grid(grid, width=shutil.get_terminal_size((140, 24)).columns))
        for line in (*said, *(_line(entry) for entry in (*listed, *(broken or ())))):
            click.echo(line)


@click.command()
@project_argument
@click.option("--work", "worker", metavar="CODER", help="List this coder's documents: to do, in progress, finished.")
@json_option
def coders(project: Path, worker: str | None, as_json: bool) -> None:
    """List who codes, with the number of codings and of documents coded, assigned, in progress and finished."""
    with opened(project, read_only=True) as session:
        if worker is not None:
            lines = work_lines(session, worker)
            print_json(lines) if as_json else print_work(lines)
            return
        work = session.comparing.coders()
    if as_json:
        print_json(
            [
                {
                    "id": entry.coder.id,
                    "name": entry.coder.name,
                    "kind": entry.coder.kind.value,
                    "codings": entry.codings,
                    "documents": entry.documents,
                    "assigned": entry.assigned,
                    "in_progress": entry.in_progress,
                    "finished": entry.finished,
                }
                for entry in work
            ]
        )
        return
    for entry in work:
        states = [(entry.assigned, "assigned"), (entry.in_progress, "in progress"), (entry.finished, "finished")]
        told = "".join(f", {number} {state}" for number, state in states if number)
        click.echo(
            f"{entry.coder.name}: {counted(entry.codings, 'coding')} in {counted(entry.documents, 'document')}{told}"
        )
    if not work:
        click.echo("Nobody codes here yet; 'kamcoder code --coder NAME' adds a coder.")


def _scope(session: Session, book: Codebook, wanted: dict[str, Any]) -> CompareScope:
    codes = [book.find(name).id for name in wanted["codes"]]
    if wanted["below"] is not None:
        above = book.find(wanted["below"]).id if wanted["below"] else None
        codes += [code.id for code in book.children(above)]
    return CompareScope(
        coder_ids=tuple(session.coders.find(name).id for name in wanted["coders"]) or None,
        document_ids=frozenset(session.documents.find(name).id for name in wanted["documents"]) or None,
        case_ids=frozenset(session.cases.find(name).id for name in wanted["cases"]) or None,
        code_ids=tuple(dict.fromkeys(codes)) or None,
        children=wanted["children"],
        unit=Unit(wanted["unit"]),
        interviewers=wanted["interviewers"],
        snap=wanted["snap"],
        origins=frozenset(map(Origin, wanted["origins"])) or None,
        resamples=_RESAMPLES if wanted["interval"] else 0,
        seed=wanted["seed"],
    )


def _said(session: Session, scope: CompareScope, found: Agreement, book: Codebook, wanted: dict[str, Any]) -> list[str]:
    """Return the sentences that were asked for beside the table."""
    said = []
    if wanted["suggestions"]:
        said.append(report.suggestions_sentence(found, session.comparing.without_suggestions(scope)))
    if wanted["exclusive"]:
        codes = [code.id for code in book.children(book.find(wanted["exclusive"]).id)]
        said.append(report.exclusive_sentence(session.comparing.exclusive(scope, codes), book))
    return said


def _whole(
    session: Session, scope: CompareScope, book: Codebook, wanted: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """Return the whole passages with and without a partner, None if they are not asked for."""
    if not wanted["segments"]:
        return None
    comparison = session.comparing.comparison(scope)
    names = {coder.id: coder.name for coder in comparison.coders}
    return lists.segment_records(lists.segment_passages(comparison), _known(session), names, book)


def _broken(
    session: Session, scope: CompareScope, book: Codebook, wanted: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """Return where codes that exclude one another stand on the same text, None if that is not asked for."""
    if not wanted["exclusive"]:
        return None
    codes = [code.id for code in book.children(book.find(wanted["exclusive"]).id)]
    return lists.violation_records(session.comparing.exclusive(scope, codes), _known(session))


def _sheets(
    whole: list[dict[str, Any]] | None, broken: list[dict[str, Any]] | None
) -> list[tuple[Callable[[list[dict[str, Any]]], Grid], list[dict[str, Any]]]]:
    made = ((lists.segment_grid, whole), (lists.violation_grid, broken))
    return [(make, records) for make, records in made if records]


def _known(session: Session) -> dict[str, Passage]:
    return {passage.coding.id: passage for passage in session.passages.select()}


def _listed(session: Session, scope: CompareScope, found: Agreement, kind: DisagreementKind) -> list[dict[str, Any]]:
    """Return the passages of a kind of every pair, on the codes that are pooled."""
    book = session.codebook.all()
    known = _known(session)
    names = {coder.id: coder.name for coder in found.coders}
    listed = []
    for pair in found.pooled.pairs:
        for item in session.comparing.passages(scope, first_id=pair.first_id, second_id=pair.second_id, kind=kind):
            shown = [known[coding_id] for coding_id in (*item.first_ids, *item.second_ids)]
            listed.append(
                {
                    "kind": kind.value,
                    "coders": [names[pair.first_id], names[pair.second_id]],
                    "code": book.path(item.code_id),
                    "start": item.span.start,
                    "end": item.span.end,
                    "codings": [lists.coding_record(passage) for passage in shown],
                }
            )
    return listed


def _line(entry: dict[str, Any]) -> str:
    parts = [
        f"  {coding['coder']}, {coding['reference']}, {coding['code']}: “{' '.join(coding['quote'].split())}”"
        for coding in entry["codings"]
    ]
    head = entry.get("code", "On the same text")
    return "\n".join([f"{head}:", *parts])
