"""Both versions of one thing side by side, with all of their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.merging_words import Difference


class VersionsView(QWidget):
    """What our file says of a thing and what the copy says, to be read before one is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.ours, self.theirs = QPlainTextEdit(), QPlainTextEdit()
        for text, head in ((self.ours, self.tr("Ours")), (self.theirs, self.tr("Theirs"))):
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
            title = label(head, "small")
            title.setBuddy(text)
            text.setAccessibleName(head)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(title)
            column.addWidget(text, 1)
            row.addLayout(column, 1)

    def show_difference(self, difference: Difference | None) -> None:
        """Show the two versions of a difference; nothing where there are no two."""
        fields = difference.fields if difference is not None else ()
        self.setVisible(bool(fields))
        for text, values in (
            (self.ours, [(field.name, field.ours) for field in fields]),
            (self.theirs, [(field.name, field.theirs) for field in fields]),
        ):
            text.setPlainText("\n\n".join(f"{name}: {value}" for name, value in values if value is not None))
