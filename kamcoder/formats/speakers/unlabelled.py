"""Interviews in which one side, or both, have no label: bold questions, numbered questions, dashes.

The side without a label gets an invented one, so that it can be corrected like any other.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.transcript import ParagraphKind
from kamcoder.formats.speakers import labels
from kamcoder.formats.speakers.asking import asks
from kamcoder.formats.speakers.leads import Form, Lead, Line, is_wholly_bold

ASKER = "Interviewer"
ANSWERER = "Interviewee"

_DASH = re.compile(r"\s*[-–—•]\s+")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+\S")
_FEWEST_QUESTIONS = 3
_FEWEST_DASHES = 6
_FOLLOW_UP_WORDS = 12
_HEADING_WORDS = 3
_ANSWERED = 0.7
_SENTENCE_ENDS = (".", "?", "!", "…", "？", "。")


def answers_without_label(lines: Sequence[Line], leads: Mapping[int, Lead]) -> dict[int, Lead]:
    """Complete the leads of an interviewer with those of the unlabelled answers; empty if there is no such pattern."""
    starts = sorted(leads)
    only = leads[starts[0]]
    asking = sum(asks(lead.text) for lead in leads.values())
    if labels.role_of(only.label) is not SpeakerRole.INTERVIEWER and asking < 0.6 * len(leads):
        return {}
    completed = dict(leads)
    answered = 0
    for start, end in pairwise([*starts, len(lines)]):
        inside = list(_answers(lines, leads[start], range(start + 1, end)))
        answered += any(lead.key != only.key for _, lead in inside)
        completed.update(inside)
    return completed if answered >= _ANSWERED * len(starts) else {}


def _answers(lines: Sequence[Line], asker: Lead, positions: range) -> Iterator[tuple[int, Lead]]:
    """Yield the changes of voice between one labelled question and the next."""
    asked = bool(asker.text)
    answering = False
    for position in positions:
        line = lines[position]
        if line.kind in (ParagraphKind.HEADING, ParagraphKind.FOOTNOTE):
            continue
        follow_up = asks(line.text) and (line.words <= _FOLLOW_UP_WORDS or is_wholly_bold(line))
        if not asked or (follow_up and answering):
            asked, answering = True, False
            yield position, Lead(Form.QUESTIONS, asker.label, line.text, asker.key)
        elif not answering and not follow_up:
            answering = True
            yield position, _lead(Form.QUESTIONS, ANSWERER, line.text)


def questions_set_apart(lines: Sequence[Line]) -> dict[int, Lead]:
    """Read bold, numbered or listed questions with plain answers between them; empty if there are none."""
    running = _running_numbers(lines)
    ways: tuple[Callable[[int, Line], bool], ...] = (
        lambda _, line: line.kind is not ParagraphKind.HEADING and is_wholly_bold(line),
        lambda _, line: line.kind is ParagraphKind.HEADING and asks(line.text),
        lambda position, _: position in running,
        lambda _, line: line.kind is ParagraphKind.LIST_ITEM and asks(line.text),
    )
    for is_question in ways:
        questions = {position for position, line in enumerate(lines) if is_question(position, line)}
        leads = _around(lines, questions)
        if leads:
            return leads
    return {}


def _around(lines: Sequence[Line], questions: set[int]) -> dict[int, Lead]:
    asking = sorted(position for position in questions if asks(lines[position].text))
    if len(asking) < _FEWEST_QUESTIONS:
        return {}
    # Titles are set apart too: they are short or stand on top, and do not end as sentences do.
    questions = {
        position
        for position in questions
        if lines[position].text.rstrip().endswith(_SENTENCE_ENDS)
        or (position > asking[0] and lines[position].words > _HEADING_WORDS)
    }
    if 2 * len(asking) < len(questions):
        return {}
    leads: dict[int, Lead] = {}
    answering = False
    for position in range(min(questions), len(lines)):
        line = lines[position]
        if position in questions:
            answering = False
            leads[position] = _lead(Form.QUESTIONS, ASKER, line.text)
        elif not answering and line.kind not in (ParagraphKind.HEADING, ParagraphKind.FOOTNOTE):
            answering = True
            leads[position] = _lead(Form.QUESTIONS, ANSWERER, line.text)
    changes = sum(lead.label == ANSWERER for lead in leads.values())
    return leads if changes >= _FEWEST_QUESTIONS and changes >= _ANSWERED * _groups(questions) else {}


def _groups(positions: set[int]) -> int:
    return sum(position - 1 not in positions for position in positions)


def _running_numbers(lines: Sequence[Line]) -> set[int]:
    """Return the lines that carry on a count from 1."""
    found: set[int] = set()
    expected = 1
    for position, line in enumerate(lines):
        match = _NUMBER.match(line.text)
        if match and int(match.group(1)) == expected:
            found.add(position)
            expected += 1
    return found if len(found) >= _FEWEST_QUESTIONS else set()


def dashes(lines: Sequence[Line]) -> dict[int, Lead]:
    """Read lines that begin with a dash, if questions and answers alternate without exception."""
    marked = [position for position, line in enumerate(lines) if _is_dashed(line)]
    if len(marked) < _FEWEST_DASHES:
        return {}
    leads: dict[int, Lead] = {}
    for turn, position in enumerate(marked):
        text = lines[position].text
        if asks(text) is not (turn % 2 == 0):
            return {}
        leads[position] = _lead(Form.DASH, ASKER if turn % 2 == 0 else ANSWERER, _DASH.sub("", text, count=1))
    return leads


def _is_dashed(line: Line) -> bool:
    return line.kind is ParagraphKind.LIST_ITEM or _DASH.match(line.text) is not None


def _lead(form: Form, label: str, text: str) -> Lead:
    return Lead(form, label, text.strip(), labels.key_of(label))
