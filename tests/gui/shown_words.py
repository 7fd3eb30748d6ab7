"""Walking over everything a widget shows in words: what came past the translation, and what is cut off.

Used under the pseudo-translation, in which every translated text stands between brackets. Text outside brackets must be
data (names of documents, codes, coders, numbers) or a key.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from kamcoder.gui.translation import outside
from kamcoder.gui.widgets.labels import ElidedLabel

_MOST_ROWS = 60
_ALWAYS = ("KamCoder",)
_TAG = re.compile(r"<[^<>]+>")
# What is said of a row or column, besides its text.
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True)
class Shown:
    """A text and where it stands."""

    where: str
    text: str


def untranslated(root: QWidget, data: set[str]) -> list[str]:
    """Return what `root` and everything visible in it shows that is neither translated, nor data, nor a key."""
    known = sorted({*data, *_ALWAYS, *_keys(root)}, key=len, reverse=True)
    found: dict[str, None] = {}
    for shown in words(root):
        left = unescape(_TAG.sub(" ", outside(shown.text)))
        for name in known:
            left = left.replace(name, " ")
        if re.search(r"[^\W\d_]{2,}", left):
            found[f"{shown.where}: {shown.text!r}"] = None
    return list(found)


def words(root: QWidget) -> Iterator[Shown]:
    """Yield every text that `root` and everything visible in it shows or tells a screen reader."""
    for widget in _visible(root):
        where = _path(widget, root)
        for kind, text in _texts(widget):
            if text.strip():
                yield Shown(f"{where}.{kind}", text)
        for action in widget.actions():
            yield from _of_action(action, where)


def cut(root: QWidget) -> list[str]:
    """Return what has less room than its text needs."""
    return [
        f"{_path(widget, root)} {problem}" for widget in _visible(root) if (problem := _too_small(widget)) is not None
    ]


# -- texts -------------------------------------------------------------------------------------------------------------


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    if widget.isWindow() and not isinstance(widget, QMenu):
        yield "title", widget.windowTitle()
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    for kind, read in _SIMPLE:
        if isinstance(widget, kind):
            yield "text", read(widget)
    yield from _of_items(widget)


_SIMPLE: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (QLabel, QLabel.text),
    (QAbstractButton, QAbstractButton.text),
    (QLineEdit, QLineEdit.placeholderText),
    (QTextEdit, QTextEdit.placeholderText),
    (QPlainTextEdit, QPlainTextEdit.placeholderText),
    (QGroupBox, QGroupBox.title),
    (QMenu, QMenu.title),
    (QToolBar, QToolBar.windowTitle),
    (QAbstractSpinBox, QAbstractSpinBox.specialValueText),
)


def _of_items(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QTabBar():
            for number in range(widget.count()):
                yield "tab", widget.tabText(number)
                yield "tab tip", widget.tabToolTip(number)
        case QComboBox():
            for number in range(min(widget.count(), _MOST_ROWS)):
                yield "item", widget.itemText(number)
        case QHeaderView():
            yield from _of_header(widget)
        case QAbstractItemView() if widget.model() is not None:
            yield from _of_rows(widget.model(), QModelIndex(), [0])


def _of_header(header: QHeaderView) -> Iterator[tuple[str, str]]:
    model = header.model()
    if model is None:
        return
    for section in range(min(header.count(), _MOST_ROWS)):
        if not header.isSectionHidden(section):
            for role in _ROLES[:2]:
                value = model.headerData(section, header.orientation(), role)
                if isinstance(value, str):
                    yield f"head {section}", value


def _of_rows(model: QAbstractItemModel, parent: QModelIndex, seen: list[int]) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(parent)):
        if seen[0] >= _MOST_ROWS:
            return
        seen[0] += 1
        # A list model hides its number of columns.
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in _ROLES:
                value = index.data(role)
                if isinstance(value, str):
                    yield f"row {row}/{column}", value
        yield from _of_rows(model, model.index(row, 0, parent), seen)


def _of_action(action: QAction, where: str) -> Iterator[Shown]:
    if not action.isSeparator():
        yield Shown(f"{where} action {action.objectName()}", action.text())
        yield Shown(f"{where} action {action.objectName()} tip", action.toolTip())


# -- room --------------------------------------------------------------------------------------------------------------


def _too_small(widget: QWidget) -> str | None:
    if widget.width() <= 1 or widget.height() <= 1:
        return None
    match widget:
        case ElidedLabel():
            return None
        case QLabel():
            return _label(widget)
        case QAbstractButton() if widget.text():
            return _room(widget, widget.text(), widget.sizeHint().width(), widget.sizeHint().height())
        case QComboBox():
            need = widget.fontMetrics().horizontalAdvance(widget.currentText()) + 28
            return _room(widget, widget.currentText(), need, 0)
        case QLineEdit() if widget.placeholderText():
            need = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 12
            return _room(widget, widget.placeholderText(), need, 0)
        case QTabBar() if not widget.usesScrollButtons():
            return _room(widget, "tabs", widget.sizeHint().width(), 0)
        case QHeaderView():
            return _header(widget)
    return None


def _label(label: QLabel) -> str | None:
    if not label.text():
        return None
    if label.wordWrap():
        return _room(label, label.text(), 0, label.heightForWidth(label.width()))
    return _room(label, label.text(), label.sizeHint().width(), label.minimumSizeHint().height())


def _header(header: QHeaderView) -> str | None:
    if header.orientation() is not Qt.Orientation.Horizontal or header.model() is None:
        return None
    for section in range(header.count()):
        text = header.model().headerData(section, header.orientation(), Qt.ItemDataRole.DisplayRole)
        need, there = header.sectionSizeHint(section), header.sectionSize(section)
        look = header.model().headerData(section, header.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        if isinstance(text, str) and isinstance(look, int) and look & Qt.TextFlag.TextWordWrap:
            # Such a head is broken between words; the longest must have room.
            need = max(header.fontMetrics().horizontalAdvance(word) for word in [*text.split(), ""])
        if isinstance(text, str) and text and not header.isSectionHidden(section) and need > there + 1:
            return f"needs {need} px for the head {text!r} and has {there}"
    return None


def _room(widget: QWidget, text: str, width: int, height: int) -> str | None:
    seen = _seen(widget)
    if width > seen.width() + 1:
        return f"needs {width} px for {text!r} and has {seen.width()}"
    if height > seen.height() + 1:
        return f"needs a height of {height} px for {text!r} and has {seen.height()}"
    return None


def _seen(widget: QWidget) -> QRect:
    """Return the part of a widget that the widgets around it leave to be seen; what scrolls counts as seen."""
    part, inner = widget.rect(), widget
    while (outer := inner.parentWidget()) is not None and not inner.isWindow():
        if isinstance(outer.parentWidget(), QScrollArea):
            break
        part = part.translated(inner.pos()).intersected(outer.rect())
        inner = outer
    return part


# -- which widgets -----------------------------------------------------------------------------------------------------


def _visible(root: QWidget) -> list[QWidget]:
    """Return the widgets that can be seen, and the menus, which can be opened."""
    everything = [root, *root.findChildren(QWidget)]
    shown = [widget for widget in everything if widget is root or widget.isVisibleTo(root)]
    menus = [menu for bar in shown if isinstance(bar, QMenuBar) for menu in bar.findChildren(QMenu)]
    # Qt's own button for what does not fit into a tool bar has no words.
    return [
        widget
        for widget in dict.fromkeys([*shown, *menus])
        if widget.window() is root.window() or isinstance(widget, QMenu)
        if not (isinstance(widget, QToolButton) and widget.objectName() == "qt_toolbar_ext_button")
        if not (isinstance(widget, QHeaderView) and isinstance(widget.parentWidget(), QTreeView | QTableView)
                and widget.isHidden())
    ]  # fmt: skip


def _keys(root: QWidget) -> set[str]:
    """Return every key that some command has, as it is written, and its parts."""
    sequences = [sequence for action in root.window().findChildren(QAction) for sequence in action.shortcuts()]
    sequences += [shortcut.key() for shortcut in root.window().findChildren(QShortcut)]
    written = {one.toString(QKeySequence.SequenceFormat.NativeText) for one in sequences}
    parts = {part for text in written for part in re.split(r"[+, ]+", text)}
    return {text for text in written | parts | {"Enter", "Esc", "Tab", "Ctrl", "Alt", "Shift"} if len(text) > 1}


def _path(widget: QWidget, root: QWidget) -> str:
    names = [type(widget).__name__]
    while widget is not root and (widget := widget.parentWidget()) is not None:
        if type(widget).__module__.startswith("kamcoder"):
            names.append(type(widget).__name__)
    return " < ".join(names[:4])
