"""Numbers of hits, passages and memos in words."""

from PySide6.QtCore import QCoreApplication


def hits(count: int) -> str:
    """Return a number of hits in words."""
    if count == 1:
        return QCoreApplication.translate("finding", "1 hit")
    return QCoreApplication.translate("finding", "{count} hits").format(count=count)


def passages(count: int) -> str:
    """Return a number of passages in words."""
    if count == 1:
        return QCoreApplication.translate("finding", "1 passage")
    return QCoreApplication.translate("finding", "{count} passages").format(count=count)


def memos(count: int) -> str:
    """Return a number of memos in words."""
    if count == 1:
        return QCoreApplication.translate("finding", "1 memo")
    return QCoreApplication.translate("finding", "{count} memos").format(count=count)
