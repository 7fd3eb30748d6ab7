"""The speakers of a file: which labels belong together, what they are called, and what the corrections say of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.transcript import TurnOptions
from kamcoder.formats.speakers import labels
from kamcoder.formats.speakers.leads import Lead

# A header that is a time alone announces a voice that the transcription could not name.
_NAMELESS = "Unknown speaker"


@dataclass(slots=True)
class Voice:
    """A speaker: the name, and every spelling of the label in order of appearance."""

    name: str
    labels: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Voices:
    """All speakers by name, and the name of each key."""

    by_name: dict[str, Voice]
    names: dict[str, str]

    def roles_by_name(self, roles: Mapping[str, SpeakerRole]) -> dict[str, SpeakerRole]:
        """Turn roles by label (any spelling) into roles by name; labels that are unknown are left out."""
        found: dict[str, SpeakerRole] = {}
        for label, role in roles.items():
            name = self.names.get(labels.key_of(label))
            if name is not None:
                found.setdefault(name, role)
        return found

    def telling_label(self, name: str) -> str:
        """Return the label of a speaker that tells a role, or else the first."""
        spellings = self.by_name[name].labels
        return next((label for label in spellings if labels.role_of(label) is not None), spellings[0])


def gather_voices(leads: Iterable[Lead], options: TurnOptions) -> Voices:
    """Find the speakers of `leads`, which come in the order of the text."""
    spellings: dict[str, dict[str, None]] = {}
    first: dict[str, Lead] = {}
    for lead in leads:
        spellings.setdefault(lead.key, {})[lead.label or _NAMELESS] = None
        first.setdefault(lead.key, lead)
    shorter = _same_person(spellings)
    renamed = {labels.key_of(label): name.strip() for label, name in options.renamed.items() if name.strip()}
    voices = Voices({}, {})
    for key, found in spellings.items():
        own = shorter.get(key, key)
        asked = next((renamed[k] for k in (key, *map(labels.key_of, found)) if k in renamed), None)
        name = asked or _plain_name(first[own])
        voice = voices.by_name.setdefault(name, Voice(name))
        voice.labels.extend(label for label in found if label not in voice.labels)
        voices.names[key] = name
    _add_spellings(voices)
    return voices


def _add_spellings(voices: Voices) -> None:
    for voice in voices.by_name.values():
        for label in voice.labels:
            voices.names.setdefault(labels.key_of(label), voice.name)


def _plain_name(lead: Lead) -> str:
    """Return how a speaker is called: the label, of numbered ones (`Q1`, `Q2`) what they share."""
    if lead.number is not None:
        return lead.label.rstrip("0123456789 .")
    return lead.label or _NAMELESS


def _same_person(spellings: Mapping[str, object]) -> dict[str, str]:
    """Map "anna (kam)" to "anna" where both occur and no other bracket follows that name."""
    longer: dict[str, list[str]] = {}
    for key in spellings:
        base = labels.key_of(labels.without_brackets(key))
        if base != key and base in spellings:
            longer.setdefault(base, []).append(key)
    return {keys[0]: base for base, keys in longer.items() if len(keys) == 1}


def is_excluded(lead: Lead, excluded: Sequence[str] | frozenset[str]) -> bool:
    """Tell whether a correction says that the label of `lead` is ordinary text; `excluded` holds keys."""
    return lead.key in excluded or labels.key_of(lead.label or _NAMELESS) in excluded
