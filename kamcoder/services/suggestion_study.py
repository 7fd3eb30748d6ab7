"""One coder's view of the project, as suggestions are made from it. Reads only."""

from collections.abc import Mapping
from dataclasses import replace

from kamcoder.domain.coding import CoderKind, WorkState
from kamcoder.domain.document import Document, TextSpan
from kamcoder.domain.errors import NotFound
from kamcoder.domain.languages import language_of
from kamcoder.domain.project import natural_key
from kamcoder.domain.suggesting import Decision, Study, StudyCoding, StudyDocument, StudyTurn
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.storage.repositories import Repositories

#: Settings of the project, kept as texts.
ON, SHARED, THRESHOLD = "suggestions.on", "suggestions.shared", "suggestions.threshold"
LEAST_CONFIDENCE = 0.5

_TURNED_DOWN = (SuggestionState.REJECTED, SuggestionState.POSTPONED)


class StudyReader:
    """Reads studies; the texts, which never change, are kept from one reading to the next."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[str, str, str]] = {}  # document: (hash, text, language)

    def read(self, rows: Repositories, coder_id: str) -> Study:
        """Return what one coder has coded and decided, with all documents and codes."""
        documents = sorted(rows.documents.all(), key=lambda document: natural_key(document.name))
        self._read_texts(rows, documents)
        finished = {
            document_id
            for document_id, state in rows.assignments.states_of(coder_id).items()
            if state is WorkState.FINISHED
        }
        people = {person.id: person.name for person in rows.cases.participants()}
        return Study(
            codes=tuple(code for _, code in rows.codes.codebook().walk()),
            documents=tuple(self._document(rows, document, finished, people) for document in documents),
            codings=_codings(rows, {coder_id}),
            decisions=tuple(
                Decision(item.document_id, item.span, item.code_id, item.state, item.decided_at or "")
                for item in rows.suggestions.of_coder(coder_id)
                if item.state in _TURNED_DOWN
            ),
            lexicon=tuple(rows.lexicon.entries()),
            cast=tuple(rows.lexicon.cast()),
            guide=tuple(rows.guide.all()),
            wordings=tuple(rows.actors.wordings()),
            muted=frozenset(item.code_id for item in rows.suggestions.muted(coder_id) if item.muted),
            threshold=float(rows.projects.setting(THRESHOLD) or LEAST_CONFIDENCE),
        )

    def learned_from(self, rows: Repositories, study: Study) -> Study:
        """Return what the model learns from: the study itself, or all coders' codings where that was chosen."""
        if rows.projects.setting(SHARED) != "yes":
            return study
        people = {coder.id for coder in rows.coders.all() if coder.kind is CoderKind.PERSON}
        return replace(study, codings=_codings(rows, people))

    def _read_texts(self, rows: Repositories, documents: list[Document]) -> None:
        new = [document for document in documents if self._texts.get(document.id, ("",))[0] != document.text_hash]
        texts = rows.documents.texts(document.id for document in new)
        for document in new:
            text = texts[document.id]
            self._texts[document.id] = document.text_hash, text, language_of(text)
        for gone in self._texts.keys() - {document.id for document in documents}:
            del self._texts[gone]

    def _document(
        self, rows: Repositories, document: Document, finished: set[str], people: Mapping[str, str]
    ) -> StudyDocument:
        speakers = {speaker.id: speaker for speaker in rows.documents.speakers(document.id)}
        turns = []
        for turn in rows.documents.turns(document.id):
            speaker = speakers.get(turn.speaker_id or "")
            turns.append(
                StudyTurn(
                    span=turn.span,
                    kind=turn.kind,
                    role=speaker.role if speaker else None,
                    guide_question=turn.guide_question,
                    speaker=speaker.name if speaker else None,
                    participant=people.get(speaker.participant_id or "") if speaker else None,
                )
            )
        _, text, language = self._texts[document.id]
        return StudyDocument(document.id, document.name, text, tuple(turns), language, document.id in finished)


def chosen_document(study: Study, document_id: str) -> StudyDocument:
    """Return a document of a study; raise NotFound."""
    for document in study.documents:
        if document.id == document_id:
            return document
    raise NotFound("document_unknown", document=document_id)


def _codings(rows: Repositories, coder_ids: set[str]) -> tuple[StudyCoding, ...]:
    return tuple(
        StudyCoding(row[0], row[1], TextSpan(row[4], row[5]), row[2], row[3])
        for row in sorted(rows.codings.plain(), key=lambda row: (row[1], row[4], row[5], row[2], row[3]))
        if row[3] in coder_ids
    )
