"""The questions that come before a project: which file, which folder, which codebook. Shown, never waited for.

Dialogs are imported when they are asked for: the page to begin from needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths

from kamcoder.domain.project import PROJECT_SUFFIX
from kamcoder.gui.preferences import Preferences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QWidget

    from kamcoder.gui.start.new_project import NewProjectDialog
    from kamcoder.gui.widgets.prompt import Prompt


class Asking(QObject):
    """Opens dialogs over the window and hands on what was answered."""

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences

    def new_project(self, take: Callable[[Path, str], object]) -> NewProjectDialog:
        """Ask for the file and codebook of a new project."""
        from kamcoder.gui.start.new_project import NewProjectDialog
        from kamcoder.services.codebook_files import templates

        entries = [(info.key, info.name, " ".join(info.description.split())) for info in templates()]
        dialog = NewProjectDialog(self._folder(), entries, self._window)
        dialog.wanted.connect(take)
        dialog.wanted.connect(lambda path, _: self._keep_folder(path.parent))
        dialog.open()
        return dialog

    def open_project(self, take: Callable[[Path], object]) -> QFileDialog:
        """Ask for a project file."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, self.tr("Open project"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("KamCoder projects (*{suffix})").format(suffix=PROJECT_SUFFIX),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(lambda name: self._keep_folder(Path(name).parent))
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()
        return dialog

    def sample_folder(self, take: Callable[[Path], object]) -> QFileDialog:
        """Ask for the folder in which the sample study is to be built."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, self.tr("Folder for the sample study"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Build here"))
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()
        return dialog

    def new_code(self, take: Callable[[str], object]) -> Prompt:
        """Ask for the name of a new code."""
        from kamcoder.gui.widgets.prompt import Prompt

        prompt = Prompt(
            self.tr("New code"),
            self.tr("Name of the code. Put it below another with ›, as in “direct › strategic”; > and / do as well."),
            self.tr("Make code"),
            take,
            self._window,
        )
        prompt.open()
        return prompt

    def _folder(self) -> Path:
        kept = Path(self._preferences.text("folder"))
        if self._preferences.text("folder") and kept.is_dir():
            return kept
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())

    def _keep_folder(self, folder: Path) -> None:
        self._preferences.keep("folder", str(folder))
