"""What is known about one document, and what of it can be corrected: name, cases, who its speakers are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import Document, SpeakerRole
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.documents.property_tables import CaseLinksModel, SpeakersModel, SpeakersTable
from kamcoder.gui.importing import words
from kamcoder.gui.importing.ticks import TickRow
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TABLES = ("documents", "document_cases", "cases", "speakers", "participants", "turns")
_INITIATOR = "document_properties"


class DocumentProperties(QDialog):
    """One document of an open project. Every correction is an act of its own, which can be undone."""

    def __init__(self, theme: Theme, session: Session, document_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Document properties"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._document_id = document_id
        self._given = ""
        self.name = QLineEdit()
        self.name.installEventFilter(self)
        self.cases = CaseLinksModel(self)
        self.case_list = QListView()
        self.case_list.setModel(self.cases)
        self.case_list.setItemDelegate(TickRow(theme, self.case_list))
        self.case_list.setAccessibleName(self.tr("Cases of the document"))
        self.no_cases = label(self.tr("The project has no cases yet."), "muted", wrap=True)
        self.speakers = SpeakersModel(self)
        self.table = SpeakersTable(self.speakers)
        self.no_speakers = label(self.tr("No speakers; the document was read as plain prose."), "muted", wrap=True)
        self.trouble = label("", wrap=True)
        self.trouble.hide()
        self.facts = {key: label("", wrap=True) for key in ("original", "format", "imported", "length")}
        self.export = QPushButton(self.tr("Export original file…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self.cases.link_wanted.connect(self._on_link)
        self.speakers.role_wanted.connect(self._on_role)
        self.speakers.participant_wanted.connect(self._on_participant)
        self.export.clicked.connect(self.ask_target)
        self.close_button.clicked.connect(self.accept)
        self._refresh()

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project; close if the document is gone."""
        if not change.touches(*_TABLES):
            return
        if any(document.id == self._document_id for document in self._session.documents.all()):
            self._refresh()
        else:
            self.reject()

    def ask_target(self) -> QFileDialog:
        """Show the dialog that asks where to write the original file."""
        dialog = QFileDialog(self, self.tr("Export original file"), self._document().original_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._document().original_name)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Export"))
        dialog.fileSelected.connect(self._on_target)
        dialog.open()
        return dialog

    def accept(self) -> None:
        """Take the name that was typed, and close unless it cannot be taken."""
        if self._rename():
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rename with Enter, or when the field is left."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._rename()
                return True
        elif event.type() is QEvent.Type.FocusOut and self.isVisible():
            self._rename()
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.addRow(self.tr("&Name"), self.name)
        self.name.setAccessibleName(self.tr("Name"))
        told = (
            ("original", self.tr("Original file")),
            ("format", self.tr("Format")),
            ("imported", self.tr("Imported")),
            ("length", self.tr("Length")),
        )
        for key, caption in told:
            self.facts[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(caption, "muted"), self.facts[key])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.export)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        for button in (self.export, self.close_button):
            button.setAutoDefault(False)
        case_caption, speaker_caption = label(self.tr("&Cases"), "heading"), label(self.tr("&Speakers"), "heading")
        case_caption.setBuddy(self.case_list)
        speaker_caption.setBuddy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(case_caption)
        layout.addWidget(self.case_list, 1)
        layout.addWidget(self.no_cases)
        layout.addSpacing(8)
        for widget in (speaker_caption, self.table, self.no_speakers):
            layout.addWidget(widget)
        layout.addWidget(self.trouble)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.case_list.setMinimumHeight(72)
        self.resize(560, min(560, self.screen().availableGeometry().height() - 60))

    def _document(self) -> Document:
        return self._session.documents.find(self._document_id)

    def _refresh(self) -> None:
        documents, document = self._session.documents, self._document()
        if self.name.text() == self._given:
            self.name.setText(document.name)
            self._given = document.name
        turns: dict[str, int] = {}
        for turn in documents.turns(document.id):
            turns[turn.speaker_id or ""] = turns.get(turn.speaker_id or "", 0) + 1
        made = QDateTime.fromString(document.imported_at, Qt.DateFormat.ISODateWithMs).toLocalTime()
        encoding = words.encoding_name(document.encoding)
        format_name = words.format_name(document.format)
        self.facts["original"].setText(document.original_name)
        self.facts["format"].setText(", ".join(part for part in (format_name, encoding) if part))
        self.facts["imported"].setText(QLocale().toString(made, QLocale.FormatType.ShortFormat))
        length = self.tr("{characters} characters, {turns}")
        count = sum(turns.values())
        self.facts["length"].setText(length.format(characters=f"{document.length:,}", turns=words.turns(count)))
        entry = next(entry for entry in documents.entries() if entry.document.id == document.id)
        cases = self._session.cases.all()
        self.cases.show(cases, frozenset(entry.case_ids))
        speakers = documents.speakers(document.id)
        self.speakers.show(speakers, turns, self._session.cases.participants())
        for shown, widget, instead in (
            (bool(cases), self.case_list, self.no_cases),
            (bool(speakers), self.table, self.no_speakers),
        ):
            widget.setVisible(shown)
            instead.setVisible(not shown)
        self.table.updateGeometry()

    def _rename(self) -> bool:
        name = " ".join(self.name.text().split())
        if name == self._given:
            return True
        if not self._try(lambda: self._session.documents.rename(self._document_id, name, initiator=_INITIATOR)):
            self.name.setFocus()
            return False
        self._given = name
        self.name.setText(name)
        return True

    def _on_link(self, case_id: str, linked: bool) -> None:
        documents = self._session.documents
        self._try(lambda: documents.link(self._document_id, case_id, linked=linked, initiator=_INITIATOR))

    def _on_role(self, speaker_id: str, role: SpeakerRole) -> None:
        self._try(lambda: self._session.documents.set_speaker(speaker_id, role=role, initiator=_INITIATOR))

    def _on_participant(self, speaker_id: str, participant_id: str) -> None:
        documents = self._session.documents
        self._try(lambda: documents.set_speaker(speaker_id, participant_id=participant_id, initiator=_INITIATOR))

    def _on_target(self, file: str) -> None:
        self._try(lambda: self._session.documents.export_original(self._document_id, Path(file)))

    def _try(self, act: Callable[[], object]) -> bool:
        """Do an act; tell in the dialog why it cannot be done."""
        try:
            act()
        except KamCoderError as error:
            self.trouble.setText(sentence(error))
            self.trouble.show()
            return False
        self.trouble.hide()
        return True
