"""demo: the sample study from the shipped files, its cross-case table, and how far its coders agree."""

import shutil
from pathlib import Path

import click

from kamcoder.cli.common import PATH, counted, opened, progress_bar
from kamcoder.cli.suggesting import print_left_out
from kamcoder.domain.errors import KamCoderError
from kamcoder.services.agreement_report import grid as agreement_grid
from kamcoder.services.agreement_report import write_agreement
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.charts import ChartDefinition, make_chart
from kamcoder.services.demo import CODERS, PROJECT_NAME, build_sample
from kamcoder.services.exporting import print_grid, write_chart, write_grid, write_paper
from kamcoder.services.files import write_output
from kamcoder.services.report_agreement import agreement_section
from kamcoder.services.reporting import ReportOptions, case_report
from kamcoder.services.tables import TableDefinition

_TABLES = ("cross-case-table.csv", "cross-case-table.html", "cross-case-table.xlsx")
_REPORTS = ("case-report.docx", "case-report.html", "case-report.pdf")
#: The interview for which suggestions are shown, as if it were still to be coded.
_UNCODED = "G-KAM"
_CHART = "cross-case-chart.svg"
_AGREEMENT = ("agreement.csv", "agreement.html", "agreement.xlsx")


@click.command()
@click.option("--output", type=PATH, default=Path("kamcoder-demo"), show_default=True, help="Where the files go.")
@click.option("--force", is_flag=True, help="Build it anew if it is there already.")
def demo(output: Path, force: bool) -> None:
    """Build the sample study; print its cross-case table, the agreement of its coders, and suggestions.

    Eleven invented interviews of seven firms are imported, with their attributes, the codings of two coders and
    written summaries. The project, the tables (CSV, HTML, XLSX), the case report (DOCX, HTML, PDF) and a chart (SVG)
    stay in the folder.
    """
    project = output / PROJECT_NAME
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KamCoderError("folder_not_writable", folder=str(output), reason=error.strerror) from error
    if force:
        project.unlink(missing_ok=True)
    names = (PROJECT_NAME, *(() if force else (*_TABLES, *_AGREEMENT, *_REPORTS, _CHART)))
    for there in (output / name for name in names):
        if there.exists():
            raise KamCoderError("output_exists", file=str(there))
    with progress_bar("Building the sample study") as progress:
        build_sample(output, progress=progress)
    with opened(project, read_only=True) as session:
        coder = session.coders.find(CODERS[0])
        grid = session.tables.grid(TableDefinition(coder_ids=frozenset({coder.id})))
        documents, codings = len(session.documents.all()), len(session.passages.select())
        book = session.codebook.all()
        headings = CompareScope(code_ids=tuple(code.id for code in book.children(None)), resamples=1000)
        agreement = session.comparing.compare(headings)
        options = ReportOptions(coder_ids=frozenset({coder.id}))
        paper = case_report(session, options, sections=[agreement_section(session, agreement)])
        chart = make_chart(session, ChartDefinition(table=TableDefinition(coder_ids=frozenset({coder.id}))))
    for name in _TABLES:
        write_output(output / name, write_grid(grid, output / name))
    for name in _AGREEMENT:
        write_output(output / name, write_agreement(agreement, book, output / name))
    for name in _REPORTS:
        write_output(output / name, write_paper(paper, output / name))
    write_output(output / _CHART, write_chart(chart, output / _CHART))
    width = shutil.get_terminal_size((140, 24)).columns
    click.echo(print_grid(grid, width=width))
    click.echo("")
    click.echo(print_grid(agreement_grid(agreement, book, brief=True), width=width))
    click.echo("")
    with opened(project, read_only=True) as session:
        print_left_out(session, coder=CODERS[0], document=_UNCODED)
    click.echo("")
    click.echo(f"{counted(documents, 'interview')}, {counted(codings, 'coding')} by {' and '.join(CODERS)}, in:")
    for name in (PROJECT_NAME, *_TABLES, _CHART, *_AGREEMENT, *_REPORTS):
        click.echo(f"  {output / name}")
    click.echo(f"Next: kamcoder open {project}")
