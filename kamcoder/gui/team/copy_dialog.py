"""Saving a copy of the project for a coder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from kamcoder.domain.coding import CoderKind
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class CopyDialog(QDialog):
    """Who is to work in the copy, whether blind, and where it goes. `saved` tells the words of what was written."""

    saved = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save a copy for a coder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.files: QFileDialog | None = None
        asked = label(self.tr("Who is to code in the copy; a new name is added:"), wrap=True)
        self.coder = QComboBox()
        self.coder.setEditable(True)
        self.coder.setAccessibleName(self.tr("Coder of the copy"))
        own = session.coder.id if session.coder else None
        people = [coder for coder in session.coders.all() if coder.kind is CoderKind.PERSON]
        self.coder.addItems([coder.name for coder in sorted(people, key=lambda coder: coder.id == own)])
        asked.setBuddy(self.coder)
        self.blind = QCheckBox(self.tr("Without the others’ codings"))
        self.blind.setChecked(True)
        words = self.tr(
            "Then the copy holds nothing of what others coded, noted on passages, summarised or settled. Nothing is "
            "lost: it is all still here when the copy is merged back."
        )
        self.problem = label("", "small", wrap=True)
        self.problem.hide()
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        for widget in (asked, self.coder, self.blind, label(words, "small", wrap=True), self.problem, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(440)

    def accept(self) -> None:
        """Ask where the copy is to go."""
        name = " ".join(self.coder.currentText().split())
        if not name:
            self._tell(self.tr("Name who is to code in the copy."))
            return
        path = self._session.path
        proposal = path.with_name(f"{path.stem} ({name}){path.suffix}".replace("/", "-"))
        self.files = QFileDialog(self, self.tr("Save a copy for {coder}").format(coder=name), str(proposal))
        self.files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.files.setDefaultSuffix(path.suffix.lstrip("."))
        self.files.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        self.files.open()

    def save_to(self, target: Path) -> None:
        """Write the copy, or say why not."""
        try:
            coder = self._session.coders.ensure(self.coder.currentText())
            held = self._session.merging.save_copy(target, coder.id, with_others=not self.blind.isChecked())
        except KamCoderError as error:
            self._tell(sentence(error))
            return
        words = self.tr("Written for {coder}: {file}.").format(coder=coder.name, file=target.name)
        if self.blind.isChecked():
            words += " " + self.tr("Codings of others left out: {count}.").format(count=f"{held:,}")
        super().accept()
        self.saved.emit(words)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
