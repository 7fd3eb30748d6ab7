"""A comparison with all it needs at hand: it reads nothing more from the project, so it may be worked out beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kamcoder.analysis.agreement.kinds import DisagreementKind, Unit
from kamcoder.analysis.agreement.segments import THRESHOLD, Overlap
from kamcoder.analysis.axes import CodedSpan
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Coder, Origin
from kamcoder.domain.document import Document
from kamcoder.services.agreement_shapes import (
    Agreement,
    Cluster,
    ComparedPassage,
    CompareScope,
    SegmentAgreement,
    SegmentPassage,
)

if TYPE_CHECKING:  # NumPy is loaded when something is worked out
    from kamcoder.services.agreement_material import Material

Stretches = list[tuple[int, int]]


@dataclass(frozen=True)
class Comparison:
    """What is compared: codings and texts of a scope as they were when it was made.

    `present` and `turns` are in the order of `documents`; `sentences` are those known so far by document, and are
    filled as they are needed.
    """

    scope: CompareScope
    coders: tuple[Coder, ...]
    documents: tuple[Document, ...]
    left_out: tuple[Document, ...]
    present: Sequence[Sequence[bool]]
    spans: Sequence[CodedSpan]
    turns: Sequence[Stretches]
    texts: Mapping[str, str]
    book: Codebook
    code_ids: tuple[str, ...]
    cluster: Cluster
    sentences: dict[str, Stretches] = field(default_factory=dict)

    @cached_property
    def material(self) -> "Material":
        """Return the codings and texts made ready for counting."""
        from kamcoder.services.agreement_material import prepare

        return prepare(
            self.scope,
            documents=self.documents,
            coder_ids=[coder.id for coder in self.coders],
            present=self.present,
            spans=self.spans,
            turns=self.turns,
            texts=self.texts if self.scope.trim or self.scope.snap else {},
            sentence_spans=self._sentence_spans() if self.scope.unit is Unit.SENTENCE else [],
            book=self.book,
            code_ids=self.code_ids,
            cluster=self.cluster,
        )

    @cached_property
    def by_id(self) -> dict[str, CodedSpan]:
        """Return the codings by their ids."""
        return {span.id: span for span in self.spans}

    @property
    def from_suggestions(self) -> int:
        """Return how many of the codings were taken from suggestions."""
        return sum(span.origin == Origin.SUGGESTION for span in self.spans)

    def agreement(self, *, resamples: int | None = None) -> Agreement:
        """Return all figures, with intervals from so many draws; None leaves that to the scope."""
        from kamcoder.services.agreement_results import results

        material = self.material
        if resamples is not None:
            material = replace(material, scope=replace(material.scope, resamples=resamples))
        return results(material, coders=self.coders, left_out=self.left_out, book=self.book)

    def without_suggestions(self) -> "Comparison":
        """Return the comparison of the codings that were not taken from suggestions, of the same documents."""
        spans = [span for span in self.spans if span.origin != Origin.SUGGESTION]
        return replace(self, spans=spans)

    def passages(
        self, *, first_id: str, second_id: str, code_id: str | None, kind: DisagreementKind | None
    ) -> list[ComparedPassage]:
        """Return the passages behind the figures of a pair, see ComparingService.passages."""
        from kamcoder.services.agreement_results import passages

        ids = self.material.coder_ids
        first, second = ids.index(first_id), ids.index(second_id)
        return passages(self.material, first=first, second=second, code_id=code_id, kind=kind)

    def used(self, *, coder_id: str, code_id: str | None) -> list[CodedSpan]:
        """Return the codings behind a coder's prevalence of a code (all compared ones for None), in reading order."""
        wanted = set(self.code_ids) if code_id is None else {code_id}
        if self.scope.children:
            wanted |= {below for code in wanted for below in self.book.subtree(code)}
        place = {document.id: number for number, document in enumerate(self.documents)}
        found = [span for span in self.spans if span.coder_id == coder_id and span.code_id in wanted]
        return sorted(found, key=lambda span: (place[span.document_id], span.start, span.end))

    def segments(self, *, threshold: float = THRESHOLD, overlap: Overlap = Overlap.IOU) -> list[SegmentAgreement]:
        """Return for each pair and code how many codings have a partner that covers the same text."""
        from kamcoder.services.agreement_results import segment_figures

        return segment_figures(self.material, threshold=threshold, overlap=overlap)

    def segment_passages(
        self,
        *,
        first_id: str,
        second_id: str,
        code_id: str | None,
        threshold: float = THRESHOLD,
        overlap: Overlap = Overlap.IOU,
    ) -> list[SegmentPassage]:
        """Return the codings of a pair with and without a partner, on one code or (None) all that are pooled."""
        from kamcoder.services.agreement_results import segment_passages

        ids = self.material.coder_ids
        return segment_passages(
            self.material,
            first=ids.index(first_id),
            second=ids.index(second_id),
            code_id=code_id,
            threshold=threshold,
            overlap=overlap,
        )

    def _sentence_spans(self) -> list[Stretches]:
        from kamcoder.services.agreement_material import sentence_spans

        for document in self.documents:
            if document.id not in self.sentences:
                self.sentences[document.id] = sentence_spans(self.texts[document.id])
        return [self.sentences[document.id] for document in self.documents]
