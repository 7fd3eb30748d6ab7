"""Putting codes on what is selected in the reader: by palette, by key, by name, by dropping."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kamcoder.domain.codebook import Codebook, typed_steps
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.codebook.palette import CodePalette
from kamcoder.gui.coding_changes import CodingChanges
from kamcoder.gui.reader.marks import Mark
from kamcoder.gui.reader.naming import NamingBox
from kamcoder.gui.reader.panel import ReaderPanel
from kamcoder.gui.reader.units import Unit, bare
from kamcoder.gui.reader_actions import READER_ACTIONS

if TYPE_CHECKING:
    from kamcoder.services.session import Session

INITIATOR = "code"
_MOST_RECENT = 9
# A code whose key is one of these is applied with Shift: in the reader the letter alone is a command.
_TAKEN = frozenset("cu").union(key.casefold() for spec in READER_ACTIONS for key in spec.keys if len(key) == 1)


class CodingActs(QObject):
    """What the person at the reader does with codes. It writes through the session and shows nothing ahead of it."""

    failed = Signal(object)
    hinted = Signal(str)
    memo_asked = Signal(str)
    actors_asked = Signal()

    def __init__(self, host: QWidget, reader: ReaderPanel) -> None:
        super().__init__(host)
        self._host = host
        self._reader = reader
        self._session: Session | None = None
        self._codebook = Codebook(())
        self.recent: list[str] = []
        # Not children of the reader, whose single-letter keys would work in them.
        self.palette = CodePalette(host)
        self.naming = NamingBox(host)
        self.changes = CodingChanges(host, reader, INITIATOR)
        self._recoding = ""
        self._instead: Callable[[str], object] | None = None
        self._handlers = self._made_handlers()
        self.changes.failed.connect(self.failed)
        self.changes.hinted.connect(self.hinted)
        self.changes.code_asked.connect(self._ask_recode)
        self.changes.memo_asked.connect(self.memo_asked)
        self.palette.code_chosen.connect(self._on_code_chosen)
        self.palette.codes_chosen.connect(self.apply_many)
        self.palette.name_chosen.connect(self._on_name_chosen)
        for box in (self.palette, self.naming):
            box.closed.connect(reader.setFocus)
        reader.codes_dropped.connect(self.apply_many)
        reader.key_typed.connect(self.type_key)
        reader.end_dragged.connect(self.changes.resize)

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None, codebook: Codebook) -> None:
        """Act on a project; on none for None."""
        self._session = session
        self.changes.load(session)
        self.recent = []
        self.leave()
        self.follow(codebook)

    def follow(self, codebook: Codebook) -> None:
        """Follow a change of the codebook, also with a palette open."""
        self._codebook = codebook
        self.recent = [code_id for code_id in self.recent if code_id in codebook]
        if not self.palette.isHidden():
            self.palette.reload(codebook, self.recent)
        if not self.naming.isHidden():
            self.naming.reload(codebook)

    def recall(self, code_ids: list[str]) -> None:
        """Take codes for those used last, the latest first; those that are gone are left out."""
        self.recent = [code_id for code_id in code_ids if code_id in self._codebook][:_MOST_RECENT]

    def leave(self) -> None:
        """Close what is open over the reader."""
        self.palette.leave()
        self.naming.leave()

    def do(self, key: str) -> None:
        """Do what a command of `reader_actions` says."""
        if self._reader.document_id is not None:
            self._handlers[key]()

    def present(self) -> dict[str, bool]:
        """Tell which needs of commands are there."""
        reader = self._reader
        chosen = reader.chosen
        return {
            "document": reader.document_id is not None,
            "selection": reader.span is not None,
            "coding": chosen is not None and chosen.own,
            "passage": reader.span is not None or chosen is not None,
            "overlap": len(reader.overlapping()) > 1,
        }

    def keys(self) -> str:
        """Return which keys work here, for the status line."""
        reader = self._reader
        chosen, span = reader.chosen, reader.span
        if reader.document_id is None:
            return ""
        if span is not None and (
            chosen is None or bare(reader.view.page.text, span.start, span.end) != chosen.coding.span
        ):
            return self.tr("C or Enter: apply a code     1–9: recent code     V: in vivo     Alt+↑: select more")
        if chosen is None:
            return self.tr("S: select the sentence     Shift and arrows: select     C: apply a code")
        return self._keys_of(chosen)

    def _keys_of(self, chosen: Mark) -> str:
        """Return which keys work on a coding, and which of several over each other it is."""
        reader = self._reader
        here = reader.overlapping()
        name = reader.view.inks[chosen.code_id].name
        told = [name]
        if len(here) > 1:
            number = here.index(chosen) + 1
            words = self.tr("{name}, {number} of {count} codings here     Tab: the next")
            told = [words.format(name=name, number=number, count=len(here))]
        if not chosen.own:
            told.append(self.tr("by {coder}").format(coder=reader.view.coder_names.get(chosen.coding.coder_id, "?")))
        else:
            told.append(self.tr("U: uncode     M: memo     Alt+←/→: start     Alt+Shift+←/→: end"))
        return "     ".join(told)

    # -- applying ------------------------------------------------------------------------------------------------

    def ask_for_code(self, *, recent_only: bool = False) -> None:
        """Open the palette for the selected text; say what to do if nothing is selected or nobody codes."""
        if self._ready() is None:
            return
        if recent_only and not self.recent:
            self.hinted.emit(self.tr("No code was used yet. C: apply one."))
            return
        self._recoding, self._instead = "", None
        below, right = self._room()
        self.palette.open(
            self._codebook,
            self.recent,
            quote=self._reader.quote(),
            below=below,
            right=right,
            several=True,
            recent_only=recent_only,
        )

    def ask_instead(self, quote: str, *, first: str, chosen: Callable[[str], object]) -> None:
        """Open the palette for a passage that something else is done with, with one code at its head."""
        self._recoding, self._instead = "", chosen
        below, right = self._room()
        self.palette.open(
            self._codebook,
            [first, *(known for known in self.recent if known != first)],
            quote=quote,
            below=below,
            right=right,
            verb=self.tr("accept"),
        )

    def ask_name(self, *, in_vivo: bool) -> None:
        """Ask for the name of a new code for the selected text; in vivo, its words are proposed."""
        if self._ready() is None:
            return
        quote = self._reader.quote()
        origin = Origin.IN_VIVO if in_vivo else Origin.MANUAL
        below, right = self._room()
        self.naming.open(
            self._codebook,
            lambda name, parent_id: self._apply_named([name], parent_id, origin),
            name=quote if in_vivo else "",
            quote=quote,
            below=below,
            right=right,
        )

    def apply(self, code_id: str) -> None:
        """Put a code on the selected text."""
        ready = self._ready()
        if ready is not None:
            session, document_id, span = ready
            before = session.to_undo
            self._try(lambda: self._made(session.codings.apply(document_id, span, code_id, initiator=INITIATOR)))
            if session.to_undo is before and code_id in self._codebook and self._reader.chosen is not None:
                self.hinted.emit(self.tr("The passage carries this code already."))

    def apply_many(self, code_ids: list[str]) -> None:
        """Put several codes on the selected text in one act."""
        if len(code_ids) == 1:
            self.apply(code_ids[0])
            return
        ready = self._ready()
        if ready is not None:
            session, document_id, span = ready
            self._try(lambda: self._put_many(session, document_id, span, code_ids))

    def apply_recent(self, number: int) -> None:
        """Put the code used last (1), the one before (2) and so on, on the selected text."""
        if self._ready() is None:
            return
        if number <= len(self.recent):
            self.apply(self.recent[number - 1])
        else:
            words = self.tr("There are {count} recent codes so far. C: apply a code.")
            self.hinted.emit(words.format(count=len(self.recent)))

    def type_key(self, typed: str) -> None:
        """Apply the recent code of a digit, or the code that has a letter as its key."""
        if self._reader.document_id is None:
            return
        if typed in "123456789":
            self.apply_recent(int(typed))
            return
        if typed in _TAKEN:
            return
        code = next((code for code in self._codebook.codes if code.shortcut and code.shortcut == typed.upper()), None)
        if code is not None:
            self.apply(code.id)

    # -- the rest ------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected text."""
        if self._reader.quote():
            QGuiApplication.clipboard().setText(self._reader.quote())

    def copy_reference(self) -> None:
        """Copy the selected text, or the passage that was chosen, with the place it is cited by."""
        reader = self._reader
        chosen, span = reader.chosen, reader.span
        if span is None and chosen is not None:
            span = chosen.coding.span
        if span is None or reader.document is None:
            self.hinted.emit(self.tr("Select a passage or click a coded one first."))
            return
        page = reader.view.page
        quote = span.of(page.text)
        start = span.start + len(quote) - len(quote.lstrip())
        cited = f"“{quote.strip()}” ({reader.document.name} ¶{page.paragraph(start)})"
        QGuiApplication.clipboard().setText(cited)
        self.hinted.emit(self.tr("Copied with {reference}").format(reference=cited[cited.rindex("(") + 1 : -1]))

    # -- inside --------------------------------------------------------------------------------------------------

    def _made_handlers(self) -> dict[str, Callable[[], object]]:
        reader, changes = self._reader, self.changes
        take = reader.selecting.take
        return {
            "edit.copy_reference": self.copy_reference,
            "find.document": reader.searching.begin,
            "find.next": lambda: reader.searching.step(1),
            "find.previous": lambda: reader.searching.step(-1),
            "code.recent": lambda: self.ask_for_code(recent_only=True),
            "code.in_vivo": lambda: self.ask_name(in_vivo=True),
            "code.new_here": lambda: self.ask_name(in_vivo=False),
            "code.recode": changes.ask_recode,
            "code.memo": changes.ask_memo,
            "select.word": lambda: self._or_say(moved=take(Unit.WORD)),
            "select.sentence": lambda: self._or_say(moved=take(Unit.SENTENCE)),
            "select.paragraph": lambda: self._or_say(moved=take(Unit.PARAGRAPH)),
            "select.turn": lambda: self._or_say(moved=take(Unit.TURN)),
            "select.grow": reader.selecting.grow,
            "select.shrink": reader.selecting.shrink,
            "coding.overlapping": reader.cycle,
            "coding.start_earlier": lambda: changes.nudge_start(-1),
            "coding.start_later": lambda: changes.nudge_start(1),
            "coding.end_earlier": lambda: changes.nudge_end(-1),
            "coding.end_later": lambda: changes.nudge_end(1),
            "coding.merge": changes.merge,
            "coding.split": changes.split,
            "coding.actors": self.actors_asked.emit,
        }

    def _or_say(self, *, moved: bool) -> None:
        if not moved:
            self.hinted.emit(self.tr("There is nothing of that kind at the caret."))

    def _ready(self) -> tuple[Session, str, TextSpan] | None:
        """Return what a code can be put on; say what is missing and return None if nothing."""
        session, document_id, span = self._session, self._reader.document_id, self._reader.span
        if session is None or document_id is None:
            return None
        if session.coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
            return None
        if span is None:
            words = self.tr("Select the passage first: with the mouse, with S for the sentence, or Shift and arrows.")
            self.hinted.emit(words)
            return None
        return session, document_id, span

    def _room(self) -> tuple[QRect, int]:
        reader, host = self._reader, self._host
        box = reader.selection_box().translated(reader.mapTo(host, QPoint(0, 0)))
        return box, reader.mapTo(host, QPoint(reader.width(), 0)).x()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)

    def _made(self, coding: Coding) -> None:
        self._remember([coding.code_id])
        self._reader.choose(coding.id)

    def _put_many(self, session: Session, document_id: str, span: TextSpan, code_ids: list[str]) -> None:
        from kamcoder.services.codings import PlannedCoding  # not needed to show the window

        if session.coder is None:
            return
        planned = [PlannedCoding(document_id, span, code_id) for code_id in code_ids]
        made = session.codings.apply_many(planned, coder_id=session.coder.id, initiator=INITIATOR)
        self._remember(code_ids)
        if made:
            self._reader.choose(made[0].id)
        else:
            self.hinted.emit(self.tr("The passage carries these codes already."))

    def _remember(self, code_ids: list[str]) -> None:
        self.recent = [*code_ids, *(known for known in self.recent if known not in code_ids)][:_MOST_RECENT]

    def _apply_named(self, names: list[str], parent_id: str | None, origin: Origin = Origin.MANUAL) -> None:
        ready = self._ready()
        if ready is not None:
            session, document_id, span = ready
            codings = session.codings
            self._made(
                codings.apply_new(document_id, span, names, parent_id=parent_id, origin=origin, initiator=INITIATOR)
            )

    def _ask_recode(self, coding: Coding) -> None:
        self._recoding, self._instead = coding.id, None
        below, right = self._room()
        self.palette.open(
            self._codebook,
            self.recent,
            quote=coding.quote,
            below=below,
            right=right,
            verb=self.tr("recode"),
        )

    def _on_code_chosen(self, code_id: str) -> None:
        if self._instead is not None:
            self._remember([code_id])
            self._instead(code_id)
        elif self._recoding:
            self.changes.recode(self._recoding, code_id)
            self._remember([code_id])
        else:
            self.apply(code_id)

    def _on_name_chosen(self, path: str) -> None:
        session = self._session
        if session is None:
            return
        if self._recoding or self._instead is not None:
            self._try(lambda: self._on_code_chosen(session.codebook.ensure_path(path).id))
        else:
            self._try(lambda: self._apply_named(typed_steps(path), None))
