"""Files dropped on the window: a project file is opened, anything else is looked at for import."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from kamcoder.domain.project import PROJECT_SUFFIX


class Drops(QObject):
    """Watches a window for files. `project_dropped` gives a project file, `files_dropped` all other files."""

    project_dropped = Signal(Path)
    files_dropped = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that bring files."""
        if isinstance(event, QDropEvent) and _files(event):
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.Drop:
                self._take(_files(event))
            return True
        return super().eventFilter(watched, event)

    def _take(self, files: list[Path]) -> None:
        projects = [path for path in files if path.suffix == PROJECT_SUFFIX]
        others = [path for path in files if path.suffix != PROJECT_SUFFIX]
        if projects:
            self.project_dropped.emit(projects[0])
        if others:
            self.files_dropped.emit(others)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
