"""How near a question's wording is to those of the interview guide: TF-IDF and cosine, in plain Python.

Words are lightly stemmed, those that every question has are left out, and each sentence (or two or three together)
of a longer turn is compared by itself, since interviewers thank, sum up and joke before they ask.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kamcoder.domain.transcript import GuideQuestion

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?…。？！]*(?:[.!?…。？！]+|\Z)")
_REQUEST = re.compile(
    r"\W*(?:and |so |then |now |maybe |perhaps )*(?:please |could |can |tell|describe|explain|sketch|walk)", re.I
)
# "You have answered my next question already": what was said or asked before is not asked now.
_LOOKS_BACK = re.compile(r"\b(?:answered|already|you (?:just )?(?:said|mentioned|told)|we (?:just )?had)\b", re.I)
_STOP_WORDS_TEXT = """
    a an the and or but if so as at by for from in into of on off onto out over to up with without about than then that
    this these those there here i you he she it we they me him her us them my your his its our their mine yours is are
    was were be been being am do does did doing done have has had having will would shall should can could may might
    must not no nor yes oh ah well uh um okay ok now also just only very much more most some any such same own too what
    which who whom whose when where how why let take say said see tell like one ones two get gets got go goes going gone
    come comes coming thing things ve ll re don doesn didn isn aren wasn wouldn couldn shouldn please thank thanks good
    right clear nice last next first still again already yet after before all both other others another maybe perhaps
    really mean know think ask question
    de het een en of maar als dat die dit deze er hier ik u je jij hij zij ze we wij jullie mij hem haar ons hun mijn uw
    is zijn was waren ben bent heeft hebben had doet doen kan kunt kunnen wat wie waar wanneer hoe waarom niet geen wel
    ook nog dan van voor met bij aan op in uit naar om te over door
    der die das ein eine einen einem einer und oder aber wenn dass es ich sie er wir ihr mich ihn uns ihnen mein dein
    sein unser ist sind war waren hat haben hatte tut tun kann können was wer wo wann wie warum nicht kein auch noch
    dann von für mit bei an auf in aus nach um zu über durch
"""
_STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())
_ENDINGS = """
isations isation izations ization ations ation ating ated ates ate itions ition ements ement ments ment ships ship
ions ion ised ises ising ise ized izes izing ize ings ing edly ed ers er ors or ally al ly ies y es s e
"""
_ENDING = re.compile(rf"(?:{'|'.join(_ENDINGS.split())})\Z")
_SHORTEST_STEM = 3
# A word that the guide does not have speaks against likeness, but people ask with many words.
_FOREIGN = 1.2
_PROFILE = 0.5
# One word in common is little evidence, however rare it is in the guide: by number of shared words (last: three up).
_TRUST = (0.0, 0.6, 0.9, 1.0)


def words_of(text: str) -> list[str]:
    """Return the stems of the telling words of `text`."""
    return [_stem(word) for word in _WORD.findall(text.casefold()) if len(word) > 1 and word not in _STOP_WORDS]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word.endswith(("ision", "isions")):
        return word[: word.rindex("ision")] + "id"
    found = _ENDING.search(word, _SHORTEST_STEM)
    return word if found is None else word[: found.start()]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of `text` without the spaces between them."""
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]


class GuideWordings:
    """The wordings of a guide, ready to be compared with what is asked."""

    def __init__(self, guide: Sequence[GuideQuestion]) -> None:
        bags = [[Counter(words_of(wording)) for wording in (*question.wordings, question.about)] for question in guide]
        self._count = len(guide)
        spread = Counter(word for wordings in bags for word in set().union(*wordings))
        self._weights = {word: math.log(1 + self._count / count) for word, count in spread.items()}
        # One slot for each wording, and after those of a question one for all of them together: word -> (slot, weight).
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._together: list[int] = []
        slot = 0
        for wordings in bags:
            together = Counter(word for bag in wordings for word in bag)
            for bag in (*wordings, together):
                for word, weight in self._vector(bag).items():
                    self._postings[word].append((slot, weight))
                slot += 1
            self._together.append(slot - 1)
        self._slots = slot

    def likeness(self, text: str) -> Iterator[list[float]]:
        """Yield for each question sentence of `text` how like it is to each question of the guide (0-1)."""
        for windows in _windows(text):
            best = [0.0] * self._count
            for window in windows:
                for question, value in enumerate(self._scores(window)):
                    if value > best[question]:
                        best[question] = value
            yield best

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        raw = {word: (1 + math.log(count)) * self._weights.get(word, _FOREIGN) for word, count in bag.items()}
        length = math.sqrt(sum(value * value for value in raw.values()))
        return {word: value / length for word, value in raw.items()} if length else {}

    def _scores(self, stems: Iterable[str]) -> list[float]:
        vector = self._vector(Counter(stems))
        known = [(value, self._postings[word]) for word, value in vector.items() if word in self._postings]
        if len(vector) < 2 or not known:
            return []
        sums = [0.0] * self._slots
        shared = [0] * self._slots
        for value, postings in known:
            for slot, weight in postings:
                sums[slot] += value * weight
                shared[slot] += 1
        scores = []
        first = 0
        for together in self._together:
            mixed = (1 - _PROFILE) * max(sums[first:together]) + _PROFILE * sums[together]
            scores.append(mixed * _TRUST[min(shared[together], 3)])
            first = together + 1
        return scores


@lru_cache(maxsize=4)
def wordings_of(guide: tuple[GuideQuestion, ...]) -> GuideWordings:
    """Return the wordings of `guide`, made once for the many files that are read with it."""
    return GuideWordings(guide)


def _windows(text: str) -> Iterator[list[list[str]]]:
    """Yield for each question or request the stems of its sentence, and with one and two sentences before it."""
    sentences = sentences_of(text)
    stems: dict[int, list[str]] = {}
    any_mark = "?" in text or "？" in text
    for place, sentence in enumerate(sentences):
        if any_mark and not sentence.endswith(("?", "？")) and not _REQUEST.match(sentence):
            continue
        windows: list[list[str]] = []
        for first in range(place, max(-1, place - 3), -1):
            if first < place and _LOOKS_BACK.search(sentences[first]):
                break
            if first not in stems:
                stems[first] = words_of(sentences[first])
            # A sentence of nods and thanks adds nothing to compare.
            if stems[first] or not windows:
                windows.append(stems[first] + (windows[-1] if windows else []))
        yield windows
