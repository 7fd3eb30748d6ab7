"""What can be done in the place of cases: one row each, from which menus, tool tips and local keys are made."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `keys`, the first of which is shown; `grid` says that its keys work in a grid alone."""

    key: str
    text: Any  # Qt says of QT_TRANSLATE_NOOP that it returns an object
    keys: tuple[str, ...] = ()
    hint: Any = ""
    grid: bool = False


COMMANDS = (
    Command("cases.add", QT_TRANSLATE_NOOP("cases", "&Add case"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            QT_TRANSLATE_NOOP("cases", "Go to the empty row and type a name")),
    Command("cases.rename", QT_TRANSLATE_NOOP("cases", "&Rename"), (), "", grid=True),
    Command("cases.delete", QT_TRANSLATE_NOOP("cases", "&Delete case or participant…"), ("Ctrl+Del",),
            QT_TRANSLATE_NOOP("cases", "Delete the selected rows, after saying what goes with them"), grid=True),
    Command("cases.up", QT_TRANSLATE_NOOP("cases", "Move &up"), ("Alt+Up",), "", grid=True),
    Command("cases.down", QT_TRANSLATE_NOOP("cases", "Move d&own"), ("Alt+Down",), "", grid=True),
    Command("cases.add_participant", QT_TRANSLATE_NOOP("cases", "Add &participant"), ("Ctrl+Shift+P",),
            QT_TRANSLATE_NOOP("cases", "Go to the empty row of participants and type a pseudonym")),
    Command("attribute.new", QT_TRANSLATE_NOOP("cases", "New a&ttribute…"), ("Ctrl+Shift+A",),
            QT_TRANSLATE_NOOP("cases", "Add a column with a type of its own")),
    Command("attribute.edit", QT_TRANSLATE_NOOP("cases", "&Edit attribute…"), ("Ctrl+E",),
            QT_TRANSLATE_NOOP("cases", "Name, type and choices of the column"), grid=True),
    Command("attribute.delete", QT_TRANSLATE_NOOP("cases", "De&lete attribute…"), ("Ctrl+Shift+Del",),
            QT_TRANSLATE_NOOP("cases", "Delete the column with its values"), grid=True),
    Command("attribute.left", QT_TRANSLATE_NOOP("cases", "Move attribute le&ft"), ("Alt+Left",), "", grid=True),
    Command("attribute.right", QT_TRANSLATE_NOOP("cases", "Move attribute ri&ght"), ("Alt+Right",), "", grid=True),
    Command("cells.copy", QT_TRANSLATE_NOOP("cases", "&Copy"), ("Ctrl+C", "Ctrl+Ins"),
            QT_TRANSLATE_NOOP("cases", "Copy the selected cells for a spreadsheet"), grid=True),
    Command("cells.copy_headed", QT_TRANSLATE_NOOP("cases", "Copy with &header row"), ("Ctrl+Shift+C",),
            QT_TRANSLATE_NOOP("cases", "Copy the selected cells below the names of their columns"), grid=True),
    Command("cells.paste", QT_TRANSLATE_NOOP("cases", "&Paste"), ("Ctrl+V", "Shift+Ins"),
            QT_TRANSLATE_NOOP("cases", "Paste cells from a spreadsheet, from the current cell on"), grid=True),
    Command("cells.paste_sheet", QT_TRANSLATE_NOOP("cases", "Paste as &sheet…"), ("Ctrl+Shift+V",),
            QT_TRANSLATE_NOOP("cases", "Paste a whole table: its header row becomes attributes")),
    Command("cells.clear", QT_TRANSLATE_NOOP("cases", "Clear cel&ls"), ("Del", "Backspace"),
            QT_TRANSLATE_NOOP("cases", "Make the selected values unknown"), grid=True),
    Command("cases.import", QT_TRANSLATE_NOOP("cases", "&Import sheet…"), ("Ctrl+Shift+I",),
            QT_TRANSLATE_NOOP("cases", "Take in cases or participants with attributes from a CSV or XLSX file")),
    Command("cases.filter", QT_TRANSLATE_NOOP("cases", "&Filter"), ("Ctrl+F",),
            QT_TRANSLATE_NOOP("cases", "Show only the rows that have what you type")),
    Command("cases.next_pane", QT_TRANSLATE_NOOP("cases", "&Next pane"), ("F6",)),
    Command("cases.previous_pane", QT_TRANSLATE_NOOP("cases", "Pre&vious pane"), ("Shift+F6",)),
)  # fmt: skip

BY_KEY = {command.key: command for command in COMMANDS}


def text_of(key: str) -> str:
    """Return what a command is called in menus, with its mnemonic."""
    return QCoreApplication.translate("cases", BY_KEY[key].text)


def keys_of(key: str) -> str:
    """Return a command's first key as the platform writes it, empty if it has none."""
    keys = BY_KEY[key].keys
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def tip_of(key: str) -> str:
    """Return what a command does, with its key."""
    command = BY_KEY[key]
    words = QCoreApplication.translate("cases", command.hint) if command.hint else plain_text(key)
    return f"{words} ({keys_of(key)})" if command.keys else words


def plain_text(key: str) -> str:
    """Return what a command is called, without mnemonic and dots."""
    return text_of(key).replace("&", "").rstrip("…")


def pressed(event: QEvent) -> str:
    """Return the keys of an event in the way that they are written above; empty if it is no event of keys."""
    if not isinstance(event, QKeyEvent):
        return ""
    return QKeySequence(event.keyCombination()).toString().replace("Num+", "")
