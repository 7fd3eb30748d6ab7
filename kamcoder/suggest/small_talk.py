"""What is said beside the subject of an interview: greetings, thanks, the recorder, thinking aloud."""

import re
from functools import cache

from kamcoder.suggest.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOSTLY = 0.5


def is_small_talk(sentence: str, language: str) -> bool:
    """Tell whether at least half of the words of a sentence are small talk; not where no phrases of a language ship.

    Fillers ("yes", "well") count neither way, and a sentence of nothing else is an answer.
    """
    phrases, longest = _phrases(language)
    words = [word.replace("’", "'") for word in _WORD.findall(sentence.casefold())]
    idle = counted = at = 0
    while at < len(words):
        found = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in phrases), 0)
        if not found or phrases[tuple(words[at : at + found])]:
            counted += found or 1
            idle += found
        at += found or 1
    return idle > 0 and idle >= _MOSTLY * counted


@cache
def _phrases(language: str) -> tuple[dict[tuple[str, ...], bool], int]:
    """Return the words of each phrase, whether it is small talk (or a filler), and the longest one's length."""
    lists = vocabulary(language)
    found = {tuple(filler.casefold().split()): False for filler in lists.fillers}
    found.update({tuple(phrase.casefold().split()): True for phrase in lists.small_talk})
    return found, max(map(len, found), default=0)
