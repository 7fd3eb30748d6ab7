"""Corrections of who speaks in a file: plain values that become `TurnOptions`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.transcript import SpeakerDraft, Transcript, TurnOptions


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as first found, with what it is called now.

    `role` None says that its labels are ordinary text; `decided` that the role was chosen by hand, else it follows what
    is read out of the file.
    """

    labels: tuple[str, ...]
    found: str
    name: str
    role: SpeakerRole | None
    decided: bool = False
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Casting:
    """The speakers of a file in order of appearance, and whether it is read as speech at all."""

    voices: tuple[Voice, ...] = ()
    structured: bool = True

    @classmethod
    def of(cls, transcript: Transcript) -> "Casting":
        """Return the speakers as they were found."""
        return cls(tuple(_voice(draft) for draft in transcript.speakers))

    def renamed(self, place: int, name: str) -> "Casting":
        """Give a speaker another name; the name of another speaker makes both one, an empty one brings back its own."""
        voice = self.voices[place]
        wanted = " ".join(name.split()) or voice.found
        others = (other for number, other in enumerate(self.voices) if number != place and other.role is not None)
        same = next((other for other in others if other.name.casefold() == wanted.casefold()), None)
        if same is None or voice.role is None:
            return self._with(place, replace(voice, name=wanted))
        return self._with(place, replace(voice, name=same.name, role=same.role, decided=same.decided))

    def played(self, place: int, role: SpeakerRole | None) -> "Casting":
        """Give a speaker, under all its labels, a role; None turns this label back into text."""
        voice = self.voices[place]
        if role is None:
            return self._with(place, replace(voice, role=None, name=voice.found, decided=True))
        voices = [
            replace(other, role=role, decided=True)
            if number == place or (other.role is not None and other.name == voice.name)
            else other
            for number, other in enumerate(self.voices)
        ]
        return replace(self, voices=tuple(voices))

    def refreshed(self, transcript: Transcript) -> "Casting":
        """Follow what reading again made of the speakers: roles that were not chosen by hand, turns, new labels."""
        if not self.structured:
            return self
        drafts = {label: draft for draft in transcript.speakers for label in draft.labels}
        voices = [_followed(voice, drafts.get(voice.labels[0])) for voice in self.voices]
        known = {label for voice in voices for label in voice.labels}
        new = [_voice(draft) for draft in transcript.speakers if not known.intersection(draft.labels)]
        return replace(self, voices=(*voices, *new))

    def options(self) -> TurnOptions:
        """Return the corrections as the reader of turns takes them."""
        spoken = [voice for voice in self.voices if voice.role is not None]
        return TurnOptions(
            roles={label: voice.role for voice in spoken if voice.decided and voice.role for label in voice.labels},
            renamed={label: voice.name for voice in spoken if voice.name != voice.found for label in voice.labels},
            not_speakers=frozenset(_labels(voice for voice in self.voices if voice.role is None)),
            structured=self.structured,
        )

    def _with(self, place: int, voice: Voice) -> "Casting":
        return replace(self, voices=(*self.voices[:place], voice, *self.voices[place + 1 :]))


def _voice(draft: SpeakerDraft) -> Voice:
    return Voice(draft.labels or (draft.name,), draft.name, draft.name, draft.role, turns=draft.turns)


def _followed(voice: Voice, draft: SpeakerDraft | None) -> Voice:
    if draft is None or voice.role is None:
        return replace(voice, turns=0)
    return replace(voice, role=voice.role if voice.decided else draft.role, turns=draft.turns)


def _labels(voices: Iterable[Voice]) -> list[str]:
    return [label for voice in voices for label in voice.labels]
