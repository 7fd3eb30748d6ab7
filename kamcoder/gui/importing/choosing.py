"""A cell of a table in which one of a few values is chosen."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, and what it is called."""

    text: str
    value: Any


class ChoiceCell(QStyledItemDelegate):
    """Opens a list of the choices that the model gives under `ChoicesRole`; the chosen value is written at once."""

    ChoicesRole = Qt.ItemDataRole.UserRole + 7

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the value, with the sign of a list to choose from."""
        sign = 16
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = QRect(option.rect.right() - sign, option.rect.top(), sign, option.rect.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), "▾")
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the list and open it."""
        combo = QComboBox(parent)
        combo.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        for choice in index.data(self.ChoicesRole) or ():
            combo.addItem(choice.text)
        combo.activated.connect(lambda _: self._take(combo))
        QTimer.singleShot(0, combo, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the present value."""
        if isinstance(editor, QComboBox):
            values = [choice.value for choice in index.data(self.ChoicesRole) or ()]
            present = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(values.index(present) if present in values else -1)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was chosen."""
        choices = index.data(self.ChoicesRole) or ()
        if isinstance(editor, QComboBox) and 0 <= editor.currentIndex() < len(choices):
            model.setData(index, choices[editor.currentIndex()].value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Cover the cell."""
        height = max(option.rect.height(), editor.sizeHint().height())
        top = option.rect.center().y() - height // 2
        editor.setGeometry(QRect(option.rect.left(), top, option.rect.width(), height))

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)
