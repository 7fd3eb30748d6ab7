"""Using the window as a person would: by mouse and keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Coding
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.reader.view import ReaderView

CLICK = Qt.MouseButton.LeftButton


def point_of(view: ReaderView, position: int) -> QPoint:
    """Return the point of the viewport left of the character at a code point position."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.page.offsets.to_qt(position))
    view.line_rect(cursor.position())  # lay it out
    return view.cursorRect(cursor).center()


def drag(qtbot: QtBot, view: ReaderView, start: int, end: int) -> None:
    """Select from one code point position to another by dragging the mouse."""
    viewport = view.viewport()
    first, last = point_of(view, start), point_of(view, end)
    qtbot.mousePress(viewport, CLICK, pos=first)
    qtbot.mouseMove(viewport, first + QPoint(4, 0))
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, CLICK, pos=last)


def select_quote(qtbot: QtBot, window: MainWindow, quote: str) -> None:
    """Select a quote that stands in the open document, with the mouse."""
    view = window.place.reader.view
    start = view.page.text.index(quote)
    view.reveal(start)
    drag(qtbot, view, start, start + len(quote))
    assert window.place.reader.quote() == quote


def type_code(qtbot: QtBot, window: MainWindow, letters: str) -> None:
    """Press C in the reader, type letters of a code, and press Enter."""
    reader, palette = window.place.reader, window.place.acts.palette
    reader.view.setFocus()
    qtbot.keyClick(reader.view, Qt.Key.Key_C)
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, letters)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def codings(window: MainWindow) -> list[Coding]:
    """Return what the project holds of the open document."""
    session, document_id = window.session, window.place.reader.document_id
    assert session is not None
    assert document_id is not None
    return session.codings.of_document(document_id)


def trigger(window: MainWindow, key: str) -> None:
    """Use a command from its menu."""
    action = window.commands[key]
    assert action.isEnabled(), key
    action.trigger()


def focused(window: MainWindow) -> object:
    """Return the widget that has the focus; a window that was closed may still claim it."""
    focus = QApplication.focusWidget()
    return focus if focus is not None and focus.isVisible() else window.focusWidget()
