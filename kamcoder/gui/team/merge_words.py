"""What a merge brings, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kamcoder.services.merging_words import what

if TYPE_CHECKING:
    from kamcoder.services.merging import MergePreview


def brought(preview: MergePreview) -> str:
    """Return what comes: codings by coder first, then everything else by kind."""
    tr = QCoreApplication.translate
    parts = [
        tr("merging", "codings of {coder}: {count}").format(coder=coder, count=f"{count:,}")
        for coder, count in preview.codings.items()
    ]
    for table, rows in preview.tables.items():
        if table == "codings" and not (rows.changed or rows.deleted):
            continue
        counts = [
            words.format(count=f"{count:,}")
            for words, count in (
                (tr("merging", "{count} new"), 0 if table == "codings" else rows.new),
                (tr("merging", "{count} changed"), rows.changed),
                (tr("merging", "{count} deleted"), rows.deleted),
            )
            if count
        ]
        parts.append(f"{what(table)}: {', '.join(counts)}")
    return "; ".join(parts) + "."
