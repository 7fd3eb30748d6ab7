"""What was decided about disagreements of coders."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kamcoder.domain.document import TextSpan
from kamcoder.domain.settling import Choice, Claim, Settlement, Standing
from kamcoder.storage.database import ProjectStore

_COLUMNS = (
    "id",
    "document_id",
    "span_start",
    "span_end",
    "standing",
    "choice",
    "taken",
    "claims",
    "results",
    "memo",
    "coder_id",
    "decided_at",
)


class Settlements:
    """Rows of settlements."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Settlement]:
        """Return all decisions, the oldest first."""
        rows = self._store.query(f"SELECT {', '.join(_COLUMNS)} FROM settlements ORDER BY decided_at, id")
        return [settlement_of(dict(zip(_COLUMNS, row, strict=True))) for row in rows]

    def of_document(self, document_id: str) -> list[Settlement]:
        """Return the decisions on one document, the oldest first."""
        return [found for found in self.all() if found.document_id == document_id]

    def add(self, settlements: Iterable[Settlement]) -> None:
        """Write new decisions."""
        self._store.insert("settlements", [_row(settlement) for settlement in settlements])

    def update(self, settlement: Settlement) -> None:
        """Write a decision that is there."""
        self._store.update("settlements", settlement.id, **_row(settlement))

    def delete(self, settlement_ids: Iterable[str]) -> None:
        """Delete decisions; the codings they made stay."""
        self._store.delete("settlements", settlement_ids)

    def move_code(self, code_id: str, target_id: str) -> None:
        """Let what was decided about one code be decided about another, which takes over its codings."""
        for settlement in self.all():
            claims = tuple(
                replace(claim, code_id=target_id) if claim.code_id == code_id else claim for claim in settlement.claims
            )
            if claims != settlement.claims:
                self.update(replace(settlement, claims=claims))


def settlement_of(row: Mapping[str, Any]) -> Settlement:
    """Return the decision that a row tells."""
    return Settlement(
        id=row["id"],
        document_id=row["document_id"],
        span=TextSpan(row["span_start"], row["span_end"]),
        standing=Standing(row["standing"]),
        choice=Choice(row["choice"]),
        taken_ids=tuple(json.loads(row["taken"])),
        claims=tuple(
            Claim(TextSpan(start, end), code_id, coder_id, coding_id)
            for start, end, code_id, coder_id, coding_id in json.loads(row["claims"])
        ),
        results=tuple(json.loads(row["results"])),
        memo=row["memo"],
        coder_id=row["coder_id"],
        decided_at=row["decided_at"],
    )


def _row(settlement: Settlement) -> dict[str, Any]:
    return {
        "id": settlement.id,
        "document_id": settlement.document_id,
        "span_start": settlement.span.start,
        "span_end": settlement.span.end,
        "standing": settlement.standing.value,
        "choice": settlement.choice.value,
        "taken": json.dumps(sorted(settlement.taken_ids)),
        "claims": json.dumps(
            [
                [claim.span.start, claim.span.end, claim.code_id, claim.coder_id, claim.coding_id]
                for claim in sorted(settlement.claims)
            ]
        ),
        "results": json.dumps(sorted(settlement.results)),
        "memo": settlement.memo,
        "coder_id": settlement.coder_id,
        "decided_at": settlement.decided_at,
    }
