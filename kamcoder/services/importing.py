"""Importing transcripts: first a preview that can be corrected, then one act for all files."""

import hashlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack
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


@dataclass(frozen=True, slots=True)
class Known:
    """What files are read and compared with: `texts` holds the name of each document of the project by text hash."""

    guide: tuple[GuideQuestion, ...]
    cases: tuple[str, ...]
    texts: Mapping[str, str]


class Comparison:
    """Compares files, one after another, with the project and with those before them; touches no project itself."""

    def __init__(self, known: Known, *, stems: Sequence[str] = ()) -> None:
        self._known = known
        self._stems = list(stems)
        self._seen: dict[str, str] = {}

    def expect(self, stems: Iterable[str]) -> None:
        """Say which files are to come: a word that several of their names begin with is likely to be a case."""
        self._stems += stems

    def propose(self, item: ImportItem) -> ImportItem:
        """Return the item with case, participant and what is noticed; a text that is there already is left out."""
        digest = text_hash(item.transcript.text)
        guessed = guess(item.path.stem, item.transcript, cases=self._known.cases, stems=self._stems)
        notices = list(item.notices)
        if digest in self._known.texts:
            notices.append(Notice("same_text_in_project", {"document": self._known.texts[digest]}))
        elif digest in self._seen:
            notices.append(Notice("same_text_in_files", {"file": self._seen[digest]}))
        if guessed.case is None:
            notices.append(Notice("no_case_guessed"))
        interviewees = [voice for voice in item.transcript.speakers if voice.role is SpeakerRole.INTERVIEWEE]
        proposed = replace(
            item,
            guess=guessed,
            case=guessed.case,
            participant=item.name if guessed.role and len(interviewees) == 1 else None,
            include=digest not in self._known.texts and digest not in self._seen,
            notices=tuple(notices),
        )
        self._seen.setdefault(digest, item.path.name)
        return proposed


class ImportService:
    """Verbs of importing."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def known(self) -> Known:
        """Return what files are read and compared with, as it is in the project now."""
        rows = self._editing.rows
        return Known(
            guide=tuple(rows.guide.all()),
            cases=tuple(case.name for case in rows.cases.all()),
            texts={document.text_hash: document.name for document in rows.documents.all()},
        )

    def preview(self, paths: Iterable[Path], *, progress: Progress = silent) -> ImportPreview:
        """Read files and say what importing them would do.

        A folder stands for the files of known formats in it. A file that cannot be read is a failure and does not stop
        the others. A text that is in the project or among the files already is noticed and left out at first.
        """
        files, known = expanded(paths), self.known()
        comparison = Comparison(known, stems=[path.stem for path in files])
        items: list[ImportItem] = []
        failures: list[ImportFailure] = []
        for done, path in enumerate(files):
            progress(done, len(files), path.name)
            try:
                items.append(comparison.propose(read_item(path, known.guide)))
            except KamCoderError as error:
                if error.key == "cancelled":
                    raise
                failures.append(ImportFailure(path, error))
        progress(len(files), len(files), "")
        return ImportPreview(tuple(items), tuple(failures))

    def commit(self, preview: ImportPreview, *, initiator: str | None = None) -> list[Document]:
        """Write the included items in one act, one step of undo, and return the documents.

        New cases and participants named by the items are added. Names that are taken get a number.
        """
        return [document for document in self.write(preview, initiator=initiator) if document is not None]

    def write(self, preview: ImportPreview, *, initiator: str | None = None) -> Generator[Document | None, None, None]:
        """Do what `commit` does in small steps, so that a window can breathe in between.

        A document is yielded when it is written, None for a step on the way. The act is kept when the generator has
        come to its end or to the last None, and taken back if it is closed before. Nothing else can be written
        meanwhile.
        """
        items = preview.included
        if not items:
            return
        rows = self._editing.rows
        names = _free_names([item.name for item in items], {document.name for document in rows.documents.all()})
        cases, new_cases = self._cases(items)
        people, new_people = self._participants(items, cases)
        named = [case.name for case in new_cases]
        with ExitStack() as told:
            with self._editing.edit(
                Operation.IMPORT_DOCUMENTS, initiator=initiator, told_by=told, documents=names, cases=named
            ):
                rows.cases.add(new_cases)
                rows.cases.add_participants(new_people)
                for item, name in zip(items, names, strict=True):
                    new = _new_document(
                        item,
                        name,
                        case_id=cases[item.case.casefold()] if item.case else None,
                        participant_id=people[item.participant.casefold()] if item.participant else None,
                    )
                    yield from rows.documents.add_bit_by_bit(new)
                    yield new.document
            yield None  # it is kept; what all views then have to do would make a long step of one

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
    return list(dict.fromkeys(file for path in paths for file in _members(path)))


def _members(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        members = sorted(member for member in path.iterdir() if member.is_file())
    except OSError:  # reading it says why
        return [path]
    return [member for member in members if member.suffix.lower() in registry.supported_suffixes()]


def read_item(path: Path, guide: Sequence[GuideQuestion] = ()) -> ImportItem:
    """Read one file as it would be imported, not yet compared with others; raise ImportRefused, naming the file.

    Touches no project, so that a thread may do it.
    """
    extracted = registry.read_file(path)
    try:
        data = path.read_bytes()
    except OSError as error:  # it went away since it was read a moment ago
        raise ImportRefused("import_unreadable", name=path.name, reason=error.strerror or str(error)) from error
    guide = tuple(guide)
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
