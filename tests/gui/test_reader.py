from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from pytestqt.qtbot import QtBot

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.document import TextSpan, Turn, TurnKind
from kamcoder.gui.colours import contrast
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.reader.columns import columns
from kamcoder.gui.reader.page import Page, clock, displayable
from kamcoder.services.session import Session
from tests.gui.driving import CLICK, codings, point_of, select_quote, trigger, type_code


def page_of(text: str) -> Page:
    turns = [Turn("t", "d", 0, TextSpan(0, len(text)), TurnKind.NOTE)] if text else []
    return Page.of(text, turns, [])


def has(image: QImage, colour: QColor, *, left: int = 0, right: int | None = None) -> bool:
    return any(
        image.pixelColor(x, y).rgb() == colour.rgb()
        for x in range(left, image.width() if right is None else right)
        for y in range(image.height())
    )


def test_the_tint_lies_under_the_coded_words_and_only_there(workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    surface = workspace.theme.look["surface"]
    mark = view.marks.ordered()[0]
    image = view.viewport().grab().toImage()
    inside = point_of(view, mark.coding.span.start + 5)
    outside = point_of(view, mark.coding.span.end + 1) + QPoint(3, 0)

    def ground(point: QPoint) -> QColor:
        # The upper edge of a line has no ink on it.
        return image.pixelColor(point.x(), point.y() - 8)

    assert ground(inside) != surface
    assert ground(outside) == surface
    workspace.place.acts.changes.uncode(mark.coding.id)
    image = view.viewport().grab().toImage()
    assert ground(inside) == surface


def test_the_margin_shows_a_bracket_and_the_name_of_each_coding(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    ink = reader.view.inks[reader.view.marks.ordered()[0].coding.code_id]
    image = reader.margin.grab().toImage()
    lanes = reader.view.columns.lanes
    assert has(image, ink.stroke, right=lanes)
    names = {reader.view.inks[stripe.mark.coding.code_id].name for stripe in reader.margin.stripes if stripe.name}
    assert names == {"strategic", "Antecedents"}
    surface = workspace.theme.look["surface"]
    named = next(stripe for stripe in reader.margin.stripes if stripe.name is not None)
    assert named.name is not None
    box = named.name.toRect()
    assert any(
        contrast(image.pixelColor(x, y), surface) > 3
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    )
    before = len(reader.margin.stripes)
    select_quote(qtbot, workspace, "Trust matters")
    type_code(qtbot, workspace, "soc")
    reader.margin.grab()
    assert len(reader.margin.stripes) == before + 1


def test_a_click_on_a_bracket_or_name_chooses_the_coding(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    reader.margin.grab()
    for stripe in list(reader.margin.stripes):
        assert stripe.name is not None
        reader.choose("")
        qtbot.mouseClick(reader.margin, CLICK, pos=stripe.name.center().toPoint())
        assert reader.view.chosen_id == stripe.mark.coding.id
        reader.choose("")
        qtbot.mouseClick(reader.margin, CLICK, pos=stripe.bracket.center().toPoint())
        assert reader.view.chosen_id == stripe.mark.coding.id


def test_the_mouse_over_a_bracket_lights_up_the_passage(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    reader.margin.grab()
    before = reader.view.viewport().grab().toImage()
    stripe = reader.margin.stripes[0]
    qtbot.mouseMove(reader.margin, stripe.bracket.center().toPoint())
    assert reader.view.hovered_id == stripe.mark.coding.id
    assert reader.view.viewport().grab().toImage() != before
    qtbot.mouseMove(reader.margin, QPoint(reader.margin.width() - 2, reader.margin.height() - 2))
    assert reader.view.hovered_id == ""


def test_a_click_on_a_paragraphs_number_selects_it(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    second = reader.view.page.text.split("\n")[1]
    height = point_of(reader.view, reader.view.page.text.index(second)).y()
    qtbot.mouseClick(reader.gutter, CLICK, pos=QPoint(reader.gutter.width() - 20, height))
    assert reader.quote() == second


def test_names_and_numbers_stand_beside_the_text_and_not_in_it(workspace: MainWindow) -> None:
    assert workspace.session is not None
    view = workspace.place.reader.view
    text = workspace.session.documents.text(workspace.place.reader.document_id or "")
    assert view.toPlainText() == text
    leads = [view.page.lead(place) for place in range(len(view.page.pieces))]
    assert [lead.speaker for lead in leads] == ["Interviewer", "CEO", "Interviewer", "CEO"]
    assert [lead.number for lead in leads] == [1, 2, 3, 4]
    image = workspace.place.reader.gutter.grab().toImage()
    assert has(image, workspace.theme.look["text"])
    assert has(image, workspace.theme.look["muted"])


def test_only_the_own_codings_are_shown_until_asked(workspace: MainWindow) -> None:
    session = workspace.session
    assert session is not None
    ben = session.coders.add("Ben")
    document = workspace.place.reader.document_id or ""
    code = session.codebook.all().find("social").id
    session.codings.apply(document, TextSpan(0, 11), code, coder_id=ben.id)
    assert len(codings(workspace)) == 3
    assert len(workspace.place.reader.view.marks) == 2
    trigger(workspace, "view.everyone")
    assert sorted(mark.own for mark in workspace.place.reader.view.marks) == [False, True, True]
    trigger(workspace, "view.everyone")
    assert len(workspace.place.reader.view.marks) == 2
    workspace.desk.coders.choose(ben)
    assert len(workspace.place.reader.view.marks) == 1


def test_columns_of_own_and_all_counts_appear_with_the_second_coder(workspace: MainWindow) -> None:
    session, tree = workspace.session, workspace.place.codebook.tree
    assert session is not None
    assert tree.isColumnHidden(1)
    session.coders.add("Ben")
    assert not tree.isColumnHidden(1)
    workspace.desk.coders.choose(session.coders.find("Ben"))
    model = workspace.place.codebook.model
    assert model.counts(session.codebook.all().find("strategic").id) == (0, 1)


def test_renaming_and_recolouring_a_code_is_seen_at_once(workspace: MainWindow) -> None:
    session, view = workspace.session, workspace.place.reader.view
    assert session is not None
    code = session.codebook.all().find("strategic")
    session.codebook.edit(code.id, name="on the strategy", colour="#D72882")
    assert view.inks[code.id].name == "on the strategy"
    workspace.place.reader.margin.grab()
    assert has(workspace.place.reader.margin.grab().toImage(), view.inks[code.id].stroke)
    model = workspace.place.codebook.model
    assert model.data(model.find(code.id)) == "on the strategy"


def test_a_code_that_is_deleted_leaves_palette_and_text(qtbot: QtBot, workspace: MainWindow) -> None:
    session, place = workspace.session, workspace.place
    assert session is not None
    select_quote(qtbot, workspace, "Trust matters")
    qtbot.keyClick(place.reader.view, Qt.Key.Key_C)
    qtbot.keyClicks(place.acts.palette.field, "strat")
    code = session.codebook.all().find("strategic")
    session.codebook.delete(code.id, with_codings=True)
    assert len(place.reader.view.marks) == 1
    choice = place.acts.palette.model.choice(place.acts.palette.list.currentIndex())
    assert choice is not None
    assert choice.code_id == ""  # what is typed would be a new code now
    trigger(workspace, "edit.undo")
    assert len(place.reader.view.marks) == 2


def test_a_document_that_is_deleted_leaves_the_reader(workspace: MainWindow) -> None:
    assert workspace.session is not None
    workspace.session.documents.delete(workspace.place.reader.document_id or "")
    assert workspace.place.reader.document is None
    assert workspace.place.unread.isVisible()
    trigger(workspace, "edit.undo")
    assert len(workspace.place.documents.model.documents()) == 3


def test_a_screen_reader_finds_names_and_text(workspace: MainWindow) -> None:
    place = workspace.place
    for widget in (place.reader.view, place.documents.tree, place.codebook.tree, place.acts.palette.field):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
    text = QAccessible.queryAccessibleInterface(place.reader.view).textInterface()
    assert text.text(0, text.characterCount()).startswith("What is your role")


def test_f6_walks_through_the_panes(qtbot: QtBot, workspace: MainWindow) -> None:
    place = workspace.place
    place.documents.setFocus()
    seen = []
    for _ in range(3):
        trigger(workspace, "view.next_pane")
        focus = workspace.focusWidget()
        seen.append(next(pane for pane in (place.documents, place.reader, place.codebook) if pane.isAncestorOf(focus)))
    assert seen == [place.reader, place.codebook, place.documents]


def test_a_coding_at_the_very_end_and_one_over_everything(workspace: MainWindow) -> None:
    session, reader = workspace.session, workspace.place.reader
    assert session is not None
    length = len(reader.view.page.text)
    code = session.codebook.all().find("social").id
    for span in (TextSpan(length - 5, length), TextSpan(0, length)):
        session.codings.apply(reader.document_id or "", span, code)
    reader.view.viewport().grab()
    reader.margin.grab()
    assert len(reader.margin.stripes) == 4


@pytest.mark.parametrize(
    "strange", ["a\u2029b", "a\u2028b", "\ufeffa", "a\rb", "a\x00b", "a\ufdd0b", "a\u00a0b", "a\tb"]
)
def test_what_qt_would_change_keeps_its_length(qtbot: QtBot, workspace: MainWindow, strange: str) -> None:
    text = f"{strange}😀\nsecond {strange}"
    page = page_of(text)
    document = page.render(workspace.theme.reading_font(), workspace.theme.look)
    assert document.characterCount() - 1 == page.offsets.qt_length
    assert document.blockCount() == 2
    assert len(displayable(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "one\n\n\nfour",
        "A sentence goes on. " * 1500,
        "x" * 12000,
        "word " * 4000 + "\nshort",
        "😀" * 6000 + ". End.",
    ],
)
def test_long_paragraphs_are_shown_in_pieces_of_the_same_length(workspace: MainWindow, text: str) -> None:
    page = page_of(text)
    document = page.render(workspace.theme.reading_font(), workspace.theme.look)
    assert document.characterCount() - 1 == page.offsets.qt_length
    assert [number for number in page.numbers if number] == list(range(1, text.count("\n") + 2))
    rebuilt = "".join(text[start:end] for start, end in page.pieces)
    assert rebuilt.replace(" ", "") == text.replace("\n", "").replace(" ", "")
    if text.count(" ") > 1000:
        assert max(end - start for start, end in page.pieces) <= 5000


def test_right_to_left_text_is_tinted_where_it_stands(window: MainWindow, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "R-KAM.txt"
    path.write_text("Interviewer: Why?\nKAM: אנחנו נפגשים פעם בשנה and then שוב בסתיו.\n", encoding="utf-8")
    document = session.imports.commit(session.imports.preview([path]))[0]
    code = session.codebook.add("Contact", colour="#145FF0")
    session.coders.activate(session.coders.add("Ann"))
    text = session.documents.text(document.id)
    start = text.index("נפגשים")
    session.codings.apply(document.id, TextSpan(start, start + len("נפגשים")), code.id)
    window.desk.projects.adopt(session)
    view = window.place.reader.view
    image = view.viewport().grab().toImage()
    line = view.line_rect(view.marks.ordered()[0].start)
    row = round(line.center().y()) - 8
    surface = window.theme.look["surface"]
    tinted = [x for x in range(image.width()) if image.pixelColor(x, row) != surface]
    assert tinted
    # The first word of a line that runs to the left is its right end; the coded second word stands left of it.
    assert max(tinted) < image.width() - 20


def test_a_prose_document_is_not_dressed_as_a_note(workspace: MainWindow) -> None:
    page = page_of("Just text without speakers.\nAnd more.")
    assert set(page.kinds()) == {TurnKind.ANSWER}


def test_times_read_like_those_of_a_recorder() -> None:
    assert clock(0) == "0:00"
    assert clock(83.9) == "1:23"
    assert clock(3723) == "1:02:03"


@pytest.mark.parametrize("available", [200, 320, 480, 640, 760, 900, 1100, 1400, 2400])
@pytest.mark.parametrize("lanes", [0, 3, 40])
def test_the_text_gets_what_there_is_and_nothing_overlaps(available: int, lanes: int) -> None:
    shared = columns(available, ideal=620, lanes=lanes)
    assert 120 <= shared.text <= 620
    used = shared.left + shared.text + shared.lanes + shared.names
    assert used <= max(available, 48 + 120 + shared.lanes)
    if available >= 1100:
        assert shared.text == 620
        assert shared.names > 100


def test_the_codes_of_the_empty_codebook_are_drawn_without_a_fault(workspace: MainWindow) -> None:
    workspace.place.reader.dress(codebook=Codebook(()))
    workspace.place.reader.margin.grab()
    assert workspace.place.reader.view.inks["gone"].name == "?"
