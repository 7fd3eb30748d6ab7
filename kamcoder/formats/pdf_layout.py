"""Lines of a PDF to paragraphs: a PDF knows neither, only where each character stands.

A new paragraph begins where a line starts as a turn of speech does, stands apart, is of another size or indented
otherwise than the rest of its paragraph, and where the first word of a line would still have fitted on the line before.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamcoder.domain.transcript import Paragraph
from kamcoder.formats.layout import join_lines, starts_turn, vocabulary
from kamcoder.formats.pdf_pages import Line

_OUTERMOST = 2  # lines at the top and at the bottom of a page that may be a running header or footer
_SAME_PLACE = 4.0  # points
_REPEATED_SHARE = 0.5  # of all pages
_REPEATED_TURN_SHARE = 0.8  # the same for a line such as `Interview A: draft`, which could be a short turn
_COMMON_SHARE = 0.15
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|pag\.?|pagina|seite|side|sida|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|van|sur|de|av|af)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")

_APART = 1.35  # times the usual distance of lines: another paragraph
_EMPTY_LINE = 1.8  # times the usual distance: an empty line stood between
_OTHER_SIZE = 0.15
_SPACE = 0.25  # of the font's size
_INDENT = 0.5  # of the font's size; less is unevenness


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document, in points: the distance of lines, the left and the right edge of its text."""

    pitch: float
    left: float
    right: float


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Leave out page numbers and running headers and footers; give the rest and how many lines went."""
    candidates: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        candidates.update({_signature(line) for line in _outermost(lines)})
    bodies = []
    for lines in pages:
        furniture = {id(line) for line in _outermost(lines) if _is_furniture(line, candidates, len(pages))}
        bodies.append([line for line in lines if id(line) not in furniture])
    return bodies, sum(map(len, pages)) - sum(map(len, bodies))


def paragraphs_of_pages(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Give the paragraphs of pages of lines; a paragraph may go on from one page to the next."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    measures = _measures(pages)
    first_of_page = {id(page[0]) for page in pages if page}
    groups: list[list[Line]] = []
    gaps: list[bool] = []
    for line in lines:
        turns_page = id(line) in first_of_page
        if not groups or _begins_paragraph(line, groups[-1], measures, turns_page=turns_page):
            gaps.append(bool(groups) and not turns_page and _distance(groups[-1][-1], line, measures) > _EMPTY_LINE)
            groups.append([])
        groups[-1].append(line)
    words = vocabulary(line.text for line in lines)
    return [_joined(group, words, gap=gap) for group, gap in zip(groups, gaps, strict=True)]


def _outermost(lines: Sequence[Line]) -> list[Line]:
    in_order = sorted(lines, key=lambda line: line.baseline)
    return in_order[:_OUTERMOST] + in_order[max(_OUTERMOST, len(in_order) - _OUTERMOST) :]


def _signature(line: Line) -> tuple[str, int]:
    """Give what is the same for the lines of a running header: the text but for figures, and the height."""
    return _DIGITS.sub("#", line.text.lower()), round(line.baseline / _SAME_PLACE)


def _is_furniture(line: Line, candidates: Counter[tuple[str, int]], pages: int) -> bool:
    share = _REPEATED_TURN_SHARE if starts_turn(line.text) else _REPEATED_SHARE
    return candidates[_signature(line)] >= max(2, pages * share) or _PAGE_NUMBER.fullmatch(line.text) is not None


def _measures(pages: Sequence[Sequence[Line]]) -> _Measures:
    lines = [line for page in pages for line in page]
    distances = [
        first.baseline - second.baseline
        for page in pages
        for first, second in pairwise(page)
        if 0 < first.baseline - second.baseline < 3 * max(first.size, 1.0)
    ]
    rights = sorted(line.right for line in lines)
    return _Measures(
        # The distance within paragraphs is the smallest that is common: in short answers the gaps are more numerous.
        pitch=_smallest_common(distances) if distances else 1.2 * max(1.0, lines[0].size),
        left=Counter(round(line.left) for line in lines).most_common(1)[0][0],
        right=rights[int(len(rights) * 0.98)],
    )


def _smallest_common(distances: Sequence[float]) -> float:
    counts = Counter(round(distance * 2) / 2 for distance in distances)
    return min(distance for distance, count in counts.items() if count >= _COMMON_SHARE * len(distances)) or 1.0


def _distance(line: Line, following: Line, measures: _Measures) -> float:
    return (line.baseline - following.baseline) / measures.pitch


def _begins_paragraph(line: Line, group: Sequence[Line], measures: _Measures, *, turns_page: bool) -> bool:
    previous = group[-1]
    if starts_turn(line.text) or abs(line.size - previous.size) > _OTHER_SIZE * previous.size:
        return True
    if not turns_page and not 0 < _distance(previous, line, measures) <= _APART:
        return True
    return _is_indented_otherwise(line, group, measures) or _is_short(previous, line, measures)


def _is_indented_otherwise(line: Line, group: Sequence[Line], measures: _Measures) -> bool:
    step = _INDENT * max(line.size, 1.0)
    shift = line.left - group[-1].left
    if abs(shift) <= step:
        return False
    if len(group) > 1:
        return True
    # The first line of a paragraph may lie left of the others (a hanging indent, common for speakers) or right of them.
    return shift < 0 and abs(line.left - measures.left) > step


def _is_short(line: Line, following: Line, measures: _Measures) -> bool:
    """Tell whether the following line's first word would have fitted on this line."""
    width = following.word - following.left + _SPACE * line.size
    return not line.text.endswith("-") and line.right + width < measures.right


def _joined(group: Sequence[Line], words: frozenset[str], *, gap: bool) -> Paragraph:
    text, starts = join_lines([line.text for line in group], words=words, typeset=True)
    ends = [*starts[1:], len(text)]
    bold: list[tuple[int, int]] = []
    for line, begin, limit in zip(group, starts, ends, strict=True):
        for start, end in line.bold:
            if bold and begin + start - bold[-1][1] <= 1 and start == 0:  # bold goes on over the end of the line
                bold[-1] = (bold[-1][0], min(begin + end, limit))
            else:
                bold.append((begin + start, min(begin + end, limit)))
    return Paragraph(text, bold=tuple(bold), gap_before=gap)
