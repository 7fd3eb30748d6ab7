"""Blind double coding: who codes which documents, a sample that several code, and what nobody sees before the end."""

from collections.abc import Iterable, Sequence
from typing import Any

from kamcoder.domain.assigning import Sample, WorkItem, draw
from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coder, CoderKind, WorkState
from kamcoder.domain.document import Document
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import now
from kamcoder.domain.project import natural_key
from kamcoder.services.editing import Editing


class AssigningService:
    """Verbs on assignments."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def states(self) -> dict[tuple[str, str], WorkState]:
        """Return how far coders are as {(coder id, document id): state}; who has nothing to do there is left out."""
        return self._editing.rows.assignments.states()

    def work(self, coder_id: str) -> list[WorkItem]:
        """Return a coder's list: what he is in the middle of, then what he has not begun, then what is finished."""
        rows = self._editing.rows
        states = rows.assignments.states_of(coder_id)
        counts = rows.codings.counts_of_coder(coder_id)
        items = [
            WorkItem(document, states[document.id], counts.get(document.id, 0))
            for document in rows.documents.all()
            if document.id in states
        ]
        order = (WorkState.IN_PROGRESS, WorkState.ASSIGNED, WorkState.FINISHED)
        return sorted(items, key=lambda item: (order.index(item.state), natural_key(item.document.name)))

    def may_see(self, coder_id: str, document_id: str) -> bool:
        """Tell whether a coder may see the others' codings of a document: not between his assignment and his finish."""
        return document_id not in self.hidden(coder_id)

    def hidden(self, coder_id: str) -> frozenset[str]:
        """Return the documents in which a coder must not see the others' codings."""
        return self._editing.rows.assignments.blind(coder_id)

    def assign(self, document_ids: Iterable[str], coder_ids: Iterable[str], *, initiator: str | None = None) -> int:
        """Give documents to coders and return how many assignments are new; who is at work there already stays so.

        Raise NotFound for unknown ids, InvalidInput for the consensus, which nobody codes by hand.
        """
        documents, coders = self._documents(document_ids), self._coders(coder_ids)
        return self._assign(documents, coders, initiator=initiator)

    def draw(self, *, share: float, seed: int, document_ids: Iterable[str] | None = None) -> Sample:
        """Draw a share of the documents (of all, or of some), spread over the cases; nothing is assigned yet."""
        rows = self._editing.rows
        among = {document.id for document in rows.documents.all()}
        if document_ids is not None:
            among &= set(document_ids)
        case_of = dict(reversed(rows.documents.case_links()))
        strata: dict[str, list[str]] = {}
        for document_id in among:
            strata.setdefault(case_of.get(document_id, ""), []).append(document_id)
        return Sample(draw(strata, share=share, seed=seed), share, seed, len(among))

    def assign_sample(self, sample: Sample, coder_ids: Iterable[str], *, initiator: str | None = None) -> int:
        """Give the drawn documents to each of several coders in one step; raise as `assign`."""
        documents, coders = self._documents(sample.document_ids), self._coders(coder_ids)
        return self._assign(documents, coders, initiator=initiator, share=sample.share, seed=sample.seed, of=sample.of)

    def withdraw(self, document_ids: Iterable[str], coder_ids: Iterable[str], *, initiator: str | None = None) -> int:
        """Take assignments back that were not begun and return how many; what is begun or finished stays."""
        documents, coders = self._documents(document_ids), self._coders(coder_ids)
        states = self.states()
        going = [
            (coder.id, document.id)
            for coder in coders
            for document in documents
            if states.get((coder.id, document.id)) is WorkState.ASSIGNED
        ]
        with self._editing.edit(
            Operation.ASSIGN, initiator=initiator, **_told(documents, coders), withdrawn=len(going)
        ):
            self._editing.rows.assignments.delete(going)
        return len(going)

    def _assign(
        self, documents: Sequence[Document], coders: Sequence[Coder], *, initiator: str | None, **details: Any
    ) -> int:
        keys = [(coder.id, document.id) for coder in coders for document in documents]
        with self._editing.edit(Operation.ASSIGN, initiator=initiator, **_told(documents, coders), **details):
            return self._editing.rows.assignments.give(keys, now())

    def _documents(self, document_ids: Iterable[str]) -> list[Document]:
        return [self._editing.rows.documents.get(document_id) for document_id in dict.fromkeys(document_ids)]

    def _coders(self, coder_ids: Iterable[str]) -> list[Coder]:
        known = {coder.id: coder for coder in self._editing.rows.coders.all()}
        found = []
        for coder_id in dict.fromkeys(coder_ids):
            if coder_id not in known:
                raise NotFound("coder_unknown", coder=coder_id)
            if known[coder_id].kind is CoderKind.CONSENSUS:
                raise InvalidInput("assign_consensus")
            found.append(known[coder_id])
        if not found:
            raise InvalidInput("assign_nobody")
        return found


def _told(documents: Sequence[Document], coders: Sequence[Coder]) -> dict[str, Any]:
    return {
        "documents": len(documents),
        "names": ", ".join(document.name for document in documents[:50]),
        "coders": ", ".join(coder.name for coder in coders),
    }
