"""A long transcript: the first screen does not wait for the rest, and the rest does not get in the way."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session
from tests.gui.driving import codings, trigger

CODINGS = 4500


@pytest.fixture
def long(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """The window with a transcript of 300 KB and 4,500 codings just opened, nothing done in idle time yet."""
    chance = random.Random(1)
    words = ["contract", "price", "😀", "board", "customer", "trust", "every", "year"]
    lines = [f"{'IK'[n % 2]}: {' '.join(chance.choices(words, k=40))}." for n in range(1000)]
    (tmp_path / "A-KAM.txt").write_text("\n".join(lines), encoding="utf-8")
    (document,) = session.imports.commit(session.imports.preview([tmp_path / "A-KAM.txt"]))
    session.coders.activate(session.coders.add("Ann"))
    codes = [session.codebook.add(f"Code {number}").id for number in range(9)]
    length = len(session.documents.text(document.id))
    planned = {
        (start, start + chance.randrange(3, 300)): chance.choice(codes)
        for start in (chance.randrange(length - 400) for _ in range(CODINGS))
    }
    session.codings.apply_many(
        [PlannedCoding(document.id, TextSpan(*span), code) for span, code in planned.items()],
        coder_id=session.coder.id if session.coder else "",
        origin=Origin.IMPORT,
        operation=Operation.IMPORT_CODINGS,
    )
    window.desk.projects.adopt(session)
    assert not window.place.reader.view.marks.complete
    return window


def settle(qtbot: QtBot, window: MainWindow) -> None:
    reader = window.place.reader
    qtbot.waitUntil(lambda: reader.view.marks.complete and reader.overview.drawn and reader.view.laying.done)


def test_the_rest_comes_in_idle_moments(qtbot: QtBot, long: MainWindow) -> None:
    reader = long.place.reader
    lanes = reader.view.columns.lanes
    settle(qtbot, long)
    assert {mark.id for mark in reader.view.marks} == {coding.id for coding in codings(long)}
    assert reader.view.columns.lanes == lanes  # the text was not wrapped anew
    reach = reader.view.document().documentLayout().documentSize().height() - reader.view.viewport().height()
    qtbot.waitUntil(lambda: abs(reader.view.verticalScrollBar().maximum() - reach) <= 2)


def test_qt_takes_no_long_steps_of_its_own(qtbot: QtBot, long: MainWindow) -> None:
    reader = long.place.reader
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    layout = reader.view.document().documentLayout()
    # By their interval the steps of Qt are known; another Qt that has no such timer needs another way.
    assert 10 in [timer.interval for timer in dispatcher.registeredTimers(layout)]
    settle(qtbot, long)
    assert 10 not in [timer.interval for timer in dispatcher.registeredTimers(layout)]


def test_coding_does_not_wait_for_the_rest(qtbot: QtBot, long: MainWindow) -> None:
    reader = long.place.reader
    before = len(codings(long))
    start = reader.view.page.text.index("contract")
    reader.view.select(TextSpan(start, start + 60))
    long.place.acts.apply(long.place.codebook.model.codebook.find("Code 1").id)
    assert not reader.view.marks.complete
    assert reader.chosen is not None
    settle(qtbot, long)
    assert len(reader.view.marks) == before + 1
    trigger(long, "edit.undo")
    assert len(reader.view.marks) == before


def test_a_jump_to_the_end_finds_its_codings(qtbot: QtBot, long: MainWindow) -> None:
    reader = long.place.reader
    last = max(codings(long), key=lambda coding: (coding.span.start, -coding.span.end))
    reader.go_to(last.id)
    assert reader.chosen is not None
    assert reader.chosen.coding.span == last.span
    reader.margin.grab()
    assert last.id in {stripe.mark.id for stripe in reader.margin.stripes}


def test_hidden_codes_are_counted_once_all_are_there(qtbot: QtBot, long: MainWindow) -> None:
    reader, model = long.place.reader, long.place.codebook.model
    code = model.codebook.find("Code 1").id
    model.solo([code])
    settle(qtbot, long)
    shown = sum(coding.code_id == code for coding in codings(long))
    assert len(reader.view.marks) == shown
    assert str(len(codings(long)) - shown) in reader.facts
    model.show_all()
    settle(qtbot, long)
    assert len(reader.view.marks) == len(codings(long))


def test_nothing_moves_in_the_margin_when_codes_come_and_go(qtbot: QtBot, long: MainWindow) -> None:
    reader, model, acts = long.place.reader, long.place.codebook.model, long.place.acts
    settle(qtbot, long)
    marks = reader.view.marks
    code, other = model.codebook.find("Code 1").id, model.codebook.find("Code 2").id
    lanes = {mark.id: mark.lane for mark in marks}
    first, second = marks.with_code(code)[:2]
    reader.choose(first.id)
    model.tick([code])
    assert reader.chosen is None
    assert {mark.id for mark in marks} == {coding.id for coding in codings(long) if coding.code_id != code}
    assert marks.get(first.id) is None
    reader.view.select(first.coding.span)
    acts.apply(other)
    reader.view.select(TextSpan(first.coding.span.start, first.coding.span.start + 2))
    acts.apply(code)  # hidden from the beginning, and gone again
    trigger(long, "edit.undo")
    assert len(marks) + marks.hidden == len(lanes) + 1
    assert long.session is not None
    long.session.codings.remove([second.id])
    model.show_all()
    added = next(mark for mark in marks.at(first.start) if mark.id not in lanes)
    assert added.lane != lanes[first.id]
    assert {mark.id: mark.lane for mark in marks if mark is not added} == {
        id_: lane for id_, lane in lanes.items() if id_ != second.id
    }


def test_a_change_of_width_is_laid_out_from_the_beginning(qtbot: QtBot, long: MainWindow) -> None:
    settle(qtbot, long)
    view = long.place.reader.view
    before = view.verticalScrollBar().maximum()
    trigger(long, "view.larger")
    settle(qtbot, long)
    assert view.verticalScrollBar().maximum() > before * 1.1
    assert view.top_position() == 0


def test_a_coding_that_comes_or_goes_is_painted_where_it_is_and_nowhere_else(
    qtbot: QtBot, long: MainWindow, qapp: QApplication
) -> None:
    reader, acts = long.place.reader, long.place.acts
    view, margin = reader.view, reader.margin
    settle(qtbot, long)
    start = view.page.text.index("price", len(view.page.text) // 2)
    view.scroll_to(start, above=300)
    view.select(TextSpan(start, start + 250))
    qapp.processEvents()
    painted = Painted([view.viewport(), margin])
    model = long.place.codebook.model.codebook
    for act in (
        lambda: acts.apply(model.find("Code 1").id),
        lambda: acts.changes.recode(view.chosen_id, model.find("Code 2").id),
        lambda: trigger(long, "edit.undo"),
        acts.changes.uncode_here,
        lambda: trigger(long, "edit.undo"),
    ):
        painted.areas.clear()
        act()
        qapp.processEvents()
        line = view.line_rect(view.page.offsets.to_qt(start))
        assert len(painted.areas) == 2
        for widget, area in painted.areas.items():
            assert area.boundingRect().top() <= line.top() + 4
            assert area.boundingRect().bottom() >= line.bottom()
            assert sum(rect.width() * rect.height() for rect in area) < widget.width() * widget.height() / 2
        tints = {block.blockNumber(): view.ground.tints.of(block, view.marks) for block, _ in view.blocks(0, 600)}
        stripes = list(margin.stripes)
        painted.areas.clear()
        view.moved.emit()  # all is laid out anew, as if the text had been scrolled
        view.ground.clear()
        margin.grab()
        assert stripes == margin.stripes
        for block, _ in view.blocks(0, 600):
            assert tints[block.blockNumber()] == view.ground.tints.of(block, view.marks)
        qtbot.waitUntil(lambda: margin in painted.areas)
        qapp.processEvents()


class Painted(QObject):
    """Notes what is painted of some widgets."""

    def __init__(self, widgets: list[QWidget]) -> None:
        super().__init__(widgets[0])
        self.areas: dict[QWidget, QRegion] = {}
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            self.areas[watched] = self.areas.get(watched, QRegion()).united(event.region())
        return False
