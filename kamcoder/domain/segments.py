"""Words, sentences and paragraphs of a text: the units by which a selection grows and hits are coded.

All functions take code-point positions and are linear in the paragraph they look at, never in the whole text.
"""

import re
import unicodedata

from kamcoder.domain.document import TextSpan

# A sentence ends with a mark, perhaps a closing quote or bracket, and white space or the end of its paragraph.
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]+")
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "inc", "ltd", "co", "approx", "ca", "cf"}
    | {"bv", "b.v", "n.v", "dhr", "mevr", "bijv", "d.w.z", "z.b", "bzw", "usw", "nr"}
)


def paragraph_span(text: str, position: int) -> tuple[int, int]:
    """Return [start, end) of the paragraph (line) that holds `position`, without its line end; it may be empty."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end


def sentences(text: str, start: int, end: int) -> list[TextSpan]:
    """Return the sentences of a stretch without line ends, without the white space between them."""
    found: list[TextSpan] = []
    begin = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        if _is_abbreviation(text, begin, mark.start(), mark.end(), end):
            continue
        _append(found, text, begin, mark.end())
        begin = mark.end()
    _append(found, text, begin, end)
    return found


def sentence_span(text: str, position: int) -> TextSpan | None:
    """Return the sentence at `position`; white space behind a sentence belongs to it. None in an empty paragraph."""
    start, end = paragraph_span(text, position)
    found = sentences(text, start, end)
    chosen = [sentence for sentence in found if sentence.start <= position]
    return chosen[-1] if chosen else found[0] if found else None


def word_span(text: str, position: int) -> TextSpan | None:
    """Return the word at `position` or just before it, with its combining marks; None if there is none."""
    start, end = paragraph_span(text, position)
    if position >= end or not _in_word(text[position]):
        if position <= start or not _in_word(text[position - 1]):
            return None
        position -= 1
    left = right = position
    while left > start and _in_word(text[left - 1]):
        left -= 1
    while right < end and _in_word(text[right]):
        right += 1
    return TextSpan(left, right)


def next_word(text: str, position: int) -> int:
    """Return the end of the next word behind `position`, the end of the text if there is none."""
    end = len(text)
    while position < end and not _in_word(text[position]):
        position += 1
    while position < end and _in_word(text[position]):
        position += 1
    return position


def previous_word(text: str, position: int) -> int:
    """Return the start of the word before `position`, 0 if there is none."""
    while position > 0 and not _in_word(text[position - 1]):
        position -= 1
    while position > 0 and _in_word(text[position - 1]):
        position -= 1
    return position


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'’-‑\u200d" or unicodedata.category(character)[0] == "M"


def _is_abbreviation(text: str, begin: int, mark: int, behind: int, end: int) -> bool:
    if text[mark:behind] != ".":
        # An ellipsis in the middle of speech goes on in small letters.
        following = text[behind : behind + 2].strip()
        return text[mark:behind].strip(".…") == "" and bool(following) and following[0].islower()
    word = text[begin:mark].rsplit(None, 1)[-1].strip("\"'“‘(").casefold() if text[begin:mark].strip() else ""
    following = text[behind:end].lstrip()[:1]
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i") or following.islower()


def _append(found: list[TextSpan], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        found.append(TextSpan(begin, end))
