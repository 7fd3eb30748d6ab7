"""Opening the guide on the page about what is being worked with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.actions import ACTIONS
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import Theme

if TYPE_CHECKING:
    from kamcoder.gui.help.window import HelpWindow

PROPERTY = "help"  # a widget may name its page itself: widget.setProperty("help", "searching")
_EQUIPPED = "help_key"


class Help(QObject):
    """Keeps the one window of the guide. In every dialog that opens, F1 asks for the page about it."""

    def __init__(
        self, theme: Theme, preferences: Preferences, parent: QObject, *, specs: Sequence[ActionSpec] = ACTIONS
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._specs = specs
        self._window: HelpWindow | None = None
        application = QCoreApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def window(self) -> HelpWindow:
        """Return the window of the guide, made when first asked for."""
        if self._window is None:
            from kamcoder.gui.help.window import HelpWindow

            self._window = HelpWindow(self._theme, self._preferences, specs=self._specs)
        return self._window

    def show_page(self, key: str = "") -> None:
        """Show a page (`page` or `page#section`), or the guide as it was left."""
        window = self.window
        if key:
            window.show_page(key)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.activateWindow()

    def show_for(self, widget: QWidget | None) -> None:
        """Show the page about a widget: the nearest of those around it that has one."""
        self.show_page(self.page_of(widget))

    def page_of(self, widget: QWidget | None) -> str:
        """Return the page about a widget; the first page if nothing around it has one."""
        guide = self.window.guide
        while widget is not None:
            named = widget.property(PROPERTY)
            if isinstance(named, str) and named:
                return named
            for kind in type(widget).__mro__:
                if kind.__name__ in guide.rooms:
                    return guide.rooms[kind.__name__]
            widget = widget.parentWidget()
        return guide.pages[0].key

    def close(self) -> None:
        """Close the window of the guide for good: one that is only hidden would keep the focus for itself."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property(_EQUIPPED):
            dialog.setProperty(_EQUIPPED, True)
            key = QShortcut(QKeySequence(Qt.Key.Key_F1), dialog)
            key.activated.connect(lambda: self.show_for(dialog.focusWidget() or dialog))
