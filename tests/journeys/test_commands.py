"""Every command is reached by its keys, by its menu, and by the tool bar where it stands there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from kamcoder.domain.document import TextSpan
from kamcoder.gui.action_spec import Scope
from kamcoder.gui.main_window import MainWindow


def listening(window: MainWindow) -> list[str]:
    """Let every command only say that it was asked for; return where it says so."""
    asked: list[str] = []
    for spec, action in window.commands:
        action.triggered.disconnect()
        action.triggered.connect(lambda *_, key=spec.key: asked.append(key))
        action.setEnabled(True)
    window.commands.enable = lambda _present: None  # type: ignore[method-assign]
    return asked


def where(window: MainWindow, scope: Scope) -> QWidget | None:
    place = window.place
    return {
        Scope.WINDOW: place.reader.view,
        Scope.READER: place.reader.view,
        Scope.CODEBOOK: place.codebook.tree,
        Scope.DOCUMENTS: place.documents.tree,
    }.get(scope)


def test_every_key_reaches_its_command_and_no_other(studied: MainWindow) -> None:
    studied.place.reader.view.select(TextSpan(0, 20))
    asked = listening(studied)
    wrong = []
    for spec, _ in studied.commands:
        widget = where(studied, spec.scope)
        if widget is None:
            continue
        for key in spec.keys:
            widget.setFocus()
            asked.clear()
            pressed = QKeySequence(key)[0]
            QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())
            if asked != [spec.key]:
                wrong.append((key, spec.key, list(asked)))
    assert wrong == []


def test_every_command_stands_in_one_menu(studied: MainWindow) -> None:
    asked = listening(studied)
    menus = [action.menu() for action in studied.menuBar().actions()]
    entries = [
        entry for menu in menus if isinstance(menu, QMenu) for entry in menu.actions() if not entry.isSeparator()
    ]
    for entry in entries:
        entry.trigger()
    assert sorted(asked) == sorted(spec.key for spec, _ in studied.commands)


def test_the_tool_bar_does_what_it_says(studied: MainWindow) -> None:
    asked = listening(studied)
    bar = studied.findChild(QToolBar)
    assert bar is not None
    buttons = [button for button in bar.findChildren(QToolButton) if button.defaultAction() and button.isVisible()]
    for button in buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [button.defaultAction().objectName() for button in buttons]
    assert {"edit.undo", "code.apply", "place.cases"} <= set(asked)
