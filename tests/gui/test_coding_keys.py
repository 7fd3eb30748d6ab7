"""Selecting and coding by keys alone, and by dropping."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.gui.codebook.model import CODE_MIME, SPAN_MIME
from kamcoder.gui.main_window import MainWindow
from tests.gui.driving import codings, focused, point_of, select_quote, trigger, type_code

QUOTE = "Trust matters: people know us."
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def code_id(window: MainWindow, path: str) -> str:
    assert window.session is not None
    return window.session.codebook.all().find(path).id


def on_quote(window: MainWindow, quote: str = QUOTE) -> list[Coding]:
    return [coding for coding in codings(window) if coding.quote == quote]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    view = window.place.reader.view
    view.setFocus()
    qtbot.keyClick(view, key, modifiers or Qt.KeyboardModifier.NoModifier)


def caret_at(window: MainWindow, words: str) -> None:
    view = window.place.reader.view
    view.place_caret(view.page.text.index(words))


# -- selecting ----------------------------------------------------------------------------------------------------


def test_alt_up_grows_and_alt_down_shrinks_to_where_it_began(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    start = reader.view.page.text.index("matters")
    reader.view.place_caret(start + 3)
    seen = []
    for _ in range(3):
        press(qtbot, workspace, Qt.Key.Key_Up, ALT)
        seen.append(reader.quote())
    assert seen[:2] == ["matters", QUOTE]
    assert seen[2].startswith("Because")
    for expected in (QUOTE, "matters", ""):
        press(qtbot, workspace, Qt.Key.Key_Down, ALT)
        assert reader.quote() == expected
    assert reader.view.caret() == start + 3


def test_letters_select_units_and_take_in_the_next(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    caret_at(workspace, "Trust")
    for key, expected in ((Qt.Key.Key_W, "Trust"), (Qt.Key.Key_S, QUOTE), (Qt.Key.Key_P, "")):
        press(qtbot, workspace, key)
        assert reader.quote() == expected or reader.quote().endswith(QUOTE)
    caret_at(workspace, "Because")
    press(qtbot, workspace, Qt.Key.Key_S)
    press(qtbot, workspace, Qt.Key.Key_S)
    assert reader.quote() == f"Because the sales director is closer to them. {QUOTE}"
    caret_at(workspace, "Because")
    press(qtbot, workspace, Qt.Key.Key_T)
    assert reader.quote() == f"Because the sales director is closer to them. {QUOTE}"


@pytest.mark.parametrize("key", ["select.word", "select.sentence", "select.paragraph", "select.turn", "select.grow"])
def test_units_are_selected_from_the_menu(workspace: MainWindow, key: str) -> None:
    caret_at(workspace, "Trust")
    trigger(workspace, key)
    assert "Trust" in workspace.place.reader.quote()
    trigger(workspace, "select.shrink")


def test_shift_and_arrows_select_and_the_caret_is_there(qtbot: QtBot, workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    caret_at(workspace, "😀")
    press(qtbot, workspace, Qt.Key.Key_Right, SHIFT)
    assert workspace.place.reader.quote() == "😀"
    view.place_caret(view.page.text.index("\u0308") - 1)
    press(qtbot, workspace, Qt.Key.Key_Right, SHIFT)
    assert workspace.place.reader.quote() == "e\u0308"
    assert view.cursorWidth() == 2
    assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


# -- keys that apply ----------------------------------------------------------------------------------------------


def test_digits_apply_recent_codes_and_r_lists_them(qtbot: QtBot, workspace: MainWindow) -> None:
    place = workspace.place
    press(qtbot, workspace, Qt.Key.Key_R)
    assert "Select" in workspace.status.hint
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_R)
    assert "No code was used" in workspace.status.hint
    press(qtbot, workspace, Qt.Key.Key_1)
    assert not on_quote(workspace)
    type_code(qtbot, workspace, "soc")
    type_code(qtbot, workspace, "ante")
    select_quote(qtbot, workspace, "I am the CEO")
    press(qtbot, workspace, Qt.Key.Key_2)
    assert [one.code_id for one in on_quote(workspace, "I am the CEO")] == [code_id(workspace, "social")]
    press(qtbot, workspace, Qt.Key.Key_R)
    palette = place.acts.palette
    rows = [palette.model.choice(palette.model.index(row, 0)) for row in range(palette.model.rowCount())]
    assert [row.number for row in rows if row] == [1, 2]
    assert rows[0] is not None
    assert rows[0].code_id == code_id(workspace, "social")
    qtbot.keyClick(palette.field, Qt.Key.Key_2)
    assert len(on_quote(workspace, "I am the CEO")) == 2
    press(qtbot, workspace, Qt.Key.Key_9)
    assert "2 recent" in workspace.status.hint


def test_recent_codes_come_back_with_the_project(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "soc")
    recent = list(workspace.place.acts.recent)
    assert workspace.session is not None
    path = workspace.session.path
    assert workspace.desk.projects.close()
    assert workspace.place.acts.recent == []
    assert workspace.open_project(path)
    assert workspace.place.acts.recent == recent


def test_a_codes_own_key_applies_it_but_loses_to_commands(qtbot: QtBot, workspace: MainWindow) -> None:
    session = workspace.session
    assert session is not None
    session.codebook.edit(code_id(workspace, "social"), shortcut="O")
    session.codebook.edit(code_id(workspace, "strategic"), shortcut="S")
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_O)
    assert [one.code_id for one in on_quote(workspace)] == [code_id(workspace, "social")]
    select_quote(qtbot, workspace, "I am the CEO")
    press(qtbot, workspace, Qt.Key.Key_S)  # selects the sentence
    assert not on_quote(workspace, "I am the CEO")
    quote = workspace.place.reader.quote()
    press(qtbot, workspace, Qt.Key.Key_S, SHIFT)
    assert [one.code_id for one in on_quote(workspace, quote)] == [code_id(workspace, "strategic")]


def test_several_codes_are_ticked_and_applied_in_one_step(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_C)
    palette = workspace.place.acts.palette
    qtbot.keyClicks(palette.field, "soc")
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.field.text() == ""
    qtbot.keyClicks(palette.field, "ante")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Space)
    qtbot.keyClicks(palette.field, "strat")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    wanted = {code_id(workspace, name) for name in ("social", "Antecedents", "strategic")}
    assert {one.code_id for one in on_quote(workspace)} == wanted
    trigger(workspace, "edit.undo")
    assert not on_quote(workspace)
    trigger(workspace, "edit.redo")
    assert {one.code_id for one in on_quote(workspace)} == wanted


def test_a_tick_can_be_taken_back_and_a_space_still_belongs_to_a_name(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_C)
    palette = workspace.place.acts.palette
    qtbot.keyClick(palette.field, Qt.Key.Key_Space)
    assert len(palette.model.ticked) == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Space)
    assert palette.model.ticked == []
    qtbot.keyClicks(palette.field, "trust in people")
    assert palette.field.text() == "trust in people"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert workspace.session is not None
    assert workspace.session.codebook.all().path(on_quote(workspace)[0].code_id) == "trust in people"


def test_a_new_code_and_its_first_coding_are_one_step(qtbot: QtBot, workspace: MainWindow) -> None:
    session = workspace.session
    assert session is not None
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_N)
    naming = workspace.place.acts.naming
    assert naming.isVisible()
    assert naming.field.hasFocus()
    qtbot.keyClicks(naming.field, "Trust")
    naming.below.setCurrentIndex(naming.below.findData(code_id(workspace, "Antecedents")))
    qtbot.keyClick(naming.below, Qt.Key.Key_Return)
    assert not naming.isVisible()
    assert session.codebook.all().path(on_quote(workspace)[0].code_id) == "Antecedents › Trust"
    assert workspace.place.codebook.model.find(on_quote(workspace)[0].code_id).isValid()
    trigger(workspace, "edit.undo")
    assert not on_quote(workspace)
    assert "Trust" not in [code.name for code in session.codebook.all().codes]


def test_a_name_that_cannot_be_taken_is_said_in_its_place(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_N)
    naming = workspace.place.acts.naming
    qtbot.keyClick(naming.field, Qt.Key.Key_Return)
    assert naming.isVisible()
    assert naming.problem.isVisible()
    assert naming.problem.text()
    qtbot.keyClick(naming.field, Qt.Key.Key_Escape)
    assert not naming.isVisible()
    assert workspace.place.reader.view.hasFocus()


def test_an_in_vivo_code_is_named_by_the_selected_words(qtbot: QtBot, workspace: MainWindow) -> None:
    session = workspace.session
    assert session is not None
    quote = "runs sales 👩‍👩‍👧."
    select_quote(qtbot, workspace, quote)
    press(qtbot, workspace, Qt.Key.Key_V)
    naming = workspace.place.acts.naming
    assert naming.field.text() == "runs sales 👩‍👩‍👧"
    qtbot.keyClick(naming.field, Qt.Key.Key_Return)
    (made,) = on_quote(workspace, quote)
    assert made.origin is Origin.IN_VIVO
    assert session.codebook.all().get(made.code_id).name == "runs sales 👩‍👩‍👧"
    # The same words elsewhere go to the same code.
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_V)
    naming.field.setText("runs sales 👩‍👩‍👧")
    qtbot.keyClick(naming.field, Qt.Key.Key_Return)
    assert on_quote(workspace)[0].code_id == made.code_id


def test_nothing_opens_without_a_selection_or_a_coder(qtbot: QtBot, workspace: MainWindow) -> None:
    acts = workspace.place.acts
    workspace.place.reader.view.place_caret(3)
    for key in (Qt.Key.Key_C, Qt.Key.Key_R, Qt.Key.Key_V, Qt.Key.Key_N, Qt.Key.Key_1):
        press(qtbot, workspace, key)
        assert not acts.palette.isVisible()
        assert not acts.naming.isVisible()
        assert workspace.status.hint.startswith("Select the passage first")
        workspace.status.tell_hint("")
    assert workspace.session is not None
    workspace.session.coders.activate(None)
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_V)
    assert not acts.naming.isVisible()
    assert not workspace.notice.isHidden()


def test_a_code_deleted_under_an_open_frame_is_one_sentence(qtbot: QtBot, workspace: MainWindow) -> None:
    session, acts = workspace.session, workspace.place.acts
    assert session is not None
    gone = code_id(workspace, "social")
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_C)
    acts.palette.field.setText("soc")
    qtbot.keyClick(acts.palette.field, Qt.Key.Key_Tab)
    session.codebook.delete(gone, with_codings=True)
    assert acts.palette.model.ticked == []
    acts.palette.leave()
    acts.apply(gone)
    assert not on_quote(workspace)
    assert not workspace.notice.isHidden()
    assert acts.recent == []


# -- carrying -----------------------------------------------------------------------------------------------------


def drop(window: MainWindow, position: int, *code_ids: str) -> bool:
    view = window.place.reader.view
    data = QMimeData()
    data.setData(CODE_MIME, "\n".join(code_ids).encode())
    where = QPointF(point_of(view, position))
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(where.toPoint(), both, data, buttons, none))
    event = QDropEvent(where, both, data, buttons, none)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_codes_are_dropped_on_a_coded_passage(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    view, before = reader.view, codings(workspace)
    passage = view.marks.ordered()[0]
    view.place_caret(0)
    workspace.place.codebook.tree.setFocus()
    assert drop(workspace, passage.coding.span.start + 5, code_id(workspace, "social"))
    (made,) = [coding for coding in codings(workspace) if coding not in before]
    assert (made.span, made.code_id) == (passage.coding.span, code_id(workspace, "social"))
    assert reader.chosen is not None
    assert reader.chosen.id == made.id
    assert focused(workspace) is view
    assert view.hovered_id == ""
    data = QMimeData()
    data.setData(CODE_MIME, code_id(workspace, "Antecedents").encode())
    view.place_caret(0)
    over = point_of(view, passage.coding.span.start + 5) + QPoint(2, 0)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(over, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(view.viewport(), entering)
    moving = QDragMoveEvent(over, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(view.viewport(), moving)
    assert moving.isAccepted()
    assert view.hovered_id in (passage.id, made.id)
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.hovered_id == ""


def test_codes_are_dropped_on_the_selected_text(qtbot: QtBot, workspace: MainWindow) -> None:
    start = workspace.place.reader.view.page.text.index(QUOTE)
    assert not drop(workspace, start + 4, code_id(workspace, "social"))
    select_quote(qtbot, workspace, QUOTE)
    assert not drop(workspace, 4, code_id(workspace, "social"))
    assert not on_quote(workspace)
    assert drop(workspace, start + 4, code_id(workspace, "social"))
    assert drop(workspace, start + 4, code_id(workspace, "strategic"), code_id(workspace, "Antecedents"))
    assert len(on_quote(workspace)) == 3


def test_selected_text_carries_its_place_and_is_dropped_on_a_code(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    view = workspace.place.reader.view
    data = view.createMimeDataFromSelection()
    start = view.page.text.index(QUOTE)
    assert bytes(data.data(SPAN_MIME).data()) == f"{start} {start + len(QUOTE)}".encode()
    tree = workspace.place.codebook.tree
    row = tree.visualRect(workspace.place.codebook.model.find(code_id(workspace, "social")))
    where = QPointF(row.center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(tree.viewport(), QDragEnterEvent(where.toPoint(), copy, data, left, none))
    QApplication.sendEvent(tree.viewport(), QDropEvent(where, copy, data, left, none))
    assert [one.code_id for one in on_quote(workspace)] == [code_id(workspace, "social")]


# -- copying ------------------------------------------------------------------------------------------------------


def test_a_passage_is_copied_with_its_reference(qtbot: QtBot, workspace: MainWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    select_quote(qtbot, workspace, QUOTE)
    press(qtbot, workspace, Qt.Key.Key_C, CONTROL | SHIFT)
    assert clipboard.text() == f"“{QUOTE}” (A-CEO ¶4)"
    workspace.place.reader.view.place_caret(0)
    workspace.place.reader.step(1)
    trigger(workspace, "edit.copy_reference")
    assert clipboard.text() == "“I meet the largest customers once a year.” (A-CEO ¶2)"
    workspace.place.reader.choose("")
    workspace.place.reader.view.place_caret(0)
    assert not workspace.commands["edit.copy_reference"].isEnabled()


def test_a_span_of_white_space_is_no_selection(workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    place = view.page.text.index("\n")
    view.select(TextSpan(place, place + 1))
    assert workspace.place.reader.span is None
    workspace.place.acts.apply(code_id(workspace, "social"))
    assert workspace.status.hint.startswith("Select the passage first")
