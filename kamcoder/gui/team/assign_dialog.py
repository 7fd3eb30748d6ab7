"""Giving documents to coders, by hand or as a sample drawn by lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.coding import Coder, CoderKind
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.project import natural_key
from kamcoder.gui.team.assign_model import AssignModel
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session


_WIDEST_NAME = 320  # pixels of the names of documents: the rest is for the coders
_MOST_NAMED = 8


class AssignDialog(QDialog):
    """A grid of documents × coders to tick; every tick is an act that can be undone."""

    acted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Assign documents"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.model = AssignModel(self)
        self.model.asked.connect(self._on_asked)
        self.grid = QTableView()
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(self.tr("Who codes which document"))
        self.grid.horizontalHeader().setDefaultSectionSize(130)
        self.grid.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.grid.verticalHeader().setMaximumWidth(_WIDEST_NAME)
        self.grid.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.grid.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of another coder"))
        self.name.setAccessibleName(self.tr("Name of another coder"))
        self.add_button = QPushButton(self.tr("Add coder"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._on_added)
        self.name.returnPressed.connect(self._on_added)
        self.share = QSpinBox()
        self.share.setRange(1, 100)
        self.share.setValue(20)
        self.share.setSuffix(self.tr(" %"))
        self.share.setAccessibleName(self.tr("Share of the documents to be coded by everybody"))
        self.seed = QSpinBox()
        self.seed.setRange(0, 9999)
        self.seed.setValue(1)
        self.seed.setAccessibleName(self.tr("Start of the drawing"))
        self.seed.setToolTip(self.tr("The same start draws the same documents again, on any computer"))
        self.draw_button = QPushButton(self.tr("Draw and assign"))
        self.draw_button.setAutoDefault(False)
        self.draw_button.setToolTip(self.tr("Give a random share, spread over the cases, to all coders of this grid"))
        self.draw_button.clicked.connect(self._on_drawn)
        self.told = label("", "small", wrap=True)
        self._lay_out()
        self._show()
        self._stop = session.subscribe(self._on_changed)
        self.finished.connect(lambda _: self._stop())
        self.resize(640, 520)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        words = self.tr(
            "Tick who is to code which document. Nobody sees the others’ codings of a document that is his to code "
            "until he has finished it."
        )
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(self.grid, 1)
        people = QHBoxLayout()
        people.addWidget(self.name, 1)
        people.addWidget(self.add_button)
        layout.addLayout(people)
        sample = QHBoxLayout()
        asked, start = label(self.tr("Sample that everybody codes:")), label(self.tr("start of the drawing:"))
        asked.setBuddy(self.share)
        start.setBuddy(self.seed)
        for widget in (asked, self.share, start, self.seed):
            sample.addWidget(widget)
        sample.addStretch()
        sample.addWidget(self.draw_button)
        layout.addLayout(sample)
        layout.addWidget(self.told)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _people(self) -> list[Coder]:
        return [coder for coder in self._session.coders.all() if coder.kind is CoderKind.PERSON]

    def _show(self) -> None:
        documents = sorted(self._session.documents.all(), key=lambda document: natural_key(document.name))
        self.model.load(documents, self._people(), self._session.assigning.states())
        self.draw_button.setEnabled(bool(documents) and bool(self._people()))

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("assignments", "coders", "documents"):
            self._show()

    def _on_asked(self, document_id: str, coder_id: str, wanted: bool) -> None:
        act = self._session.assigning.assign if wanted else self._session.assigning.withdraw
        try:
            act([document_id], [coder_id])
        except KamCoderError as error:
            self.told.setText(sentence(error))

    def _on_added(self) -> None:
        try:
            self._session.coders.add(self.name.text())
        except KamCoderError as error:
            self.told.setText(sentence(error))
            return
        self.name.clear()
        self.told.clear()

    def _on_drawn(self) -> None:
        try:
            sample = self._session.assigning.draw(share=self.share.value() / 100, seed=self.seed.value())
            number = self._session.assigning.assign_sample(sample, [coder.id for coder in self._people()])
        except KamCoderError as error:
            self.told.setText(sentence(error))
            return
        names = {document.id: document.name for document in self._session.documents.all()}
        chosen = sorted((names[one] for one in sample.document_ids), key=natural_key)
        drawn = ", ".join(chosen[:_MOST_NAMED] + ["…"] * (len(chosen) > _MOST_NAMED))
        self.told.setText(
            self.tr("Drawn: {documents}. New assignments: {count}.").format(documents=drawn, count=number)
        )
