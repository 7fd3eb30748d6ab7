"""What a codebook itself says: the words of names, definitions, rules and examples, weighted for each code.

A word weighs more the fewer codes use it and the rarer it is in the interviews. What an exclusion rule sends elsewhere
("Dinners without business: social") counts for the code named there.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.suggest.vocabulary import Vocabulary
from kamcoder.suggest.words import content_stems, stems

_NAME, _DEFINITION, _INCLUDE, _EXAMPLE, _SENT_HERE, _QUESTION = 2.0, 1.5, 1.0, 0.6, 0.6, 0.3
_FROM_PARENT = 0.25
_SENTENCE = re.compile(r"(?<=[.;])\s+")


@dataclass(frozen=True)
class CodeWords:
    """For each stem the codes it speaks for, as (place of the code, weight); `reasons` are codes about reasons."""

    weights: Mapping[str, tuple[tuple[int, float], ...]]
    reasons: tuple[bool, ...]


def code_words(
    codes: Sequence[Code],
    everything: Codebook,
    guide: Sequence[GuideQuestion],
    rarity: Mapping[str, float],
    vocabulary: Vocabulary,
) -> CodeWords:
    """Weigh the words of `codes`; `rarity` gives the share of sentences of the interviews that hold a stem."""
    bags = [_bag(code, guide) for code in codes]
    own_reasons = [_about_reasons(code, vocabulary) for code in codes]
    places = {code.id: place for place, code in enumerate(codes)}
    for code in codes:
        for words, target in _sent_elsewhere(code, everything):
            if target in places:
                _add(bags[places[target]], words, _SENT_HERE)
    full = _with_parents(codes, everything, bags, places)
    spread = Counter(word for bag in bags for word in bag)
    weights: dict[str, list[tuple[int, float]]] = {}
    for place, bag in enumerate(full):
        size = math.sqrt(sum(value * value for value in bag.values())) or 1.0
        for word, value in sorted(bag.items()):
            special = math.log(1 + len(codes) / (spread[word] or 1)) / math.log(1 + len(codes))
            rare = -math.log(rarity.get(word, 0.0005) + 0.0005)
            weights.setdefault(word, []).append((place, value / math.sqrt(size) * special * rare / 5))
    reasons = tuple(_inherited(code, everything, places, own_reasons) for code in codes)
    return CodeWords({word: tuple(found) for word, found in weights.items()}, reasons)


def _bag(code: Code, guide: Sequence[GuideQuestion]) -> dict[str, float]:
    bag: dict[str, float] = {}
    _add(bag, code.name, _NAME)
    _add(bag, code.definition, _DEFINITION)
    _add(bag, code.include, _INCLUDE)
    _add(bag, code.example, _EXAMPLE)
    for question in guide:
        if question.number in code.questions:
            _add(bag, " ".join((question.about, *question.wordings)), _QUESTION)
    return bag


def _add(bag: dict[str, float], text: str, weight: float) -> None:
    # In order, for the sums over a bag are to come out the same to the last bit.
    for word in sorted(set(content_stems(text))):
        # What two fields say is said more firmly, but not twice as firmly.
        bag[word] = max(bag.get(word, 0.0), weight) + (0.3 * weight if word in bag else 0.0)


def _with_parents(
    codes: Sequence[Code], everything: Codebook, bags: list[dict[str, float]], places: Mapping[str, int]
) -> list[dict[str, float]]:
    full = []
    for code, bag in zip(codes, bags, strict=True):
        joined = dict(bag)
        for above in everything.ancestors(code.id):
            for word, value in bags[places[above.id]].items() if above.id in places else ():
                joined.setdefault(word, _FROM_PARENT * value)
        full.append(joined)
    return full


def _sent_elsewhere(code: Code, everything: Codebook) -> list[tuple[str, str]]:
    found = []
    for sentence in _SENTENCE.split(code.exclude):
        words, colon, target = sentence.rpartition(":")
        if not colon:
            continue
        try:
            found.append((words, everything.find(target.split(",")[0].strip(" .")).id))
        except KamCoderError:
            continue  # the rule names no code, or several
    return found


def _about_reasons(code: Code, vocabulary: Vocabulary) -> bool:
    """Tell whether name or definition speak of reasons: a word in the name, or two different ones in the definition."""
    name, definition = stems(code.name), stems(code.definition)
    if any(_holds(name, phrase) for phrase in vocabulary.reasons):
        return True
    return sum(_holds(definition, phrase) for phrase in vocabulary.reasons) >= 2


def _inherited(code: Code, everything: Codebook, places: Mapping[str, int], own: Sequence[bool]) -> bool:
    above = [parent for parent in everything.ancestors(code.id) if parent.id in places]
    return own[places[code.id]] or any(own[places[parent.id]] for parent in above)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))
