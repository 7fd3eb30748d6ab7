"""bench: how good and how fast suggestions are on a project's own codings."""

from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import PATH, opened, print_json, progress_bar
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.suggesting import Tier
from kamcoder.services.suggestion_bench import Bench, BenchLine, bench

_LEVELS = {"headings": 1, "codes": 0}


@click.group(name="bench")
def benching() -> None:
    """Measure what the program does on a project of yours; nothing is changed."""


@benching.command()
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="FILE...")
@click.option("--coder", "coders", multiple=True, help="Whose codings; everybody who has coded if left out.")
@click.option("--level", "levels", multiple=True, type=click.Choice(list(_LEVELS)), help="Both if left out.")
@click.option("--blank", is_flag=True, help="Without the English model, as on a machine that lacks it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")
def suggestions(files: tuple[Path, ...], as_json: bool, **wanted: Any) -> None:
    """Print how good suggestions are on the codings in project files, beside simpler ways to make them.

    Each document is suggested for by a model that has learned from the others only. A unit is a sentence of an answer;
    it carries a code if half of it (or of the coding) is shared. F1 is the mean over codes where every coded unit gets
    its likeliest code; top-1/2/3 ask whether a right one is among the first. Takes some minutes.
    """
    records = []
    for file in files:
        for found, book in _measured(file, wanted):
            records.append({"file": file.name, **found.record()})
            if not as_json:
                _print(file, found, book)
    if as_json:
        print_json(records)


def _measured(file: Path, wanted: dict[str, Any]) -> list[tuple[Bench, Codebook]]:
    with opened(file, read_only=True) as session:
        book = session.codebook.all()
        work = {entry.coder.name: entry.coder.id for entry in session.comparing.coders() if entry.codings}
        chosen = [session.coders.find(name) for name in wanted["coders"]]
        people = {coder.name: coder.id for coder in chosen} or work
        studies = {name: session.suggestions.study(coder_id=coder_id) for name, coder_id in people.items()}
    tier = Tier.BLANK if wanted["blank"] else Tier.MODEL
    found = []
    for name, study in studies.items():
        for level in wanted["levels"] or _LEVELS:
            with progress_bar(f"{name}, {level}") as progress:
                found.append((bench(study, name, level=_LEVELS[level], tier=tier, progress=progress), book))
    return found


def _print(file: Path, found: Bench, book: Codebook) -> None:
    quality = found.quality
    level = "headings" if found.level else "codes"
    click.echo(
        f"{file.name}, {found.coder}, {level}: {quality['codings']} codings in {quality['documents']} documents, "
        f"{quality['units']} units, {quality['tier'].value} tier"
    )
    click.echo(f"  {'':36}{'F1':>6}{'top-1':>7}{'top-2':>7}{'top-3':>7}{'ECE':>6}")
    for line in (*found.lines, *found.baselines):
        click.echo(_row(line))
    if not any("TF-IDF" in line.name for line in found.baselines):
        click.echo("  TF-IDF + logistic regression: scikit-learn is not installed (extra 'test')")
    steps = found.rehearsal
    click.echo(
        f"  coding in order: top-1 {steps['top1']:.3f}, top-2 {steps['top2']:.3f}, actions saved {steps['saved']:.0%}, "
        f"ECE {found.rehearsal_error:.3f}; at .7 or more {steps['sure_precision']:.0%} right, "
        f"{steps['sure_share']:.0%} of units"
    )
    curve = "  ".join(f"{point['codings']}: {point['macro_f1']:.3f}" for point in quality["curve"])
    click.echo(f"  learning curve (F1 after so many codings): {curve}")
    table = "  ".join(f"{item['stated']:.2f}: {item['observed']:.2f}" for item in quality["reliability"])
    click.echo(f"  reliability (stated: right): {table}")
    click.echo("  " + ", ".join(f"{name} {value:g}" for name, value in found.speed.items()))
    for code in quality["codes"]:
        if code["support"]:
            name = book.path(code["code_id"])
            click.echo(
                f"    {name[:58]:60} P {code['precision']:.2f}  R {code['recall']:.2f}  F1 {code['f1']:.2f}  "
                f"{code['support']} units{'  (few codings)' if code['scarce'] else ''}"
            )


def _row(line: BenchLine) -> str:
    return (
        f"  {line.name:36}{line.macro_f1:6.3f}{line.top1:7.3f}{line.top2:7.3f}{line.top3:7.3f}"
        f"{line.calibration_error:6.3f}"
    )
