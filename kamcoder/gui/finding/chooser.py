"""Choosing a code by typing a few letters of it, over whatever window a room stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.codebook.palette import CodePalette

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class CodeChooser(QObject):
    """Opens the code palette for a widget and hands on what was chosen there. A typed new name makes a code."""

    failed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._recent: list[str] = []
        self.palette_box: CodePalette | None = None

    def ask(
        self, session: Session, below: QWidget, quote: str, take: Callable[[str], None], *, first: str = ""
    ) -> None:
        """Show the palette under a widget; `take` gets the id of the code that was chosen or made.

        The code `first` stands before those chosen lately.
        """
        self.leave()
        # The window may be another since last time: panels can be taken out and put back.
        window = self._room.window()
        box = CodePalette(window)
        box.code_chosen.connect(lambda code_id: self._on_chosen(code_id, take))
        box.name_chosen.connect(lambda path: self._on_named(session, path, take))
        box.closed.connect(lambda: self._on_closed(box, below))
        self.palette_box = box
        corner = below.mapTo(window, QPoint(0, 0))
        codebook = session.codebook.all()
        wanted = dict.fromkeys([first, *self._recent])
        recent = [code_id for code_id in wanted if code_id in codebook]
        place = QRect(corner, below.size())
        box.open(codebook, recent, quote=quote, below=place, right=window.width())

    def leave(self) -> None:
        """Close the palette without a choice."""
        if self.palette_box is not None:
            self.palette_box.leave()

    def _on_chosen(self, code_id: str, take: Callable[[str], None]) -> None:
        self._recent = [code_id, *(known for known in self._recent if known != code_id)][:9]
        take(code_id)

    def _on_named(self, session: Session, path: str, take: Callable[[str], None]) -> None:
        try:
            code = session.codebook.ensure_path(path)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._on_chosen(code.id, take)

    def _on_closed(self, box: CodePalette, below: QWidget) -> None:
        if self.palette_box is box:
            self.palette_box = None
        box.deleteLater()
        below.setFocus()
