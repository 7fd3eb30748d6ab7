"""The decisions of a project by what they are about, read once and then kept up with every change."""

from dataclasses import replace

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.settling import Disagreement, Settlement
from kamcoder.services.editing import Editing
from kamcoder.storage.settlements import settlement_of

_Key = tuple[str, str, str, int, int]


class Settled:
    """All settlements, found by document and by the claims they were made about."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._known: dict[str, Settlement] | None = None
        self._by_claim: dict[_Key, list[Settlement]] = {}
        self._by_document: dict[str, dict[str, Settlement]] = {}
        editing.subscribe(self._follow)

    def told(self, found: Disagreement) -> Disagreement:
        """Return a disagreement with the decision on it: in force if it was about all that is coded here now.

        Two decisions with different results, made in two copies of the project, are none: people have to speak.
        """
        about = self._claimed(found)
        known = [settlements for settlements in about if settlements]
        if not known:
            return found
        latest = max((entry for settlements in known for entry in settlements), key=_age)
        both = {frozenset(entry.results) for settlements in known for entry in settlements if len(settlements) > 1}
        if len(known) == len(about) and len(both) < 2:
            return replace(found, settlement=latest)
        return replace(found, outdated=latest)

    def about(self, found: Disagreement) -> list[Settlement]:
        """Return all decisions that were about any of the codings of a disagreement, the oldest first."""
        every = {entry.id: entry for settlements in self._claimed(found) for entry in settlements}
        return sorted(every.values(), key=_age)

    def in_document(self, document_id: str) -> list[Settlement]:
        """Return the decisions about one document."""
        self._read()
        return list(self._by_document.get(document_id, {}).values())

    def _claimed(self, found: Disagreement) -> list[list[Settlement]]:
        self._read()
        return [self._by_claim.get((found.document_id, *claim.key), []) for claim in found.claims]

    def _read(self) -> None:
        if self._known is None:
            self._known = {}
            self._by_claim.clear()
            self._by_document.clear()
            for settlement in self._editing.rows.settlements.all():
                self._add(settlement)

    def _add(self, settlement: Settlement) -> None:
        assert self._known is not None
        self._known[settlement.id] = settlement
        self._by_document.setdefault(settlement.document_id, {})[settlement.id] = settlement
        for claim in settlement.claims:
            self._by_claim.setdefault((settlement.document_id, *claim.key), []).append(settlement)

    def _drop(self, settlement: Settlement) -> None:
        assert self._known is not None
        del self._known[settlement.id]
        del self._by_document[settlement.document_id][settlement.id]
        for claim in settlement.claims:
            entries = self._by_claim[(settlement.document_id, *claim.key)]
            entries[:] = [entry for entry in entries if entry.id != settlement.id]

    def _follow(self, change: ChangeSet) -> None:
        if self._known is None:
            return
        for row in change.of("settlements"):
            if row.before is not None:
                self._drop(self._known[row.before["id"]])
            if row.after is not None:
                self._add(settlement_of(row.after))


def _age(settlement: Settlement) -> tuple[str, str]:
    return settlement.decided_at, settlement.id
