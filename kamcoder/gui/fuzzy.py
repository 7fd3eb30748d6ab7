"""Finding names by a few typed letters."""

from dataclasses import dataclass

_BREAKS = frozenset(" ›-_/(,.")


@dataclass(frozen=True, slots=True)
class Match:
    """How well typed letters fit a name: higher is better; `places` are the positions of the letters in the name."""

    score: int
    places: tuple[int, ...]


def match(typed: str, name: str) -> Match | None:
    """Return how `typed` fits `name`, or None if its letters do not occur in it in this order.

    Letters at the beginning of a word and letters in a row count most; spaces in `typed` part what may stand anywhere
    after each other.
    """
    wanted = [letter for letter in typed.casefold() if not letter.isspace() and letter not in "›>/"]
    if not wanted:
        return Match(0, ())
    lowered = name.lower()
    # Lower case may be longer than the name for a few letters; positions would then be wrong.
    if len(lowered) != len(name):
        lowered = name
    found = _from(wanted, lowered)
    if found is None:
        return None
    return Match(_score(found, lowered, name), found)


def _from(wanted: list[str], name: str) -> tuple[int, ...] | None:
    """Return the best of the placings that begin at each place where the first letter stands."""
    best: tuple[int, ...] | None = None
    best_score = 0
    start = name.find(wanted[0])
    while start >= 0:
        places = _placed(wanted, name, start)
        if places is None:
            break
        score = _score(places, name, name)
        if best is None or score > best_score:
            best, best_score = places, score
        start = name.find(wanted[0], start + 1)
    return best


def _placed(wanted: list[str], name: str, start: int) -> tuple[int, ...] | None:
    places = [start]
    for letter in wanted[1:]:
        place = _next(letter, name, places[-1] + 1)
        if place < 0:
            return None
        places.append(place)
    return tuple(places)


def _next(letter: str, name: str, start: int) -> int:
    """Return the next place of a letter: the very next character, else the beginning of a word, else anywhere."""
    first = name.find(letter, start)
    if first == start:
        return first
    place = first
    while place >= 0:
        if _begins_word(name, place):
            return place
        place = name.find(letter, place + 1)
    return first


def _score(places: tuple[int, ...], lowered: str, name: str) -> int:
    score = 0
    for number, place in enumerate(places):
        if _begins_word(lowered, place):
            score += 8
        if number and places[number - 1] == place - 1:
            score += 6
    # Of names that fit equally well, the one whose last step holds the letters and the shorter one come first.
    tail = name.rfind("›")
    score += 4 * sum(place > tail for place in places)
    return score * 100 - len(name)


def _begins_word(name: str, place: int) -> bool:
    return place == 0 or name[place - 1] in _BREAKS
