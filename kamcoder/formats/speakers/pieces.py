"""From lines and a layout to pieces of text, each with its speaker and time; nothing of the lines gets lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kamcoder.domain.transcript import ParagraphKind
from kamcoder.formats.speakers.layouts import Layout
from kamcoder.formats.speakers.leads import Form, Lead, Line, find_leads
from kamcoder.formats.speakers.times import TimeStamps, is_time, seconds

_REGULAR = 3
_FOOTER = re.compile(r"\s*transcribed by\s+(?:https?://)?(?:www\.)?otter\.ai/?\s*\.?\s*", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"\s*(\d{1,5})[ \t\u00a0]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one speaker (by name; None for text that nobody says).

    `time` is the first time that stands with it, `number` that of a question in its label; `opens` tells that a new
    turn begins even if nobody else spoke. `start` and `end` are those of a subtitle cue.
    """

    speaker: str | None
    text: str
    time: float | None = None
    number: str | None = None
    opens: bool = False
    is_cue: bool = False
    start: float | None = None
    end: float | None = None


def is_footer(line: Line) -> bool:
    """Tell whether a line is the advertisement that a transcription service puts under its files."""
    return len(line.text) < 80 and _FOOTER.fullmatch(line.text) is not None


def without_line_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Take numbers off the lines (`12 Interviewer: …`) if they rise throughout; else return `lines` as they are."""
    numbered: dict[int, tuple[int, str]] = {}
    for position, line in enumerate(lines):
        found = _LINE_NUMBER.match(line.text)
        if found is not None:
            numbered[position] = int(found.group(1)), line.text[found.end() :]
    if len(numbered) < _REGULAR:
        return lines
    numbers = [number for number, _ in numbered.values()]
    rising = sum(later > earlier for earlier, later in pairwise(numbers))
    bare = [replace(lines[position], text=text) for position, (_, text) in numbered.items()]
    led = sum(any(lead.form is Form.COLON for lead in find_leads(line)) for line in bare)
    unnumbered = sum(
        any(lead.form is Form.COLON and not lead.weak for lead in find_leads(line))
        for position, line in enumerate(lines)
        if position not in numbered
    )
    if rising < 0.95 * (len(numbers) - 1) or led < max(_REGULAR, 4 * unnumbered):
        return lines
    everywhere = len(numbered) >= 0.8 * len(lines)
    return [
        replace(line, text=numbered[position][1])
        if position in numbered and (everywhere or find_leads(replace(line, text=numbered[position][1])))
        else line
        for position, line in enumerate(lines)
    ]


def spoken_pieces(lines: Sequence[Line], layout: Layout, names: Mapping[str, str]) -> Iterator[Piece]:
    """Yield the pieces of a transcript with speakers; `names` gives the speaker of each key of a lead."""
    stamps = TimeStamps.in_use(line.text for line in lines)
    lone = _lone_times(lines)
    speaker: str | None = None
    for position, line in enumerate(lines):
        lead = layout.leads.get(position)
        if lead is not None:
            speaker = names[lead.key]
            text, times = stamps.take_out(lead.text)
            time = lead.time if lead.time is not None else next(iter(times), None)
            yield _piece(line, speaker, text, time, lead.number)
        elif line.kind is ParagraphKind.HEADING or _is_caption(line, layout):
            yield Piece(None, line.text)
        elif position in lone:
            yield Piece(speaker, "", seconds(line.text))
        else:
            text, times = stamps.take_out(line.text)
            yield _piece(line, speaker, text, next(iter(times), None), None)


def _is_caption(line: Line, layout: Layout) -> bool:
    return layout.form is Form.TABLE and line.kind is ParagraphKind.TABLE_ROW


def _piece(line: Line, speaker: str | None, text: str, time: float | None, number: str | None) -> Piece:
    paragraph = line.paragraph
    is_cue = paragraph.kind is ParagraphKind.CUE
    if is_cue and time is None:
        time = paragraph.start
    return Piece(speaker, text, time, number, is_cue=is_cue, start=paragraph.start, end=paragraph.end)


def _lone_times(lines: Sequence[Line]) -> set[int]:
    found = {position for position, line in enumerate(lines) if ":" in line.text and is_time(line.text)}
    return found if len(found) >= _REGULAR else set()


def prose_pieces(lines: Sequence[Line], *, timed: bool) -> Iterator[Piece]:
    """Yield the pieces of a text without speakers; `timed` takes regular times out and lets a turn begin at each."""
    lone = _lone_times(lines) if timed else set()
    stamps = (
        TimeStamps.in_use(line.text for line in lines)
        if timed and _begins_with_times(lines)
        else TimeStamps(frozenset())
    )
    for position, line in enumerate(lines):
        if line.kind is ParagraphKind.CUE:
            yield _piece(line, None, _with_voice(line), None, None)
        elif position in lone:
            yield Piece(None, "", seconds(line.text), opens=True)
        else:
            text, times = stamps.take_out(line.text)
            yield Piece(None, text, next(iter(times), None), opens=bool(times))


def _begins_with_times(lines: Sequence[Line]) -> bool:
    begin = sum(line.text.lstrip()[:1] in ("[", "(", "<", "#") and bool(_stamp_first(line)) for line in lines)
    return begin >= max(_REGULAR, len(lines) // 10)


def _stamp_first(line: Line) -> bool:
    _, times = TimeStamps(frozenset("[(<#")).take_out(line.text.lstrip()[:40])
    return bool(times)


def _with_voice(line: Line) -> str:
    voice = (line.paragraph.voice or "").strip()
    return f"{voice}: {line.text}" if voice else line.text


def as_text(lines: Sequence[Line], position: int, lead: Lead) -> Line:
    """Return the line of a label that is no speaker after all, as it stands in the file."""
    line = lines[position]
    return replace(line, text=_with_voice(line) if lead.form is Form.VOICE else line.paragraph.text)
