"""Tables for the clipboard: tab-separated text for spreadsheets and an HTML fragment that Excel and Word paste."""

from dataclasses import dataclass
from html import escape

from kamcoder.formats.formulas import guarded
from kamcoder.formats.tables.grid import Column, Grid, Value, is_blank, is_number, printable, shown

_CELL = "border:1px solid #999999;padding:2pt 4pt;vertical-align:top"
# The number format of text, as Excel and as LibreOffice know it: both would run a pasted cell that begins with `=`.
_AS_TEXT = "mso-number-format:'\\@'"
_LITERAL = 'sdnum="1033;0;@"'


@dataclass(frozen=True, slots=True)
class Clipping:
    """One table twice, as programs ask for it: `text` is text/plain, `html` is text/html (a fragment)."""

    text: str
    html: str


def to_clipboard(grid: Grid) -> Clipping:
    """Return header, rows and totals for pasting; the rule stands below in the HTML and is left out of the text."""
    rows = [*grid.rows, *([grid.totals] if grid.totals is not None else [])]
    lines = ["\t".join(_plain(column.label) for column in grid.columns)]
    lines += ["\t".join(_plain(value) for value in row) for row in rows]
    head = "".join(f'<th {_LITERAL} style="{_CELL};{_AS_TEXT}">{_html(column.label)}</th>' for column in grid.columns)
    body = "".join(_row(row, grid.columns, last=row is grid.totals) for row in rows)
    rule = f"<p>{_html(grid.rule)}</p>" if grid.rule else ""
    html = (
        f'<meta charset="utf-8"><table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{rule}"
    )
    return Clipping("\n".join(lines) + "\n", html)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = printable(guarded(value))
    # What holds a separator or a quotation mark is quoted, as spreadsheets do themselves when they copy.
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\n"') else text


def _row(values: tuple[Value, ...], columns: tuple[Column, ...], *, last: bool) -> str:
    cells = []
    for value, column in zip(values, columns, strict=True):
        tag = "th" if column.is_header or last else "td"
        text = "" if is_blank(value, column) and not last else shown(value, column)
        look = f'style="{_CELL};text-align:right"' if is_number(value) else f'{_LITERAL} style="{_CELL};{_AS_TEXT}"'
        cells.append(f"<{tag} {look}>{_html(text)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _html(text: str) -> str:
    # A line end inside a cell: the second rule keeps Excel from starting a new row there.
    return escape(printable(text)).replace("\n", '<br style="mso-data-placement:same-cell">')
