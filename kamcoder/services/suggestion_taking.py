"""A proposal as it is kept once somebody decided on it, and the coding it becomes."""

import json
from dataclasses import dataclass
from typing import Any, Self

from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.suggesting import Proposal, Reasons
from kamcoder.domain.suggestion import Suggestion, SuggestionState
from kamcoder.services.codings import trimmed


@dataclass(frozen=True, slots=True)
class Taking:
    """A proposal and the coding that is to be made of it, perhaps with another span or code."""

    proposal: Proposal
    coding: Coding

    @classmethod
    def of(cls, proposal: Proposal, span: TextSpan, code_id: str, *, coder_id: str, text: str) -> Self:
        """Plan the coding; raise InvalidInput for a span outside the text or with white space alone."""
        within = trimmed(span, text)
        coding = Coding(
            id=new_id(),
            document_id=proposal.document_id,
            span=within,
            quote=within.of(text),
            code_id=code_id,
            coder_id=coder_id,
            origin=Origin.SUGGESTION,
            created_at=now(),
        )
        return cls(proposal, coding)

    @property
    def edited(self) -> bool:
        """Tell whether the coding says something else than what was suggested."""
        return (self.coding.span, self.coding.code_id) != (self.proposal.span, self.proposal.code_id)

    def detail(self, suggestion_id: str, model_version: str) -> dict[str, Any]:
        """Return what stays with the coding for ever."""
        proposal = self.proposal
        said: dict[str, Any] = {
            "suggestion": suggestion_id,
            "score": proposal.score,
            "confidence": proposal.confidence,
            "rank": proposal.rank,
            "model": model_version,
            "edited": self.edited,
        }
        if self.edited:
            said["suggested"] = {"span": [proposal.span.start, proposal.span.end], "code": proposal.code_id}
        return said

    def decided(self, suggestion_id: str, model_version: str, coding_id: str) -> Suggestion:
        """Return the row of the suggestion."""
        return decided(
            self.proposal,
            suggestion_id,
            self.coding.coder_id,
            state=SuggestionState.EDITED if self.edited else SuggestionState.ACCEPTED,
            model_version=model_version,
            coding_id=coding_id,
            other_code_id=self.coding.code_id if self.coding.code_id != self.proposal.code_id else None,
        )


def decided(
    proposal: Proposal,
    suggestion_id: str,
    coder_id: str,
    *,
    state: SuggestionState,
    model_version: str,
    coding_id: str | None = None,
    other_code_id: str | None = None,
) -> Suggestion:
    """Return a proposal as it is kept once somebody decided on it."""
    stamp = now()
    return Suggestion(
        id=suggestion_id,
        document_id=proposal.document_id,
        span=proposal.span,
        code_id=proposal.code_id,
        coder_id=coder_id,
        state=state,
        score=min(1.0, max(0.0, proposal.score)),
        rank=proposal.rank,
        reason=_kept_reason(proposal.reasons, other_code_id),
        model_version=model_version,
        created_at=stamp,
        decided_at=stamp,
        coding_id=coding_id,
    )


def _kept_reason(reasons: Reasons, other_code_id: str | None) -> str:
    said: dict[str, Any] = {
        "parts": {part.source.value: round(part.share, 3) for part in reasons.parts},
        "patterns": [match.pattern for match in reasons.matches],
        "question": reasons.question,
    }
    if other_code_id is not None:
        said["taken_as"] = other_code_id
    return json.dumps(said, ensure_ascii=False)
