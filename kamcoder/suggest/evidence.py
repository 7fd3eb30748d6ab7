"""The evidence of each source for each choice of a unit, and the chances that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Floats, Integers
from kamcoder.suggest.stacking import (
    EXAMPLES,
    FOLLOW_UP,
    NONE,
    PRIOR,
    QUESTION,
    RULES,
    SECTION,
    SOURCES,
    TEXT,
    softmax,
)
from kamcoder.suggest.tables import Tables, keys_of
from kamcoder.suggest.units import Unit

#: Context is what does not stand in the sentence itself.
CONTEXT = (QUESTION, FOLLOW_UP, SECTION)
#: How much small talk speaks for no code, as rules speak for codes.
_SMALL_TALK = 3.0


@dataclass(frozen=True)
class Evidence:
    """For units: headings and none (units x headings + 1 x sources), and codes (units x codes x sources)."""

    headings: Floats
    codes: Floats

    def only(self, *left_out: int) -> "Evidence":
        """Return the evidence without some sources."""
        headings, codes = self.headings.copy(), self.codes.copy()
        headings[:, :, list(left_out)] = 0.0
        codes[:, :, list(left_out)] = 0.0
        return Evidence(headings, codes)


@dataclass(frozen=True)
class TextScores:
    """What the learner says: headings and none, and codes."""

    headings: Floats
    codes: Floats

    def part(self, places: Integers) -> "TextScores":
        """Return what is said of some of the units."""
        return TextScores(self.headings[places], self.codes[places])


def gather(
    units: Sequence[Unit], rules: Floats, text: TextScores | None, tables: Tables, examples: TextScores | None = None
) -> Evidence:
    """Put the evidence for units together; `text` is None while nothing is learned, `examples` where none ship."""
    codeset = tables.codeset
    size, count = len(codeset.headings), len(units)
    prior = tables.prior()
    headings = np.zeros((count, size + 1, len(SOURCES)))
    codes = np.zeros((count, codeset.size, len(SOURCES)))
    headings[:, size, NONE] = 1.0
    headings[:, :, PRIOR], codes[:, :, PRIOR] = np.log(prior[0]), np.log(prior[1])
    headings[:, :size, RULES] = np.log1p(codeset.to_headings(rules))
    headings[[unit.idle for unit in units], size, RULES] = np.log1p(_SMALL_TALK)
    codes[:, :, RULES] = np.log1p(rules)
    if text is not None:
        headings[:, :, TEXT], codes[:, :, TEXT] = text.headings, text.codes
    if examples is not None:
        headings[:, :, EXAMPLES], codes[:, :, EXAMPLES] = examples.headings, examples.codes
    known: dict[tuple[int, str], tuple[Floats, Floats]] = {}
    for at, unit in enumerate(units):
        for key in keys_of(unit):
            if key not in known:
                known[key] = tables.ratios(key, prior)
            headings[at, :, key[0]], codes[at, :, key[0]] = known[key]
    return Evidence(headings, codes)


def chances(evidence: Evidence, heading_weights: Floats, code_weights: Floats, codeset: CodeSet) -> Floats:
    """Return the chances of every state (units x codes + 1, the last being none); each row sums to 1."""
    top = softmax(evidence.headings @ heading_weights)
    scores = evidence.codes @ code_weights
    found = np.zeros((len(top), codeset.size + 1))
    found[:, -1] = top[:, -1]
    for heading, inside in enumerate(codeset.members):
        found[:, inside] = top[:, [heading]] * softmax(scores[:, inside])
    return found


def contributions(evidence: Evidence, heading_weights: Floats, code_weights: Floats, codeset: CodeSet) -> Floats:
    """Return by how much each source lifts each code over the mean choice (units x codes x sources)."""
    top = evidence.headings * heading_weights
    top = top - top.mean(axis=1, keepdims=True)
    leaf = evidence.codes * code_weights
    for inside in codeset.members:
        leaf[:, inside] -= leaf[:, inside].mean(axis=1, keepdims=True)
    return np.asarray(top[:, :-1][:, codeset.heading] + leaf)
