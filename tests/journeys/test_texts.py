"""Texts that are hard on positions: emoji, writing from right to left, a paragraph without end."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.gui.driving import codings, drag, trigger
from tests.journeys.conftest import Hands, Open

EMOJI = (
    "Interviewer: How was it? 🎉🎉\nCEO 👩‍👩‍👧: I felt 😀 great, Zoe\u0308 👍🏽 said the 🤝 deal was 𝔣air. End 🏁.\n"
)
HEBREW = "Interviewer: Why?\nKAM: אנחנו נפגשים פעם בשנה and then שוב בסתיו, 3 פעמים.\n"
LONG = f"Interviewer: Tell all.\nKAM: {'We met 😀 and talked about the contract. ' * 124}The very last words.\n"


def with_text(start: Open, project: Path, folder: Path, text: str) -> MainWindow:
    """Return the window on a project with one transcript, in which Ann codes."""
    path = folder / "A-KAM.txt"
    path.write_text(text, encoding="utf-8")
    with Session.create(project) as session:
        session.imports.commit(session.imports.preview([path]))
        session.codebook.add("Feeling")
        session.coders.add("Ann")
    return start(project)


def quotes(window: MainWindow) -> list[str]:
    return [coding.quote for coding in codings(window)]


def shown(window: MainWindow) -> list[str]:
    """Return what the reader marks, read back from its own positions."""
    view = window.place.reader.view
    raw = view.page.text.encode("utf-16-le")
    return [raw[2 * mark.start : 2 * mark.end].decode("utf-16-le") for mark in view.marks.ordered()]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (EMOJI, "great, Zoe\u0308"),
        (EMOJI, "😀 great, Zoe\u0308 👍🏽"),
        (EMOJI, "was 𝔣air"),
        (EMOJI, "End 🏁"),
        (HEBREW, "נפגשים פעם"),
        (HEBREW, "בשנה and then שוב"),
        (LONG, "The very last words."),
    ],
    ids=["behind emoji", "with emoji", "letter of two units", "emoji at the end", "Hebrew", "both ways", "long"],
)
def test_positions_are_right_to_the_character_through_undo_and_reopening(
    qtbot: QtBot, start: Open, hands: Hands, project: Path, tmp_path: Path, text: str, quote: str
) -> None:
    window = with_text(start, project, tmp_path, text)
    view = window.place.reader.view
    place = view.page.text.index(quote)
    view.reveal(place)
    drag(qtbot, view, place, place + len(quote))
    if window.place.reader.quote() != quote:  # a line that runs both ways is hard to hit: then by position
        window.place.acts.leave()
        view.place_caret(place)
        for _ in range(2 * len(quote)):
            if window.place.reader.quote() == quote:
                break
            QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    view.setFocus()
    hands.press("C")
    hands.write("feel")
    hands.press("Return")
    assert quotes(window) == [quote] == shown(window)
    trigger(window, "edit.undo")
    assert quotes(window) == [] == shown(window)
    trigger(window, "edit.redo")
    assert quotes(window) == [quote] == shown(window)
    window = start(project)
    assert quotes(window) == [quote] == shown(window)
    reader = window.place.reader
    reader.go_to(codings(window)[0].id)
    hands.press("Alt+Shift+Left")
    assert quotes(window) == shown(window) != [quote]
    trigger(window, "edit.undo")
    assert quotes(window) == [quote] == shown(window)


def test_a_long_paragraph_is_one_paragraph_however_it_is_shown(
    qtbot: QtBot, start: Open, hands: Hands, project: Path, tmp_path: Path
) -> None:
    window = with_text(start, project, tmp_path, LONG)
    reader = window.place.reader
    assert len(reader.view.page.text.split("\n")[1]) > 4900
    reader.view.place_caret(len(LONG) // 2)
    reader.setFocus()
    hands.press("P")
    assert reader.quote() == reader.view.page.text.split("\n")[1]
    assert "¶2" in reader.place()
    hands.press("C")
    hands.write("feel")
    hands.press("Return")
    assert quotes(window) == [reader.view.page.text.split("\n")[1]] == shown(window)
