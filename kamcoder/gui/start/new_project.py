"""Asking what a new project is to be: which file, and which codebook it begins with."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.project import PROJECT_SUFFIX
from kamcoder.gui.widgets.labels import label


class NewProjectDialog(QDialog):
    """A file and a codebook. `wanted` gives the path and the key of the template, empty for no codes."""

    wanted = Signal(Path, str)

    def __init__(self, folder: Path, templates: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.file = QLineEdit(str(_free(folder, self.tr("Study"))))
        self.file.setAccessibleName(self.tr("Project file"))
        browse = QPushButton(self.tr("Browse…"))
        browse.clicked.connect(self._on_browse)
        self.templates = QListWidget()
        self.templates.setAccessibleName(self.tr("Codebook to begin with"))
        self.templates.setProperty("part", "raised")
        entries = [*templates, ("", self.tr("No codes"), self.tr("Make codes while reading."))]
        for key, name, about in entries:
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 12))
            item.setData(Qt.ItemDataRole.UserRole, (key, about))
            self.templates.addItem(item)
        self._about = label("", "muted", wrap=True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._about.setMinimumHeight(64)
        self.templates.currentItemChanged.connect(self._on_current)
        buttons = QDialogButtonBox()
        make = buttons.addButton(self.tr("Make project"), QDialogButtonBox.ButtonRole.AcceptRole)
        make.setProperty("part", "primary")
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("Project file"), "heading"))
        layout.addLayout(row)
        layout.addSpacing(8)
        layout.addWidget(label(self.tr("Codebook to begin with"), "heading"))
        layout.addWidget(self.templates, 1)
        layout.addWidget(self._about)
        layout.addWidget(buttons)
        # Only now: a button outside a dialog cannot be the one that Enter presses.
        browse.setAutoDefault(False)
        make.setDefault(True)
        self.templates.setCurrentRow(0)
        self.resize(560, 440)

    def accept(self) -> None:
        """Tell what is wanted."""
        path = Path(self.file.text().strip()).expanduser()
        if path.suffix != PROJECT_SUFFIX:
            path = path.with_name(path.name + PROJECT_SUFFIX)
        key, _ = self.templates.currentItem().data(Qt.ItemDataRole.UserRole)
        super().accept()
        self.wanted.emit(path, key)

    def _on_current(self, item: QListWidgetItem) -> None:
        _, about = item.data(Qt.ItemDataRole.UserRole)
        self._about.setText(about)

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Project file"), self.file.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("KamCoder projects (*{suffix})").format(suffix=PROJECT_SUFFIX))
        # What is there already is refused when the project is made; asking whether to replace it would promise that.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()


def _free(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}{PROJECT_SUFFIX}", 2
    while path.exists():
        path, number = folder / f"{stem} {number}{PROJECT_SUFFIX}", number + 1
    return path
