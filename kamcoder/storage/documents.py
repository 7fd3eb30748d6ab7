"""Documents, their turns and speakers, originals, and their links to cases."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kamcoder.domain.document import Document, Speaker, SpeakerRole, TextSpan, Turn, TurnKind
from kamcoder.domain.errors import NotFound
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.storage.database import ProjectStore

_DOCUMENT = "id, name, format, encoding, text_hash, length, original_name, imported_at"
_WITH_DOCUMENT = (
    "turns",
    "speakers",
    "document_cases",
    "originals",
    "attribute_values",
    "memos",
    "assignments",
    "settlements",
    "actor_wordings",
)
_AT_ONCE = 400_000  # bytes of an original packed without a pause
_TURNS_AT_ONCE = 60
_TURN = "id, document_id, position, span_start, span_end, kind, speaker_id, guide_question, time"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document with all that belongs to it, as it is first written; `original` is the file's bytes."""

    document: Document
    text: str
    original: bytes
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurnHit:
    """A turn found by full-text search; `places` are the spans of the words found, in the turn's text."""

    document_id: str
    turn_id: str
    span: TextSpan
    text: str
    places: tuple[TextSpan, ...]


# Control characters cannot occur in a text, so they mark the hits of FTS5's highlight() safely.
_MARKS = ("\x02", "\x03")


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, by which the same text is known again."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Documents:
    """Rows of documents, originals, speakers, turns and document_cases."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Document]:
        """Return all documents in the order of their names as the store has them."""
        return [Document(*row) for row in self._store.query(f"SELECT {_DOCUMENT} FROM documents ORDER BY name, id")]

    def get(self, document_id: str) -> Document:
        """Return one document; raise NotFound."""
        row = self._store.one(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", [document_id])
        if row is None:
            raise NotFound("document_unknown", document=document_id)
        return Document(*row)

    def text(self, document_id: str) -> str:
        """Return the frozen text of a document; raise NotFound."""
        row = self._store.one("SELECT text FROM documents WHERE id = ?", [document_id])
        if row is None:
            raise NotFound("document_unknown", document=document_id)
        return str(row[0])

    def texts(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of several documents by id."""
        return dict(self._store.query_in("SELECT id, text FROM documents WHERE id IN (:in)", document_ids))

    def original(self, document_id: str) -> tuple[str, bytes]:
        """Return name and bytes of the file a document was imported from; raise NotFound."""
        row = self._store.one(
            "SELECT d.original_name, o.data FROM originals o JOIN documents d ON d.id = o.document_id WHERE d.id = ?",
            [document_id],
        )
        if row is None:
            raise NotFound("document_unknown", document=document_id)
        return str(row[0]), zlib.decompress(row[1])

    def with_hashes(self, hashes: Iterable[str]) -> dict[str, str]:
        """Return {text hash: document name} for those of the hashes that are in the project."""
        return dict(self._store.query_in("SELECT text_hash, name FROM documents WHERE text_hash IN (:in)", hashes))

    def speakers(self, document_id: str | None = None) -> list[Speaker]:
        """Return the speakers of one document, or of all."""
        where, values = ("WHERE document_id = ?", [document_id]) if document_id else ("", [])
        rows = self._store.query(
            f"SELECT id, document_id, name, role, participant_id FROM speakers {where} ORDER BY document_id, rowid",
            values,
        )
        return [Speaker(row[0], row[1], row[2], SpeakerRole(row[3]), row[4]) for row in rows]

    def turns(self, document_id: str) -> list[Turn]:
        """Return the turns of a document in order."""
        rows = self._store.query(f"SELECT {_TURN} FROM turns WHERE document_id = ? ORDER BY position", [document_id])
        return [
            Turn(row[0], row[1], row[2], TextSpan(row[3], row[4]), TurnKind(row[5]), row[6], row[7], row[8])
            for row in rows
        ]

    def turn_lines(self, document_id: str) -> list[tuple[Any, ...]]:
        """Return the turns of a document in order as (start, end, kind, speaker, time): quick reading."""
        return self._store.query(
            "SELECT span_start, span_end, kind, speaker_id, time FROM turns WHERE document_id = ? ORDER BY position",
            [document_id],
        )

    def voices(self) -> dict[str, tuple[list[int], list[tuple[str | None, str | None]]]]:
        """Return for each document the starts of its turns and, beside them, (role, participant) of who speaks.

        Role and participant are None where nobody is known to speak.
        """
        found: dict[str, tuple[list[int], list[tuple[str | None, str | None]]]] = {}
        for document_id, start, role, participant in self._store.query(
            "SELECT t.document_id, t.span_start, s.role, s.participant_id FROM turns t"
            " LEFT JOIN speakers s ON s.id = t.speaker_id ORDER BY t.document_id, t.span_start"
        ):
            starts, voices = found.setdefault(document_id, ([], []))
            starts.append(start)
            voices.append((role, participant))
        return found

    def case_links(self) -> list[tuple[str, str]]:
        """Return (document id, case id) of every link."""
        rows = self._store.query("SELECT document_id, case_id FROM document_cases ORDER BY document_id, case_id")
        return [(row[0], row[1]) for row in rows]

    def search(self, query: str, *, limit: int) -> list[TurnHit]:
        """Return the turns that hold all words of the query, best first, with the places of the words.

        Words are literal, case and diacritics aside; “quoted words” must follow one another; the last word may go on.
        """
        expression = _match_expression(query)
        if not expression:
            return []
        rows = self._store.query(
            "SELECT t.document_id, t.id, t.span_start, t.span_end, t.text, highlight(turn_search, 0, ?, ?)"
            " FROM turn_search s"
            " JOIN turns t ON t.number = s.rowid WHERE turn_search MATCH ? ORDER BY rank LIMIT ?",
            [_MARKS[0], _MARKS[1], expression, limit],
        )
        return [TurnHit(row[0], row[1], TextSpan(row[2], row[3]), row[4], _marked(row[5])) for row in rows]

    def add(self, new: Sequence[NewDocument]) -> None:
        """Write documents with all that belongs to them, parents first."""
        for item in new:
            for _ in self.add_bit_by_bit(item):
                pass

    def add_bit_by_bit(self, item: NewDocument) -> Iterator[None]:
        """Write a document with all that belongs to it, parents first, pausing after every few hundredths of a second.

        The original is kept compressed.
        """
        store, document_id = self._store, item.document.id
        store.insert("documents", [_document_row(item)])
        yield
        packer, packed = zlib.compressobj(), []
        for start in range(0, len(item.original), _AT_ONCE):
            packed.append(packer.compress(item.original[start : start + _AT_ONCE]))
            yield
        packed.append(packer.flush())
        store.insert("originals", [_original_row(item, b"".join(packed))])
        store.insert("document_cases", [{"document_id": document_id, "case_id": case} for case in item.case_ids])
        store.insert("speakers", [_speaker_row(speaker) for speaker in item.speakers])
        for start in range(0, len(item.turns), _TURNS_AT_ONCE):
            yield
            turns = item.turns[start : start + _TURNS_AT_ONCE]
            store.insert("turns", [_turn_row(turn, item.text) for turn in turns])
            store.stamp()
        yield
        store.settle()

    def rename(self, document_id: str, name: str) -> None:
        """Give a document another name."""
        self._store.update("documents", document_id, name=name)

    def delete(self, document_id: str) -> None:
        """Delete a document with its turns, speakers, links and original; what is coded in it must be gone."""
        for table in _WITH_DOCUMENT:
            self._store.delete_where(table, "document_id = ?", [document_id])
        self._store.delete("documents", [document_id])

    def set_speaker(self, speaker_id: str, *, role: SpeakerRole, kind: TurnKind, participant_id: str | None) -> None:
        """Set a speaker's role and participant, and the kind of all turns accordingly."""
        self._store.update("speakers", speaker_id, role=role.value, participant_id=participant_id)
        for (turn_id,) in self._store.query("SELECT id FROM turns WHERE speaker_id = ?", [speaker_id]):
            self._store.update("turns", turn_id, kind=kind.value)

    def link_participant(self, speaker_id: str, participant_id: str) -> None:
        """Say which participant a speaker is."""
        self._store.update("speakers", speaker_id, participant_id=participant_id)

    def coded_lengths(self, coder_id: str, document_id: str | None = None) -> dict[str, int]:
        """Return for each document that a coder coded in (or for one) the code points under at least one coding."""
        condition, parameters = (
            ("", [coder_id]) if document_id is None else ("document_id = ? AND", [document_id, coder_id])
        )
        # The plus keeps SQLite to the unique index, which holds all that is asked for, in order.
        rows = self._store.query(
            f"SELECT document_id, span_start, span_end FROM codings WHERE {condition} +coder_id = ?"
            " ORDER BY document_id, span_start",
            parameters,
        )
        lengths: dict[str, int] = {}
        here, total, reached = "", 0, 0
        for document, start, end in rows:
            if document != here:
                here, total, reached = document, 0, 0
            if end > reached:
                total += end - max(start, reached)
                reached = end
                lengths[here] = total
        return lengths

    def spoken_lengths(self) -> dict[str, int]:
        """Return for each document the code points that are not the interviewer's."""
        rows = self._store.query(
            "SELECT document_id, sum(span_end - span_start) FROM turns WHERE kind <> 'question' GROUP BY document_id"
        )
        return {row[0]: row[1] for row in rows}

    def link(self, document_id: str, case_id: str) -> None:
        """Let a document belong to a case."""
        self._store.insert("document_cases", [{"document_id": document_id, "case_id": case_id}])

    def unlink(self, document_id: str, case_id: str) -> None:
        """Let a document belong to a case no more."""
        self._store.delete("document_cases", [(document_id, case_id)])


class Guide:
    """Rows of guide_questions."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[GuideQuestion]:
        """Return the interview guide in order."""
        rows = self._store.query("SELECT number, about, wordings FROM guide_questions ORDER BY position")
        return [GuideQuestion(row[0], row[1], tuple(json.loads(row[2]))) for row in rows]

    def replace(self, questions: Sequence[tuple[str, GuideQuestion]]) -> None:
        """Put another guide, given as (id, question), in the place of the present one."""
        self._store.delete_where("guide_questions", "1")
        self._store.insert(
            "guide_questions",
            [
                {
                    "id": identity,
                    "number": question.number,
                    "about": question.about,
                    "wordings": json.dumps(question.wordings, ensure_ascii=False),
                    "position": position,
                }
                for position, (identity, question) in enumerate(questions)
            ],
        )


def _match_expression(query: str) -> str:
    """Return an FTS5 query of quoted strings only, so that no sign of the user's is taken for an operator."""
    parts: list[str] = []
    for index, piece in enumerate(re.split('["“”„]', query)):
        words = [word for word in piece.split() if any(character.isalnum() for character in word)]
        parts += [" ".join(words)] if index % 2 and words else words
    if not parts:
        return ""
    last = f'"{parts[-1]}"' + ("*" if not query.rstrip().endswith(('"', "”")) else "")
    return " ".join([*(f'"{part}"' for part in parts[:-1]), last])


def _marked(text: str) -> tuple[TextSpan, ...]:
    places: list[TextSpan] = []
    start, taken_out = 0, 0
    for position, character in enumerate(text):
        if character == _MARKS[0]:
            start = position - taken_out
            taken_out += 1
        elif character == _MARKS[1]:
            places.append(TextSpan(start, position - taken_out))
            taken_out += 1
    return tuple(places)


def _document_row(item: NewDocument) -> dict[str, object]:
    document = item.document
    return {
        "id": document.id,
        "name": document.name,
        "format": document.format,
        "encoding": document.encoding,
        "text_hash": document.text_hash,
        "length": document.length,
        "original_name": document.original_name,
        "imported_at": document.imported_at,
        "text": item.text,
    }


def _original_row(item: NewDocument, packed: bytes) -> dict[str, object]:
    return {
        "document_id": item.document.id,
        "sha256": hashlib.sha256(item.original).hexdigest(),
        "size": len(item.original),
        "data": packed,
    }


def _speaker_row(speaker: Speaker) -> dict[str, object]:
    return {
        "id": speaker.id,
        "document_id": speaker.document_id,
        "name": speaker.name,
        "role": speaker.role.value,
        "participant_id": speaker.participant_id,
    }


def _turn_row(turn: Turn, text: str) -> dict[str, object]:
    return {
        "id": turn.id,
        "document_id": turn.document_id,
        "position": turn.position,
        "span_start": turn.span.start,
        "span_end": turn.span.end,
        "kind": turn.kind.value,
        "speaker_id": turn.speaker_id,
        "guide_question": turn.guide_question,
        "time": turn.time,
        "text": turn.span.of(text),
    }
