"""A file on its way into the project: waiting, read, or refused; with the corrections made so far."""

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path

from kamcoder.domain.errors import KamCoderError, Notice
from kamcoder.domain.transcript import TurnOptions
from kamcoder.gui.importing.casting import Casting
from kamcoder.services.importing import ImportItem

_ANSWERED_BY_A_CASE = "no_case_guessed"


class State(Enum):
    """How a file stands."""

    WAITING = auto()
    READY = auto()
    NOTED = auto()
    LEFT_OUT = auto()
    FAILED = auto()


@dataclass(slots=True)
class Entry:
    """One file of the list. `pending` are corrections under which it is being read again just now."""

    path: Path
    item: ImportItem | None = None
    error: KamCoderError | None = None
    casting: Casting = field(default_factory=Casting)
    pending: TurnOptions | None = None

    @property
    def state(self) -> State:
        """Return how the file stands."""
        if self.error is not None:
            return State.FAILED
        if self.item is None:
            return State.WAITING
        if not self.item.include:
            return State.LEFT_OUT
        return State.NOTED if self.notices else State.READY

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what is to be told about the file."""
        if self.item is None:
            return ()
        answered = {_ANSWERED_BY_A_CASE} if self.item.case else set()
        return tuple(notice for notice in self.item.notices if notice.key not in answered)

    def take(self, item: ImportItem) -> None:
        """Take over what was read."""
        self.item, self.error = item, None
        self.casting = Casting.of(item.transcript)

    def take_again(self, item: ImportItem) -> None:
        """Take over how the file reads under other options, keeping what was corrected by hand meanwhile."""
        assert self.item is not None
        self.item = replace(self.item, options=item.options, transcript=item.transcript, notices=item.notices)
        self.casting = self.casting.refreshed(item.transcript)
        self.pending = None
