"""Working a comparison out: at once where it is quick, beside the window where it is not, never twice at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.tasks import TaskRunner
from kamcoder.services.agreement_comparison import Comparison
from kamcoder.services.agreement_shapes import Agreement
from kamcoder.services.jobs import Progress

# With fewer codings than this all figures are there in a few milliseconds, once NumPy is loaded; stretches to settle,
# which are many small things, with fewer still.
_QUICK, _QUICK_STRETCHES = 4000, 1000


@dataclass(frozen=True, slots=True)
class Worked:
    """A comparison with its figures, and those without the codings taken from suggestions where there are any."""

    comparison: Comparison
    agreement: Agreement
    without: Agreement | None


class Working(QObject):
    """Turns comparisons into figures. `worked` gives them; of several asked for meanwhile only the last is made."""

    worked = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._busy = False
        self._wanted: Comparison | None = None

    @property
    def busy(self) -> bool:
        """Tell whether figures are still being made."""
        return self._busy

    def ask(self, comparison: Comparison) -> None:
        """Make the figures of a comparison; those of draws at the end, so that the others need not wait for them."""
        self._wanted = comparison
        if not self._busy:
            self._begin(comparison)

    def forget(self) -> None:
        """Want nothing any more: what is under way is not told."""
        self._wanted = None

    def beside(self, title: str, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Do other work on a comparison beside the window."""

        def run(*, progress: Progress) -> Any:
            return work()

        self._tasks.start(title, run, done=done, failed=self.failed.emit, quiet=True)

    def _begin(self, comparison: Comparison) -> None:
        if quick(comparison) and not comparison.scope.resamples:
            self.worked.emit(_figures(comparison, resamples=0))
        else:
            self._start(comparison, resamples=0)

    def _start(self, comparison: Comparison, *, resamples: int) -> None:
        self._busy = True

        def work(*, progress: Progress) -> Worked:
            return _figures(comparison, resamples=resamples)

        title = self.tr("Comparing coders")
        self._tasks.start(title, work, done=self._on_done, failed=self._on_failed, quiet=True)

    def _on_done(self, worked: Worked) -> None:
        self._busy = False
        if self._wanted is None:
            return
        if worked.comparison is not self._wanted:
            self._begin(self._wanted)
            return
        wanted = worked.comparison.scope.resamples
        if wanted and worked.agreement.cluster is None:
            self._start(worked.comparison, resamples=wanted)
        self.worked.emit(worked)

    def _on_failed(self, error: KamCoderError) -> None:
        self._busy = False
        self.failed.emit(error)


def quick(comparison: Comparison) -> bool:
    """Tell whether a comparison is worked out before a person could notice."""
    return len(comparison.spans) < _QUICK and "numpy" in sys.modules


def at_once(codings: int) -> bool:
    """Tell whether the stretches that so many codings make are found before a person could notice."""
    return codings < _QUICK_STRETCHES and "numpy" in sys.modules


def _figures(comparison: Comparison, *, resamples: int) -> Worked:
    without = comparison.without_suggestions().agreement(resamples=0) if comparison.from_suggestions else None
    return Worked(comparison, comparison.agreement(resamples=resamples), without)
