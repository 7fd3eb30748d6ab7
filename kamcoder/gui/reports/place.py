"""The place of reports: what can be handed out, its choices, a look at it, and the file."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.gui.reports import words
from kamcoder.gui.reports.chart_pane import ChartPane
from kamcoder.gui.reports.options import OptionsPanel
from kamcoder.gui.reports.preview import Preview
from kamcoder.gui.reports.work import draw, export, read
from kamcoder.gui.tasks import Task, TaskRunner
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.handing_out import FORMATS, Output, Picture

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_LOOKED_AT = 250  # ms after the last choice
_NO_FILE_NAME = re.compile(r'[/\\:*?"<>|]')
_OUTPUTS = {"reports.report": Output.REPORT, "reports.chart": Output.CHART}


class ReportsPlace(QWidget):
    """Hands out what was found. Hidden it only notes that it is out of date."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    document_asked = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._tasks = theme, tasks
        self._session: Session | None = None
        self._stale = True
        self._look: Task | None = None
        self._formats: dict[str, Any] = {}
        self._written: Path | None = None
        self.outputs = QListWidget()
        self.outputs.setAccessibleName(self.tr("What is handed out"))
        self.outputs.setFrameShape(QListWidget.Shape.NoFrame)
        for output, (name, about) in words.OUTPUTS.items():
            item = QListWidgetItem(words.translated(name), self.outputs)
            item.setData(Qt.ItemDataRole.UserRole, output.value)
            item.setToolTip(words.translated(about))
        self.outputs.ensurePolished()  # its lines are measured before it is shown
        self.options = OptionsPanel()
        self.title = ElidedLabel()
        self.title.setProperty("part", "title")
        self.about = label("", "small", wrap=True)
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("part", "primary")
        self.export_button.clicked.connect(self.ask_file)
        self.preview = Preview()
        self.chart = ChartPane(theme)
        self.chart.place_asked.connect(self.place_asked)
        self.done = ElidedLabel()
        self.open_file, self.open_folder = (
            QPushButton(self.tr("Open the file")),
            QPushButton(self.tr("Open the folder")),
        )
        self.empty = EmptyState(
            self.tr("Nothing to hand out yet"),
            self.tr("Reports, tables and charts need interviews and codings. Ctrl+1 goes to documents and codebook."),
            [],
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOKED_AT)
        self._timer.timeout.connect(self._look_now)
        self._lay_out()
        self.options.changed.connect(self._on_chosen)
        self.outputs.currentItemChanged.connect(self._on_output)
        theme.changed.connect(self._on_chosen)
        self.outputs.setCurrentRow(0)

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Hand out of a project; nothing for None."""
        self._stop()
        self._session = session
        self._told_done(None)
        self.chart.load(None, None)
        self.preview.show_markdown("", more=False)
        self._offer()
        self._refresh()

    def remembered(self) -> str:
        """Return what is chosen, for the next time."""
        formats = {**self._formats, self.output.value: self.format.currentData()}
        return json.dumps({**self.options.state(), "output": self.output.value, "formats": formats})

    def recall(self, text: str) -> None:
        """Choose what was chosen the last time."""
        self.options.restore(text)
        try:
            state = json.loads(text or "{}")
        except ValueError:
            return
        if isinstance(state, dict):
            known = state.get("formats")
            self._formats = known if isinstance(known, dict) else {}
            if state.get("output") in set(Output):
                self.choose(Output(state["output"]))
            self._fill_formats()
        self._refresh()

    def flush(self) -> None:
        """Write what is typed and not written yet."""
        self._stop()

    def use_coder(self) -> None:
        """Follow who codes now."""

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project."""
        self.chart.on_changed(change)
        if change.touches("codes", "cases", "coders", "documents", "attributes", "table_definitions"):
            self._offer()
        self._refresh()

    def run(self, key: str) -> None:
        """Do what a command of `actions.REPORT_ACTIONS` says."""
        if key == "reports.export":
            self.ask_file()
        else:
            self.choose(_OUTPUTS[key])
            (self.chart if key == "reports.chart" else self.outputs).setFocus()

    @property
    def output(self) -> Output:
        """Return what is chosen to be handed out."""
        item = self.outputs.currentItem()
        return Output(item.data(Qt.ItemDataRole.UserRole)) if item is not None else Output.REPORT

    def choose(self, output: Output) -> None:
        """Choose what is handed out."""
        self.outputs.setCurrentRow(list(words.OUTPUTS).index(output))

    # -- the file ------------------------------------------------------------------------------------------------

    def ask_file(self) -> QFileDialog | None:
        """Ask where to write it."""
        if self._session is None or self._pages.currentWidget() is self.empty:
            return None
        ending = str(self.format.currentData())
        project = self._session.project.name
        name = f"{project} – {words.translated(words.FILES[self.output])}{ending}"
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = (self._written.parent if self._written else Path(folder)) / "".join(
            c for c in name if c not in '/\\:*?"<>|'
        )
        dialog = QFileDialog(self, self.tr("Export"), str(start))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                f"{words.translated(words.FORMATS[item]).split(' (')[0]} (*{item})"
                for item in (ending, *self._others(ending))
            ]
        )
        dialog.setDefaultSuffix(ending.lstrip("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        dialog.open()
        return dialog

    def write(self, path: Path) -> None:
        """Write it beside the window; the ending of `path` names the format."""
        if self._session is None:
            return
        self._told_done(None)
        self._tasks.start(
            self.tr("Writing {file}").format(file=path.name),
            partial(export, self._session.path, self.options.order(), path),
            done=self._told_done,
            failed=self.failed.emit,
        )

    # -- Qt ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the list."""
        super().focusInEvent(event)
        self.outputs.setFocus(event.reason())

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        side = QSplitter(Qt.Orientation.Vertical, self.splitter)
        side.setHandleWidth(1)
        sheet = QWidget(self.splitter)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 12, 16, 4)
        bar.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.about)
        bar.addLayout(told, 1)
        bar.addWidget(self.format)
        bar.addWidget(self.export_button)
        done = QHBoxLayout()
        done.setContentsMargins(24, 2, 16, 4)
        done.addWidget(self.done, 1)
        for button, act in ((self.open_file, self._open_file), (self.open_folder, self._open_folder)):
            button.setProperty("part", "link")
            button.clicked.connect(act)
            done.addWidget(button)
        self.looks = QStackedWidget(sheet)
        self.looks.addWidget(self.preview)
        self.looks.addWidget(self.chart)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(done)
        column.addWidget(self.looks, 1)
        side.addWidget(self.outputs)
        choices = QScrollArea(side)
        choices.setWidgetResizable(True)
        choices.setFrameShape(QScrollArea.Shape.NoFrame)
        choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        choices.setWidget(self.options)
        side.setSizes([200, 420])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([250, 1030])
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self.empty)
        self._told_done(None)

    def _offer(self) -> None:
        session = self._session
        self.options.offer(session)
        anything = session is not None and bool(session.documents.all() or len(session.codebook.all()))
        self._pages.setCurrentWidget(self.splitter if anything else self.empty)

    def _others(self, ending: str) -> list[str]:
        return [item for item in FORMATS[self.output] if item != ending]

    def _fill_formats(self) -> None:
        self.format.clear()
        for ending in FORMATS[self.output]:
            self.format.addItem(words.translated(words.FORMATS[ending]), ending)
        self.format.setCurrentIndex(max(0, self.format.findData(self._formats.get(self.output.value))))

    def _on_output(self, _now: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if before is not None and self.format.currentData():
            self._formats[before.data(Qt.ItemDataRole.UserRole)] = self.format.currentData()
        name, about = words.OUTPUTS[self.output]
        self.title.setText(words.translated(name))
        self.about.setText(words.translated(about))
        self.options.show_for(self.output)
        self._fill_formats()
        self.looks.setCurrentWidget(self.chart if self.output is Output.CHART else self.preview)
        self._refresh()

    def _on_chosen(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        """Look at it anew, soon."""
        self._stale = True
        if self.isVisible() and self._session is not None:
            self._timer.start()

    def _look_now(self) -> None:
        session = self._session
        if session is None or self._pages.currentWidget() is self.empty:
            return
        self._stop()
        self._stale = False
        order = self.options.order()
        if order.output is Output.CHART:
            dpi = 96 * self.devicePixelRatioF()
            work: Any = partial(draw, session.path, order.chart, self._theme.look, dpi)
            done: Any = partial(self._show_chart, session)
        else:
            work, done = partial(read, session.path, order), partial(self._show_text, session)
        self._look = self._tasks.start(self.tr("Preview"), work, done=done, failed=self._on_failed, quiet=True)
        self._look.finished.connect(self._on_looked)

    def _on_looked(self) -> None:
        if self.sender() is self._look:
            self._look = None

    def _on_failed(self, error: object) -> None:
        self.chart.load(None, None)
        self.preview.show_markdown("", more=False)
        self.failed.emit(error)

    def _show_chart(self, session: Session, picture: Picture) -> None:
        if session is self._session and self.output is Output.CHART:
            self.chart.load(session, picture)

    def _show_text(self, session: Session, found: tuple[str, bool]) -> None:
        if session is self._session and self.output is not Output.CHART:
            self.preview.show_markdown(found[0], more=found[1])

    def _stop(self) -> None:
        self._timer.stop()
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _told_done(self, path: Path | None) -> None:
        self._written = path or self._written
        for widget in (self.done, self.open_file, self.open_folder):
            widget.setVisible(path is not None)
        if path is not None:
            self.done.setText(self.tr("Wrote {file}.").format(file=path))
            self.hinted.emit(self.tr("Wrote {file}.").format(file=path.name))

    def _open_file(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
