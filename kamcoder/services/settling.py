"""Settling disagreements: what is open, what was decided, and the consensus codings that come of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kamcoder.analysis.agreement.kinds import Unit
from kamcoder.domain.changes import ChangeSet, Operation
from kamcoder.domain.coding import Coder, CoderKind, Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import id_of, new_id, now
from kamcoder.domain.settling import (
    Choice,
    Claim,
    Disagreement,
    Mark,
    Settlement,
    SettlingProgress,
    Standing,
)
from kamcoder.services.agreement_comparison import Comparison
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.codings import trimmed
from kamcoder.services.comparing import ComparingService
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.settled import Settled

if TYPE_CHECKING:  # NumPy is loaded when coders are compared
    from kamcoder.analysis.agreement.standing import Group
    from kamcoder.services.agreement_material import Material

_TOUCHING = ("turns", "speakers", "documents", "assignments", "codes", "document_cases")


@dataclass(frozen=True)
class Draft:
    """What there is to settle in a scope, read but not worked out yet; that may be done in another thread."""

    scope: CompareScope
    comparison: Comparison
    code_ids: frozenset[str] | None

    @property
    def size(self) -> int:
        """Return the number of codings to look at."""
        return len(self.comparison.spans)

    def work_out(self) -> list[Disagreement]:
        """Return all stretches of the scope, by document and place; nothing is known of decisions yet."""
        from kamcoder.analysis.agreement.standing import groups

        material = self.comparison.material
        documents = material.line.documents_at(material.own.start)
        found = [_disagreement(material, group) for group in groups(material.own, documents, material.present)]
        return [item for item in found if self.code_ids is None or not self.code_ids.isdisjoint(item.code_ids)]


class SettlingService:
    """Verbs on disagreements. Decisions become codings of the coder *consensus*; everybody's own codings stay.

    Scopes are those of a comparison; codes count as they were put (children never stand for their parents), and the
    consensus is never one of the coders compared.
    """

    def __init__(self, editing: Editing, comparing: ComparingService) -> None:
        self._editing = editing
        self._comparing = comparing
        self._settled = Settled(editing)
        self._last: tuple[CompareScope, list[Disagreement]] | None = None
        editing.subscribe(self._follow)

    def disagreements(self, scope: CompareScope) -> list[Disagreement]:
        """Return what coders disagree on, decided or open, by document and place; raise as `compare` does."""
        return [found for found in self._all(scope) if found.standing is not Standing.AGREED]

    def agreed(self, scope: CompareScope) -> list[Disagreement]:
        """Return the stretches on which all coders who worked there agree, taken or not."""
        return [self._settled.told(found) for found in self._found(scope) if found.standing is Standing.AGREED]

    def stretches(self, scope: CompareScope) -> list[Disagreement]:
        """Return both, all that coders agree and disagree on, by document and place."""
        return self._all(scope)

    def draft(self, scope: CompareScope) -> Draft | None:
        """Return what is to be worked out before anything can be told of a scope; None if that is done.

        Working out ten thousand stretches takes a second: a window does it beside itself and hands it to `take_over`.
        """
        return None if self._last is not None and self._last[0] == scope else self._draft(scope)

    def take_over(self, draft: Draft, found: list[Disagreement]) -> None:
        """Keep what was worked out of a draft, if nothing changed meanwhile."""
        now_there = self._draft(draft.scope)
        if now_there.comparison is draft.comparison:
            self._last = draft.scope, found

    def at(self, scope: CompareScope, coding_id: str) -> Disagreement | None:
        """Return the stretch that a coding is part of, None if it is not compared."""
        return next((found for found in self._all(scope) if coding_id in _codings(found)), None)

    def progress(self, scope: CompareScope) -> SettlingProgress:
        """Return how much is decided."""
        everything = self._all(scope)
        agreed = [found.decided for found in everything if found.standing is Standing.AGREED]
        decided = sum(found.decided for found in everything)
        return SettlingProgress(
            agreed=len(agreed),
            agreed_taken=sum(agreed),
            disagreements=len(everything) - len(agreed),
            decided=decided - sum(agreed),
        )

    def settlements(self) -> list[Settlement]:
        """Return all decisions that were made, the oldest first."""
        return self._editing.rows.settlements.all()

    @property
    def consensus(self) -> Coder | None:
        """Return the coder *consensus*, None before the first decision."""
        coders = self._editing.rows.coders.all()
        return next((coder for coder in coders if coder.kind is CoderKind.CONSENSUS), None)

    def take(
        self,
        disagreement: Disagreement,
        choice: Choice,
        *,
        coder_ids: Iterable[str] = (),
        span: TextSpan | None = None,
        code_ids: Iterable[str] = (),
        memo: str = "",
        initiator: str | None = None,
    ) -> Settlement:
        """Decide as the active coder; a decision that was there is replaced, with the codings it made.

        `coder_ids` goes with CODERS; `span` and `code_ids` with OWN (the stretch and its codes if left out). Raise
        InvalidInput if the choice makes no sense here, or if the codings have changed since they were looked at.
        """
        self._refuse_changed(disagreement.claims)
        decider = self._editing.active_coder()
        if choice is Choice.OWN:
            marks = tuple(Mark(span or disagreement.span, code) for code in tuple(code_ids) or disagreement.code_ids)
        else:
            marks = disagreement.marks(choice, coder_ids)
        taken = tuple(sorted(set(coder_ids))) if choice is Choice.CODERS else ()
        codings = self._planned(disagreement.document_id, marks)
        with self._editing.edit(
            Operation.SETTLE,
            initiator=initiator,
            document=self._editing.rows.documents.get(disagreement.document_id).name,
            span=[disagreement.span.start, disagreement.span.end],
            standing=disagreement.standing.value,
            choice=choice.value,
            coders=self._names(taken),
            memo=memo,
        ):
            results = self._put(codings)
            settlement = self._settlement(disagreement, choice, taken, [coding.id for coding in results], memo, decider)
            self._withdraw([disagreement], keep=settlement.results)
            self._editing.rows.settlements.add([settlement])
        return settlement

    def take_agreed(self, scope: CompareScope, *, memo: str = "", initiator: str | None = None) -> int:
        """Take all on which all agree, but what is decided already, in one step; return how much that was."""
        wanted = [found for found in self.agreed(scope) if not found.decided]
        if not wanted:
            return 0
        decider, rows = self._editing.active_coder(), self._editing.rows
        texts = rows.documents.texts({found.document_id for found in wanted})
        with self._editing.edit(Operation.TAKE_AGREED, initiator=initiator, passages=len(wanted)):
            consensus = self._ensure_consensus()
            present = {
                (coding.document_id, coding.span, coding.code_id): coding
                for coding in rows.codings.select("coder_id = ?", [consensus.id])
            }
            new, settlements = [], []
            for found in wanted:
                results = []
                for mark in found.marks(Choice.AGREED):
                    key = (found.document_id, mark.span, mark.code_id)
                    if key not in present:
                        present[key] = _coding(found.document_id, mark, texts[found.document_id], consensus)
                        new.append(present[key])
                    results.append(present[key].id)
                settlements.append(self._settlement(found, Choice.AGREED, (), results, memo, decider))
            self._settled.expect(settlements)
            rows.codings.add(new)
            outdated = [found for found in wanted if found.outdated]
            self._withdraw(outdated, keep={key for settlement in settlements for key in settlement.results})
            rows.settlements.add(settlements)
        return len(settlements)

    def reopen(self, disagreement: Disagreement, *, initiator: str | None = None) -> None:
        """Take a decision back, with the codings it made; nothing happens if there is none."""
        if not (disagreement.settlement or disagreement.outdated):
            return
        with self._editing.edit(
            Operation.REOPEN,
            initiator=initiator,
            document=self._editing.rows.documents.get(disagreement.document_id).name,
            span=[disagreement.span.start, disagreement.span.end],
        ):
            self._withdraw([disagreement], keep=())

    # -- deciding --------------------------------------------------------------------------------------------------

    def _refuse_changed(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if not self._holds(claim):
                raise InvalidInput("settle_changed")

    def _holds(self, claim: Claim) -> bool:
        there = self._editing.rows.codings.some([claim.coding_id])
        return [(coding.span, coding.code_id) for coding in there] == [(claim.span, claim.code_id)]

    def _planned(self, document_id: str, marks: Sequence[Mark]) -> list[Coding]:
        """Return the codings to be made, without white space at their ends; what holds nothing else is left out."""
        book, text = self._editing.rows.codes.codebook(), self._editing.rows.documents.text(document_id)
        for mark in marks:
            if not book.get(mark.code_id).codable:
                raise InvalidInput("code_not_codable", name=book.get(mark.code_id).name)
        filled = [mark for mark in marks if mark.span.of(text).strip()]
        if marks and not filled:
            raise InvalidInput("settle_nothing")
        consensus = self._consensus_to_be()
        return [_coding(document_id, replace(mark, span=trimmed(mark.span, text)), text, consensus) for mark in filled]

    def _put(self, codings: Sequence[Coding]) -> list[Coding]:
        """Write consensus codings and return them; those that are there already as they are."""
        rows, found = self._editing.rows, []
        if codings:
            self._ensure_consensus()
        for coding in codings:
            there = rows.codings.find(
                document_id=coding.document_id, span=coding.span, code_id=coding.code_id, coder_id=coding.coder_id
            )
            if there is None:
                rows.codings.add([coding])
            found.append(there or coding)
        return found

    def _withdraw(self, wanted: Sequence[Disagreement], *, keep: Iterable[str]) -> None:
        """Take back what was decided about the codings of these, with the results but those to keep.

        An earlier decision may have been about more than a stretch is now; it goes on to hold for the rest.
        """
        here = {(found.document_id, *claim.key) for found in wanted for claim in found.claims}
        places: dict[str, list[TextSpan]] = {found.document_id: [] for found in wanted}
        shared: dict[str, Settlement] = {}
        for found in wanted:
            places[found.document_id].append(found.span)
            shared.update({settlement.id: settlement for settlement in self._settled.about(found)})
        going: set[str] = set()
        for settlement in shared.values():
            rest = tuple(
                claim
                for claim in settlement.claims
                if (settlement.document_id, *claim.key) not in here and self._holds(claim)
            )
            results = self._results(settlement)
            if not rest:
                going.update(coding.id for coding in results)
                self._editing.rows.settlements.delete([settlement.id])
                continue
            spans = places[settlement.document_id]
            going.update(coding.id for coding in results if any(coding.span.overlaps(span) for span in spans))
            left = tuple(coding.id for coding in results if coding.id not in going)
            self._editing.rows.settlements.update(replace(settlement, claims=rest, results=left))
        for document_id in places:
            for other in self._settled.in_document(document_id):
                if other.id not in shared:
                    going.difference_update(other.results)
        self._editing.rows.codings.delete(sorted(going.difference(keep)))

    def _results(self, settlement: Settlement) -> list[Coding]:
        """Return the codings a decision made that are still there as consensus."""
        there = self._editing.rows.codings.some(settlement.results)
        return [coding for coding in there if coding.origin is Origin.CONSENSUS]

    def _settlement(
        self,
        disagreement: Disagreement,
        choice: Choice,
        taken: tuple[str, ...],
        results: Sequence[str],
        memo: str,
        decider: Coder,
    ) -> Settlement:
        return Settlement(
            id=new_id(),
            document_id=disagreement.document_id,
            span=disagreement.span,
            standing=disagreement.standing,
            choice=choice,
            taken_ids=taken,
            claims=disagreement.claims,
            results=tuple(results),
            memo=memo.strip(),
            coder_id=decider.id,
            decided_at=now(),
        )

    def _ensure_consensus(self) -> Coder:
        found = self.consensus
        if found is None:
            found = self._consensus_to_be()
            self._editing.rows.coders.add(found)
        return found

    def _consensus_to_be(self) -> Coder:
        """Return the coder *consensus* as he is, or would be: the same in every copy of the project."""
        taken = {coder.name.casefold() for coder in self._editing.rows.coders.all()}
        name = words("coder_consensus")
        free = name if name.casefold() not in taken else f"{name} (KamCoder)"
        identity = id_of(self._editing.rows.projects.get().id, CoderKind.CONSENSUS)
        return self.consensus or Coder(identity, free, CoderKind.CONSENSUS, now())

    def _names(self, coder_ids: Iterable[str]) -> list[str]:
        names = {coder.id: coder.name for coder in self._editing.rows.coders.all()}
        return [names[coder_id] for coder_id in coder_ids]

    # -- finding ---------------------------------------------------------------------------------------------------

    def _all(self, scope: CompareScope) -> list[Disagreement]:
        """Return all stretches of a scope with what was decided about them."""
        return self._settled.told_all(self._found(scope))

    def _found(self, scope: CompareScope) -> list[Disagreement]:
        """Return all stretches of a scope, nothing told of decisions."""
        if self._last is None or self._last[0] != scope:
            self._last = scope, self._draft(scope).work_out()
        return self._last[1]

    def _draft(self, scope: CompareScope) -> Draft:
        consensus = self.consensus
        people = scope.coder_ids
        if people is not None and consensus is not None:
            people = tuple(coder_id for coder_id in people if coder_id != consensus.id)
        everything = replace(scope, coder_ids=people, code_ids=None, children=False, unit=Unit.CHARACTER, resamples=0)
        wanted: frozenset[str] | None = None
        if scope.code_ids is not None:
            book = self._editing.rows.codes.codebook()
            below = book.subtree if scope.children else lambda code_id: (code_id,)
            wanted = frozenset(member for code_id in scope.code_ids for member in below(code_id))
        return Draft(scope, self._comparing.comparison(everything), wanted)

    def _follow(self, change: ChangeSet) -> None:
        if change.touches(*_TOUCHING):
            self._last = None
            return
        # What is decided changes nothing in what there is to decide.
        consensus = self.consensus if change.touches("codings", "coders") else None
        aside = consensus.id if consensus else None
        for row in change.of("codings"):
            if any(side is not None and side["coder_id"] != aside for side in (row.before, row.after)):
                self._last = None
                return


def _disagreement(material: "Material", group: "Group") -> Disagreement:
    spans = [material.spans[row] for row in group.rows]
    claims = tuple(
        sorted(Claim(TextSpan(span.start, span.end), span.code_id, span.coder_id, span.id) for span in spans)
    )
    present = material.present[group.document].tolist()
    return Disagreement(
        document_id=material.documents[group.document].id,
        span=TextSpan(min(claim.span.start for claim in claims), max(claim.span.end for claim in claims)),
        standing=_standing(group),
        coder_ids=tuple(coder for coder, there in zip(material.coder_ids, present, strict=True) if there),
        claims=claims,
    )


def _standing(group: "Group") -> Standing:
    if group.held:
        return Standing.AGREED if group.same else Standing.BOUNDARY
    return Standing.OTHER_CODE if group.crossed else Standing.ONLY_SOME


def _codings(found: Disagreement) -> set[str]:
    return {claim.coding_id for claim in found.claims}


def _coding(document_id: str, mark: Mark, text: str, consensus: Coder) -> Coding:
    return Coding(
        id=new_id(),
        document_id=document_id,
        span=mark.span,
        quote=mark.span.of(text),
        code_id=mark.code_id,
        coder_id=consensus.id,
        origin=Origin.CONSENSUS,
        created_at=now(),
    )
