"""Words, sentences, paragraphs and turns of a page: what a selection grows and shrinks by."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING

from kamcoder.domain.document import TextSpan
from kamcoder.domain.segments import paragraph_span, sentence_span, word_span

if TYPE_CHECKING:
    from kamcoder.gui.reader.page import Page


class Unit(StrEnum):
    """A stretch of text that has a name."""

    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"


def unit_at(page: Page, unit: Unit, position: int) -> TextSpan | None:
    """Return the unit that holds a position, without white space at its ends; None where there is none."""
    text = page.text
    if unit is Unit.WORD:
        return word_span(text, position)
    if unit is Unit.SENTENCE:
        return sentence_span(text, position)
    if unit is Unit.PARAGRAPH:
        return bare(text, *paragraph_span(text, position))
    place = bisect_right(page.turns, position, key=lambda turn: turn[0]) - 1
    if place < 0 or not page.turns[place][0] <= position <= page.turns[place][1]:
        return None
    return bare(text, *page.turns[place][:2])


def bare(text: str, start: int, end: int) -> TextSpan | None:
    """Return a stretch without white space at its ends; None if nothing else is in it."""
    quote = text[start:end]
    left = start + len(quote) - len(quote.lstrip())
    right = left + len(quote.strip())
    return TextSpan(left, right) if left < right else None


def covering(page: Page, unit: Unit, span: TextSpan) -> TextSpan | None:
    """Return the units from that at the beginning of a span to that at its end."""
    first, last = unit_at(page, unit, span.start), unit_at(page, unit, max(span.end - 1, span.start))
    if first is None or last is None:
        return None
    return TextSpan(min(first.start, span.start), max(last.end, span.end))


def taken(page: Page, unit: Unit, span: TextSpan | None, caret: int) -> TextSpan | None:
    """Return the unit at the caret or those under a span; if the span is whole units already, with the next one."""
    if span is None:
        return unit_at(page, unit, caret)
    tight = bare(page.text, span.start, span.end) or span
    whole = covering(page, unit, tight)
    if whole != tight:
        return whole
    behind = tight.end
    while behind < len(page.text) and (page.text[behind].isspace() or unit_at(page, unit, behind) is None):
        behind += 1
    following = unit_at(page, unit, behind) if behind < len(page.text) else None
    return TextSpan(tight.start, max(following.end, tight.end)) if following else tight


def step_back(text: str, position: int) -> int:
    """Return where what is written without a space before a position begins: a word with its marks, or an emoji."""
    while position > 0 and text[position - 1].isspace():
        position -= 1
    while position > 0 and not text[position - 1].isspace():
        position -= 1
    return position


def step_on(text: str, position: int) -> int:
    """Return where what is written without a space behind a position ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    while position < len(text) and not text[position].isspace():
        position += 1
    return position


def grown(page: Page, span: TextSpan | None, caret: int) -> TextSpan | None:
    """Return the next larger unit around a span or the caret; None if there is none."""
    tight = bare(page.text, span.start, span.end) if span else None
    for unit in Unit:
        larger = covering(page, unit, tight) if tight else unit_at(page, unit, caret)
        if larger is not None and larger != tight:
            return larger
    return None


def shrunk(page: Page, span: TextSpan) -> TextSpan | None:
    """Return the largest unit at the beginning of a span that is smaller than the span; None if there is none."""
    tight = bare(page.text, span.start, span.end)
    if tight is None:
        return None
    for unit in reversed(Unit):
        smaller = unit_at(page, unit, tight.start)
        if smaller is not None and smaller.start >= tight.start and smaller.end < tight.end:
            return smaller
    return None
