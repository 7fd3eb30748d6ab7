"""Memos: what researchers note on anything."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kamcoder.domain.changes import Operation
from kamcoder.domain.document import TextSpan, paragraph_number
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.services.editing import Editing
from kamcoder.services.sittings import join_steps
from kamcoder.storage.passages import CodingLines


@dataclass(frozen=True, slots=True)
class MemoSubject:
    """What a memo is about: its name, and for a coding or document where that stands; `quote` is a coding's text."""

    name: str
    quote: str = ""
    document_id: str | None = None
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class MemoEntry:
    """A memo in the journal."""

    memo: Memo
    coder: str
    subject: MemoSubject


class MemoService:
    """Verbs on memos."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> list[Memo]:
        """Return all memos, the oldest first."""
        return self._editing.rows.memos.all()

    def about(self, target: MemoTarget, target_id: str) -> list[Memo]:
        """Return the memos on one entity."""
        return self._editing.rows.memos.about(target, target_id)

    def entries(self) -> list[MemoEntry]:
        """Return the journal: all memos with their coders and subjects, the latest first."""
        coders = {coder.id: coder.name for coder in self._editing.rows.coders.all()}
        memos = self.all()
        subjects = self._subjects((memo.target, memo.target_id) for memo in memos)
        return [
            MemoEntry(memo, coders[memo.coder_id], subjects[memo.target, memo.target_id]) for memo in reversed(memos)
        ]

    def subject(self, target: MemoTarget, target_id: str) -> MemoSubject | None:
        """Return what a memo on an entity is about; None if that is not there any more."""
        return self._subjects([(target, target_id)]).get((target, target_id))

    def write(
        self, target: MemoTarget, target_id: str, text: str, *, title: str = "", initiator: str | None = None
    ) -> Memo:
        """Add a memo of the active coder on an entity and return it."""
        stamp = now()
        memo = Memo(new_id(), target, target_id, self._editing.active_coder().id, title, text, stamp, stamp)
        with self._editing.edit(Operation.WRITE_MEMO, initiator=initiator, about=target.value):
            self._editing.rows.memos.add([memo])
        return memo

    def edit(
        self,
        memo: Memo,
        text: str,
        *,
        title: str | None = None,
        initiator: str | None = None,
        goes_on: bool = False,
    ) -> Memo | None:
        """Write a memo anew and return it; one without text and without a new title is deleted.

        With `goes_on` this is the same sitting as the last act, if that wrote this memo: both are one step of undo.
        """
        history = self._editing.history
        before = history.to_undo
        stays = bool(text.strip() or (title or "").strip())
        changed = replace(memo, text=text, title=memo.title if title is None else title, modified_at=now())
        with self._editing.edit(Operation.WRITE_MEMO, initiator=initiator, about=memo.target.value):
            if stays:
                self._editing.rows.memos.update(changed)
            else:
                self._editing.rows.memos.delete(memo.id)
        if not stays:
            return None
        if goes_on:
            join_steps(history, before, "memos", memo.id)
        return changed

    def _subjects(self, wanted: Iterable[tuple[MemoTarget, str]]) -> dict[tuple[MemoTarget, str], MemoSubject]:
        """Return the subjects of these entities, those that are not there left out."""
        ids: dict[MemoTarget, set[str]] = {}
        for target, target_id in wanted:
            ids.setdefault(target, set()).add(target_id)
        found: dict[tuple[MemoTarget, str], MemoSubject] = {}
        for target, members in ids.items():
            named = self._codings(members) if target is MemoTarget.CODING else self._named(target)
            found |= {(target, key): subject for key, subject in named.items() if key in members}
        return found

    def _named(self, target: MemoTarget) -> dict[str, MemoSubject]:
        rows = self._editing.rows
        if target is MemoTarget.DOCUMENT:
            return {item.id: MemoSubject(item.name, document_id=item.id) for item in rows.documents.all()}
        if target is MemoTarget.CODE:
            book = rows.codes.codebook()
            return {code.id: MemoSubject(book.path(code.id)) for code in book.codes}
        if target is MemoTarget.PROJECT:
            project = rows.projects.get()
            return {project.id: MemoSubject(project.name)}
        named = rows.cases.all() if target is MemoTarget.CASE else rows.cases.participants()
        return {item.id: MemoSubject(item.name) for item in named}

    def _codings(self, ids: set[str]) -> dict[str, MemoSubject]:
        rows = self._editing.rows
        places = CodingLines(self._editing.store).places(ids)
        book = rows.codes.codebook()
        documents = {document.id: document.name for document in rows.documents.all()}
        texts = rows.documents.texts({place[0] for place in places.values()})
        found: dict[str, MemoSubject] = {}
        for coding_id, (document_id, start, end, code_id, _coder, quote) in places.items():
            reference = f"{documents[document_id]} ¶{paragraph_number(texts[document_id], start)}"
            name = f"{reference} · {book.path(code_id)}"
            found[coding_id] = MemoSubject(name, quote, document_id, TextSpan(start, end))
        return found
