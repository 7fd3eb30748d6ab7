"""What can be done with passages that were found: similar ones coded, codings that stand out recoded or taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.domain.suggesting import Similar
from kamcoder.gui.finding import words
from kamcoder.gui.finding.chooser import CodeChooser
from kamcoder.gui.suggestions.list_model import Row

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_INITIATOR = "found"


class FoundActs(QObject):
    """Acts on several passages as one step. `acted` tells in a sentence what was done."""

    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self.chooser = CodeChooser(parent)
        self.chooser.failed.connect(self.failed)

    def load(self, session: Session | None) -> None:
        """Act on a project."""
        self.chooser.leave()
        self._session = session

    def code(self, rows: Sequence[Row]) -> None:
        """Put the code of the passage they are like on similar passages."""
        if rows:
            self._code(rows, rows[0].code_id)

    def code_otherwise(self, rows: Sequence[Row], below: QWidget) -> None:
        """Ask which code similar passages get."""
        self._ask(rows, below, rows[0].code_id if rows else "", lambda code_id: self._code(rows, code_id))

    def recode(self, rows: Sequence[Row], below: QWidget) -> None:
        """Ask for another code for codings, offering the one that the first fits better."""
        self._ask(rows, below, rows[0].other_code_id if rows else "", lambda code_id: self._recode(rows, code_id))

    def uncode(self, rows: Sequence[Row]) -> None:
        """Take codings off."""
        session = self._session
        if session is None or not rows:
            return
        ids = [row.coding_id for row in rows]
        if self._try(lambda: session.codings.remove(ids, initiator=_INITIATOR)):
            self.acted.emit(self.tr("{passages} uncoded.").format(passages=words.passages(len(ids))))

    def _ask(self, rows: Sequence[Row], below: QWidget, first: str, take: Callable[[str], None]) -> None:
        session = self._session
        if session is None or not rows:
            return
        if session.coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
            return
        self.chooser.ask(session, below, words.passages(len(rows)), take, first=first)

    def _code(self, rows: Sequence[Row], code_id: str) -> None:
        session = self._session
        if session is None:
            return
        found = [Similar(row.document_id, TextSpan(row.start, row.end), row.share) for row in rows]
        made: list[object] = []

        def act() -> None:
            made.extend(session.suggestions.code_similar(rows[0].coding_id, found, code_id, initiator=_INITIATOR))

        if self._try(act) and made:
            name = session.codebook.all().path(code_id)
            told = self.tr("{passages} coded with {code}.")
            self.acted.emit(told.format(passages=words.passages(len(made)), code=name))
        elif not made:
            self.hinted.emit(self.tr("All of these carry the code already."))

    def _recode(self, rows: Sequence[Row], code_id: str) -> None:
        session = self._session
        if session is None:
            return
        ids = [row.coding_id for row in rows]
        if self._try(lambda: session.passages.recode(ids, code_id, initiator=_INITIATOR)):
            self.acted.emit(self.tr("{passages} recoded.").format(passages=words.passages(len(ids))))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        return True
