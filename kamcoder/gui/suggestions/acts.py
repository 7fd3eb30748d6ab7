"""Suggestions in the reader: asked for, shown, gone through and decided on. It changes the project through services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.suggestions import reasons
from kamcoder.gui.suggestions.keys import command_of
from kamcoder.gui.suggestions.offers import Offer
from kamcoder.gui.suggestions.shown import SuggestionMarks
from kamcoder.gui.suggestions.source import SuggestionSource

if TYPE_CHECKING:
    from kamcoder.gui.code_place import CodePlace
    from kamcoder.gui.suggestions.runner import SuggestionRunner
    from kamcoder.services.session import Session

INITIATOR = "suggestions"
_LONGEST_NAME = 40  # of a code in the status line, so that the keys have room


class SuggestionActs(QObject):
    """Shows suggestions in the reader while they are on. `changed` tells that the list or the current one is another.

    `acted` tells in a sentence of an act that is worth a toast with Undo.
    """

    changed = Signal()
    current_changed = Signal()
    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    state_changed = Signal()
    told_elsewhere = Signal()
    document_wanted = Signal(str)

    def __init__(self, place: CodePlace, make_runner: Callable[[QObject], SuggestionRunner] | None = None) -> None:
        super().__init__(place)
        self._place = place
        self._reader = place.reader
        self._view = place.reader.view
        self.source = SuggestionSource(place, make_runner)
        self.marks = SuggestionMarks(place, self.source)
        self.current: Offer | None = None
        self.uncertain_first = False
        #: Whether the inspector can be seen, so that the reasons stand there and need no second place.
        self.in_inspector = False
        self.source.renewed.connect(self._on_renewed)
        self.source.busy_changed.connect(self.changed)
        for part in (self.source, self.marks):
            part.failed.connect(self.failed)
        self._view.installEventFilter(self)
        self._view.clicked.connect(self._on_clicked)
        self._reader.selection_changed.connect(self._on_selection)
        self._reader.margin.offer_clicked.connect(self._on_offer_clicked)
        place.document_shown.connect(self._on_document)

    # -- the project -----------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self.current = None
        self.marks.forget()
        self.source.load(session)

    def use_coder(self) -> None:
        """Follow who codes now: every coder has suggestions of his own."""
        self.load(self._session)

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.source.on_changed(change)

    def close(self) -> None:
        """End the worker."""
        self.source.close()

    @property
    def _session(self) -> Session | None:
        return self.source.session

    @property
    def on(self) -> bool:
        """Tell whether suggestions are shown."""
        return self.source.on

    def queue(self) -> Sequence[Offer]:
        """Return what is to be gone through, in order."""
        return self.source.queue(uncertain_first=self.uncertain_first)

    # -- commands --------------------------------------------------------------------------------------------------

    def switch(self) -> None:
        """Turn suggestions on or off for the project."""
        session = self._session
        if session is None:
            return
        if session.coder is None and not session.suggestions.on:
            self.failed.emit(InvalidInput("coder_needed"))
            self.state_changed.emit()
            return
        self._try(lambda: session.suggestions.switch(on=not session.suggestions.on))
        if self.on:
            self.hinted.emit(reasons.tr("Suggestions are on. F8: go to the next one. Nothing counts until accepted."))

    def do(self, key: str) -> None:
        """Do what a command of a current suggestion says."""
        offer = self.current
        if key == "suggest.begin":
            self.step(1)
        elif offer is not None:
            {
                "suggest.accept": lambda: self.accept(offer),
                "suggest.edit": lambda: self.edit(offer),
                "suggest.reject": lambda: self.reject([offer]),
                "suggest.later": lambda: self.postpone([offer]),
                "suggest.next": lambda: self.step(1),
                "suggest.previous": lambda: self.step(-1),
            }[key]()

    def present(self) -> dict[str, bool]:
        """Tell which needs of commands are there."""
        return {"suggestions": self.on, "suggestion": self.current is not None}

    def keys(self) -> str:
        """Return which keys work on the current suggestion, for the status line; nothing without one."""
        offer = self.current
        if offer is None:
            return ""
        words = reasons.tr(
            "Suggested: {code} {sure}     A: accept     X: reject     E: edit     Space: not now     Tab: next"
        )
        name = self.marks.code_name(offer.code_id)
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        return words.format(code=short, sure=reasons.sureness(offer)).replace("  ", " ", 1)

    def step(self, by: int) -> None:
        """Go to the next suggestion (1) or the one before (-1)."""
        order = self.queue()
        if not order:
            waiting = self.source.busy
            said = reasons.tr("Suggestions are being made.") if waiting else reasons.tr("Nothing is suggested here.")
            self.hinted.emit(said)
            return
        place = self._place_in(order, by)
        if not 0 <= place < len(order):
            self.leave()
            self.hinted.emit(reasons.tr("No suggestion is left in this direction."))
            return
        self.go(order[place])

    def go(self, offer: Offer) -> None:
        """Make a suggestion the current one and bring it into sight."""
        if offer.document_id != self._reader.document_id:
            self.document_wanted.emit(offer.document_id)
        if offer.document_id != self._reader.document_id:
            return
        self.current = offer  # before the caret moves, which would give it up
        self._view.reveal(offer.start)
        self._view.place_caret(offer.start)
        self._reader.choose("")
        self.current = offer
        self._light()

    def reveal(self) -> None:
        """Bring the current suggestion into sight."""
        if self.current is not None and self.current.document_id == self._reader.document_id:
            self._view.reveal(self.current.start)

    def leave(self) -> None:
        """Have no current suggestion."""
        if self.current is not None:
            self.current = None
            self._light()

    def accept(self, offer: Offer, *, span: TextSpan | None = None, code_id: str | None = None) -> None:
        """Make a coding of a suggestion, with another span or code if given."""
        session = self._session
        if session is None:
            return
        following = self._following([offer])
        self._try(
            lambda: session.suggestions.accept(
                offer.proposal(),
                model_version=offer.model_version,
                span=span,
                code_id=code_id,
                initiator=INITIATOR,
            )
        )
        self._go_on(following, [offer])

    def edit(self, offer: Offer) -> None:
        """Ask for the code, and take text selected over the suggestion for its span."""
        selected = self._reader.span
        whole = TextSpan(offer.start, offer.end)
        span = selected if selected is not None and selected.overlaps(whole) else whole
        self._place.acts.ask_instead(
            span.of(self._view.page.text),
            first=offer.code_id,
            chosen=lambda code_id: self.accept(offer, span=span, code_id=code_id),
        )

    def reject(self, offers: Sequence[Offer]) -> None:
        """Turn suggestions down."""
        session = self._session
        if session is None or not offers:
            return
        following = self._following(offers)
        outcome = None

        def act() -> None:
            nonlocal outcome
            proposals = [offer.proposal() for offer in offers]
            outcome = session.suggestions.reject(proposals, model_version=offers[0].model_version, initiator=INITIATOR)

        self._try(act)
        self._go_on(following, offers)
        if outcome is not None and outcome.muted_code_id:
            words = reasons.tr("{code} is suggested no more: {taken} of the last {looked_at} were taken.")
            name = self.marks.code_name(outcome.muted_code_id)
            self.acted.emit(words.format(code=name, taken=outcome.taken, looked_at=outcome.looked_at))

    def postpone(self, offers: Sequence[Offer]) -> None:
        """Put suggestions off."""
        session = self._session
        if session is None or not offers:
            return
        following = self._following(offers)
        self._try(
            lambda: session.suggestions.postpone(
                [offer.proposal() for offer in offers], model_version=offers[0].model_version, initiator=INITIATOR
            )
        )
        self._go_on(following, offers)

    # -- what is there -----------------------------------------------------------------------------------------------

    # -- inside ----------------------------------------------------------------------------------------------------

    def _on_document(self, document_id: str) -> None:
        if self.current is not None and self.current.document_id != document_id:
            self.current = None
        self.source.open(document_id)
        self._show()

    def _on_renewed(self, document_id: str) -> None:
        if self.current is not None:
            self.current = self.source.book.get(self.current.key)
        if document_id in ("", self._reader.document_id):
            self._show()
        else:
            self.changed.emit()

    def _show(self) -> None:
        self.marks.show(self.current)
        self.changed.emit()
        self._tell()

    def _light(self) -> None:
        self.marks.light(self.current)
        self._tell()

    def _tell(self) -> None:
        self.current_changed.emit()
        self.state_changed.emit()

    def _place_in(self, order: Sequence[Offer], by: int) -> int:
        if self.current is not None:
            place = self.source.place_of(self.current.key)
            if place >= 0:
                return place + by
        if self.uncertain_first:
            return 0
        here, caret = self._reader.document_id, self._view.caret()
        behind = [place for place, item in enumerate(order) if item.document_id == here and item.start >= caret]
        first = behind[0] if behind else len(order) if not self.source.everywhere else 0
        if by > 0 and first == len(order):
            return 0  # from the end one begins again at the top
        return first if by > 0 else first - 1

    def _following(self, offers: Sequence[Offer]) -> Offer | None:
        """Return what is next when these have been decided."""
        gone = {offer.key for offer in offers}
        order = self.queue()
        last = max((self.source.place_of(key) for key in gone), default=-1)
        rest = islice(order, last + 1, None)
        return next((offer for offer in rest if offer.key not in gone), None)

    def _go_on(self, following: Offer | None, done: Sequence[Offer]) -> None:
        if self.current is not None and self.current.key not in {offer.key for offer in done}:
            return
        if following is not None and self.source.book.get(following.key) is not None:
            self.go(following)
        else:
            self.leave()
            if not self.queue():
                self.hinted.emit(reasons.tr("All suggestions here are decided."))

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the deciding keys while a suggestion is current."""
        del watched  # the view alone
        command = command_of(event)
        if not command or not self.on:
            return False
        if self.current is None:
            # Tab begins, unless it leads through codings that lie over each other.
            if command != "suggest.next" or len(self._reader.overlapping()) > 1 or not self.queue():
                return False
            command = "suggest.begin"
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        self.do(command)
        return True

    def _on_clicked(self, position: int) -> None:
        here = self._reader.document_id
        offers = self.source.book.at(here, position) if self.on and here else []
        if offers and not self._view.marks.at(self._view.page.offsets.to_qt(position)):
            keys = [offer.key for offer in offers]
            place = keys.index(self.current.key) + 1 if self.current is not None and self.current.key in keys else 0
            self.go(offers[place % len(offers)])

    def _on_offer_clicked(self, key: Any) -> None:
        offer = self.source.book.get(key)
        if offer is not None:
            self._view.setFocus()
            self.go(offer)

    def _on_selection(self) -> None:
        """Give the current suggestion up when the caret goes elsewhere."""
        current = self.current
        if current is None or current.document_id != self._reader.document_id:
            return
        span, caret = self._reader.span, self._view.caret()
        inside = current.start <= caret <= current.end
        over = span is not None and span.start < current.end and current.start < span.end
        if not inside and not over:
            self.leave()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
