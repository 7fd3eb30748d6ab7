"""From material to results: figures with their reasons, per code, pooled and on average. Loads NumPy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from kamcoder.analysis.agreement import coefficients, unitizing
from kamcoder.analysis.agreement.bootstrap import Intervals, resample
from kamcoder.analysis.agreement.coefficients import Crowd, Table
from kamcoder.analysis.agreement.differences import KINDS, Differences, compare_pair
from kamcoder.analysis.agreement.kinds import DisagreementKind, Figure, Undefined
from kamcoder.analysis.agreement.material import Floats, Ints
from kamcoder.analysis.agreement.segments import Matching, Overlap, match
from kamcoder.analysis.agreement.tallies import Tallies, tally
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Coder
from kamcoder.domain.document import Document, TextSpan
from kamcoder.services.agreement_material import Material
from kamcoder.services.agreement_shapes import (
    Agreement,
    CodeAgreement,
    CoderUse,
    ComparedPassage,
    ExclusiveAgreement,
    MeanAgreement,
    PairAgreement,
    Remark,
    SegmentAgreement,
    SegmentPassage,
    figure,
)

#: From this per cent on, a kappa below the other number is explained.
HIGH_PERCENT, LOW_KAPPA = 0.85, 0.5

_TABLE_FIGURES: dict[str, Callable[[Table], Floats]] = {
    "percent": coefficients.percent,
    "kappa": coefficients.kappa,
    "f1": coefficients.f1,
    "jaccard": coefficients.jaccard,
    "brennan_prediger": coefficients.brennan_prediger,
    "gwet_ac1": coefficients.gwet_ac1,
    "prevalence_index": coefficients.prevalence_index,
    "bias_index": coefficients.bias_index,
}
_CROWD_FIGURES: dict[str, Callable[[Crowd], Floats]] = {
    "percent": coefficients.crowd_percent,
    "alpha": coefficients.alpha,
    "fleiss_kappa": coefficients.fleiss_kappa,
    "brennan_prediger": coefficients.crowd_brennan_prediger,
    "gwet_ac1": coefficients.crowd_ac1,
}


@dataclass(frozen=True, slots=True)
class _Counted:
    """All counts with the pooled column last: tables [pair, column], crowd [column], uses and passages by coder."""

    tallies: Tallies
    tables: Table
    crowd: Crowd
    marked: Ints
    read: Ints
    passages: Ints
    kinds: Ints
    pair_figures: Mapping[str, list[list[float]]]
    crowd_figures: Mapping[str, list[float]]
    mean_figures: Mapping[str, list[float]]
    intervals: Intervals | None


def results(material: Material, *, coders: Sequence[Coder], left_out: Sequence[Document], book: Codebook) -> Agreement:
    """Return all figures of a comparison."""
    counted = _count(material)
    shown = len(material.columns.shown)
    codes = [book.get(code_id) for code_id in material.columns.shown]
    rows = [_row(material, counted, column) for column in range(shown + 1)]
    return Agreement(
        scope=material.scope,
        coders=tuple(coders),
        documents=material.documents,
        left_out=tuple(left_out),
        size=material.size,
        codes=tuple(replace(row, code=code) for row, code in zip(rows, codes, strict=False)),
        pooled=rows[-1],
        mean=_means(rows[:-1], counted),
        cluster=material.cluster if material.scope.resamples else None,
    )


def differing(material: Material, first: int, second: int) -> Differences:
    """Sort the codings of two coders into stretches."""
    return compare_pair(
        material.in_columns,
        material.own,
        material.marks,
        first=first,
        second=second,
        total=material.line.total,
        shared=material.shared(first, second),
    )


def passages(
    material: Material, *, first: int, second: int, code_id: str | None, kind: DisagreementKind | None
) -> list[ComparedPassage]:
    """Return the stretches of a pair in the order of the text, on one code or on all that are pooled."""
    columns = material.columns
    wanted = range(columns.pool.start, columns.pool.stop) if code_id is None else [columns.shown.index(code_id)]
    found = differing(material, first, second)
    made = []
    for column in wanted:
        for stretch in found.stretches(column, kind=kind):
            codings = [material.spans[number] for number in (*stretch.first, *stretch.second)]
            made.append(
                ComparedPassage(
                    document_id=codings[0].document_id,
                    span=TextSpan(min(span.start for span in codings), max(span.end for span in codings)),
                    code_id=columns.shown[column % max(len(columns.shown), 1)],
                    kind=stretch.kind,
                    first_ids=tuple(material.spans[number].id for number in stretch.first),
                    second_ids=tuple(material.spans[number].id for number in stretch.second),
                )
            )
    place = {document.id: number for number, document in enumerate(material.documents)}
    return sorted(made, key=lambda passage: (place[passage.document_id], passage.span.start, passage.span.end))


def segment_figures(material: Material, *, threshold: float, overlap: Overlap) -> list[SegmentAgreement]:
    """Match the codings of every pair and shown code as wholes."""
    found = []
    columns, ids = material.columns, material.coder_ids
    for first, second in combinations(range(len(ids)), 2):
        counts = np.zeros((columns.count, 3), np.int64)
        for column in range(columns.count):
            matching, _, _ = _matching(material, first, second, column, threshold=threshold, overlap=overlap)
            counts[column] = len(matching.matched), *matching.unmatched
        for code_id, row in zip(
            (*columns.shown, None), [*counts[: len(columns.shown)], counts[columns.pool].sum(axis=0)], strict=True
        ):
            matched, only_first, only_second = row.tolist()
            judged = 2 * matched + only_first + only_second
            f1 = Figure(2 * matched / judged) if judged else Figure(None, Undefined.NOT_USED)
            found.append(SegmentAgreement(code_id, ids[first], ids[second], matched, only_first, only_second, f1))
    return found


def segment_passages(
    material: Material, *, first: int, second: int, code_id: str | None, threshold: float, overlap: Overlap
) -> list[SegmentPassage]:
    """Return the codings behind the segment figures of a pair, on one code or all that are pooled, in reading order."""
    columns, ids, spans = material.columns, material.coder_ids, material.spans
    wanted = range(columns.pool.start, columns.pool.stop) if code_id is None else [columns.shown.index(code_id)]
    found = []
    for column in wanted:
        matching, mine, theirs = _matching(material, first, second, column, threshold=threshold, overlap=overlap)
        groups: list[tuple[bool, float | None, tuple[int, ...]]] = [
            *((True, shared, (mine[i], theirs[j])) for i, j, shared in matching.matched),
            *((False, shared, (mine[i], theirs[j])) for i, j, shared in matching.shifted),
            *((False, None, (mine[i],)) for i in matching.only_first),
            *((False, None, (theirs[j],)) for j in matching.only_second),
        ]
        code = columns.shown[column % max(len(columns.shown), 1)]
        found += [
            SegmentPassage(code, ids[first], ids[second], matched, shared, tuple(spans[at].id for at in rows))
            for matched, shared, rows in groups
        ]
    place = {document.id: number for number, document in enumerate(material.documents)}
    first_of = {span.id: (place[span.document_id], span.start, span.end) for span in spans}
    return sorted(found, key=lambda passage: min(first_of[coding_id] for coding_id in passage.coding_ids))


def _matching(
    material: Material, first: int, second: int, column: int, *, threshold: float, overlap: Overlap
) -> tuple[Matching, list[int], list[int]]:
    """Match a pair's codings in one column; return with it which codings the places stand for."""
    codings = material.in_columns
    here = material.shared(first, second)[: len(codings)] & (codings.code == column)
    sides = [codings.take(here & (codings.coder == coder)) for coder in (first, second)]
    texts = [list(zip(side.start.tolist(), side.end.tolist(), strict=True)) for side in sides]
    matching = match(texts[0], texts[1], threshold=threshold, overlap=overlap)
    return matching, sides[0].index.tolist(), sides[1].index.tolist()


def exclusive_figures(material: Material) -> ExclusiveAgreement:
    """Return the unitizing alphas of the shown codes; every coder must have worked on every document."""
    values = len(material.columns.shown)
    codings = material.in_columns.take(material.in_columns.code < values)
    violations = unitizing.overlapping(codings)
    reason = Undefined.OVERLAPPING if violations else Undefined.NO_SHARED_UNITS
    whole = Undefined.OVERLAPPING if violations else Undefined.NOT_USED
    if violations or not material.line.total:
        whole = whole if violations else Undefined.NO_COMMON_TEXT
        codings = codings.take(np.zeros(0, np.int64))
    found = unitizing.unitize(codings, coders=len(material.coder_ids), values=values, total=material.line.total)
    ids = material.columns.shown
    return ExclusiveAgreement(
        code_ids=ids,
        documents=len(material.documents),
        size=material.line.total,
        u_alpha=figure(found.u_alpha, whole),
        bar_u_alpha=figure(found.bar_u_alpha, whole),
        cu_alpha=figure(found.cu_alpha, reason),
        coverage=figure(found.coverage if len(codings) else float("nan"), whole),
        k_alphas={code_id: figure(value, reason) for code_id, value in zip(ids, found.k_alphas, strict=True)},
        k_coverages={code_id: figure(value, whole) for code_id, value in zip(ids, found.k_coverages, strict=True)},
        kappas={
            (material.coder_ids[i], material.coder_ids[j]): figure(value, whole)
            for (i, j), value in found.kappas.items()
        },
        violations=tuple((material.spans[i].id, material.spans[j].id) for i, j in violations),
    )


def _count(material: Material) -> _Counted:
    marks, clusters = material.counted()
    columns, shown = material.columns, len(material.columns.shown)
    tallies = tally(marks, clusters, columns=columns.count)

    def pooled(values: Floats | Ints) -> Floats:
        """Add up over the clusters (one before the last) and put the pool behind the shown columns."""
        sums = values[..., columns.pool].sum(axis=-1, keepdims=True)
        return np.concatenate([values[..., :shown], sums], axis=-1).astype(np.float64)

    table, crowd = tallies.tables.sum(1), tallies.crowd.sum(0)
    tables = Table(*(pooled(getattr(table, name)) for name in Table.__slots__))
    people = Crowd(*(pooled(getattr(crowd, name)) for name in Crowd.__slots__))
    pairs = {name: compute(tables) for name, compute in _TABLE_FIGURES.items()}
    cells = material.in_columns.coder * columns.count + material.in_columns.code
    passages = np.bincount(cells, minlength=len(material.coder_ids) * columns.count)
    kinds = np.array([differing(material, i, j).counts(columns.count).T for i, j in tallies.pairs])
    read = np.repeat(tallies.read.sum(axis=1)[:, None], columns.count, axis=1)
    scope = material.scope
    return _Counted(
        tallies=tallies,
        tables=tables,
        crowd=people,
        marked=pooled(tallies.used.sum(axis=1)).astype(np.int64),
        read=pooled(read).astype(np.int64),
        passages=pooled(passages.reshape(-1, columns.count)).astype(np.int64),
        kinds=pooled(kinds).astype(np.int64),
        pair_figures={name: values.tolist() for name, values in pairs.items()},
        crowd_figures={name: compute(people).tolist() for name, compute in _CROWD_FIGURES.items()},
        mean_figures={name: coefficients.mean_defined(pairs[name]).tolist() for name in ("kappa", "f1", "jaccard")},
        intervals=resample(tallies, pool=columns.pool, resamples=scope.resamples, seed=scope.seed)
        if scope.resamples
        else None,
    )


def _row(material: Material, counted: _Counted, column: int) -> CodeAgreement:
    crowd = counted.crowd
    reason = _reason(float(crowd.size[column]), float(crowd.marked[column]))
    figures = {name: figure(values[column], reason) for name, values in counted.crowd_figures.items()}
    means = {name: figure(values[column], reason) for name, values in counted.mean_figures.items()}
    uses = tuple(
        CoderUse(coder_id, *(int(found[number, column]) for found in (counted.passages, counted.marked, counted.read)))
        for number, coder_id in enumerate(material.coder_ids)
    )
    pairs = tuple(_pair(material, counted, number, column) for number in range(len(counted.tallies.pairs)))
    at = -1 if column == len(material.columns.shown) else column
    return CodeAgreement(
        code=None,
        uses=uses,
        pairs=pairs,
        percent=figures["percent"],
        kappa=means["kappa"],
        alpha=figures["alpha"],
        fleiss_kappa=figures["fleiss_kappa"],
        f1=means["f1"],
        jaccard=means["jaccard"],
        brennan_prediger=figures["brennan_prediger"],
        gwet_ac1=figures["gwet_ac1"],
        remark=_remark(reason, uses, figures["percent"], means["kappa"]),
        alpha_interval=counted.intervals.alpha[at] if counted.intervals else None,
    )


def _pair(material: Material, counted: _Counted, pair: int, column: int) -> PairAgreement:
    table = counted.tables
    both, only_first, only_second, neither, size = (
        int(found[pair, column])
        for found in (table.both, table.only_first, table.only_second, table.neither, table.size)
    )
    reason = _reason(size, both + only_first + only_second)
    figures = {name: figure(values[pair][column], reason) for name, values in counted.pair_figures.items()}
    first, second = counted.tallies.pairs[pair]
    at = -1 if column == len(material.columns.shown) else column
    intervals = counted.intervals
    return PairAgreement(
        first_id=material.coder_ids[first],
        second_id=material.coder_ids[second],
        documents=int((material.present[:, first] & material.present[:, second]).sum()),
        both=both,
        only_first=only_first,
        only_second=only_second,
        neither=neither,
        passages={kind: int(counted.kinds[pair, number, column]) for number, kind in enumerate(KINDS)},
        kappa_interval=intervals.kappa[pair][at] if intervals else None,
        f1_interval=intervals.f1[pair][at] if intervals else None,
        **figures,
    )


def _reason(size: float, marked: float) -> Undefined:
    if not size:
        return Undefined.NO_COMMON_TEXT
    return Undefined.NO_VARIATION if marked else Undefined.NOT_USED


def _remark(reason: Undefined, uses: Sequence[CoderUse], percent: Figure, kappa: Figure) -> Remark | None:
    if reason is not Undefined.NO_VARIATION:
        return Remark(reason.value)
    if kappa.value is None:
        return Remark.NO_VARIATION
    if sum(use.marked > 0 for use in uses) == 1:
        return Remark.ONLY_ONE_CODER
    if kappa.value < 0:
        return Remark.BELOW_CHANCE
    if percent.value is not None and percent.value >= HIGH_PERCENT and kappa.value < LOW_KAPPA:
        return Remark.HIGH_PERCENT_LOW_KAPPA
    return None


def _means(rows: Sequence[CodeAgreement], counted: _Counted) -> MeanAgreement:
    def mean(figures: Sequence[Figure]) -> Figure:
        known = [found.value for found in figures if found.value is not None]
        reasons = [found.reason for found in figures if found.reason is not None]
        return Figure(sum(known) / len(known)) if known else Figure(None, reasons[0] if reasons else Undefined.NOT_USED)

    table = Table(*(getattr(counted.tables, name)[:, : len(rows)] for name in Table.__slots__))
    pooled = float(coefficients.mean_defined(coefficients.pooled_kappa(table)))
    left_out = sum(row.kappa.value is None for row in rows)
    return MeanAgreement(
        kappa=mean([row.kappa for row in rows]),
        alpha=mean([row.alpha for row in rows]),
        f1=mean([row.f1 for row in rows]),
        pooled_kappa=figure(pooled, Undefined.NO_VARIATION),
        codes=len(rows),
        left_out=left_out,
    )
