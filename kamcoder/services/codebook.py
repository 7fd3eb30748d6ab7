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
from kamcoder.formats.codebooks.colours import next_colour, palette, shades
from kamcoder.services.code_merging import merge_code
from kamcoder.services.editing import Editing

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_EDITABLE = frozenset(
    {"name", "parent_id", "colour", "definition", "include", "exclude", "example", "shortcut", "codable", "questions"}
)
_MOST_SHADES = 14


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

    def codings(self, code_id: str) -> list[Coding]:
        """Return the codings of a code itself, without those of the codes below it, by document and place."""
        codings = self._editing.rows.codings.of_codes([code_id])
        return sorted(codings, key=lambda coding: (coding.document_id, coding.span, coding.coder_id))

    def colours(self, parent_id: str | None = None) -> tuple[str, ...]:
        """Return the colours made for codes, as #RRGGBB: the base hues, or shades of the hue of a parent."""
        if parent_id is None:
            return palette()
        return shades(self.all().get(parent_id).colour)[:_MOST_SHADES]

    def next_colour(self, parent_id: str | None = None) -> str:
        """Return the colour that the next new code below a parent (None: at the top) gets unless another is named."""
        return self._colour(self.all(), parent_id)

    def add(self, name: str, *, parent_id: str | None = None, initiator: str | None = None, **fields: Any) -> Code:
        """Add a code as the last child of its parent; `fields` are those of Code. Return it."""
        codebook = self.all()
        if parent_id is not None:
            codebook.get(parent_id)
        code = Code(
            id=new_id(),
            name=codebook.check_name(name, parent_id),
            parent_id=parent_id,
            position=_last(codebook, parent_id),
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
        """Change a code's own fields (name, colour, definition, …); return it. Below another parent it stands last."""
        unknown = set(fields) - _EDITABLE
        if unknown:
            raise TypeError(f"no such fields of a code: {sorted(unknown)}")
        codebook = self.all()
        before = codebook.get(code_id)
        after = replace(before, **fields)
        if after.parent_id != before.parent_id:
            codebook.check_move(code_id, after.parent_id)
            after = replace(after, position=_last(codebook, after.parent_id))
        after = replace(after, name=codebook.check_name(after.name, after.parent_id, besides=code_id))
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
        self.move_many([code_id], parent_id, position=position, initiator=initiator)

    def move_many(
        self,
        code_ids: Sequence[str],
        parent_id: str | None,
        *,
        position: int | None = None,
        initiator: str | None = None,
    ) -> None:
        """Put codes below a parent (None: the top) side by side, at `position` among the others there or last.

        A code that is below another of them goes with that one. Raise InvalidInput if one cannot stand there.
        """
        codebook = self.all()
        codes = _topmost(codebook, code_ids)
        for code in codes:
            codebook.check_move(code.id, parent_id)
        moved = {code.id for code in codes}
        siblings = [sibling for sibling in codebook.children(parent_id) if sibling.id not in moved]
        place = len(siblings) if position is None else max(0, min(position, len(siblings)))
        siblings[place:place] = codes
        placed = [replace(code, position=index, parent_id=parent_id) for index, code in enumerate(siblings)]
        for code in codes:
            Codebook(tuple(placed)).check_name(code.name, parent_id, besides=code.id)
        with self._editing.edit(Operation.MOVE_CODE, initiator=initiator, code=_paths(codebook, codes)) as details:
            for code in placed:
                if code != codebook.get(code.id):
                    self._editing.rows.codes.update(code)
            details["after"] = _paths(self.all(), codes)

    def impact(self, *code_ids: str) -> Impact:
        """Count what hangs on codes and their descendants."""
        rows, codebook = self._editing.rows, self.all()
        subtree = {member for code_id in code_ids for member in codebook.subtree(code_id)}
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

    def delete(self, *code_ids: str, with_codings: bool = False, initiator: str | None = None) -> Impact:
        """Delete codes and their descendants in one act and return what went with them.

        Raise InvalidInput if anything hangs on them and `with_codings` was not given.
        """
        rows, codebook = self._editing.rows, self.all()
        codes, impact = _topmost(codebook, code_ids), self.impact(*code_ids)
        if (impact.codings or impact.summaries) and not with_codings:
            raise InvalidInput(
                "code_has_codings",
                name=", ".join(code.name for code in codes),
                codings=impact.codings,
                summaries=impact.summaries,
            )
        members = [member.id for code in codes for member in (code, *(below for _, below in codebook.walk(code.id)))]
        with self._editing.edit(
            Operation.DELETE_CODE,
            initiator=initiator,
            code=_paths(codebook, codes),
            codes=impact.codes,
            codings=impact.codings,
            summaries=impact.summaries,
        ):
            gone = set(members)
            rows.summaries.delete([summary.id for summary in rows.summaries.all() if summary.code_id in gone])
            for member in members:
                rows.suggestions.delete_of("codes", member)
            rows.codings.delete([coding.id for coding in rows.codings.of_codes(members)])
            rows.codes.delete(reversed(members))
        return impact

    def merge(self, source_id: str, target_id: str, *, initiator: str | None = None) -> Impact:
        """Let `target` take over everything of `source`, which goes. Return the impact.

        Codings of the same span and coder become one, with the memos of both; children of the same name are merged in
        the same way; two summaries of one case are joined, the target's first.
        """
        return self.merge_many([source_id], target_id, initiator=initiator)

    def merge_many(self, source_ids: Sequence[str], target_id: str, *, initiator: str | None = None) -> Impact:
        """Let `target` take over everything of several codes in one act, as `merge` does. Return the impact."""
        codebook = self.all()
        sources, target = _topmost(codebook, source_ids), codebook.get(target_id)
        for source in sources:
            if target_id in codebook.subtree(source.id):
                raise InvalidInput("code_merge_self", name=source.name)
        impact = self.impact(*source_ids)
        with self._editing.edit(
            Operation.MERGE_CODES,
            initiator=initiator,
            code=_paths(codebook, sources),
            into=codebook.path(target_id),
            codings=impact.codings,
        ):
            for source in sources:
                merge_code(self._editing.rows, source.id, target.id)
        return impact

    def split_off(self, code_id: str, coding_ids: Sequence[str], name: str, *, initiator: str | None = None) -> Code:
        """Make a new child of a code and give it some of the code's codings; return the child."""
        rows, codebook = self._editing.rows, self.all()
        parent = codebook.get(code_id)
        child = Code(
            id=new_id(),
            name=codebook.check_name(name, code_id),
            parent_id=code_id,
            position=_last(codebook, code_id),
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


def _last(codebook: Codebook, parent_id: str | None) -> int:
    return 1 + max((sibling.position for sibling in codebook.children(parent_id)), default=-1)


def _paths(codebook: Codebook, codes: Sequence[Code]) -> str:
    return ", ".join(codebook.path(code.id) for code in codes)


def _topmost(codebook: Codebook, code_ids: Sequence[str]) -> list[Code]:
    """Return the codes in tree order, without those that are below another of them."""
    wanted = {codebook.get(code_id).id for code_id in code_ids}
    return [
        code
        for _, code in codebook.walk()
        if code.id in wanted and not any(above.id in wanted for above in codebook.ancestors(code.id))
    ]


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
