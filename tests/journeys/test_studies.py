"""Studies of all sizes, and two people in one of them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.workspace import PLACES
from kamcoder.services.session import Session
from tests.gui.driving import codings, trigger
from tests.journeys.conftest import Hands, Open


@pytest.fixture
def sixty(start: Open, project: Path, tmp_path: Path) -> MainWindow:
    """The window on sixty interviews of twenty firms."""
    paths = []
    for number in range(60):
        path = tmp_path / f"F{number // 3:02}-KAM{number % 3}.txt"
        path.write_text(f"Interviewer: Who goes there?\nKAM: Director {number} does. 😀\n", encoding="utf-8")
        paths.append(path)
    with Session.create(project) as session:
        session.imports.commit(session.imports.preview(paths))
        session.codebook.add("Who")
        session.coders.add("Ann")
    return start(project)


def test_an_empty_project_says_in_every_place_what_to_do_next(start: Open, project: Path, hands: Hands) -> None:
    with Session.create(project):
        pass
    window = start(project)
    assert window.place.empty.isVisible()
    assert hands.focus() is window.place.empty.buttons[0]
    for key in PLACES:
        window.workspace.go(key)
        page = window.workspace.currentWidget()
        assert isinstance(page, QWidget)
        assert page.isVisible()
    window.workspace.go("place.code")
    for spec, action in window.commands:
        if action.isEnabled() and spec.menu in ("code", "passage", "edit", "codebook", "documents") and not spec.icon:
            assert "…" in action.text() or spec.key not in ("code.apply", "code.uncode")
    for key in ("code.apply", "code.uncode", "passage.sentence", "code.next", "document.next", "edit.undo"):
        if key in {spec.key for spec, _ in window.commands}:
            window.commands[key].trigger()
    assert not window.notice.isVisible()
    assert window.place.empty.isVisible()


def test_sixty_documents_are_walked_filtered_and_searched(qtbot: QtBot, sixty: MainWindow, hands: Hands) -> None:
    place = sixty.place
    assert len(place.documents.model.documents()) == 60
    read = []
    for _ in range(60):
        assert place.reader.document is not None
        read.append(place.reader.document.name)
        hands.press("Ctrl+PgDown")
    assert len(set(read)) == 60
    hands.press("Ctrl+P")
    hands.write("f07-kam2")
    hands.press("Return")
    assert place.reader.document.name == "F07-KAM2"
    place.documents.tree.setFocus()
    hands.press("/")
    hands.write("f11")
    assert place.documents.model.filtered
    hands.press("Down", "Down", "Return")
    assert place.reader.document.name.startswith("F11")
    assert place.reader.view.hasFocus()
    sixty.workspace.below.ask_find("director 42")
    finding = sixty.workspace.below.finding
    assert finding is not None
    qtbot.waitUntil(lambda: not finding.searching and finding.model.first_hit().isValid())
    finding.results.setCurrentIndex(finding.model.first_hit())
    finding.results.setFocus()
    hands.press("Return")
    assert place.reader.document.name == "F14-KAM0"
    assert place.reader.quote().casefold().startswith("director")


def code_as(window: MainWindow, name: str) -> None:
    window.desk.coders.choose(next(one for one in window.desk.coders.people() if one.name == name))


def test_two_coders_do_not_see_each_other_until_they_ask(studied: MainWindow, hands: Hands) -> None:
    session, reader = studied.session, studied.place.reader
    assert session is not None
    first, second = (coder.name for coder in studied.desk.coders.people()[:2])
    own = {coding.id for coding in codings(studied) if session.coder and coding.coder_id == session.coder.id}
    assert {mark.id for mark in reader.view.marks} == own
    assert len(own) < len(codings(studied))
    code_as(studied, second)
    assert own.isdisjoint(mark.id for mark in reader.view.marks)
    reader.view.select(TextSpan(0, 5))
    studied.place.acts.apply(next(code.id for code in session.codebook.all().codes if code.codable))
    made = reader.view.chosen_id
    code_as(studied, first)
    assert made not in {mark.id for mark in reader.view.marks}
    trigger(studied, "view.everyone")
    assert made in {mark.id for mark in reader.view.marks}
    reader.go_to(made)
    hands.press("U")  # another's coding stays
    assert made in {coding.id for coding in codings(studied)}
    code_as(studied, second)
    assert {mark.own for mark in reader.view.marks} == {True}


def test_the_sample_study_is_read_coded_and_taken_back_by_mouse(
    qtbot: QtBot, studied: MainWindow, hands: Hands
) -> None:
    session, place = studied.session, studied.place
    assert session is not None
    before = session.passages.select()
    view = place.reader.view
    paragraph = place.reader.gutter
    QTest.mouseClick(paragraph, Qt.MouseButton.LeftButton, pos=paragraph.rect().center())
    if place.reader.span is None:
        view.select(TextSpan(0, 30))
    code = next(code for code in session.codebook.all().codes if code.codable)
    place.codebook.point(code.id)
    index = place.codebook.model.find(code.id)
    box = place.codebook.tree.visualRect(index)
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(place.codebook.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert len(session.passages.select()) == len(before) + 1
    place.reader.margin.grab()
    stripe = next(stripe for stripe in place.reader.margin.stripes if stripe.mark.id == view.chosen_id)
    qtbot.mouseClick(place.reader.margin, Qt.MouseButton.LeftButton, pos=stripe.bracket.center().toPoint())
    assert place.reader.chosen is not None
    undo = studied.findChild(QWidget, "tools")
    assert undo is not None
    trigger(studied, "edit.undo")
    assert [item.coding.id for item in session.passages.select()] == [item.coding.id for item in before]
