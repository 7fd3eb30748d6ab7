"""A process beside the window that computes: it cannot make the window stutter, and takes nothing down if it dies.

Knows no Qt, so that the process need not load it.
"""

import contextlib
import logging
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from kamcoder.domain.errors import Cancelled, KamCoderError

_LOG = logging.getLogger(__name__)
_BEAT = 0.05  # seconds between two looks whether the work was cancelled
_PATIENCE = 2.0


class HelperDiedError(RuntimeError):
    """The process ended in the middle of its work, as a fault in a native library makes it."""


class HelperFaultError(RuntimeError):
    """The function had a fault in the process; the frames are in the log."""


class Helper:
    """One process, started when first needed. Everything but `close` is called from one and the same thread.

    With a `host`, a module's class or function, the process makes one value of it and hands it to every function first:
    so it stays warm. A new process makes a new one.
    """

    def __init__(self, host: Callable[[], object] | None = None) -> None:
        self._host = host
        self._here: object | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        waiting: Callable[[], object] = int,
        told: Callable[[Any], object] = bool,
    ) -> Any:
        """Return what a module's function makes of (the host and) values; a KamCoderError of it is raised here.

        `waiting` is called now and then; if it raises Cancelled, the process is ended. `told` gets what a host with a
        `tell` says on the way. Raises HelperDiedError. Where no process can be had, the function is called here.
        """
        pipe = self._open()
        if pipe is None:
            return function(*self._hosted(told), *args)
        try:
            pipe.send((function, args))
            outcome: str = "told"
            value: Any = None
            while outcome == "told":
                while not pipe.poll(_BEAT):
                    waiting()
                outcome, value = pipe.recv()
                if outcome == "told":
                    told(value)
        except (EOFError, OSError) as error:
            self._end()
            if self._closed:
                raise Cancelled from None
            raise HelperDiedError from error
        except BaseException:
            self._end()
            raise
        if outcome == "refused":
            kind, key, values = value
            raise kind(key, **values)
        if outcome == "fault":
            _LOG.error("fault in the helper process:\n%s", value)
            raise HelperFaultError
        return value

    def close(self) -> None:
        """End the process, whatever it does. May be called from any thread."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    @property
    def pid(self) -> int | None:
        """Return the number of the process, None while there is none."""
        return self._process.pid if self._process is not None else None

    def _hosted(self, told: Callable[[Any], object]) -> tuple[object, ...]:
        if self._host is None:
            return ()
        if self._here is None:
            self._here = self._host()
        _give_way(self._here, told)
        return (self._here,)

    def _open(self) -> Connection | None:
        if self._closed:
            raise Cancelled
        if self._pipe is None:
            # Never fork: the window's threads would not survive it.
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, self._host), daemon=True, name="kamcoder-helper")
            try:
                process.start()
            except OSError as error:
                _LOG.warning("no helper process: %s", error)
                ours.close()
                return None
            finally:
                theirs.close()
            self._process, self._pipe = process, ours
        return self._pipe

    def _end(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(_PATIENCE)


def _serve(pipe: Connection, host: Callable[[], object] | None) -> None:
    """Answer calls until the other end is closed, which also happens when the window's process dies."""
    hosted = () if host is None else (host(),)
    for value in hosted:
        _give_way(value, lambda said: pipe.send(("told", said)))
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            function, args = pipe.recv()
            pipe.send(_outcome(function, (*hosted, *args)))


def _give_way(host: Any, told: Callable[[Any], object]) -> None:
    if hasattr(host, "tell"):
        host.tell = told


def _outcome(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", function(*args)
    except KamCoderError as error:
        return "refused", (type(error), error.key, dict(error.values))
    except Exception as error:  # noqa: BLE001 - told to the process that asked, which raises it
        frames = "".join(traceback.format_tb(error.__traceback__))
        return "fault", f"{frames}{type(error).__qualname__}"
