"""The one window: menus, tool bar, the places, notices and the status line; and how they hang together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.actions import PLACE_COMMANDS, ActionBoard
from kamcoder.gui.appearance import MODES, Appearance
from kamcoder.gui.bridge import Bridge
from kamcoder.gui.desk import Desk
from kamcoder.gui.dialogs import about
from kamcoder.gui.drops import Drops
from kamcoder.gui.icons import Icons
from kamcoder.gui.notify import NoticeBar, Toast
from kamcoder.gui.panel_actions import CODEBOOK_ACTIONS, DOCUMENT_ACTIONS
from kamcoder.gui.preferences import Preferences, ProjectPlace
from kamcoder.gui.reader_actions import READER_ACTIONS
from kamcoder.gui.room_actions import ROOM_ACTIONS
from kamcoder.gui.start.panel import StartPage
from kamcoder.gui.status import StatusLine
from kamcoder.gui.suggestions.actions import SUGGESTION_ACTIONS
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.domain.changes import ChangeSet
    from kamcoder.domain.coding import Coder
    from kamcoder.gui.code_place import CodePlace
    from kamcoder.gui.interior import Interior
    from kamcoder.gui.rooms import Rooms
    from kamcoder.gui.workspace import Workspace
    from kamcoder.services.importing import ImportFailure
    from kamcoder.services.session import Session

_IDLE_MS = 3000


class MainWindow(QMainWindow):
    """KamCoder's window on at most one project. `painted` is told once, when it is first on the screen.

    The page to begin from is there at once; places and rooms are made when they are first asked for.
    """

    painted = Signal()

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("KamCoder")
        self.setMinimumSize(QSize(640, 420))
        self.resize(1280, 800)
        self.theme = theme
        self.preferences = preferences
        self.tasks = TaskRunner(self)
        self.icons = Icons(theme, self)
        self.notice = NoticeBar(self.icons)
        self.toast = Toast(self)
        self.desk = Desk(self, preferences, self.tasks, self.notice, self.toast)
        self.appearance = Appearance(theme, preferences, self)
        self.commands = ActionBoard(self._handlers(), self.icons, window=self)
        self._interior: Interior | None = None
        self._bridge: Bridge | None = None
        self._remembered: ProjectPlace | None = None
        self._was_painted = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._build()
        self._connect()
        self.appearance.restore(self.commands)
        if (geometry := preferences.data("window/geometry")) is not None:
            self.restoreGeometry(geometry)
        self._show_project()

    @property
    def session(self) -> Session | None:
        """Return the open project."""
        return self.desk.session

    @property
    def workspace(self) -> Workspace:
        """Return the places of an open project."""
        return self.furnish().workspace

    @property
    def place(self) -> CodePlace:
        """Return the place where documents are read and coded."""
        return self.furnish().workspace.code

    @property
    def rooms(self) -> Rooms:
        """Return the rooms beside the places."""
        return self.furnish().rooms

    def furnish(self) -> Interior:
        """Return places, rooms and tool bar, made now if they are not there yet."""
        if self._interior is None:
            from kamcoder.gui.interior import Interior

            self._interior = made = Interior.of(self)
            self._column.insertWidget(1, made.hint_bar)
            self.places.addWidget(made.workspace)
            self.addToolBar(made.bar)
            made.bar.setVisible(self.session is not None)
            self.appearance.dress(made.workspace.code, made.workspace.split)
            self._connect_interior(made)
            self._on_state_changed()
        return self._interior

    def open_project(self, path: Path) -> bool:
        """Open a project file; tell whether it is open now. What is wrong is told by the notice."""
        self.start.tell_opening(None)
        return self.desk.open(path)

    def open_when_ready(self, path: Path) -> None:
        """Open a project file as soon as the services are imported."""
        self.start.tell_opening(path)
        self.desk.projects.warm_up(lambda: self.open_project(path))

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        commands = self.commands
        ways = ("project.new", "project.open", "project.sample")
        commands.draw_icons(ways)
        commands.fill(self.menuBar())
        self.start = StartPage([commands[key] for key in ways])
        self.places = QStackedWidget()
        self.places.addWidget(self.start)
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.places, 1)
        self.setCentralWidget(centre)
        self.status = StatusLine(self)
        self.status.coder.setIcon(self.icons.get("user-round"))
        self.setStatusBar(self.status)
        self.toast.raise_()
        self.drops = Drops(self)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each command does. The parts it names may be made later."""
        desk, looks = self.desk, self.appearance
        return {
            "project.new": desk.ask_new,
            "project.open": desk.ask_open,
            "project.sample": lambda: desk.ask_sample(self.tr("Building the sample study")),
            "project.close": lambda: desk.projects.close(),
            "coder.choose": self._ask_coder,
            "window.quit": self.close,
            "edit.undo": lambda: self.status.tell_hint(desk.go(back=True)),
            "edit.redo": lambda: self.status.tell_hint(desk.go(back=False)),
            "edit.copy": lambda: self.place.acts.copy(),
            "code.apply": lambda: self.place.acts.ask_for_code(),
            "code.uncode": lambda: self.place.acts.changes.uncode_here(),
            "code.previous": lambda: self.place.reader.step(-1),
            "code.next": lambda: self.place.reader.step(1),
            "code.new": lambda: desk.asking.new_code(self._make_code),
            "view.documents": lambda shown: looks.show_pane("view.documents", shown=shown),
            "view.codebook": lambda shown: looks.show_pane("view.codebook", shown=shown),
            "view.everyone": lambda shown: self.place.show_everyone(everyone=shown),
            "view.next_pane": lambda: self.place.next_pane(1),
            "view.previous_pane": lambda: self.place.next_pane(-1),
            "document.next": lambda: self.place.step_document(1),
            "document.previous": lambda: self.place.step_document(-1),
            "view.larger": lambda: looks.step_zoom(1),
            "view.smaller": lambda: looks.step_zoom(-1),
            "view.normal": lambda: looks.step_zoom(0),
            "view.serif": lambda serif: looks.use_serif(serif=serif),
            **{key: lambda _=False, mode=mode: looks.use_mode(mode) for key, mode in MODES.items()},
            **{key: partial(self._do_in_rooms, key) for key in ("documents.import", "help.shortcuts")},
            **{spec.key: partial(self._do_in_rooms, spec.key) for spec in ROOM_ACTIONS},
            **{spec.key: partial(self._do_in_reader, spec.key) for spec in READER_ACTIONS},
            **{spec.key: lambda *_, key=spec.key: self.place.codebook.run(key) for spec in CODEBOOK_ACTIONS},
            **{spec.key: lambda *_, key=spec.key: self.place.documents.run(key) for spec in DOCUMENT_ACTIONS},
            **{spec.key: partial(self._do_in_suggestions, spec.key) for spec in SUGGESTION_ACTIONS},
            **{
                spec.key: partial(self._do_in_place, place, spec.key)
                for place, specs in PLACE_COMMANDS.items()
                for spec in specs
            },
            "help.about": lambda: about(self).open(),
        }

    def _connect(self) -> None:
        desk = self.desk
        desk.projects.opened.connect(self._on_opened)
        desk.projects.closing.connect(self._on_closing)
        desk.projects.closed.connect(self._show_project)
        desk.coders.chosen.connect(self._on_coder_chosen)
        self.start.project_chosen.connect(self.open_project)
        self.tasks.started.connect(self.status.follow)
        self.status.coder.clicked.connect(self._ask_coder)
        self.drops.project_dropped.connect(self.open_project)
        self.drops.files_dropped.connect(lambda files: self.rooms.open_import(files))
        self.theme.changed.connect(self._on_theme_changed)
        self.appearance.zoomed.connect(self._on_zoomed)
        self._idle.timeout.connect(self._on_idle)

    def _connect_interior(self, interior: Interior) -> None:
        desk, space, rooms = self.desk, interior.workspace, interior.rooms
        place = space.code
        for part in (space, rooms):
            part.failed.connect(desk.tell_error)
        space.hinted.connect(self.status.tell_hint)
        space.place_shown.connect(self._on_place_shown)
        for actor in (space, space.below):
            actor.acted.connect(desk.tell_done)
        rooms.imported.connect(self._on_imported)
        rooms.appearance_asked.connect(self.appearance.take)
        place.state_changed.connect(self._on_state_changed)
        place.acted.connect(desk.tell_done)
        place.documents.properties_asked.connect(rooms.open_properties)
        place.codebook.passages_asked.connect(space.below.browse)
        place.codebook.import_asked.connect(rooms.ask_codebook)
        place.codebook.export_asked.connect(rooms.ask_codebook_target)
        place.document_shown.connect(lambda _: place.reader.setFocus())
        place.reader.menu_wanted.connect(self._on_menu_wanted)

    # -- the project ---------------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        from kamcoder.gui import remembering

        session = self.session
        if session is None:
            return
        self.notice.hide()
        self._bridge = Bridge(session, self)
        self._bridge.changed.connect(self._on_changed)
        self.preferences.add_recent(session.path)
        self.places.setCurrentWidget(self.workspace)  # what is loaded now is laid out at the width it will be seen at
        self._remembered = remembered = self.preferences.of_project(session.path)
        self.workspace.load(session)
        self.rooms.load(session)
        self.desk.coders.load(session, remembered=remembered["coder"])
        remembering.restore(self.workspace, remembered, coder_id=session.coder.id if session.coder else "")
        self._show_project()

    def _on_closing(self) -> None:
        self.workspace.flush()
        self._keep_view()
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None
        self._idle.stop()
        self.rooms.load(None)
        self.workspace.load(None)
        self.desk.coders.load(None, remembered="")

    def _keep_view(self) -> None:
        from kamcoder.gui import remembering

        session, remembered = self.session, self._remembered
        if session is not None and remembered is not None:
            remembering.keep(self.workspace, remembered, coder_id=session.coder.id if session.coder else "")

    def _on_changed(self, change: ChangeSet) -> None:
        self.workspace.on_changed(change)
        self.rooms.on_changed(change)
        self._on_state_changed()
        self._idle.start()

    def _on_imported(self, names: list[str], failures: list[ImportFailure]) -> None:
        self.desk.tell_imported(names, failures)
        if names and self.place.reader.document_id is None:
            self.place.step_document(1)

    def _on_place_shown(self, key: str) -> None:
        self.commands[key].setChecked(True)
        self._on_state_changed()

    def _on_idle(self) -> None:
        if self.session is not None and not self.rooms.writing:
            self._keep_view()  # for the start after a crash
            try:
                self.session.idle()
            except KamCoderError as error:
                self.desk.tell_error(error)

    def _on_coder_chosen(self, coder: Coder | None) -> None:
        self.status.tell_coder(coder.name if coder else None)
        self.workspace.use_coder()
        self._on_state_changed()

    def _show_project(self) -> None:
        """Show the place of the open project, or the page to begin from."""
        session = self.session
        self.places.setCurrentWidget(self.workspace if session is not None else self.start)
        if self._interior is not None:
            self._interior.bar.setVisible(session is not None)
        self.status.coder.setVisible(session is not None)
        if session is None:
            self.start.show_recent(self.preferences.recent())
            self.setWindowTitle("KamCoder")
            self.setWindowFilePath("")
            self.start.buttons[0].setFocus()
        else:
            self.setWindowTitle(f"{session.project.name} – KamCoder")
            self.setWindowFilePath(str(session.path))
            self.workspace.resume(self._remembered["place"] if self._remembered else "")
        self._on_state_changed()

    # -- commands ------------------------------------------------------------------------------------------------

    def _do_in_reader(self, key: str, _checked: bool = False) -> None:
        self.place.acts.do(key)

    def _do_in_rooms(self, key: str, _checked: bool = False) -> None:
        self.rooms.do(key)

    def _do_in_suggestions(self, key: str, _checked: bool = False) -> None:
        self.workspace.suggesting.run(key)

    def _do_in_place(self, place: str, key: str, _checked: bool = False) -> None:
        self.workspace.run(place, key)

    def _ask_coder(self) -> None:
        self.desk.ask_coder(self.status.coder.mapToGlobal(QPoint(0, 0)))

    def _make_code(self, path: str) -> None:
        from kamcoder.domain.codebook import typed_steps

        if not typed_steps(path):
            raise InvalidInput("code_name_empty")
        if self.session is not None:
            code = self.session.codebook.ensure_path(path)
            self.place.codebook.tree.point(code.id)

    def _on_menu_wanted(self, where: QPoint) -> None:
        from kamcoder.gui.text_menu import text_menu

        text_menu(self.commands, self).popup(where)

    def _on_theme_changed(self) -> None:
        self.commands.draw_icons()
        self.status.coder.setIcon(self.icons.get("user-round"))

    def _on_zoomed(self, zoom: int) -> None:
        self.status.tell_hint(self.tr("Text at {zoom} %").format(zoom=zoom))

    # -- state ---------------------------------------------------------------------------------------------------

    def _on_state_changed(self) -> None:
        """Enable what can be done now, name what undo and redo would do, and say which keys work here."""
        interior, (undo, redo) = self._interior, self.desk.steps()
        present = {"project": self.session is not None, "undo": bool(undo), "redo": bool(redo)}
        coding = interior is not None and interior.workspace.place == "place.code"
        if interior is not None and coding:
            # Behind another place a selection is out of sight: nothing may act on it.
            present |= interior.workspace.code.present()
        here = frozenset(name for name, there in present.items() if there)
        self.commands.enable(here)
        self.commands.name("edit.undo", undo)
        self.commands.name("edit.redo", redo)
        if interior is not None:
            interior.rooms.consider(here)
            self.status.tell_place(interior.workspace.code.reader.place() if coding else "")
            self.status.tell_hint(interior.workspace.code.keys() if coding else "")

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window stood, end what is under way, and close the project."""
        self.preferences.keep("window/geometry", self.saveGeometry())
        self.appearance.keep()
        if self._interior is not None:
            self._interior.rooms.close()
        self.tasks.close()
        self.desk.projects.close()
        self.preferences.sync()
        super().closeEvent(event)
