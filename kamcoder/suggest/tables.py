"""What was counted: how often each heading and code was given, in all, by question asked, after a "why?", by section.

All counts are smoothed with what the codebook itself says (a code names the guide questions that it answers; codes
about reasons answer "why?"), so that they speak before anything was counted.

An interview is one witness: ten sentences about one thing under one question say little more of the next interview than
three do. So what a document counts under a key saturates, and it takes several documents to move a chance far.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.stacking import FOLLOW_UP, PRIOR, QUESTION, SECTION
from kamcoder.suggest.units import Unit
from kamcoder.suggest.words import content_stems

Key: TypeAlias = tuple[int, str]
Pair: TypeAlias = tuple[Floats, Floats]

_NONE_SHARE = 0.25
#: How much what is expected beforehand counts: of all units, and under a key that the codebook speaks of, or does not.
_PSEUDO_PRIOR, _PSEUDO_KEY, _PSEUDO_UNSPOKEN = 60.0, 12.0, 3.0
#: What one document can count at most under a key.
_WITNESS = 2.0
_ANSWERS, _REASONS, _SECTION_NAMED = 0.6, 0.65, 0.8
#: How much of what is said before the guide's first question carries no code.
_OPENING = 0.6


def keys_of(unit: Unit) -> tuple[Key, ...]:
    """Return the (source, key) under which a unit is counted."""
    keys = [(FOLLOW_UP, "why" if unit.follow_up else "what")] if unit.question or unit.follow_up else []
    if unit.question:
        keys.append((QUESTION, unit.question))
    elif unit.opening:
        keys.append((QUESTION, ""))
    if unit.section:
        keys.append((SECTION, unit.section.casefold()))
    return tuple(keys)


@dataclass(frozen=True)
class Tables:
    """Counts by (source, key); under (PRIOR, "") those of all units. Headings have "no code" at the end."""

    codeset: CodeSet
    reasons: tuple[bool, ...]
    counts: dict[Key, Pair] = field(default_factory=dict)

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

    def ratios(self, key: Key, prior: Pair) -> Pair:
        """Return the log of how much likelier each heading and code is under a key than in all."""
        expected = self._expected(key, prior)
        pseudo = _PSEUDO_UNSPOKEN if expected is prior else _PSEUDO_KEY
        top, leaf = self._joined(self.counts.get(key, (0.0, 0.0)), expected, pseudo)
        return np.log(top) - np.log(prior[0]), np.log(leaf) - np.log(prior[1])

    def _joined(self, counted: tuple[Floats | float, Floats | float], expected: Pair, pseudo: float) -> Pair:
        top = counted[0] + pseudo * expected[0]
        # Each heading has its own total: what is counted under one says nothing of the codes under another.
        return top / top.sum(), self._within(counted[1] + 0.5 * pseudo * expected[1])

    def _within(self, values: Floats) -> Floats:
        return np.asarray(values / _under_headings(values, self.codeset))

    def _expected(self, key: Key, prior: Pair) -> Pair:
        source, name = key
        if source == QUESTION and not name:
            top = (1 - _OPENING) * prior[0]
            top[-1] += _OPENING
            return top, prior[1]
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


@dataclass(frozen=True)
class Tally:
    """What each document counts under each key, to make tables from."""

    codeset: CodeSet
    reasons: tuple[bool, ...]
    counts: dict[Key, dict[str, Pair]]

    @classmethod
    def of(
        cls, codeset: CodeSet, reasons: tuple[bool, ...], units: Iterable[Unit], headings: Floats, codes: Floats
    ) -> Self:
        """Count units with the shares of headings (and none) and of codes that they carry."""
        counts: dict[Key, dict[str, Pair]] = {}
        for unit, top, leaf in zip(units, headings, codes, strict=True):
            for key in ((PRIOR, ""), *keys_of(unit)):
                documents = counts.setdefault(key, {})
                found = documents.get(unit.document_id)
                documents[unit.document_id] = (found[0] + top, found[1] + leaf) if found else (top, leaf)
        return cls(codeset, reasons, counts)

    def tables(self, *, without: Self | None = None) -> Tables:
        """Return what all documents say together, if need be without some of the units."""
        left_out = without.counts if without is not None else {}
        counts = {key: self._less(key, left_out.get(key, {})) for key in self.counts}
        return Tables(self.codeset, self.reasons, counts)

    @cached_property
    def _sums(self) -> dict[Key, Pair]:
        sums = {}
        for key, documents in self.counts.items():
            said = [self._said(*pair) for pair in documents.values()]
            sums[key] = (np.sum([top for top, _ in said], axis=0), np.sum([leaf for _, leaf in said], axis=0))
        return sums

    def _less(self, key: Key, left_out: dict[str, Pair]) -> Pair:
        top, leaf = self._sums[key]
        for document_id, (fewer, fewer_codes) in left_out.items():
            counted, counted_codes = self.counts[key][document_id]
            whole, rest = self._said(counted, counted_codes), self._said(counted - fewer, counted_codes - fewer_codes)
            top, leaf = top - whole[0] + rest[0], leaf - whole[1] + rest[1]
        # What is left of equal numbers may lie a rounding below nothing.
        return np.maximum(top, 0.0), np.maximum(leaf, 0.0)

    def _said(self, top: Floats, leaf: Floats) -> Pair:
        """Return what a document says that counts so much; each heading has its own total."""
        return top / (1 + top.sum() / _WITNESS), leaf / (1 + _under_headings(leaf, self.codeset) / _WITNESS)


def _under_headings(values: Floats, codeset: CodeSet) -> Floats:
    """Return for each code the sum over all codes of its heading."""
    return np.asarray(np.bincount(codeset.heading, weights=values)[codeset.heading])
