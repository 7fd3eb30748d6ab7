"""Renaming a row in place: the editor stays, with what was typed, if the name cannot be."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyleOptionViewItem, QTreeView, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.widgets.delegate import MutedColumns
from kamcoder.gui.widgets.tree_model import TreeModel

_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class RenamingRows(MutedColumns):
    """Rows whose names can be edited. `take` gets key and name of a row, and raises KamCoderError if that cannot be.

    `refused` tells why a name was not taken; `settled` that the last one was, or was given up.
    """

    refused = Signal(object)
    settled = Signal()

    def __init__(self, view: QTreeView, model: TreeModel, take: Callable[[str, str], object]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._take = take
        self._key = ""
        self._typed: str | None = None

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Make a field for the name of a row."""
        self._key = self._model.key(index)
        editor = QLineEdit(parent)
        editor.setProperty("part", "cell")
        editor.setAccessibleName(self.tr("New name"))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Begin with the name, or with what was refused."""
        if isinstance(editor, QLineEdit):
            editor.setText(self._typed if self._typed is not None else str(index.data(Qt.ItemDataRole.EditRole)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the name with Enter or Tab, or when the editor is left; give it up with Esc."""
        if isinstance(watched, QLineEdit):
            if event.type() is QEvent.Type.ShortcutOverride:
                # While a name is typed, no key is a command.
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() in _TAKING:
                    self._commit(watched, again=True)
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self._end(watched)
                    self.settled.emit()
                    return True
            elif event.type() is QEvent.Type.FocusOut and not watched.isHidden():
                self._commit(watched, again=False)
                return True
        return super().eventFilter(watched, event)

    def _commit(self, editor: QLineEdit, *, again: bool) -> None:
        key, typed, before = self._key, editor.text(), self._model.find(self._key).data()
        # Away with the editor first: what is taken makes the tree anew.
        self._end(editor)
        if typed == before:
            self.settled.emit()
            return
        try:
            self._take(key, typed)
        except KamCoderError as error:
            index = self._model.find(key)
            if again and index.isValid():
                self._typed = typed
                self._view.edit(index)
            self.refused.emit(error)
            return
        self.settled.emit()

    def _end(self, editor: QLineEdit) -> None:
        self._typed = None
        editor.hide()
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
