"""Long acts on the open project in small steps of the window's own thread, so that it can breathe in between.

What only reads runs beside the window (`tasks`); what writes must not leave its thread.
"""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kamcoder.domain.errors import KamCoderError

# Seconds of work between two looks at what else the window has to do.
_SLICE = 0.012


class Stepper(QObject):
    """Runs the steps of one act. It is kept when the last step is done, and taken back if it is cancelled before.

    `seconds` is how long steps are run on before the window breathes; with 0 it does after every step.
    """

    progressed = Signal(object)
    succeeded = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, *, seconds: float = _SLICE) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._steps: Generator[Any, None, None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run)

    @property
    def busy(self) -> bool:
        """Tell whether an act is under way."""
        return self._steps is not None

    def start(self, steps: Generator[Any, None, None]) -> None:
        """Begin an act; closing the generator must take it back."""
        self._steps = steps
        self._timer.start()

    def cancel(self) -> None:
        """Take back what was done."""
        self._timer.stop()
        steps, self._steps = self._steps, None
        if steps is not None:
            steps.close()

    def _run(self) -> None:
        steps, until, told = self._steps, perf_counter() + self._seconds, None
        if steps is None:
            return
        try:
            told = next(steps)
            while perf_counter() < until:
                told = next(steps)
        except StopIteration:
            # The last step is the one that commits; what follows from it waits for the window to breathe once more.
            self._end()
            QTimer.singleShot(0, self, self.succeeded.emit)
        except KamCoderError as error:
            self._end()
            self.failed.emit(error)
        else:
            self.progressed.emit(told)

    def _end(self) -> None:
        self._timer.stop()
        self._steps = None
