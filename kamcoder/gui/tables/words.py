"""What rows, columns and measures of tables are called on the screen."""

from PySide6.QtCore import QCoreApplication

from kamcoder.analysis.measures import Measure
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.table_definition import TableAxis

ROWS = {
    TableAxis.CASES: QT_TRANSLATE_NOOP("tables", "cases"),
    TableAxis.DOCUMENTS: QT_TRANSLATE_NOOP("tables", "documents"),
    TableAxis.PARTICIPANTS: QT_TRANSLATE_NOOP("tables", "participants"),
    TableAxis.CODES: QT_TRANSLATE_NOOP("tables", "codes"),
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
    Measure.SUMMARY: QT_TRANSLATE_NOOP("tables", "written summary"),
}
IN_WORDS = (Measure.QUOTE, Measure.QUOTES, Measure.SUMMARY)


def translated(text: str) -> str:
    """Return one of these words in the language of the window."""
    return QCoreApplication.translate("tables", text)
