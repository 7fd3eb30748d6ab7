"""Looking for the passages behind a number: at once, after a moment, or only when asked for, by how many they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from kamcoder.gui.comparing.behind import BehindPane
from kamcoder.gui.comparing.items import Item, expected
from kamcoder.gui.comparing.working import Worked, Working

_MANY = 800  # passages that are not looked for while somebody waits
_TOO_MANY = 5000  # that are looked for only on demand
_REST_MS = 150  # after which they are: whoever goes from number to number does not want those in between


class Listing(QObject):
    """Fills the pane beside the table; of several lists asked for only the last is shown."""

    def __init__(self, behind: BehindPane, working: Working, parent: QObject) -> None:
        super().__init__(parent)
        self._behind = behind
        self._working = working
        self._ticket = object()
        self._promised: Callable[[], None] | None = None

    def show(self, worked: Worked, find: Callable[[], list[Item]], code_id: str | None) -> None:
        """Show the passages that `find` gives, of a code or of all together; what is long is done beside the window."""
        ticket = self._ticket = object()
        self._promised = None
        count = expected(worked.agreement, code_id)

        def done(items: list[Item]) -> None:
            if ticket is self._ticket:
                self._behind.show_items(items, worked.comparison)

        def begin() -> None:
            if ticket is self._ticket:
                self._working.beside(self.tr("Looking for passages"), find, done)

        if count < _MANY:
            done(find())
        elif count < _TOO_MANY:
            QTimer.singleShot(_REST_MS, self, begin)
        else:
            self._promised = begin
            self._behind.promise(count)

    def go(self, *_: object) -> None:
        """Go to the passages, which are looked for now if there were too many to do so unasked."""
        begin, self._promised = self._promised, None
        if begin is not None:
            self._behind.tell_looking()
            begin()
        self._behind.list.setFocus()
