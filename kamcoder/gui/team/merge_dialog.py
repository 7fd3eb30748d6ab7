"""Merging a copy: a preview with the differences and a choice at each, then the writing, which can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.stepping import Stepper
from kamcoder.gui.tasks import Task, TaskRunner
from kamcoder.gui.team.differences_model import NAME, OURS, THEIRS, DifferencesModel
from kamcoder.gui.team.merge_words import brought
from kamcoder.gui.team.versions_view import VersionsView
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.progress_bar import ProgressBar
from kamcoder.services.jobs import Progress
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.merging import MergePlan
    from kamcoder.services.session import Session


class MergeDialog(QDialog):
    """What a copy would bring, then bringing it. `merged` tells in a sentence what came.

    All is worked out beside the window from the two files; it is written in small steps as one act that can be undone,
    and taken back if it is stopped.
    """

    merged = Signal(str)

    def __init__(self, session: Session, tasks: TaskRunner, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge {file}").format(file=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._tasks = tasks
        self._path = path
        self._planned: MergePlan | None = None
        self._task: Task | None = None
        self._left = False
        self.writer = Stepper(self)
        self.writer.progressed.connect(lambda told: self._tell_progress(*told))
        self.writer.succeeded.connect(self._on_written)
        self.writer.failed.connect(self._on_failed)
        self.model = DifferencesModel(self)
        self.summary = label("", wrap=True)
        self._build()
        self._compare({}, self._on_previewed)

    def _build(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(self.tr("Differences of the two copies"))
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.doubleClicked.connect(self._turn)
        self.table.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.versions = VersionsView()
        self.versions.hide()
        words = self.tr(
            "Of what both changed the later change is taken. Space takes the other version of the chosen row. A memo "
            "or summary that gives way is kept as a memo beside it. What is still used stays."
        )
        self.rule = label(words, "small", wrap=True)
        self.bar = ProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(self.tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setEnabled(False)
        self.close_button = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.versions, 2)
        layout.addWidget(self.rule)
        layout.addWidget(buttons)
        self.resize(960, 560)

    def accept(self) -> None:
        """Take the copy in: work it out with the choices that were made, then write it."""
        if self.writer.busy or self._task is not None or self._planned is None:
            return
        if self.model.chosen or not self._session.merging.fits(self._planned):
            self._compare(self.model.chosen, self._write)
        else:
            self._write(self._planned)

    def reject(self) -> None:
        """Leave without merging; while the copy is written, only take back what came."""
        if self.writer.busy:
            self.stop()
            self.summary.setText(self.tr("Merging was stopped; nothing was changed."))
            self.accept_button.setEnabled(True)
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close, with all that is under way for the dialog."""
        self._left = True
        self.stop()
        super().done(result)

    def stop(self) -> None:
        """End what is under way; what was written is taken back."""
        self.writer.cancel()
        self.bar.hide()
        if self._task is not None:
            self._task.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space take the other version."""
        pressed = watched is self.table and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Space and self.table.currentIndex().isValid():
            self._turn(self.table.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _turn(self, index: QModelIndex) -> None:
        if not self.writer.busy:
            self.model.turn(index)

    def _on_current(self, index: QModelIndex) -> None:
        self.versions.show_difference(self.model.difference(index) if index.isValid() else None)

    # -- working it out ------------------------------------------------------------------------------------------

    def _compare(self, chosen: Mapping[str, bool], then: Callable[[MergePlan], object]) -> None:
        self.accept_button.setEnabled(False)
        self.summary.setText(self.tr("Comparing the copy with this project…"))
        self._tell_progress(0, 0)
        work = _planning(self._session.path, self._path, dict(chosen))
        task = self._tasks.start(
            self.tr("Comparing a copy"), work, done=partial(self._on_compared, then), failed=self._on_failed
        )
        task.progressed.connect(lambda done, total, _: self._tell_progress(done, total))
        task.finished.connect(self._on_task_ended)
        self._task = task

    def _on_task_ended(self) -> None:
        self._task = None

    def _on_compared(self, then: Callable[[MergePlan], object], planned: MergePlan) -> None:
        self._task = None
        if not self._left:
            self._planned = planned
            self.bar.hide()
            then(planned)

    def _on_previewed(self, planned: MergePlan) -> None:
        preview = planned.report
        self.model.load(preview.differences)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (NAME, OURS, THEIRS):  # what is long shares the room; all of it stands below the list
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        if preview.differences:
            self.table.setCurrentIndex(self.model.index(0, 0))
        if preview.empty and not preview.differences:
            self.summary.setText(self.tr("The copy brings nothing that is not here already."))
            self.close_button.setText(self.tr("Close"))
            return
        self.summary.setText(self.tr("The copy brings: {what}").format(what=brought(preview)))
        self.accept_button.setEnabled(True)
        self.accept_button.setDefault(True)
        (self.table if preview.differences else self.accept_button).setFocus()

    # -- writing -------------------------------------------------------------------------------------------------

    def _write(self, planned: MergePlan) -> None:
        self.accept_button.setEnabled(False)
        self.close_button.setText(self.tr("Cancel"))
        self.summary.setText(self.tr("Writing what the copy brings: {what}").format(what=brought(planned.report)))
        self._tell_progress(0, 0)
        self.writer.start(self._session.merging.write(planned))

    def _tell_progress(self, done: int, total: int) -> None:
        if not self._left:
            self.bar.show()
            self.bar.setMaximum(total)
            self.bar.setValue(done)

    def _on_written(self) -> None:
        assert self._planned is not None
        report = self._planned.report
        told = self.tr("{file} is merged: {what}").format(file=self._path.name, what=brought(report))
        if report.beside:
            more = self.tr("Texts that gave way are kept as memos (“Other version …”): {count}.")
            told += " " + more.format(count=len(report.beside))
        super().accept()
        self.merged.emit(told)

    def _on_failed(self, error: KamCoderError) -> None:
        self._task = None
        if not self._left:
            self.bar.hide()
            self.summary.setText(sentence(error))
            self.accept_button.setEnabled(False)
            self.close_button.setText(self.tr("Close"))


def _planning(project: Path, other: Path, chosen: Mapping[str, bool]) -> Any:
    def work(*, progress: Progress) -> Any:
        from kamcoder.services.session import Session

        with Session.open(project, read_only=True) as session:
            return session.merging.plan(other, chosen=chosen, progress=progress)

    return work
