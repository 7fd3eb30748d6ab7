"""What can be done with codes: make, edit, move, merge, split, delete; with the dialogs that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.codebook import words

if TYPE_CHECKING:
    from kamcoder.gui.cases.confirm import Confirm
    from kamcoder.gui.codebook.editor import Choices, CodeEditor
    from kamcoder.gui.codebook.splitting import SplitDialog
    from kamcoder.services.codebook import Impact
    from kamcoder.services.session import Session

_INITIATOR = "codebook"


class CodeActs(QObject):
    """The verbs of the codebook. `acted` tells in a sentence what was done, `made` the code to go to."""

    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)
    made = Signal(str)

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self._session: Session | None = None

    def load(self, session: Session | None) -> None:
        """Act on a project."""
        self._session = session

    # -- one code ------------------------------------------------------------------------------------------------

    def rename(self, code_id: str, name: str) -> None:
        """Give a code another name; raise KamCoderError if it cannot have it."""
        if self._session is not None:
            self._session.codebook.edit(code_id, name=name, initiator=_INITIATOR)

    def ask_new(self, parent_id: str | None) -> CodeEditor | None:
        """Open the editor for a new code below a parent (None: at the top)."""
        session = self._session
        if session is None:
            return None

        def make(fields: Mapping[str, Any]) -> None:
            code = session.codebook.add(**fields, initiator=_INITIATOR)
            self.made.emit(code.id)

        return self._open_editor(session, make, parent_id=parent_id)

    def ask_edit(self, code_id: str) -> CodeEditor | None:
        """Open the editor for a code."""
        session = self._session
        if session is None:
            return None
        code = session.codebook.all().get(code_id)

        def write(fields: Mapping[str, Any]) -> None:
            changed = {key: value for key, value in fields.items() if value != getattr(code, key)}
            if changed:
                session.codebook.edit(code_id, initiator=_INITIATOR, **changed)

        return self._open_editor(session, write, code=code)

    def ask_split(self, code_id: str) -> SplitDialog | None:
        """Ask which passages of a code are to go to a new one below it."""
        from kamcoder.gui.codebook.splitting import Piece, SplitDialog

        session = self._session
        if session is None:
            return None
        codings, path = session.codebook.codings(code_id), session.codebook.all().path(code_id)
        if not codings:
            self.hinted.emit(self.tr("The code has no passages of its own to split off."))
            return None
        names = {document.id: document.name for document in session.documents.all()}
        rank = {document_id: number for number, document_id in enumerate(names)}
        codings.sort(key=lambda one: rank[one.document_id])
        coders = {coder.id: coder.name for coder in session.coders.all()}
        place = "{document} · {coder}" if len(coders) > 1 else "{document}"
        pieces = [
            Piece(one.id, one.quote, place.format(document=names[one.document_id], coder=coders[one.coder_id]))
            for one in codings
        ]

        def split(chosen: list[str], name: str) -> None:
            child = session.codebook.split_off(code_id, chosen, name, initiator=_INITIATOR)
            self.made.emit(child.id)
            self.acted.emit(self.tr("Split “{name}” off {code}.").format(name=child.name, code=path))

        dialog = SplitDialog(path, pieces, split, self._room.window())
        dialog.open()
        return dialog

    # -- several codes -------------------------------------------------------------------------------------------

    def move(self, code_ids: Sequence[str], parent_id: str | None, position: int | None = None) -> None:
        """Put codes below a parent, at a place among the others there or last."""
        if self._session is not None:
            session = self._session
            self._try(lambda: session.codebook.move_many(code_ids, parent_id, position=position, initiator=_INITIATOR))

    def shift(self, code_ids: Sequence[str], key: str) -> None:
        """Move codes that stand together one place `up` or `down`, `in` below the code above, or `out`."""
        if self._session is None or not code_ids:
            return
        target = _shifted(self._session.codebook.all(), code_ids, key)
        if target is None:
            self.hinted.emit(self.tr("There is no place further that way."))
        else:
            self.move(code_ids, *target)

    def ask_delete(self, code_ids: Sequence[str]) -> Confirm | None:
        """Delete codes; where anything goes with them, say what and ask first."""
        session = self._session
        if session is None or not code_ids:
            return None
        codebook, impact = session.codebook.all(), session.codebook.impact(*code_ids)
        named = words.naming(codebook, code_ids)

        def delete() -> None:
            if self._try(lambda: session.codebook.delete(*code_ids, with_codings=True, initiator=_INITIATOR)):
                self.acted.emit(self.tr("Deleted {codes}.").format(codes=named))

        if impact.codes == len(code_ids) and not (impact.codings or impact.memos or impact.summaries):
            delete()
            return None
        return self._confirm(
            self.tr("Delete {codes}?").format(codes=named),
            [self.tr("What goes with it: {impact}.").format(impact=_listed(impact)), self._undoable()],
            self.tr("Delete"),
            delete,
        )

    def ask_merge(self, code_ids: Sequence[str], target_id: str) -> Confirm | None:
        """Ask whether a code is to take over everything of others, saying what that is."""
        session = self._session
        if session is None or not code_ids:
            return None
        codebook = session.codebook.all()
        sources = [code_id for code_id in code_ids if code_id != target_id]
        if not sources or any(target_id in codebook.subtree(code_id) for code_id in sources):
            self.hinted.emit(self.tr("A code cannot be merged into itself or a code below it."))
            return None
        named, into = words.naming(codebook, sources), words.naming(codebook, [target_id])

        def merge() -> None:
            if self._try(lambda: session.codebook.merge_many(sources, target_id, initiator=_INITIATOR)):
                self.made.emit(target_id)
                self.acted.emit(self.tr("Merged {codes} into {target}.").format(codes=named, target=into))

        told = self.tr("{target} takes over: {impact}. Codes below with the same name become one.")
        return self._confirm(
            self.tr("Merge {codes} into {target}?").format(codes=named, target=into),
            [told.format(target=into, impact=_listed(session.codebook.impact(*sources))), self._undoable()],
            self.tr("Merge"),
            merge,
        )

    # -- inside --------------------------------------------------------------------------------------------------

    def _open_editor(
        self,
        session: Session,
        take: Callable[[Mapping[str, Any]], object],
        *,
        code: Code | None = None,
        parent_id: str | None = None,
    ) -> CodeEditor:
        from kamcoder.gui.codebook.editor import CodeEditor

        editor = CodeEditor(self._choices(session), take, code=code, parent_id=parent_id, parent=self._room.window())
        editor.open()
        return editor

    def _choices(self, session: Session) -> Choices:
        from kamcoder.gui.codebook.editor import Choices

        def colours(parent_id: str | None) -> tuple[list[tuple[str, Sequence[str]]], str]:
            groups: list[tuple[str, Sequence[str]]] = []
            if parent_id is not None:
                groups.append((self.tr("Shades of the code above"), session.codebook.colours(parent_id)))
            groups.append((self.tr("Hues that stay apart"), session.codebook.colours()))
            return groups, session.codebook.next_colour(parent_id)

        questions = [(question.number, question.about) for question in session.guide]
        return Choices(session.codebook.all(), questions, colours)

    def _confirm(self, question: str, told: list[str], verb: str, act: Callable[[], object]) -> Confirm:
        from kamcoder.gui.cases.confirm import Confirm

        dialog = Confirm(question, told, verb, act, self._room.window())
        dialog.open()
        return dialog

    def _undoable(self) -> str:
        return self.tr("Undo takes it back.")

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        return True


def _listed(impact: Impact) -> str:
    return ", ".join(words.impact(impact))


def _shifted(codebook: Codebook, code_ids: Sequence[str], key: str) -> tuple[str | None, int | None] | None:
    """Return parent and place for codes moved a step, None if there is no such step. The first code decides."""
    first = codebook.get(code_ids[0])
    moved = set(code_ids)
    siblings = codebook.children(first.parent_id)
    others = [sibling.id for sibling in siblings if sibling.id not in moved]
    place = next(index for index, sibling in enumerate(siblings) if sibling.id == first.id)
    before = sum(1 for sibling in siblings[:place] if sibling.id not in moved)
    if key == "up":
        return (first.parent_id, before - 1) if before else None
    if key == "down":
        return (first.parent_id, before + 1) if before < len(others) else None
    if key == "in":
        return (others[before - 1], None) if before else None
    if first.parent_id is None:
        return None
    parent = codebook.get(first.parent_id)
    above = [code.id for code in codebook.children(parent.parent_id) if code.id not in moved]
    return parent.parent_id, above.index(parent.id) + 1
