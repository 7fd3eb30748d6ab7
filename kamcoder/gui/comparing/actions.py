"""Commands of the place where coders are compared."""

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

COMPARE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "compare.table",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Agreement by code"),
        hint=QT_TRANSLATE_NOOP("actions", "How far coders agree on every code, with the passages behind each number"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "compare.pairs",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Agreement by pair of coders"),
        hint=QT_TRANSLATE_NOOP("actions", "Every coder against every other"),
        needs="project",
    ),
    ActionSpec(
        "compare.text",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Differences in the text"),
        hint=QT_TRANSLATE_NOOP("actions", "Every coder’s stripes on the same text; settle the differences"),
        needs="project",
    ),
    ActionSpec(
        "compare.measures",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Other measures of agreement"),
        hint=QT_TRANSLATE_NOOP(
            "actions", "Whole passages matched one to one; unitizing alphas of codes that exclude others"
        ),
        needs="project",
    ),
    ActionSpec(
        "compare.agreed",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Take what all coders agree on"),
        hint=QT_TRANSLATE_NOOP("actions", "Put all agreed passages into the consensus in one step"),
        needs="project",
    ),
    ActionSpec(
        "compare.copy",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Copy the agreement"),
        hint=QT_TRANSLATE_NOOP("actions", "Copy the table of agreement for a spreadsheet or a text"),
        needs="project",
    ),
    ActionSpec(
        "compare.export",
        "analysis",
        QT_TRANSLATE_NOOP("actions", "Export the agreement…"),
        hint=QT_TRANSLATE_NOOP("actions", "Write the table of agreement with every count"),
        needs="project",
    ),
)
