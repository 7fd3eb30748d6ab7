"""The menu of what can be done with the text under the mouse."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from kamcoder.gui.actions import ActionBoard

_IN_TEXT = (
    "code.apply",
    "code.recent",
    "code.in_vivo",
    "code.new_here",
    "",
    "code.memo",
    "code.recode",
    "code.uncode",
    "coding.merge",
    "coding.split",
    "",
    "edit.copy",
    "edit.copy_reference",
)


def text_menu(commands: ActionBoard, parent: QWidget) -> QMenu:
    """Return a menu that deletes itself when it is left."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key in _IN_TEXT:
        if key:
            menu.addAction(commands[key])
        else:
            menu.addSeparator()
    return menu
