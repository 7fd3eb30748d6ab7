"""From what a format reader extracted to a transcript: the way through this package from end to end."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.errors import Notice
from kamcoder.domain.transcript import Extracted, GuideQuestion, SpeakerDraft, Transcript, TurnDraft, TurnOptions
from kamcoder.formats.speakers import labels
from kamcoder.formats.speakers.asking import asks
from kamcoder.formats.speakers.assembling import Block, gather
from kamcoder.formats.speakers.front_matter import named_roles
from kamcoder.formats.speakers.layouts import Layout, choose_layout
from kamcoder.formats.speakers.leads import Line
from kamcoder.formats.speakers.pieces import as_text, is_footer, prose_pieces, spoken_pieces, without_line_numbers
from kamcoder.formats.speakers.questions import Utterance, number_turns
from kamcoder.formats.speakers.roles import Casting, Share, cast
from kamcoder.formats.speakers.voices import Voices, gather_voices, is_excluded

_KINDS = {SpeakerRole.INTERVIEWER: TurnKind.QUESTION, SpeakerRole.INTERVIEWEE: TurnKind.ANSWER}
_DEFAULTS = TurnOptions()


def read_transcript(
    extracted: Extracted, *, guide: Sequence[GuideQuestion] = (), options: TurnOptions = _DEFAULTS
) -> Transcript:
    """Find the speakers, turns, times and guide questions of an extracted file.

    The text keeps every paragraph in order, without the labels and times that became structure. A file that is no
    interview becomes one turn of kind NOTE. Nothing raises: what is doubtful is told in `notices`.
    """
    lines, notices = _lines(extracted)
    numberless = without_line_numbers(lines)
    layout = choose_layout(numberless) if options.structured else None
    if layout is not None:
        layout, numberless = _corrected(layout, numberless, options)
    if layout is None or not layout.leads:
        if options.structured:
            notices.append(Notice("no_speakers"))
        return _prose(lines, notices, timed=options.structured)
    return _spoken(numberless, layout, guide, options, notices)


def _lines(extracted: Extracted) -> tuple[list[Line], list[Notice]]:
    paragraphs = (
        replace(paragraph, text=part, bold=()) if "\n" in paragraph.text else paragraph
        for paragraph in extracted.paragraphs
        for part in (paragraph.text.split("\n") if "\n" in paragraph.text else (paragraph.text,))
    )
    lines = [Line.of(paragraph) for paragraph in paragraphs if paragraph.text.strip()]
    kept = [line for line in lines if not is_footer(line)]
    footers = len(lines) - len(kept)
    return kept, [Notice("otter_footer", {"count": footers})] if footers else []


def _corrected(layout: Layout, lines: Sequence[Line], options: TurnOptions) -> tuple[Layout, Sequence[Line]]:
    """Turn the labels that are no speakers back into text."""
    excluded = frozenset(labels.key_of(label) for label in options.not_speakers)
    refused = {position: lead for position, lead in layout.leads.items() if is_excluded(lead, excluded)}
    if not refused:
        return layout, lines
    corrected = list(lines)
    for position, lead in refused.items():
        corrected[position] = as_text(lines, position, lead)
    return replace(layout, leads={p: lead for p, lead in layout.leads.items() if p not in refused}), corrected


def _prose(lines: Sequence[Line], notices: list[Notice], *, timed: bool) -> Transcript:
    blocks = gather(prose_pieces(lines, timed=timed))
    drafts = [TurnDraft(start, end, TurnKind.NOTE, time=block.time) for block, start, end in _placed(blocks)]
    return Transcript(_text(blocks), (), tuple(drafts), tuple(notices))


def _spoken(
    lines: Sequence[Line], layout: Layout, guide: Sequence[GuideQuestion], options: TurnOptions, notices: list[Notice]
) -> Transcript:
    voices = gather_voices((layout.leads[position] for position in sorted(layout.leads)), options)
    blocks = gather(spoken_pieces(lines, layout, voices.names))
    shares = _shares(blocks, voices)
    hints = voices.roles_by_name(named_roles(lines, layout.front))
    casting = cast(shares, voices.roles_by_name(options.roles), hints)
    speakers = tuple(
        SpeakerDraft(name, casting.roles[name], tuple(voices.by_name[name].labels), share.turns)
        for name, share in shares.items()
    )
    kinds = [
        TurnKind.NOTE if block.speaker is None else _KINDS.get(casting.roles[block.speaker], TurnKind.NOTE)
        for block in blocks
    ]
    utterances = [
        Utterance(kind, "\n".join(block.paragraphs) if kind is TurnKind.QUESTION else "", block.number)
        for block, kind in zip(blocks, kinds, strict=True)
    ]
    numbers = number_turns(utterances, guide)
    turns = tuple(
        TurnDraft(start, end, kind, block.speaker, number, block.time)
        for (block, start, end), kind, number in zip(_placed(blocks), kinds, numbers, strict=True)
    )
    notices.extend(_notices(blocks, shares, casting, layout))
    return Transcript(_text(blocks), speakers, turns, tuple(notices))


def _shares(blocks: Sequence[Block], voices: Voices) -> dict[str, Share]:
    # Somebody whose label stands before nothing is a speaker without turns: the label must not get lost.
    said: dict[str, list[Block]] = {name: [] for name in voices.by_name}
    for block in blocks:
        if block.speaker is not None:
            said[block.speaker].append(block)
    return {
        name: Share(
            voices.telling_label(name),
            len(turns),
            sum(len(paragraph.split()) for turn in turns for paragraph in turn.paragraphs),
            sum(any(asks(paragraph) for paragraph in turn.paragraphs) for turn in turns),
        )
        for name, turns in said.items()
    }


def _notices(blocks: Sequence[Block], shares: dict[str, Share], casting: Casting, layout: Layout) -> list[Notice]:
    notices = []
    speaking = [name for name, share in shares.items() if share.turns]
    if len(speaking) == 1:
        notices.append(Notice("one_speaker_only", {"speaker": speaking[0]}))
    if casting.uncertain is not None:
        notices.append(Notice("roles_uncertain", {"speaker": casting.uncertain}))
    times = [block.time for block in blocks if block.time is not None]
    falling = sum(later < earlier for earlier, later in pairwise(times))
    if falling:
        notices.append(Notice("times_not_rising", {"count": falling}))
    if layout.unused:
        notices.append(
            Notice("labels_left_as_text", {"count": len(layout.unused), "labels": ", ".join(layout.unused[:5])})
        )
    return notices


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(paragraph for block in blocks for paragraph in block.paragraphs)


def _placed(blocks: Sequence[Block]) -> list[tuple[Block, int, int]]:
    placed = []
    start = 0
    for block in blocks:
        end = start + sum(map(len, block.paragraphs)) + len(block.paragraphs) - 1
        placed.append((block, start, end))
        start = end + 1
    return placed
