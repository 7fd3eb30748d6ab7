"""Tables as one self-contained HTML file that prints well: no script, nothing fetched, all text escaped."""

from html import escape

from kamcoder.formats.formulas import guarded
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value, is_blank, is_number, printable, shown

# Shading is one hue, lighter or darker with the number; the number itself always stands on it. The steps between the
# lightest and the darkest shade keep text at 7 : 1 in the light scheme and 5 : 1 in the dark one.
SCHEMES = """
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #c9d1d9;
  --shade-from: 96%; --shade-by: -30%; --shade-depth: 62%; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181d; --ink: #e6edf3; --quiet: #9aa5b1; --line: #3d4650;
    --shade-from: 16%; --shade-by: 20%; --shade-depth: 48%; }
}
@media print {
  :root { color-scheme: light; --ground: #ffffff; --ink: #000000; --quiet: #444444; --line: #999999;
    --shade-from: 96%; --shade-by: -30%; --shade-depth: 62%; }
}
"""
TABLES = """
@media print {
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr { break-inside: avoid; }
  td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
table { border-collapse: collapse; }
caption { text-align: start; padding-bottom: 0.8em; }
caption strong { display: block; font-size: 1.3em; }
caption span { display: block; color: var(--quiet); max-width: 60em; }
th, td { padding: 0.35em 0.55em; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
  white-space: pre-line; overflow-wrap: break-word; min-width: 2em; max-width: 28em; }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); }
th.attribute { font-weight: normal; color: var(--quiet); }
thead th.attribute { font-weight: bold; color: inherit; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .number { white-space: pre-line; }
[sdnum] { mso-number-format: "\\@"; }
td[style] { background: hsl(205 var(--shade-depth) calc(var(--shade-from) + var(--heat) * var(--shade-by))); }
.total { font-weight: bold; }
tfoot th, tfoot td { border-top: 2px solid var(--ink); border-bottom: none; font-weight: bold; }
"""
_PAGE = """
@page { size: A4 landscape; margin: 15mm; }
body { margin: 1.5rem; background: var(--ground); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
@media print { body { margin: 0; font-size: 9pt; } }
"""
# Even if a reader's own tool put something into the file, the browser would neither run nor fetch it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# LibreOffice runs a cell of an HTML file that begins with `=`, unless its number format is that of text.
_LITERAL = ' sdnum="1033;0;@"'


def to_html(grid: Grid, *, heat: bool = True, lang: str = "en") -> str:
    """Return the table as an HTML page in the language `lang`; write it as UTF-8."""
    return page(grid.title, table(grid, heat=heat), style=SCHEMES + TABLES + _PAGE, lang=lang)


def page(title: str, body: str, *, style: str, lang: str) -> str:
    """Return a whole HTML file around a body that is marked up already."""
    return f"""<!DOCTYPE html>
<html lang="{escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def table(grid: Grid, *, heat: bool = True) -> str:
    """Return the table alone, with title and rule as its caption; its looks are in `SCHEMES` and `TABLES`."""
    highest = grid.highest if heat else 0
    body = "\n".join(_row(row, grid.columns, highest=highest) for row in grid.rows)
    foot = "" if grid.totals is None else f"<tfoot>\n{_totals(grid.totals, grid.columns)}\n</tfoot>\n"
    rule = f"<span>{_text(grid.rule)}</span>" if grid.rule else ""
    return f"""<table>
<caption><strong dir="auto">{_text(grid.title)}</strong>{rule}</caption>
<thead>
{_head(grid)}
</thead>
<tbody>
{body}
</tbody>
{foot}</table>"""


def _head(grid: Grid) -> str:
    cells = []
    for position, column in enumerate(grid.columns):
        figures = any(is_number(row[position]) for row in grid.rows)
        names = _classes(column, number=figures)
        literal = _LITERAL if guarded(column.label) != column.label else ""
        cells.append(f'<th scope="col"{names} dir="auto"{literal}>{_text(column.label)}</th>')
    return f"<tr>{''.join(cells)}</tr>"


def _row(values: tuple[Value, ...], columns: tuple[Column, ...], *, highest: float) -> str:
    cells = []
    for value, column in zip(values, columns, strict=True):
        text = "" if is_blank(value, column) else shown(value, column)
        cells.append(_cell(text, value, column, _heat(value, column, highest)))
    return f"<tr>{''.join(cells)}</tr>"


def _totals(values: tuple[Value, ...], columns: tuple[Column, ...]) -> str:
    # A zero among the totals is told: it is the sum of a column of empty cells.
    cells = [_cell(shown(value, column), value, column) for value, column in zip(values, columns, strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(text: str, value: Value, column: Column, heat: str = "") -> str:
    names = _classes(column, number=is_number(value))
    direction = ' dir="auto"' if isinstance(value, str) else ""
    if isinstance(value, str) and guarded(text) != text:
        direction += _LITERAL
    if column.is_header:
        return f'<th scope="row"{names}{direction}>{escape(text)}</th>'
    return f"<td{names}{direction}{heat}>{escape(text)}</td>"


def _heat(value: Value, column: Column, highest: float) -> str:
    if column.kind is not ColumnKind.VALUE or not isinstance(value, int | float) or value <= 0 or highest <= 0:
        return ""
    return f' style="--heat: {value / highest:.3f}"'


def _classes(column: Column, *, number: bool) -> str:
    names = [column.kind.value] * (column.kind in (ColumnKind.ATTRIBUTE, ColumnKind.TOTAL)) + ["number"] * number
    return f' class="{" ".join(names)}"' if names else ""


def _text(text: str) -> str:
    return escape(printable(text))
