"""assign, copy, merge and settle: several coders, each with a file."""

from collections.abc import Sequence
from pathlib import Path

import click

from kamcoder.cli.common import PATH, counted, json_option, opened, print_json, project_argument
from kamcoder.domain.assigning import Sample
from kamcoder.domain.coding import WorkState
from kamcoder.domain.errors import InvalidInput
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.merging import MergePreview
from kamcoder.services.merging_words import Difference, short, what
from kamcoder.services.session import Session

_STATES = {WorkState.ASSIGNED: "to do", WorkState.IN_PROGRESS: "in progress", WorkState.FINISHED: "finished"}


@click.command()
@project_argument
@click.option("--coder", "coders", multiple=True, required=True, help="Who is to code; added if new. Repeat for more.")
@click.option("--document", "documents", multiple=True, help="Only this document; all if left out.")
@click.option("--case", "cases", multiple=True, help="Only this case's documents.")
@click.option("--sample", type=float, help="Draw this share of them, spread over the cases, such as 0.2.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the drawing.")
@click.option("--withdraw", is_flag=True, help="Take back what was assigned and not begun.")
@json_option
def assign(
    project: Path,
    coders: Sequence[str],
    documents: Sequence[str],
    cases: Sequence[str],
    sample: float | None,
    seed: int,
    withdraw: bool,
    as_json: bool,
) -> None:
    """Give documents to coders, or a sample of them to be coded by all of these coders.

    Nobody is shown the others' codings of a document between its assignment and his finishing it.
    """
    with opened(project) as session:
        wanted = _documents(session, documents, cases)
        drawn: Sample | None = None
        if sample is not None:
            drawn = session.assigning.draw(share=sample, seed=seed, document_ids=wanted)
            wanted = list(drawn.document_ids)
        coder_ids = [session.coders.ensure(name).id for name in coders]
        if withdraw:
            number = session.assigning.withdraw(wanted, coder_ids)
        elif drawn is not None:
            number = session.assigning.assign_sample(drawn, coder_ids)
        else:
            number = session.assigning.assign(wanted, coder_ids)
        names = [document.name for document in session.documents.all() if document.id in set(wanted)]
    if as_json:
        told = {"withdrawn" if withdraw else "assigned": number, "documents": names, "coders": list(coders)}
        print_json(told | ({"share": drawn.share, "seed": drawn.seed, "of": drawn.of} if drawn else {}))
        return
    verb = "Withdrew" if withdraw else "Made"
    click.echo(f"{verb} {counted(number, 'assignment')}: {', '.join(names)}.")
    if drawn:
        click.echo(f"Drawn: {len(names)} of {counted(drawn.of, 'document')} (seed {drawn.seed}).")


@click.command()
@project_argument
@click.argument("target", type=PATH, metavar="COPY")
@click.option("--coder", required=True, help="Who is to work in the copy; added if new.")
@click.option("--blind", is_flag=True, help="Leave out what others have coded, and all that tells of it.")
def copy(project: Path, target: Path, coder: str, blind: bool) -> None:
    """Save a copy of the project for a coder, to be merged back with 'kamcoder merge'."""
    if target.exists():
        raise InvalidInput("copy_exists", file=str(target))
    with opened(project) as session:
        person = session.coders.ensure(coder)
        held = session.merging.save_copy(target, person.id, with_others=not blind)
    click.echo(
        f"Wrote {target} for {person.name}" + (f", without {counted(held, 'coding')} of others." if blind else ".")
    )


@click.command()
@project_argument
@click.argument("other", type=PATH, metavar="COPY")
@click.option("--preview", is_flag=True, help="Only tell what would come.")
@click.option("--ours", multiple=True, metavar="ID", help="Keep ours at this difference (its id from --json).")
@click.option("--theirs", multiple=True, metavar="ID", help="Take theirs at this difference.")
@json_option
def merge(project: Path, other: Path, preview: bool, ours: Sequence[str], theirs: Sequence[str], as_json: bool) -> None:
    """Take in what was done in a copy of the project. Merging again changes nothing, and the order of copies neither.

    Of what both changed the later change is taken, unless --ours or --theirs says otherwise. What one copy deleted
    stays if the other still uses it.
    """
    chosen = dict.fromkeys(ours, True) | dict.fromkeys(theirs, False)
    with opened(project) as session:
        act = session.merging.preview if preview else session.merging.merge
        found = act(other, chosen=chosen)
    if as_json:
        print_json(_record(found))
        return
    if found.empty:
        click.echo(f"{other.name} brings nothing new.")
        return
    click.echo(f"{other.name} {'would bring' if preview else 'brought'}:")
    for coder, number in found.codings.items():
        click.echo(f"  {counted(number, 'coding')} by {coder}")
    for table, count in found.tables.items():
        parts = [(count.new, "new"), (count.changed, "changed"), (count.deleted, "deleted")]
        click.echo(f"  {what(table)}: " + ", ".join(f"{number} {word}" for number, word in parts if number))
    for difference in found.differences:
        click.echo(_line(difference))
    for memo in found.beside:
        click.echo(f"  A text that gave way is kept as a memo: {memo.title}")


@click.command()
@project_argument
@click.option("--coder", "decider", required=True, help="Who decides; added if new.")
@click.option("--between", multiple=True, help="Compare these coders; everybody who has coded if left out.")
@click.option("--agreed", is_flag=True, help="Take all on which all agree, in one step.")
@json_option
def settle(project: Path, decider: str, between: Sequence[str], agreed: bool, as_json: bool) -> None:
    """Tell how far settling is, and with --agreed take what all coders agree on into the consensus."""
    with opened(project) as session:
        scope = CompareScope(coder_ids=tuple(session.coders.find(name).id for name in between) or None)
        session.settling.progress(scope)  # whoever cannot be compared is told so before a coder is added
        taken = 0
        if agreed:
            session.coders.activate(session.coders.ensure(decider))
            taken = session.settling.take_agreed(scope)
        progress = session.settling.progress(scope)
    if as_json:
        print_json(
            {
                "taken": taken,
                "agreed": progress.agreed,
                "agreed_taken": progress.agreed_taken,
                "disagreements": progress.disagreements,
                "decided": progress.decided,
                "open": progress.open,
            }
        )
        return
    if agreed:
        click.echo(f"Took {counted(taken, 'passage')} on which all agree.")
    click.echo(f"Agreed: {progress.agreed_taken} of {counted(progress.agreed, 'passage')} taken.")
    click.echo(f"Disagreements: {progress.decided} of {progress.disagreements} decided, {progress.open} open.")


def _documents(session: Session, names: Sequence[str], cases: Sequence[str]) -> list[str]:
    found = [session.documents.find(name).id for name in names]
    if cases:
        wanted = {session.cases.find(name).id for name in cases}
        entries = session.documents.entries()
        found += [entry.document.id for entry in entries if not wanted.isdisjoint(entry.case_ids)]
    if not names and not cases:
        found = [document.id for document in session.documents.all()]
    return list(dict.fromkeys(found))


def work_lines(session: Session, name: str) -> list[dict[str, object]]:
    """Return the list of work of a coder, for the command `coders`."""
    items = session.assigning.work(session.coders.find(name).id)
    return [{"document": item.document.name, "state": item.state.value, "codings": item.codings} for item in items]


def print_work(lines: Sequence[dict[str, object]]) -> None:
    """Print a list of work, what is in progress first."""
    for line in lines:
        codings = counted(int(str(line["codings"])), "coding")
        click.echo(f"{line['document']}: {_STATES[WorkState(str(line['state']))]}, {codings}")
    if not lines:
        click.echo("Nothing is assigned; 'kamcoder assign' gives documents to coders.")


def _record(found: MergePreview) -> dict[str, object]:
    return {
        "file": str(found.file),
        "codings": dict(found.codings),
        "rows": {
            table: {"new": count.new, "changed": count.changed, "deleted": count.deleted}
            for table, count in found.tables.items()
        },
        "differences": [difference.record() for difference in found.differences],
        "kept_as_memos": [{"id": memo.id, "title": memo.title, "text": memo.text} for memo in found.beside],
    }


def _line(difference: Difference) -> str:
    taken = " (ours is kept)" if difference.mine else ""
    told = "; ".join(f"{field.name}: {_cut(field.ours)} → {_cut(field.theirs)}" for field in difference.fields)
    return f"  {difference.kind.value} {what(difference.table)}: {difference.name}{taken}" + (
        f" [{told}]" if told else ""
    )


def _cut(value: str | None) -> str:
    return "–" if value is None else short(value)
