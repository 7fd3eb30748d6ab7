"""What the suggestion service gives besides proposals: plain values for the window and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamcoder.domain.suggesting import Proposal


@dataclass(frozen=True, slots=True)
class Rate:
    """How often suggestions of a code were taken by a coder: `edited` with another end or code, `shown` each once."""

    code_id: str
    shown: int
    accepted: int
    edited: int
    rejected: int
    postponed: int
    muted: bool = False

    @property
    def taken(self) -> int:
        """Return how many became a coding."""
        return self.accepted + self.edited

    @property
    def share(self) -> float | None:
        """Return the share taken of those shown; None if none was."""
        return min(1.0, self.taken / self.shown) if self.shown else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of accepting: how many codings are new, and how many passages carried the code already."""

    coding_ids: tuple[str, ...]
    already: int


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """What became of turning down: the code that is muted from now on because few of it were taken, if any.

    `taken` of the last `looked_at` suggestions of that code were taken.
    """

    muted_code_id: str | None = None
    taken: int = 0
    looked_at: int = 0


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many of a coder's codings another coder coded alike, where both worked; `share` is None without any."""

    codings: int
    confirmed: int

    @property
    def share(self) -> float | None:
        """Return the confirmed share."""
        return self.confirmed / self.codings if self.codings else None


@dataclass(frozen=True, slots=True)
class BlindAgreement:
    """A coder's own codings beside those taken from suggestions, each against the other coders of the same text.

    A coding counts as confirmed if another coder put the same code on at least half of the shorter of the two.
    """

    by_hand: Confirmed
    suggested: Confirmed

    @property
    def difference(self) -> float | None:
        """Return suggested minus by hand, in shares; None where one of them cannot be told."""
        ours, theirs = self.suggested.share, self.by_hand.share
        return None if ours is None or theirs is None else ours - theirs


def total_rate(rates: Sequence[Rate]) -> Rate:
    """Return all codes together."""
    columns = zip(*((r.shown, r.accepted, r.edited, r.rejected, r.postponed) for r in rates), strict=True)
    sums = [sum(column) for column in columns] or [0] * 5
    return Rate("", *sums)


def likeliest(proposals: Sequence[Proposal]) -> float:
    """Return the highest score of some proposals, 0 for none."""
    return max((proposal.score for proposal in proposals), default=0.0)
