"""What is known about the coding that was chosen, or about the code the caret of the codebook is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui import labels
from kamcoder.gui.actions import ActionBoard
from kamcoder.gui.actors.line import ActorLine
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.memos.editor import MemoEditor
from kamcoder.gui.reader.ink import Ink, Inks
from kamcoder.gui.theme import Theme
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MOST_HERE = 4
_LONGEST = 300  # characters of a passage that are shown
_ACROSS = 3


class Inspector(QWidget):
    """A few labelled paragraphs about one coding or one code, and what can be done with the coding.

    `coding_asked` gives a coding that lies over the same text, `left` tells that a memo is written.
    """

    coding_asked = Signal(str)
    left = Signal()
    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, theme: Theme, board: ActionBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._coding: Coding | None = None
        self._coders: Mapping[str, str] = {}
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("About the coding or code"))
        self._heading = label(self.tr("PASSAGE"), "heading")
        self._chip = QLabel()
        self._title = ElidedLabel()
        self._title.setProperty("part", "strong")
        self._path = label("", "small", wrap=True)
        self._body = label("", wrap=True)
        self._body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = label("", "small", wrap=True)
        self.memo_text = label("", wrap=True)
        self.memo_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.actors: ActorLine | None = None
        self._here_title = label("", "small")
        self.here = [self._here_button() for _ in range(_MOST_HERE)]
        self.acts = self._act_buttons(board)
        self.memo = MemoEditor(theme)
        self.memo.heading.hide()
        self.memo.text.setFixedHeight(104)
        if (room := self.memo.layout()) is not None:
            room.setContentsMargins(0, 4, 0, 0)
        self.memo.left.connect(self._on_memo_left)
        self.memo.failed.connect(self.failed)
        self.memo.hinted.connect(self.hinted)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._chip)
        head.addWidget(self._title, 1)
        self._inside = inside = QWidget()
        inside.setProperty("part", "side")
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addLayout(head)
        for widget in (self._path, self._body, self._facts, self.memo_text):
            column.addWidget(widget)
        column.addWidget(self.memo)
        column.addWidget(self.acts)
        column.addSpacing(4)
        column.addWidget(self._here_title)
        for button in self.here:
            column.addWidget(button)
        column.addStretch()
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._instead: QWidget | None = None
        self.show_nothing()

    def texts(self) -> list[str]:
        """Return what is written here, from top to bottom."""
        shown = (self._title, self._path, self._body, self._facts, self.memo_text)
        return [widget.text() for widget in shown if widget.text()]

    def tell_actors(self, reader: ActorReader) -> None:
        """Tell who is named in passages too, once `reader` has read them."""
        self.actors = ActorLine(reader)
        self.actors.asked.connect(self.correct_actors)
        self.actors.hide()
        self._column.insertWidget(self._column.indexOf(self.memo_text), self.actors)

    def stand_in(self, widget: QWidget | None) -> None:
        """Let something else stand here, such as why a code is suggested; None ends it, as does a coding or a code."""
        if widget is not None and self.memo.isVisible():  # what is being written stays
            return
        layout = self.layout()
        if widget is not None and widget.parent() is not self and layout is not None:
            layout.addWidget(widget)
        if self._instead is not None and self._instead is not widget:
            self._instead.hide()
        self._instead = widget
        self._area.setVisible(widget is None)
        if widget is not None:
            widget.show()

    # -- the project ---------------------------------------------------------------------------------------------

    def load(self, session: Session | None) -> None:
        """Work on a project; on none for None."""
        self.memo.load(session)
        self._session = session
        if self.actors is not None:
            self.actors.load(session)
        self.show_nothing()

    def use_coder(self) -> None:
        """Write memos as who codes now."""
        self.memo.use_coder()

    def know_coders(self, names: Mapping[str, str]) -> None:
        """Name coders by their ids."""
        self._coders = names

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project's memos."""
        self.memo.on_changed(change)
        if self.actors is not None:
            self.actors.on_changed(change)
        if change.touches("memos") and self._coding is not None:
            self._tell_memos(self._coding)

    def correct_actors(self) -> None:
        """Open the actors of the coding that is shown, to be put right."""
        if self._coding is not None and self._session is not None and self.actors is not None:
            from kamcoder.gui.actors.passage_dialog import PassageActors

            PassageActors(self._session, [self._coding.id], self.actors.reader, self).open()

    def write_memo(self) -> None:
        """Open the memo on the coding that is shown, ready to be written."""
        if self._coding is None:
            return
        self.memo.show_target(MemoTarget.CODING, self._coding.id)
        for widget in (self._body, *self._of_coding()):
            widget.hide()  # the passage stands in the text; here is room for what is written
        self.memo.show()
        self.memo.write()
        if (layout := self._inside.layout()) is not None:
            layout.activate()
        self._area.ensureWidgetVisible(self.memo)

    def show_nothing(self) -> None:
        """Say what would be shown here."""
        if self._coding is None and self._title.isHidden() and self._facts.text():
            return
        with self._at_once():
            self._forget_coding()
            self._fill(self.tr("PASSAGE"), "", "", "", self.tr("Click a coded passage or its bracket to see it here."))

    def show_coding(self, coding: Coding, inks: Inks, *, place: str, here: Sequence[Coding]) -> None:
        """Show a coding with its passage, who made it and how, what was noted on it, and which others lie over it."""
        self.stand_in(None)
        if self._coding is None or self._coding.id != coding.id:
            self._leave_memo()
        self._coding = coding
        with self._at_once():
            self._show(coding, inks, place, here)

    def _show(self, coding: Coding, inks: Inks, place: str, here: Sequence[Coding]) -> None:
        ink, coder = inks[coding.code_id], self._coders.get(coding.coder_id, "?")
        made = QDateTime.fromString(coding.created_at, Qt.DateFormat.ISODateWithMs).toLocalTime()
        when = QLocale().toString(made, QLocale.FormatType.ShortFormat)
        facts = f"{place} · {coder} · {self._origin(coding)} · {when}"
        quote = coding.quote if len(coding.quote) <= _LONGEST else coding.quote[: _LONGEST - 1] + "…"
        self._fill(self.tr("PASSAGE"), ink.name, _above(ink.path, ink.name), f"“{quote}”", facts)
        self._chip.setPixmap(chip(ink.stroke).pixmap(12, 12))
        self._tell_memos(coding)
        if self.actors is not None:
            self.actors.show_coding(coding.id)
            self.actors.show()
        self.acts.show()
        self._tell_here([other for other in here if other.id != coding.id], inks)

    def show_code(self, code: Code, ink: Ink) -> None:
        """Show what a code means and when it is to be given."""
        self.stand_in(None)
        with self._at_once():
            self._show_code(code, ink)

    def _show_code(self, code: Code, ink: Ink) -> None:
        self._forget_coding()
        rules = (
            (self.tr("Include: {text}"), code.include),
            (self.tr("Exclude: {text}"), code.exclude),
            (self.tr("Example: {text}"), code.example),
        )
        told = [words.format(text=text.strip()) for words, text in rules if text.strip()]
        if code.questions:
            told.append(self.tr("Guide questions: {list}").format(list=", ".join(code.questions)))
        definition = code.definition.strip() or self.tr("No definition yet.")
        self._fill(self.tr("CODE"), ink.name, _above(ink.path, ink.name), definition, "\n\n".join(told))
        self._chip.setPixmap(chip(ink.stroke).pixmap(12, 12))

    def _fill(self, heading: str, title: str, path: str, body: str, facts: str) -> None:
        self._heading.setText(heading)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._chip.setVisible(bool(title))
        for widget, text in ((self._path, path), (self._body, body), (self._facts, facts)):
            widget.setText(text)
            widget.setVisible(bool(text))

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Lay out once what is shown and hidden, not after each part."""
        writing = self.memo.isVisible()  # whoever writes keeps the focus
        if not writing:
            self._inside.hide()
        yield
        if not writing:
            self._inside.show()

    def _forget_coding(self) -> None:
        self._coding = None
        self._leave_memo()
        for widget in self._of_coding():
            widget.hide()
        if self.actors is not None:
            self.actors.show_coding("")
        self.memo_text.clear()

    def _of_coding(self) -> list[QWidget]:
        """Return what is shown of codings only."""
        line = [self.actors] if self.actors is not None else []
        return [*line, self.memo_text, self.acts, self._here_title, *self.here]

    def _leave_memo(self) -> None:
        if self.memo.target is not None:
            self.memo.clear()
        self.memo.hide()

    def _tell_memos(self, coding: Coding) -> None:
        memos = self._session.memos.about(MemoTarget.CODING, coding.id) if self._session else []
        told = [f"{memo.title}\n{memo.text}".strip() for memo in memos if memo.coder_id == coding.coder_id]
        self.memo_text.setText("\n\n".join(self.tr("Memo: {text}").format(text=text) for text in told))
        self.memo_text.setVisible(bool(told) and self.memo.isHidden())

    def _tell_here(self, others: Sequence[Coding], inks: Inks) -> None:
        if not others and self._here_title.isHidden():
            return
        hidden = len(others) - _MOST_HERE
        words = self.tr("Over the same text, and {count} more:") if hidden > 0 else self.tr("Over the same text:")
        self._here_title.setText(words.format(count=hidden))
        self._here_title.setVisible(bool(others))
        for place, button in enumerate(self.here):
            button.setVisible(place < len(others))
            if place < len(others):
                other = others[place]
                path, coder = inks[other.code_id].path, self._coders.get(other.coder_id, "?")
                same = self._coding is not None and other.coder_id == self._coding.coder_id
                text = path if same else f"{path} · {coder}"
                button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 220))
                button.setToolTip(f"{text}\n“{' '.join(other.quote.split())[:120]}”")
                button.setAccessibleName(self.tr("Go to the coding {code}").format(code=text))
                button.setIcon(chip(inks[other.code_id].stroke))
                button.setProperty("coding", other.id)

    def _here_button(self) -> QPushButton:
        button = QPushButton()
        button.setIconSize(QSize(12, 12))
        button.setProperty("part", "row")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.coding_asked.emit(button.property("coding")))
        return button

    def _act_buttons(self, board: ActionBoard) -> QWidget:
        acts = QWidget()
        grid = QGridLayout(acts)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(4)
        named = (
            ("code.memo", self.tr("Memo")),
            ("code.recode", self.tr("Recode")),
            ("code.uncode", self.tr("Uncode")),
            ("coding.merge", self.tr("Merge")),
            ("coding.split", self.tr("Split")),
            ("edit.copy_reference", self.tr("Copy")),
        )
        for place, (key, text) in enumerate(named):
            action = board[key]
            button = QPushButton(text)
            button.setProperty("part", "link")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setObjectName(key)
            button.setToolTip(action.toolTip())
            button.setAccessibleDescription(action.toolTip())
            button.clicked.connect(action.trigger)
            grid.addWidget(button, place // _ACROSS, place % _ACROSS)
        return acts

    def _origin(self, coding: Coding) -> str:
        """Return how a coding came to be; of one taken from a suggestion, how sure it was and its rank."""
        words = labels.origin(coding.origin)
        if coding.origin is not Origin.SUGGESTION or self._session is None:
            return words
        kept = self._session.suggestions.provenance(coding.id)
        if kept.get("confidence") is not None:
            words = self.tr("{origin}, {share} %").format(origin=words, share=round(100 * kept["confidence"]))
        if kept.get("rank"):
            words = self.tr("{origin}, rank {rank}").format(origin=words, rank=kept["rank"])
        return words

    def _on_memo_left(self) -> None:
        self.memo.hide()
        if self._coding is not None:
            self.coding_asked.emit(self._coding.id)  # to be shown whole again
        self.left.emit()


def _above(path: str, name: str) -> str:
    return path.removesuffix(name).rstrip(" ›")
