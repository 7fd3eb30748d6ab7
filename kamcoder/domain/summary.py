"""The researcher's own words for one case and code, with marks that lead to the passages they rest on."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Three digits: a year in brackets is no mark.
_MARK = re.compile(r"\[(\d{1,3})\]")


class SummaryState(StrEnum):
    """How far a cell is: written, filled with quotes but not touched, passages waiting for words, or nothing at all."""

    WRITTEN = "written"
    DRAFT = "draft"
    WAITING = "waiting"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Summary:
    """Written summary of one case × code cell; without a code it is of the case, without a case of all cases.

    `links` are the ids of the codings it rests on, in order. In the text each has a mark such as `[1]`: `numbers` are
    those of the links; without them they count from 1.
    """

    id: str
    case_id: str | None
    code_id: str | None
    coder_id: str
    text: str
    draft: bool
    created_at: str
    modified_at: str
    links: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def marks(self) -> dict[int, str]:
        """Return the coding behind each number."""
        numbers = self.numbers if len(self.numbers) == len(self.links) else range(1, len(self.links) + 1)
        return dict(zip(numbers, self.links, strict=True))

    @property
    def lost(self) -> list[int]:
        """Return the marks in the text that lead to no passage: it was deleted, or never there."""
        return [number for number in dict.fromkeys(numbers_in(self.text)) if number not in self.marks]


def mark(number: int) -> str:
    """Return the mark of a number as it stands in a text."""
    return f"[{number}]"


def numbers_in(text: str) -> list[int]:
    """Return the numbers of the marks in a text, in order."""
    return [int(found[1]) for found in _MARK.finditer(text)]


def places_in(text: str) -> list[tuple[int, int, int]]:
    """Return (start, end, number) of every mark in a text, in code points."""
    return [(found.start(), found.end(), int(found[1])) for found in _MARK.finditer(text)]


def next_number(used: Iterable[int]) -> int:
    """Return the number for one more passage; raise ValueError when all 999 are taken."""
    number = max(used, default=0) + 1
    if number > 999:
        raise ValueError(number)
    return number


def with_marks(text: str, shown: Callable[[int], str]) -> str:
    """Return a text with every mark replaced by what `shown` tells for its number."""
    return _MARK.sub(lambda found: shown(int(found[1])), text)


def standing(marks: Mapping[int, str], text: str, *, before: str = "") -> dict[int, str]:
    """Return the marks that stay with a text: those in it, and those that had no mark in the text before either."""
    here, there = set(numbers_in(text)), set(numbers_in(before))
    return {number: key for number, key in sorted(marks.items()) if number in here or number not in there}


def joined(first: Summary, second: Summary) -> tuple[str, dict[int, str]]:
    """Return the texts of two summaries one after the other, the marks of the second numbered on, with all marks."""
    marks = first.marks
    known = {key: number for number, key in marks.items()}
    renamed: dict[int, int] = {}
    following = max([*marks, *numbers_in(first.text)], default=0)
    for number in dict.fromkeys([*second.marks, *numbers_in(second.text)]):
        key = second.marks.get(number)
        if key is not None and key in known:
            renamed[number] = known[key]
            continue
        following += 1
        renamed[number] = following
        if key is not None:
            marks[following] = key
            known[key] = following
    text = with_marks(second.text, lambda number: mark(renamed[number]))
    return "\n\n".join(part for part in (first.text, text) if part), marks
