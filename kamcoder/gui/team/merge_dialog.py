"""Merging a copy: a preview with the differences and a choice at each, then the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QTableView, QVBoxLayout, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.team.differences_model import DifferencesModel
from kamcoder.gui.widgets.labels import label
from kamcoder.services.jobs import Progress
from kamcoder.services.merging_words import what
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.merging import MergePreview
    from kamcoder.services.session import Session


class MergeDialog(QDialog):
    """What a copy would bring. The preview is worked out beside the window; merging is one act that can be undone."""

    merged = Signal(str)

    def __init__(self, session: Session, tasks: TaskRunner, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge {file}").format(file=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._path = path
        self.model = DifferencesModel(self)
        self.summary = label(self.tr("Comparing the copy with this project…"), wrap=True)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(self.tr("Differences of the two copies"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.doubleClicked.connect(self._turn)
        self.table.installEventFilter(self)
        words = self.tr(
            "Of what both changed the later change is taken. Space takes the other version of the chosen row. What is "
            "still used stays."
        )
        self.rule = label(words, "small", wrap=True)
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
        layout.addWidget(self.table, 1)
        layout.addWidget(self.rule)
        layout.addWidget(buttons)
        self.resize(960, 480)
        self._task = tasks.start(
            self.tr("Comparing a copy"), _preview(session.path, path), done=self._on_previewed, failed=self._on_failed
        )
        self.finished.connect(self._on_left)
        self._left = False

    def accept(self) -> None:
        """Take the copy in and tell what came."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            report = self._session.merging.merge(self._path, chosen=self.model.chosen)
        except KamCoderError as error:
            self._on_failed(error)
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        super().accept()
        self.merged.emit(self.tr("{file} is merged. {what}").format(file=self._path.name, what=self._told(report)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space take the other version."""
        pressed = watched is self.table and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Space and self.table.currentIndex().isValid():
            self._turn(self.table.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _turn(self, index: QModelIndex) -> None:
        self.model.turn(index)

    def _on_previewed(self, preview: MergePreview) -> None:
        if self._left:
            return
        self.model.load(preview.differences)
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), 260))
        if preview.differences:
            self.table.setCurrentIndex(self.model.index(0, 0))
        if preview.empty and not preview.differences:
            self.summary.setText(self.tr("The copy brings nothing that is not here already."))
            self.close_button.setText(self.tr("Close"))
            return
        self.summary.setText(self.tr("The copy brings: {what}").format(what=self._told(preview)))
        self.accept_button.setEnabled(True)
        self.accept_button.setDefault(True)
        (self.table if preview.differences else self.accept_button).setFocus()

    def _on_failed(self, error: KamCoderError) -> None:
        if not self._left:
            self.summary.setText(sentence(error))
            self.accept_button.setEnabled(False)
            self.close_button.setText(self.tr("Close"))

    def _on_left(self) -> None:
        self._left = True

    def _told(self, preview: MergePreview) -> str:
        parts = [
            self.tr("codings of {coder}: {count}").format(coder=coder, count=f"{count:,}")
            for coder, count in preview.codings.items()
        ]
        for table, rows in preview.tables.items():
            if table == "codings" and not (rows.changed or rows.deleted):
                continue
            counts = [
                words.format(count=f"{count:,}")
                for words, count in (
                    (self.tr("{count} new"), 0 if table == "codings" else rows.new),
                    (self.tr("{count} changed"), rows.changed),
                    (self.tr("{count} deleted"), rows.deleted),
                )
                if count
            ]
            parts.append(f"{what(table)}: {', '.join(counts)}")
        return "; ".join(parts) + "."


def _preview(project: Path, other: Path) -> Any:
    def work(*, progress: Progress) -> Any:
        from kamcoder.services.session import Session

        with Session.open(project, read_only=True) as session:
            return session.merging.preview(other)

    return work
