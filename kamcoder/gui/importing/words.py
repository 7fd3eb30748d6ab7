"""What formats, roles and states of files are called in the import dialog and in a document's properties."""

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.document import SpeakerRole
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

_FORMATS = {
    "docx": QT_TRANSLATE_NOOP("importing", "Word"),
    "odt": QT_TRANSLATE_NOOP("importing", "OpenDocument"),
    "rtf": QT_TRANSLATE_NOOP("importing", "Rich Text"),
    "pdf": QT_TRANSLATE_NOOP("importing", "PDF"),
    "txt": QT_TRANSLATE_NOOP("importing", "Plain text"),
    "md": QT_TRANSLATE_NOOP("importing", "Markdown"),
    "html": QT_TRANSLATE_NOOP("importing", "Web page"),
    "vtt": QT_TRANSLATE_NOOP("importing", "WebVTT subtitles"),
    "srt": QT_TRANSLATE_NOOP("importing", "SubRip subtitles"),
}
_ROLES = {
    SpeakerRole.INTERVIEWER: QT_TRANSLATE_NOOP("importing", "Interviewer"),
    SpeakerRole.INTERVIEWEE: QT_TRANSLATE_NOOP("importing", "Interviewee"),
    SpeakerRole.OTHER: QT_TRANSLATE_NOOP("importing", "Other"),
}


def format_name(key: str) -> str:
    """Return what a format is called."""
    return QCoreApplication.translate("importing", _FORMATS[key]) if key in _FORMATS else key


def encoding_name(key: str | None) -> str:
    """Return how an encoding is written, empty if there is none."""
    return (key or "").upper().replace("_", "-")


def role_name(role: SpeakerRole | None) -> str:
    """Return what a role is called; None stands for a label that is no speaker."""
    if role is None:
        return QCoreApplication.translate("importing", "Not a speaker")
    return QCoreApplication.translate("importing", _ROLES[role])


def notes(count: int) -> str:
    """Return a number of notes in words."""
    if count == 1:
        return QCoreApplication.translate("importing", "1 note")
    return QCoreApplication.translate("importing", "{count} notes").format(count=count)


def turns(count: int) -> str:
    """Return a number of turns in words."""
    if count == 1:
        return QCoreApplication.translate("importing", "1 turn")
    return QCoreApplication.translate("importing", "{count} turns").format(count=f"{count:,}")


def clock(seconds: float) -> str:
    """Return a time of a recording as h:mm:ss, without hours as m:ss."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
