"""Tables as CSV (RFC 4180) for spreadsheets and scripts: header, rows, totals; title and rule are left out."""

import csv
import io

from kamcoder.formats.formulas import guarded
from kamcoder.formats.tables.grid import Grid, Value, printable


def to_csv(grid: Grid, *, bom: bool = True) -> bytes:
    """Return the table as CSV in UTF-8 with CRLF line ends; with `bom`, Excel sees that it is UTF-8.

    Numbers stay as they are, with a decimal point. Text that a spreadsheet would run as a formula gets an apostrophe in
    front.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(column.label) for column in grid.columns])
    writer.writerows([_cell(value) for value in row] for row in grid.rows)
    if grid.totals is not None:
        writer.writerow([_cell(value) for value in grid.totals])
    return buffer.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _cell(value: Value) -> Value:
    # Guarded first: a carriage return is a line feed afterwards.
    return printable(guarded(value)) if isinstance(value, str) else value
