"""A table on its way out of the window: to the clipboard, or into a file that a person names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from kamcoder.formats.tables.grid import Grid
from kamcoder.services.exporting import GRID_FORMATS, clip


def clipped(grid: Grid) -> QMimeData:
    """Return a table for the clipboard: tab-separated text for spreadsheets, HTML for word processors."""
    clipping = clip(grid)
    data = QMimeData()
    data.setText(clipping.text)
    data.setHtml(clipping.html)
    return data


def ask_grid_file(parent: QWidget, title: str, name: str, write: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write a table, offering `name`; `write` gets the file whose ending says the format."""
    dialog = QFileDialog(parent, title, name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    patterns = " ".join(f"*{ending}" for ending in GRID_FORMATS)
    dialog.setNameFilters([QCoreApplication.translate("grids", "Tables ({patterns})").format(patterns=patterns)])
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: write(Path(chosen)))
    dialog.open()
    return dialog
