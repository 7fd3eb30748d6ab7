"""Commands of the place of what is handed out."""

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

REPORT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "reports.report",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Case report"),
        hint=QT_TRANSLATE_NOOP("actions", "Choose what goes into the case report, look at it and write it"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "reports.chart",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Charts"),
        hint=QT_TRANSLATE_NOOP("actions", "Look at what is coded as a picture whose marks lead to their passages"),
        needs="project",
    ),
    ActionSpec(
        "reports.export",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Hand out what is shown…"),
        hint=QT_TRANSLATE_NOOP("actions", "Write the report, list, table or chart of the reports place into a file"),
        needs="project",
    ),
)
