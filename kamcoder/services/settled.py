"""The decisions of a project by what they are about, read once and then kept up with every change."""

from collections.abc import Iterable, Sequence
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
        self._fresh: dict[str, Settlement] = {}
        self._list: tuple[Sequence[Disagreement], list[Disagreement], dict[_Key, int]] | None = None
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

    def told_all(self, found: Sequence[Disagreement]) -> list[Disagreement]:
        """Return disagreements with the decisions on them; asked again for the same, only what was decided is new."""
        if self._list is None or self._list[0] is not found:
            places = {(item.document_id, *claim.key): at for at, item in enumerate(found) for claim in item.claims}
            self._list = found, [self.told(item) for item in found], places
        return list(self._list[1])

    def expect(self, settlements: Iterable[Settlement]) -> None:
        """Say which decisions are being written, so that they need not be read from their rows again."""
        self._fresh = {settlement.id: settlement for settlement in settlements}

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

    def _add(self, settlement: Settlement) -> set[_Key]:
        """Take in a decision and return what it is about."""
        assert self._known is not None
        self._known[settlement.id] = settlement
        self._by_document.setdefault(settlement.document_id, {})[settlement.id] = settlement
        keys = {(settlement.document_id, *claim.key) for claim in settlement.claims}
        for key in keys:
            self._by_claim.setdefault(key, []).append(settlement)
        return keys

    def _drop(self, settlement: Settlement) -> set[_Key]:
        """Forget a decision and return what it was about."""
        assert self._known is not None
        del self._known[settlement.id]
        del self._by_document[settlement.document_id][settlement.id]
        keys = {(settlement.document_id, *claim.key) for claim in settlement.claims}
        for key in keys:
            entries = self._by_claim[key]
            entries[:] = [entry for entry in entries if entry.id != settlement.id]
        return keys

    def _follow(self, change: ChangeSet) -> None:
        fresh, self._fresh = self._fresh, {}
        if self._known is None:
            return
        decided: set[_Key] = set()
        for row in change.of("settlements"):
            if row.before is not None:
                decided |= self._drop(self._known[row.before["id"]])
            if row.after is not None:
                decided |= self._add(fresh.get(row.after["id"]) or settlement_of(row.after))
        if self._list is not None:
            found, told, places = self._list
            for at in {places[key] for key in decided & places.keys()}:
                told[at] = self.told(found[at])


def _age(settlement: Settlement) -> tuple[str, str]:
    return settlement.decided_at, settlement.id
