"""Guessing which case and which interviewee a file is about, from its name and its first lines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kamcoder.domain.document import TurnKind
from kamcoder.domain.transcript import Transcript

_ROLES = frozenset(
    {"ceo", "cfo", "coo", "cco", "cmo", "cto", "kam", "nam", "sd", "cd", "hor", "gm", "md", "vp"}
    | {"director", "manager", "owner", "founder", "board", "sales"}
)
_FILLER = frozenset(
    {"interview", "interviews", "transcript", "transcription", "transcribed", "case", "firm", "company"}
    | {"final", "draft", "clean", "anonymised", "anonymized", "audio", "recording", "copy", "version"}
    | {"with", "the", "of", "and", "en", "de", "v"}
)
_HEADER = re.compile(
    r"^\s*(?:case|firm|company|organi[sz]ation|bedrijf|firma|unternehmen)\s*[:\t]\s*(?P<name>\S.{0,60}?)\s*$", re.I
)
_INTERVIEWEE = re.compile(
    r"^\s*(?:interviewee|participant|respondent|role|function|functie)\s*[:\t]\s*(?P<role>\S.{0,80}?)\s*$", re.I
)
_YEARS = re.compile(r"(?P<years>\d{1,2})\s*\+?\s*(?:years?|yrs?|y|jaar|jahre)\b", re.I)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be about; None where nothing speaks for it."""

    case: str | None
    role: str | None
    years: int | None
    experience: str


def guess(stem: str, transcript: Transcript, *, cases: Sequence[str], stems: Sequence[str]) -> Guess:
    """Return the guess for one file; `cases` are the project's case names, `stems` the names of all files at hand."""
    header_case, role, experience = _front_matter(transcript)
    years = _YEARS.search(experience)
    tokens = _tokens(stem)
    known = {name.casefold(): name for name in cases}
    case = next((known[token.casefold()] for token in tokens if token.casefold() in known), None)
    if case is None and header_case is not None:
        case = known.get(header_case.casefold(), header_case)
    if case is None:
        case = _case_of(tokens, stems)
    return Guess(
        case=case,
        role=role or next((token for token in tokens if _is_role(token)), None),
        years=int(years["years"]) if years else None,
        experience=experience,
    )


def _front_matter(transcript: Transcript) -> tuple[str | None, str | None, str]:
    case: str | None = None
    role: str | None = None
    experience = ""
    for turn in transcript.turns:
        if turn.kind is not TurnKind.NOTE:
            break
        for line in transcript.text[turn.start : turn.end].split("\n")[:20]:
            found_case, found_role = _HEADER.match(line), _INTERVIEWEE.match(line)
            if found_case and case is None:
                case = re.sub(r"^(?:case|firm)\s+", "", found_case["name"], flags=re.I)
            if found_role and role is None:
                role, *rest = (part.strip() for part in re.split(r"[;,]", found_role["role"], maxsplit=1))
                experience = rest[0] if rest else ""
    return case, role, experience


def _tokens(stem: str) -> list[str]:
    return [token for token in re.split(r"[\s_\-.,()\[\]]+", stem) if token]


def _is_role(token: str) -> bool:
    return token.casefold().rstrip("0123456789") in _ROLES


def _case_of(tokens: Sequence[str], stems: Sequence[str]) -> str | None:
    words = [token for token in tokens if token.casefold() not in _FILLER and not token.isdecimal()]
    names = [word for word in words if not _is_role(word)]
    if not names:
        return None
    first = names[0]
    if len(first) <= 2 and first.isalnum():
        return first.upper() if len(first) == 1 else first
    # A longer word is a case if a role stands beside it, or if several files begin with it.
    if any(_is_role(word) for word in words):
        return first
    shared = Counter(token.casefold() for stem in stems for token in set(_tokens(stem)))
    return first if shared[first.casefold()] > 1 else None
