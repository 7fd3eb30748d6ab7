"""Start of the program: a verb goes to the command line, a file or nothing opens the window."""

import os
import sys


def main() -> int:
    """Run KamCoder with the arguments of the process and return the exit status."""
    arguments = sys.argv[1:]
    if _wants_window(arguments):
        return _open_window(arguments)
    from kamcoder.cli import run

    return run(arguments, open_window=_open_window)


def _open_window(arguments: list[str]) -> int:
    # Imported here: a verb of the command line must not load Qt.
    import gc
    import multiprocessing

    # The start, and loading a large document, make tens of thousands of objects that stay; looking through all of
    # them again and again meanwhile would take half of the time.
    gc.set_threshold(20_000, 20, 50)
    from kamcoder.gui.application import run

    multiprocessing.freeze_support()
    return run(arguments)


def _wants_window(arguments: list[str]) -> bool:
    if not arguments:
        return _has_display()
    return len(arguments) == 1 and arguments[0].endswith(".kamcoder")


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
