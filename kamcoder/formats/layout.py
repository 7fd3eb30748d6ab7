"""Tell how lines of text belong together: which begin a turn of speech, and which are only wrapped."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_PARTICLES = r"de|den|der|del|di|du|la|le|te|ten|ter|van|von|y|and|en|&"
_NAME = r"[^\W\d_a-zß-ÿ][\w.'’-]{0,30}"  # a word with a capital
_TURN_START = re.compile(
    rf"""
    \s*
    (?: [\[(<]{_TIME}[\])>]                                     # [00:01:23]
      | \d{{1,2}}:\d{{2}}:\d{{2}}(?:\s|$)                       # 0:01:23 alone or before a speaker
      | Q\s?\d{{1,2}}[a-z]?\s?[.:)](?:\s|$)                     # Q6.
      | \#?{_NAME}                                              # Interviewer 2 (KAM) [00:12]:
        (?:[ ](?: {_NAME} | \#?\d{{1,3}} | {_PARTICLES} | [(\[][^\])\n]{{1,30}}[)\]] )){{0,4}}
        \s?(?:[(\[]?{_TIME}[)\]]?)?\s?:(?:\s|$)
    )
    """,
    re.VERBOSE,
)
_NARROWEST, _WIDEST = 40, 100  # columns at which texts are wrapped by hand or by a mail program
_WRAPPED_SHARE = 0.95  # so many of the line ends must lie where wrapping would put them
_MID_SENTENCE_SHARE = 0.4
_FEWEST_LINE_ENDS = 4

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_DIVIDED = re.compile(r"(\d+|[^\W\d_]+)[-‐]$")
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_ONES = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty"})
_WORD_START = re.compile(r"[^\W\d_]+")


def starts_turn(line: str) -> bool:
    """Tell whether a line begins as a turn of speech does: `Name:`, `I:`, `Q6.`, `[00:01:23]`."""
    return _TURN_START.match(line) is not None


def is_hard_wrapped(blocks: Iterable[Sequence[str]]) -> bool:
    """Tell whether the lines of each block (lines between empty ones) are one paragraph broken at a fixed width.

    A line is broken where the next line's first word would no longer have fitted. When nearly all line ends inside the
    blocks are of this kind, at a width of 40 to 100 columns, and many stand in mid-sentence, the text is wrapped.
    """
    pairs = [pair for block in blocks for pair in pairwise(block) if not starts_turn(pair[1])]
    if len(pairs) < _FEWEST_LINE_ENDS:
        return False
    lengths = sorted(len(line) for line, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]  # not the longest: an address that cannot be broken may stick out
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in pairs)
    mid_sentence = sum(line[-1] not in ".?!:…”\"'’)" for line, _ in pairs)
    return full >= _WRAPPED_SHARE * len(pairs) and mid_sentence >= _MID_SENTENCE_SHARE * len(pairs)


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Give the words of a text in lower case, to judge hyphens at line ends by, without the halves of divided words."""
    found: set[str] = set()
    divided = False
    for line in lines:
        words = [word.lower().replace("‐", "-") for word in _WORD.findall(line)]
        begins_with_half, divided = divided, _DIVIDED.search(line) is not None
        found.update(words[int(begins_with_half) : len(words) - int(divided)])
    return frozenset(found)


def join_lines(lines: Sequence[str], *, words: frozenset[str], typeset: bool) -> tuple[str, list[int]]:
    """Join the stripped lines of a paragraph with spaces and mend words divided at line ends.

    `words` are those of the whole text. Where a line ends in a letter and a hyphen and the next begins with a small
    letter, the form that occurs elsewhere in the text, with the hyphen or without, is taken; when both or neither do,
    the hyphen goes from a `typeset` page, which hyphenates, unless both parts are words of the text by themselves, and
    stays in typed text, which does not hyphenate. Before a capital or a figure a hyphen always stays.

    Gives the text and where each line begins in it.
    """
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for line, following in zip_longest(lines, lines[1:]):
        text = line if following is None else _with_glue(line, following, words=words, typeset=typeset)
        starts.append(length)
        parts.append(text)
        length += len(text)
    return "".join(parts), starts


def _with_glue(line: str, following: str, *, words: frozenset[str], typeset: bool) -> str:
    """Give a line as it stands before the following one: with a space, with its hyphen, or without."""
    head = _DIVIDED.search(line)
    if head is None:
        return line + " "
    tail = _WORD_START.match(following)
    if tail is None or head[1].isdecimal() or not tail[0][0].islower():
        return line
    joined, hyphenated = (head[1] + tail[0]).lower(), f"{head[1]}-{tail[0]}".lower()
    if (joined in words) != (hyphenated in words):
        return line[:-1] if joined in words else line
    return line[:-1] if typeset and not _is_compound(head[1].lower(), tail[0].lower(), words) else line


def _is_compound(head: str, tail: str, words: frozenset[str]) -> bool:
    """Tell whether two parts are words by themselves, as in thirty-five; half words seldom are."""
    if head in _TENS and tail in _ONES:
        return True
    return min(len(head), len(tail)) > 3 and head in words and tail in words
