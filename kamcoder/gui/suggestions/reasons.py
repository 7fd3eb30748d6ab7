"""Why a code is suggested, in words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kamcoder.gui.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from kamcoder.domain.suggesting import Reasons
    from kamcoder.gui.suggestions.offers import Offer
    from kamcoder.services.suggestion_desk import PackedHidden

_MOST_TERMS = 5
_LEAST_WEIGHT = 0.05  # less is written as +0.0
_SOURCES = {
    "rules": QT_TRANSLATE_NOOP("suggestions", "rules"),
    "text": QT_TRANSLATE_NOOP("suggestions", "learned words"),
    "question": QT_TRANSLATE_NOOP("suggestions", "the question asked"),
    "section": QT_TRANSLATE_NOOP("suggestions", "the heading above"),
    "previous": QT_TRANSLATE_NOOP("suggestions", "the passage before"),
    "neighbours": QT_TRANSLATE_NOOP("suggestions", "the passages around"),
}
_HIDDEN = {
    "already coded": QT_TRANSLATE_NOOP("suggestions", "already coded"),
    "rejected": QT_TRANSLATE_NOOP("suggestions", "rejected on {day}"),
    "not now": QT_TRANSLATE_NOOP("suggestions", "put off on {day}"),
    "interviewer": QT_TRANSLATE_NOOP("suggestions", "the interviewer speaks"),
    "below threshold": QT_TRANSLATE_NOOP("suggestions", "{score} %, below the threshold"),
    "muted": QT_TRANSLATE_NOOP("suggestions", "the code is muted"),
}


#: What is listed of the reasons why something is not shown; what can be brought back, and what not.
WHY = (
    ("", QT_TRANSLATE_NOOP("suggestions", "For any reason")),
    ("already coded", QT_TRANSLATE_NOOP("suggestions", "Already coded")),
    ("rejected", QT_TRANSLATE_NOOP("suggestions", "Rejected")),
    ("not now", QT_TRANSLATE_NOOP("suggestions", "Put off")),
    ("muted", QT_TRANSLATE_NOOP("suggestions", "Muted")),
    ("interviewer", QT_TRANSLATE_NOOP("suggestions", "Said by the interviewer")),
    ("below threshold", QT_TRANSLATE_NOOP("suggestions", "Below the threshold")),
)
DECIDED = frozenset({"rejected", "not now"})


def tr(text: str) -> str:
    """Return words of the suggestions in the language of the window."""
    return QCoreApplication.translate("suggestions", text)


def sureness(offer: Offer) -> str:
    """Return how sure a suggestion is, in short; nothing while only rules speak."""
    return "" if offer.confidence is None else f"{round(100 * offer.confidence)} %"


def lines(offer: Offer, *, name: str, code_name: Callable[[str], str], quote: str) -> list[str]:
    """Return why a suggestion was made, a line for each kind of reason; the first says what and how sure."""
    reasons = offer.reasons
    how = sureness(offer) or tr("from the codebook’s words")
    told = [f"{name} · {how}"]
    if words := matched(offer, quote):
        told.append(tr("Words that speak for it: {words}").format(words=", ".join(f"“{word}”" for word in words)))
    terms = [term for term in reasons.terms if term.weight >= _LEAST_WEIGHT][:_MOST_TERMS]
    if terms:
        weighed = ", ".join(f"{term.term} +{term.weight:.1f}" for term in terms)
        told.append(tr("Learned: {terms}").format(terms=weighed))
    if reasons.question:
        answers = tr("Answers {question}, asked for reasons") if reasons.follow_up else tr("Answers {question}")
        told.append(answers.format(question=reasons.question))
    if reasons.section:
        told.append(tr("Under the heading “{heading}”").format(heading=reasons.section))
    if reasons.previous_code_id:
        told.append(tr("The passage before carries {code}").format(code=code_name(reasons.previous_code_id)))
    if shares := _shares(reasons):
        told.append(tr("Weight: {shares}").format(shares=shares))
    if reasons.negated:
        told.append(tr("Says that something is not so; that can be coded all the same"))
    return told


def matched(offer: Offer, quote: str) -> list[str]:
    """Return the words of the passage that rules found, each once."""
    found = (
        quote[match.span.start - offer.start : match.span.end - offer.start]
        for match in offer.reasons.matches
        if offer.start <= match.span.start and match.span.end <= offer.end
    )
    return list(dict.fromkeys(" ".join(words.split()) for words in found))


def marked(offer: Offer, quote: str) -> str:
    """Return the passage as rich text with the words that rules found underlined."""
    places = sorted(
        (match.span.start - offer.start, match.span.end - offer.start)
        for match in offer.reasons.matches
        if offer.start <= match.span.start and match.span.end <= offer.end
    )
    parts, here = [], 0
    for start, end in places:
        if start >= here:
            parts += [escape(quote[here:start]), "<u><b>", escape(quote[start:end]), "</b></u>"]
            here = end
    return "".join([*parts, escape(quote[here:])])


def hidden_line(hidden: PackedHidden, name: str) -> str:
    """Return what is not shown at a place, and why."""
    _, _, reason, _, score, at, _ = hidden
    why = tr(_HIDDEN.get(reason, reason)).format(day=at[:10], score=round(100 * score))
    return f"{name}: {why}" if name else why


def _shares(reasons: Reasons) -> str:
    parts = sorted((part for part in reasons.parts if part.share >= 0.05), key=lambda part: -part.share)
    return ", ".join(f"{tr(_SOURCES.get(part.source, part.source))} {round(100 * part.share)} %" for part in parts)
