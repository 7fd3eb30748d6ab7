"""What a command of the window is: a row from which menus, tool bar, shortcuts and the table of shortcuts are made."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.gui.marking import QT_TRANSLATE_NOOP


class Scope(StrEnum):
    """Where a command's keys work."""

    WINDOW = "window"
    READER = "reader"
    CODEBOOK = "codebook"
    DOCUMENTS = "documents"
    SUGGESTION = "suggestion"  # in the reader, while a suggestion is current


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A command: `text` for its menu entry, `keys` the first of which is shown, `group` of commands one of which holds.

    `separated` puts a line before it in its menu; `needs` says what must be there for it to be enabled.
    """

    key: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    hint: str = ""
    checkable: bool = False
    group: str = ""
    separated: bool = False
    needs: str = ""


MENUS = (
    ("project", QT_TRANSLATE_NOOP("actions", "&Project")),
    ("edit", QT_TRANSLATE_NOOP("actions", "&Edit")),
    ("code", QT_TRANSLATE_NOOP("actions", "&Code")),
    ("passage", QT_TRANSLATE_NOOP("actions", "P&assage")),
    ("suggestions", QT_TRANSLATE_NOOP("actions", "&Suggestions")),
    ("codebook", QT_TRANSLATE_NOOP("actions", "Code&book")),
    ("documents", QT_TRANSLATE_NOOP("actions", "&Documents")),
    ("analysis", QT_TRANSLATE_NOOP("actions", "&Analysis")),
    ("view", QT_TRANSLATE_NOOP("actions", "&View")),
    ("go", QT_TRANSLATE_NOOP("actions", "&Go")),
    ("help", QT_TRANSLATE_NOOP("actions", "&Help")),
)
