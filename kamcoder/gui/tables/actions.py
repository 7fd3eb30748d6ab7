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
)
