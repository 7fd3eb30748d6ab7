"""What was counted: how often each heading and code was given, in all, by question asked, after a "why?", by section.

All counts are smoothed with what the codebook itself says (a code names the guide questions that it answers; codes
about reasons answer "why?"), so that they speak before anything was counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.stacking import FOLLOW_UP, PRIOR, QUESTION, SECTION
from kamcoder.suggest.units import Unit
from kamcoder.suggest.words import content_stems

Pair: TypeAlias = tuple[Floats, Floats]

_NONE_SHARE = 0.25
_PSEUDO_PRIOR, _PSEUDO_KEY = 60.0, 8.0
_ANSWERS, _REASONS, _SECTION_NAMED = 0.6, 0.65, 0.8


def keys_of(unit: Unit) -> tuple[tuple[int, str], ...]:
    """Return the (source, key) under which a unit is counted."""
    keys = [(FOLLOW_UP, "why" if unit.follow_up else "what")] if unit.question or unit.follow_up else []
    if unit.question:
        keys.append((QUESTION, unit.question))
    if unit.section:
        keys.append((SECTION, unit.section.casefold()))
    return tuple(keys)


@dataclass(frozen=True)
class Tables:
    """Counts by (source, key); under (PRIOR, "") those of all units. Headings have "no code" at the end."""

    codeset: CodeSet
    reasons: tuple[bool, ...]
    counts: dict[tuple[int, str], Pair] = field(default_factory=dict)

    def add(self, units: Iterable[Unit], headings: Floats, codes: Floats) -> None:
        """Count units with the shares of headings (and none) and of codes that they carry."""
        for unit, top, leaf in zip(units, headings, codes, strict=True):
            for key in ((PRIOR, ""), *keys_of(unit)):
                found = self.counts.get(key)
                self.counts[key] = (found[0] + top, found[1] + leaf) if found else (top.copy(), leaf.copy())

    def without(self, other: "Tables") -> "Tables":
        """Return these counts less others that are among them."""
        left = {key: (a - other.counts[key][0], b - other.counts[key][1]) for key, (a, b) in self.counts.items()
                if key in other.counts}  # fmt: skip
        return Tables(self.codeset, self.reasons, {**self.counts, **left})

    def prior(self) -> Pair:
        """Return the chances of the headings (and none), and of each code under its heading."""
        size = len(self.codeset.headings)
        top = np.full(size + 1, (1 - _NONE_SHARE) / max(size, 1))
        top[-1] = _NONE_SHARE
        leaf = np.ones(self.codeset.size)
        counted = self.counts.get((PRIOR, ""), (0.0, 0.0))
        return self._joined(counted, (top / top.sum(), self._within(leaf)), _PSEUDO_PRIOR)

    def states(self) -> Floats:
        """Return the prior of every state: the codes, then none."""
        top, leaf = self.prior()
        return np.append(top[:-1][self.codeset.heading] * leaf, top[-1])

    def ratios(self, key: tuple[int, str], prior: Pair) -> Pair:
        """Return the log of how much likelier each heading and code is under a key than in all."""
        expected = self._expected(key, prior)
        top, leaf = self._joined(self.counts.get(key, (0.0, 0.0)), expected, _PSEUDO_KEY)
        return np.log(top) - np.log(prior[0]), np.log(leaf) - np.log(prior[1])

    def _joined(self, counted: tuple[Floats | float, Floats | float], expected: Pair, pseudo: float) -> Pair:
        top = counted[0] + pseudo * expected[0]
        # Each heading has its own total: what is counted under one says nothing of the codes under another.
        return top / top.sum(), self._within(counted[1] + 0.5 * pseudo * expected[1])

    def _within(self, values: Floats) -> Floats:
        totals = np.array([values[inside].sum() for inside in self.codeset.members])
        return np.asarray(values / totals[self.codeset.heading]) if self.codeset.size else values

    def _expected(self, key: tuple[int, str], prior: Pair) -> Pair:
        source, name = key
        if source == QUESTION:
            named, share = np.array([name in code.questions for code in self.codeset.codes], dtype=bool), _ANSWERS
        elif source == FOLLOW_UP:
            named, share = np.array(self.reasons, dtype=bool) & (name == "why"), _REASONS
        else:
            named, share = self._named(name), _SECTION_NAMED
        if not named.any():
            return prior
        headings = sorted(set(self.codeset.heading[named].tolist()))
        top = (1 - share) * prior[0]
        top[headings] += share / len(headings)
        leaf = prior[1].copy()
        if source == QUESTION:
            leaf = (1 - share) * leaf
            for heading in headings:
                inside = np.flatnonzero(named & (self.codeset.heading == heading))
                leaf[inside] += share / len(inside)
        return top, self._within(leaf)

    def _named(self, section: str) -> npt.NDArray[np.bool_]:
        words = set(content_stems(section))
        likeness = [
            len(words & own) / len(words | own) if (own := set(content_stems(code.name))) else 0.0
            for code in self.codeset.codes
        ]
        best = max(likeness, default=0.0)
        return np.array([value == best and best >= 0.5 for value in likeness], dtype=bool)
