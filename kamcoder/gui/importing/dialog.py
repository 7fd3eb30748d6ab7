"""The import dialog: files are listed, looked at and corrected, then imported in one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QSplitter, QVBoxLayout, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui import labels
from kamcoder.gui.icons import Icons
from kamcoder.gui.importing.correcting import Corrector
from kamcoder.gui.importing.corrections import CorrectionsPanel
from kamcoder.gui.importing.entries import Entry, State
from kamcoder.gui.importing.file_row import FileRow
from kamcoder.gui.importing.files import FilesModel, FilesView
from kamcoder.gui.importing.foot import Foot
from kamcoder.gui.importing.look import LookPanel
from kamcoder.gui.importing.reading import FileReader, Writer
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.services.importing import Comparison, ImportFailure, ImportItem, ImportPreview
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.domain.document import Document
    from kamcoder.services.session import Session

_INITIATOR = "import"


class ImportDialog(QDialog):
    """Takes files into a project. `imported` gives the names of the documents and the files that were refused.

    Nothing is written before Import is pressed; then all checked files are written in one act, or none.
    """

    imported = Signal(list, list)

    def __init__(self, theme: Theme, tasks: TaskRunner, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import documents"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._session = session
        self._known = session.imports.known()
        self._people = tuple(person.name for person in session.cases.participants())
        self._comparison = Comparison(self._known)
        self._corrected = False
        self._warned = False
        self.files = FilesModel(self)
        self.reader = FileReader(tasks, self)
        self.writer = Writer(self)
        self._make_parts(theme)
        self.corrector = Corrector(self.files, self.list, self.reader, self)
        self._lay_out()
        self._connect()
        self._refresh()
        # Dressing the parts that are hidden yet would fall into the moment in which the first file is shown.
        for part in self.findChildren(QWidget):
            part.ensurePolished()

    # -- commands ------------------------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Begin to read files, and the files of folders, that are not in the list yet."""
        if not paths or self.writer.busy:
            return
        self.foot.hide_trouble()
        read = {entry.path for entry in self.files.entries if entry.error is None}
        self.reader.read(paths, self._known.guide, known=read)
        self._refresh()

    def choose_files(self) -> QFileDialog:
        """Show the dialog that chooses files."""
        from kamcoder.formats.registry import supported_suffixes

        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(supported_suffixes()))
        dialog.setNameFilters([self.tr("Transcripts ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        return self._ask(dialog)

    def choose_folder(self) -> QFileDialog:
        """Show the dialog that chooses a folder."""
        dialog = QFileDialog(self, self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        return self._ask(dialog)

    def import_checked(self) -> None:
        """Import the files that are checked."""
        self.corrections.take()
        preview = self.preview()
        if not preview.included or self.reader.busy or self.writer.busy or self._reading_again():
            return
        self.foot.hide_trouble()
        self.writer.start(self._session.imports.write(preview, initiator=_INITIATOR))
        self._refresh()

    def preview(self) -> ImportPreview:
        """Return what would be imported."""
        items = tuple(entry.item for entry in self.files.entries if entry.item is not None)
        refused = [ImportFailure(entry.path, entry.error) for entry in self.files.entries if entry.error is not None]
        return ImportPreview(items, tuple(refused))

    def reject(self) -> None:
        """Leave without importing; while documents are written, only take them back."""
        if self.writer.busy:
            self.writer.cancel()
            self.foot.show_trouble(self.tr("The import was stopped; nothing was changed."))
            self._refresh()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close, with all that is under way for the dialog."""
        self.reader.close()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape, but not without a word if corrections would be lost."""
        if event.key() == Qt.Key.Key_Escape and self._corrected and not self._warned and not self.writer.busy:
            self._warned = True
            self.foot.show_trouble(self.tr("Your corrections would be lost. Press Esc again to leave all the same."))
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that were dropped."""
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_parts(self, theme: Theme) -> None:
        icons = Icons(theme, self)
        adding = (
            (self.tr("Add files…"), "Ctrl+O", self.choose_files),
            (self.tr("Add folder…"), "Ctrl+Shift+O", self.choose_folder),
        )
        actions: list[QAction] = []
        for text, keys, act in adding:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(act)
            self.addAction(action)
            actions.append(action)
        self.list = FilesView(self.files)
        self.list.setItemDelegate(FileRow(theme, icons, self.list))
        self.look = LookPanel(theme, icons, actions)
        self.corrections = CorrectionsPanel(theme)
        self.foot = Foot(icons, actions)
        self._keys = [
            QShortcut(QKeySequence(keys), self) for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+PgDown", "Ctrl+PgUp")
        ]

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        for part in (self.list, self.look, self.corrections):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.list.setMinimumWidth(160)
        self.look.setMinimumWidth(220)
        self.corrections.setMinimumWidth(230)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.foot)
        screen = self.screen().availableGeometry()
        width, height = min(1180, screen.width() - 40), min(760, screen.height() - 60)
        self.resize(width, height)
        self.splitter.setSizes([width * 22 // 100, width * 53 // 100, width * 25 // 100])

    def _connect(self) -> None:
        self.list.choice_changed.connect(self._show_chosen)
        self.files.dataChanged.connect(self._refresh)
        self.reader.found.connect(self._on_found)
        self.reader.item_read.connect(self._on_read)
        self.reader.file_failed.connect(self._on_file_failed)
        self.reader.ended.connect(self._refresh)
        self.writer.progressed.connect(self._on_written)
        self.writer.succeeded.connect(self._on_imported)
        self.writer.failed.connect(self._on_write_failed)
        form = self.corrections
        form.name_set.connect(self.corrector.rename)
        form.case_set.connect(self.corrector.give_case)
        form.participant_set.connect(self.corrector.give_participant)
        form.casting_set.connect(self.corrector.cast)
        self.corrector.corrected.connect(self._after_correction)
        form.speaker_pointed.connect(self.look.show_speaker)
        self.look.speaker_pointed.connect(form.point)
        self.foot.import_clicked.connect(self.import_checked)
        self.foot.cancel_clicked.connect(self.reject)
        self.foot.stop_clicked.connect(self.reader.cancel)
        for key, act in zip(
            self._keys, (self.import_checked, self.import_checked, self._next, self._previous), strict=True
        ):
            key.activated.connect(act)

    def _ask(self, dialog: QFileDialog) -> QFileDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Add"))
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()
        return dialog

    def _on_selected(self, files: list[str]) -> None:
        self.add([Path(file) for file in files])

    def _next(self) -> None:
        self.corrections.take()
        self.list.step(1)

    def _previous(self) -> None:
        self.corrections.take()
        self.list.step(-1)

    # -- what was read -------------------------------------------------------------------------------------------

    def _on_found(self, paths: list[Path]) -> None:
        new = self.files.expect(paths)
        self._comparison.expect([path.stem for path in new])
        if not paths and not self.files.entries:
            self.foot.show_trouble(self.tr("Nothing was found there that could be imported; choose other files."))
        self._refresh()
        if new and not self.list.currentIndex().isValid():
            self.list.point(0)
            self.list.setFocus()

    def _on_read(self, item: ImportItem) -> None:
        entry = self.files.entry_of(item.path)
        if entry is None or entry.item is not None:
            return
        entry.take(self._comparison.propose(item))
        self._tell(entry)

    def _on_file_failed(self, failure: ImportFailure) -> None:
        entry = self.files.entry_of(failure.path)
        if entry is not None:
            entry.error = failure.error
            self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        self.files.changed(entry)
        if self.corrector.only() is entry:
            self._show_chosen()

    # -- corrections ---------------------------------------------------------------------------------------------

    def _show_chosen(self) -> None:
        chosen = self.list.chosen()
        cases, people = self.corrector.cases(self._known.cases), self.corrector.participants(self._people)
        self.corrections.offer(cases, people, known=self._known.cases)
        if len(chosen) == 1:
            self.look.show_entry(chosen[0])
            self.corrections.show_entry(chosen[0])
        elif chosen:
            self.look.show_several(chosen)
            self.corrections.show_several(chosen)
        else:
            self.look.show_nothing(any_files=bool(self.files.entries))
            self.corrections.show_nothing()

    def _after_correction(self, entries: Sequence[Entry]) -> None:
        self._corrected, self._warned = True, False
        self.foot.hide_trouble()
        for entry in entries:
            self.files.changed(entry)
        self._show_chosen()

    # -- importing -----------------------------------------------------------------------------------------------

    def _on_written(self, done: int, name: str) -> None:
        total = len(self.preview().included)
        self.foot.show_progress(done, total)
        self.foot.status.setText(self.tr("Writing {done} of {total}: {name}").format(done=done, total=total, name=name))

    def _on_imported(self, documents: list[Document]) -> None:
        failures = list(self.preview().failures)
        self.accept()
        self.imported.emit([document.name for document in documents], failures)

    def _on_write_failed(self, error: KamCoderError) -> None:
        self.foot.show_trouble(sentence(error))
        self._refresh()

    # -- how things stand ----------------------------------------------------------------------------------------

    def _reading_again(self) -> bool:
        return any(entry.pending is not None for entry in self.files.entries)

    def _refresh(self) -> None:
        if not self.reader.busy:
            self.files.drop_waiting()
        states = [entry.state for entry in self.files.entries]
        count = states.count(State.READY) + states.count(State.NOTED)
        text = self.tr("Import {documents}").format(documents=labels.documents(count)) if count else self.tr("Import")
        writing = self.writer.busy
        self.foot.go.setText(text)
        self.foot.go.setEnabled(bool(count) and not (self.reader.busy or writing or self._reading_again()))
        for part in (self.splitter, *self.foot.adds):
            part.setEnabled(not writing)
        if writing:
            self.foot.show_progress(0, count)
        elif self.reader.busy:
            done = len(states) - states.count(State.WAITING)
            self.foot.show_progress(done, max(1, len(states)), can_stop=True)
            self.foot.status.setText(self._reading(done))
        else:
            self.foot.show_progress(0, 0)
            self.foot.status.setText(self._summary(states))
        for part in (self.list, self.corrections, *self.foot.adds):
            part.setVisible(bool(states))
        if not states:
            self.look.show_nothing(any_files=False)
            self.look.empty.buttons[0].setFocus()

    def _reading(self, done: int) -> str:
        waiting = next((entry.path.name for entry in self.files.entries if entry.state is State.WAITING), "")
        told = self.tr("Reading {done} of {total}: {name}")
        return told.format(done=min(done + 1, len(self.files.entries)), total=len(self.files.entries), name=waiting)

    def _summary(self, states: Sequence[State]) -> str:
        if not states:
            return self.tr("Nothing is imported before you press Import.")
        left_out, failed = states.count(State.LEFT_OUT), states.count(State.FAILED)
        parts = [self.tr("{count} ready").format(count=len(states) - left_out - failed)]
        parts += [self.tr("{count} left out").format(count=left_out)] if left_out else []
        parts += [self.tr("{count} cannot be imported").format(count=failed)] if failed else []
        return ", ".join(parts)
