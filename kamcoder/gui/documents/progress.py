"""How far who codes now is with each document: the noted state, and the share of the text that carries a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.coding import WorkState

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MOST_SINGLE = 30  # above this it is quicker to read all documents at once


class Progress:
    """States and shares of one coder. `known` is False where nobody codes."""

    def __init__(self) -> None:
        self._coder_id: str | None = None
        self._states: dict[str, WorkState] = {}
        self._shares: dict[str, float] = {}
        self._stale: set[str] = set()

    @property
    def known(self) -> bool:
        """Tell whether there is somebody whose progress this is."""
        return self._coder_id is not None

    def load(self, session: Session | None) -> None:
        """Read everything for who codes now."""
        coder = session.coder if session else None
        self._coder_id = coder.id if coder else None
        work = session.documents.work(coder.id) if session and coder else {}
        self._states = {document_id: one.state for document_id, one in work.items() if one.state is not None}
        self._shares = {document_id: one.share for document_id, one in work.items()}
        self._stale = set()

    def state(self, document_id: str) -> WorkState | None:
        """Return the noted state; where none was, a document that is coded already is in progress. None: unread."""
        begun = WorkState.IN_PROGRESS if self._shares.get(document_id) else None
        return self._states.get(document_id, begun)

    def share(self, document_id: str) -> float | None:
        """Return the coded share, 0 to 1; None where nobody codes."""
        return self._shares.get(document_id, 0.0) if self.known else None

    def follow(self, change: ChangeSet) -> set[str]:
        """Follow what was noted of the coder; return the documents that concerns."""
        touched: set[str] = set()
        for row in change.of("assignments"):
            if row.row["coder_id"] == self._coder_id:
                document_id = str(row.row["document_id"])
                self._states.pop(document_id, None)
                if row.after is not None:
                    self._states[document_id] = WorkState(row.after["state"])
                touched.add(document_id)
        return touched

    def mark_stale(self, document_ids: Iterable[str]) -> None:
        """Note that codings of documents changed."""
        if self.known:
            self._stale.update(document_ids)

    def refresh(self, session: Session | None) -> set[str]:
        """Work out the shares of the documents that changed; return these."""
        stale, self._stale = self._stale, set()
        if session is None or not stale:
            return set()
        if len(stale) > _MOST_SINGLE:
            self.load(session)
        else:
            for document_id in stale & self._shares.keys():
                if self._coder_id is not None:
                    work = session.documents.work(self._coder_id, document_id=document_id)
                    self._shares[document_id] = work[document_id].share
        return stale
