"""How a cell is drawn and edited: a line for text, numbers and dates, a list for choices."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kamcoder.domain.case import AttributeType
from kamcoder.gui.cases.grid_model import GridModel
from kamcoder.gui.cases.tables import Column, shown_text, type_hint

Index = QModelIndex | QPersistentModelIndex
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_LINE_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_TAKEN = "taken"


class CellDelegate(QStyledItemDelegate):
    """Editors that close only with a value that could be taken. `stepped` gives the cell to go to then."""

    stepped = Signal(int, int)
    opened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = QPersistentModelIndex()
        self.pointed = False  # whether the editor was asked for with the mouse: then a list falls open

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw counts, and what the empty row says, muted."""
        super().initStyleOption(option, index)
        column = index.data(GridModel.ColumnRole)
        model = index.model()
        last = isinstance(model, GridModel) and model.row_id(index.row()) is None
        if last or (isinstance(column, Column) and not column.editable):
            muted = option.palette.color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, muted)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell by the type of its column."""
        column: Column = index.data(GridModel.ColumnRole)
        self._index = QPersistentModelIndex(index)
        editor = self._list(parent, column) if column.choices else self._line(parent, column)
        editor.setAccessibleName(column.title)
        editor.setAutoFillBackground(True)
        self.opened.emit()
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value of the cell in its editor."""
        text = index.data(Qt.ItemDataRole.EditRole) or ""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what stands in an editor that loses the focus; what cannot be taken is said and left out."""
        if not editor.property(_TAKEN) and index.isValid():
            editor.setProperty(_TAKEN, True)
            model.setData(index, _text(editor), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let an editor fill its cell, and be wide enough to type in."""
        box = option.rect
        box.setWidth(max(box.width(), 96))
        editor.setGeometry(box)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take the value with Enter, Tab or an arrow, and stay open if it cannot be taken."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            key, plain = Qt.Key(event.key()), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            steps = _STEPS | _LINE_STEPS if isinstance(editor, QLineEdit) else _STEPS
            if plain and key in steps:
                back = (
                    key in _STEPS
                    and key != Qt.Key.Key_Backtab
                    and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                )
                down, right = steps[key]
                self._take(editor, -down if back else down, right)
                return True
        return super().eventFilter(editor, event)

    def _take(self, editor: QWidget, down: int, right: int) -> None:
        index = self._index
        if not index.isValid():
            return
        row, column = index.row(), index.column()
        # Told before it is written: a written row may move, and a closing editor must not write it again.
        editor.setProperty(_TAKEN, True)
        if not index.model().setData(index, _text(editor), Qt.ItemDataRole.EditRole):
            editor.setProperty(_TAKEN, False)
            if isinstance(editor, QLineEdit):
                editor.selectAll()
            return
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.stepped.emit(row + down, column + right)

    def _line(self, parent: QWidget, column: Column) -> QLineEdit:
        line = QLineEdit(parent)
        line.setProperty("part", "cell")
        line.setPlaceholderText(type_hint(column.type))
        return line

    def _list(self, parent: QWidget, column: Column) -> QComboBox:
        box = ChoiceBox(parent)
        box.setProperty("part", "cell")
        box.addItem("", "")
        for choice in column.choices:
            box.addItem(shown_text(choice, column) if column.type is AttributeType.YES_NO else choice, choice)
        box.setItemData(0, self.tr("unknown"), Qt.ItemDataRole.AccessibleTextRole)
        box.picked.connect(lambda: self._take(box, 0, 0))
        if self.pointed:
            QTimer.singleShot(0, box, box.showPopup)
        self.pointed = False
        return box


class ChoiceBox(QComboBox):
    """A list of choices that tells when one was picked from the open list, not when an arrow went past it."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self.activated.connect(self._on_activated)

    def showPopup(self) -> None:
        """Open the list."""
        self._open = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows and letters choose without closing the editor."""
        self._open = False
        super().keyPressEvent(event)

    def _on_activated(self) -> None:
        if self._open:
            self._open = False
            self.picked.emit()


def _text(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    return editor.text() if isinstance(editor, QLineEdit) else ""
