"""Memos and summaries: what researchers write themselves."""

from dataclasses import replace

from kamcoder.domain.changes import Operation
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.domain.summary import Summary
from kamcoder.services.editing import Editing


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

    def write(
        self, target: MemoTarget, target_id: str, text: str, *, title: str = "", initiator: str | None = None
    ) -> Memo:
        """Add a memo of the active coder on an entity and return it."""
        stamp = now()
        memo = Memo(new_id(), target, target_id, self._editing.active_coder().id, title, text, stamp, stamp)
        with self._editing.edit(Operation.WRITE_MEMO, initiator=initiator, about=target.value):
            self._editing.rows.memos.add([memo])
        return memo

    def edit(self, memo: Memo, text: str, *, title: str | None = None, initiator: str | None = None) -> None:
        """Write a memo anew; an empty text deletes it."""
        with self._editing.edit(Operation.WRITE_MEMO, initiator=initiator, about=memo.target.value):
            if text.strip():
                changed = replace(memo, text=text, title=memo.title if title is None else title, modified_at=now())
                self._editing.rows.memos.update(changed)
            else:
                self._editing.rows.memos.delete(memo.id)


class SummaryService:
    """Verbs on summaries."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> dict[tuple[str, str], Summary]:
        """Return all summaries as {(case id, code id): summary}."""
        return {(summary.case_id, summary.code_id): summary for summary in self._editing.rows.summaries.all()}

    def write(self, case_id: str, code_id: str, text: str, *, initiator: str | None = None) -> None:
        """Write the summary of one case × code cell as the active coder; an empty text deletes it."""
        rows = self._editing.rows
        case, path = rows.cases.get(case_id), rows.codes.codebook().path(code_id)
        before, stamp = self.all().get((case_id, code_id)), now()
        with self._editing.edit(Operation.WRITE_SUMMARY, initiator=initiator, case=case.name, code=path):
            if text.strip():
                rows.summaries.write(
                    Summary(
                        id=before.id if before else new_id(),
                        case_id=case_id,
                        code_id=code_id,
                        coder_id=self._editing.active_coder().id,
                        text=text,
                        draft=False,
                        created_at=before.created_at if before else stamp,
                        modified_at=stamp,
                        links=before.links if before else (),
                    )
                )
            elif before is not None:
                rows.summaries.delete([before.id])
