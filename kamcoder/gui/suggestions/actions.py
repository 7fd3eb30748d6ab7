"""Commands of suggestions."""

from kamcoder.gui.action_spec import ActionSpec, Scope
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

#: What the keys do while a suggestion is current; elsewhere they keep their meaning.
DECIDING = (
    ActionSpec(
        "suggest.accept",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Accept the suggestion"),
        ("A", "Return", "Enter"),
        Scope.SUGGESTION,
        hint=QT_TRANSLATE_NOOP("actions", "Make a coding of the suggestion and go to the next one"),
        separated=True,
        needs="suggestion",
    ),
    ActionSpec(
        "suggest.edit",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Edit and accept…"),
        ("E",),
        Scope.SUGGESTION,
        hint=QT_TRANSLATE_NOOP("actions", "Choose another code; text selected over the suggestion becomes its span"),
        needs="suggestion",
    ),
    ActionSpec(
        "suggest.reject",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Reject the suggestion"),
        ("X",),
        Scope.SUGGESTION,
        hint=QT_TRANSLATE_NOOP("actions", "Turn the suggestion down; what is learned takes note of it"),
        needs="suggestion",
    ),
    ActionSpec(
        "suggest.later",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Not now"),
        ("Space",),
        Scope.SUGGESTION,
        hint=QT_TRANSLATE_NOOP("actions", "Put the suggestion off without saying that it is wrong"),
        needs="suggestion",
    ),
    ActionSpec(
        "suggest.next",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "Ne&xt suggestion"),
        ("Tab",),
        Scope.SUGGESTION,
        needs="suggestion",
    ),
    ActionSpec(
        "suggest.previous",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Previous suggestion"),
        ("Shift+Tab",),
        Scope.SUGGESTION,
        needs="suggestion",
    ),
)

SUGGESTION_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "suggest.on",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Show suggestions"),
        ("Ctrl+Shift+A",),
        hint=QT_TRANSLATE_NOOP(
            "actions", "Let codes be suggested in this project; nothing counts until it is accepted"
        ),
        checkable=True,
        needs="project",
    ),
    ActionSpec(
        "suggest.list",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&List of suggestions"),
        ("Ctrl+Shift+L",),
        hint=QT_TRANSLATE_NOOP("actions", "Go through the suggestions of this document or of all, with their reasons"),
        needs="project",
    ),
    ActionSpec(
        "suggest.begin",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Go to the next suggestion"),
        ("F8",),
        hint=QT_TRANSLATE_NOOP("actions", "Go to the next suggestion behind the caret; then Tab, A, X, E and Space"),
        needs="suggestions",
    ),
    *DECIDING,
    ActionSpec(
        "suggest.bulk",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "Accept &many of one code…"),
        hint=QT_TRANSLATE_NOOP("actions", "Accept all suggestions of one code above a threshold, after a look at them"),
        separated=True,
        needs="suggestions",
    ),
    ActionSpec(
        "suggest.similar",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Find similar passages"),
        hint=QT_TRANSLATE_NOOP("actions", "List uncoded passages like the coding at the caret"),
        needs="coding",
    ),
    ActionSpec(
        "suggest.consistency",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&Check consistency"),
        hint=QT_TRANSLATE_NOOP("actions", "List your codings that lie far from the others of their code"),
        needs="project",
    ),
    ActionSpec(
        "suggest.words",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "Le&xicon and cast…"),
        hint=QT_TRANSLATE_NOOP("actions", "Words that speak for a code, and who the people in the text are"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "suggest.quality",
        "suggestions",
        QT_TRANSLATE_NOOP("actions", "&How good are they?"),
        hint=QT_TRANSLATE_NOOP(
            "actions", "What was taken of what was shown, and how suggestions do on your own codings"
        ),
        needs="project",
    ),
)
