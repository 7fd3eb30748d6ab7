"""What is said beside the subject of an interview: greetings, thanks, the recorder, thinking aloud."""

import re
from functools import cache, lru_cache

from kamcoder.suggest.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOSTLY = 0.5
#: A sentence of more characters has something to say.
_LONGEST = 100


@lru_cache(maxsize=16_384)
def is_small_talk(sentence: str, language: str) -> bool:
    """Tell whether at least half of the words of a sentence are small talk; not where no phrases of a language ship.

    Fillers ("yes", "well") count neither way, and a sentence of nothing else is an answer.
    """
    phrases = _phrases(language) if len(sentence) <= _LONGEST else {}
    if not phrases:
        return False
    words = [word.replace("’", "'") for word in _WORD.findall(sentence.casefold())]
    idle = counted = at = 0
    while at < len(words):
        begun = phrases.get(words[at], ())
        phrase, talk = next(
            (one for one in begun if one[0] == words[at : at + len(one[0])]), (words[at : at + 1], None)
        )
        if talk is not False:
            counted += len(phrase)
            idle += len(phrase) if talk else 0
        at += len(phrase)
    return idle > 0 and idle >= _MOSTLY * counted


@cache
def _phrases(language: str) -> dict[str, list[tuple[list[str], bool]]]:
    """Return by first word, the longest first, the words of each phrase and whether it is small talk (or a filler)."""
    lists = vocabulary(language)
    found: dict[str, list[tuple[list[str], bool]]] = {}
    for phrases, talk in ((lists.small_talk, True), (lists.fillers, False)):
        for phrase in phrases:
            words = phrase.casefold().split()
            found.setdefault(words[0], []).append((words, talk))
    for begun in found.values():
        begun.sort(key=lambda one: -len(one[0]))
    return found
