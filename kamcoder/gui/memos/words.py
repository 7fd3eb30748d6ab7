"""What memos and their dates are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale, Qt

from kamcoder.domain.memo import MemoTarget

if TYPE_CHECKING:
    from kamcoder.services.notes import MemoSubject

_ON: dict[MemoTarget, Any] = {
    MemoTarget.PROJECT: QT_TRANSLATE_NOOP("memos", "Memo on the project {name}"),
    MemoTarget.DOCUMENT: QT_TRANSLATE_NOOP("memos", "Memo on the document {name}"),
    MemoTarget.CASE: QT_TRANSLATE_NOOP("memos", "Memo on the case {name}"),
    MemoTarget.PARTICIPANT: QT_TRANSLATE_NOOP("memos", "Memo on the participant {name}"),
    MemoTarget.CODE: QT_TRANSLATE_NOOP("memos", "Memo on the code {name}"),
    MemoTarget.CODING: QT_TRANSLATE_NOOP("memos", "Memo on the passage {name}"),
}
_KINDS: dict[MemoTarget, Any] = {
    MemoTarget.PROJECT: QT_TRANSLATE_NOOP("memos", "Project"),
    MemoTarget.DOCUMENT: QT_TRANSLATE_NOOP("memos", "Document"),
    MemoTarget.CASE: QT_TRANSLATE_NOOP("memos", "Case"),
    MemoTarget.PARTICIPANT: QT_TRANSLATE_NOOP("memos", "Participant"),
    MemoTarget.CODE: QT_TRANSLATE_NOOP("memos", "Code"),
    MemoTarget.CODING: QT_TRANSLATE_NOOP("memos", "Passage"),
}
_GO: dict[MemoTarget, Any] = {
    MemoTarget.DOCUMENT: QT_TRANSLATE_NOOP("memos", "Go to the document"),
    MemoTarget.CASE: QT_TRANSLATE_NOOP("memos", "Go to the case"),
    MemoTarget.PARTICIPANT: QT_TRANSLATE_NOOP("memos", "Go to the participant"),
    MemoTarget.CODE: QT_TRANSLATE_NOOP("memos", "Go to the code"),
    MemoTarget.CODING: QT_TRANSLATE_NOOP("memos", "Go to the passage"),
}


def about(target: MemoTarget, subject: MemoSubject) -> str:
    """Return the heading of a memo: what it is about."""
    return QCoreApplication.translate("memos", _ON[target]).format(name=subject.name)


def kind(target: MemoTarget) -> str:
    """Return what kind of thing a memo is about."""
    return QCoreApplication.translate("memos", _KINDS[target])


def way(target: MemoTarget) -> str:
    """Return what the button says that goes to the thing; empty where there is no way."""
    return QCoreApplication.translate("memos", _GO[target]) if target in _GO else ""


def local(stamp: str) -> QDateTime:
    """Return a time of the project in the time of this place."""
    return QDateTime.fromString(stamp, Qt.DateFormat.ISODateWithMs).toLocalTime()


def day(stamp: str) -> str:
    """Return the day of a time in words."""
    return QLocale().toString(local(stamp).date(), QLocale.FormatType.LongFormat)


def clock(stamp: str) -> str:
    """Return the hour and minute of a time."""
    return QLocale().toString(local(stamp).time(), QLocale.FormatType.ShortFormat)


def moment(stamp: str) -> str:
    """Return day and hour of a time, short."""
    return QLocale().toString(local(stamp), QLocale.FormatType.ShortFormat)


def first_line(title: str, text: str) -> str:
    """Return what a memo is listed as: its title, or else its first line."""
    return title.strip() or next((line.strip() for line in text.splitlines() if line.strip()), "")
