"""What may be a speaker's label, and what two labels of one speaker have in common."""

import re
import unicodedata
from functools import lru_cache

from kamcoder.domain.document import SpeakerRole
from kamcoder.formats.speakers import words

_LONGEST = 60
_MOST_WORDS = 7
_EDGES = " \t.:,;*_-–—[]<>\u00a0："
_IN_BRACKETS = re.compile(r"\s*\(([^()]{1,60})\)\s*$")
_FORBIDDEN = re.compile(r"[?!;…\"“”„«»=+/\\|{}<>\[\]()]")
_NUMBERED = re.compile(r"[\s_]*\d+$")
_NAME_COMMA = re.compile(r"^[^\s,]+(?: [^\s,]+){0,4}, [^,]+$")


@lru_cache(maxsize=4_096)
def key_of(label: str) -> str:
    """Return what labels of the same speaker share: letter case, spaces and outer punctuation are left aside."""
    folded = unicodedata.normalize("NFC", label).casefold()
    return " ".join(folded.strip(_EDGES).split())


@lru_cache(maxsize=4_096)
def role_of(label: str) -> SpeakerRole | None:
    """Return the role that the label itself tells ("Interviewer 2", "P3", "Anna (KAM)"), or None."""
    found = _IN_BRACKETS.search(label)
    if found is not None:
        inner = role_of(found.group(1))
        if inner is not None:
            return inner
        label = label[: found.start()]
    key = _NUMBERED.sub("", key_of(label))
    last = key.rsplit(" ", 1)[-1]
    for known, role in (
        (words.INTERVIEWERS, SpeakerRole.INTERVIEWER),
        (words.INTERVIEWEES, SpeakerRole.INTERVIEWEE),
        (words.OTHERS, SpeakerRole.OTHER),
    ):
        # "Sales director" tells by its last word; a single letter tells only where it stands alone ("Peter R").
        if key in known or (len(last) > 2 and last in known):
            return role
    return None


def is_abbreviated(label: str) -> bool:
    """Tell whether the label is a single letter, maybe numbered: a role only beside a partner ("I" and "R")."""
    return len(_NUMBERED.sub("", key_of(label))) == 1


def without_brackets(label: str) -> str:
    """Return the label without a bracket at its end."""
    return _IN_BRACKETS.sub("", label)


@lru_cache(maxsize=4_096)
def is_plausible(label: str) -> bool:
    """Tell whether `label` has the form of a name, a role, initials or a numbered speaker."""
    label = without_brackets(label.strip())
    if not label or len(label) > _LONGEST or _FORBIDDEN.search(label):
        return False
    if "," in label and not _NAME_COMMA.match(label):
        return False
    parts = label.replace(",", " ").split()
    if len(parts) > _MOST_WORDS or not any(character.isalpha() for character in label):
        return False
    first = parts[0].casefold().rstrip(".")
    if first in words.STARTERS and not (len(parts) == 1 and _may_stand_alone(parts[0])):
        return False
    return _is_name_like(parts) or _is_described(parts)


def _may_stand_alone(word: str) -> bool:
    # "An" is a first name in Flanders, and initials may spell a small word.
    initials = word.isupper() and word.isalpha() and 2 <= len(word) <= 3 and word.casefold() not in words.NO_INITIALS
    return initials or word == "An" or word.casefold() in words.SPEAKING


def _is_described(parts: list[str]) -> bool:
    """Tell whether the words describe somebody ("key account manager", "participant 2"), in whatever letter case."""
    folded = [_NUMBERED.sub("", part.casefold()) for part in parts]
    return any(part in words.SPEAKING for part in folded) and all(
        not part or part in words.LABEL_WORDS for part in folded
    )


def _is_name_like(parts: list[str]) -> bool:
    # "de Vries" may begin in lower case, "of the" is no name.
    if parts[0].isdecimal() or all(part in words.PARTICLES for part in parts):
        return False
    return all(_is_name_part(part) for part in parts)


def _is_name_part(part: str) -> bool:
    if part.casefold() in words.PARTICLES:
        return True
    # A full stop inside a label ends a title or initials, not a sentence.
    if part.endswith(".") and len(part) > 5:
        return False
    initial = part.lstrip("'’`")[:1]
    if initial.isdecimal():
        return True
    # Scripts without letter case (李明, محمد) have neither upper nor lower.
    return initial.isalpha() and not initial.islower()


def is_lower_word(label: str) -> bool:
    """Tell whether `label` is one word in lower case, a speaker only if it comes again and again."""
    folded = label.strip()
    return folded.isalpha() and folded.islower() and len(folded) <= 15 and folded not in words.STARTERS


@lru_cache(maxsize=4_096)
def is_shouted(label: str) -> bool:
    """Tell whether a label of some length is in capitals throughout."""
    letters = [character for character in label if character.isalpha()]
    return len(letters) > 3 and label == label.upper() and label != label.lower()
