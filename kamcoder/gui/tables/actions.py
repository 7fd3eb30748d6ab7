"""Commands of the place of tables."""

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

TABLE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tables.copy",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Copy the table"),
        hint=QT_TRANSLATE_NOOP("actions", "Copy the table for a spreadsheet or a text"),
        needs="project",
    ),
    ActionSpec(
        "tables.export",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Export the table…"),
        hint=QT_TRANSLATE_NOOP("actions", "Write the table as a spreadsheet, a text, a page or CSV"),
        needs="project",
    ),
    ActionSpec(
        "tables.save",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Save the table…"),
        hint=QT_TRANSLATE_NOOP("actions", "Keep rows, columns and limits of the table under a name"),
        needs="project",
    ),
    ActionSpec(
        "tables.swap",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Swap rows and columns"),
        hint=QT_TRANSLATE_NOOP("actions", "Let rows and columns of the table change places"),
        needs="project",
    ),
    ActionSpec(
        "tables.numbers",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Tables of numbers"),
        hint=QT_TRANSLATE_NOOP("actions", "Count and quote passages across cases"),
        needs="project",
    ),
    ActionSpec(
        "tables.summaries",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Write summaries"),
        hint=QT_TRANSLATE_NOOP("actions", "Write on each case and code, beside its passages"),
        needs="project",
    ),
    ActionSpec(
        "tables.involvement",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Table: who is &involved"),
        hint=QT_TRANSLATE_NOOP("actions", "Actors by kind of involvement, with the cases in the cells"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "tables.actors",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Actors and their &words…"),
        hint=QT_TRANSLATE_NOOP("actions", "Change by which words actors are found, and whether who speaks counts"),
        needs="project",
    ),
)
