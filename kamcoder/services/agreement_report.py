"""The words and tables of a comparison: for reading, for recomputing (CSV, XLSX), and as JSON."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kamcoder.analysis.agreement.kinds import SAME, DisagreementKind, Figure, Interval, Unit
from kamcoder.domain.codebook import Codebook
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.services.agreement_shapes import (
    Agreement,
    CodeAgreement,
    ExclusiveAgreement,
    PairAgreement,
    Remark,
    SegmentAgreement,
)
from kamcoder.services.exporting import write_grids
from kamcoder.services.messages import words

#: Formats that are read by programs, so they carry every count.
_SHEETS = (".csv", ".xlsx")
_MOST_NAMED = 4
_PAIR_FIGURES = (
    "percent",
    "kappa",
    "f1",
    "jaccard",
    "gwet_ac1",
    "brennan_prediger",
    "prevalence_index",
    "bias_index",
)
_ALL_FIGURES = ("percent", "kappa", "alpha", "fleiss_kappa", "f1", "jaccard", "gwet_ac1", "brennan_prediger")
_TABLE = ("both", "only_first", "only_second", "neither")


def grid(
    agreement: Agreement, book: Codebook, *, brief: bool = False, segments: Sequence[SegmentAgreement] = ()
) -> Grid:
    """Return the table for reading: a row for each code, all codes together below.

    A `brief` one has no intervals and tells only the base.
    """
    intervals = bool(agreement.scope.resamples) and not brief
    names = [coder.name for coder in agreement.coders]
    labels = code_labels(agreement, book)
    # A figure may be exactly 0 and must be shown then, which only the kinds of attributes and totals do.
    columns = [Column(words("agreement_code"), ColumnKind.NAME)]
    columns += [Column(words("agreement_share", coder=name), ColumnKind.ATTRIBUTE, decimals=1) for name in names]
    columns += [Column(words("agreement_percent"), ColumnKind.TOTAL, decimals=1)]
    columns += [Column(words(f"agreement_{name}"), ColumnKind.TOTAL, decimals=3) for name in ("kappa", "alpha", "f1")]
    if segments:
        columns += [Column(words("agreement_segments"), ColumnKind.TOTAL, decimals=3)]
    if intervals:
        columns += [Column(words(f"agreement_{name}"), ColumnKind.TOTAL, decimals=3) for name in ("low", "high")]
    columns += [Column(words(f"agreement_{kind}"), ColumnKind.VALUE) for kind in ("agreed", "boundary", "other_code")]
    columns += [Column(words("agreement_only", coder=name), ColumnKind.VALUE) for name in names]
    columns += [Column(words("agreement_remark"), ColumnKind.VALUE)]
    rows = [
        _cells(agreement, found, label, segments, intervals=intervals)
        for found, label in zip(agreement.codes, labels, strict=True)
    ]
    return Grid(
        title=words("agreement_title", coders=_listed(names)),
        rule=" ".join(_base(agreement)) if brief else explanation(agreement, book),
        columns=tuple(columns),
        rows=tuple(rows),
        totals=_cells(agreement, agreement.pooled, words("agreement_all_codes"), segments, intervals=intervals),
    )


def full_grid(agreement: Agreement, book: Codebook) -> Grid:
    """Return the table for recomputing: a row for each code and pair with its counts, and one for all coders."""
    heads = ["code", "pair", "unit", "documents", *_TABLE, *_PAIR_FIGURES, "alpha", "fleiss_kappa"]
    heads += ["interval_low", "interval_high", *(f"passages_{kind}" for kind in DisagreementKind), "remark", "how"]
    kinds = [ColumnKind.NAME] + [ColumnKind.TOTAL] * (len(heads) - 1)
    rows: list[tuple[Value, ...]] = []
    how = explanation(agreement, book)
    for found in (*agreement.codes, agreement.pooled):
        label = words("agreement_all_codes") if found.code is None else book.path(found.code.id)
        end: tuple[Value, ...] = (remark(agreement, found), how)
        rows += [(label, *_pair_cells(agreement, pair), *end) for pair in found.pairs]
        rows.append((label, *_crowd_cells(agreement, found), *end))
    return Grid(
        title=words("agreement_title", coders=_listed([coder.name for coder in agreement.coders])),
        rule=how,
        columns=tuple(Column(words(f"agreement_{head}"), kind) for head, kind in zip(heads, kinds, strict=True)),
        rows=tuple(rows),
    )


def write_agreement(
    agreement: Agreement,
    book: Codebook,
    path: Path,
    *,
    segments: Sequence[SegmentAgreement] = (),
    lists: Sequence[Grid] = (),
) -> bytes:
    """Return the comparison in the format that the ending of `path` names; sheets carry every count.

    `lists` are further sheets of a workbook; other formats leave them out.
    """
    full = path.suffix.lower() in _SHEETS
    first = full_grid(agreement, book) if full else grid(agreement, book, segments=segments)
    return write_grids([first, *lists], path)


def explanation(agreement: Agreement, book: Codebook) -> str:
    """Return how the figures were made: unit, base, rule, coders, documents, and what is special about them."""
    many = "many" if len(agreement.coders) > 2 else "two"
    scope, mean = agreement.scope, agreement.mean
    said = _base(agreement)
    said += [words(f"agreement_{name}") for name, wanted in (("trim", scope.trim), ("snap", scope.snap)) if wanted]
    if scope.origins is not None:
        origins = sorted(origin.value.replace("_", " ") for origin in scope.origins)
        said.append(words("agreement_origins", origins=", ".join(origins)))
    if agreement.left_out:
        said.append(words("agreement_left_out", documents=", ".join(document.name for document in agreement.left_out)))
    said += [words(f"agreement_figures_{many}"), words(f"agreement_kinds_{many}", same=round(100 * SAME))]
    if len(agreement.codes) > 1:
        shown = {name: _shown(getattr(mean, name)) for name in ("kappa", "alpha", "f1")}
        said.append(words("agreement_pooled"))
        said.append(words("agreement_mean", **shown, codes=mean.codes, left_out=mean.left_out))
    if agreement.cluster is not None:
        said.append(words(f"agreement_interval_{agreement.cluster}", resamples=f"{scope.resamples:,}", seed=scope.seed))
    odd = [
        label
        for found, label in zip(agreement.codes, code_labels(agreement, book), strict=True)
        if found.remark is Remark.HIGH_PERCENT_LOW_KAPPA
    ]
    if odd:
        named = odd[:_MOST_NAMED] + ["…"] * (len(odd) > _MOST_NAMED)
        said.append(words("agreement_paradox", codes=", ".join(named)))
    return " ".join(said)


def suggestions_sentence(agreement: Agreement, without: Agreement) -> str:
    """Return how the figures change without the codings taken from suggestions."""
    return words(
        "agreement_suggestions",
        kappa=_shown(without.pooled.kappa),
        alpha=_shown(without.pooled.alpha),
        kappa_with=_shown(agreement.pooled.kappa),
        alpha_with=_shown(agreement.pooled.alpha),
    )


def exclusive_sentence(found: ExclusiveAgreement, book: Codebook) -> str:
    """Return the unitizing alphas, or why there are none."""
    codes = ", ".join(book.get(code_id).name for code_id in found.code_ids)
    if found.violations:
        return words("agreement_violations", codings=len(found.violations), codes=codes)
    coverage = words("agreement_none") if found.coverage.value is None else f"{100 * found.coverage.value:.0f} %"
    shown = {name: _shown(getattr(found, name)) for name in ("u_alpha", "bar_u_alpha", "cu_alpha")}
    return words(
        "agreement_exclusive",
        codes=codes,
        size=f"{found.size:,}",
        documents=found.documents,
        coverage=coverage,
        **shown,
    )


def record(agreement: Agreement, book: Codebook) -> dict[str, Any]:
    """Return the comparison as JSON: a figure is a number, or an object that tells why there is none."""
    names = {coder.id: coder.name for coder in agreement.coders}
    return {
        "unit": agreement.scope.unit.value,
        "size": agreement.size,
        "coders": list(names.values()),
        "documents": [document.name for document in agreement.documents],
        "left_out": [document.name for document in agreement.left_out],
        "how": explanation(agreement, book),
        "codes": [_code_record(found, book, names) for found in agreement.codes],
        "pooled": _code_record(agreement.pooled, book, names),
        "mean": {
            "kappa": _number(agreement.mean.kappa),
            "alpha": _number(agreement.mean.alpha),
            "f1": _number(agreement.mean.f1),
            "pooled_kappa": _number(agreement.mean.pooled_kappa),
            "codes": agreement.mean.codes,
            "left_out": agreement.mean.left_out,
        },
    }


def remark(agreement: Agreement, found: CodeAgreement) -> str:
    """Return what must be told about a code's figures, nothing if all is ordinary."""
    if found.remark is None:
        return ""
    (use, *_) = [use for use in found.uses if use.marked] or found.uses
    names = {coder.id: coder.name for coder in agreement.coders}
    return words(f"agreement_remark_{found.remark}", coder=names[use.coder_id], passages=use.passages)


def code_labels(agreement: Agreement, book: Codebook) -> list[str]:
    """Return the codes' names, or their paths where two would be named alike."""
    codes = [found.code for found in agreement.codes if found.code is not None]
    names = [code.name for code in codes]
    return [book.path(code.id) if names.count(code.name) > 1 else code.name for code in codes]


def _base(agreement: Agreement) -> list[str]:
    scope = agreement.scope
    rule = "" if scope.unit is Unit.CHARACTER else words(f"agreement_rule_{scope.rule}")
    base = words(
        "agreement_base",
        unit=words(f"agreement_unit_{scope.unit}"),
        rule=rule,
        size=f"{agreement.size:,}",
        units=words(f"agreement_units_{scope.unit}"),
        documents=len(agreement.documents),
        coders=_listed([coder.name for coder in agreement.coders]),
        names=", ".join(document.name for document in agreement.documents) or words("agreement_none"),
    )
    voices = words("agreement_with_interviewers" if scope.interviewers else "agreement_without_interviewers")
    return [base, voices, words("agreement_children" if scope.children else "agreement_no_children")]


def _cells(
    agreement: Agreement, found: CodeAgreement, label: str, segments: Sequence[SegmentAgreement], *, intervals: bool
) -> tuple[Value, ...]:
    cells: list[Value] = [label]
    cells += [None if use.share is None else 100 * use.share for use in found.uses]
    cells += [_percent(found.percent), found.kappa.value, found.alpha.value, found.f1.value]
    if segments:
        cells.append(_segments_f1(found, segments))
    if intervals:
        cells += _ends(found.alpha_interval)
    kinds = found.passages
    cells += [kinds[kind] for kind in (DisagreementKind.AGREED, DisagreementKind.BOUNDARY, DisagreementKind.OTHER_CODE)]
    cells += [found.only(coder.id) for coder in agreement.coders]
    return (*cells, remark(agreement, found))


def _segments_f1(found: CodeAgreement, segments: Sequence[SegmentAgreement]) -> float | None:
    """Return the F1 over all pairs."""
    code_id = None if found.code is None else found.code.id
    here = [item for item in segments if item.code_id == code_id]
    twice = 2 * sum(item.matched for item in here)
    judged = twice + sum(item.only_first + item.only_second for item in here)
    return twice / judged if judged else None


def _pair_cells(agreement: Agreement, pair: PairAgreement) -> tuple[Value, ...]:
    names = {coder.id: coder.name for coder in agreement.coders}
    return (
        _listed([names[pair.first_id], names[pair.second_id]]),
        agreement.scope.unit.value,
        pair.documents,
        *(getattr(pair, name) for name in _TABLE),
        _percent(pair.percent),
        *(getattr(pair, name).value for name in _PAIR_FIGURES[1:]),
        None,
        None,
        *_ends(pair.kappa_interval),
        *(pair.passages[kind] for kind in DisagreementKind),
    )


def _crowd_cells(agreement: Agreement, found: CodeAgreement) -> tuple[Value, ...]:
    figures = {name: getattr(found, name).value for name in _ALL_FIGURES}
    return (
        words("agreement_every_coder"),
        agreement.scope.unit.value,
        len(agreement.documents),
        *(None for _ in _TABLE),
        _percent(found.percent),
        *(figures.get(name) for name in _PAIR_FIGURES[1:]),
        figures["alpha"],
        figures["fleiss_kappa"],
        *_ends(found.alpha_interval),
        *(found.passages[kind] for kind in DisagreementKind),
    )


def _code_record(found: CodeAgreement, book: Codebook, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": None if found.code is None else book.path(found.code.id),
        "coders": {
            names[use.coder_id]: {"passages": use.passages, "marked": use.marked, "read": use.read}
            for use in found.uses
        },
        **{name: _number(getattr(found, name)) for name in _ALL_FIGURES},
        "alpha_interval": _interval(found.alpha_interval),
        "remark": found.remark,
        "pairs": [
            {
                "coders": [names[pair.first_id], names[pair.second_id]],
                "documents": pair.documents,
                **{name: getattr(pair, name) for name in _TABLE},
                **{name: _number(getattr(pair, name)) for name in _PAIR_FIGURES},
                "kappa_interval": _interval(pair.kappa_interval),
                "f1_interval": _interval(pair.f1_interval),
                "passages": {kind.value: count for kind, count in pair.passages.items()},
            }
            for pair in found.pairs
        ],
    }


def _percent(found: Figure) -> float | None:
    return None if found.value is None else 100 * found.value


def _number(found: Figure) -> float | dict[str, str] | None:
    return {"undefined": found.reason.value} if found.reason is not None else found.value


def _interval(found: Interval | None) -> dict[str, Any] | None:
    return None if found is None else dataclasses.asdict(found)


def _ends(found: Interval | None) -> list[Value]:
    return [None, None] if found is None else [found.low, found.high]


def _shown(found: Figure) -> str:
    return words("agreement_none") if found.value is None else f"{found.value:.3f}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
