"""Growing and pruning the codebook: add, edit, move, merge, split off, delete, and take in whole codebooks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kamcoder.domain.changes import Operation
from kamcoder.domain.codebook import Code, Codebook, typed_steps
from kamcoder.domain.coding import Coding
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.formats.codebooks.colours import next_colour
from kamcoder.services.editing import Editing

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_EDITABLE = frozenset(
    {"name", "colour", "definition", "include", "exclude", "example", "shortcut", "codable", "questions"}
)


@dataclass(frozen=True, slots=True)
class Impact:
    """What deleting or merging a code would touch: counts over the code and all its descendants."""

    codes: int
    codings: int
    documents: int
    coders: int
    memos: int
    summaries: int


class CodebookService:
    """Verbs on codes."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> Codebook:
        """Return the codebook as it is now."""
        return self._editing.rows.codes.codebook()

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the number of codings for each (code id, coder id)."""
        return self._editing.rows.codes.coding_counts()

    def add(self, name: str, *, parent_id: str | None = None, initiator: str | None = None, **fields: Any) -> Code:
        """Add a code as the last child of its parent; `fields` are those of Code. Return it."""
        codebook = self.all()
        if parent_id is not None:
            codebook.get(parent_id)
        siblings = codebook.children(parent_id)
        code = Code(
            id=new_id(),
            name=codebook.check_name(name, parent_id),
            parent_id=parent_id,
            position=1 + max((sibling.position for sibling in siblings), default=-1),
            colour=fields.pop("colour", "") or self._colour(codebook, parent_id),
        )
        code = self._checked(codebook, replace(code, **fields))
        with self._editing.edit(Operation.ADD_CODE, initiator=initiator) as details:
            self._editing.rows.codes.add([code])
            details["code"] = self.all().path(code.id)
        return code

    def ensure_path(self, path: str) -> Code:
        """Return the code a path names, added with its missing ancestors if it is new; `›`, `>`, `/` separate steps."""
        codebook = self.all()
        try:
            return codebook.find(path)
        except NotFound:
            parent: str | None = None
            for name in typed_steps(path):
                same = [code for code in self.all().children(parent) if code.name.casefold() == name.casefold()]
                parent = (same[0] if same else self.add(name, parent_id=parent)).id
            if parent is None:
                raise
            return self.all().get(parent)

    def edit(self, code_id: str, *, initiator: str | None = None, **fields: Any) -> Code:
        """Change a code's own fields (name, colour, definition, include, exclude, example, shortcut, …); return it."""
        unknown = set(fields) - _EDITABLE
        if unknown:
            raise TypeError(f"no such fields of a code: {sorted(unknown)}")
        codebook = self.all()
        before = codebook.get(code_id)
        after = replace(before, **fields)
        if "name" in fields:
            after = replace(after, name=codebook.check_name(after.name, before.parent_id, besides=code_id))
        after = self._checked(codebook, after)
        with self._editing.edit(
            Operation.EDIT_CODE, initiator=initiator, code=codebook.path(code_id), fields=sorted(fields)
        ) as details:
            if after.name != before.name:
                details["name"] = after.name
            self._editing.rows.codes.update(after)
        return after

    def move(
        self, code_id: str, parent_id: str | None, *, position: int | None = None, initiator: str | None = None
    ) -> None:
        """Put a code below another parent (None: the top), at `position` among its siblings or last."""
        codebook = self.all()
        codebook.check_move(code_id, parent_id)
        code = codebook.get(code_id)
        codebook.check_name(code.name, parent_id, besides=code_id)
        siblings = [sibling for sibling in codebook.children(parent_id) if sibling.id != code_id]
        place = len(siblings) if position is None else max(0, min(position, len(siblings)))
        siblings.insert(place, code)
        before = codebook.path(code_id)
        with self._editing.edit(Operation.MOVE_CODE, initiator=initiator, code=before) as details:
            for index, sibling in enumerate(siblings):
                moved = replace(sibling, position=index, parent_id=parent_id)
                if moved != sibling:
                    self._editing.rows.codes.update(moved)
            details["after"] = self.all().path(code_id)

    def impact(self, code_id: str) -> Impact:
        """Count what hangs on a code and its descendants."""
        rows = self._editing.rows
        subtree = self.all().subtree(code_id)
        codings = rows.codings.of_codes(subtree)
        ids = {coding.id for coding in codings}
        memos = [memo for memo in rows.memos.all() if memo.target_id in subtree or memo.target_id in ids]
        summaries = [summary for summary in rows.summaries.all() if summary.code_id in subtree]
        return Impact(
            codes=len(subtree),
            codings=len(codings),
            documents=len({coding.document_id for coding in codings}),
            coders=len({coding.coder_id for coding in codings}),
            memos=len(memos),
            summaries=len(summaries),
        )

    def delete(self, code_id: str, *, with_codings: bool = False, initiator: str | None = None) -> Impact:
        """Delete a code and its descendants and return what went with them.

        Raise InvalidInput if anything hangs on them and `with_codings` was not given.
        """
        rows, codebook = self._editing.rows, self.all()
        impact = self.impact(code_id)
        if (impact.codings or impact.summaries) and not with_codings:
            raise InvalidInput(
                "code_has_codings",
                name=codebook.get(code_id).name,
                codings=impact.codings,
                summaries=impact.summaries,
            )
        subtree = codebook.subtree(code_id)
        below = [code.id for _, code in codebook.walk(code_id)]
        with self._editing.edit(
            Operation.DELETE_CODE,
            initiator=initiator,
            code=codebook.path(code_id),
            codes=impact.codes,
            codings=impact.codings,
            summaries=impact.summaries,
        ):
            rows.summaries.delete([summary.id for summary in rows.summaries.all() if summary.code_id in subtree])
            for member in subtree:
                rows.codings.delete_suggestions("code_id = ?", [member])
            rows.codings.delete([coding.id for coding in rows.codings.of_codes(subtree)])
            rows.codes.delete([*reversed(below), code_id])
        return impact

    def merge(self, source_id: str, target_id: str, *, initiator: str | None = None) -> Impact:
        """Let `target` take over everything of `source`, which goes. Return the impact.

        Codings of the same span and coder become one, with the memos of both; children of the same name are merged in
        the same way; two summaries of one case are joined, the target's first.
        """
        codebook = self.all()
        source, target = codebook.get(source_id), codebook.get(target_id)
        if source_id == target_id or target_id in codebook.subtree(source_id):
            raise InvalidInput("code_merge_self", name=source.name)
        impact = self.impact(source_id)
        with self._editing.edit(
            Operation.MERGE_CODES,
            initiator=initiator,
            code=codebook.path(source_id),
            into=codebook.path(target_id),
            codings=impact.codings,
        ):
            _Merging(self._editing).run(codebook, source, target)
        return impact

    def split_off(self, code_id: str, coding_ids: Sequence[str], name: str, *, initiator: str | None = None) -> Code:
        """Make a new child of a code and give it some of the code's codings; return the child."""
        rows, codebook = self._editing.rows, self.all()
        parent = codebook.get(code_id)
        siblings = codebook.children(code_id)
        child = Code(
            id=new_id(),
            name=codebook.check_name(name, code_id),
            parent_id=code_id,
            position=1 + max((sibling.position for sibling in siblings), default=-1),
            colour=self._colour(codebook, code_id),
            questions=parent.questions,
        )
        codings = [coding for coding in map(rows.codings.get, coding_ids) if coding.code_id == code_id]
        with self._editing.edit(
            Operation.SPLIT_CODE, initiator=initiator, code=codebook.path(code_id), new=name, codings=len(codings)
        ):
            rows.codes.add([child])
            for coding in codings:
                rows.codings.update(replace(coding, code_id=child.id))
        return child

    def take_in(self, codes: Sequence[Code], *, source: str, add: bool = False) -> int:
        """Add the codes of a codebook file in one act and return how many are new.

        `codes` come in tree order. Where a code of the same path (or the same id) is there already, it is left as it is
        and the children go below it. Raise InvalidInput if the codebook is not empty and `add` was not given.
        """
        codebook = self.all()
        if len(codebook) and not add:
            raise InvalidInput("codebook_not_empty")
        new = _reconciled(codebook, codes)
        with self._editing.edit(Operation.IMPORT_CODEBOOK, source=source, codes=len(new)):
            self._editing.rows.codes.add(new)
        return len(new)

    def _colour(self, codebook: Codebook, parent_id: str | None) -> str:
        parent = codebook.get(parent_id).colour if parent_id else None
        return next_colour([sibling.colour for sibling in codebook.children(parent_id)], parent)

    def _checked(self, codebook: Codebook, code: Code) -> Code:
        if not _COLOUR.fullmatch(code.colour):
            raise InvalidInput("colour_invalid", colour=code.colour)
        shortcut = code.shortcut.strip().upper()
        if shortcut and not (len(shortcut) == 1 and shortcut.isalnum()):
            raise InvalidInput("shortcut_invalid", shortcut=code.shortcut)
        for other in codebook.codes:
            if shortcut and other.shortcut == shortcut and other.id != code.id:
                raise InvalidInput("shortcut_taken", shortcut=shortcut, name=other.name)
        return replace(code, colour=code.colour.upper(), shortcut=shortcut)


class _Merging:
    """The steps of one merge, all inside one act."""

    def __init__(self, editing: Editing) -> None:
        self._rows = editing.rows

    def run(self, codebook: Codebook, source: Code, target: Code) -> None:
        self._children(codebook, source, target)
        self._codings(source, target)
        self._summaries(source, target)
        for memo in self._rows.memos.all():
            if memo.target_id == source.id:
                self._rows.memos.delete(memo.id)
                self._rows.memos.add([replace(memo, target_id=target.id)])
        questions = tuple(dict.fromkeys((*target.questions, *source.questions)))
        if questions != target.questions:
            self._rows.codes.update(replace(target, questions=questions))
        self._rows.codes.delete([source.id])

    def _children(self, codebook: Codebook, source: Code, target: Code) -> None:
        own = {child.name.casefold(): child for child in codebook.children(target.id) if child.id != source.id}
        position = 1 + max((child.position for child in own.values()), default=-1)
        for child in codebook.children(source.id):
            twin = own.get(child.name.casefold())
            if twin is not None:
                self.run(codebook, child, twin)
            else:
                self._rows.codes.update(replace(child, parent_id=target.id, position=position))
                position += 1

    def _codings(self, source: Code, target: Code) -> None:
        codings = self._rows.codings

        def place(coding: Coding) -> tuple[object, ...]:
            return coding.document_id, coding.span, coding.coder_id

        present = {place(coding): coding for coding in codings.of_codes([target.id])}
        duplicates = []
        for coding in codings.of_codes([source.id]):
            twin = present.get(place(coding))
            if twin is None:
                codings.update(replace(coding, code_id=target.id))
            else:
                codings.take_over(coding.id, twin.id)
                duplicates.append(coding.id)
        codings.delete(duplicates)
        codings.move_suggestions(source.id, target.id)

    def _summaries(self, source: Code, target: Code) -> None:
        everything = self._rows.summaries.all()
        present = {summary.case_id: summary for summary in everything if summary.code_id == target.id}
        for summary in everything:
            if summary.code_id != source.id:
                continue
            twin = present.get(summary.case_id)
            self._rows.summaries.delete([summary.id])
            if twin is None:
                self._rows.summaries.write(replace(summary, code_id=target.id))
            else:
                links = tuple(dict.fromkeys((*twin.links, *summary.links)))
                self._rows.summaries.write(replace(twin, text=f"{twin.text}\n\n{summary.text}", links=links))


def _reconciled(codebook: Codebook, codes: Sequence[Code]) -> list[Code]:
    """Return those of `codes` that are new to the codebook, with parents, positions and shortcuts that fit it."""
    by_place = {(code.parent_id, code.name.casefold()): code.id for code in codebook.codes}
    positions = {
        parent: 1 + max((code.position for code in codebook.children(parent)), default=-1)
        for parent in {None, *(code.id for code in codebook.codes)}
    }
    shortcuts = {code.shortcut for code in codebook.codes}
    here: dict[str, str] = {code.id: code.id for code in codebook.codes}
    new: list[Code] = []
    for code in codes:
        parent = here[code.parent_id] if code.parent_id is not None else None
        known = code.id if code.id in codebook else by_place.get((parent, code.name.casefold()))
        if known is not None:
            here[code.id] = known
            continue
        position = positions.get(parent, 0)
        positions[parent] = position + 1
        shortcut = "" if code.shortcut in shortcuts else code.shortcut
        shortcuts.add(shortcut)
        new.append(replace(code, parent_id=parent, position=position, shortcut=shortcut, colour=code.colour.upper()))
        by_place[(parent, code.name.casefold())] = code.id
        here[code.id] = code.id
    return new
