"""What the things that are handed out, and their choices, are called on the screen."""

from PySide6.QtCore import QCoreApplication

from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.services.chart_definition import ChartKind
from kamcoder.services.handing_out import Output
from kamcoder.services.lists import ListKind
from kamcoder.services.report_options import ReportPart

OUTPUTS = {
    Output.REPORT: (
        QT_TRANSLATE_NOOP("reports", "Case report"),
        QT_TRANSLATE_NOOP("reports", "Summaries and quotes case by case, tables across the cases, methods."),
    ),
    Output.SUMMARIES: (
        QT_TRANSLATE_NOOP("reports", "Case summaries"),
        QT_TRANSLATE_NOOP("reports", "What is written for each case and heading, without quotes."),
    ),
    Output.TABLE: (
        QT_TRANSLATE_NOOP("reports", "Tables"),
        QT_TRANSLATE_NOOP("reports", "The cross-case table, or one saved in the place of tables."),
    ),
    Output.CHART: (
        QT_TRANSLATE_NOOP("reports", "Charts"),
        QT_TRANSLATE_NOOP(
            "reports", "Pictures of what is coded. Click a mark, or use the arrows, to see its passages."
        ),
    ),
    Output.PASSAGES: (
        QT_TRANSLATE_NOOP("reports", "List of passages"),
        QT_TRANSLATE_NOOP("reports", "Coded passages with reference, case, code and coder."),
    ),
    Output.LISTS: (
        QT_TRANSLATE_NOOP("reports", "Cases and interviews"),
        QT_TRANSLATE_NOOP("reports", "Cases, participants or interviews with all their attributes."),
    ),
    Output.CODEBOOK: (
        QT_TRANSLATE_NOOP("reports", "Codebook"),
        QT_TRANSLATE_NOOP("reports", "Codes with definitions, rules and examples."),
    ),
    Output.METHODS: (
        QT_TRANSLATE_NOOP("reports", "Methods appendix"),
        QT_TRANSLATE_NOOP("reports", "Interviews, coders, agreement, counting rules and codebook."),
    ),
}
FORMATS = {
    ".docx": QT_TRANSLATE_NOOP("reports", "Word (.docx)"),
    ".pdf": QT_TRANSLATE_NOOP("reports", "PDF (.pdf)"),
    ".html": QT_TRANSLATE_NOOP("reports", "Web page (.html)"),
    ".md": QT_TRANSLATE_NOOP("reports", "Markdown (.md)"),
    ".xlsx": QT_TRANSLATE_NOOP("reports", "Excel (.xlsx)"),
    ".csv": QT_TRANSLATE_NOOP("reports", "CSV (.csv)"),
    ".txt": QT_TRANSLATE_NOOP("reports", "Plain text (.txt)"),
    ".qdc": QT_TRANSLATE_NOOP("reports", "REFI-QDA codebook (.qdc)"),
    ".svg": QT_TRANSLATE_NOOP("reports", "Drawing (.svg)"),
    ".png": QT_TRANSLATE_NOOP("reports", "Picture (.png)"),
}
CHARTS = {
    ChartKind.HEAT: QT_TRANSLATE_NOOP("reports", "heat map"),
    ChartKind.CODES: QT_TRANSLATE_NOOP("reports", "codes by group"),
    ChartKind.GROUPS: QT_TRANSLATE_NOOP("reports", "groups by code"),
    ChartKind.TOGETHER: QT_TRANSLATE_NOOP("reports", "codes that stand together"),
    ChartKind.PORTRAIT: QT_TRANSLATE_NOOP("reports", "where codes stand in interviews"),
}
PARTS = {
    ReportPart.TABLES: QT_TRANSLATE_NOOP("reports", "Tables across the cases"),
    ReportPart.GUIDE: QT_TRANSLATE_NOOP("reports", "Interview guide"),
    ReportPart.DISCUSSION: QT_TRANSLATE_NOOP("reports", "Questions for discussion"),
    ReportPart.METHODS: QT_TRANSLATE_NOOP("reports", "Methods appendix"),
}
LISTS = {
    ListKind.CASES: QT_TRANSLATE_NOOP("reports", "cases"),
    ListKind.PARTICIPANTS: QT_TRANSLATE_NOOP("reports", "participants"),
    ListKind.DOCUMENTS: QT_TRANSLATE_NOOP("reports", "interviews"),
}
#: What a file is called until it gets another name; the researcher's language would do no harm here.
FILES = {
    Output.REPORT: QT_TRANSLATE_NOOP("reports", "case report"),
    Output.SUMMARIES: QT_TRANSLATE_NOOP("reports", "case summaries"),
    Output.TABLE: QT_TRANSLATE_NOOP("reports", "table"),
    Output.CHART: QT_TRANSLATE_NOOP("reports", "chart"),
    Output.PASSAGES: QT_TRANSLATE_NOOP("reports", "passages"),
    Output.LISTS: QT_TRANSLATE_NOOP("reports", "list"),
    Output.CODEBOOK: QT_TRANSLATE_NOOP("reports", "codebook"),
    Output.METHODS: QT_TRANSLATE_NOOP("reports", "methods"),
}


def translated(text: str) -> str:
    """Return one of these words in the language of the window."""
    return QCoreApplication.translate("reports", text)
