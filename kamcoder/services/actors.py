"""Actors: who is named in passages, by which wordings they are known, and what researchers put right.

Texts are read once and kept, since they never change; what was read is asked for passage by passage. Nothing here
loads spaCy before the first text is read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.actor import ActorCorrection, OwnVoice, role_of
from kamcoder.domain.changes import ChangeSet, Operation
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id, now
from kamcoder.services.actor_reading import ActorReadings, ActorWork, DocumentReading
from kamcoder.services.actor_roles import ActorRoles
from kamcoder.services.editing import Editing
from kamcoder.storage.passages import CodingLines

_Titles = dict[str, tuple[list[int], list[tuple[str, str]]]]


class ActorSource(StrEnum):
    """Why an actor stands at a passage: found in its words, the speaker himself, put there, or taken off."""

    NAMED = "named"
    SPEAKER = "speaker"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PassageActor:
    """An actor of a passage; `spans` are its places in the document, none if somebody put it there."""

    actor: str
    name: str
    source: ActorSource
    spans: tuple[TextSpan, ...] = ()


class ActorService:
    """Verbs on actors, their wordings and corrections."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self.roles = ActorRoles(editing)
        self._read: dict[str, DocumentReading] = {}
        self._titles: dict[str, str | None] = {}
        self._readings: ActorReadings | None = None
        self._whole = False
        self._voices: _Titles | None = None
        self._named: dict[str, tuple[str, ...]] = {}
        self._corrected: dict[str, dict[str, bool]] | None = None
        editing.subscribe(self._follow)

    # -- reading texts -------------------------------------------------------------------------------------------

    def unread(self) -> ActorWork | None:
        """Return the reading that is still to be done before actors are known, or None; see `take`."""
        if self._whole:
            return None
        coded = CodingLines(self._editing.store).coded_documents()
        missing = coded - self._read.keys()
        titles = {title for known in self._spoken().values() for pair in known[1] for title in pair if title}
        new = tuple(sorted(titles - self._titles.keys()))
        if not missing and not (new and coded):
            self._whole = True
            return None
        return ActorWork(
            wordings=self.roles.wordings(),
            texts=self._editing.rows.documents.texts(sorted(missing)),
            titles=new,
            finder=self._readings.finder if self._readings else None,
        )

    def take(self, readings: ActorReadings) -> None:
        """Keep what was read, unless the wordings changed meanwhile."""
        if readings.wordings == self.roles.wordings():
            self._readings = readings
            self._read |= readings.documents
            self._titles |= readings.titles
            self._named.clear()

    # -- actors of passages --------------------------------------------------------------------------------------

    def named(self, codings: Iterable[tuple[str, str, int, int]]) -> dict[str, tuple[str, ...]]:
        """Return the actors of codings given as (id, document, start, end), each once, in the order of their names.

        An actor counts that the words of the passage name, that the speaker is who says I in it, or that somebody put
        there; whether the sentence denies something does not matter. Codings without actors are left out.
        """
        self._complete()
        order = {actor: place for place, actor in enumerate(self.roles.names())}
        last = len(order)
        found: dict[str, tuple[str, ...]] = {}
        for coding_id, document_id, start, end in codings:
            actors = self._named.get(coding_id)
            if actors is None:
                present = self._present(coding_id, document_id, start, end)
                actors = tuple(sorted(present, key=lambda actor: order.get(actor, last)))
                self._named[coding_id] = actors
            if actors:
                found[coding_id] = actors
        return found

    def of_coding(self, coding_id: str) -> list[PassageActor]:
        """Return the actors of one coding with their places, those taken off too; raise NotFound."""
        self._complete()
        coding = self._editing.rows.codings.get(coding_id)
        names = self.roles.names()
        spans: dict[tuple[str, ActorSource], list[TextSpan]] = {}
        for actor, source, span in self._found(coding.document_id, coding.span.start, coding.span.end):
            spans.setdefault((actor, source), []).append(span)
        corrected = self._corrections().get(coding_id, {})
        shown: dict[str, PassageActor] = {}
        for (actor, source), places in spans.items():
            known = shown.get(actor)
            if known is None or source is ActorSource.NAMED:
                shown[actor] = PassageActor(actor, names.get(actor, actor), source, tuple(places))
        for actor, present in corrected.items():
            if not present:
                shown[actor] = PassageActor(actor, names.get(actor, actor), ActorSource.REMOVED)
            elif actor not in shown:
                shown[actor] = PassageActor(actor, names.get(actor, actor), ActorSource.ADDED)
        order = {actor: place for place, actor in enumerate(names)}
        return sorted(shown.values(), key=lambda item: order.get(item.actor, len(order)))

    def correct(self, coding_ids: Sequence[str], actor: str, *, present: bool, initiator: str | None = None) -> None:
        """Say of codings that an actor is there, or is not, whatever is found in their words."""
        role, _ = role_of(actor)
        name = self.roles.get(role).name
        for coding_id in coding_ids:
            self._editing.rows.codings.get(coding_id)
        coder, rows = self._editing.active_coder(), self._editing.rows.actors
        known = {item.coding_id: item for item in rows.corrections(coding_ids) if item.actor == actor}
        self._complete()
        wanted = [key for key in coding_ids if not (key in known and known[key].present is present)]
        with self._editing.edit(
            Operation.CORRECT_ACTORS, initiator=initiator, actor=name, present=present, codings=len(wanted)
        ):
            rows.delete_corrections([known[key].id for key in wanted if key in known])
            needed = [key for key in wanted if self._is_found(key, actor) is not present]
            rows.add_corrections([ActorCorrection(new_id(), key, actor, present, coder.id, now()) for key in needed])

    # -- inside --------------------------------------------------------------------------------------------------

    def _complete(self) -> None:
        work = self.unread()
        if work is not None:
            self.take(work())

    def _is_found(self, coding_id: str, actor: str) -> bool:
        coding = self._editing.rows.codings.get(coding_id)
        found = self._found(coding.document_id, coding.span.start, coding.span.end)
        return any(name == actor for name, _, _ in found)

    def _present(self, coding_id: str, document_id: str, start: int, end: int) -> set[str]:
        found = {actor for actor, _, _ in self._found(document_id, start, end)}
        for actor, present in self._corrections().get(coding_id, {}).items():
            (found.add if present else found.discard)(actor)
        return found

    def _found(self, document_id: str, start: int, end: int) -> Iterator[tuple[str, ActorSource, TextSpan]]:
        """Yield what is wholly inside [start, end)."""
        read = self._read.get(document_id)
        if read is None:
            return
        for place in range(bisect_left(read.mention_starts, start), bisect_left(read.mention_starts, end)):
            mention = read.mentions[place]
            if mention.end <= end:
                yield mention.actor, ActorSource.NAMED, TextSpan(mention.start, mention.end)
        voice = self.roles.own_voice
        if voice is OwnVoice.OFF:
            return
        for place in range(bisect_left(read.person_starts, start), bisect_left(read.person_starts, end)):
            person = read.persons[place]
            if person.end <= end and (voice is OwnVoice.I_AND_WE or not person.several):
                actor = self._speaker(document_id, person.start)
                if actor is not None:
                    yield actor, ActorSource.SPEAKER, TextSpan(person.start, person.end)

    def _speaker(self, document_id: str, position: int) -> str | None:
        """Return the actor who speaks at a place: by the participant's role, else by the name in the transcript."""
        known = self._spoken().get(document_id)
        place = bisect_right(known[0], position) - 1 if known else -1
        if known is None or place < 0:
            return None
        return next((self._titles[title] for title in known[1][place] if self._titles.get(title)), None)

    def _spoken(self) -> _Titles:
        if self._voices is None:
            self._voices = self._editing.rows.actors.titles()
        return self._voices

    def _corrections(self) -> dict[str, dict[str, bool]]:
        if self._corrected is None:
            self._corrected = {}
            for item in self._editing.rows.actors.corrections():
                self._corrected.setdefault(item.coding_id, {})[item.actor] = item.present
        return self._corrected

    def _follow(self, change: ChangeSet) -> None:
        if change.touches("actor_wordings", "cast_members"):
            self._forget_wordings(change)
        if change.touches("documents", "turns", "speakers", "participants"):
            self._voices = None
            self._whole = False
            for row in change.of("documents"):
                if row.after is None:
                    self._read.pop(row.row["id"], None)
        if change.touches("documents", "turns", "speakers", "participants", "actor_roles", "settings"):
            self._named.clear()
        for row in change.of("codings"):
            self._named.pop(row.row["id"], None)
            self._whole = self._whole and row.row["document_id"] in self._read
        if change.touches("actor_corrections"):
            self._corrected = None
            self._named.clear()

    def _forget_wordings(self, change: ChangeSet) -> None:
        self._named.clear()
        self._whole = False
        places = {row.row["document_id"] for table in ("actor_wordings", "cast_members") for row in change.of(table)}
        if None in places:
            self._read.clear()
            self._titles.clear()
            self._readings = None
        for document_id in places:
            self._read.pop(document_id, None)
