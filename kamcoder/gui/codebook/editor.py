"""One code with everything that can be said of it: name, place, colour, key, questions, and when to give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.codebook.colour_choice import ColourChoice
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

_TEXTS = ("definition", "include", "exclude", "example")
_QUESTIONS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Choices:
    """What a code can be given: the codebook, the guide's questions (number, text), and colours below a parent.

    `colours` gives for a parent's id (None: the top) the colours with headings, and the one to begin with.
    """

    codebook: Codebook
    questions: Sequence[tuple[str, str]]
    colours: Callable[[str | None], tuple[list[tuple[str, Sequence[str]]], str]]


class CodeEditor(QDialog):
    """Edits a code, or makes one below a parent; gives all fields to `take` and stays, saying why, if that fails."""

    def __init__(
        self,
        choices: Choices,
        take: Callable[[Mapping[str, Any]], object],
        *,
        code: Code | None = None,
        parent_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit code") if code else self.tr("New code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices, self._take, self._code = choices, take, code
        self._proposed = ""
        self.name = QLineEdit()
        self.place = QComboBox()
        self.colour = ColourChoice()
        self.shortcut = QLineEdit()
        self.codable = QCheckBox(self.tr("Passages can be given this code"))
        self.questions: dict[str, QCheckBox] = {}
        self.texts = {field: QPlainTextEdit() for field in _TEXTS}
        self.problem = label("", wrap=True)
        self.problem.hide()
        self._lay_out()
        self._offer_places(code)
        self._fill(code or Code("", "", parent_id=parent_id, colour=""))
        self.place.currentIndexChanged.connect(self._on_place)
        self.name.selectAll()
        self.name.setFocus()

    def fields(self) -> dict[str, Any]:
        """Return the fields of the code as they stand."""
        return {
            "name": self.name.text(),
            "parent_id": self.place.currentData() or None,
            "colour": self.colour.text,
            "shortcut": self.shortcut.text(),
            "codable": self.codable.isChecked(),
            "questions": tuple(number for number, box in self.questions.items() if box.isChecked()),
            **{field: self._text(field, edit) for field, edit in self.texts.items()},
        }

    def accept(self) -> None:
        """Give away what stands there, or say why it cannot be taken."""
        try:
            self._take(self.fields())
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.setAccessibleName(sentence(error))
            self.problem.show()
            field = self._at_fault(error.key)
            field.selectAll()
            field.setFocus()
            return
        super().accept()

    # -- inside --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._left())
        columns.addWidget(self._right(), 1)
        buttons = QDialogButtonBox()
        verb = self.tr("Save code") if self._code else self.tr("Make code")
        self.accept_button = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.resize(780, 600)

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.place.setMinimumContentsLength(18)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shortcut.setMaxLength(1)
        self.shortcut.setFixedWidth(48)
        rows = (
            (self.tr("Name"), self.name),
            (self.tr("Below"), self.place),
            (self.tr("Key, a letter or digit"), self.shortcut),
        )
        for words, field in rows:
            _headed(column, words, field)
        _headed(column, self.tr("Colour"), self.colour)
        if self._choices.questions or (self._code and self._code.questions):
            column.addWidget(self._question_ticks())
        column.addSpacing(8)
        column.addWidget(self.codable)
        column.addStretch()
        inside.setFixedWidth(max(290, inside.sizeHint().width()))
        return inside

    def _question_ticks(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(label(self.tr("Guide questions"), "heading"), 0, 0, 1, _QUESTIONS_IN_A_ROW)
        known = dict(self._choices.questions)
        numbers = [*known, *(number for number in (self._code.questions if self._code else ()) if number not in known)]
        for place, number in enumerate(numbers):
            box = QCheckBox(number)
            box.setToolTip(known.get(number, number))
            box.setAccessibleName(f"{number}: {known[number]}" if known.get(number) else number)
            self.questions[number] = box
            grid.addWidget(box, 1 + place // _QUESTIONS_IN_A_ROW, place % _QUESTIONS_IN_A_ROW)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(min(inside.sizeHint().height() + 4, 130))
        return area

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = {
            "definition": self.tr("Definition"),
            "include": self.tr("Include: give the code when"),
            "exclude": self.tr("Exclude: do not give it when"),
            "example": self.tr("Example"),
        }
        for field, edit in self.texts.items():
            edit.setTabChangesFocus(True)
            _headed(column, words[field], edit)
            column.setStretch(column.count() - 1, 2 if field == "definition" else 1)
        return inside

    def _text(self, field: str, edit: QPlainTextEdit) -> str:
        """Return a text; as it was if nobody changed it: Qt gives no hard spaces back."""
        if self._code is not None and not edit.document().isModified():
            return str(getattr(self._code, field))
        return edit.toPlainText()

    def _offer_places(self, code: Code | None) -> None:
        book = self._choices.codebook
        own = book.subtree(code.id) if code is not None else frozenset()
        self.place.addItem(self.tr("No other code: at the top"), "")
        for depth, other in book.walk():
            if other.id not in own:
                self.place.addItem("\u2003" * depth + other.name, other.id)
                self.place.setItemData(self.place.count() - 1, book.path(other.id), Qt.ItemDataRole.ToolTipRole)

    def _fill(self, code: Code) -> None:
        self.name.setText(code.name)
        self.place.setCurrentIndex(max(0, self.place.findData(code.parent_id or "")))
        self._offer_colours()
        self.colour.choose(code.colour or self._proposed)
        self.shortcut.setText(code.shortcut)
        self.codable.setChecked(code.codable)
        for number, box in self.questions.items():
            box.setChecked(number in code.questions)
        for field, edit in self.texts.items():
            edit.setPlainText(getattr(code, field))

    def _offer_colours(self) -> None:
        groups, self._proposed = self._choices.colours(self.place.currentData() or None)
        self.colour.offer(groups)

    def _on_place(self) -> None:
        """Offer the shades of the new parent; a colour that was only proposed gives way to the new proposal."""
        before = self._proposed
        self._offer_colours()
        if self._code is None and self.colour.text == before:
            self.colour.choose(self._proposed)

    def _at_fault(self, key: str) -> QLineEdit:
        if key.startswith("shortcut"):
            return self.shortcut
        return self.colour.field if key.startswith("colour") else self.name


def _headed(column: QVBoxLayout, words: str, field: QWidget) -> None:
    heading = label(words, "heading")
    heading.setContentsMargins(0, 6, 0, 0)
    heading.setBuddy(field)
    field.setAccessibleName(words)
    column.addWidget(heading)
    column.addWidget(field)
