"""A project looks at the next start as it was left: filters, orders, ticks, whose codings, and what was open below."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.builders import small_study
from tests.gui.conftest import opened_window, put_away
from tests.gui.driving import trigger

Reopen = Callable[[], MainWindow]
HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture
def project_with_two(project: Path, tmp_path: Path) -> Path:
    """The small study, in which Ben has coded too; Ann codes."""
    with Session.create(project) as session:
        study = small_study(session, tmp_path)
        document, code = study.documents.find("A-CEO"), study.codebook.all().find("social")
        ben = study.coders.add("Ben")
        study.codings.apply(document.id, TextSpan(0, 4), code.id, coder_id=ben.id)
    return project


@pytest.fixture
def reopened(qtbot: QtBot, qapp: QApplication, settings: Path, project_with_two: Path) -> Iterator[Reopen]:
    """Opens the project in a window of its own, after closing the window before."""
    windows: list[MainWindow] = []

    def again() -> MainWindow:
        if windows:
            put_away(windows.pop())
        windows.append(opened_window(qtbot, qapp, settings))
        assert windows[-1].open_project(project_with_two)
        return windows[-1]

    yield again
    put_away(windows.pop())


def code_as(window: MainWindow, name: str) -> None:
    window.desk.coders.choose(next(coder for coder in window.desk.coders.people() if coder.name == name))


def test_filters_orders_and_ticks_come_back(reopened: Reopen) -> None:
    window = reopened()
    code_as(window, "Ann")
    place = window.place
    trigger(window, "documents.sort_count")
    trigger(window, "codebook.sort_name")
    place.documents.search.field.setText("ceo")
    place.codebook.search.field.setText("soc")
    social = place.codebook.model.codebook.find("social").id
    place.codebook.model.tick([social])
    place = reopened().place
    assert place.documents.model.order.value == "count"
    assert place.codebook.model.order.value == "name"
    assert place.documents.search.field.text() == "ceo"
    assert place.documents.model.filtered
    assert place.codebook.search.field.text() == "soc"
    assert place.codebook.model.hidden == {social}
    assert social not in {mark.code_id for mark in place.reader.view.marks}


def test_commands_say_the_order_that_came_back(reopened: Reopen) -> None:
    trigger(reopened(), "documents.sort_count")
    window = reopened()
    assert window.commands["documents.sort_count"].isChecked()
    assert not window.commands["documents.sort_name"].isChecked()


def test_whose_codings_are_shown_comes_back(reopened: Reopen) -> None:
    window = reopened()
    code_as(window, "Ann")
    assert {mark.own for mark in window.place.reader.view.marks} == {True}
    trigger(window, "view.everyone")
    window = reopened()
    assert {mark.own for mark in window.place.reader.view.marks} == {True, False}
    assert window.commands["view.everyone"].isChecked()


def test_another_coder_starts_blind(reopened: Reopen) -> None:
    window = reopened()
    code_as(window, "Ann")
    trigger(window, "view.everyone")
    code_as(window, "Ben")
    assert not window.place.everyone
    assert {mark.own for mark in window.place.reader.view.marks} == {True}
    assert not window.commands["view.everyone"].isChecked()
    assert not reopened().place.everyone


def test_what_was_open_below_comes_back_with_its_height(qtbot: QtBot, reopened: Reopen) -> None:
    window = reopened()
    trigger(window, "memos.journal")
    window.workspace.split.setSizes([300, 320])
    height = window.workspace.split.sizes()[1]
    window = reopened()
    assert window.workspace.below.shown == "memos"
    qtbot.waitUntil(lambda: window.workspace.split.sizes()[1] == height)
    trigger(window, "lower.close")
    assert reopened().workspace.below.shown == ""


def test_the_tables_come_back_as_they_were_chosen(reopened: Reopen) -> None:
    window = reopened()
    trigger(window, "place.tables")
    tables = window.workspace.tables
    assert tables is not None
    wanted = replace(tables.numbers.definition(), level=2, hide_empty=True)
    tables.numbers.open_table(wanted)
    assert window.session is not None
    kept = window.session.saved_tables.save("Second level", wanted)
    tables.numbers.saved.open(kept.id)
    trigger(window, "tables.summaries")
    tables.summaries.columns.setCurrentIndex(tables.summaries.columns.findData("2:"))
    tables = reopened().workspace.tables
    assert tables is not None
    assert tables.views.currentWidget() is tables.summaries
    assert tables.summaries.columns.currentData() == "2:"
    assert "social" in [
        str(tables.summaries.model.headerData(at, HORIZONTAL)) for at in range(tables.summaries.model.columnCount())
    ]
    assert tables.numbers.definition() == wanted
    assert tables.numbers.saved.current == kept
    assert not tables.numbers.saved.changed


@pytest.mark.parametrize("text", ["{", "[]", '{"view": 3}', '{"view": "cellar", "table": "?", "coder": "nobody"}'])
def test_damaged_choices_of_tables_do_no_harm(reopened: Reopen, text: str) -> None:
    window = reopened()
    trigger(window, "place.tables")
    tables = window.workspace.tables
    assert tables is not None
    before = tables.numbers.definition()
    tables.recall(text)
    assert tables.numbers.definition() == before
    assert tables.views.currentWidget() is tables.numbers


def test_what_is_remembered_of_things_that_are_gone_does_no_harm(reopened: Reopen) -> None:
    window = reopened()
    remembered = window.preferences.of_project(window.session.path if window.session else Path())
    put_away_values = {
        "hidden": "nobody knows",
        "others": "neither this",
        "below": "cellar",
        "codes/order": "upside down",
        "documents/order": "",
        "document": "gone",
        "caret": "-5",
        "top": "99999999",
    }
    window.desk.projects.close()
    for key, value in put_away_values.items():
        remembered[key] = value
    assert window.open_project(window.preferences.recent()[0])
    place = window.place
    assert place.codebook.model.hidden == frozenset()
    assert place.others == frozenset()
    assert place.reader.document_id is not None
    assert window.workspace.below.shown == ""
