"""The codes that can be suggested, and the headings they stand under.

Suggestions are made in two steps: which heading, then which code under it. A codebook without levels has as many
headings as codes; with a single root the level below is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.suggest.kernel import Floats, Integers


@dataclass(frozen=True)
class CodeSet:
    """The codable codes in the order of the codebook; `heading[i]` is the place of the heading of code i."""

    codes: tuple[Code, ...]
    heading: Integers
    headings: tuple[str, ...]

    @classmethod
    def of(cls, codes: Sequence[Code]) -> "CodeSet":
        """Return the codable codes of a codebook with their headings."""
        book = Codebook(tuple(codes))
        ordered = [code for _, code in book.walk() if code.codable]
        roots = book.children(None)
        depth = 1 if len(roots) == 1 and book.children(roots[0].id) else 0
        above = [[*reversed(book.ancestors(code.id)), code] for code in ordered]
        names = [line[min(depth, len(line) - 1)].id for line in above]
        headings = tuple(dict.fromkeys(names))
        places = {name: place for place, name in enumerate(headings)}
        return cls(tuple(ordered), np.array([places[name] for name in names], dtype=np.int64), headings)

    @property
    def size(self) -> int:
        """Return how many codes there are."""
        return len(self.codes)

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each code id."""
        return {code.id: place for place, code in enumerate(self.codes)}

    @cached_property
    def members(self) -> tuple[Integers, ...]:
        """Return the places of the codes under each heading."""
        return tuple(np.flatnonzero(self.heading == place) for place in range(len(self.headings)))

    def to_headings(self, values: Floats, *, highest: bool = True) -> Floats:
        """Return values (units x codes) by heading: the highest of the codes under it, or their sum."""
        if not len(self.headings):
            return np.zeros((len(values), 0))
        columns = [
            values[:, inside].max(axis=1) if highest else values[:, inside].sum(axis=1) for inside in self.members
        ]
        return np.stack(columns, axis=1)
