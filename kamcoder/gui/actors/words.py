"""How the actors of a passage are told in a line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.actor import OwnVoice
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.actors import ActorSource, PassageActor

SOURCES = {
    ActorSource.NAMED: QT_TRANSLATE_NOOP("actors", "named"),
    ActorSource.SPEAKER: QT_TRANSLATE_NOOP("actors", "says I"),
    ActorSource.ADDED: QT_TRANSLATE_NOOP("actors", "put there by hand"),
    ActorSource.REMOVED: QT_TRANSLATE_NOOP("actors", "taken off by hand"),
}
VOICES = {
    OwnVoice.I_ALONE: QT_TRANSLATE_NOOP("actors", "who says I counts as the participant’s role"),
    OwnVoice.I_AND_WE: QT_TRANSLATE_NOOP("actors", "who says I or we counts as the participant’s role"),
    OwnVoice.OFF: QT_TRANSLATE_NOOP("actors", "only who is named counts, not who speaks"),
}


def translated(text: str) -> str:
    """Return one of these words in the language of the window."""
    return QCoreApplication.translate("actors", text)


def source(actor: PassageActor) -> str:
    """Return why an actor stands at a passage."""
    if actor.source is ActorSource.NAMED and len(actor.spans) > 1:
        return QCoreApplication.translate("actors", "named {count} times").format(count=len(actor.spans))
    return translated(SOURCES[actor.source])


def line(actors: Sequence[PassageActor]) -> str:
    """Return the actors of a passage, those taken off too, as a sentence."""
    told = [
        item.name if item.source is ActorSource.NAMED else f"{item.name} ({source(item)})"
        for item in actors
        if item.source is not ActorSource.REMOVED
    ]
    gone = [item.name for item in actors if item.source is ActorSource.REMOVED]
    if gone:
        told.append(QCoreApplication.translate("actors", "not {names}").format(names=", ".join(gone)))
    if not told:
        return QCoreApplication.translate("actors", "No actor is named.")
    return QCoreApplication.translate("actors", "Actors: {names}").format(names=", ".join(told))
