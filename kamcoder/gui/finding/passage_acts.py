"""What can be done with selected passages: recode, uncode, copy, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from kamcoder.domain.errors import InvalidInput, KamCoderError
from kamcoder.gui.finding import words
from kamcoder.gui.finding.chooser import CodeChooser
from kamcoder.gui.finding.copying import as_table, as_text
from kamcoder.gui.finding.passage_lines import PassageLines
from kamcoder.gui.tasks import TaskRunner, Work
from kamcoder.services.exporting import write_grid
from kamcoder.services.files import write_output
from kamcoder.services.passages import CodingLine

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_INITIATOR = "passages"
_MANY = 2000  # passages whose export is worth a thread
_CHUNK = 500


class PassageActs(QObject):
    """The verbs of the browser. `acted` tells in a sentence what was done to the project, `hinted` anything else."""

    acted = Signal(str)
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, lines: PassageLines, parent: QWidget, tasks: TaskRunner | None = None) -> None:
        super().__init__(parent)
        self._room = parent
        self._lines = lines
        self._tasks = tasks
        self._session: Session | None = None
        self._chooser = CodeChooser(parent)
        self._chooser.failed.connect(self.failed)

    @property
    def chooser(self) -> CodeChooser:
        """Return what asks for a code."""
        return self._chooser

    def load(self, session: Session | None) -> None:
        """Act on a project."""
        self._chooser.leave()
        self._session = session

    def recode(self, lines: Sequence[CodingLine], below: QWidget) -> None:
        """Ask for another code for passages."""
        if self._session is not None and self._are_own(lines):
            ids = [line.id for line in lines]
            self._chooser.ask(
                self._session, below, words.passages(len(ids)), lambda code_id: self._recode(ids, code_id)
            )

    def uncode(self, lines: Sequence[CodingLine]) -> None:
        """Take the codes off passages."""
        if self._session is None or not self._are_own(lines):
            return
        try:
            self._session.codings.remove([line.id for line in lines], initiator=_INITIATOR)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.acted.emit(self.tr("{passages} uncoded.").format(passages=words.passages(len(lines))))

    def copy(self, lines: Sequence[CodingLine]) -> None:
        """Copy passages with their references."""
        passages = self._lines.passages(lines)
        if passages:
            QGuiApplication.clipboard().setText(as_text(passages))
            self.hinted.emit(self.tr("{passages} copied.").format(passages=words.passages(len(passages))))

    def copy_table(self, lines: Sequence[CodingLine]) -> None:
        """Copy passages as a table."""
        passages = self._lines.passages(lines)
        if passages and self._session is not None:
            QGuiApplication.clipboard().setMimeData(as_table(self._session, passages))
            said = self.tr("{passages} copied as a table.")
            self.hinted.emit(said.format(passages=words.passages(len(passages))))

    def ask_file(self, lines: Sequence[CodingLine]) -> QFileDialog:
        """Ask where to write passages."""
        title = self.tr("Export {passages}").format(passages=words.passages(len(lines)))
        dialog = QFileDialog(self._room, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Sheet (*.csv)"), self.tr("Web page (*.html)"), self.tr("Text (*.txt)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("passages.csv")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.split("*.")[-1].rstrip(")")))
        dialog.fileSelected.connect(lambda file: self.write(Path(file), lines))
        dialog.open()
        return dialog

    def write(self, path: Path, lines: Sequence[CodingLine]) -> None:
        """Write passages into a file in the format of its ending; many of them beside the window."""
        session = self._session
        if session is None:
            return
        if self._tasks is not None and len(lines) > _MANY:
            work = _export(session.path, path, tuple(lines), self._lines.memos)
            title = self.tr("Writing passages")
            self._tasks.start(title, work, done=lambda count: self._on_written(path, count), failed=self.failed.emit)
            return
        try:
            passages = self._lines.passages(lines)
            write_output(path, write_grid(session.tables.passages(passages), path))
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._on_written(path, len(passages))

    def _on_written(self, path: Path, count: int) -> None:
        said = self.tr("Wrote {passages} to {file}.")
        self.hinted.emit(said.format(passages=words.passages(count), file=path.name))

    def _are_own(self, lines: Sequence[CodingLine]) -> bool:
        """Tell whether passages are of who codes now; else say why nothing is done."""
        coder = self._session.coder if self._session else None
        if not lines:
            self.hinted.emit(self.tr("Select passages first."))
        elif coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
        elif any(line.coder_id != coder.id for line in lines):
            self.hinted.emit(self.tr("Some of these passages are another coder’s; select only your own."))
        else:
            return True
        return False

    def _recode(self, ids: Sequence[str], code_id: str) -> None:
        if self._session is None:
            return
        try:
            changed = self._session.passages.recode(ids, code_id, initiator=_INITIATOR)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.acted.emit(self.tr("{passages} recoded.").format(passages=words.passages(changed)))


def _export(project: Path, path: Path, lines: Sequence[CodingLine], memos: dict[str, str]) -> Work:
    """Return the work of writing passages of a project, read through a connection of its own."""

    def work(*, progress: Callable[[int, int, str], None]) -> int:
        from kamcoder.services.session import Session

        with Session.open(project, read_only=True) as reading:
            book = reading.passages.book()
            passages = []
            for start in range(0, len(lines), _CHUNK):
                progress(start, len(lines), path.name)
                passages += book.passages(lines[start : start + _CHUNK], memos)
            data = write_grid(reading.tables.passages(passages), path)
        progress(len(lines), len(lines), path.name)
        write_output(path, data)
        return len(passages)

    return work
