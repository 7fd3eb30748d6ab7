"""A sheet read from outside: header and rows as text, with the checks that every kind of sheet goes through."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kamcoder.domain.errors import ImportRefused, InvalidInput, Notice
from kamcoder.formats.decoding import normalise

MOST_CELLS = 1_000_000
MOST_ROWS = 1_048_576  # what spreadsheet programs have; a workbook may claim any number
_MOST_LISTED = 8  # rows or cells named in a notice


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: every row has a cell for each header; `row_numbers` are those of the file, counted from 1."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    notices: tuple[Notice, ...] = ()

    def column(self, header: str) -> list[str]:
        """Return the cells below a header, upper or lower case; raise InvalidInput if there is no such column."""
        wanted = header.casefold()
        for position, found in enumerate(self.header):
            if found.casefold() == wanted:
                return [row[position] for row in self.rows]
        raise InvalidInput("sheet_column_missing", file=self.name, column=header, columns=", ".join(self.header))

    def records(self) -> list[dict[str, str]]:
        """Return each row by header in lower case (case-folded)."""
        keys = [header.casefold() for header in self.header]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def assemble(
    rows: Iterable[tuple[int, Sequence[str]]], *, name: str, notices: Iterable[Notice] = (), ragged: bool = False
) -> Sheet:
    """Make a sheet of numbered rows: the first filled row is the header; empty rows and columns are left out.

    With `ragged`, rows shorter than the header are told. Raise ImportRefused, naming the file `name`, if nothing is in
    it, if a column with text has no header, if a header stands twice, or if it is larger than any sheet of a study.
    """
    filled = list(_filled(rows, name))
    if not filled:
        raise ImportRefused("sheet_empty", name=name)
    header_row, labels = filled.pop(0)
    width = max(len(labels), *(len(cells) for _, cells in filled), 0)
    header = [" ".join(label.split()) for label in labels] + [""] * (width - len(labels))
    padded = [cells + [""] * (width - len(cells)) for _, cells in filled]
    kept = [place for place in range(width) if header[place] or any(cells[place] for cells in padded)]
    _check_header(header, kept, row=header_row, name=name)
    named = max(kept) + 1
    short = [str(number) for number, cells in filled if len(cells) < named] if ragged else []
    found = [Notice("sheet_rows_short", {"name": name, "count": len(short), "rows": listed(short)})] if short else []
    return Sheet(
        name=name,
        header=tuple(header[place] for place in kept),
        rows=tuple(tuple(cells[place] for place in kept) for cells in padded),
        row_numbers=tuple(number for number, _ in filled),
        notices=(*notices, *found),
    )


def check_size(cells: int, row: int, *, name: str) -> None:
    """Raise ImportRefused if this many cells, or a row of this number, is more than a sheet of a study has."""
    if cells > MOST_CELLS or row > MOST_ROWS:
        raise ImportRefused("sheet_too_many_cells", name=name, limit=MOST_CELLS)


def letters(position: int) -> str:
    """Return the name a spreadsheet gives to the column at a position counted from 0: A to Z, then AA."""
    name = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def listed(places: Sequence[str]) -> str:
    """Return rows or cells for a sentence, the first few where there are many."""
    return ", ".join(places[:_MOST_LISTED]) + (" …" if len(places) > _MOST_LISTED else "")


def _filled(rows: Iterable[tuple[int, Sequence[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with text in them, in the shape that documents have too."""
    seen = 0
    for number, cells in rows:
        seen += len(cells)
        check_size(seen, number, name=name)
        texts = [normalise(cell).text.strip() if cell else "" for cell in cells]
        if any(texts):
            yield number, texts


def _check_header(header: list[str], kept: list[int], *, row: int, name: str) -> None:
    places: dict[str, int] = {}
    for place in kept:
        if not header[place]:
            raise ImportRefused("sheet_header_empty", name=name, column=letters(place), row=row)
        first = places.setdefault(header[place].casefold(), place)
        if first != place:
            raise ImportRefused(
                "sheet_header_twice", name=name, header=header[place], first=letters(first), column=letters(place)
            )
