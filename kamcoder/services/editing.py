"""One way to change a project: a transaction that is a step of undo, a line of the audit log and a change set."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from kamcoder import __version__
from kamcoder.domain.changes import ChangeOrigin, ChangeSet, Operation, RowChange
from kamcoder.domain.coding import Coder
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.domain.ids import now
from kamcoder.services.history import History
from kamcoder.storage.database import ProjectStore, RowMismatchError
from kamcoder.storage.project import AuditEntry
from kamcoder.storage.repositories import Repositories

Listener = Callable[[ChangeSet], None]


class Editing:
    """What every service of a session stands on: the store, its rows, the history and who listens."""

    def __init__(self, store: ProjectStore, *, actor: str) -> None:
        self.store = store
        self.rows = Repositories(store)
        self.history = History()
        self.coder: Coder | None = None
        self._actor = actor
        self._listeners: list[Listener] = []

    @property
    def acting(self) -> str:
        """Return who acts now, for the audit log: the coder, or else the person at the machine."""
        return self.coder.name if self.coder else self._actor

    def active_coder(self) -> Coder:
        """Return the coder whose codings are made now; raise InvalidInput if nobody was named."""
        if self.coder is None:
            raise InvalidInput("coder_needed")
        return self.coder

    @contextmanager
    def edit(
        self,
        operation: Operation,
        *,
        initiator: str | None = None,
        undoable: bool = True,
        told_by: ExitStack | None = None,
        **details: Any,
    ) -> Iterator[dict[str, Any]]:
        """Do one act: everything written inside is kept together or not at all.

        Yield the details for the audit log, which the act may add to. An act that changed nothing leaves no step.
        Listeners hear of it at once, or when `told_by` is closed.
        """
        noted = dict(details)
        with self.store.transaction() as journal:
            yield noted
            if journal:
                self._audit(operation, ChangeOrigin.DO, noted, journal)
        if journal:
            step = ChangeSet(operation, tuple(journal), ChangeOrigin.DO, noted, initiator)
            if undoable:
                self.history.push(step)
            if told_by is None:
                self._publish(step)
            else:
                told_by.callback(self._publish, step)

    def undo(self) -> ChangeSet:
        """Take the last step back and return what that changed; raise InvalidInput if there is none."""
        step = self.history.to_undo
        if step is None:
            raise InvalidInput("nothing_to_undo")
        change = step.inverse(ChangeOrigin.UNDO)
        self._write(change)
        self.history.undone()
        self._publish(change)
        return change

    def redo(self) -> ChangeSet:
        """Do the last undone step again and return what that changed; raise InvalidInput if there is none."""
        step = self.history.to_redo
        if step is None:
            raise InvalidInput("nothing_to_redo")
        change = dataclasses.replace(step, origin=ChangeOrigin.REDO)
        self._write(change)
        self.history.redone()
        self._publish(change)
        return change

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every change set after its commit; return a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _write(self, change: ChangeSet) -> None:
        try:
            with self.store.transaction() as journal:
                self._forget_work(change)
                self.store.apply(change.changes)
                self._audit(change.operation, change.origin, dict(change.details or {}), journal)
            self._look_for_coder(change)
        except RowMismatchError as error:
            self.history.clear()
            raise KamCoderError("history_broken") from error

    def _look_for_coder(self, change: ChangeSet) -> None:
        """Let nobody be the active coder if he has just gone."""
        if self.coder is not None and change.touches("coders"):
            known = {coder.id: coder for coder in self.rows.coders.all()}
            self.coder = known.get(self.coder.id)

    def _forget_work(self, change: ChangeSet) -> None:
        """Let the progress noted on documents and of coders that are to go, go with them: it is no step of undo."""
        known = {(row.row["coder_id"], row.row["document_id"]) for row in change.of("assignments")}
        there = self.rows.assignments.states() if known else {}
        again = {
            (row.row["coder_id"], row.row["document_id"]) for row in change.of("assignments") if row.before is None
        }
        self.rows.assignments.delete(sorted(again & there.keys()))
        for table in ("documents", "coders"):
            gone = [str(row.row["id"]) for row in change.of(table) if row.after is None]
            self.rows.assignments.forget(table, gone, besides=known)
        self._forget_shown(change)

    def _forget_shown(self, change: ChangeSet) -> None:
        """Let what was noted as shown make way: neither is it a step of undo, so the step knows nothing of it."""
        there = [row.row for row in change.of("shown_suggestions") if row.before is None]
        self.rows.suggestions.make_way(there)
        known = {self.rows.suggestions.shown_key(row.row) for row in change.of("shown_suggestions") if row.before}
        for table in ("documents", "codes", "coders"):
            gone = [str(row.row["id"]) for row in change.of(table) if row.after is None]
            self.rows.suggestions.forget_shown(table, gone, besides=known)

    def _publish(self, change: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    def _audit(
        self, operation: Operation, origin: ChangeOrigin, details: dict[str, Any], journal: Sequence[RowChange]
    ) -> None:
        self.rows.audit.append(
            AuditEntry(
                number=0,
                at=now(),
                coder=self.acting,
                operation=operation,
                origin=origin,
                details=details,
                rows=_tally(journal),
                program=__version__,
            )
        )


def _tally(journal: Sequence[RowChange]) -> dict[str, list[int]]:
    """Count [added, changed, deleted] rows of each table."""
    counts: dict[str, list[int]] = {}
    kinds = Counter((change.table, change.before is None, change.after is None) for change in journal)
    for (table, added, deleted), count in kinds.items():
        counts.setdefault(table, [0, 0, 0])[0 if added else 2 if deleted else 1] += count
    return counts
