"""What rows, columns and measures of tables are called on the screen."""

from PySide6.QtCore import QCoreApplication

from kamcoder.analysis.measures import Measure
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.table_definition import TableAxis

AXES = {
    TableAxis.CASES: QT_TRANSLATE_NOOP("tables", "cases"),
    TableAxis.DOCUMENTS: QT_TRANSLATE_NOOP("tables", "documents"),
    TableAxis.PARTICIPANTS: QT_TRANSLATE_NOOP("tables", "participants"),
    TableAxis.CODES: QT_TRANSLATE_NOOP("tables", "codes"),
    TableAxis.CODERS: QT_TRANSLATE_NOOP("tables", "coders"),
    TableAxis.ACTORS: QT_TRANSLATE_NOOP("tables", "actors"),
}
MEASURES = {
    Measure.PASSAGES: QT_TRANSLATE_NOOP("tables", "passages"),
    Measure.DOCUMENTS: QT_TRANSLATE_NOOP("tables", "documents with the code"),
    Measure.SHARE: QT_TRANSLATE_NOOP("tables", "share of text (%)"),
    Measure.WORDS: QT_TRANSLATE_NOOP("tables", "words"),
    Measure.CHARACTERS: QT_TRANSLATE_NOOP("tables", "characters"),
    Measure.PRESENT: QT_TRANSLATE_NOOP("tables", "present or absent"),
    Measure.QUOTE: QT_TRANSLATE_NOOP("tables", "first quote"),
    Measure.QUOTES: QT_TRANSLATE_NOOP("tables", "all quotes"),
    Measure.ACTORS: QT_TRANSLATE_NOOP("tables", "actors named"),
    Measure.CASES: QT_TRANSLATE_NOOP("tables", "cases"),
    Measure.SUMMARY: QT_TRANSLATE_NOOP("tables", "written summary"),
}
TOGETHER = {
    None: QT_TRANSLATE_NOOP("tables", "sharing words"),
    0: QT_TRANSLATE_NOOP("tables", "in the same turn"),
    1: QT_TRANSLATE_NOOP("tables", "within 1 turn"),
    2: QT_TRANSLATE_NOOP("tables", "within 2 turns"),
    4: QT_TRANSLATE_NOOP("tables", "within 4 turns"),
}


def translated(text: str) -> str:
    """Return one of these words in the language of the window."""
    return QCoreApplication.translate("tables", text)
