"""Finding in the document that is read, and the overview of the whole of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.gui.driving import CLICK, codings, point_of, trigger, type_code
from tests.gui.test_coding_keys import CONTROL, SHIFT, press


@pytest.fixture
def long_read(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """The window on a transcript of some screens, one paragraph of five thousand characters, and one code."""
    said = "The board 👩‍👩‍👧 decides which accounts are key. "
    lines = [f"{'Interviewer' if n % 2 else 'KAM'}: Number {n}. {said * (1 + n % 4)}" for n in range(60)]
    lines.insert(30, f"KAM: {said * 115}")
    path = tmp_path / "long.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    session.imports.commit(session.imports.preview([path]))
    session.codebook.add("Contact", colour="#145FF0")
    session.coders.activate(session.coders.add("Ann"))
    window.desk.projects.adopt(session)
    return window


def has(image: QImage, colour: QColor, rows: range) -> bool:
    return any(image.pixelColor(x, y).rgb() == colour.rgb() for x in range(image.width()) for y in rows)


def find(qtbot: QtBot, window: MainWindow, words: str) -> None:
    press(qtbot, window, Qt.Key.Key_F, CONTROL)
    window.place.reader.find_bar.field.setText(words)


# -- find ---------------------------------------------------------------------------------------------------------


def test_find_counts_goes_round_and_says_so(qtbot: QtBot, workspace: MainWindow) -> None:
    reader, bar = workspace.place.reader, workspace.place.reader.find_bar
    reader.view.place_caret(0)
    find(qtbot, workspace, "sales")
    assert bar.isVisible()
    assert bar.field.hasFocus()
    assert bar.count.text() == "1 of 2"
    assert reader.quote() == "sales"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_F3)
    assert bar.count.text() == "1 of 2, from the beginning again"
    qtbot.keyClick(bar.field, Qt.Key.Key_F3, SHIFT)
    assert bar.count.text() == "2 of 2, from the end again"
    qtbot.mouseClick(bar.previous, CLICK)
    assert bar.count.text() == "1 of 2"
    qtbot.mouseClick(bar.next, CLICK)
    assert bar.count.text() == "2 of 2"
    place = reader.view.span()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader.view.hasFocus()
    assert reader.view.span() == place
    trigger(workspace, "find.next")
    assert bar.isVisible()


def test_f3_in_the_text_goes_on_from_the_caret(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    find(qtbot, workspace, "the")
    reader.view.setFocus()
    reader.view.place_caret(reader.view.page.text.index("Because"))
    press(qtbot, workspace, Qt.Key.Key_F3)
    found = reader.view.span()
    assert found is not None
    assert found.start > reader.view.page.text.index("Because")
    press(qtbot, workspace, Qt.Key.Key_F3, SHIFT)
    before = reader.view.span()
    assert before is not None
    assert before.start < reader.view.page.text.index("Because")
    trigger(workspace, "find.previous")
    trigger(workspace, "find.document")
    assert reader.find_bar.field.hasFocus()


def test_case_and_whole_words_are_switches(qtbot: QtBot, workspace: MainWindow) -> None:
    bar = workspace.place.reader.find_bar
    workspace.place.reader.view.place_caret(0)
    find(qtbot, workspace, "I")
    many = len(workspace.place.reader.view.ground.hits)
    qtbot.mouseClick(bar.case, CLICK)
    assert 0 < len(workspace.place.reader.view.ground.hits) < many
    qtbot.mouseClick(bar.whole, CLICK)
    assert bar.count.text() == "1 of 2"
    bar.field.setText("nowhere at all")
    assert bar.count.text() == "Not in this document"
    bar.field.setText("")
    assert bar.count.text() == ""


def test_hits_behind_emoji_are_marked_and_can_be_coded(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    find(qtbot, workspace, "👩‍👩‍👧. I meet")
    assert reader.quote() == "👩‍👩‍👧. I meet"
    image = reader.view.viewport().grab().toImage()
    line = reader.view.line_rect(reader.view.textCursor().selectionStart())
    assert has(image, workspace.theme.look["text"], range(int(line.top()), int(line.bottom())))
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    type_code(qtbot, workspace, "soc")
    assert "👩‍👩‍👧. I meet" in [coding.quote for coding in codings(workspace)]


def test_what_is_selected_is_what_is_found(qtbot: QtBot, workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    start = view.page.text.index("customers")
    view.select(TextSpan(start, start + 9))
    press(qtbot, workspace, Qt.Key.Key_F)
    assert workspace.place.reader.find_bar.field.text() == "customers"
    assert workspace.place.reader.find_bar.count.text() == "1 of 1"


def test_another_document_is_searched_for_the_same_words(qtbot: QtBot, workspace: MainWindow) -> None:
    find(qtbot, workspace, "sales")
    workspace.place.step_document(1)
    bar = workspace.place.reader.find_bar
    assert bar.isVisible()
    assert bar.count.text() == "1 hits" or bar.count.text().startswith("1")
    assert len(workspace.place.reader.view.ground.hits) == 1


def test_letters_typed_into_the_line_are_no_commands(qtbot: QtBot, workspace: MainWindow) -> None:
    before = codings(workspace)
    press(qtbot, workspace, Qt.Key.Key_F, CONTROL)
    field = workspace.place.reader.find_bar.field
    field.clear()
    qtbot.keyClicks(field, "cunvrm")
    assert field.text() == "cunvrm"
    assert not workspace.place.acts.palette.isVisible()
    assert codings(workspace) == before


# -- overview -----------------------------------------------------------------------------------------------------


def test_the_overview_shows_codings_and_goes_where_it_is_clicked(qtbot: QtBot, long_read: MainWindow) -> None:
    reader, session = long_read.place.reader, long_read.session
    assert session is not None
    overview, view = reader.overview, reader.view
    length = len(view.page.text)
    code = session.codebook.all().find("Contact").id
    qtbot.waitUntil(lambda: overview.drawn)
    stroke, middle = view.inks[code].stroke, overview.height() // 2
    near = range(middle - 4, middle + 8)
    assert not has(overview.grab().toImage(), stroke, near)
    span = TextSpan(length // 2, length // 2 + length // 50)
    coding = session.codings.apply(reader.document_id or "", span, code)
    assert has(overview.grab().toImage(), stroke, near)
    qtbot.mouseClick(overview, CLICK, pos=QPoint(5, middle))
    top, bottom = view.seen()
    assert view.page.offsets.to_text(top) < length // 2 < view.page.offsets.to_text(bottom)
    qtbot.mousePress(overview, CLICK, pos=QPoint(5, middle))
    qtbot.mouseMove(overview, QPoint(5, 2))
    assert view.seen()[0] < top
    session.codings.remove([coding.id])
    assert not has(overview.grab().toImage(), stroke, near)


def test_the_overview_shows_hits_and_what_is_seen(qtbot: QtBot, long_read: MainWindow) -> None:
    reader = long_read.place.reader
    overview = reader.overview
    find(qtbot, long_read, "Number 59")
    last = range(overview.height() - 30, overview.height())
    assert has(overview.grab().toImage(), long_read.theme.look["warning"], last)
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert not has(overview.grab().toImage(), long_read.theme.look["warning"], last)
    assert has(overview.grab().toImage(), long_read.theme.look["control"], last)
    reader.view.scroll_to(0)
    assert not has(overview.grab().toImage(), long_read.theme.look["control"], last)
    assert QAccessible.queryAccessibleInterface(overview).text(QAccessible.Text.Name)


def test_a_paragraph_of_five_thousand_characters_is_coded_like_any_other(qtbot: QtBot, long_read: MainWindow) -> None:
    reader = long_read.place.reader
    view = reader.view
    text = view.page.text
    longest = max(text.split("\n"), key=len)
    assert len(longest) > 4900
    start = text.index(longest)
    view.place_caret(start + 2600)
    view.reveal(start + 2600)
    trigger(long_read, "select.paragraph")
    assert reader.quote() == longest.strip()
    type_code(qtbot, long_read, "con")
    (made,) = codings(long_read)
    assert made.quote == longest.strip()
    reader.go_to(made.id)
    view.viewport().grab()
    reader.margin.grab()
    trigger(long_read, "coding.end_earlier")
    assert codings(long_read)[0].quote.endswith("accounts are")
    view.place_caret(start + 4000)
    reader.choose(made.id)
    trigger(long_read, "coding.split")
    assert [one.span.of(text) for one in codings(long_read)] == [one.quote for one in codings(long_read)]
    assert len(codings(long_read)) == 2


def test_ends_of_right_to_left_passages_are_where_they_are_read(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "R.txt"
    path.write_text("KAM: אנחנו נפגשים פעם בשנה, ואז שוב בסתיו.\n", encoding="utf-8")
    document = session.imports.commit(session.imports.preview([path]))[0]
    code = session.codebook.add("Contact")
    session.coders.activate(session.coders.add("Ann"))
    text = session.documents.text(document.id)
    start = text.index("נפגשים")
    made = session.codings.apply(document.id, TextSpan(start, start + len("נפגשים פעם")), code.id)
    window.desk.projects.adopt(session)
    reader = window.place.reader
    reader.go_to(made.id)
    first, last = reader.view.ends.boxes().values()
    assert first.center().x() > last.center().x()
    there = point_of(reader.view, text.index(", ואז"))
    qtbot.mousePress(reader.view.viewport(), CLICK, pos=last.center().toPoint())
    qtbot.mouseMove(reader.view.viewport(), there)
    qtbot.mouseRelease(reader.view.viewport(), CLICK, pos=there)
    assert codings(window)[0].quote == "נפגשים פעם בשנה"
    trigger(window, "coding.start_earlier")
    assert codings(window)[0].quote == "אנחנו נפגשים פעם בשנה"


# -- whose, which, how wide ---------------------------------------------------------------------------------------


def test_codings_of_others_are_asked_for_by_name(workspace: MainWindow) -> None:
    session, reader = workspace.session, workspace.place.reader
    assert session is not None
    assert not reader.whose.isVisible()
    people = [session.coders.add(name) for name in ("Ben", "Cleo & Co")]
    code = session.codebook.all().find("social").id
    for number, coder in enumerate(people):
        session.codings.apply(reader.document_id or "", TextSpan(number * 5, 11), code, coder_id=coder.id)
    assert len(reader.view.marks) == 2
    assert reader.whose.isVisible()
    assert reader.whose.text().startswith("My codings")
    choices = {action.text(): action for action in reader.whose.choices.actions() if action.text()}
    assert list(choices) == ["Only mine", "Ben", "Cleo && Co", "Everyone’s"]
    choices["Ben"].trigger()
    assert sorted(mark.own for mark in reader.view.marks) == [False, True, True]
    assert reader.whose.text().startswith("Mine and Ben’s")
    assert not workspace.commands["view.everyone"].isChecked()
    next(a for a in reader.whose.choices.actions() if a.text() == "Cleo && Co").trigger()
    assert len(reader.view.marks) == 4
    assert workspace.commands["view.everyone"].isChecked()
    trigger(workspace, "view.everyone")
    assert len(reader.view.marks) == 2
    assert next(a for a in reader.whose.choices.actions() if a.text() == "Only mine").isChecked()


def test_ticks_of_the_codebook_decide_which_codings_are_shown(workspace: MainWindow) -> None:
    session, place = workspace.session, workspace.place
    assert session is not None
    strategic = session.codebook.all().find("strategic").id
    place.reader.go_to(place.reader.view.marks.with_code(strategic)[0].id)
    place.codebook.model.tick([strategic])
    assert [mark.code_id for mark in place.reader.view.marks] == [session.codebook.all().find("Antecedents").id]
    assert place.reader.chosen is None
    # What is coded with a hidden code is coded all the same, and counted.
    made = session.codings.apply(place.reader.document_id or "", TextSpan(0, 11), strategic)
    assert len(place.reader.view.marks) == 1
    session.codings.remove([made.id])
    place.codebook.model.tick([strategic])
    assert len(place.reader.view.marks) == 2


def test_the_width_of_lines_follows_the_preference(workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    workspace.resize(1900, 900)
    widths = []
    for characters in (56, 72, 96):
        workspace.appearance.take("width", characters)
        widths.append(view.columns.text)
    assert widths[0] < widths[1] < widths[2]
    workspace.appearance.take("zoom", 150)
    assert view.columns.text > widths[2]
