"""Who is to code which interviews: assignments, and a sample drawn to be coded by several."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamcoder.domain.coding import WorkState
from kamcoder.domain.document import Document
from kamcoder.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A document on a coder's list: how far he is, and how many codings he has there."""

    document: Document
    state: WorkState
    codings: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Documents drawn to be coded by several: the same share, seed and documents draw the same everywhere."""

    document_ids: tuple[str, ...]
    share: float
    seed: int
    of: int


def draw(strata: Mapping[str, Sequence[str]], *, share: float, seed: int) -> tuple[str, ...]:
    """Return a share of documents drawn from strata (cases), from each as near to its share as whole documents allow.

    At least one document is drawn. What is left over by rounding goes to the strata with the largest remainders, of
    equals by lot. The order of strata and documents does not matter. Raise InvalidInput for a share outside (0, 1].
    """
    if not 0 < share <= 1:
        raise InvalidInput("sample_share", share=f"{share:g}")
    chance = random.Random(seed)
    total = sum(map(len, strata.values()))
    if not total:
        return ()
    wanted = max(1, round(share * total))
    names = sorted(strata)
    exact = {name: share * len(strata[name]) for name in names}
    counts = {name: int(exact[name]) for name in names}
    lots = {name: chance.random() for name in names}
    by_remainder = sorted(names, key=lambda name: (counts[name] - exact[name], lots[name]))
    for name in by_remainder * 2:
        if sum(counts.values()) < wanted and counts[name] < len(strata[name]):
            counts[name] += 1
    for name in reversed(by_remainder):
        if sum(counts.values()) > wanted and counts[name]:
            counts[name] -= 1
    drawn = [one for name in names for one in chance.sample(sorted(strata[name]), counts[name])]
    return tuple(sorted(drawn))
