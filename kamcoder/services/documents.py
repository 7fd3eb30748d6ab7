"""What can be done with documents once they are in: rename, delete, correct speakers, link to cases, search."""

from dataclasses import dataclass
from pathlib import Path

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import WorkState
from kamcoder.domain.document import KIND_OF_ROLE, Document, Speaker, SpeakerRole, Turn
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import now
from kamcoder.domain.project import natural_key
from kamcoder.services.editing import Editing
from kamcoder.services.files import write_output
from kamcoder.storage.documents import TurnHit


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list: with the names of its cases and the number of its codings."""

    document: Document
    case_ids: tuple[str, ...]
    codings: int


@dataclass(frozen=True, slots=True)
class Work:
    """How far a coder is with a document; `share` in [0, 1] is the coded part of what the interviewer did not say."""

    state: WorkState | None
    share: float


class DocumentService:
    """Verbs on documents."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> list[Document]:
        """Return all documents in natural order of their names (P2 before P10)."""
        return sorted(self._editing.rows.documents.all(), key=lambda document: natural_key(document.name))

    def entries(self) -> list[DocumentEntry]:
        """Return all documents with their cases and coding counts."""
        rows = self._editing.rows
        cases: dict[str, list[str]] = {}
        for document_id, case_id in rows.documents.case_links():
            cases.setdefault(document_id, []).append(case_id)
        counts = rows.codings.counts_by_document()
        return [
            DocumentEntry(document, tuple(cases.get(document.id, ())), counts.get(document.id, 0))
            for document in self.all()
        ]

    def find(self, name: str) -> Document:
        """Return the document of this id or name (without regard to case, or the one name that begins so)."""
        documents = self.all()
        wanted = name.strip().casefold()
        tries = (
            [document for document in documents if document.id == name or document.name.casefold() == wanted],
            [document for document in documents if document.original_name.casefold() == wanted],
            [document for document in documents if wanted and document.name.casefold().startswith(wanted)],
        )
        for hits in tries:
            if len(hits) == 1:
                return hits[0]
            if hits:
                names = ", ".join(document.name for document in hits)
                raise InvalidInput("document_ambiguous", document=name, candidates=names)
        raise NotFound("document_unknown", document=name)

    def text(self, document_id: str) -> str:
        """Return the frozen text of a document."""
        return self._editing.rows.documents.text(document_id)

    def original(self, document_id: str) -> tuple[str, bytes]:
        """Return name and bytes of the imported file, as it was."""
        return self._editing.rows.documents.original(document_id)

    def export_original(self, document_id: str, target: Path) -> None:
        """Write the imported file, as it was, to another place; raise KamCoderError if that cannot be written."""
        _, data = self.original(document_id)
        write_output(target, data)

    def turns(self, document_id: str) -> list[Turn]:
        """Return the turns of a document in order."""
        return self._editing.rows.documents.turns(document_id)

    def turn_lines(self, document_id: str) -> list[tuple[int, int, str, str | None, float | None]]:
        """Return the turns of a document in order as bare rows: start, end, kind, speaker's id, time in seconds."""
        return self._editing.rows.documents.turn_lines(document_id)

    def speakers(self, document_id: str) -> list[Speaker]:
        """Return the speakers of a document."""
        return self._editing.rows.documents.speakers(document_id)

    def search(self, query: str, *, limit: int = 200) -> list[TurnHit]:
        """Return the turns that hold all words of the query, best first."""
        return self._editing.rows.documents.search(query, limit=limit)

    def work(self, coder_id: str, *, document_id: str | None = None) -> dict[str, Work]:
        """Return for every document (or one) how far a coder is: state, and coded share of what was not asked."""
        documents = self._editing.rows.documents
        states = self._editing.rows.assignments.states_of(coder_id)
        coded, spoken = documents.coded_lengths(coder_id, document_id), documents.spoken_lengths()
        ids = [document.id for document in documents.all()] if document_id is None else [document_id]
        return {one: Work(states.get(one), min(1.0, coded.get(one, 0) / max(1, spoken.get(one, 0)))) for one in ids}

    def set_work_state(self, document_id: str, state: WorkState, *, initiator: str | None = None) -> None:
        """Say how far the active coder is with a document; no step of undo, since it is not a decision on the data."""
        rows, coder = self._editing.rows, self._editing.active_coder()
        document = rows.documents.get(document_id)
        if rows.assignments.states_of(coder.id).get(document_id) is state:
            return
        with self._editing.edit(
            Operation.SET_WORK_STATE, initiator=initiator, undoable=False, document=document.name, state=state.value
        ):
            rows.assignments.set(document_id, coder.id, state, now())

    def rename(self, document_id: str, name: str, *, initiator: str | None = None) -> None:
        """Give a document another name; raise InvalidInput if it is empty or taken."""
        rows = self._editing.rows
        document, trimmed = rows.documents.get(document_id), " ".join(name.split())
        if not trimmed:
            raise InvalidInput("document_name_empty")
        for other in rows.documents.all():
            if other.id != document_id and other.name.casefold() == trimmed.casefold():
                raise InvalidInput("document_name_taken", name=trimmed)
        with self._editing.edit(Operation.RENAME_DOCUMENT, initiator=initiator, before=document.name, after=trimmed):
            rows.documents.rename(document_id, trimmed)

    def delete(self, document_id: str, *, initiator: str | None = None) -> None:
        """Delete a document with its codings, memos and links in one act, which can be undone."""
        rows = self._editing.rows
        document = rows.documents.get(document_id)
        codings = [coding.id for coding in rows.codings.of_document(document_id)]
        with self._editing.edit(
            Operation.DELETE_DOCUMENT, initiator=initiator, document=document.name, codings=len(codings)
        ):
            rows.suggestions.delete_of("documents", document_id)
            rows.codings.delete(codings)
            rows.documents.delete(document_id)

    def set_speaker(
        self,
        speaker_id: str,
        *,
        role: SpeakerRole | None = None,
        participant_id: str | None = None,
        initiator: str | None = None,
    ) -> None:
        """Correct who a speaker is: the role (which makes the turns questions or answers) and the participant.

        None leaves a thing as it is; an empty `participant_id` says that the speaker is none of the participants.
        """
        rows = self._editing.rows
        speaker = next((item for item in rows.documents.speakers() if item.id == speaker_id), None)
        if speaker is None:
            raise NotFound("speaker_unknown", speaker=speaker_id, document="?")
        new_role = role or speaker.role
        document = rows.documents.get(speaker.document_id)
        with self._editing.edit(
            Operation.SET_SPEAKER,
            initiator=initiator,
            document=document.name,
            speaker=speaker.name,
            role=new_role.value,
        ):
            rows.documents.set_speaker(
                speaker_id,
                role=new_role,
                kind=KIND_OF_ROLE[new_role],
                participant_id=speaker.participant_id if participant_id is None else participant_id or None,
            )

    def link(self, document_id: str, case_id: str, *, linked: bool = True, initiator: str | None = None) -> None:
        """Let a document belong to a case, or no more."""
        rows = self._editing.rows
        document, case = rows.documents.get(document_id), rows.cases.get(case_id)
        present = (document_id, case_id) in rows.documents.case_links()
        if present == linked:
            return
        with self._editing.edit(
            Operation.LINK_DOCUMENT, initiator=initiator, document=document.name, case=case.name, linked=linked
        ):
            if linked:
                rows.documents.link(document_id, case_id)
            else:
                rows.documents.unlink(document_id, case_id)
