"""Finding passages like a coded one, and codings unlike the others of their code."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import NotFound
from kamcoder.domain.suggesting import Outlier, Similar, Study, StudyCoding
from kamcoder.suggest.kernel import Space
from kamcoder.suggest.labels import carries
from kamcoder.suggest.learning import Course
from kamcoder.suggest.reasons import cosines
from kamcoder.suggest.units import Unit, units_of
from kamcoder.suggest.words import content_stems

_LEAST_SIMILAR = 0.12
_FIT = 0.3
_TERMS = 6


def similar_passages(study: Study, coding_id: str, *, limit: int) -> tuple[Similar, ...]:
    """Return sentences that read like a coded passage and do not carry its code, the likest first.

    Words and word pairs are compared, the rarer the weightier; no model of the language is needed.
    """
    coding = next((item for item in study.codings if item.id == coding_id), None)
    if coding is None:
        raise NotFound("coding_unknown", coding=coding_id)
    units = [unit for document in study.documents for unit in units_of(document)]
    features = [_plain(unit.text) for unit in units]
    own = [
        at
        for at, unit in enumerate(units)
        if unit.document_id == coding.document_id and carries(unit.span, coding.span)
    ]
    wanted: tuple[str, ...] = tuple(sorted({name for at in own for name in features[at]}))
    space = Space.of([(names, (), ()) for names in features])
    row = space.rows([(wanted, (), ())])
    likeness = cosines(row, space.rows([(names, (), ()) for names in features]), len(space.columns))[0]
    coded = _coded_spans(study, coding.code_id)
    found: list[Similar] = []
    for at in np.argsort(-likeness, kind="stable"):
        if likeness[at] < _LEAST_SIMILAR or len(found) == limit:
            break
        unit = units[at]
        if not any(carries(unit.span, span) for span in coded.get(unit.document_id, ())):
            shared = sorted(
                set(features[at]) & set(wanted), key=lambda name: (-space.rarity[space.columns[name]], name)
            )
            names = tuple(name[2:] for name in shared[:_TERMS])
            found.append(Similar(unit.document_id, unit.span, round(float(likeness[at]), 4), names))
    return tuple(found)


@lru_cache(maxsize=65536)
def _plain(text: str) -> tuple[str, ...]:
    words = content_stems(text)
    return tuple(sorted({f"w {word}" for word in words} | {f"w {a} {b}" for a, b in pairwise(words)}))


def _coded_spans(study: Study, code_id: str) -> Mapping[str, Sequence[TextSpan]]:
    found: dict[str, list[TextSpan]] = {}
    for coding in study.codings:
        if coding.code_id == code_id:
            found.setdefault(coding.document_id, []).append(coding.span)
    return found


def outliers(study: Study, course: Course, *, limit: int) -> tuple[Outlier, ...]:
    """Return codings that fit another code better than their own, by chances learned without their document.

    Only codings with a fit under .3 are told, and only codes that the passage does not carry as well.
    """
    if not len(course.held_out):
        return ()
    codeset = course.model.codeset
    places: dict[str, list[int]] = {}
    by_document: dict[str, list[int]] = {}
    for at, unit in enumerate(course.lesson.sheet.units):
        by_document.setdefault(unit.document_id, []).append(at)
    units = course.lesson.sheet.units
    for coding in study.codings:
        if coding.code_id in codeset.places:
            places[coding.id] = _units_under(coding, units, by_document.get(coding.document_id, ()))
    found = []
    for coding in study.codings:
        inside = places.get(coding.id)
        if inside:
            own = codeset.places[coding.code_id]
            chances = course.held_out[inside, :-1].mean(axis=0)
            chances[(course.lesson.labels.shared[inside].sum(axis=0) > 0) & (np.arange(codeset.size) != own)] = 0.0
            best = int(chances.argmax())
            fit = float(chances[own] / (chances[own] + chances[best])) if best != own else 1.0
            if fit < _FIT:
                other = codeset.codes[best].id
                found.append(Outlier(coding.id, coding.code_id, round(fit, 4), other, round(1 - fit, 4)))
    found.sort(key=lambda item: (item.score, item.coding_id))
    return tuple(found[:limit])


def _units_under(coding: StudyCoding, units: Sequence[Unit], near: Sequence[int]) -> list[int]:
    return [at for at in near if carries(units[at].span, coding.span)]
