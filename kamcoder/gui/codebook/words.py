"""What panels and dialogs of the codebook say of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.codebook import Codebook
from kamcoder.gui import labels

if TYPE_CHECKING:
    from kamcoder.services.codebook import Impact

_MOST_NAMED = 6


def codes(count: int) -> str:
    """Return a number of codes in words."""
    if count == 1:
        return QCoreApplication.translate("codebook", "1 code")
    return QCoreApplication.translate("codebook", "{count} codes").format(count=count)


def coders(count: int) -> str:
    """Return a number of coders in words."""
    if count == 1:
        return QCoreApplication.translate("codebook", "1 coder")
    return QCoreApplication.translate("codebook", "{count} coders").format(count=count)


def memos(count: int) -> str:
    """Return a number of memos in words."""
    if count == 1:
        return QCoreApplication.translate("codebook", "1 memo")
    return QCoreApplication.translate("codebook", "{count} memos").format(count=count)


def summaries(count: int) -> str:
    """Return a number of summaries in words."""
    if count == 1:
        return QCoreApplication.translate("codebook", "1 summary")
    return QCoreApplication.translate("codebook", "{count} summaries").format(count=count)


def impact(found: Impact) -> list[str]:
    """Return what hangs on codes, a line each; what there is none of is left out, but for codings."""
    in_documents = QCoreApplication.translate("codebook", "{codings} in {documents} by {coders}")
    lines = [codes(found.codes)]
    if found.codings:
        lines.append(
            in_documents.format(
                codings=labels.codings(found.codings),
                documents=labels.documents(found.documents),
                coders=coders(found.coders),
            )
        )
    else:
        lines.append(QCoreApplication.translate("codebook", "no codings"))
    if found.memos:
        lines.append(memos(found.memos))
    if found.summaries:
        lines.append(summaries(found.summaries))
    return lines


def naming(codebook: Codebook, code_ids: Sequence[str]) -> str:
    """Return the names of codes in quotes; of many the first ones."""
    quoted = QCoreApplication.translate("codebook", "“{name}”")
    names = [quoted.format(name=codebook.get(code_id).name) for code_id in code_ids[:_MOST_NAMED]]
    if len(code_ids) > _MOST_NAMED:
        more = QCoreApplication.translate("codebook", "{count} more")
        names.append(more.format(count=len(code_ids) - _MOST_NAMED))
    return ", ".join(names)
