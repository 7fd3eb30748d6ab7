"""The passages behind whole-passage figures and behind codes that do not exclude one another: as JSON and as sheets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Passage
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.services.agreement_comparison import Comparison
from kamcoder.services.agreement_shapes import ExclusiveAgreement, SegmentPassage
from kamcoder.services.messages import words

Known = Mapping[str, Passage]
Record = dict[str, Any]


def segment_passages(comparison: Comparison) -> list[SegmentPassage]:
    """Return the whole passages of every pair on all codes that are pooled, those without a partner first."""
    ids = [coder.id for coder in comparison.coders]
    found = [
        passage
        for number, first in enumerate(ids)
        for second in ids[number + 1 :]
        for passage in comparison.segment_passages(first_id=first, second_id=second, code_id=None)
    ]
    return sorted(found, key=lambda passage: passage.matched)


def segment_records(
    passages: Iterable[SegmentPassage], known: Known, names: Mapping[str, str], book: Codebook
) -> list[Record]:
    """Return whole passages for scripts."""
    return [
        {
            "code": book.path(passage.code_id),
            "coders": [names[passage.first_id], names[passage.second_id]],
            "partner": passage.matched,
            "shared": passage.overlap,
            "codings": [coding_record(known[coding_id]) for coding_id in passage.coding_ids],
        }
        for passage in passages
    ]


def violation_records(found: ExclusiveAgreement, known: Known) -> list[Record]:
    """Return the pairs of codings in which one coder put two codes that exclude one another on the same text."""
    return [{"codings": [coding_record(known[coding_id]) for coding_id in pair]} for pair in found.violations]


def coding_record(passage: Passage) -> Record:
    """Return one coding for scripts."""
    return {
        "id": passage.coding.id,
        "reference": passage.reference,
        "coder": passage.coder,
        "code": passage.code_path,
        "quote": passage.coding.quote,
    }


def segment_grid(records: Sequence[Record]) -> Grid:
    """Return whole passages as a sheet: a row for each coding with its partner."""
    heads = ("code", "pair", "partner", "shared", *_coding_heads("1"), *_coding_heads("2"))
    rows = []
    for record in records:
        shared = None if record["shared"] is None else round(100 * record["shared"], 1)
        partner = words("agreement_yes" if record["partner"] else "agreement_no")
        rows.append((record["code"], " · ".join(record["coders"]), partner, shared, *_coding_cells(record["codings"])))
    return _grid(words("agreement_segments_title"), heads, rows)


def violation_grid(records: Sequence[Record]) -> Grid:
    """Return codings that should exclude one another as a sheet."""
    heads = (*_coding_heads("1"), *_coding_heads("2"))
    return _grid(words("agreement_violations_title"), heads, [_coding_cells(record["codings"]) for record in records])


def _coding_heads(number: str) -> tuple[str, ...]:
    return tuple(f"{name}_{number}" for name in ("coder", "place", "own_code", "quote"))


def _coding_cells(codings: Sequence[Record]) -> tuple[str, ...]:
    cells = [str(coding[name]) for coding in codings for name in ("coder", "reference", "code", "quote")]
    return tuple(cells + [""] * (8 - len(cells)))


def _grid(title: str, heads: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Grid:
    kinds = [ColumnKind.NAME, *[ColumnKind.TOTAL] * (len(heads) - 1)]
    labels = [words(f"agreement_list_{head.rstrip('_12')}", number=head[-1]) for head in heads]
    columns = tuple(Column(label, kind) for label, kind in zip(labels, kinds, strict=True))
    return Grid(title=title, rule="", columns=columns, rows=tuple(rows))
