"""Which question of the interview guide a turn asks, and which one an answer answers.

A number in the transcript (`Q6.`) counts first. Else wording decides (`wording`), and of all ways to give the turns
numbers the likest as a whole is taken, in which each question is asked once and most come in the guide's order.
A false number is worse than none: what is not near enough stays without.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamcoder.domain.document import TurnKind
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.formats.speakers.wording import GuideWordings, wordings_of

# Measured on invented interviews and on own paraphrases; see tests/formats/test_questions.py for what holds.
_NEAR_ENOUGH = 0.25
_MARGIN = 0.07
_IN_ORDER = 0.06
_GAP = 0.01
_BACKWARDS = 0.10
_WHY = 0.12
_BEYOND_DOUBT = 0.42

_NUMBER = re.compile(r"\s*(?:Q|Question|Vraag|Frage)[ .]?(\d{1,2})\s?(?:[.:)：–,-]|\Z)", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+\S")
_STARTS_WHY = re.compile(r"\W*(?:and|but|so|or|then|okay|well|yes)?\W*(?:why|how come)\b", re.IGNORECASE)
_STARTS_ON = re.compile(r"\W*(?:and|but|so|or|en|maar|und|aber)\b", re.IGNORECASE)
_FOLLOW_UP = re.compile(
    r"\b(?:why|how come|how so|in what way|what way|example|instance|explain|elaborate|reason|reasons|background"
    r"|what makes|what made|what keeps|what do you mean|tell me more|otherwise|differently|waarom|hoezo|voorbeeld"
    r"|warum|wieso|weshalb|beispiel)\b",
    re.IGNORECASE,
)
_SHORT = 10
_BRIEF = 18
_FEWEST_RUNNING = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """A turn as far as it matters here: its kind, its text if it asks, and the number in its label."""

    kind: TurnKind
    text: str
    number: str | None = None


def number_turns(utterances: Sequence[Utterance], guide: Sequence[GuideQuestion]) -> list[str | None]:
    """Return for each turn the number of the guide question that it asks, follows up or answers, or None."""
    asked = asked_questions(utterances, guide)
    closed = _closed_stretches(asked, guide)
    numbers: list[str | None] = []
    current: str | None = None
    last = -1
    for position, utterance in enumerate(utterances):
        if position in asked:
            current, last = asked[position], position
        elif utterance.kind is TurnKind.QUESTION and last not in closed and not is_follow_up(utterance.text):
            current = None
        numbers.append(None if utterance.kind is TurnKind.NOTE else current)
    return numbers


def _closed_stretches(asked: Mapping[int, str], guide: Sequence[GuideQuestion]) -> set[int]:
    """Return the turns after which no question of the guide can have been missed before the next one found.

    There an unknown question is a follow-up in other words; elsewhere it may be the one that was not recognised.
    """
    order = {question.number: place for place, question in enumerate(guide)}
    missed = {place for number, place in order.items() if number not in asked.values()}
    positions = sorted(position for position in asked if asked[position] in order)
    return {
        position
        for position, following in pairwise(positions)
        if missed.isdisjoint(range(order[asked[position]] + 1, order[asked[following]]))
    }


def is_follow_up(text: str) -> bool:
    """Tell whether an interviewer's words stay with the question before: "why?", an example, a nod, something short."""
    count = len(text.split())
    if count <= _SHORT or not text.rstrip().endswith(("?", "？")):
        return True
    return _FOLLOW_UP.search(text) is not None or (count <= _BRIEF and _STARTS_ON.match(text) is not None)


def asked_questions(utterances: Sequence[Utterance], guide: Sequence[GuideQuestion]) -> dict[int, str]:
    """Return the turns that ask a question of the guide themselves, by position, with its number."""
    explicit = _explicit_numbers(utterances)
    known = {_digits(question.number): question.number for question in guide}
    if explicit and not guide:
        return {position: f"Q{number}" for position, number in explicit.items()}
    fitting = {position: known[number] for position, number in explicit.items() if number in known}
    # Numbers that run past the guide count something else.
    if fitting and len(fitting) >= 0.8 * len(explicit):
        return fitting
    return _asked_in_other_words(utterances, guide) if guide else {}


def _digits(number: str) -> int:
    found = re.search(r"\d+", number)
    return int(found.group()) if found else -1


def _explicit_numbers(utterances: Sequence[Utterance]) -> dict[int, int]:
    asking = [(p, utterance) for p, utterance in enumerate(utterances) if utterance.kind is TurnKind.QUESTION]
    found = {p: int(utterance.number) for p, utterance in asking if utterance.number is not None}
    if found:
        return found
    found = {p: int(match.group(1)) for p, utterance in asking if (match := _NUMBER.match(utterance.text))}
    if found:
        return found
    plain = {p: int(match.group(1)) for p, utterance in asking if (match := _PLAIN_NUMBER.match(utterance.text))}
    running = list(plain.values())
    rising = all(later > earlier for earlier, later in pairwise(running))
    return plain if len(plain) >= _FEWEST_RUNNING and rising else {}


@dataclass(frozen=True, slots=True)
class _Chain:
    """Turns with numbers up to some place of the interview: how likely as a whole, and the last link."""

    value: float
    position: int = -1
    question: int = -1
    before: "_Chain | None" = None

    def links(self) -> Iterator[tuple[int, int]]:
        """Yield turn and question from the last to the first."""
        chain: _Chain | None = self
        while chain is not None and chain.position >= 0:
            yield chain.position, chain.question
            chain = chain.before


def _asked_in_other_words(utterances: Sequence[Utterance], guide: Sequence[GuideQuestion]) -> dict[int, str]:
    wordings = wordings_of(tuple(guide))
    best: dict[int, _Chain] = {-1: _Chain(0.0)}
    for position, utterance in enumerate(utterances):
        if utterance.kind is not TurnKind.QUESTION:
            continue
        for link in [
            max((_linked(chain, position, question, value) for chain in best.values()), key=lambda chain: chain.value)
            for question, value in _candidates(wordings, utterance.text)
        ]:
            if link.question not in best or link.value > best[link.question].value:
                best[link.question] = link
    chosen = max(best.values(), key=lambda chain: chain.value)
    return {position: guide[question].number for position, question in chosen.links()}


def _candidates(wordings: GuideWordings, text: str) -> list[tuple[int, float]]:
    """Return the questions that `text` may ask, with how far each lies above the threshold (below: needs the order)."""
    likeness = _of_first_question(list(wordings.likeness(text)))
    if not likeness:
        return []
    penalty = _WHY if _STARTS_WHY.match(text) else 0.0
    top = max(likeness)
    near = [(question, value) for question, value in enumerate(likeness) if value >= top - _MARGIN]
    if len(near) > 1:
        penalty += _MARGIN
    return [(q, value - penalty - _NEAR_ENOUGH) for q, value in near if value - penalty > _NEAR_ENOUGH - _IN_ORDER]


def _of_first_question(sentences: Sequence[list[float]]) -> list[float]:
    """Return the likeness of the first sentence that asks a question of the guide beyond doubt, or else the highest."""
    clear = next((likeness for likeness in sentences if max(likeness) >= _BEYOND_DOUBT), None)
    return clear or [max(values) for values in zip(*sentences, strict=True)]


def _linked(chain: _Chain, position: int, question: int, value: float) -> _Chain:
    step = question - chain.question
    if step == 1:
        # The beginning of an interview speaks for the first question less than one question for the next.
        value += _IN_ORDER if chain.before is not None else 0.0
    elif step > 1:
        value -= _GAP * (step - 1)
    else:
        value -= _BACKWARDS
    return _Chain(chain.value + value, position, question, chain)
