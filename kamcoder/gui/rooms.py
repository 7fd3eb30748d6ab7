"""The rooms beside the places: guide, palette, hints, settings, the import dialog, and care for the project file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui import labels
from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.command_palette import CODE, DOCUMENT, CommandPalette, Place
from kamcoder.gui.help.opening import Help
from kamcoder.gui.hints import HintBar, Hints
from kamcoder.gui.notify import Toast, Way
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.team.commands import TeamCommands
from kamcoder.gui.theme import Theme
from kamcoder.gui.workspace import PLACES, Workspace
from kamcoder.services.jobs import Progress
from kamcoder.services.messages import notice

if TYPE_CHECKING:
    from kamcoder.gui.documents.properties import DocumentProperties
    from kamcoder.gui.importing.dialog import ImportDialog
    from kamcoder.gui.memos.dialog import MemoDialog
    from kamcoder.gui.settings.dialog import SettingsDialog
    from kamcoder.services.session import Session

Handlers = dict[str, Callable[..., object]]


class Rooms(QObject):
    """Opens them and hands on what they say. Made once with the window, after its commands are known."""

    failed = Signal(object)
    imported = Signal(list, list)
    appearance_asked = Signal(str, object)

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        *,
        theme: Theme,
        preferences: Preferences,
        tasks: TaskRunner,
        toast: Toast,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._theme = theme
        self._preferences = preferences
        self._tasks = tasks
        self._toast = toast
        self._session: Session | None = None
        self.help = Help(theme, preferences, self)
        self.hints: Hints | None = None
        self.hint_bar: HintBar | None = None
        self.palette: CommandPalette | None = None
        self._settings: SettingsDialog | None = None
        self.importing: ImportDialog | None = None
        self._memo: MemoDialog | None = None
        self._properties: list[DocumentProperties] = []
        self.team = TeamCommands(window, tasks, lambda: self._session)
        self.team.acted.connect(workspace.acted)
        self.team.told.connect(toast.tell)
        self.team.document_asked.connect(workspace.show_document)
        self._acts = self._handlers() | self.team.handlers()

    def furnish(self, board: ActionBoard) -> HintBar:
        """Make what needs the commands; return the bar of hints for the window to place."""
        self.hints = Hints(board, self._preferences, self)
        self.hint_bar = HintBar(self.hints)
        self.palette = CommandPalette(
            board, self._preferences, self._window, documents=self._documents, codes=self._codes
        )
        self.palette.document_chosen.connect(self._on_document_chosen)
        self.palette.code_chosen.connect(self._on_code_chosen)
        return self.hint_bar

    def do(self, key: str) -> None:
        """Do what a command of `room_actions` says."""
        self._acts[key]()

    def _handlers(self) -> Handlers:
        space, lower = self._workspace, self._workspace.below
        go: Handlers = {key: partial(self._go, key) for key in PLACES}
        return {
            **go,
            "documents.import": self.open_import,
            "documents.import_folder": self.open_import_folder,
            "find.everywhere": lambda: self._below(lambda: lower.ask_find(space.code.reader.quote())),
            "passages.browse": lambda: self._below(lower.browse),
            "memos.journal": lambda: self._below(lower.show_journal),
            "memo.document": lambda: self.open_memo(MemoTarget.DOCUMENT, space.code.reader.document_id),
            "memo.project": lambda: self.open_memo(MemoTarget.PROJECT, self._project_id()),
            "lower.close": lower.leave,
            "window.palette": lambda: self._open_palette(""),
            "document.go": lambda: self._open_palette(DOCUMENT),
            "code.go": lambda: self._open_palette(CODE),
            "settings.open": self.open_settings,
            "project.copy": self.ask_copy,
            "project.backup": self.back_up,
            "project.check": self.check,
            "cases.import": self._import_cases,
            "help.page": lambda: self.help.show_for(QApplication.focusWidget()),
            "help.guide": lambda: self.help.show_page("first-hour"),
            "help.shortcuts": lambda: self.help.show_page("shortcuts"),
        }

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self._session = session
        if self.palette is not None:
            self.palette.leave()
        if self._settings is not None:
            self._settings.close()
        if self._memo is not None:
            self._memo.load(session)
        for dialog in tuple(self._properties):
            dialog.close()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        for dialog in tuple(self._properties):
            dialog.on_changed(change)
        if self._memo is not None:
            self._memo.on_changed(change)
        if change.touches("coders") and self._settings is not None:
            self._settings.show_coder()

    def consider(self, present: frozenset[str]) -> None:
        """Let the hints know what there is."""
        if self.hints is not None:
            self.hints.consider(present)

    @property
    def writing(self) -> bool:
        """Tell whether an import or a copy is being written, so that nothing else may be done meanwhile."""
        return self.team.writing or (self.importing is not None and self.importing.writer.busy)

    def close(self) -> None:
        """Close what stands by itself; what is being written is taken back."""
        self.team.close()
        if self.importing is not None:
            self.importing.writer.cancel()
            self.importing.close()
        self.help.close()

    # -- rooms ---------------------------------------------------------------------------------------------------

    def open_import(self, files: Sequence[Path] = ()) -> None:
        """Show the import dialog, reading files at once if given; else it asks for them."""
        dialog = self._import_dialog()
        if dialog is None:
            self.failed.emit(InvalidInput("project_needed"))
            return
        if files:
            dialog.add(files)
        else:
            dialog.choose_files()

    def _import_dialog(self) -> ImportDialog | None:
        if self._session is None:
            return None
        from kamcoder.gui.importing.dialog import ImportDialog

        if self.importing is None:
            self.importing = ImportDialog(self._theme, self._tasks, self._session, self._window)
            self.importing.imported.connect(self.imported)
            self.importing.finished.connect(self._on_import_left)
            self.importing.open()
        return self.importing

    def open_import_folder(self) -> None:
        """Show the import dialog and ask for a folder."""
        dialog = self._import_dialog()
        if dialog is not None:
            dialog.choose_folder()

    def open_properties(self, document_id: str) -> DocumentProperties | None:
        """Show what is known of a document."""
        if self._session is None:
            return None
        from kamcoder.gui.documents.properties import DocumentProperties

        try:
            dialog = DocumentProperties(self._theme, self._session, document_id, self._window)
        except KamCoderError as error:
            self.failed.emit(error)
            return None
        self._properties.append(dialog)
        dialog.finished.connect(lambda _: self._properties.remove(dialog))
        dialog.open()
        return dialog

    def open_memo(self, target: MemoTarget, target_id: str | None) -> None:
        """Show the memo on a thing, to be read or written."""
        if self._session is None or target_id is None:
            return
        if self._memo is None:
            from kamcoder.gui.memos.dialog import MemoDialog

            self._memo = MemoDialog(self._theme, self._window)
            self._memo.editor.failed.connect(self.failed)
            self._memo.load(self._session)
        self._memo.ask(target, target_id)

    def ask_codebook(self) -> QFileDialog | None:
        """Ask for a codebook file and add its codes."""
        if self._session is None:
            return None
        dialog = QFileDialog(self._window, self.tr("Import codebook"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Codebooks ({patterns})").format(patterns="*.csv *.qdc"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda name: self.import_codebook(Path(name)))
        dialog.open()
        return dialog

    def import_codebook(self, path: Path) -> None:
        """Add the codes of a file; codes of the same path stay as they are."""
        from kamcoder.services.codebook_files import read_codebook

        if self._session is None:
            return
        try:
            read = read_codebook(path)
            number = self._session.codebook.take_in(read.codes, source=path.name, add=True)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        said = [self.tr("{count} new codes from {file}.").format(count=number, file=path.name)]
        self._toast.tell(" ".join([*said, *map(notice, read.notices)]))

    def ask_codebook_target(self) -> QFileDialog | None:
        """Ask where the codebook is to be written."""
        if self._session is None:
            return None
        dialog = QFileDialog(self._window, self.tr("Export codebook"), str(self._session.path.with_suffix(".csv")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Codebooks ({patterns})").format(patterns="*.csv *.qdc *.docx")])
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.export_codebook(Path(name)))
        dialog.open()
        return dialog

    def export_codebook(self, path: Path) -> None:
        """Write the codebook in the format of the ending."""
        from kamcoder.services.codebook_files import write_codebook

        if self._session is None:
            return
        try:
            written = write_codebook(self._session.codebook.all(), path)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        said = self.tr("Written: {file}.").format(file=path.name)
        self._toast.tell(" ".join([said, *map(notice, written.notices)]), details=str(path))

    def open_settings(self) -> SettingsDialog:
        """Show the settings."""
        from kamcoder.gui.settings.dialog import SettingsDialog

        dialog = SettingsDialog(
            self._theme, self._preferences, hints=self.hints, session=self._session, parent=self._window
        )
        for name, signal in (
            ("mode", dialog.mode_chosen),
            ("serif", dialog.serif_chosen),
            ("zoom", dialog.zoom_chosen),
            ("width", dialog.width_chosen),
        ):
            signal.connect(partial(self.appearance_asked.emit, name))
        self._settings = dialog
        dialog.finished.connect(self._on_settings_left)
        dialog.open()
        return dialog

    # -- care for the project file -------------------------------------------------------------------------------

    def ask_copy(self) -> QFileDialog | None:
        """Ask where a copy of the project is to go, and write it."""
        session = self._session
        if session is None:
            return None
        name = self.tr("{name} (copy)").format(name=session.path.stem) + session.path.suffix
        dialog = QFileDialog(self._window, self.tr("Save a copy"), str(session.path.with_name(name)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(session.path.suffix.lstrip("."))
        dialog.fileSelected.connect(lambda chosen: self.copy_to(Path(chosen)))
        dialog.open()
        return dialog

    def copy_to(self, target: Path) -> None:
        """Write a copy of the project."""
        if self._session is not None:

            def write(session: Session) -> Path:
                session.save_copy(target)
                return target

            self._written(write)

    def back_up(self) -> None:
        """Write a dated copy beside the project."""
        self._written(lambda session: session.save_backup())

    def check(self) -> None:
        """Look over the project file beside the window and say what was found."""
        if self._session is None:
            return
        path = self._session.path

        def work(*, progress: Progress) -> Any:
            from kamcoder.services.checking import check_file

            return check_file(path, progress=progress)

        self._tasks.start(self.tr("Checking the project"), work, done=self._on_checked, failed=self.failed.emit)

    def _written(self, write: Callable[[Session], Path]) -> None:
        session = self._session
        if session is None:
            return
        try:
            path = write(session)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._toast.tell(self.tr("Written: {file}.").format(file=path.name), details=str(path))

    def _on_checked(self, report: Any) -> None:
        if report.sound:
            quotes = sum(report.examined.values())
            self._toast.tell(
                self.tr("The project is sound: {count} things were looked at.").format(count=f"{quotes:,}")
            )
            return
        found = [f"{labels.check(finding.check)}: {finding.subject} ({finding.detail})" for finding in report.findings]
        self._toast.tell(
            self.tr("{count} things are wrong. Make a backup, then open an older one.").format(count=len(found)),
            Way(self.tr("Make a backup"), self.back_up),
            details="\n".join(found[:40]),
        )

    # -- inside --------------------------------------------------------------------------------------------------

    def _go(self, key: str, _checked: bool = False) -> None:
        self._workspace.go(key)

    def _below(self, act: Callable[[], object]) -> None:
        self._workspace.go("place.code")
        act()

    def _open_palette(self, kind: str) -> None:
        if self.palette is not None:
            self.palette.open(kind)

    def _import_cases(self) -> None:
        self._workspace.go("place.cases")
        if self._workspace.cases is not None:
            self._workspace.cases.run("cases.import")

    def _project_id(self) -> str | None:
        return self._session.project.id if self._session else None

    def _documents(self) -> list[Place]:
        known = self._session.documents.all() if self._session else []
        return [Place(document.id, document.name) for document in known]

    def _codes(self) -> list[Place]:
        if self._session is None:
            return []
        book = self._session.codebook.all()
        return [Place(code.id, book.path(code.id), code.colour) for _, code in book.walk()]

    def _on_document_chosen(self, document_id: str) -> None:
        self._workspace.show_document(document_id)

    def _on_code_chosen(self, code_id: str) -> None:
        self._workspace.go("place.code")
        self._workspace.code.codebook.tree.point(code_id)

    def _on_settings_left(self) -> None:
        self._settings = None

    def _on_import_left(self) -> None:
        self.importing = None
