"""The work of the place of reports, as it runs beside the window: with a project opened anew, and no widget."""

from pathlib import Path

from kamcoder.formats.charts.model import ChartLook
from kamcoder.gui.theme import Look
from kamcoder.services.charts import ChartDefinition
from kamcoder.services.handing_out import Order, Picture, beside, hand_out, look_ahead, picture
from kamcoder.services.jobs import Progress


def export(project: Path, order: Order, path: Path, *, progress: Progress) -> Path:
    """Write what is ordered; return the file."""
    with beside(project) as session:
        return hand_out(session, order, path, progress=progress)


def read(project: Path, order: Order, *, progress: Progress) -> tuple[str, bool]:
    """Return the beginning of what is ordered, and whether there is more."""
    progress(0, 1, "")
    with beside(project) as session:
        return look_ahead(session, order)


def draw(project: Path, chart: ChartDefinition, look: Look, dpi: float, *, progress: Progress) -> Picture:
    """Return a chart in the colours of the window."""
    progress(0, 1, "")
    with beside(project) as session:
        return picture(session, chart, look=chart_look(look), dpi=dpi)


def chart_look(look: Look) -> ChartLook:
    """Return the colours of a theme for a chart."""
    names = ("surface", "text", "muted", "hairline", "accent")
    return ChartLook(*(look[name].name().upper() for name in names))
