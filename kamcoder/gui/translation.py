"""Other languages: where translations of the window's words come from, and a false one that shows what was forgotten.

A translation is one file, `resources/translations/kamcoder_<language>.qm`, made with Qt Linguist from the words in
`tr()`. The sentences of errors and the pages of the guide have files of their own and are not in it.
"""

import math
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from kamcoder import paths

OPENING, CLOSING = "⟦", "⟧"
LONGER = 1.4  # how much longer than the English words a translation may be, as a factor
_ACCENTED = str.maketrans("AaCcEeGgIiLlNnOoSsTtUuYyZz", "ÅåÇçÉéĜĝÎîŁłÑñÖöŠšŢţÛûÝýŽž")
# What a translator must keep: filled-in values, markup, entities, and the sign of a mnemonic.
_KEPT = re.compile(r"\{[^{}]*\}|%L?\d+|%L?n|<[^<>]+>|&(?:[a-z]+;)?")
_PADDING = "öþé ñåî šûł "
_KEYS = "QShortcut"  # the context in which Qt keeps the names of keys


def folder() -> Path:
    """Return where translations lie."""
    return paths.resources() / "translations"


def install(application: QCoreApplication, *, locale: QLocale | None = None, where: Path | None = None) -> bool:
    """Let the window speak the language of the system, or of `locale`, if there is a translation; tell whether.

    Qt's own words (in file dialogs and context menus) follow only then: half a translation is worse than none.
    """
    wanted = QLocale.system() if locale is None else locale
    ours = QTranslator(application)
    if not ours.load(wanted, "kamcoder", "_", str(folder() if where is None else where)):
        return False
    qts = QTranslator(application)
    if qts.load(wanted, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qts)
    application.installTranslator(ours)
    if isinstance(application, QGuiApplication):
        application.setLayoutDirection(wanted.textDirection())
    return True


class PseudoTranslator(QTranslator):
    """Translates everything into itself with accents, 40 % longer and between brackets; names of keys stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seen: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:
        """Say that there is something to translate with."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the false translation of a text."""
        if context == _KEYS or not source.strip():
            return source
        self.seen.add((context, source))
        return pseudo(source)


def pseudo(source: str) -> str:
    """Return a text with accents and brackets and 40 % longer; what a translator must keep is kept."""
    # Dots that announce a dialog stay at the end, where code may look for them.
    body = source.removesuffix("…")
    pieces: list[str] = []
    end = letters = 0
    for kept in _KEPT.finditer(body):
        pieces += [body[end : kept.start()].translate(_ACCENTED), kept[0]]
        letters += kept.start() - end
        end = kept.end()
    pieces.append(body[end:].translate(_ACCENTED))
    letters += len(body) - end
    # What is filled in is as long in every language, or has been made longer itself.
    missing = max(0, math.ceil(letters * (LONGER - 1)) - len(OPENING + CLOSING))
    padding = (_PADDING * (missing // len(_PADDING) + 1))[:missing]
    return f"{OPENING}{''.join(pieces)}{padding}{CLOSING}{source[len(body) :]}"


def outside(text: str) -> str:
    """Return what of a shown text stands outside all brackets, and so came past the translation."""
    depth = 0
    left: list[str] = []
    for letter in text:
        if letter == OPENING:
            depth += 1
        elif letter == CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            left.append(letter)
    return "".join(left)
