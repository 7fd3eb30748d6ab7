"""Whether labelled stretches of text are an interview at all.

The rules: voices change, most words are inside turns, no turn is most of the file, somebody asks, and somebody does
more than ask. Where the file itself says who speaks and when (cues, times), questions need not be seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.transcript import ParagraphKind
from kamcoder.formats.speakers import labels
from kamcoder.formats.speakers.leads import Form, Lead, Line

_FEWEST_TURNS = 3
_ALTERNATION = 0.5
_ALTERNATION_OF_KNOWN_ROLES = 0.15
_INSIDE = 0.5
_LARGEST_TURN = 0.6
_TURNS_FOR_LARGEST = 8
_ASKING = 0.2
_ONLY_ASKING = 0.6
_LEAST_ANSWERED = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is said from one label to the next: its speaker, its number of words, and whether it asks something."""

    key: str
    label: str
    words: int
    asks: bool


@dataclass(frozen=True, slots=True)
class _Voice:
    role: SpeakerRole | None
    stretches: int
    words: int
    asking: float


def is_interview(stretches: Sequence[Stretch], form: Form, leads: Mapping[int, Lead], lines: Sequence[Line]) -> bool:
    """Tell whether the stretches are turns of two speakers or more."""
    voices = _voices(stretches)
    if len(voices) < 2:
        return False
    if form is Form.VOICE:
        return True
    roles = {voice.role for voice in voices.values()}
    known = {SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE} <= roles
    turns = 1 + sum(later.key != earlier.key for earlier, later in pairwise(stretches))
    if turns < (2 if known else _FEWEST_TURNS) or not _covers(leads, lines):
        return False
    if _is_marked(form, leads, lines):
        return True
    total = sum(stretch.words for stretch in stretches)
    if len(stretches) >= _TURNS_FOR_LARGEST and max(stretch.words for stretch in stretches) > _LARGEST_TURN * total:
        return False
    least = _ALTERNATION_OF_KNOWN_ROLES if known else _ALTERNATION
    if len(stretches) > 2 and (turns - 1) / (len(stretches) - 1) < least:
        return False
    return _asks_and_answers(voices, SpeakerRole.INTERVIEWER in roles)


def is_monologue(stretches: Sequence[Stretch], form: Form, leads: Mapping[int, Lead], lines: Sequence[Line]) -> bool:
    """Tell whether the stretches are the turns of one speaker who is named as speakers are."""
    if form is Form.VOICE:
        return True
    if not _covers(leads, lines):
        return False
    if _is_marked(form, leads, lines):
        return len(stretches) > 1
    role = labels.role_of(stretches[0].label)
    return form is Form.COLON and role is not None and len(stretches[0].key) > 1 and len(stretches) > 1


def _voices(stretches: Sequence[Stretch]) -> dict[str, _Voice]:
    gathered: dict[str, list[Stretch]] = {}
    for stretch in stretches:
        gathered.setdefault(stretch.key, []).append(stretch)
    return {
        key: _Voice(
            labels.role_of(said[0].label),
            len(said),
            sum(stretch.words for stretch in said),
            sum(stretch.asks for stretch in said) / len(said),
        )
        for key, said in gathered.items()
    }


def _covers(leads: Mapping[int, Lead], lines: Sequence[Line]) -> bool:
    first = min(leads)
    inside = sum(line.words for line in lines[first:])
    return inside >= _INSIDE * (inside + sum(line.words for line in lines[:first]))


def _is_marked(form: Form, leads: Mapping[int, Lead], lines: Sequence[Line]) -> bool:
    """Tell whether the file itself shows that this is recorded speech."""
    timed = sum(lead.time is not None for lead in leads.values())
    return timed >= 0.8 * len(leads) or all(lines[position].kind is ParagraphKind.CUE for position in leads)


def _asks_and_answers(voices: Mapping[str, _Voice], interviewer_known: bool) -> bool:
    asked = max(voice.asking for voice in voices.values())
    if asked < _ASKING and not interviewer_known:
        return False
    asking = [voice for voice in voices.values() if _is_asking(voice)]
    others = [voice for voice in voices.values() if not _is_asking(voice)]
    if not others:
        return False
    return sum(voice.words for voice in others) >= _LEAST_ANSWERED * sum(voice.words for voice in asking)


def _is_asking(voice: _Voice) -> bool:
    if voice.role is not None:
        return voice.role is SpeakerRole.INTERVIEWER
    return voice.asking >= _ONLY_ASKING
