"""The units that get suggestions: sentences of answers, or of the text where nobody speaks."""

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.segments import sentences
from kamcoder.domain.suggesting import StudyDocument, StudyTurn
from kamcoder.suggest.small_talk import is_small_talk

#: A sentence longer than this (text without marks, emoji, one endless paragraph) is cut at white space.
LONGEST = 600

_FOLLOW_UP = re.compile(
    r"\b(?:why|how come|how so|what makes|what made|what keeps|what is behind|what's behind|reasons?|otherwise"
    r"|waarom|hoezo|hoe komt|wat maakt|anders|warum|wieso|weshalb|pourquoi)\b",
    re.IGNORECASE,
)
_HEADING = 90


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its surroundings; `turn` numbers the stretch of speech (or paragraph) it stands in.

    `follow_up` tells that the question before asks for reasons, `opening` that the guide's first question is still to
    come, `idle` that it is small talk; `key` is equal for equal words.
    """

    document_id: str
    span: TextSpan
    text: str
    turn: int
    question: str | None
    follow_up: bool
    section: str | None
    speaker: str | None
    key: str
    opening: bool = False
    idle: bool = False


def units_of(document: StudyDocument) -> list[Unit]:
    """Return the units of a document in reading order."""
    found: list[Unit] = []
    follow_up, section = False, None
    opening = any(turn.guide_question for turn in document.turns)
    for number, (turn, span, heading) in enumerate(_stretches(document)):
        text = document.text
        if turn is not None and turn.kind is TurnKind.QUESTION:
            follow_up = asks_for_reasons(span.of(text))
        elif heading:
            section = " ".join(span.of(text).split())
        else:
            question = turn.guide_question if turn is not None else None
            opening = opening and not question
            speaker = turn.participant or turn.speaker if turn is not None else None
            for part in _sentences(text, span):
                words = part.of(text)
                found.append(
                    Unit(
                        document.id, part, words, number, question, follow_up, section, speaker, _key(words),
                        opening=opening, idle=is_small_talk(words, document.language),
                    )
                )  # fmt: skip
    return found


def asks_for_reasons(question: str) -> bool:
    """Tell whether a question asks why."""
    return _FOLLOW_UP.search(question) is not None


def interviewer_turns(document: StudyDocument) -> list[TextSpan]:
    """Return the spans in which nothing is suggested because the interviewer speaks."""
    return [turn.span for turn in document.turns if _asks(turn)]


def _asks(turn: StudyTurn) -> bool:
    return turn.role is SpeakerRole.INTERVIEWER or (turn.kind is TurnKind.QUESTION and turn.role is None)


def _stretches(document: StudyDocument) -> list[tuple[StudyTurn | None, TextSpan, bool]]:
    """Return (turn, span, is a heading): turns that ask or answer; where nobody speaks, the paragraphs."""
    answers = [turn for turn in document.turns if turn.kind is TurnKind.ANSWER and not _asks(turn)]
    if answers:
        spoken = [turn for turn in document.turns if turn.kind is not TurnKind.NOTE]
        return [(turn, turn.span, False) for turn in spoken if turn.kind is TurnKind.QUESTION or not _asks(turn)]
    asked = [turn.span for turn in document.turns if _asks(turn)]
    spans = [span for span in _paragraphs(document.text) if not any(span.overlaps(ask) for ask in asked)]
    short = [_is_heading(span.of(document.text)) for span in spans]
    # A heading has text below it; short lines that follow one another are a list.
    return [(None, span, at + 1 < len(spans) and short[at] and not short[at + 1]) for at, span in enumerate(spans)]


def _paragraphs(text: str) -> list[TextSpan]:
    ends = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
    return [TextSpan(a + 1, b) for a, b in pairwise(ends) if text[a + 1 : b].strip()]


def _is_heading(paragraph: str) -> bool:
    words = paragraph.strip()
    return len(words) <= _HEADING and words[-1].isalnum() and len(words.split()) <= 10


def _sentences(text: str, span: TextSpan) -> list[TextSpan]:
    found: list[TextSpan] = []
    start = span.start
    for line in span.of(text).split("\n"):
        for sentence in sentences(text, start, start + len(line)):
            found += _cut(text, sentence)
        start += len(line) + 1
    return found


def _cut(text: str, span: TextSpan) -> list[TextSpan]:
    parts = []
    start = span.start
    while span.end - start > LONGEST:
        end = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = end if end > 0 else start + LONGEST
        parts.append(TextSpan(start, end))
        start = end + 1 if text[end].isspace() else end
    return [*parts, TextSpan(start, span.end)] if start < span.end else parts


def _key(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
