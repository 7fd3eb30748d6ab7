"""What a long transcript leaves for idle moments, in slices short enough that no key or click waits for it.

Qt lays out a long text behind the screen too, but in steps that double until one takes a tenth of a second; here its
steps are held back and shorter ones taken, which pause while the person at the window does something.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QTimer, QTimerEvent, Signal
from PySide6.QtGui import QAbstractTextDocumentLayout, QTextDocument

_SLICE = 0.008  # seconds
_PAUSE_MS = 120
_TELL_MS = 100
_QT_STEP_MS = 10  # by this interval Qt's steps are told from its other timer, which tells of a new height


class Slices(QObject):
    """Calls a function again and again in idle moments until it says that nothing is left to do."""

    def __init__(self, work: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_idle)

    @property
    def active(self) -> bool:
        """Tell whether there is something left to do."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin, or go on, at the next idle moment."""
        if not self._timer.isActive():
            self._timer.start(0)

    def stop(self) -> None:
        """Leave it."""
        self._timer.stop()

    def pause(self) -> None:
        """Wait a little: something else is going on."""
        if self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    def _on_idle(self) -> None:
        until = perf_counter() + _SLICE
        more = self._work()
        while more and perf_counter() < until:
            more = self._work()
        if more:
            self._timer.start(0)


class LayingOut(QObject):
    """Lays a document out bit by bit in place of Qt. `grown` tells now and then that its height is another."""

    grown = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self.grown)
        self.slices = Slices(self._step, self)
        self._document: QTextDocument | None = None
        self._place = 0

    @property
    def done(self) -> bool:
        """Tell whether all is laid out, and told."""
        return not self.slices.active and not self._telling.isActive()

    def follow(self, document: QTextDocument) -> None:
        """Lay this document out from now on."""
        self._document = document
        document.documentLayout().installEventFilter(self)
        document.documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.begin()

    def begin(self) -> None:
        """Lay out from the beginning: the document is new, or its width or font is."""
        self._place = 0
        self.slices.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Qt's own steps back."""
        if isinstance(event, QTimerEvent) and isinstance(watched, QAbstractTextDocumentLayout):
            held = any(timer.timerId == event.timerId() and timer.interval == _QT_STEP_MS for timer in _timers(watched))
            if held:
                self.slices.start()
            return held
        return super().eventFilter(watched, event)

    def _on_size_changed(self) -> None:
        if not self._telling.isActive():
            self._telling.start()

    def _step(self) -> bool:
        document = self._document
        if document is None:
            return False
        block = document.findBlockByNumber(self._place)
        if not block.isValid():
            return False
        document.documentLayout().blockBoundingRect(block)  # lays out what lies before it and a little more
        self._place += 1
        return True


def _timers(thing: QObject) -> list[Any]:
    dispatcher = QAbstractEventDispatcher.instance()
    return dispatcher.registeredTimers(thing) if dispatcher is not None else []
