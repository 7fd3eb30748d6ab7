"""What the rules say of sentences: words of the codebook, the lexicon, and words for reasons."""

from collections.abc import Mapping, Sequence

import numpy as np

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import Match
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.codewords import CodeWords
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.pipeline import ReadSentence
from kamcoder.suggest.sheets import STRONG_REASON, WEAK_REASON
from kamcoder.suggest.units import Unit

_LEXICON, _REASON = 0.5, 0.5
_REASONS = (STRONG_REASON, WEAK_REASON)
_MOST_MATCHES = 8


def rule_scores(read: Sequence[ReadSentence], words: CodeWords, codeset: CodeSet) -> Floats:
    """Return how much speaks for each code (sentences x codes), 0 where nothing does."""
    scores = np.zeros((len(read), codeset.size))
    reasons = np.array(words.reasons, dtype=np.float64)
    places = codeset.places
    for row, sentence in enumerate(read):
        for stem in sorted({token[2] for token in sentence.reading.tokens}):
            for place, weight in words.weights.get(stem, ()):
                scores[row, place] += weight
        for (code_id, _), weight in _once(sentence).items():
            if code_id in _REASONS:
                scores[row] += _REASON * weight * reasons
            elif code_id in places:
                scores[row, places[code_id]] += _LEXICON * weight
    return np.asarray(np.maximum(scores, 0.0))


def _once(sentence: ReadSentence) -> Mapping[tuple[str, str], float]:
    return {(code_id, pattern): weight for _, _, code_id, pattern, weight in sentence.hits}


def matches_of(unit: Unit, sentence: ReadSentence, place: int, words: CodeWords, codeset: CodeSet) -> tuple[Match, ...]:
    """Return the words of a unit that speak for a code, the strongest first."""
    code_id = codeset.codes[place].id
    start = unit.span.start
    found = [
        Match(TextSpan(start + a, start + b), pattern, round((_REASON if code in _REASONS else _LEXICON) * weight, 3))
        for a, b, code, pattern, weight in sentence.hits
        if code == code_id or (code in _REASONS and words.reasons[place])
    ]
    for a, b, stem, _ in sentence.reading.tokens:
        for where, weight in words.weights.get(stem, ()):
            span = TextSpan(start + a, start + b)
            if where == place and not any(match.span.covers(span) for match in found):
                found.append(Match(span, unit.text[a:b].casefold(), round(weight, 3)))
    found.sort(key=lambda match: (-match.weight, match.span.start, match.pattern))
    return tuple(found[:_MOST_MATCHES])
