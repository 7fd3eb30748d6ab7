"""Words and their stems, in English and Dutch, without any model.

The stems are crude on purpose: they need only bring together the forms of one word, in text and in definitions alike.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWELS = "aeiouy"

_IRREGULAR = {
    word: stem
    for stem, forms in {
        "meet": "met", "take": "took taken", "give": "gave given", "come": "came", "go": "went gone goes",
        "know": "knew known", "tell": "told", "bring": "brought", "speak": "spoke spoken", "think": "thought",
        "get": "got gotten", "make": "made", "keep": "kept", "hold": "held", "lead": "led", "leave": "left",
        "lose": "lost", "win": "won", "sell": "sold", "send": "sent", "buy": "bought", "pay": "paid",
        "write": "wrote written", "see": "saw seen", "sit": "sat", "run": "ran", "begin": "began begun",
        "choose": "chose chosen", "grow": "grew grown", "drink": "drank drunk", "eat": "ate eaten",
        "stand": "stood", "understand": "understood", "feel": "felt", "find": "found", "become": "became",
        "person": "people", "have": "has had", "do": "does did done", "be": "is are was were been am",
        "say": "said", "fall": "fell fallen", "spend": "spent", "build": "built", "deal": "dealt",
    }.items()
    for word in forms.split()
}  # fmt: skip

_SHORT_FORMS = {"n't": "not", "'s": "", "'re": "be", "'ve": "have", "'ll": "will", "'m": "be", "'d": "would"}

_STOP_WORDS = """
    a an the and or but if of in on at to from for with by as is are was were be been am it its this that these those
    he she they we you i him her them us me his their our your my there here who whom which what when where how not
    no so than then too very just also only can could will would shall should may might must do does did done have
    has had having being about into over under out up down off again more most some any all each other one two own
    people name after before good because need something somebody someone nobody everybody every such
    between among through during within against towards toward upon across along around behind beside besides while
    until since both either per via whose whether though although
    well yes yeah okay uh um eh oh say said like think know really mean thing things lot let see go get
    de het een en of maar van in op aan te naar uit voor met door bij als is zijn was waren ben bent wordt worden
    dat dit deze die er hier daar hij zij ze wij jij je u ik hem haar hun ons mij niet geen ook nog dan toch
    wel dus zo heel erg meer veel kan kunnen zal zou moet mag doen doet heeft hebben om
    tussen tegen tijdens binnen onder over langs sinds terwijl hoewel sommige elke ieder iedere
"""
STOP = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, English short forms taken apart."""
    found: list[str] = []
    for match in _WORD.finditer(text.casefold().replace("’", "'")):
        found += _parts(match.group())
    return found


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning."""
    return [found for word in words(text) if word not in STOP and len(word) > 1 and (found := stem(word)) not in STOP]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word in small letters."""
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    return _undoubled(_without_ending(word))


def _parts(word: str) -> list[str]:
    for short, full in _SHORT_FORMS.items():
        if word.endswith(short) and len(word) > len(short):
            head = {"ca": "can", "wo": "will"}.get(word[: -len(short)], word[: -len(short)])
            return [head, full] if full else [head]
    return [word.replace("'", "")]


_ENDINGS = (
    ("ically", "ic"), ("ations", "at"), ("ation", "at"), ("ments", "ment"), ("nesses", ""), ("ness", ""),
    ("ingly", ""), ("edly", ""), ("ities", "iti"), ("ity", "iti"), ("ies", "i"), ("ied", "i"), ("ings", ""),
    ("ing", ""), ("ally", "al"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ers", "er"),
    ("ed", ""), ("es", ""), ("ly", ""), ("en", ""), ("e", ""), ("s", ""), ("y", "i"),
)  # fmt: skip


def _without_ending(word: str) -> str:
    for ending, instead in _ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= (4 if ending == "y" else 3)
            and any(v in _VOWELS for v in word[: -len(ending)])
        ):
            if ending == "s" and word.endswith(("ss", "us", "is")):
                return word
            return word[: -len(ending)] + instead
    return word


def _undoubled(word: str) -> str:
    """Bring `stopp` to `stop`, and Dutch `vraag` to the `vrag` of `vragen`."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aou" and word[-1] not in _VOWELS:
        word = word[:-2] + word[-1]
    return word
