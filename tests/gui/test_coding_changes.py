"""Recoding, resizing, merging, splitting, memos: by keys, by menu and by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Coding
from kamcoder.domain.document import TextSpan
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.reader.ends import End
from kamcoder.services.session import Session
from tests.gui.driving import CLICK, codings, point_of, trigger
from tests.gui.test_coding_keys import ALT, CONTROL, SHIFT, code_id, press

YEARLY = "I meet the largest customers once a year."
BECAUSE = "Because the sales director is closer to them."


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def put(window: MainWindow, quote: str, code: str) -> Coding:
    reader = window.place.reader
    start = reader.view.page.text.index(quote)
    span = TextSpan(start, start + len(quote))
    return session_of(window).codings.apply(reader.document_id or "", span, code_id(window, code))


def chosen(window: MainWindow) -> Coding:
    mark = window.place.reader.chosen
    assert mark is not None
    return mark.coding


def choose(window: MainWindow, quote: str) -> Coding:
    found = next(coding for coding in codings(window) if coding.quote == quote)
    window.place.reader.go_to(found.id)
    return found


def true_to_the_text(window: MainWindow) -> bool:
    """Tell whether every coding, in the project and in the view, is right to the character."""
    reader = window.place.reader
    text, view = reader.view.page.text, reader.view
    for coding in codings(window):
        assert coding.span.of(text) == coding.quote
        mark = view.marks.get(coding.id)
        assert mark is not None
        cursor = view.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, cursor.MoveMode.KeepAnchor)
        assert cursor.selectedText().replace("\u2029", "\n") == coding.quote
    return len(view.marks) == len(codings(window))


# -- recode and uncode --------------------------------------------------------------------------------------------


def test_recode_with_the_palette_and_undo(qtbot: QtBot, workspace: MainWindow) -> None:
    before = choose(workspace, YEARLY)
    press(qtbot, workspace, Qt.Key.Key_R, CONTROL)
    palette = workspace.place.acts.palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "soc")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    after = chosen(workspace)
    assert (after.id, after.code_id) == (before.id, code_id(workspace, "social"))
    workspace.place.inspect()
    assert workspace.place.inspector.texts()[0] == "social"
    assert workspace.commands["edit.undo"].text() == "&Undo recode"
    trigger(workspace, "edit.undo")
    assert chosen(workspace).code_id == before.code_id
    trigger(workspace, "code.recode")
    qtbot.keyClicks(palette.field, "Quite new")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert session_of(workspace).codebook.all().get(chosen(workspace).code_id).name == "Quite new"


def test_recoding_into_what_is_there_already_is_one_sentence(workspace: MainWindow) -> None:
    put(workspace, YEARLY, "social")
    before = next(one for one in codings(workspace) if one.code_id == code_id(workspace, "strategic"))
    workspace.place.acts.changes.recode(before.id, code_id(workspace, "social"))
    assert not workspace.notice.isHidden()
    assert before in codings(workspace)


# -- ends ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "command", "expected"),
    [
        (Qt.Key.Key_Left, ALT, "coding.start_earlier", "👩‍👩‍👧. I meet the largest customers once a year."),
        (Qt.Key.Key_Right, ALT, "coding.start_later", "meet the largest customers once a year."),
        (Qt.Key.Key_Left, ALT | SHIFT, "coding.end_earlier", "I meet the largest customers once a"),
        (Qt.Key.Key_Right, ALT | SHIFT, "coding.end_later", YEARLY + "\nWhy"),
    ],
)
def test_ends_are_nudged_by_a_word(
    qtbot: QtBot,
    workspace: MainWindow,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    command: str,
    expected: str,
) -> None:
    before = choose(workspace, YEARLY)
    press(qtbot, workspace, key, modifiers)
    nudged = chosen(workspace)
    assert nudged.id == before.id
    assert nudged.quote == expected
    assert true_to_the_text(workspace)
    trigger(workspace, "edit.undo")
    assert chosen(workspace) == before
    trigger(workspace, command)
    assert chosen(workspace).span == nudged.span


def test_a_coding_keeps_one_word(qtbot: QtBot, workspace: MainWindow) -> None:
    made = put(workspace, "Trust", "social")
    workspace.place.reader.go_to(made.id)
    press(qtbot, workspace, Qt.Key.Key_Right, ALT)
    assert chosen(workspace).span == made.span
    assert "one word" in workspace.status.hint
    whole = put(workspace, workspace.place.reader.view.page.text, "Antecedents")
    workspace.place.reader.go_to(whole.id)
    press(qtbot, workspace, Qt.Key.Key_Right, ALT | SHIFT)
    assert "no further word" in workspace.status.hint


@pytest.mark.parametrize(
    ("end", "target", "expected"),
    [
        (End.END, " once a year", "I meet the largest customers"),
        (End.START, "the largest", "the largest customers once a year."),
        (End.START, "runs sales", "runs sales 👩‍👩‍👧. I meet the largest customers once a year."),
    ],
)
def test_an_end_is_dragged_with_the_mouse(
    qtbot: QtBot, workspace: MainWindow, end: End, target: str, expected: str
) -> None:
    before = choose(workspace, YEARLY)
    view = workspace.place.reader.view
    viewport = view.viewport()
    there = point_of(view, view.page.text.index(target))
    box = view.ends.boxes()[end]
    qtbot.mousePress(viewport, CLICK, pos=box.center().toPoint())
    qtbot.mouseMove(viewport, there + QPoint(20, 0))
    assert view.ground.preview is not None
    assert codings(workspace)[0].span == before.span or before in codings(workspace)
    view.viewport().grab()
    qtbot.mouseMove(viewport, there)
    qtbot.mouseRelease(viewport, CLICK, pos=there)
    assert view.ground.preview is None
    assert chosen(workspace).id == before.id
    assert chosen(workspace).quote == expected
    assert true_to_the_text(workspace)
    trigger(workspace, "edit.undo")
    assert before in codings(workspace)
    assert true_to_the_text(workspace)


def test_escape_lets_an_end_go_where_it_was(qtbot: QtBot, workspace: MainWindow) -> None:
    before = choose(workspace, YEARLY)
    view = workspace.place.reader.view
    box = view.ends.boxes()[End.END]
    qtbot.mousePress(view.viewport(), CLICK, pos=box.center().toPoint())
    qtbot.mouseMove(view.viewport(), point_of(view, view.page.text.index("largest")))
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert view.ground.preview is None
    qtbot.mouseRelease(view.viewport(), CLICK, pos=box.center().toPoint())
    assert before in codings(workspace)


def test_another_coders_coding_has_no_handles(workspace: MainWindow) -> None:
    session = session_of(workspace)
    ben = session.coders.add("Ben")
    document = workspace.place.reader.document_id or ""
    made = session.codings.apply(document, TextSpan(0, 11), code_id(workspace, "social"), coder_id=ben.id)
    trigger(workspace, "view.everyone")
    workspace.place.reader.go_to(made.id)
    assert workspace.place.reader.view.ends.boxes() == {}
    assert not workspace.commands["coding.end_later"].isEnabled()
    trigger(workspace, "code.uncode")
    assert "another coder" in workspace.status.hint
    assert made in codings(workspace)


# -- merge and split ----------------------------------------------------------------------------------------------


def test_neighbours_with_the_same_code_are_merged(qtbot: QtBot, workspace: MainWindow) -> None:
    first, second = put(workspace, "Trust matters", "social"), put(workspace, "people know us.", "social")
    put(workspace, "I am", "social")
    workspace.place.reader.go_to(second.id)
    press(qtbot, workspace, Qt.Key.Key_J, CONTROL)
    assert chosen(workspace).quote == "Trust matters: people know us."
    assert chosen(workspace).id == first.id
    assert true_to_the_text(workspace)
    trigger(workspace, "edit.undo")
    assert {first, second} <= set(codings(workspace))
    assert true_to_the_text(workspace)
    view = workspace.place.reader.view
    workspace.place.reader.choose("")
    view.select(TextSpan(view.page.text.index("I am"), view.page.text.index("matters")))
    trigger(workspace, "coding.merge")
    assert chosen(workspace).quote.startswith("I am")
    assert true_to_the_text(workspace)


def test_merging_where_nothing_touches_is_one_sentence(workspace: MainWindow) -> None:
    choose(workspace, YEARLY)
    before = codings(workspace)
    trigger(workspace, "coding.merge")
    assert "touches" in workspace.status.hint
    assert codings(workspace) == before


def test_a_coding_is_split_at_the_caret(qtbot: QtBot, workspace: MainWindow) -> None:
    wide = put(workspace, "I am the CEO 😀, and Zoe\u0308 runs sales 👩‍👩‍👧.", "social")
    view = workspace.place.reader.view
    workspace.place.reader.go_to(wide.id)
    view.place_caret(view.page.text.index("runs"))
    workspace.place.reader.choose(wide.id)
    press(qtbot, workspace, Qt.Key.Key_D, CONTROL)
    quotes = [one.quote for one in codings(workspace) if one.code_id == wide.code_id]
    assert quotes == ["I am the CEO 😀, and Zoe\u0308", "runs sales 👩‍👩‍👧."]
    assert true_to_the_text(workspace)
    trigger(workspace, "edit.undo")
    assert wide in codings(workspace)
    view.place_caret(wide.span.start)
    workspace.place.reader.choose(wide.id)
    trigger(workspace, "coding.split")
    assert not workspace.notice.isHidden()
    assert wide in codings(workspace)


def test_every_act_is_right_to_the_character_after_reload(workspace: MainWindow) -> None:
    wide = put(workspace, "CEO 😀, and Zoe\u0308 runs sales 👩‍👩‍👧. I meet", "social")
    changes, view = workspace.place.acts.changes, workspace.place.reader.view
    workspace.place.reader.go_to(wide.id)
    changes.nudge_start(1)
    changes.nudge_end(-1)
    view.place_caret(view.page.text.index("runs"))
    workspace.place.reader.choose(wide.id)
    changes.split()
    workspace.place.reader.choose(wide.id)
    assert true_to_the_text(workspace)
    kept = codings(workspace)
    path = session_of(workspace).path
    assert workspace.desk.projects.close()
    assert workspace.open_project(path)
    assert codings(workspace) == kept
    assert true_to_the_text(workspace)


# -- overlapping, and the inspector -------------------------------------------------------------------------------


def test_tab_goes_through_overlapping_codings_and_the_status_line_says_so(qtbot: QtBot, workspace: MainWindow) -> None:
    put(workspace, "largest customers", "social")
    put(workspace, "the largest customers once", "Antecedents")
    reader = workspace.place.reader
    reader.view.place_caret(reader.view.page.text.index("largest") + 2)
    reader.choose(reader.view.marks.at(reader.view.textCursor().position())[0].coding.id)
    assert "1 of 3" in workspace.status.hint
    seen = [chosen(workspace).quote]
    for _ in range(3):
        press(qtbot, workspace, Qt.Key.Key_Tab)
        seen.append(chosen(workspace).quote)
    assert len(set(seen)) == 3
    assert seen[0] == seen[3]
    trigger(workspace, "coding.overlapping")
    assert chosen(workspace).quote == seen[1]
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert not workspace.commands["coding.overlapping"].isEnabled()


def test_the_inspector_lists_what_lies_over_the_same_text(qtbot: QtBot, workspace: MainWindow) -> None:
    other = put(workspace, "largest customers", "social")
    choose(workspace, YEARLY)
    view, inspector = workspace.place.reader.view, workspace.place.inspector
    qtbot.mouseClick(view.viewport(), CLICK, pos=point_of(view, view.page.text.index("largest") + 3))
    if chosen(workspace).id == other.id:
        workspace.place.reader.cycle()
    workspace.place.inspect()
    shown = [button for button in inspector.here if button.isVisible()]
    assert [button.text() for button in shown] == ["Direct involvement › social"]
    qtbot.mouseClick(shown[0], CLICK)
    assert chosen(workspace).id == other.id


@pytest.mark.parametrize("key", ["code.uncode", "code.recode", "code.memo", "edit.copy_reference"])
def test_the_inspector_has_buttons_for_acts(qtbot: QtBot, workspace: MainWindow, key: str) -> None:
    found = choose(workspace, YEARLY)
    workspace.place.inspect()
    button = workspace.place.inspector.acts.findChild(type(workspace.place.inspector.here[0]), key)
    assert workspace.commands[key].toolTip() == button.toolTip()
    qtbot.mouseClick(button, CLICK)
    if key == "code.uncode":
        assert found not in codings(workspace)
    elif key == "code.recode":
        assert workspace.place.acts.palette.isVisible()


def test_m_opens_the_memo_and_what_is_written_is_kept(qtbot: QtBot, workspace: MainWindow) -> None:
    found = choose(workspace, YEARLY)
    inspector = workspace.place.inspector
    assert not inspector.memo.isVisible()
    press(qtbot, workspace, Qt.Key.Key_M)
    assert inspector.memo.isVisible()
    assert inspector.memo.text.hasFocus()
    qtbot.keyClicks(inspector.memo.text, "Only once a year")
    qtbot.keyClick(inspector.memo.text, Qt.Key.Key_Escape)
    assert workspace.place.reader.view.hasFocus()
    assert not inspector.memo.isVisible()
    (memo,) = session_of(workspace).memos.about(MemoTarget.CODING, found.id)
    assert memo.text == "Only once a year"
    qtbot.waitUntil(lambda: memo.text in inspector.texts()[-1])
    trigger(workspace, "edit.undo")
    assert memo.text not in " ".join(inspector.texts())


def test_a_memo_being_written_is_kept_when_another_coding_is_chosen(qtbot: QtBot, workspace: MainWindow) -> None:
    found = choose(workspace, YEARLY)
    press(qtbot, workspace, Qt.Key.Key_M)
    qtbot.keyClicks(workspace.place.inspector.memo.text, "kept")
    choose(workspace, BECAUSE)
    workspace.place.inspect()
    assert [memo.text for memo in session_of(workspace).memos.about(MemoTarget.CODING, found.id)] == ["kept"]
    assert not workspace.place.inspector.memo.isVisible()


def test_acts_without_a_coding_say_what_to_do(workspace: MainWindow) -> None:
    workspace.place.reader.view.place_caret(0)
    workspace.place.reader.choose("")
    for key in ("code.recode", "code.memo", "coding.split", "code.uncode"):
        workspace.status.tell_hint("")
        trigger(workspace, key)
        assert "No coding here" in workspace.status.hint
