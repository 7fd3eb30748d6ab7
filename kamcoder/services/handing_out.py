"""What is handed out, ordered in one place and written beside the open project."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from kamcoder.analysis.measures import Measure
from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.charts.model import Chart, ChartLook, Hit
from kamcoder.formats.report.markdown import to_markdown
from kamcoder.formats.report.model import Figures, Paper, Part
from kamcoder.formats.tables.grid import Grid, Value
from kamcoder.services import codebook_files
from kamcoder.services.charts import ChartDefinition, make_chart
from kamcoder.services.codebook_paper import codebook_paper, last_change
from kamcoder.services.exporting import CHART_FORMATS, GRID_FORMATS, PAPER_FORMATS, write_chart, write_grid, write_paper
from kamcoder.services.files import write_output
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.lists import ListKind, list_grid
from kamcoder.services.passages import PassageFilter
from kamcoder.services.report_agreement import agreement_sections
from kamcoder.services.report_options import ReportOptions, ReportPart
from kamcoder.services.reporting import case_report, methods_paper, summary_paper
from kamcoder.services.session import Session
from kamcoder.services.table_definition import TableDefinition

_CASES, _BLOCKS, _ROWS, _LONGEST = 3, 90, 40, 240  # what a look ahead shows


class Output(StrEnum):
    """What can be handed out."""

    REPORT = "report"
    SUMMARIES = "summaries"
    METHODS = "methods"
    TABLE = "table"
    CHART = "chart"
    PASSAGES = "passages"
    LISTS = "lists"
    CODEBOOK = "codebook"


#: The endings each can have, the usual one first.
FORMATS: dict[Output, tuple[str, ...]] = {
    Output.REPORT: PAPER_FORMATS,
    Output.SUMMARIES: (*PAPER_FORMATS, ".xlsx", ".csv"),
    Output.METHODS: PAPER_FORMATS,
    Output.TABLE: GRID_FORMATS,
    Output.CHART: CHART_FORMATS,
    Output.PASSAGES: GRID_FORMATS,
    Output.LISTS: GRID_FORMATS,
    Output.CODEBOOK: (".docx", *(ending for ending in codebook_files.FORMATS if ending != ".docx")),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: `report` limits papers and passages, `table`, `chart` and `listed` are of their outputs."""

    output: Output
    report: ReportOptions = field(default_factory=ReportOptions)
    table: TableDefinition = field(default_factory=TableDefinition)
    chart: ChartDefinition = field(default_factory=ChartDefinition)
    listed: ListKind = ListKind.CASES


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as it is shown: a PNG, how large it is in points, and where its marks are."""

    png: bytes
    width: float
    height: float
    hits: tuple[Hit, ...]
    title: str
    rule: str


@contextmanager
def beside(path: Path) -> Iterator[Session]:
    """Open a project that is open already once more, for reading only and as it is at this moment.

    For work in another thread: it sees what is committed and touches nothing that the window works with.
    """
    with Session.open(path, read_only=True) as session, session.standing_still():
        yield session


def hand_out(session: Session, order: Order, path: Path, *, progress: Progress = silent) -> Path:
    """Write what is ordered in the format that the ending of `path` names; raise InvalidInput for another ending."""
    if path.suffix.lower() not in FORMATS[order.output]:
        raise InvalidInput("format_unknown", file=path.name, known=", ".join(FORMATS[order.output]))
    if order.output is Output.CODEBOOK:
        changed = last_change(session.log())
        codebook_files.write_codebook(session.codebook.all(), path, project=session.project.name, changed=changed)
        return path
    made = make(session, order, ending=path.suffix.lower(), progress=progress)
    if isinstance(made, Paper):
        data = write_paper(made, path, progress=progress)
    else:
        data = write_grid(made, path) if isinstance(made, Grid) else write_chart(made, path)
    progress(1, 1, path.name)
    write_output(path, data)
    return path


def make(session: Session, order: Order, *, ending: str = "", progress: Progress = silent) -> Paper | Grid | Chart:
    """Return what is ordered; summaries are a table where the ending is that of a table."""
    options = order.report
    match order.output:
        case Output.REPORT:
            sections = agreement_sections(session, options)
            return case_report(session, options, sections=sections, progress=progress)
        case Output.METHODS:
            return methods_paper(session, options, sections=agreement_sections(session, options))
        case Output.SUMMARIES if ending in (".xlsx", ".csv"):
            return session.tables.grid(_summaries(options))
        case Output.SUMMARIES:
            return summary_paper(session, options)
        case Output.TABLE:
            return session.tables.grid(order.table)
        case Output.CHART:
            return make_chart(session, order.chart)
        case Output.PASSAGES:
            return session.tables.passages(session.passages.select(_passages(session, options)))
        case Output.LISTS:
            return list_grid(session, order.listed)
        case Output.CODEBOOK:
            book, changed = session.codebook.all(), last_change(session.log())
            return codebook_paper(book, project=session.project.name, changed=changed)


def look_ahead(session: Session, order: Order) -> tuple[str, bool]:
    """Return the beginning of what is ordered as Markdown, and whether there is more of it."""
    order, cut = _beginning(session, order)
    made = make(session, order)
    if isinstance(made, Chart):
        raise TypeError(order.output)
    paper = made if isinstance(made, Paper) else Paper("", "", (Part((Figures(made),)),))
    blocks = [block for part in paper.parts for block in part.blocks]
    shown = tuple(
        Figures(_shortened(block.grid)) if isinstance(block, Figures) else block for block in blocks[:_BLOCKS]
    )
    long = any(isinstance(block, Figures) and len(block.grid.rows) > _ROWS for block in blocks[:_BLOCKS])
    return to_markdown(replace(paper, parts=(Part(shown),))), cut or long or len(blocks) > _BLOCKS


def picture(session: Session, definition: ChartDefinition, *, look: ChartLook, dpi: float) -> Picture:
    """Return a chart as it is shown in a window."""
    from kamcoder.formats.charts.drawing import draw

    chart = make_chart(session, definition)
    drawn = draw(chart, look=look)
    png = drawn.picture("png", dpi=dpi)
    return Picture(png, drawn.width, drawn.height, drawn.hits, chart.title, chart.rule)


def _beginning(session: Session, order: Order) -> tuple[Order, bool]:
    """Return an order of what stands at the beginning, and whether that is less: a look must not take long."""
    cases = order.report.case_ids or tuple(case.id for case in session.cases.all())
    if order.output not in (Output.REPORT, Output.SUMMARIES) or len(cases) <= _CASES:
        return order, False
    behind = {ReportPart.TABLES, ReportPart.METHODS}
    options = replace(order.report, case_ids=cases[:_CASES], without=order.report.without | behind)
    return replace(order, report=options), True


def _summaries(options: ReportOptions) -> TableDefinition:
    cases = frozenset(options.case_ids) if options.case_ids is not None else None
    return TableDefinition(measure=Measure.SUMMARY, code_ids=options.code_ids, case_ids=cases, attributes=False)


def _passages(session: Session, options: ReportOptions) -> PassageFilter:
    book = session.codebook.all()
    codes = [book.subtree(key) for key in options.code_ids or ()]
    return PassageFilter(
        code_ids=frozenset[str]().union(*codes) if codes else None,
        case_ids=frozenset(options.case_ids) if options.case_ids is not None else None,
        coder_ids=options.coder_ids,
    )


def _shortened(grid: Grid) -> Grid:
    """Return the first rows of a table without columns in which nothing stands."""

    def cut(value: Value) -> Value:
        return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value

    rows = grid.rows[:_ROWS]
    places = [at for at in range(len(grid.columns)) if not rows or any(row[at] not in (None, "") for row in rows)]
    return replace(
        grid,
        columns=tuple(grid.columns[at] for at in places),
        rows=tuple(tuple(cut(row[at]) for at in places) for row in rows),
        totals=None if grid.totals is None else tuple(grid.totals[at] for at in places),
    )
