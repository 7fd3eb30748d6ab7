"""The block of particulars above an interview ("Date: …", "Interviewer: Jan Smit"), whose keys are no speakers."""

from collections.abc import Mapping, Sequence

from kamcoder.domain.document import SpeakerRole
from kamcoder.formats.speakers import labels, words
from kamcoder.formats.speakers.leads import Lead, Line

_TALLEST = 20
_WIDEST = 25
_SHORT = 6
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？")


def particulars_end(lines: Sequence[Line], leads: Mapping[int, Lead]) -> int:
    """Return how many paragraphs at the top belong to the block of particulars (0 if there is none)."""
    end = 0
    for position, line in enumerate(lines[:_TALLEST]):
        head, colon, value = line.text.partition(":")
        parts = head.casefold().split()
        if colon and 0 < len(parts) <= 4 and (parts[0] in words.PARTICULARS or parts[-1] in words.PARTICULARS):
            end = position + 1
        elif line.words > _WIDEST or line.text.rstrip().endswith("?") or (colon and _is_speech(value)):
            break
    if end == 0:
        end = _names_on_top(lines, leads) or _name_on_top(lines, leads)
    while 0 < end < len(lines) and _continues(lines[end], leads.get(end)):
        end += 1
    return end


def _continues(line: Line, lead: Lead | None) -> bool:
    return lead is not None and lead.time is None and not line.paragraph.gap_before and _is_value(lead.text)


def _is_value(text: str) -> bool:
    text = text.strip()
    return bool(text) and len(text.split()) <= _SHORT and not text.endswith(_SENTENCE_ENDS)


def _is_speech(text: str) -> bool:
    return bool(text.strip()) and not _is_value(text)


def _names_on_top(lines: Sequence[Line], leads: Mapping[int, Lead]) -> int:
    """Find "Interviewer: Jan Smit" and "Respondent: Anna Peeters" standing together before the speech."""
    run = sorted(position for position in leads if position < _TALLEST)[:2]
    if len(run) < 2 or run[1] != run[0] + 1:
        return 0
    first, second = leads[run[0]], leads[run[1]]
    if first.key == second.key or first.time is not None:
        return 0
    named = all(len(lead.text.split()) >= 2 and labels.is_plausible(lead.text) for lead in (first, second))
    roles = {labels.role_of(first.label), labels.role_of(second.label)}
    return run[1] + 1 if named and roles == {SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE} else 0


def _name_on_top(lines: Sequence[Line], leads: Mapping[int, Lead]) -> int:
    """Find a single "Interviewee: Board member; 12 years in retail" apart from speech in which nobody is called so."""
    first = min(leads, default=_TALLEST)
    if first >= _TALLEST or first + 1 >= len(lines) or not lines[first + 1].paragraph.gap_before:
        return 0
    lead = leads[first]
    text = lead.text.strip()
    told = labels.role_of(lead.label) is not None and text and not text.endswith(_SENTENCE_ENDS)
    alone = sum(other.key == lead.key for other in leads.values()) == 1
    return first + 1 if told and alone and lead.time is None and len(text.split()) <= 2 * _SHORT else 0


def named_roles(lines: Sequence[Line], end: int) -> dict[str, SpeakerRole]:
    """Return the roles that the particulars give away, by label key: full name, first name and initials."""
    found: dict[str, SpeakerRole] = {}
    for line in lines[:end]:
        head, colon, value = line.text.partition(":")
        role = labels.role_of(head) if colon and labels.is_plausible(head) else None
        name = labels.without_brackets(value.strip())
        if role is None or not labels.is_plausible(name):
            continue
        parts = name.split()
        initials = "".join(part[0] for part in parts)
        for key in (name, parts[0], initials):
            found.setdefault(labels.key_of(key), role)
    return found
