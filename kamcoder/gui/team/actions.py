"""Commands of team work; they stand with the care for the project file."""

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

TEAM_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "team.work",
        "project",
        QT_TRANSLATE_NOOP("actions", "My documents to code…"),
        hint=QT_TRANSLATE_NOOP("actions", "What is assigned to who codes now, and how far it is"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "team.assign",
        "project",
        QT_TRANSLATE_NOOP("actions", "Assign documents…"),
        hint=QT_TRANSLATE_NOOP("actions", "Who codes which documents; draw a sample that several code"),
        needs="project",
    ),
    ActionSpec(
        "team.copy",
        "project",
        QT_TRANSLATE_NOOP("actions", "Save a copy for a coder…"),
        hint=QT_TRANSLATE_NOOP("actions", "Give a colleague a file to code in, with or without the others’ codings"),
        needs="project",
    ),
    ActionSpec(
        "team.merge",
        "project",
        QT_TRANSLATE_NOOP("actions", "Merge a copy…"),
        hint=QT_TRANSLATE_NOOP("actions", "Take in what somebody did in a copy of this project, after a preview"),
        needs="project",
    ),
)
