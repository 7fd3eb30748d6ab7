"""Importing transcripts: first a preview that can be corrected, then one act for all files."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kamcoder.domain.case import Case, Participant
from kamcoder.domain.changes import Operation
from kamcoder.domain.document import Document, Speaker, SpeakerRole, TextSpan, Turn
from kamcoder.domain.errors import ImportRefused, KamCoderError, Notice
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.transcript import Extracted, GuideQuestion, Transcript, TurnOptions
from kamcoder.formats import registry
from kamcoder.formats.speakers import read_transcript
from kamcoder.services.cases import next_position
from kamcoder.services.editing import Editing
from kamcoder.services.guessing import Guess, guess
from kamcoder.services.jobs import Progress, silent
from kamcoder.storage.documents import NewDocument, text_hash


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One file as it would be imported. Correct it with `dataclasses.replace` or `reread`.

    `name` is the document's, `case` the case's name (None: none), `participant` the interviewee's pseudonym (None:
    none), `include` whether the file goes in at all.
    """

    path: Path
    data: bytes = field(repr=False)
    extracted: Extracted = field(repr=False)
    transcript: Transcript = field(repr=False)
    options: TurnOptions
    guide: tuple[GuideQuestion, ...] = field(repr=False)
    name: str
    case: str | None
    participant: str | None
    guess: Guess
    include: bool
    notices: tuple[Notice, ...]

    @property
    def sha256(self) -> str:
        """Return the hash of the file's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the numbers of the guide questions recognised, in order of first appearance."""
        numbers = (turn.guide_question for turn in self.transcript.turns)
        return tuple(dict.fromkeys(number for number in numbers if number))

    def reread(self, options: TurnOptions) -> "ImportItem":
        """Return the item with its turns read again under other options."""
        transcript = read_transcript(self.extracted, guide=self.guide, options=options)
        kept = tuple(item for item in self.notices if item not in self.transcript.notices)
        return replace(self, options=options, transcript=transcript, notices=(*kept, *transcript.notices))


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """A file that cannot be imported, and why."""

    path: Path
    error: KamCoderError


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; nothing is written before `ImportService.commit`."""

    items: tuple[ImportItem, ...]
    failures: tuple[ImportFailure, ...]

    @property
    def included(self) -> tuple[ImportItem, ...]:
        """Return the items that would go in."""
        return tuple(item for item in self.items if item.include)


class ImportService:
    """Verbs of importing."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def preview(self, paths: Iterable[Path], *, progress: Progress = silent) -> ImportPreview:
        """Read files and say what importing them would do.

        A folder stands for the files of known formats in it. A file that cannot be read is a failure and does not stop
        the others. A text that is in the project or among the files already is noticed and left out at first.
        """
        files = expanded(paths)
        guide = tuple(self._editing.rows.guide.all())
        items: list[ImportItem] = []
        failures: list[ImportFailure] = []
        for done, path in enumerate(files):
            progress(done, len(files), path.name)
            try:
                items.append(_read(path, guide))
            except KamCoderError as error:
                if error.key == "cancelled":
                    raise
                failures.append(ImportFailure(path, error))
        progress(len(files), len(files), "")
        return ImportPreview(tuple(self._proposed(items)), tuple(failures))

    def commit(self, preview: ImportPreview, *, initiator: str | None = None) -> list[Document]:
        """Write the included items in one act, one step of undo, and return the documents.

        New cases and participants named by the items are added. Names that are taken get a number.
        """
        items = preview.included
        if not items:
            return []
        rows = self._editing.rows
        names = _free_names([item.name for item in items], {document.name for document in rows.documents.all()})
        cases, new_cases = self._cases(items)
        people, new_people = self._participants(items, cases)
        new = [
            _new_document(
                item,
                name,
                case_id=cases[item.case.casefold()] if item.case else None,
                participant_id=people[item.participant.casefold()] if item.participant else None,
            )
            for item, name in zip(items, names, strict=True)
        ]
        with self._editing.edit(
            Operation.IMPORT_DOCUMENTS, initiator=initiator, documents=names, cases=[case.name for case in new_cases]
        ):
            rows.cases.add(new_cases)
            rows.cases.add_participants(new_people)
            rows.documents.add(new)
        return [item.document for item in new]

    def _proposed(self, items: Sequence[ImportItem]) -> list[ImportItem]:
        """Fill in case, participant and what is noticed by comparing the files with each other and the project."""
        rows = self._editing.rows
        hashes = [text_hash(item.transcript.text) for item in items]
        present = rows.documents.with_hashes(set(hashes))
        case_names = [case.name for case in rows.cases.all()]
        stems = [item.path.stem for item in items]
        seen: dict[str, str] = {}
        proposed: list[ImportItem] = []
        for item, digest in zip(items, hashes, strict=True):
            guessed = guess(item.path.stem, item.transcript, cases=case_names, stems=stems)
            notices = list(item.notices)
            if digest in present:
                notices.append(Notice("same_text_in_project", {"document": present[digest]}))
            elif digest in seen:
                notices.append(Notice("same_text_in_files", {"file": seen[digest]}))
            if guessed.case is None:
                notices.append(Notice("no_case_guessed"))
            interviewees = [voice for voice in item.transcript.speakers if voice.role is SpeakerRole.INTERVIEWEE]
            proposed.append(
                replace(
                    item,
                    guess=guessed,
                    case=guessed.case,
                    participant=item.name if guessed.role and len(interviewees) == 1 else None,
                    include=digest not in present and digest not in seen,
                    notices=tuple(notices),
                )
            )
            seen.setdefault(digest, item.path.name)
        return proposed

    def _cases(self, items: Sequence[ImportItem]) -> tuple[dict[str, str], list[Case]]:
        known = self._editing.rows.cases.all()
        ids = {case.name.casefold(): case.id for case in known}
        new: list[Case] = []
        for item in items:
            if item.case and item.case.casefold() not in ids:
                new.append(Case(new_id(), item.case, "", next_position(known) + len(new)))
                ids[item.case.casefold()] = new[-1].id
        return ids, new

    def _participants(
        self, items: Sequence[ImportItem], cases: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Participant]]:
        ids = {person.name.casefold(): person.id for person in self._editing.rows.cases.participants()}
        new: list[Participant] = []
        for item in items:
            if item.participant and item.participant.casefold() not in ids:
                new.append(
                    Participant(
                        id=new_id(),
                        case_id=cases[item.case.casefold()] if item.case else None,
                        name=item.participant,
                        role=item.guess.role or "",
                        years=item.guess.years,
                        experience=item.guess.experience,
                    )
                )
                ids[item.participant.casefold()] = new[-1].id
        return ids, new


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant by paths: each file once, and for a folder the files of known formats in it."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            members = sorted(member for member in path.iterdir() if member.is_file())
            files += [member for member in members if member.suffix.lower() in registry.supported_suffixes()]
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _read(path: Path, guide: tuple[GuideQuestion, ...]) -> ImportItem:
    extracted = registry.read_file(path)
    data = path.read_bytes()
    options = TurnOptions()
    transcript = read_transcript(extracted, guide=guide, options=options)
    if not transcript.text.strip():
        raise ImportRefused("file_without_text", file=path.name)
    return ImportItem(
        path=path,
        data=data,
        extracted=extracted,
        transcript=transcript,
        options=options,
        guide=guide,
        name=" ".join(path.stem.split()) or path.name,
        case=None,
        participant=None,
        guess=Guess(None, None, None, ""),
        include=True,
        notices=(*extracted.notices, *transcript.notices),
    )


def _free_names(wanted: Sequence[str], taken: set[str]) -> list[str]:
    used = {name.casefold() for name in taken}
    names: list[str] = []
    for base in wanted:
        name, number = base, 2
        while name.casefold() in used:
            name, number = f"{base} ({number})", number + 1
        used.add(name.casefold())
        names.append(name)
    return names


def _new_document(item: ImportItem, name: str, *, case_id: str | None, participant_id: str | None) -> NewDocument:
    transcript = item.transcript
    document = Document(
        id=new_id(),
        name=name,
        format=item.extracted.format,
        encoding=item.extracted.encoding,
        text_hash=text_hash(transcript.text),
        length=len(transcript.text),
        original_name=item.path.name,
        imported_at=now(),
    )
    speakers = {
        draft.name: Speaker(
            id=new_id(),
            document_id=document.id,
            name=draft.name,
            role=draft.role,
            participant_id=participant_id if draft.role is SpeakerRole.INTERVIEWEE else None,
        )
        for draft in transcript.speakers
    }
    turns = tuple(
        Turn(
            id=new_id(),
            document_id=document.id,
            position=position,
            span=TextSpan(draft.start, draft.end),
            kind=draft.kind,
            speaker_id=speakers[draft.speaker].id if draft.speaker else None,
            guide_question=draft.guide_question,
            time=draft.time,
        )
        for position, draft in enumerate(transcript.turns)
    )
    return NewDocument(
        document=document,
        text=transcript.text,
        original=item.data,
        speakers=tuple(speakers.values()),
        turns=turns,
        case_ids=(case_id,) if case_id else (),
    )
