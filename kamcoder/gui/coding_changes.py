"""Changing the coding that was chosen in the reader, or the one at the caret."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kamcoder.domain.coding import Coding
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.reader.marks import Mark
from kamcoder.gui.reader.panel import ReaderPanel
from kamcoder.gui.reader.units import step_back, step_on

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class CodingChanges(QObject):
    """Recodes, resizes, merges, splits and takes away. Where several codings may be meant, a menu asks which."""

    failed = Signal(object)
    hinted = Signal(str)
    code_asked = Signal(object)
    memo_asked = Signal(str)

    def __init__(self, host: QWidget, reader: ReaderPanel, initiator: str) -> None:
        super().__init__(host)
        self._reader = reader
        self._initiator = initiator
        self._session: Session | None = None
        self.which_menu = QMenu(host)

    def load(self, session: Session | None) -> None:
        """Act on a project; on none for None."""
        self._session = session

    # -- verbs ---------------------------------------------------------------------------------------------------

    def uncode_here(self) -> None:
        """Take the chosen coding away, or the one at the caret."""
        self._with_one(self.tr("Uncode {code}"), lambda coding: self.uncode(coding.id))

    def uncode(self, coding_id: str) -> None:
        """Take a coding away."""
        self._write(lambda session: session.codings.remove([coding_id], initiator=self._initiator))

    def ask_recode(self) -> None:
        """Ask which other code the coding is to have."""
        self._with_one(self.tr("Recode {code}"), self._on_recode)

    def recode(self, coding_id: str, code_id: str) -> None:
        """Give a coding another code."""
        self._write(lambda session: session.codings.recode(coding_id, code_id, initiator=self._initiator))

    def ask_memo(self) -> None:
        """Ask for a memo on the coding."""
        self._with_one(self.tr("Memo on {code}"), self._on_memo)

    def resize(self, coding_id: str, span: TextSpan) -> None:
        """Move the ends of a coding."""
        self._write(lambda session: session.codings.resize(coding_id, span, initiator=self._initiator))

    def nudge_start(self, by: int) -> None:
        """Let the chosen coding begin a word later (1) or earlier (-1)."""
        coding, text = self._chosen(), self._reader.view.page.text
        if coding is None:
            return
        start = coding.span.start
        moved = step_back(text, start) if by < 0 else step_back(text, step_on(text, step_on(text, start)))
        self._nudge(coding, moved, coding.span.end)

    def nudge_end(self, by: int) -> None:
        """Let the chosen coding end a word later (1) or earlier (-1)."""
        coding, text = self._chosen(), self._reader.view.page.text
        if coding is None:
            return
        end = coding.span.end
        moved = step_on(text, end) if by > 0 else step_on(text, step_back(text, step_back(text, end)))
        self._nudge(coding, coding.span.start, moved)

    def merge(self) -> None:
        """Make one coding of the chosen one and those of its code that touch it, or of those under the selection."""
        groups = self._mergeable()
        if not groups:
            words = self.tr("No coding with the same code touches this one. Select the text of both to merge them.")
            self.hinted.emit(words)
        elif len(groups) > 1:
            self.hinted.emit(self.tr("Codings of several codes are selected. Click one of those to merge first."))
        else:
            ids = [mark.id for mark in groups[0]]
            merged: list[Coding] = []
            self._write(lambda session: merged.append(session.codings.merge(ids, initiator=self._initiator)))
            if merged:
                self._reader.choose(merged[0].id)

    def split(self) -> None:
        """Make two codings of the chosen one, or the one at the caret, where the caret is."""
        self._with_one(self.tr("Split {code}"), self._on_split)

    # -- inside --------------------------------------------------------------------------------------------------

    def _with_one(self, words: str, act: Callable[[Coding], object]) -> None:
        """Act on the coding that is meant; ask which if it may be one of several, say why if there is none."""
        reader = self._reader
        marks = reader.codings_here()
        own = [mark for mark in marks if mark.own]
        if len(own) == 1:
            act(own[0].coding)
        elif own:
            menu = self.which_menu
            menu.clear()
            for mark in own:
                path = reader.view.inks[mark.code_id].path.replace("&", "&&")
                menu.addAction(words.format(code=path)).triggered.connect(partial(self._picked, act, mark.coding))
            menu.popup(reader.mapToGlobal(reader.selection_box().bottomLeft()))
        elif marks:
            self.hinted.emit(self.tr("This coding is another coder’s: only that coder can change it."))
        else:
            self.hinted.emit(self.tr("No coding here: click a coded passage or its bracket first."))

    def _picked(self, act: Callable[[Coding], object], coding: Coding, _checked: bool = False) -> None:
        act(coding)

    def _chosen(self) -> Coding | None:
        chosen = self._reader.chosen
        return chosen.coding if chosen is not None and chosen.own else None

    def _on_recode(self, coding: Coding) -> None:
        self._reader.choose(coding.id)
        self.code_asked.emit(coding)

    def _on_memo(self, coding: Coding) -> None:
        self._reader.choose(coding.id)
        self.memo_asked.emit(coding.id)

    def _on_split(self, coding: Coding) -> None:
        caret = self._reader.view.caret()
        self._write(lambda session: session.codings.split(coding.id, caret, initiator=self._initiator))

    def _nudge(self, coding: Coding, start: int, end: int) -> None:
        text = self._reader.view.page.text
        if (start, end) == (coding.span.start, coding.span.end):
            self.hinted.emit(self.tr("There is no further word."))
        elif start >= end or not text[start:end].strip():
            self.hinted.emit(self.tr("A coding holds one word at least. U: uncode."))
        else:
            self.resize(coding.id, TextSpan(start, end))
            self._reader.view.reveal(start if start != coding.span.start else end)

    def _mergeable(self) -> list[list[Mark]]:
        """Return the groups of own codings of one code that are meant, each in the order of the text."""
        view = self._reader.view
        chosen, span = self._reader.chosen, self._reader.span
        if span is not None and (chosen is None or not chosen.coding.span.covers(span)):
            to_qt = view.page.offsets.to_qt
            under: dict[str, list[Mark]] = {}
            for mark in view.marks.overlapping(to_qt(span.start), to_qt(span.end)):
                if mark.own:
                    under.setdefault(mark.code_id, []).append(mark)
            return [group for group in under.values() if len(group) > 1]
        if chosen is None or not chosen.own:
            return []
        alike = [mark for mark in view.marks.with_code(chosen.code_id) if mark.own]
        group = _touching(alike, chosen, view.page.text)
        return [group] if len(group) > 1 else []

    def _write(self, act: Callable[[Session], object]) -> None:
        if self._session is None:
            return
        try:
            act(self._session)
        except KamCoderError as error:
            self.failed.emit(error)


def _touching(marks: list[Mark], chosen: Mark, text: str) -> list[Mark]:
    """Return the run of marks, sorted by start, that holds the chosen one and has no word between two of them."""
    run: list[Mark] = []
    end = 0
    for mark in marks:
        gap = text[end : mark.coding.span.start]
        if run and any(character.isalnum() for character in gap):
            if chosen in run:
                return run
            run = []
        run.append(mark)
        end = max(end, mark.coding.span.end) if len(run) > 1 else mark.coding.span.end
    return run if chosen in run else []
