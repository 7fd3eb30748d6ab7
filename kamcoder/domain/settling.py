"""Settling what coders disagree on: the stretches to decide, what was decided, and what that makes of the codings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import id_of


class Standing(StrEnum):
    """How the coders who worked on a document stand to each other at one stretch of it.

    AGREED: all marked it with one code and have at least nine tenths of it in common. BOUNDARY: all marked it with one
    code, but begin or end elsewhere. OTHER_CODE: they put different codes there. ONLY_SOME: some put a code there and
    the others nothing.
    """

    AGREED = "agreed"
    BOUNDARY = "boundary"
    OTHER_CODE = "other_code"
    ONLY_SOME = "only_some"


class Choice(StrEnum):
    """What was decided.

    AGREED: what all agree on. CODERS: the codings of some coders, named in `taken_ids`. ALL: everybody's codings.
    NEITHER: none of them. UNION: one coding over the whole stretch. INTERSECTION: the text that all who marked it have
    in common. OWN: a span and codes of the decider's own.
    """

    AGREED = "agreed"
    CODERS = "coders"
    ALL = "all"
    NEITHER = "neither"
    UNION = "union"
    INTERSECTION = "intersection"
    OWN = "own"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A code on a span, whoever's it is."""

    span: TextSpan
    code_id: str


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """What one coder says at a stretch: one of his codings as it was when it was looked at."""

    span: TextSpan
    code_id: str
    coder_id: str
    coding_id: str = field(compare=False)

    @property
    def mark(self) -> Mark:
        """Return the code on its span."""
        return Mark(self.span, self.code_id)

    @property
    def key(self) -> tuple[str, str, int, int]:
        """Return (coder, code, start, end), by which the same claim is known again."""
        return self.coder_id, self.code_id, self.span.start, self.span.end


@dataclass(frozen=True, slots=True)
class Settlement:
    """A decision: what was before whoever decided, what was taken, why, by whom and when.

    `claims` are kept as they were, so that a decision holds until somebody codes something new at its place. `results`
    are the ids of the consensus codings that the decision made or took over; some may have been deleted since.
    """

    id: str
    document_id: str
    span: TextSpan
    standing: Standing
    choice: Choice
    taken_ids: tuple[str, ...]
    claims: tuple[Claim, ...]
    results: tuple[str, ...]
    memo: str
    coder_id: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch of one document with the codings of every coder that make it, and what was decided about it.

    `coder_ids` are all who worked on the document, in the order of the comparison; `claims` come by place and code.
    Where coders agree it is one too (AGREED), to be taken with all others of its kind. `settlement` is the decision in
    force; `outdated` one that was made before somebody coded something new here.
    """

    document_id: str
    span: TextSpan
    standing: Standing
    coder_ids: tuple[str, ...]
    claims: tuple[Claim, ...]
    settlement: Settlement | None = None
    outdated: Settlement | None = None

    @property
    def id(self) -> str:
        """Return an identity made of the codings, the same whatever is coded elsewhere and who is named first."""
        return id_of(self.document_id, *sorted(map(repr, (claim.key for claim in self.claims))))

    @property
    def decided(self) -> bool:
        """Tell whether a decision is in force; to take nothing is one."""
        return self.settlement is not None

    @property
    def code_ids(self) -> tuple[str, ...]:
        """Return the codes that stand here, in the order of the text."""
        return tuple(dict.fromkeys(claim.code_id for claim in self.claims))

    def of(self, coder_id: str) -> tuple[Claim, ...]:
        """Return what one coder says here; nothing is said, too."""
        return tuple(claim for claim in self.claims if claim.coder_id == coder_id)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what can be decided here; a union and an intersection need one code marked by at least two."""
        several = (Choice.UNION,) if len(self.code_ids) == 1 and len(self.claims) > 1 else ()
        shared = (Choice.INTERSECTION,) if len(self.code_ids) == 1 and self._shared() else ()
        return (Choice.CODERS, Choice.ALL, Choice.NEITHER, *several, *shared, Choice.OWN)

    def marks(self, choice: Choice, coder_ids: Iterable[str] = ()) -> tuple[Mark, ...]:
        """Return the codes and spans that a choice takes; raise InvalidInput if it makes no sense here."""
        if choice is Choice.CODERS:
            taken = frozenset(coder_ids)
            if not taken <= frozenset(self.coder_ids) or not taken:
                raise InvalidInput("settle_coder")
            return _distinct(claim.mark for claim in self.claims if claim.coder_id in taken)
        if choice is Choice.ALL:
            return _distinct(claim.mark for claim in self.claims)
        if choice is Choice.AGREED:
            return self._commonest()
        if choice is Choice.NEITHER:
            return ()
        if choice not in self.choices or choice is Choice.OWN:
            raise InvalidInput("settle_one_code")
        spans = [self.span] if choice is Choice.UNION else self._shared()
        return tuple(Mark(span, self.code_ids[0]) for span in spans)

    def _commonest(self) -> tuple[Mark, ...]:
        """Return the codings that most coders have; of equals the fewest pieces, the most text, the first place."""
        if self.standing is not Standing.AGREED:
            raise InvalidInput("settle_not_agreed")
        versions = [_distinct(claim.mark for claim in self.of(coder)) for coder in self.coder_ids]
        return min(
            (version for version in versions if version),
            key=lambda version: (
                -versions.count(version),
                len(version),
                -sum(len(mark.span) for mark in version),
                version,
            ),
        )

    def _shared(self) -> list[TextSpan]:
        """Return the text that all coders who marked anything here have in common; nothing if there is one of them."""
        holders = {claim.coder_id for claim in self.claims}
        common = [(self.span.start, self.span.end)]
        for coder_id in holders:
            common = _intersected(common, _joined([claim.span for claim in self.of(coder_id)]))
        return [TextSpan(start, end) for start, end in common] if len(holders) > 1 else []


@dataclass(frozen=True, slots=True)
class SettlingProgress:
    """How far settling is: stretches all agree on and disagreements, each with those that are decided."""

    agreed: int
    agreed_taken: int
    disagreements: int
    decided: int

    @property
    def open(self) -> int:
        """Return the disagreements that are still to be decided."""
        return self.disagreements - self.decided


def _distinct(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(set(marks)))


def _joined(spans: Sequence[TextSpan]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        if found and span.start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], span.end)
        else:
            found.append((span.start, span.end))
    return found


def _intersected(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(start, end) for start, end in found if start < end]
