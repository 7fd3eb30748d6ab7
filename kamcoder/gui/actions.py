"""Every command of the window: one row each. Menus, tool bar, shortcuts and the table of shortcuts are made from it."""

from collections.abc import Callable, Collection, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from kamcoder.gui.action_spec import MENUS, ActionSpec, Scope
from kamcoder.gui.comparing.actions import COMPARE_ACTIONS
from kamcoder.gui.icons import Icons
from kamcoder.gui.marking import QT_TRANSLATE_NOOP
from kamcoder.gui.mnemonics import assigned
from kamcoder.gui.panel_actions import PANEL_ACTIONS
from kamcoder.gui.reader_actions import READER_ACTIONS
from kamcoder.gui.reports.actions import REPORT_ACTIONS
from kamcoder.gui.room_actions import ROOM_ACTIONS
from kamcoder.gui.suggestions.actions import SUGGESTION_ACTIONS
from kamcoder.gui.tables.actions import TABLE_ACTIONS

#: The commands of each place but the first: they lead there, and are done there.
PLACE_COMMANDS = {
    "place.tables": TABLE_ACTIONS,
    "place.compare": COMPARE_ACTIONS,
    "place.reports": REPORT_ACTIONS,
}

ACTIONS = (
    ActionSpec(
        "project.new",
        "project",
        QT_TRANSLATE_NOOP("actions", "&New project…"),
        ("Ctrl+N",),
        icon="file-plus",
        hint=QT_TRANSLATE_NOOP("actions", "Make a project file with a codebook of your choice"),
    ),
    ActionSpec(
        "project.open", "project", QT_TRANSLATE_NOOP("actions", "&Open project…"), ("Ctrl+O",), icon="folder-open"
    ),
    ActionSpec(
        "project.sample",
        "project",
        QT_TRANSLATE_NOOP("actions", "Open &sample study…"),
        icon="flask-conical",
        hint=QT_TRANSLATE_NOOP("actions", "Build a project of eleven invented interviews in a folder of your choice"),
    ),
    ActionSpec(
        "documents.import",
        "project",
        QT_TRANSLATE_NOOP("actions", "&Import documents…"),
        ("Ctrl+I",),
        icon="import",
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "coder.choose",
        "project",
        QT_TRANSLATE_NOOP("actions", "Choose &who codes…"),
        ("Ctrl+Shift+K",),
        icon="user-round",
        needs="project",
    ),
    ActionSpec(
        "project.close",
        "project",
        QT_TRANSLATE_NOOP("actions", "&Close project"),
        ("Ctrl+W",),
        separated=True,
        needs="project",
    ),
    ActionSpec("window.quit", "project", QT_TRANSLATE_NOOP("actions", "&Quit"), ("Ctrl+Q",)),
    ActionSpec("edit.undo", "edit", QT_TRANSLATE_NOOP("actions", "&Undo"), ("Ctrl+Z",), icon="undo-2", needs="undo"),
    ActionSpec(
        "edit.redo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Redo"),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo-2",
        needs="redo",
    ),
    ActionSpec(
        "edit.copy",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Copy"),
        ("Ctrl+C",),
        Scope.READER,
        separated=True,
        needs="selection",
    ),
    ActionSpec(
        "code.apply",
        "code",
        QT_TRANSLATE_NOOP("actions", "&Apply code…"),
        ("C", "Return", "Enter"),
        Scope.READER,
        icon="tag",
        hint=QT_TRANSLATE_NOOP("actions", "Put a code on the selected text by typing its first letters"),
        needs="document",
    ),
    ActionSpec(
        "code.uncode",
        "code",
        QT_TRANSLATE_NOOP("actions", "&Uncode"),
        ("U", "Del"),
        Scope.READER,
        icon="eraser",
        hint=QT_TRANSLATE_NOOP("actions", "Take the code off the passage at the caret"),
        needs="document",
    ),
    ActionSpec(
        "code.previous",
        "code",
        QT_TRANSLATE_NOOP("actions", "&Previous coding"),
        ("[",),
        Scope.READER,
        separated=True,
        needs="document",
    ),
    ActionSpec(
        "code.next", "code", QT_TRANSLATE_NOOP("actions", "&Next coding"), ("]",), Scope.READER, needs="document"
    ),
    ActionSpec(
        "code.new",
        "code",
        QT_TRANSLATE_NOOP("actions", "New c&ode…"),
        ("Ctrl+Shift+N",),
        icon="plus",
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "view.documents",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Documents"),
        ("Ctrl+B",),
        checkable=True,
        icon="panel-left",
        needs="project",
    ),
    ActionSpec(
        "view.codebook",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Codebook"),
        ("Ctrl+Shift+B",),
        checkable=True,
        icon="panel-right",
        needs="project",
    ),
    ActionSpec(
        "view.everyone",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Everyone’s codings"),
        checkable=True,
        hint=QT_TRANSLATE_NOOP("actions", "Show the codings of all coders, not only those of who codes now"),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "view.next_pane",
        "go",
        QT_TRANSLATE_NOOP("actions", "Next &pane"),
        ("F6",),
        separated=True,
        needs="project",
    ),
    ActionSpec(
        "view.previous_pane", "go", QT_TRANSLATE_NOOP("actions", "Pre&vious pane"), ("Shift+F6",), needs="project"
    ),
    ActionSpec(
        "document.next", "go", QT_TRANSLATE_NOOP("actions", "Next d&ocument"), ("Ctrl+PgDown",), needs="document"
    ),
    ActionSpec(
        "document.previous",
        "go",
        QT_TRANSLATE_NOOP("actions", "Previous docu&ment"),
        ("Ctrl+PgUp",),
        needs="document",
    ),
    ActionSpec(
        "view.larger", "view", QT_TRANSLATE_NOOP("actions", "&Larger text"), ("Ctrl++", "Ctrl+="), separated=True
    ),
    ActionSpec("view.smaller", "view", QT_TRANSLATE_NOOP("actions", "&Smaller text"), ("Ctrl+-",)),
    ActionSpec("view.normal", "view", QT_TRANSLATE_NOOP("actions", "&Normal size"), ("Ctrl+0",)),
    ActionSpec("view.serif", "view", QT_TRANSLATE_NOOP("actions", "Se&rif face for transcripts"), checkable=True),
    ActionSpec(
        "view.system",
        "view",
        QT_TRANSLATE_NOOP("actions", "S&ystem colours"),
        checkable=True,
        group="mode",
        separated=True,
    ),
    ActionSpec("view.light", "view", QT_TRANSLATE_NOOP("actions", "L&ight"), checkable=True, group="mode"),
    ActionSpec("view.dark", "view", QT_TRANSLATE_NOOP("actions", "D&ark"), checkable=True, group="mode"),
    ActionSpec("help.shortcuts", "help", QT_TRANSLATE_NOOP("actions", "&Shortcuts"), ("?",)),
    *READER_ACTIONS,
    *PANEL_ACTIONS,
    *ROOM_ACTIONS,
    *(spec for specs in PLACE_COMMANDS.values() for spec in specs),
    *SUGGESTION_ACTIONS,
    ActionSpec("help.about", "help", QT_TRANSLATE_NOOP("actions", "&About KamCoder")),
)


class ActionBoard(QObject):
    """The window's QActions by key, wired to their handlers."""

    def __init__(
        self,
        handlers: Mapping[str, Callable[..., object]],
        icons: Icons,
        *,
        window: QWidget,
        specs: tuple[ActionSpec, ...] = ACTIONS,
    ) -> None:
        super().__init__(window)
        self._icons = icons
        self._specs = specs
        self._by_key = {spec.key: spec for spec in specs}
        self._groups: dict[str, QActionGroup] = {}
        self._present: frozenset[str] = frozenset()
        self._needing: dict[str, list[QAction]] = {}
        self._texts = _menu_texts(specs)
        self._actions = {spec.key: self._made(spec, handlers[spec.key], window) for spec in specs}
        for spec, action in self:
            if spec.needs:
                action.setEnabled(False)
                self._needing.setdefault(spec.needs, []).append(action)

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[tuple[ActionSpec, QAction]]:
        return ((spec, self._actions[spec.key]) for spec in self._specs)

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        menus: dict[str, QMenu] = {}
        used = {spec.menu for spec in self._specs}
        for key, title in MENUS:
            if key not in used:
                continue
            menus[key] = bar.addMenu(QCoreApplication.translate("actions", title))
            menus[key].setToolTipsVisible(True)
        for spec, action in self:
            if spec.separated:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(action)

    def give(self, scope: Scope, widget: QWidget) -> None:
        """Let the keys of a scope work inside a widget."""
        widget.addActions([action for spec, action in self if spec.scope is scope])

    def enable(self, present: frozenset[str]) -> None:
        """Enable the commands whose need is among what is present."""
        for need in present ^ self._present:
            for action in self._needing.get(need, ()):
                action.setEnabled(need in present)
        self._present = present

    def name(self, key: str, what: str) -> None:
        """Let a command say what it acts on now, such as “Undo apply code”."""
        spec, action = self._by_key[key], self._actions[key]
        text = f"{self._texts[key]} {what}".rstrip()
        if action.text() != text:
            action.setText(text)
            action.setToolTip(f"{text.replace('&', '')} ({key_text(spec)})")

    def draw_icons(self, keys: Collection[str] | None = None) -> None:
        """Draw the icons of some commands, or of all, in the colours of the theme."""
        for spec, action in self:
            if spec.icon and (keys is None or spec.key in keys):
                action.setIcon(self._icons.get(spec.icon))

    def _made(self, spec: ActionSpec, handler: Callable[..., object], window: QWidget) -> QAction:
        action = QAction(self._texts[spec.key], window)
        action.setObjectName(spec.key)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setIconVisibleInMenu(False)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if spec.scope is not Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(window))
            group.addAction(action)
        action.setToolTip(tool_tip(spec))
        action.triggered.connect(handler)
        return action


def _menu_texts(specs: tuple[ActionSpec, ...]) -> dict[str, str]:
    """Return the text of every command with a letter of its own in its menu, in the language of the window."""
    texts: dict[str, str] = {}
    for menu in {spec.menu: None for spec in specs}:
        inside = [spec for spec in specs if spec.menu == menu]
        translated = [QCoreApplication.translate("actions", spec.text) for spec in inside]
        texts |= dict(zip([spec.key for spec in inside], assigned(translated), strict=True))
    return texts


def plain_text(spec: ActionSpec) -> str:
    """Return a command's text without its mnemonic and dots."""
    return QCoreApplication.translate("actions", spec.text).replace("&", "").rstrip("…")


def key_text(spec: ActionSpec) -> str:
    """Return a command's first key as the platform writes it; empty if it has none."""
    return key_text_of(spec.keys[0]) if spec.keys else ""


def key_text_of(key: str) -> str:
    """Return a key as the platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def tool_tip(spec: ActionSpec) -> str:
    """Return what a command does, with its key."""
    words = QCoreApplication.translate("actions", spec.hint) if spec.hint else plain_text(spec)
    keys = key_text(spec)
    return f"{words} ({keys})" if keys else words
