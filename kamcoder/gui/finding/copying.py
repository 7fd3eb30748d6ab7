"""Passages on the clipboard: as text with their references, and as a table that spreadsheets and Word take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from kamcoder.domain.coding import Passage
from kamcoder.gui.widgets.grid_out import clipped

if TYPE_CHECKING:
    from kamcoder.services.session import Session


def as_text(passages: Sequence[Passage]) -> str:
    """Return passages as quotations: “text” (A-CEO ¶14)."""
    return "\n\n".join(f"“{passage.coding.quote}” ({passage.reference})" for passage in passages)


def as_table(session: Session, passages: Sequence[Passage]) -> QMimeData:
    """Return passages as a table: tab-separated text for spreadsheets, HTML for word processors."""
    return clipped(session.tables.passages(passages))
