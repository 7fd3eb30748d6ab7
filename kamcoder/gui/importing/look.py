"""The middle of the import dialog: what is known about the chosen file, and its turns."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from kamcoder.gui.icons import Icons
from kamcoder.gui.importing import words
from kamcoder.gui.importing.entries import Entry, State
from kamcoder.gui.importing.files import told
from kamcoder.gui.importing.turn_row import TurnsView
from kamcoder.gui.importing.turns import TurnsModel
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.empty import EmptyState
from kamcoder.gui.widgets.labels import ElidedLabel, label, line


class LookPanel(QWidget):
    """A live look at one file. `speaker_pointed` tells whose turn is the current one."""

    speaker_pointed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self._icons = icons
        self._entry: Entry | None = None
        self._shown: object = None
        self.title = ElidedLabel()
        self.title.setProperty("part", "strong")
        self.facts = label("", "small", wrap=True)
        self.notes = QWidget()
        self._notes = QVBoxLayout(self.notes)
        self._notes.setContentsMargins(0, 4, 0, 0)
        self._notes.setSpacing(3)
        self.model = TurnsModel(self)
        self.turns = TurnsView(theme, self.model)
        self.turns.setProperty("part", "page")
        self.empty = EmptyState(
            self.tr("Drop the transcripts here"),
            self.tr(
                "Word, OpenDocument, RTF, PDF, text, Markdown, web pages and subtitles; a folder stands for all in it."
            ),
            actions,
        )
        self.said = EmptyState("", "", [])
        self._lay_out()
        self.turns.selectionModel().currentChanged.connect(self._on_current)
        self.show_nothing(any_files=False)

    def show_nothing(self, *, any_files: bool) -> None:
        """Show that no file is chosen, or how to begin."""
        self._forget()
        self.said.heading.setText(self.tr("Choose a file"))
        self.said.sentence.setText(self.tr("What it reads like is shown here."))
        self._pages.setCurrentWidget(self.said if any_files else self.empty)

    def show_several(self, entries: Sequence[Entry]) -> None:
        """Show that several files are chosen."""
        self._forget()
        self.said.heading.setText(self.tr("{count} files chosen").format(count=len(entries)))
        self.said.sentence.setText(
            self.tr("A case given on the right goes to all of them. Space checks or unchecks them all.")
        )
        self._pages.setCurrentWidget(self.said)

    def show_entry(self, entry: Entry) -> None:
        """Show one file: its turns, or why there are none."""
        if entry.item is None:
            self._forget()
            failed = entry.state is State.FAILED
            self.said.heading.setText(entry.path.name)
            self.said.sentence.setText(told(entry)[0] if failed else self.tr("This file is still to be read."))
            self._pages.setCurrentWidget(self.said)
            return
        same_file = self._entry is entry
        self._entry = entry
        self._pages.setCurrentWidget(self._page)
        self._tell(entry)
        if self._shown is not entry.item.transcript:
            self._shown = entry.item.transcript
            self.turns.about_to_renew()
            self.model.show(entry.item.transcript)
            self.turns.renew(keep_place=same_file)

    def show_speaker(self, name: str) -> None:
        """Show the first turn of a speaker."""
        index = self.model.first_of(name)
        if index.isValid():
            self.turns.scrollTo(index)

    def sentences(self) -> list[str]:
        """Return what is told about the file that is shown, from top to bottom."""
        if self._pages.currentWidget() is self.said:
            return [self.said.sentence.text()]
        return [widget.text() for widget in self.notes.findChildren(QLabel) if widget.property("part") == "small"]

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QWidget()
        head.setProperty("part", "place")
        column = QVBoxLayout(head)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(2)
        for widget in (self.title, self.facts, self.notes):
            column.addWidget(widget)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(head)
        page.addWidget(line())
        page.addWidget(self.turns, 1)
        self._pages = QStackedLayout(self)
        for widget in (self._page, self.empty, self.said):
            self._pages.addWidget(widget)

    def _forget(self) -> None:
        self._entry = None
        self._shown = None
        self.model.show(None)

    def _tell(self, entry: Entry) -> None:
        assert entry.item is not None
        item = entry.item
        self.title.setText(entry.path.name)
        parts = [
            words.format_name(item.extracted.format),
            words.encoding_name(item.extracted.encoding),
            words.turns(len(item.transcript.turns)),
            self.tr("{count} characters").format(count=f"{len(item.transcript.text):,}"),
        ]
        if item.questions:
            parts.append(self.tr("guide questions {list}").format(list=", ".join(item.questions)))
        if entry.pending is not None:
            parts.append(self.tr("being read again…"))
        self.facts.setText(" · ".join(part for part in parts if part))
        self._list_notes(told(entry))

    def _list_notes(self, sentences: Sequence[str]) -> None:
        if sentences == self.sentences() and self._notes.count():
            return
        while (old := self._notes.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            self._notes.addWidget(self._note(sentence))
        self.notes.setVisible(bool(sentences))

    def _note(self, sentence: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        sign = QLabel()
        sign.setPixmap(self._icons.get("info", "accent").pixmap(14, 14))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        sign.setContentsMargins(0, 1, 0, 0)
        text = label(sentence, "small", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(sign)
        layout.addWidget(text, 1)
        return row

    def _on_current(self, current: QModelIndex) -> None:
        row = self.model.row(current)
        if row is not None and row.turn.speaker:
            self.speaker_pointed.emit(row.turn.speaker)
