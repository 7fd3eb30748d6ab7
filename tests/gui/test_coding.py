import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.gui.codebook.model import ALL
from kamcoder.gui.documents.model import key_of
from kamcoder.gui.main_window import MainWindow
from tests.gui.driving import CLICK, codings, drag, point_of, select_quote, trigger, type_code

QUOTE = "Trust matters: people know us."


def code_id(window: MainWindow, path: str) -> str:
    assert window.session is not None
    return window.session.codebook.all().find(path).id


def shown_count(window: MainWindow, path: str) -> str:
    model = window.place.codebook.model
    return model.data(model.find(code_id(window, path), ALL)) or "0"


def document_count(window: MainWindow) -> str:
    model = window.place.documents.model
    return model.data(model.find(key_of(window.place.reader.document_id or ""), 1)) or "0"


def test_a_code_is_applied_by_typing_letters_of_it(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "stra")
    made = [coding for coding in codings(workspace) if coding.quote == QUOTE]
    assert [coding.code_id for coding in made] == [code_id(workspace, "strategic")]
    assert workspace.place.reader.chosen is not None
    assert workspace.place.reader.chosen.coding == made[0]
    assert not workspace.place.acts.palette.isVisible()
    assert workspace.place.reader.view.hasFocus()


def test_enter_opens_the_palette_too(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    qtbot.keyClick(workspace.place.reader.view, Qt.Key.Key_Return)
    assert workspace.place.acts.palette.isVisible()
    qtbot.keyClick(workspace.place.acts.palette.field, Qt.Key.Key_Escape)
    assert not workspace.place.acts.palette.isVisible()
    assert workspace.place.reader.quote() == QUOTE


def test_the_palette_moves_by_arrows_and_offers_codes_used_last_first(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "ant")
    reader, palette = workspace.place.reader, workspace.place.acts.palette
    qtbot.keyClick(reader.view, Qt.Key.Key_C)
    first = palette.model.choice(palette.list.currentIndex())
    assert first is not None
    assert first.code_id == code_id(workspace, "Antecedents")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    second = palette.model.choice(palette.list.currentIndex())
    assert second is not None
    assert second.code_id != first.code_id
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert {coding.code_id for coding in codings(workspace) if coding.quote == QUOTE} == {
        first.code_id,
        second.code_id,
    }


def test_a_new_code_is_made_from_what_was_typed(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "Trust > in people")
    made = next(coding for coding in codings(workspace) if coding.quote == QUOTE)
    assert workspace.session is not None
    assert workspace.session.codebook.all().path(made.code_id) == "Trust › in people"
    assert workspace.place.codebook.model.find(made.code_id).isValid()


def test_a_code_of_the_tree_is_applied_by_double_click_and_by_enter(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    tree, model = workspace.place.codebook.tree, workspace.place.codebook.model
    social = model.find(code_id(workspace, "social"))
    point = tree.visualRect(social).center()
    qtbot.mouseClick(tree.viewport(), CLICK, pos=point)
    assert not [coding for coding in codings(workspace) if coding.quote == QUOTE]
    qtbot.mouseDClick(tree.viewport(), CLICK, pos=point)
    tree.setCurrentIndex(model.find(code_id(workspace, "Antecedents")))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert {coding.code_id for coding in codings(workspace) if coding.quote == QUOTE} == {
        code_id(workspace, "social"),
        code_id(workspace, "Antecedents"),
    }


def test_nothing_happens_without_a_selection_but_a_hint(qtbot: QtBot, workspace: MainWindow) -> None:
    before = codings(workspace)
    workspace.place.reader.view.place_caret(3)
    qtbot.keyClick(workspace.place.reader.view, Qt.Key.Key_C)
    assert not workspace.place.acts.palette.isVisible()
    assert "Select" in workspace.status.hint
    workspace.place.codebook.code_chosen.emit(code_id(workspace, "social"))
    assert codings(workspace) == before


def test_selecting_by_keys_alone(qtbot: QtBot, workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    view.setFocus()
    text = view.page.text
    view.place_caret(text.index("Trust"))
    word = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Right, word)
    assert workspace.place.reader.quote().strip() == "Trust"
    qtbot.keyClick(view, Qt.Key.Key_Right, word)
    qtbot.keyClick(view, Qt.Key.Key_C)
    qtbot.keyClicks(workspace.place.acts.palette.field, "soc")
    qtbot.keyClick(workspace.place.acts.palette.field, Qt.Key.Key_Return)
    assert [coding.quote for coding in codings(workspace)][-1] == "Trust matters"


def test_undo_and_redo_by_menu_and_by_keys(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "soc")
    after = codings(workspace)
    reader = workspace.place.reader
    assert workspace.commands["edit.undo"].text() == "&Undo apply code"
    qtbot.keyClick(reader.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(codings(workspace)) == len(after) - 1
    assert len(reader.view.marks) == len(after) - 1
    assert workspace.commands["edit.redo"].text() == "&Redo apply code"
    trigger(workspace, "edit.redo")
    assert codings(workspace) == after
    trigger(workspace, "edit.undo")
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(reader.view, Qt.Key.Key_Z, shift)
    assert codings(workspace) == after
    assert {mark.coding for mark in reader.view.marks} == set(after)


def test_counts_follow_every_act(qtbot: QtBot, workspace: MainWindow) -> None:
    assert shown_count(workspace, "strategic") == "1"
    assert shown_count(workspace, "Direct involvement") == "2"
    assert document_count(workspace) == "2"
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "strat")
    assert shown_count(workspace, "strategic") == "2"
    assert shown_count(workspace, "Direct involvement") == "3"
    assert document_count(workspace) == "3"
    trigger(workspace, "edit.undo")
    assert shown_count(workspace, "strategic") == "1"
    assert shown_count(workspace, "Direct involvement") == "2"
    assert document_count(workspace) == "2"


def test_undo_shows_the_document_it_acted_on(qtbot: QtBot, workspace: MainWindow) -> None:
    select_quote(qtbot, workspace, QUOTE)
    type_code(qtbot, workspace, "soc")
    here = workspace.place.reader.document_id
    workspace.place.step_document(1)
    assert workspace.place.reader.document_id != here
    trigger(workspace, "edit.undo")
    assert workspace.place.reader.document_id == here


def test_a_click_chooses_a_coding_and_u_takes_it_off(qtbot: QtBot, workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    quote = "I meet the largest customers once a year."
    middle = view.page.text.index(quote) + 12
    qtbot.mouseClick(view.viewport(), CLICK, pos=point_of(view, middle))
    assert workspace.place.reader.chosen is not None
    workspace.place.inspect()
    told = workspace.place.inspector.texts()
    assert told[0] == "strategic"
    assert told[1] == "Direct involvement"
    assert quote in told[2]
    assert "A-CEO ¶2" in told[3]
    assert "Ann" in told[3]
    qtbot.keyClick(view, Qt.Key.Key_U)
    assert quote not in [coding.quote for coding in codings(workspace)]
    trigger(workspace, "edit.undo")
    qtbot.mouseClick(view.viewport(), CLICK, pos=point_of(view, middle))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert quote not in [coding.quote for coding in codings(workspace)]


def test_a_further_click_chooses_the_next_of_overlapping_codings(qtbot: QtBot, workspace: MainWindow) -> None:
    reader, session = workspace.place.reader, workspace.session
    assert session is not None
    start = reader.view.page.text.index("largest customers")
    wide = reader.view.page.text.index("I meet the")
    session.codings.apply(reader.document_id or "", TextSpan(start, start + 17), code_id(workspace, "social"))
    point = point_of(reader.view, start + 5)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(reader.view.viewport(), CLICK, pos=point)
        assert reader.chosen is not None
        seen.append(reader.chosen.coding.span.start)
    assert seen == [start, wide, start]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_uncode_asks_which_where_there_are_several(qtbot: QtBot, workspace: MainWindow) -> None:
    reader, session = workspace.place.reader, workspace.session
    assert session is not None
    start = reader.view.page.text.index("largest customers")
    session.codings.apply(reader.document_id or "", TextSpan(start, start + 17), code_id(workspace, "social"))
    reader.choose("")
    reader.view.place_caret(start + 2)
    before = len(codings(workspace))
    qtbot.keyClick(reader.view, Qt.Key.Key_U)
    menu = workspace.place.acts.changes.which_menu
    assert menu.isVisible()
    assert len(menu.actions()) == 2
    next(action for action in menu.actions() if "strategic" in action.text()).trigger()
    assert len(codings(workspace)) == before - 1
    menu.close()


def test_brackets_step_through_the_codings(qtbot: QtBot, workspace: MainWindow) -> None:
    reader = workspace.place.reader
    reader.view.setFocus()
    reader.view.place_caret(0)
    quotes = []
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        qtbot.keyClick(reader.view, key)
        assert reader.chosen is not None
        quotes.append(reader.chosen.coding.quote)
    assert quotes[0] == quotes[2]
    assert quotes[0] != quotes[1]


def test_positions_behind_emoji_are_right_to_the_character(qtbot: QtBot, workspace: MainWindow) -> None:
    """The mouse journey: select behind emoji and combining marks, apply, undo, redo, open again."""
    quote = "runs sales 👩‍👩‍👧"
    select_quote(qtbot, workspace, quote)
    type_code(qtbot, workspace, "soc")
    assert quote in [coding.quote for coding in codings(workspace)]
    trigger(workspace, "edit.undo")
    assert quote not in [coding.quote for coding in codings(workspace)]
    trigger(workspace, "edit.redo")
    session = workspace.session
    assert session is not None
    path = session.path
    assert workspace.desk.projects.close()
    assert workspace.open_project(path)
    kept = next(coding for coding in codings(workspace) if coding.quote == quote)
    view = workspace.place.reader.view
    mark = view.marks.get(kept.id)
    assert mark is not None
    cursor = view.textCursor()
    cursor.setPosition(mark.start)
    cursor.setPosition(mark.end, cursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == quote


def test_what_is_copied_is_what_the_document_says(qtbot: QtBot, workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    drag(qtbot, view, 0, len(view.page.text.split("\n")[0]) + 1 + 4)
    expected = workspace.place.reader.quote()
    assert "\n" in expected
    assert view.createMimeDataFromSelection().text() == expected
