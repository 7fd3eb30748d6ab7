"""Comparing coders: what they agree on, how much beyond chance, and the passages behind every number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kamcoder.analysis.agreement.kinds import DisagreementKind, Unit
from kamcoder.analysis.agreement.segments import THRESHOLD, Overlap
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.coding import Coder, CoderKind, Origin, WorkState
from kamcoder.domain.document import Document, SpeakerRole
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.project import natural_key
from kamcoder.services.agreement_comparison import Comparison
from kamcoder.services.agreement_shapes import (
    Agreement,
    Cluster,
    ComparedPassage,
    CompareScope,
    ExclusiveAgreement,
    SegmentAgreement,
)
from kamcoder.services.coded import CodedSpans
from kamcoder.services.editing import Editing

if TYPE_CHECKING:  # NumPy is loaded when something is compared, not when a project is opened
    from kamcoder.services.agreement_material import Material

#: Fewer documents than this are resampled by their turns.
LEAST_DOCUMENTS = 6
_MOST_CODERS = 50
_MOST_RECENT = 2  # the table of agreement, and what there is to settle
_WORKED = frozenset({WorkState.IN_PROGRESS, WorkState.FINISHED})
_TOUCHING = ("codings", "turns", "speakers", "documents", "assignments", "codes", "coders", "document_cases")


@dataclass(frozen=True, slots=True)
class CoderWork:
    """What one coder has done: codings, documents with any, documents finished, in progress, and only assigned."""

    coder: Coder
    codings: int
    documents: int
    finished: int
    in_progress: int
    assigned: int = 0


class ComparingService:
    """Figures and passages of a comparison; nothing here changes the project."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._coded = CodedSpans(editing)
        self._turns: dict[str, list[tuple[int, int, bool]]] = {}
        self._sentences: dict[str, list[tuple[int, int]]] = {}
        self._recent: list[Comparison] = []
        editing.subscribe(self._follow)

    def coders(self) -> list[CoderWork]:
        """Return all coders with what they have done, people first."""
        counts: dict[str, int] = {}
        documents: dict[str, set[str]] = {}
        for span in self._coded.all():
            counts[span.coder_id] = counts.get(span.coder_id, 0) + 1
            documents.setdefault(span.coder_id, set()).add(span.document_id)
        found = []
        for coder in self._editing.rows.coders.all():
            states = list(self._editing.rows.assignments.states_of(coder.id).values())
            found.append(
                CoderWork(
                    coder=coder,
                    codings=counts.get(coder.id, 0),
                    documents=len(documents.get(coder.id, ())),
                    finished=states.count(WorkState.FINISHED),
                    in_progress=states.count(WorkState.IN_PROGRESS),
                    assigned=states.count(WorkState.ASSIGNED),
                )
            )
        return found

    def unfinished(self) -> list[Document]:
        """Return the documents that who codes now was given and has still to finish.

        Until then others' codings of them are better not seen.
        """
        rows, coder = self._editing.rows, self._editing.coder
        if coder is None:
            return []
        blind = rows.assignments.blind(coder.id)
        documents = [document for document in rows.documents.all() if document.id in blind]
        return sorted(documents, key=lambda document: natural_key(document.name))

    def compare(self, scope: CompareScope) -> Agreement:
        """Return all figures; raise InvalidInput if fewer than two coders are compared."""
        return self.comparison(scope).agreement()

    def without_suggestions(self, scope: CompareScope) -> Agreement:
        """Return the figures with the codings left out that were taken from suggestions."""
        origins = (frozenset(Origin) if scope.origins is None else scope.origins) - {Origin.SUGGESTION}
        return self.compare(replace(scope, origins=origins))

    def passages(
        self,
        scope: CompareScope,
        *,
        first_id: str,
        second_id: str,
        code_id: str | None = None,
        kind: DisagreementKind | None = None,
    ) -> list[ComparedPassage]:
        """Return the passages behind the figures of a pair, by document and place.

        None for `code_id` stands for the pooled figures, None for `kind` for all kinds. The pair may be given in either
        order; ONLY_FIRST is what only `first_id` has.
        """
        return self.comparison(scope).passages(first_id=first_id, second_id=second_id, code_id=code_id, kind=kind)

    def segments(
        self, scope: CompareScope, *, threshold: float = THRESHOLD, overlap: Overlap = Overlap.IOU
    ) -> list[SegmentAgreement]:
        """Return for each pair and code how many codings have a partner that covers the same text."""
        return self.comparison(scope).segments(threshold=threshold, overlap=overlap)

    def exclusive(self, scope: CompareScope, code_ids: Sequence[str]) -> ExclusiveAgreement:
        """Return the unitizing alphas of codes that exclude one another, where all coders of the scope worked.

        Raise InvalidInput if fewer than two codes are given or if one stands below another.
        """
        from kamcoder.services.agreement_results import exclusive_figures

        book = self._editing.rows.codes.codebook()
        ids = tuple(dict.fromkeys(code_ids))
        above = {code.id for code_id in ids for code in book.ancestors(code_id)}
        if len(ids) < 2 or not above.isdisjoint(ids):
            raise InvalidInput("exclusive_codes")
        wanted = replace(scope, code_ids=ids, unit=Unit.CHARACTER, resamples=0)
        material = self.comparison(wanted).material
        everywhere = [
            document.id
            for document, there in zip(material.documents, material.present.tolist(), strict=True)
            if all(there)
        ]
        if len(everywhere) < len(material.documents):
            again = replace(wanted, document_ids=frozenset(everywhere), coder_ids=material.coder_ids)
            material = self.comparison(again).material
        return exclusive_figures(material)

    # -- making ready ----------------------------------------------------------------------------------------------

    def _follow(self, change: ChangeSet) -> None:
        if change.touches(*_TOUCHING):
            self._recent = []
        if change.touches("turns", "speakers", "documents"):
            self._turns.clear()
            self._sentences = {}  # a comparison under way may still fill the old ones

    def comparison(self, scope: CompareScope) -> Comparison:
        """Return what a scope compares, read but not counted yet; it may be counted in another thread.

        Raise InvalidInput if fewer than two coders are compared.
        """
        for known in self._recent:
            if known.scope == scope:
                return known
        rows = self._editing.rows
        taking_part = self._taking_part()
        coders = self._coders(scope, taking_part)
        chosen = self._documents(scope)
        turns = {document.id: self._scoped_turns(document, scope) for document in chosen}
        here = [
            document
            for document in chosen
            if turns[document.id] and sum(document.id in taking_part.get(coder.id, ()) for coder in coders) >= 2
        ]
        ids, wanted = {document.id for document in here}, {coder.id for coder in coders}
        book = rows.codes.codebook()
        origins = frozenset(Origin) if scope.origins is None else scope.origins
        needs_texts = scope.trim or scope.snap or scope.unit is Unit.SENTENCE
        made = Comparison(
            scope=scope,
            coders=tuple(coders),
            documents=tuple(here),
            left_out=tuple(document for document in chosen if document.id not in ids),
            present=[[document.id in taking_part.get(coder.id, ()) for coder in coders] for document in here],
            spans=[
                span
                for span in self._coded.all()
                if span.document_id in ids and span.coder_id in wanted and span.origin in origins
            ],
            turns=[turns[document.id] for document in here],
            texts=rows.documents.texts(ids) if needs_texts else {},
            book=book,
            code_ids=tuple(code.id for _, code in book.walk()) if scope.code_ids is None else scope.code_ids,
            cluster=Cluster.DOCUMENT if len(here) >= LEAST_DOCUMENTS or scope.unit is Unit.DOCUMENT else Cluster.TURN,
            sentences=self._sentences,
        )
        self._recent = [made, *self._recent[: _MOST_RECENT - 1]]
        return made

    def material(self, scope: CompareScope) -> "tuple[Material, tuple[Document, ...]]":
        """Return the codings and texts of a scope made ready, and the documents left out."""
        comparison = self.comparison(scope)
        return comparison.material, comparison.left_out

    def _taking_part(self) -> dict[str, set[str]]:
        """Return for each coder the documents with any coding by him, or in a state that says he is at work."""
        found: dict[str, set[str]] = {}
        for coder_id, document_id in {(span.coder_id, span.document_id) for span in self._coded.all()}:
            found.setdefault(coder_id, set()).add(document_id)
        for coder in self._editing.rows.coders.all():
            states = self._editing.rows.assignments.states_of(coder.id)
            worked = {document_id for document_id, state in states.items() if state in _WORKED}
            if worked:
                found.setdefault(coder.id, set()).update(worked)
        return found

    def _coders(self, scope: CompareScope, taking_part: Iterable[str]) -> list[Coder]:
        begun = set(taking_part)
        everybody = {coder.id: coder for coder in self._editing.rows.coders.all()}
        if scope.coder_ids is None:
            found = [coder for coder in everybody.values() if coder.id in begun and coder.kind is CoderKind.PERSON]
        else:
            found = [everybody[coder_id] for coder_id in dict.fromkeys(scope.coder_ids)]
        if len(found) < 2:
            raise InvalidInput("compare_needs_two", coders=", ".join(coder.name for coder in found) or "–")
        if len(found) > _MOST_CODERS:
            raise InvalidInput("compare_too_many", coders=len(found), most=_MOST_CODERS)
        return found

    def _documents(self, scope: CompareScope) -> list[Document]:
        found = sorted(self._editing.rows.documents.all(), key=lambda document: natural_key(document.name))
        if scope.document_ids is not None:
            found = [document for document in found if document.id in scope.document_ids]
        if scope.case_ids is not None:
            inside = {
                document for document, case in self._editing.rows.documents.case_links() if case in scope.case_ids
            }
            found = [document for document in found if document.id in inside]
        return found

    def _scoped_turns(self, document: Document, scope: CompareScope) -> list[tuple[int, int]]:
        """Return the turns that are compared; the whole text where there are none."""
        if document.id not in self._turns:
            rows = self._editing.rows.documents
            asking = {speaker.id for speaker in rows.speakers(document.id) if speaker.role is SpeakerRole.INTERVIEWER}
            self._turns[document.id] = [
                (turn.span.start, turn.span.end, turn.speaker_id in asking) for turn in rows.turns(document.id)
            ] or [(0, document.length, False)] * (document.length > 0)
        return [(start, end) for start, end, asks in self._turns[document.id] if scope.interviewers or not asks]
