"""Defining an attribute: name, type, and the choices of a choice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kamcoder.domain.case import Attribute, AttributeType
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.cases.tables import type_hint, type_name
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

Take = Callable[[str, AttributeType, list[str]], object]


class AttributeDialog(QDialog):
    """Asks for an attribute and gives it to `take`; stays open, saying why, if it cannot be taken.

    `found` are the values that an attribute has already: they are proposed when it is made a choice.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        take: Take,
        *,
        attribute: Attribute | None = None,
        found: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take, self._found = take, found
        self.name = QLineEdit(attribute.name if attribute else "")
        self.type = QComboBox()
        for kind in AttributeType:
            self.type.addItem(type_name(kind), kind)
        self.type.setCurrentIndex(self.type.findData(attribute.type if attribute else AttributeType.TEXT))
        self.hint = label("", "small", wrap=True)
        self.choices = QPlainTextEdit("\n".join(attribute.choices if attribute else ()))
        self.choices.setTabChangesFocus(True)
        self.choices.setPlaceholderText(self.tr("One choice a line"))
        self.problem = label("", wrap=True)
        self.problem.hide()
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._choices_label = label(self.tr("Choices"), "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        for head, field in ((self.tr("Name"), self.name), (self.tr("Type"), self.type)):
            heading = label(head, "heading")
            heading.setBuddy(field)
            field.setAccessibleName(head)
            layout.addWidget(heading)
            layout.addWidget(field)
        self.choices.setAccessibleName(self.tr("Choices, one a line"))
        self._choices_label.setBuddy(self.choices)
        for widget in (self.hint, self._choices_label, self.choices, self.problem):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(buttons)
        self.setMinimumWidth(400)
        self.type.currentIndexChanged.connect(self._on_type)
        self._on_type()
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        """Give away what was asked for, or say why it cannot be taken."""
        lines = self.choices.toPlainText().splitlines()
        try:
            self._take(self.name.text(), self._kind(), [line for line in lines if line.strip()])
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.show()
            self.adjustSize()
            return
        super().accept()

    def _kind(self) -> AttributeType:
        return AttributeType(self.type.currentData())  # Qt gives back a plain text

    def _on_type(self) -> None:
        kind = self._kind()
        several = kind is AttributeType.CHOICE
        if several and not self.choices.toPlainText().strip():
            self.choices.setPlainText("\n".join(self._found))
        self.hint.setText(
            self.tr("Values are written as {form}.").format(form=type_hint(kind)) if type_hint(kind) else ""
        )
        self.hint.setVisible(bool(type_hint(kind)) and not several)
        self._choices_label.setVisible(several)
        self.choices.setVisible(several)
        self.adjustSize()
