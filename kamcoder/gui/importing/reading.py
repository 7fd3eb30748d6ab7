"""Files are read beside the window, one after another, and written in small steps of the window's own thread.

They are read in a process of its own: many readers hold Python's lock for longer than a window may stand still.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kamcoder.domain.errors import Cancelled, ImportRefused, KamCoderError
from kamcoder.domain.transcript import GuideQuestion, TurnOptions
from kamcoder.gui.stepping import Stepper
from kamcoder.gui.tasks import Task, TaskRunner
from kamcoder.services.helper import Helper, HelperDiedError
from kamcoder.services.importing import ImportFailure, ImportItem, expanded, read_item

if TYPE_CHECKING:
    from kamcoder.domain.document import Document

Told = Callable[[int, int, str], None]
# What takes longer to read again than a keystroke may wait: about 25 ms.
_AT_ONCE = 100_000
_SLICE = 0.01  # seconds of telling what was read before the window breathes


def read_files(
    helper: Helper,
    paths: Sequence[Path],
    known: Collection[Path],
    guide: Sequence[GuideQuestion],
    results: SimpleQueue[list[Path] | ImportItem | ImportFailure],
    *,
    progress: Told,
) -> None:
    """Put first the files meant by `paths` that are not `known`, then what each of them holds or why it is refused."""
    files = [path for path in expanded(paths) if path not in known]
    results.put(files)
    for done, path in enumerate(files):
        waiting = partial(progress, done, len(files), path.name)
        waiting()
        try:
            results.put(helper.call(read_item, path, guide, waiting=waiting))
        except Cancelled:
            raise
        except KamCoderError as error:
            results.put(ImportFailure(path, error))
        except HelperDiedError:
            reason = QCoreApplication.translate("importing", "the file made its reader break down")
            results.put(ImportFailure(path, ImportRefused("import_unreadable", name=path.name, reason=reason)))
    progress(len(files), len(files), "")


def read_again(helper: Helper, item: ImportItem, options: TurnOptions, *, progress: Told) -> ImportItem:
    """Read the turns of a file under other options."""
    waiting = partial(progress, 0, 1, item.path.name)
    try:
        again: ImportItem = helper.call(ImportItem.reread, item, options, waiting=waiting)
    except HelperDiedError:
        return item.reread(options)
    return again


def warm_up(helper: Helper, *, progress: Told) -> None:
    """Start the process, so that the first file need not wait for it."""
    helper.call(expanded, (), waiting=partial(progress, 0, 1, ""))


class FileReader(QObject):
    """Reads files beside the window. What it says comes in the window's thread and in the order of the files."""

    found = Signal(list)
    item_read = Signal(object)
    file_failed = Signal(object)
    item_read_again = Signal(object)
    ended = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._results: SimpleQueue[list[Path] | ImportItem | ImportFailure] = SimpleQueue()
        self._running: list[Task] = []
        self._over = 0  # how many of those have ended, with results that may still be told
        # What is told of stands in the queue already: much of it at once would hold the window up.
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.timeout.connect(self._drain)
        self._helper = Helper()
        tasks.start("", partial(warm_up, self._helper), quiet=True)

    @property
    def busy(self) -> bool:
        """Tell whether files are being read."""
        return bool(self._running)

    def read(self, paths: Sequence[Path], guide: Sequence[GuideQuestion], *, known: Collection[Path] = ()) -> None:
        """Begin to read files, and the files in folders, that are not known, after those under way."""
        work = partial(read_files, self._helper, list(paths), frozenset(known), guide, self._results)
        task = self._tasks.start(self.tr("Reading documents"), work, quiet=True)
        self._running.append(task)
        task.progressed.connect(lambda: self._telling.start(0))
        task.finished.connect(self._on_finished)

    def read_again(self, item: ImportItem, options: TurnOptions) -> bool:
        """Read a file under other options: a short one at once, a long one beside the window. Tell whether at once."""
        if len(item.transcript.text) <= _AT_ONCE:
            self.item_read_again.emit(item.reread(options))
            return True
        work = partial(read_again, self._helper, item, options)
        self._tasks.start(self.tr("Reading again"), work, done=self._on_read_again, quiet=True)
        return False

    def cancel(self) -> None:
        """Stop after the file that is being read."""
        for task in self._running:
            task.cancel()

    def close(self) -> None:
        """Stop at once and for good."""
        self.cancel()
        self._telling.stop()
        self._helper.close()

    def _drain(self) -> None:
        """Tell what was read; if it was much, the rest when the window has breathed."""
        until = perf_counter() + _SLICE
        while True:
            try:
                result = self._results.get_nowait()
            except Empty:
                self._end()
                return
            if isinstance(result, list):
                self.found.emit(result)
            elif isinstance(result, ImportFailure):
                self.file_failed.emit(result)
            else:
                self.item_read.emit(result)
            if perf_counter() > until:
                self._telling.start(0)
                return

    def _end(self) -> None:
        """Count what has ended and is told."""
        ended, self._over = self._over, 0
        del self._running[:ended]
        if ended and not self._running:
            self.ended.emit()

    def _on_read_again(self, item: ImportItem) -> None:
        self.item_read_again.emit(item)

    def _on_finished(self) -> None:
        self._over += 1
        self._telling.start(0)


class Writer(QObject):
    """Writes documents one by one, letting the window breathe in between. All are kept at the end, or none."""

    progressed = Signal(int, str)
    succeeded = Signal(list)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._written: list[Document] = []
        self._stepper = Stepper(self, seconds=0)  # a document is as much as the window waits for
        self._stepper.progressed.connect(self._on_progressed)
        self._stepper.succeeded.connect(lambda: self.succeeded.emit(self._written))
        self._stepper.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Tell whether documents are being written."""
        return self._stepper.busy

    def start(self, steps: Generator[Document | None, None, None]) -> None:
        """Begin to write; `steps` come from `ImportService.write`."""
        self._written = []
        self._stepper.start(steps)

    def cancel(self) -> None:
        """Take everything back that was written."""
        self._stepper.cancel()

    def _on_progressed(self, document: Document | None) -> None:
        if document is not None:
            self._written.append(document)
            self.progressed.emit(len(self._written), document.name)
