"""From the session's listeners to one Qt signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class Bridge(QObject):
    """Re-emits every ChangeSet of a session, after its commit, as `changed`."""

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = session.subscribe(self.changed.emit)

    def close(self) -> None:
        """Stop listening."""
        self._end()
