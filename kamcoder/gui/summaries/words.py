"""What the states of a summary are called on the screen, each with a sign of its own."""

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.summary import SummaryState
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.summary_grid import SummaryCell

_STATES = {
    SummaryState.WRITTEN: QT_TRANSLATE_NOOP("summaries", "written"),
    SummaryState.DRAFT: QT_TRANSLATE_NOOP("summaries", "draft, not edited yet"),
    SummaryState.WAITING: QT_TRANSLATE_NOOP("summaries", "nothing written yet"),
    SummaryState.EMPTY: QT_TRANSLATE_NOOP("summaries", "no passages"),
}
SIGNS = {SummaryState.WRITTEN: "●", SummaryState.DRAFT: "◐", SummaryState.WAITING: "○", SummaryState.EMPTY: ""}


def state(value: SummaryState) -> str:
    """Return how far a cell is."""
    return QCoreApplication.translate("summaries", _STATES[value])


def passages(count: int) -> str:
    """Return a number of passages in words."""
    if count == 1:
        return QCoreApplication.translate("summaries", "1 passage")
    return QCoreApplication.translate("summaries", "{count} passages").format(count=f"{count:,}")


def head(cell: SummaryCell) -> str:
    """Return the line above the text of a cell: its sign, and what is still to be known of it."""
    if cell.state is SummaryState.EMPTY:
        return ""
    parts = [passages(cell.passages)]
    if cell.state is SummaryState.DRAFT:
        parts.insert(0, QCoreApplication.translate("summaries", "draft"))
    if cell.summary is not None and cell.summary.lost:
        parts.append(lost(len(cell.summary.lost)))
    return f"{SIGNS[cell.state]} {' · '.join(parts)}"


def lost(count: int) -> str:
    """Return in words that marks lead to no passage."""
    if count == 1:
        return QCoreApplication.translate("summaries", "1 mark without a passage")
    return QCoreApplication.translate("summaries", "{count} marks without a passage").format(count=count)
