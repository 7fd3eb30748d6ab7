"""Neighbouring sentences: a chain over the units of a document, read forwards and backwards.

A code tends to go on in the next sentence; at a new turn, and more so at a new question, another begins. Where the
coder has coded, the state is known and speaks to its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kamcoder.suggest.kernel import Floats, Integers
from kamcoder.suggest.units import Unit

#: How often a code goes on: inside a turn, in the next turn of the same question, at another question.
STAY = (0.65, 0.35, 0.1)
_PSEUDO = 20.0
_LEAST = 1e-9
#: How sure it is that a coded unit carries its code: a chain must stay movable.
_OBSERVED = 0.98


@dataclass(frozen=True)
class Transitions:
    """The chances to stay by the kind of step, and (states x states) where it goes otherwise."""

    stay: Floats
    move: Floats


def step_kinds(units: Sequence[Unit]) -> Integers:
    """Return for each unit the kind of the step that leads to it: 0 same turn, 1 same question, 2 another."""
    kinds = np.full(len(units), 2, dtype=np.int64)
    for at in range(1, len(units)):
        one, two = units[at - 1], units[at]
        if one.document_id != two.document_id:
            continue
        if one.turn == two.turn:
            kinds[at] = 0
        elif one.question == two.question and one.section == two.section and (one.follow_up or not two.follow_up):
            kinds[at] = 1
    return kinds


def learn_transitions(prior: Floats, states: Sequence[Sequence[tuple[Floats, int]]]) -> Transitions:
    """Learn from sequences of (shares of the states, kind of the step to it); `prior` are the states' chances."""
    stayed, seen = np.zeros(3), np.zeros(3)
    moves = np.outer(np.ones(len(prior)), prior) * 12.0
    for sequence in states:
        for (before, _), (after, kind) in pairwise(sequence):
            same = float(np.minimum(before, after).sum())
            seen[kind] += 1
            stayed[kind] += same
            if same < 1:
                moves += np.outer(before, after) * (1 - same)
    np.fill_diagonal(moves, 0.0)
    moves /= np.maximum(moves.sum(axis=1, keepdims=True), _LEAST)
    return Transitions((stayed + _PSEUDO * np.array(STAY)) / (seen + _PSEUDO), moves)


def _from_before(chances: Floats, kind: int, transitions: Transitions) -> Floats:
    """Return what the chances of one unit say about the next."""
    stay = transitions.stay[kind]
    return np.asarray(stay * chances + (1 - stay) * (chances @ transitions.move))


def _messages(chances: Floats, kinds: Integers, transitions: Transitions, prior: Floats) -> tuple[Floats, Floats]:
    """Return what comes to each unit from before and from behind, as log ratios (units x states).

    `chances` are each unit's own; they hold the prior already, which is taken out of what is sent on.
    """
    count = len(chances)
    likelihood = chances / prior
    before = np.tile(prior, (count, 1))
    behind = np.ones_like(chances)
    for at in range(1, count):
        given = likelihood[at - 1] * before[at - 1]
        before[at] = _from_before(given / (given.sum() + _LEAST), int(kinds[at]), transitions)
    for at in range(count - 2, -1, -1):
        given = likelihood[at + 1] * behind[at + 1]
        stay = transitions.stay[kinds[at + 1]]
        behind[at] = stay * given + (1 - stay) * (transitions.move @ given)
        behind[at] /= behind[at].max() + _LEAST
    return _logs(before) - np.log(prior), _centred(_logs(behind))


def neighbours(
    chances: Floats, carried: Floats, kinds: Integers, transitions: Transitions, prior: Floats, strength: float
) -> tuple[Floats, Floats]:
    """Return what neighbours add from before and from behind, as log ratios (units x states).

    `carried` (units x codes) is above 0 where a unit is coded: it is known then, and counts in full. A neighbour that
    is only guessed at counts as much as `strength` says.
    """
    seen = chances.copy()
    coded = carried.sum(axis=1) > 0
    share = (carried[coded] > 0) * 1.0
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1.0)
    seen[coded] = (1 - _OBSERVED) * chances[coded]
    seen[coded, :-1] += _OBSERVED * share
    before, behind = _messages(seen, kinds, transitions, prior)
    weight = np.where(coded, 1.0, strength)
    before[1:] *= weight[:-1, None]
    behind[:-1] *= weight[1:, None]
    return before, behind


def _logs(chances: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(chances, _LEAST)))


def _centred(logs: Floats) -> Floats:
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))
