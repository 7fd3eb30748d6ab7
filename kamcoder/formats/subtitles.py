"""WebVTT and SubRip: each cue is one paragraph or more, with its times and its voice.

The grammar is read here and not with a library: webvtt-py passes over a malformed cue without a word and knows one
voice a cue; pysubs2 takes comments and cue names for text and drops voices. A transcript may lose nothing silently.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind
from kamcoder.formats.assembly import Assembler, Tally, finish, stripped
from kamcoder.formats.decoding import decode, normalise
from kamcoder.formats.layout import starts_turn

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*--+>\s*{_TIME}(?:\s|$)", re.ASCII)
_ARROW = re.compile(r"--+>")
_CUE_NAME = re.compile(r"\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(/\d+-\d+)?|\d+-\d+", re.IGNORECASE)
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_MARKUP = re.compile(
    r"<(?P<close>/?)(?P<tag>v|c|i|b|u|s|ruby|rt|lang|font)(?:\.[^\s<>]*)?(?:[ \t]+(?P<value>[^<>]*))?>"
    r"|<\d[\d:.]*>"  # a time inside a cue
    r"|\{\\[^{}]*\}",  # a style of SubStation that leaked into SubRip
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-–—]\s")


@dataclass(slots=True)
class _Cue:
    """The times of a cue in seconds and the lines of its text as they stand in the file."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Cues:
    cues: list[_Cue] = field(default_factory=list)
    skipped: int = 0


class _SubtitleImporter:
    """What WebVTT and SubRip share; `orphans` tells whether text after an empty line still belongs to its cue."""

    key: ClassVar[str]
    orphans: ClassVar[bool]

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read the cues; raises ImportRefused for a file without any."""
        decoded = decode(data, name=name)
        cleaned = normalise(decoded.text)
        tally = Tally()
        tally.add(cleaned)
        found = _cues(cleaned.text.split("\n"), orphans=self.orphans)
        if not found.cues:
            raise ImportRefused("import_no_cues", name=name)
        skipped = (Notice("cues_skipped", {"count": found.skipped}),) if found.skipped else ()
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=[paragraph for cue in found.cues for paragraph in _paragraphs(cue)],
            encoding=decoded.encoding,
            notices=(*decoded.notices, *tally.notices, *skipped),
        )


class WebVttImporter(_SubtitleImporter):
    """Reads `.vtt`, as Teams, Zoom and most transcription services write it."""

    key: ClassVar[str] = "vtt"
    suffixes: ClassVar[tuple[str, ...]] = (".vtt",)
    orphans: ClassVar[bool] = False


class SubRipImporter(_SubtitleImporter):
    """Reads `.srt`, in which an empty line within a cue is common enough."""

    key: ClassVar[str] = "srt"
    suffixes: ClassVar[tuple[str, ...]] = (".srt",)
    orphans: ClassVar[bool] = True


def _cues(lines: list[str], *, orphans: bool) -> _Cues:
    found = _Cues()
    cue: _Cue | None = None  # the cue whose lines are being read; None between blocks
    skipping = not orphans and bool(lines) and lines[0].startswith("WEBVTT")
    for position, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing:
            cue, skipping = _Cue(_seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])), False
            cue.end = max(cue.start, cue.end)
            found.cues.append(cue)
        elif not line or line.isspace():
            cue, skipping = (cue if orphans else None), False
        elif skipping or _names_next_cue(lines, position, first=cue is None or not lines[position - 1]):
            continue
        elif _ARROW.search(line) or (cue is None and not _BLOCK.match(line)):
            # A cue with unreadable times, or text that belongs to none: the whole block goes, and is counted.
            found.skipped += 1
            cue, skipping = None, True
        elif cue is None:
            skipping = True
        else:
            cue.lines.append(line)
    return found


def _names_next_cue(lines: list[str], position: int, *, first: bool) -> bool:
    """Tell whether a line is the name of the cue whose times follow: any text in its place, or a number or GUID."""
    following = lines[position + 1] if position + 1 < len(lines) else ""
    return _ARROW.search(following) is not None and (first or _CUE_NAME.fullmatch(lines[position].strip()) is not None)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, decimals = parts
    # Summed in milliseconds: a sum of decimal fractions would show its rounding.
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return (whole * 1000 + int((decimals or "0").ljust(3, "0"))) / 1000


def _paragraphs(cue: _Cue) -> Iterator[Paragraph]:
    """Give the paragraphs of a cue: a new one where the voice changes and where a line begins with a name or a dash."""
    assembler, voice, bold = Assembler(), None, False
    for position, line in enumerate(cue.lines):
        if position:
            if _DASH.match(line) or starts_turn(_MARKUP.sub("", line)):
                yield from _finished(assembler, cue, voice)
            else:
                assembler.add(" ", bold=bold)
        read = 0
        for markup in _MARKUP.finditer(line):
            assembler.add(html.unescape(line[read : markup.start()]), bold=bold)
            read = markup.end()
            tag = (markup["tag"] or "").lower()
            if tag == "v":
                yield from _finished(assembler, cue, voice)
                voice = None if markup["close"] else _voice_name(markup["value"])
            elif tag == "b":
                bold = not markup["close"]
        assembler.add(html.unescape(line[read:]), bold=bold)
    yield from _finished(assembler, cue, voice)


def _voice_name(value: str | None) -> str | None:
    return " ".join(html.unescape(value or "").split()) or None


def _finished(assembler: Assembler, cue: _Cue, voice: str | None) -> Iterator[Paragraph]:
    assembler.end_if_begun(ParagraphKind.CUE)
    for each in assembler.paragraphs:
        yield replace(stripped(each), start=cue.start, end=cue.end, voice=voice)
    assembler.paragraphs.clear()
