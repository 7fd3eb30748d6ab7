"""What a coder does with suggestions: switch them on, accept, edit, reject, put off, mute; none counts until taken."""

from collections.abc import Iterable, Sequence
from typing import Any

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.suggesting import Proposal, Similar, Study
from kamcoder.domain.suggestion import MutedCode, ShownSuggestion, Suggestion, SuggestionState
from kamcoder.services.codings import CodingService, PlannedCoding, excerpt
from kamcoder.services.editing import Editing
from kamcoder.services.suggestion_figures import SuggestionFigures
from kamcoder.services.suggestion_shapes import BlindAgreement, Rate, Taken, TurnedDown
from kamcoder.services.suggestion_study import LEAST_CONFIDENCE, ON, SHARED, THRESHOLD, StudyReader
from kamcoder.services.suggestion_taking import Taking, decided

#: A code is muted when fewer than a quarter of the last twelve decided suggestions were taken, but not before eight.
LOOKED_AT, LEAST_DECIDED, LEAST_SHARE = 12, 8, 0.25
_YES, _NO = "yes", "no"
_TAKEN = (SuggestionState.ACCEPTED, SuggestionState.EDITED)


class SuggestionService:
    """Verbs on suggestions; all act for the active coder. A proposal is data until somebody decides on it."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._reader = StudyReader()
        self._figures = SuggestionFigures(editing)

    # -- settings ------------------------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Tell whether suggestions are wanted in this project; they are not until somebody turns them on."""
        return self._editing.rows.projects.setting(ON) == _YES

    @property
    def shared(self) -> bool:
        """Tell whether all coders' codings are learned from; else only those of who codes."""
        return self._editing.rows.projects.setting(SHARED) == _YES

    @property
    def threshold(self) -> float:
        """Return the least score that is shown."""
        return float(self._editing.rows.projects.setting(THRESHOLD) or LEAST_CONFIDENCE)

    def switch(self, *, on: bool) -> None:
        """Turn suggestions on or off for the project."""
        self._set(ON, _YES if on else _NO, was=_YES if self.on else _NO)

    def share(self, *, shared: bool) -> None:
        """Learn from all coders' codings, or from one's own alone."""
        self._set(SHARED, _YES if shared else _NO, was=_YES if self.shared else _NO)

    def set_threshold(self, least: float) -> None:
        """Show what scores at least this much; raise InvalidInput outside [0, 1]."""
        if not 0 <= least <= 1:
            raise InvalidInput("suggestion_threshold", value=least)
        self._set(THRESHOLD, f"{least:g}", was=f"{self.threshold:g}")

    # -- reading -------------------------------------------------------------------------------------------------

    def study(self, *, coder_id: str | None = None) -> Study:
        """Return what suggestions for a coder are made from; raise InvalidInput if nobody codes."""
        return self._reader.read(self._editing.rows, coder_id or self._editing.active_coder().id)

    def learned_from(self, study: Study) -> Study:
        """Return what the model of this study learns from: itself, or all coders' codings by choice."""
        return self._reader.learned_from(self._editing.rows, study)

    def decided(self) -> list[Suggestion]:
        """Return what the active coder decided on suggestions."""
        return self._editing.rows.suggestions.of_coder(self._editing.active_coder().id)

    def muted(self) -> frozenset[str]:
        """Return the codes that are not suggested to the active coder."""
        coder_id = self._editing.active_coder().id
        return frozenset(item.code_id for item in self._editing.rows.suggestions.muted(coder_id) if item.muted)

    def provenance(self, coding_id: str) -> dict[str, Any]:
        """Return what is kept for ever of a coding taken from a suggestion: score, rank, model; empty for others."""
        return self._editing.rows.codings.origin_detail(coding_id)

    def rates(self) -> list[Rate]:
        """Return how often suggestions of each code were taken by the active coder, in the codebook's order."""
        return self._figures.rates(self._editing.active_coder().id)

    def blind_agreement(self) -> BlindAgreement:
        """Return how far other coders confirm the active coder's codings, by hand and suggested."""
        return self._figures.blind_agreement(self._editing.active_coder().id)

    @property
    def measurable(self) -> bool:
        """Tell whether the active coder has coded two documents: figures leave one out and learn from the other."""
        coder_id = self._editing.active_coder().id
        return len({row[1] for row in self._editing.rows.codings.plain() if row[3] == coder_id}) > 1

    def footing(self) -> str:
        """Return what stays equal as long as figures on the coder's own codings stand on the same.

        That is the codings, what was turned down, the codes, the words for them and the threshold.
        """
        return self._figures.footing(self._editing.active_coder().id, shared=self.shared)

    # -- deciding ------------------------------------------------------------------------------------------------

    def accept(
        self,
        proposal: Proposal,
        *,
        model_version: str,
        span: TextSpan | None = None,
        code_id: str | None = None,
        initiator: str | None = None,
    ) -> Coding:
        """Make a coding of a proposal, with another span or code if given, and return it.

        Raise InvalidInput for a span outside the text and a code that only groups others; NotFound if code or document
        are gone. A coding that says the same is returned as it is.
        """
        taken = self._take([(proposal, span or proposal.span, code_id or proposal.code_id)], model_version, initiator)
        return self._editing.rows.codings.get(taken.coding_ids[0])

    def accept_many(self, proposals: Sequence[Proposal], *, model_version: str, initiator: str | None = None) -> Taken:
        """Make codings of several proposals as one act."""
        return self._take([(item, item.span, item.code_id) for item in proposals], model_version, initiator)

    def reject(self, proposals: Sequence[Proposal], *, model_version: str, initiator: str | None = None) -> TurnedDown:
        """Turn proposals down for good, and mute their code in the same act if too few of it are taken."""
        coder_id = self._editing.active_coder().id
        outcome = TurnedDown()
        with self._editing.edit(Operation.REJECT_SUGGESTION, initiator=initiator, **self._words(proposals)):
            self._write(proposals, SuggestionState.REJECTED, model_version)
            for code_id in sorted({proposal.code_id for proposal in proposals}):
                taken, looked_at = self._figures.lately(coder_id, code_id, LOOKED_AT)
                if looked_at >= LEAST_DECIDED and taken < LEAST_SHARE * looked_at:
                    self._editing.rows.suggestions.mute(
                        MutedCode(coder_id, code_id, muted=True, automatic=True, changed_at=now())
                    )
                    outcome = TurnedDown(code_id, taken, looked_at)
        return outcome

    def postpone(self, proposals: Sequence[Proposal], *, model_version: str, initiator: str | None = None) -> None:
        """Put proposals off: not now."""
        self._editing.active_coder()
        with self._editing.edit(Operation.POSTPONE_SUGGESTION, initiator=initiator, **self._words(proposals)):
            self._write(proposals, SuggestionState.POSTPONED, model_version)

    def forget(self, suggestion_ids: Sequence[str], *, initiator: str | None = None) -> None:
        """Take decisions back, so that what was turned down or put off may be suggested again."""
        rows = self._editing.rows
        found = [rows.suggestions.get(suggestion_id) for suggestion_id in suggestion_ids]
        back = [item.id for item in found if item.state not in _TAKEN]
        with self._editing.edit(Operation.FORGET_DECISION, initiator=initiator, suggestions=len(back)):
            rows.suggestions.delete(back)

    def code_similar(
        self, coding_id: str, passages: Sequence[Similar], code_id: str, *, initiator: str | None = None
    ) -> list[Coding]:
        """Put a code on passages found like a coding, as one act; return the new codings.

        They say for ever that they come from a search, from which coding and how alike they were.
        """
        planned = [
            PlannedCoding(
                item.document_id,
                item.span,
                code_id,
                detail={"similar_to": coding_id, "similarity": round(item.similarity, 4)},
            )
            for item in passages
        ]
        return CodingService(self._editing).apply_many(
            planned,
            coder_id=self._editing.active_coder().id,
            origin=Origin.SEARCH,
            operation=Operation.CODE_SIMILAR,
            initiator=initiator,
        )

    def mute(self, code_id: str, *, muted: bool = True, initiator: str | None = None) -> None:
        """Suggest a code to the active coder no more, or again; a code shown again is counted from now on."""
        coder_id = self._editing.active_coder().id
        path = self._editing.rows.codes.codebook().path(code_id)
        with self._editing.edit(Operation.MUTE_CODE, initiator=initiator, code=path, muted=muted):
            self._editing.rows.suggestions.mute(
                MutedCode(coder_id, code_id, muted=muted, automatic=False, changed_at=now())
            )

    def note_shown(self, proposals: Iterable[Proposal], *, model_version: str) -> None:
        """Count what the active coder has before his eyes, each once; no step of undo and no line of the audit log."""
        editing = self._editing
        if editing.coder is None or editing.store.read_only or editing.store.writing:
            return
        rows, coder_id = editing.rows, editing.coder.id
        documents, codes = {document.id for document in rows.documents.all()}, rows.codes.codebook()
        shown = [
            ShownSuggestion(coder_id, item.document_id, item.code_id, item.span, item.score, item.rank, model_version)
            for item in proposals
            if item.document_id in documents and item.code_id in codes
        ]
        with editing.store.transaction():
            rows.suggestions.note_shown(shown, stamp=now())

    # -- inside --------------------------------------------------------------------------------------------------

    def _set(self, key: str, value: str, *, was: str) -> None:
        if value != was:
            with self._editing.edit(Operation.CHANGE_SETTING, key=key, value=value):
                self._editing.rows.projects.set(key, value)

    def _take(
        self, chosen: Sequence[tuple[Proposal, TextSpan, str]], model_version: str, initiator: str | None
    ) -> Taken:
        coder, rows = self._editing.active_coder(), self._editing.rows
        book = rows.codes.codebook()
        for code_id in {code_id for _, _, code_id in chosen}:
            if not book.get(code_id).codable:
                raise InvalidInput("code_not_codable", name=book.get(code_id).name)
        for document_id in {proposal.document_id for proposal, _, _ in chosen}:
            rows.documents.get(document_id)
        texts = rows.documents.texts({proposal.document_id for proposal, _, _ in chosen})
        known = self._known(coder.id)
        # Everything is looked at before anything is written: a span that reaches past the text must leave no trace.
        planned = [
            Taking.of(proposal, span, code_id, coder_id=coder.id, text=texts[proposal.document_id])
            for proposal, span, code_id in chosen
        ]
        coding_ids: list[str] = []
        with self._editing.edit(
            Operation.ACCEPT_SUGGESTION, initiator=initiator, **self._words([plan.proposal for plan in planned])
        ):
            for plan in planned:
                coding, suggestion_id = plan.coding, known.get(_key(plan.proposal), new_id())
                twin = rows.codings.find(
                    document_id=coding.document_id, span=coding.span, code_id=coding.code_id, coder_id=coder.id
                )
                if twin is None:
                    rows.codings.add([coding], detail=plan.detail(suggestion_id, model_version))
                kept = coding if twin is None else twin
                rows.suggestions.write([plan.decided(suggestion_id, model_version, kept.id)])
                coding_ids.append(kept.id)
        already = len(set(coding_ids) - {plan.coding.id for plan in planned})
        return Taken(tuple(coding_ids), already)

    def _write(self, proposals: Sequence[Proposal], state: SuggestionState, model_version: str) -> None:
        coder_id = self._editing.active_coder().id
        known = self._known(coder_id)
        self._editing.rows.suggestions.write(
            [
                decided(item, known.get(_key(item), new_id()), coder_id, state=state, model_version=model_version)
                for item in {_key(item): item for item in proposals}.values()
            ]
        )

    def _known(self, coder_id: str) -> dict[tuple[str, int, int, str], str]:
        """Return the suggestions that were decided before, by place and code; a later decision takes their row."""
        return {
            (item.document_id, item.span.start, item.span.end, item.code_id): item.id
            for item in self._editing.rows.suggestions.of_coder(coder_id)
            if item.state not in _TAKEN
        }

    def _words(self, proposals: Sequence[Proposal]) -> dict[str, Any]:
        """Return what the audit log says of some proposals."""
        rows = self._editing.rows
        book = rows.codes.codebook()
        said: dict[str, Any] = {
            "suggestions": len(proposals),
            "code": ", ".join(sorted({book.path(proposal.code_id) for proposal in proposals})),
        }
        if len(proposals) == 1:
            proposal = proposals[0]
            said["document"] = rows.documents.get(proposal.document_id).name
            said["span"] = [proposal.span.start, proposal.span.end]
            said["quote"] = excerpt(proposal.span.of(rows.documents.text(proposal.document_id)))
        return said


def _key(proposal: Proposal) -> tuple[str, int, int, str]:
    return proposal.document_id, proposal.span.start, proposal.span.end, proposal.code_id
