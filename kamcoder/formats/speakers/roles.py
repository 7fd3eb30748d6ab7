"""Who interviews and who answers: known labels first, then who asks more and says less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamcoder.domain.document import SpeakerRole
from kamcoder.formats.speakers import labels

_SAYS_LITTLE = 0.02
_ASKS_ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class Share:
    """What one speaker says in a file: the label, turns, words, and turns that ask something."""

    label: str
    turns: int
    words: int
    asking: int

    @property
    def asks(self) -> float:
        """Share of the turns that ask."""
        return self.asking / self.turns if self.turns else 0.0


@dataclass(frozen=True, slots=True)
class Casting:
    """The role of each speaker by key; `uncertain` names the interviewer where the text hardly tells."""

    roles: dict[str, SpeakerRole]
    uncertain: str | None = None


def cast(shares: Mapping[str, Share], given: Mapping[str, SpeakerRole], hints: Mapping[str, SpeakerRole]) -> Casting:
    """Give each speaker a role.

    `given` are corrections, `hints` what the particulars above the interview tell; both by key.
    """
    roles = _known_roles(shares)
    roles.update({key: role for key, role in hints.items() if key in shares})
    roles.update({key: role for key, role in given.items() if key in shares})
    uncertain = None
    unknown = [key for key in shares if key not in roles]
    if SpeakerRole.INTERVIEWER not in roles.values() and unknown and len(shares) > 1:
        chosen, certain = _likely_interviewer(shares, unknown)
        roles[chosen] = SpeakerRole.INTERVIEWER
        uncertain = None if certain else chosen
    total = sum(share.words for share in shares.values())
    for key, share in shares.items():
        little = len(shares) > 2 and share.words < _SAYS_LITTLE * total
        roles.setdefault(key, SpeakerRole.OTHER if little else SpeakerRole.INTERVIEWEE)
    return Casting(roles, uncertain)


def _known_roles(shares: Mapping[str, Share]) -> dict[str, SpeakerRole]:
    known = {key: role for key, share in shares.items() if (role := labels.role_of(share.label)) is not None}
    # "A" and "B", or "P" and "R", are initials unless somebody in the file is called an interviewer.
    if SpeakerRole.INTERVIEWER in known.values():
        spelled = any(
            role is SpeakerRole.INTERVIEWER and not labels.is_abbreviated(shares[key].label)
            for key, role in known.items()
        )
        answers = any(role is SpeakerRole.INTERVIEWEE for role in known.values())
        mixed = any(not labels.is_abbreviated(share.label) for share in shares.values())
        if spelled or answers or mixed or len(shares) == 1:
            return known
    return {key: role for key, role in known.items() if not labels.is_abbreviated(shares[key].label)}


def _likely_interviewer(shares: Mapping[str, Share], unknown: Sequence[str]) -> tuple[str, bool]:
    """Return the key of the likeliest interviewer, and whether questions and words leave little doubt."""
    total = sum(share.words for share in shares.values()) or 1
    main = [key for key in unknown if shares[key].words > _SAYS_LITTLE * total] or list(unknown)
    chosen = max(main, key=lambda key: (shares[key].asks - shares[key].words / total, -list(shares).index(key)))
    share = shares[chosen]
    rest = [other for key, other in shares.items() if key != chosen]
    less = share.words < max(other.words for other in rest)
    return chosen, less and share.asks >= _ASKS_ENOUGH and all(share.asks > other.asks for other in rest)
