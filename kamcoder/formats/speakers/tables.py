"""Transcripts in tables: which column says who, which says when, and which holds the speech.

Columns are known by what they hold: times, a few names that come again and again, running numbers, and the speech,
which is the rest. A row that does not fit (the captions above the columns) is left as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kamcoder.domain.transcript import ParagraphKind
from kamcoder.formats.speakers import labels, words
from kamcoder.formats.speakers.leads import Form, Lead, Line
from kamcoder.formats.speakers.times import is_time, seconds

_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Columns:
    who: int
    when: int | None
    running: int | None
    speech: tuple[int, ...]


def table_leads(lines: Sequence[Line]) -> dict[int, Lead]:
    """Return the rows of tables that are speech, by position in `lines`; the label is "" where nobody is named."""
    tables: dict[int, list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        if line.kind is ParagraphKind.TABLE_ROW and len(line.paragraph.cells) >= 2:
            tables[len(line.paragraph.cells)].append(position)
    found: dict[int, Lead] = {}
    for rows in tables.values():
        columns = _columns([lines[row].paragraph.cells for row in rows])
        if columns is not None:
            found.update(_filled((row, _lead(lines[row].paragraph.cells, columns)) for row in rows))
    return found


def _filled(rows: Iterable[tuple[int, Lead | None]]) -> Iterator[tuple[int, Lead]]:
    """Yield the rows that are speech; where nobody is named the one above goes on."""
    above: Lead | None = None
    for row, lead in rows:
        if lead is not None and not lead.label and above is not None:
            lead = replace(lead, label=above.label, key=above.key)
        if lead is not None:
            above = lead
            yield row, lead


def _columns(rows: Sequence[tuple[str, ...]]) -> _Columns | None:
    body = [row for row in rows if not _is_caption(row)]
    if len(body) < _FEWEST_ROWS:
        return None
    width = len(body[0])
    by_column = [[row[column].strip() for row in body] for column in range(width)]
    when = next((column for column in range(width) if _share(by_column[column], is_time) >= 0.6), None)
    running = next((column for column in range(width) if _is_running(by_column[column])), None)
    rest = [column for column in range(width) if column not in (when, running)]
    who = next((column for column in rest if _names(by_column[column])), None)
    speech = tuple(column for column in rest if column != who)
    return _Columns(who, when, running, speech) if who is not None and speech else None


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _is_running(cells: Sequence[str]) -> bool:
    numbers = [int(cell.rstrip(".")) for cell in cells if cell.rstrip(".").isdecimal()]
    return len(numbers) >= 0.8 * len(cells) and all(later > earlier for earlier, later in pairwise(numbers))


def _names(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    plausible = [labels.key_of(cell) for cell in filled if labels.is_plausible(cell.rstrip(":"))]
    counts = Counter(plausible)
    return (
        len(filled) >= 0.4 * len(cells)
        and len(plausible) >= 0.8 * len(filled)
        and len(counts) <= max(2, len(plausible) // 2)
    )


def _is_caption(row: Sequence[str]) -> bool:
    cells = [cell.strip().casefold().rstrip(":") for cell in row if cell.strip()]
    return bool(cells) and all(_is_caption_cell(cell) for cell in cells)


def _is_caption_cell(cell: str) -> bool:
    return all(word in words.CAPTION_WORDS for word in cell.split())


def _lead(cells: tuple[str, ...], columns: _Columns) -> Lead | None:
    if _is_caption(cells):
        return None
    label = cells[columns.who].strip().rstrip(":：").rstrip()
    if label and not labels.is_plausible(label):
        return None
    time = seconds(cells[columns.when]) if columns.when is not None else None
    spoken = "\t".join(cells[column].strip() for column in columns.speech if cells[column].strip())
    when = cells[columns.when].strip() if columns.when is not None else ""
    running = cells[columns.running].strip() if columns.running is not None else ""
    # What is no time in the column of times, and no number in that of numbers, is content: nothing may be lost.
    if (when and not is_time(when)) or (running and not running.rstrip(".").isdecimal()):
        return None
    return Lead(Form.TABLE, label, spoken, labels.key_of(label), time)
