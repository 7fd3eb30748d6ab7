"""Handing out tables and papers: which ending of a file name means which format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.charts.model import PAPER, Chart, ChartLook
from kamcoder.formats.report import docx, html, markdown, pdf
from kamcoder.formats.report.model import Paper
from kamcoder.formats.tables import html as table_html
from kamcoder.formats.tables import markdown as table_markdown
from kamcoder.formats.tables import word, xlsx
from kamcoder.formats.tables.clipboard import Clipping, to_clipboard
from kamcoder.formats.tables.csv import to_csv
from kamcoder.formats.tables.grid import Grid
from kamcoder.formats.tables.text import to_text
from kamcoder.services.jobs import Progress, silent


@dataclass(frozen=True, slots=True)
class GridOptions:
    """How tables are written: whether numbers are shaded, and whether CSV begins with the mark that Excel looks for."""

    heat: bool = True
    bom: bool = True


_GRIDS: dict[str, Callable[[Grid, GridOptions], bytes]] = {
    ".xlsx": lambda grid, options: xlsx.to_xlsx(grid, heat=options.heat),
    ".docx": lambda grid, options: word.to_docx(grid, heat=options.heat),
    ".csv": lambda grid, options: to_csv(grid, bom=options.bom),
    ".html": lambda grid, options: table_html.to_html(grid, heat=options.heat).encode("utf-8"),
    ".md": lambda grid, _options: table_markdown.to_markdown(grid).encode("utf-8"),
    ".txt": lambda grid, _options: to_text(grid).encode("utf-8"),
}
_PAPERS: dict[str, Callable[[Paper, Progress], bytes]] = {
    ".docx": lambda paper, _progress: docx.to_docx(paper),
    ".pdf": lambda paper, progress: pdf.to_pdf(paper, tell=lambda done, total: progress(done, total, "")),
    ".html": lambda paper, _progress: html.to_html(paper).encode("utf-8"),
    ".md": lambda paper, _progress: markdown.to_markdown(paper).encode("utf-8"),
}
_CHARTS = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
_ALIKE = {".htm": ".html", ".markdown": ".md"}

#: The endings of tables, of papers and of charts, the usual one of each format.
GRID_FORMATS = tuple(_GRIDS)
PAPER_FORMATS = tuple(_PAPERS)
CHART_FORMATS = tuple(_CHARTS)


def print_grid(grid: Grid, *, width: int) -> str:
    """Return a table as text for a terminal of this width."""
    return to_text(grid, width=width)


def write_grid(grid: Grid, path: Path, options: GridOptions | None = None) -> bytes:
    """Return a table in the format that the ending of `path` names; raise InvalidInput for another ending."""
    return _GRIDS[_format(path, GRID_FORMATS)](grid, options or GridOptions())


def write_grids(grids: Sequence[Grid], path: Path, options: GridOptions | None = None) -> bytes:
    """Return tables in the format that the ending of `path` names: sheets of one workbook, else only the first."""
    if _format(path, GRID_FORMATS) != ".xlsx":
        return write_grid(grids[0], path, options)
    return xlsx.to_xlsx(*grids, heat=(options or GridOptions()).heat)


def write_paper(paper: Paper, path: Path, *, progress: Progress = silent) -> bytes:
    """Return a paper in the format that the ending of `path` names; raise InvalidInput for another ending.

    `progress` may raise Cancelled; only a PDF takes long enough to tell of it.
    """
    return _PAPERS[_format(path, PAPER_FORMATS)](paper, progress)


def check_paper(path: Path) -> None:
    """Raise InvalidInput if no paper can have the ending of `path`: before the work of making it."""
    _format(path, PAPER_FORMATS)


def write_chart(chart: Chart, path: Path, *, look: ChartLook = PAPER) -> bytes:
    """Return a chart in the format that the ending of `path` names; raise InvalidInput for another ending."""
    kind = _CHARTS[_format(path, CHART_FORMATS)]
    # Here, not above: matplotlib takes half a second to load.
    from kamcoder.formats.charts.drawing import draw

    return draw(chart, look=look).picture(kind)


def check_chart(path: Path) -> None:
    """Raise InvalidInput if no chart can have the ending of `path`: before the work of making it."""
    _format(path, CHART_FORMATS)


def clip(grid: Grid) -> Clipping:
    """Return a table for the clipboard."""
    return to_clipboard(grid)


def _format(path: Path, known: tuple[str, ...]) -> str:
    suffix = path.suffix.lower()
    suffix = _ALIKE.get(suffix, suffix)
    if suffix not in known:
        raise InvalidInput("format_unknown", file=path.name, known=", ".join(known))
    return suffix
