"""What can be corrected of the chosen file: name, case, participant, speakers; of several files, the case."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kamcoder.domain.document import SpeakerRole
from kamcoder.gui.importing.entries import Entry
from kamcoder.gui.importing.speakers import SpeakersModel, SpeakersView
from kamcoder.gui.importing.ticks import TickBox
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.labels import label

_POPUP = Qt.FocusReason.PopupFocusReason


class CorrectionsPanel(QWidget):
    """A form beside the turns. It tells what is wanted and shows what it is given."""

    name_set = Signal(str)
    case_set = Signal(str)
    participant_set = Signal(str)
    casting_set = Signal(object)
    speaker_pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._known: frozenset[str] = frozenset()
        self._entry: Entry | None = None
        self._given: dict[QWidget, str] = {}
        self.heading = label(self.tr("CORRECTIONS"), "heading")
        self.several = label("", "strong", wrap=True)
        self.name = QLineEdit()
        self.case = _combo()
        self.case_hint = label("", "small", wrap=True)
        self.participant = _combo()
        self.speakers = SpeakersModel(self)
        self.table = SpeakersView(self.speakers)
        self.how = label(
            self.tr("Give two speakers one name to make them one. “Not a speaker” puts the label back into the text."),
            "small",
            wrap=True,
        )
        self.prose = TickBox(theme, self.tr("Read as p&lain prose"))
        self._lay_out()
        self._connect()
        self.show_nothing()

    def offer(self, cases: Sequence[str], participants: Sequence[str], *, known: Sequence[str]) -> None:
        """Offer names of cases and participants; `known` are the cases of the project."""
        self._known = frozenset(name.casefold() for name in known)
        for combo, names in ((self.case, cases), (self.participant, participants)):
            if [combo.itemText(place) for place in range(combo.count())] != list(names):
                text = combo.currentText()
                combo.clear()
                combo.addItems(list(names))
                combo.setCurrentIndex(-1)
                combo.setEditText(text)

    def show_nothing(self) -> None:
        """Show that there is nothing to correct."""
        self._entry = None
        self._body.hide()

    def show_several(self, entries: Sequence[Entry]) -> None:
        """Show what can be corrected of several files at once."""
        self._entry = None
        read = [entry.item for entry in entries if entry.item is not None]
        self._body.setVisible(bool(read))
        self._show_own(shown=False)
        self.several.setText(self.tr("{count} files chosen: one case for all").format(count=len(entries)))
        self.several.show()
        cases = {item.case or "" for item in read}
        self._fill(case=next(iter(cases)) if len(cases) == 1 else "")
        if len(cases) > 1:
            self.case_hint.setText(self.tr("They have different cases. Choose one or type a new name."))
        else:
            self._hint_case()

    def show_entry(self, entry: Entry) -> None:
        """Show the corrections of one file."""
        if entry.item is None:
            self.show_nothing()
            return
        self._entry = entry
        self._body.show()
        self.several.hide()
        self._show_own(shown=True)
        self._fill(name=entry.item.name, case=entry.item.case or "", participant=entry.item.participant or "")
        self._hint_case()
        roles = [voice.role for voice in entry.item.transcript.speakers]
        self.participant.setEnabled(SpeakerRole.INTERVIEWEE in roles)
        structured = entry.casting.structured
        self.prose.setChecked(not structured)
        self.prose.setEnabled(bool(entry.casting.voices) or not structured)
        self.speakers.show(entry.casting)
        for widget in (self.table, self.how, self._speakers_label):
            widget.setVisible(structured and bool(entry.casting.voices))
        self.table.updateGeometry()

    def point(self, speaker: str) -> None:
        """Show which of the speakers is looked at in the turns."""
        self.table.point(self.speakers.row_of(speaker))

    def take(self) -> None:
        """Take what was typed last, though the focus is still there."""
        for field in (self.name, self.case, self.participant):
            self._take(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take with Enter what was typed, and leave the rest of the dialog alone."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._take(watched)
                return True
        elif isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() is not _POPUP:
            self._take(watched)
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._body = QWidget()
        self._body.setProperty("part", "side")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.several)
        self._name_label = _caption(self.tr("Document &name"), self.name, column)
        _caption(self.tr("&Case"), self.case, column)
        column.addWidget(self.case_hint)
        self._participant_label = _caption(self.tr("&Participant who is interviewed"), self.participant, column)
        self._speakers_label = _caption(self.tr("&Speakers"), self.table, column)
        column.addWidget(self.how)
        column.addSpacing(4)
        column.addWidget(self.prose)
        column.addStretch()
        self.name.setAccessibleName(self.tr("Document name"))
        self.case.setAccessibleName(self.tr("Case"))
        self.participant.setAccessibleName(self.tr("Participant who is interviewed"))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        for widget in (self.name, self.case, self.participant):
            widget.installEventFilter(self)
        self.case.activated.connect(lambda _: self._take(self.case))
        self.participant.activated.connect(lambda _: self._take(self.participant))
        self.case.editTextChanged.connect(self._hint_case)
        self.speakers.corrected.connect(self.casting_set)
        self.prose.clicked.connect(self._on_prose)
        self.table.selectionModel().currentChanged.connect(self._on_speaker)

    def _take(self, field: QObject) -> None:
        """Tell what stands in a field, if that is not what was put there."""
        signals = {self.name: self.name_set, self.case: self.case_set, self.participant: self.participant_set}
        signal = signals.get(field) if not self._body.isHidden() else None  # type: ignore[call-overload]
        if signal is None or not isinstance(field, (QLineEdit, QComboBox)):
            return
        text = " ".join((field.text() if isinstance(field, QLineEdit) else field.currentText()).split())
        if text != self._given.get(field):
            self._given[field] = text
            signal.emit(text)

    def _fill(self, **texts: str) -> None:
        for key, text in texts.items():
            fields: dict[str, QLineEdit | QComboBox]
            fields = {"name": self.name, "case": self.case, "participant": self.participant}
            field = fields[key]
            self._given[field] = text
            if isinstance(field, QComboBox):
                field.setEditText(text)
            elif field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)

    def _show_own(self, *, shown: bool) -> None:
        own = (self._name_label, self.name, self._participant_label, self.participant, self._speakers_label)
        for widget in (*own, self.table, self.how, self.prose):
            widget.setVisible(shown)

    def _hint_case(self) -> None:
        name = " ".join(self.case.currentText().split())
        if not name:
            self.case_hint.setText(self.tr("Without a case. Choose one or type a new name."))
        elif name.casefold() in self._known:
            self.case_hint.setText(self.tr("A case of this project."))
        else:
            self.case_hint.setText(self.tr("A new case, added with the import."))

    def _on_prose(self, checked: bool) -> None:
        if self._entry is not None:
            self.casting_set.emit(replace(self._entry.casting, structured=not checked))

    def _on_speaker(self) -> None:
        voice = self.speakers.voice(self.table.currentIndex())
        if voice is not None and self.table.hasFocus():
            self.speaker_pointed.emit(voice.name)


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    completer = combo.completer()
    assert completer is not None  # an editable one has it
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return combo


def _caption(text: str, field: QWidget, column: QVBoxLayout) -> QWidget:
    caption = label(text, "small")
    caption.setBuddy(field)
    caption.setContentsMargins(0, 8, 0, 0)
    column.addWidget(caption)
    column.addWidget(field)
    return caption
