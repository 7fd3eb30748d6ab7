"""Reading texts for actors: long work on plain values, so that it may run beside the window."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kamcoder.domain.actor import Mention, Wording
from kamcoder.services.jobs import Progress, silent
from kamcoder.suggest.actors import ActorFinder, FirstPerson, first_persons


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a text says of actors: those it names, and where speakers name themselves; each in order."""

    mentions: tuple[Mention, ...]
    persons: tuple[FirstPerson, ...]
    mention_starts: tuple[int, ...]
    person_starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActorReadings:
    """What was read by these wordings: documents by id, and for job titles the actor they name."""

    wordings: tuple[Wording, ...]
    documents: Mapping[str, DocumentReading]
    titles: Mapping[str, str | None]
    finder: ActorFinder | None = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ActorWork:
    """The texts by document and the job titles to be read; called, it reads them. `finder` is one of these wordings."""

    wordings: tuple[Wording, ...]
    texts: Mapping[str, str]
    titles: tuple[str, ...]
    finder: ActorFinder | None = field(default=None, repr=False, compare=False)

    def __call__(self, *, progress: Progress = silent) -> ActorReadings:
        """Read everything; `progress` is told every document and may raise Cancelled."""
        if not self.texts and not self.titles:
            return ActorReadings(self.wordings, {}, {}, self.finder)
        finder = self.finder or ActorFinder(word for word in self.wordings if word.document_id is None)
        titles = {title: finder.first(title) for title in self.titles}
        documents: dict[str, DocumentReading] = {}
        for done, (document_id, text) in enumerate(self.texts.items()):
            progress(done, len(self.texts), "")
            local = [word for word in self.wordings if word.document_id == document_id and word.enabled]
            mentions = finder.find(text)
            if local:
                mentions = _longest([*ActorFinder(local).find(text), *mentions])
            documents[document_id] = _reading(mentions, first_persons(text))
        return ActorReadings(self.wordings, documents, titles, finder)


def _reading(mentions: Iterable[Mention], persons: Iterable[FirstPerson]) -> DocumentReading:
    named, own = tuple(mentions), tuple(persons)
    return DocumentReading(named, own, tuple(item.start for item in named), tuple(item.start for item in own))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in order, of those that overlap the longest, and of those as long the first given."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start, item.start - item.end)):
        if found and mention.start < found[-1].end:
            if mention.end - mention.start > found[-1].end - found[-1].start:
                found[-1] = mention
        else:
            found.append(mention)
    return found
