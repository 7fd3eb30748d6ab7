import sys
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kamcoder.gui import crash
from kamcoder.gui.crash_dialog import CrashDialog
from kamcoder.gui.main_window import MainWindow


def a_fault() -> str:
    secret = " ".join(["words", "of", "an", "interview"])
    try:
        raise ValueError(secret)
    except ValueError as error:
        return crash.report(type(error), error, error.__traceback__)


def test_the_report_says_where_but_nothing_of_the_interviews() -> None:
    text = a_fault()
    assert "test_crash.py" in text
    assert "ValueError" in text
    assert "words of an interview" not in text


def test_the_report_is_kept_and_shown_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    text = a_fault()
    kept = crash.keep(text, tmp_path / "faults")
    assert kept is not None
    assert kept.read_text(encoding="utf-8") == text
    dialog = crash.show(text, kept, window)
    assert dialog is not None
    assert dialog.findChild(QPlainTextEdit).toPlainText() == text
    assert crash.show(text, kept, window) is None
    dialog.accept()


def test_a_folder_that_cannot_be_made_does_no_further_harm(tmp_path: Path) -> None:
    (tmp_path / "faults").write_text("in the way")
    assert crash.keep("text", tmp_path / "faults") is None


def test_the_hook_shows_the_window_of_crashes(
    qtbot: QtBot, window: MainWindow, monkeypatch: object, tmp_path: Path
) -> None:
    before = sys.excepthook
    try:
        crash.install(lambda: window, folder=tmp_path / "faults")
        try:
            raise LookupError
        except LookupError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = before
    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert len(list((tmp_path / "faults").iterdir())) == 1
    dialog.accept()
