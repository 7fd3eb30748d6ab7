"""Sheets as separated values: commas, semicolons or tabs, in whatever encoding they come."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats.decoding import decode
from kamcoder.formats.formulas import unguarded
from kamcoder.formats.sheet import Sheet, assemble

_SEPARATORS = (",", ";", "\t")
# The line with which a spreadsheet is told the separator; it is no row.
_DECLARED = re.compile(r"\s*sep=([,;\t|])[ ,;]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE_ROWS = 100
_SAMPLE_CHARACTERS = 256 * 1024


def read_separated(data: bytes, *, name: str) -> Sheet:
    """Read CSV or tab-separated bytes; raise ImportRefused, naming the file `name`, as `assemble` does.

    An apostrophe that guards a cell against being run as a formula is taken off again.
    """
    decoded = decode(data, name=name)
    text = decoded.text
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else _sniffed(text)
    body = text[declared.end() :] if declared else text
    rows = _rows(body, separator, name=name, before=1 if declared else 0)
    return assemble(rows, name=name, notices=decoded.notices, ragged=True)


def _rows(text: str, separator: str, *, name: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells), numbered as a spreadsheet does: a cell of several lines stands in one row."""
    reader = _reader(text, separator, strict=True)
    number = before
    try:
        for number, cells in enumerate(reader, start=before + 1):
            yield number, [unguarded(cell) for cell in cells]
    except csv.Error as error:
        raise ImportRefused("sheet_quotes", name=name, row=number + 1) from error


def _sniffed(text: str) -> str:
    """Return the separator that cuts most rows into as many cells as the header; of equals, the one with most cells."""
    return max(_SEPARATORS, key=lambda separator: _consistency(text[:_SAMPLE_CHARACTERS], separator))


def _consistency(text: str, separator: str) -> tuple[float, int]:
    sample = islice(_reader(text, separator, strict=False), _SAMPLE_ROWS)
    try:
        counts = [len(cells) for cells in sample if any(cell.strip() for cell in cells)]
    except csv.Error:
        return 0.0, 0
    if not counts or counts[0] == 1:
        # A title above the table, perhaps: the table below it tells, and its columns without a header are refused.
        return 0.0, max(counts, default=1) - 1
    return counts.count(counts[0]) / len(counts), counts[0]


def _reader(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t", strict=strict)
