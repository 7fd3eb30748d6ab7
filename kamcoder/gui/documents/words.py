"""What the panel of documents says of progress."""

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.coding import WorkState
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

STATES = {
    None: QT_TRANSLATE_NOOP("documents", "unread"),
    WorkState.ASSIGNED: QT_TRANSLATE_NOOP("documents", "unread"),
    WorkState.IN_PROGRESS: QT_TRANSLATE_NOOP("documents", "in progress"),
    WorkState.FINISHED: QT_TRANSLATE_NOOP("documents", "finished"),
}


def state(value: WorkState | None) -> str:
    """Return how far a coder is with a document, in words."""
    return QCoreApplication.translate("documents", STATES[value])


def coded(share: float) -> str:
    """Return the coded share of a document in words."""
    percent = round(100 * share)
    if share > 0 and percent == 0:
        return QCoreApplication.translate("documents", "less than 1 % coded")
    return QCoreApplication.translate("documents", "{percent} % coded").format(percent=percent)


def finished(count: int) -> str:
    """Return how many documents of a case are finished."""
    return QCoreApplication.translate("documents", "{count} finished").format(count=count)
