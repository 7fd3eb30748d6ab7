"""Blocks of cells as the tab-separated text that spreadsheet programs put on the clipboard and take from it."""

import re
from collections.abc import Sequence

from kamcoder.formats.formulas import guarded, unguarded

MOST_CELLS = 200_000
_SPECIAL = re.compile("[\t\n\r]")
# What a cell must not hold: it would end the text somewhere else, or is no character at all.
_UNWANTED = re.compile("[\x00\ud800-\udfff]")


def parse(text: str) -> list[list[str]]:
    """Return the rows of a block, each as long as the longest; a trailing line end makes no row.

    A cell is taken as quoted only if its quotation marks enclose the whole of it, as spreadsheets write cells of
    several lines; `5" pipe` and `"so-called" teams` are taken as they are.
    """
    clean = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).removesuffix("\n")
    if not clean:
        return []
    rows: list[list[str]] = [[]]
    position = 0
    while True:
        cell, position = _cell(clean, position)
        rows[-1].append(unguarded(cell.strip()))
        if position >= len(clean):
            break
        if clean[position] == "\n":
            rows.append([])
        position += 1
        if position == len(clean):
            rows[-1].append("")
            break
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def write(rows: Sequence[Sequence[str]], *, plain: Sequence[bool] = ()) -> str:
    """Return cells as a block; text that a spreadsheet would run is guarded, except in `plain` columns (numbers)."""
    lines = []
    for row in rows:
        cells = (cell if column < len(plain) and plain[column] else guarded(cell) for column, cell in enumerate(row))
        lines.append("\t".join(map(_quoted, cells)))
    return "\n".join(lines)


def _quoted(cell: str) -> str:
    if _SPECIAL.search(cell) or (len(cell) > 1 and cell.startswith('"') and cell.endswith('"')):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(text: str, start: int) -> tuple[str, int]:
    """Return the cell that begins at `start`, and where it ends."""
    if text.startswith('"', start):
        end = _closing(text, start + 1)
        if end is not None and (end + 1 == len(text) or text[end + 1] in "\t\n"):
            return text[start + 1 : end].replace('""', '"'), end + 1
    ends = [place for place in (text.find("\t", start), text.find("\n", start)) if place >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _closing(text: str, start: int) -> int | None:
    """Return the place of the quotation mark that ends a quoted cell."""
    place = text.find('"', start)
    while place >= 0 and text.startswith('""', place):
        place = text.find('"', place + 2)
    return place if place >= 0 else None
