"""Which units carry which codes, and what the coder has read without coding it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import Study
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.units import Unit


def carries(unit: TextSpan, coded: TextSpan) -> int:
    """Return how many characters a unit shares with a coded span; 0 if under half of the shorter of the two."""
    shared = min(unit.end, coded.end) - max(unit.start, coded.start)
    return shared if shared > 0 and 2 * shared >= min(len(unit), len(coded)) else 0


@dataclass(frozen=True)
class Labels:
    """For units: characters under each code (units x codes), whether read without coding, and rejected codes.

    `codings` are the ids of the codings that a unit lies under, by place of the code.
    """

    shared: Floats
    empty: Floats
    rejected: Floats
    codings: tuple[dict[int, str], ...]

    @property
    def known(self) -> Floats:
        """Tell (1 or 0) which units have something to learn from."""
        return np.asarray(((self.shared.sum(axis=1) > 0) | (self.empty > 0) | (self.rejected.sum(axis=1) > 0)) * 1.0)


def labels_of(units: Sequence[Unit], study: Study, codeset: CodeSet) -> Labels:
    """Return what the study's coder has said about units."""
    size = (len(units), codeset.size)
    shared = np.zeros(size)
    codings: list[dict[int, str]] = [{} for _ in units]
    by_document: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        by_document[unit.document_id].append(at)
    for coding in study.codings:
        place = codeset.places.get(coding.code_id)
        if place is None:
            continue
        for at in _near(units, by_document.get(coding.document_id, ()), coding.span):
            count = carries(units[at].span, coding.span)
            shared[at, place] += count
            if count:
                codings[at].setdefault(place, coding.id)
    rejected = np.where(shared > 0, 0.0, _rejected(units, study, codeset, by_document))
    return Labels(shared, _empty(shared.sum(axis=1) > 0, study, by_document), rejected, tuple(codings))


def _rejected(
    units: Sequence[Unit], study: Study, codeset: CodeSet, by_document: Mapping[str, Sequence[int]]
) -> Floats:
    rejected = np.zeros((len(units), codeset.size))
    for decision in study.decisions:
        place = codeset.places.get(decision.code_id)
        if decision.state is SuggestionState.REJECTED and place is not None:
            for at in _near(units, by_document.get(decision.document_id, ()), decision.span):
                rejected[at, place] = float(carries(units[at].span, decision.span) > 0)
    return rejected


def _empty(coded: npt.NDArray[np.bool_], study: Study, by_document: Mapping[str, Sequence[int]]) -> Floats:
    """Tell (1 or 0) which units were read and left without a code."""
    empty = np.zeros(len(coded))
    reviewed = {document.id for document in study.documents if document.reviewed}
    for document_id, places in by_document.items():
        done = [at for at in places if coded[at]]
        whole = document_id in reviewed
        for at in places:
            empty[at] = float(not coded[at] and (whole or (bool(done) and done[0] <= at <= done[-1])))
    return empty


def _near(units: Sequence[Unit], places: Sequence[int], span: TextSpan) -> list[int]:
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if units[places[middle]].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    found = []
    for at in places[low:]:
        if units[at].span.start >= span.end:
            break
        found.append(at)
    return found
