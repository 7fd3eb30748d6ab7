"""Doing the commands of team work: dialogs on the open project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kamcoder.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from kamcoder.gui.team.merge_dialog import MergeDialog
    from kamcoder.services.session import Session


class TeamCommands(QObject):
    """Shows the dialogs of team work. `acted` tells what was done and can be undone, `told` what was written."""

    acted = Signal(str)
    told = Signal(str)
    document_asked = Signal(str)

    def __init__(self, window: QWidget, tasks: TaskRunner, session: Callable[[], Session | None]) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._session = session
        self._merging: MergeDialog | None = None

    @property
    def writing(self) -> bool:
        """Tell whether a copy is being taken in, so that nothing else may be done to the project."""
        return self._merging is not None and self._merging.writer.busy

    def close(self) -> None:
        """End what is under way; a copy that is being taken in is taken back."""
        if self._merging is not None:
            self._merging.stop()
            self._merging.close()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of `actions.TEAM_ACTIONS` do."""
        return {
            "team.work": self.show_work,
            "team.assign": self.assign,
            "team.copy": self.save_copy,
            "team.merge": self.ask_merge,
        }

    def show_work(self) -> QDialog | None:
        """Show what who codes now has to code."""
        from kamcoder.gui.team.work_dialog import WorkDialog

        session = self._session()
        if session is None:
            return None
        dialog = WorkDialog(session, self._window)
        dialog.document_asked.connect(self.document_asked)
        dialog.open()
        return dialog

    def assign(self) -> QDialog | None:
        """Show who codes which documents."""
        from kamcoder.gui.team.assign_dialog import AssignDialog

        session = self._session()
        if session is None:
            return None
        dialog = AssignDialog(session, self._window)
        dialog.open()
        return dialog

    def save_copy(self) -> QDialog | None:
        """Ask for whom a copy is to be saved."""
        from kamcoder.gui.team.copy_dialog import CopyDialog

        session = self._session()
        if session is None:
            return None
        dialog = CopyDialog(session, self._window)
        dialog.saved.connect(self.told)
        dialog.open()
        return dialog

    def ask_merge(self) -> QFileDialog | None:
        """Ask which copy is to be merged."""
        session = self._session()
        if session is None:
            return None
        dialog = QFileDialog(self._window, self.tr("Merge a copy"), str(session.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("KamCoder projects ({patterns})").format(patterns="*.kamcoder"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda chosen: self.merge(Path(chosen)))
        dialog.open()
        return dialog

    def merge(self, path: Path) -> QDialog | None:
        """Show what a copy would bring."""
        from kamcoder.gui.team.merge_dialog import MergeDialog

        session = self._session()
        if session is None:
            return None
        dialog = MergeDialog(session, self._tasks, path, self._window)
        dialog.merged.connect(self.acted)
        dialog.finished.connect(self._on_merging_left)
        dialog.open()
        self._merging = dialog
        return dialog

    def _on_merging_left(self) -> None:
        self._merging = None
