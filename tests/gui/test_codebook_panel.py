import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.cases.confirm import Confirm
from kamcoder.gui.codebook.editor import CodeEditor
from kamcoder.gui.codebook.model import ALL, MINE, NAME, SPAN_MIME, CodebookModel, Order
from kamcoder.gui.codebook.panel import CodebookPanel
from kamcoder.gui.codebook.splitting import PieceModel, SplitDialog
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.driving import CLICK, select_quote, trigger

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(workspace: MainWindow, study: Session) -> CodebookPanel:
    found = workspace.place.codebook
    found.tree.setFocus()
    return found


def code(session: Session, path: str) -> str:
    return session.codebook.all().find(path).id


def paths(session: Session) -> list[str]:
    book = session.codebook.all()
    return [book.path(one.id) for _, one in book.walk()]


def shown(panel: CodebookPanel) -> list[str]:
    return [node.value.name for node in panel.model.nodes()]


def spot(panel: CodebookPanel, code_id: str, *, part: float = 0.5) -> QPoint:
    """Return a point on the row of a code; `part` from its upper (0) to its lower (1) edge."""
    panel.tree.scrollTo(panel.model.find(code_id))
    row = panel.tree.visualRect(panel.model.find(code_id))
    return QPoint(row.center().x(), row.top() + round(part * (row.height() - 1)))


def drop(
    panel: CodebookPanel, mime: QMimeData, point: QPoint, modifiers: Qt.KeyboardModifier = NONE
) -> tuple[bool, bool]:
    """Carry something to a point and let it go; return whether it could be dropped there, and was."""
    viewport, actions = panel.tree.viewport(), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    QApplication.sendEvent(viewport, QDragEnterEvent(point, actions, mime, CLICK, modifiers))
    move = QDragMoveEvent(point, actions, mime, CLICK, modifiers)
    QApplication.sendEvent(viewport, move)
    if not move.isAccepted():
        return False, False
    let_go = QDropEvent(QPointF(point), actions, mime, CLICK, modifiers)
    QApplication.sendEvent(viewport, let_go)
    return True, let_go.isAccepted()


def carried(panel: CodebookPanel, *code_ids: str) -> QMimeData:
    return panel.model.mimeData([panel.model.find(code_id) for code_id in code_ids])


def opened(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


# -- the model ---------------------------------------------------------------------------------------------------------


def test_the_model_is_sound_while_searched_sorted_and_ticked(qapp: QApplication, study: Session) -> None:
    model = CodebookModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.load(study)
    study.subscribe(model.on_changed)
    for order in Order:
        model.order_by(order)
        for typed in ("s", "strategic top", "zebra", ""):
            model.filter(typed)
            added = study.codebook.add(f"new {order} {typed}")
            model.tick([added.id])
            code_quote(study, "A-KAM", added.name, "Hardly ever.")
            study.undo()
            study.undo()
    model.load(None)
    del tester


def test_searching_looks_into_names_and_definitions_and_keeps_what_is_above(qapp: QApplication, study: Session) -> None:
    model = CodebookModel()
    model.load(study)
    names = lambda: [node.value.name for node in model.nodes()]  # noqa: E731
    model.filter("SOC")
    assert names() == ["Direct involvement", "social"]
    assert model.first_fit() == code(study, "social")
    model.filter("managers contact")
    assert names() == ["Direct involvement"]
    model.filter("nothing of the sort")
    assert names() == []
    model.filter(" ")
    assert len(names()) == 4


def test_sorting_is_of_the_view_alone(qapp: QApplication, study: Session) -> None:
    model = CodebookModel()
    model.load(study)
    study.subscribe(model.on_changed)
    before = paths(study)
    model.order_by(Order.NAME)
    assert [node.value.name for node in model.nodes()] == ["Antecedents", "Direct involvement", "social", "strategic"]
    model.order_by(Order.COUNT)
    assert next(node.value.name for node in model.nodes()) == "Direct involvement"
    code_quote(study, "A-KAM", "Antecedents", "Hardly ever.")
    code_quote(study, "B-KAM", "Antecedents", "He drinks coffee")
    assert next(node.value.name for node in model.nodes()) == "Antecedents"
    assert paths(study) == before


# -- ticks -------------------------------------------------------------------------------------------------------------


def test_a_click_on_the_square_hides_a_code_in_the_text_and_shows_it_again(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    strategic = code(study, "strategic")
    row = panel.tree.visualRect(panel.model.find(strategic))
    square = QPoint(row.left() + 8, row.center().y())
    with qtbot.waitSignal(panel.shown_codes_changed) as told:
        qtbot.mouseClick(panel.tree.viewport(), CLICK, pos=square)
    assert told.args == [frozenset(one.id for one in study.codebook.all().codes) - {strategic}]
    direct = panel.model.find(code(study, "Direct"))
    assert direct.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    assert panel.part.isVisible()
    assert "3" in panel.shown.text()
    qtbot.mouseDClick(panel.tree.viewport(), CLICK, pos=square)  # one more click, no choice of the code
    assert panel.model.shown_codes() is None
    assert not panel.part.isVisible()


def test_solo_and_all_by_keys(qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session) -> None:
    direct = code(study, "Direct")
    panel.tree.select([direct])
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert panel.model.shown_codes() == study.codebook.all().subtree(direct)
    # What is made later is shown; what is deleted is forgotten.
    added = study.codebook.add("later", parent_id=code(study, "Antecedents")).id
    assert added in (panel.model.shown_codes() or ())
    qtbot.mouseClick(panel.everything, CLICK)
    assert panel.model.shown_codes() is None
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert panel.model.shown_codes() == frozenset({code(study, "Antecedents"), added})
    study.codebook.delete(direct, with_codings=True)
    assert panel.model.shown_codes() is None


# -- renaming ----------------------------------------------------------------------------------------------------------


def editor_of(panel: CodebookPanel) -> QLineEdit:
    return next(edit for edit in panel.tree.viewport().findChildren(QLineEdit) if edit.isVisible())


def editing(panel: CodebookPanel) -> bool:
    return any(edit.isVisible() for edit in panel.tree.viewport().findChildren(QLineEdit))


def test_a_code_is_renamed_in_its_place(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    social = code(study, "social")
    panel.tree.select([social])
    qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
    editor = editor_of(panel)
    assert (editor.text(), editor.selectedText()) == ("social", "social")
    editor.insert("personal 😀")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert study.codebook.all().get(social).name == "personal 😀"
    assert not editing(panel)
    assert panel.tree.current_key() == social
    study.undo()
    assert study.codebook.all().get(social).name == "social"


def test_a_name_that_is_taken_is_said_and_the_editor_stays(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    panel.tree.select([code(study, "social")])
    qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(panel), "Strategic")
    qtbot.keyClick(editor_of(panel), Qt.Key.Key_Return)
    assert editor_of(panel).text() == "Strategic"
    assert panel.problem.isVisible()
    assert "Strategic" in panel.problem.text()
    qtbot.keyClick(editor_of(panel), Qt.Key.Key_Escape)
    assert not editing(panel)
    assert not panel.problem.isVisible()
    assert code(study, "social")


def test_leaving_the_editor_takes_the_name(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    panel.tree.select([code(study, "social")])
    panel.run("codebook.rename")
    qtbot.keyClicks(editor_of(panel), "left")
    panel.search.field.setFocus()
    assert "Direct involvement › left" in paths(study)


# -- moving ------------------------------------------------------------------------------------------------------------


def test_dropping_on_a_code_moves_below_it(panel: CodebookPanel, study: Session) -> None:
    antecedents, strategic = code(study, "Antecedents"), code(study, "strategic")
    assert drop(panel, carried(panel, strategic, code(study, "social")), spot(panel, antecedents)) == (True, True)
    assert paths(study) == [
        "Direct involvement",
        "Antecedents",
        "Antecedents › strategic",
        "Antecedents › social",
    ]
    study.undo()  # one step
    assert paths(study)[1] == "Direct involvement › strategic"


def test_dropping_between_two_codes_moves_there(panel: CodebookPanel, study: Session) -> None:
    social, strategic, antecedents = code(study, "social"), code(study, "strategic"), code(study, "Antecedents")
    assert drop(panel, carried(panel, social), spot(panel, strategic, part=0.0))[1]
    assert paths(study)[1:3] == ["Direct involvement › social", "Direct involvement › strategic"]
    assert drop(panel, carried(panel, antecedents), spot(panel, code(study, "Direct"), part=1.0))[1]
    assert paths(study)[1] == "Direct involvement › Antecedents"  # below an open code is its first place
    assert drop(panel, carried(panel, social), spot(panel, strategic, part=1.0))[1]
    assert paths(study)[-1] == "Direct involvement › social"
    empty = panel.tree.viewport().rect().bottomLeft() + QPoint(20, -5)
    assert drop(panel, carried(panel, strategic), empty)[1]
    assert paths(study)[-1] == "strategic"


def test_a_code_cannot_be_dropped_below_itself_nor_between_codes_that_are_sorted(
    panel: CodebookPanel, study: Session
) -> None:
    direct, strategic = code(study, "Direct"), code(study, "strategic")
    before = paths(study)
    assert not drop(panel, carried(panel, direct), spot(panel, strategic))[0]
    panel.run("codebook.sort_name")
    assert not drop(panel, carried(panel, code(study, "social")), spot(panel, strategic, part=1.0))[0]
    foreign = QMimeData()
    foreign.setText("some text")
    assert not drop(panel, foreign, spot(panel, strategic))[0]
    assert paths(study) == before


@pytest.mark.parametrize(
    ("key", "chosen", "after"),
    [
        (Qt.Key.Key_Up, "social", ["Direct involvement", "social", "strategic", "Antecedents"]),
        (Qt.Key.Key_Down, "strategic", ["Direct involvement", "social", "strategic", "Antecedents"]),
        (Qt.Key.Key_Right, "Antecedents", ["Direct involvement", "strategic", "social", "Antecedents"]),
        (Qt.Key.Key_Left, "strategic", ["Direct involvement", "social", "strategic", "Antecedents"]),
        (Qt.Key.Key_Down, "social", ["Direct involvement", "strategic", "social", "Antecedents"]),
    ],
)
def test_moving_by_keys(
    qtbot: QtBot, panel: CodebookPanel, study: Session, key: Qt.Key, chosen: str, after: list[str]
) -> None:
    panel.tree.select([code(study, chosen)])
    qtbot.keyClick(panel.tree, key, ALT)
    assert shown(panel) == after
    assert panel.tree.current_key() == code(study, chosen)
    depth = {Qt.Key.Key_Right: "Direct involvement › Antecedents", Qt.Key.Key_Left: "strategic"}
    assert depth.get(key, paths(study)[0]) in paths(study)


# -- merging, deleting, splitting --------------------------------------------------------------------------------------


def test_dropping_with_ctrl_merges_after_saying_what_that_means(
    workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    social, strategic = code(study, "social"), code(study, "strategic")
    study.memos.write(MemoTarget.CODE, social, "too near")
    study.summaries.write(study.cases.find("B").id, social, "Coffee.")
    assert drop(panel, carried(panel, social), spot(panel, strategic), CTRL)[1]
    dialog = opened(workspace, Confirm)
    told = " ".join(dialog.texts)
    for word in ("social", "strategic", "1 code", "1 coding", "1 document", "1 coder", "1 memo", "1 summary"):
        assert word in told
    assert "Direct involvement › social" in paths(study)  # nothing before it is confirmed
    dialog.accept()
    assert "Direct involvement › social" not in paths(study)
    assert len(study.codebook.codings(strategic)) == 2
    assert panel.tree.current_key() == strategic
    assert "Merged" in workspace.toast.text
    workspace.toast.button.click()
    assert "Direct involvement › social" in paths(study)


def test_merging_by_the_menu_asks_for_the_target(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    panel.tree.select([code(study, "Antecedents")])
    trigger(workspace, "codebook.merge")
    box = panel.chooser.palette_box
    assert box is not None
    qtbot.keyClicks(box.field, "soc")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    opened(workspace, Confirm).reject()
    assert len(study.codebook.all()) == 4


def test_a_code_cannot_be_merged_into_one_below_it(workspace: MainWindow, panel: CodebookPanel, study: Session) -> None:
    assert panel.acts.ask_merge([code(study, "Direct")], code(study, "social")) is None
    assert "merged" in workspace.status.hint


def test_deleting_several_codes_says_what_goes_and_can_be_undone(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    before = paths(study)
    panel.tree.select([code(study, "Direct"), code(study, "Antecedents")])
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    dialog = opened(workspace, Confirm)
    assert "4 codes" in " ".join(dialog.texts)
    assert "3 codings in 2 documents by 1 coder" in " ".join(dialog.texts)
    dialog.accept()
    assert paths(study) == []
    assert panel.empty.isVisible()
    workspace.toast.button.click()
    assert paths(study) == before


def test_a_code_on_which_nothing_hangs_goes_at_once(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    panel.tree.select([study.codebook.add("unused").id])
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert "unused" not in paths(study)
    assert "unused" in workspace.toast.text


def test_passages_are_split_off_into_a_new_code(workspace: MainWindow, panel: CodebookPanel, study: Session) -> None:
    social = code(study, "social")
    moved = code_quote(study, "B-KAM", "social", "No, only when a relation is at risk.")
    panel.tree.select([social])
    trigger(workspace, "codebook.split")
    dialog = opened(workspace, SplitDialog)
    assert isinstance(dialog, SplitDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.filter.setText("risk")
    dialog.all.click()
    dialog.filter.clear()
    assert dialog.model.rowCount() == 2
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.text()
    dialog.name.setText("danger")
    dialog.accept()
    child = code(study, "danger")
    assert [coding.id for coding in study.codebook.codings(child)] == [moved.id]
    assert panel.tree.current_key() == child


def test_the_passages_to_split_off_are_a_sound_model(qapp: QApplication, study: Session) -> None:
    from kamcoder.gui.codebook.splitting import Piece

    model = PieceModel([Piece(str(number), f"quote {number}", "A-CEO") for number in range(30)])
    tester = QAbstractItemModelTester(model, FATAL)
    model.filter("quote 2")
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.tick_shown(on=False)
    model.tick_shown(on=True)
    model.filter("")
    assert model.chosen() == [str(number) for number in range(30) if "2" in str(number)]
    del tester


# -- making and editing ------------------------------------------------------------------------------------------------


def test_a_code_is_edited_with_all_its_fields(workspace: MainWindow, panel: CodebookPanel, study: Session) -> None:
    social, antecedents = code(study, "social"), code(study, "Antecedents")
    hard = "a\u00a0b"
    study.codebook.edit(social, include=hard, questions=("Q9",))
    panel.tree.select([social])
    trigger(workspace, "codebook.edit")
    editor = opened(workspace, CodeEditor)
    assert isinstance(editor, CodeEditor)
    editor.name.setText("personal")
    editor.place.setCurrentIndex(editor.place.findData(antecedents))
    editor.colour.buttons()[-1].click()
    editor.shortcut.setText("p")
    editor.codable.setChecked(False)
    editor.questions["Q9"].setChecked(False)
    editor.texts["definition"].insertPlainText("Coffee.\nBirthdays.")
    steps = study.to_undo
    editor.accept()
    after = study.codebook.all().get(social)
    assert study.codebook.all().path(social) == "Antecedents › personal"
    assert after.colour == study.codebook.colours()[-1]
    assert (after.shortcut, after.codable, after.questions) == ("P", False, ())
    assert (after.definition, after.include) == ("Coffee.\nBirthdays.", hard)
    study.undo()
    assert study.to_undo == steps  # all of it was one step


@pytest.mark.parametrize(
    ("field", "typed"), [("name", "strategic"), ("name", " "), ("shortcut", "?"), ("colour", "#12"), ("colour", "")]
)
def test_what_cannot_be_is_said_in_the_editor_which_stays(
    panel: CodebookPanel, study: Session, field: str, typed: str
) -> None:
    editor = panel.acts.ask_edit(code(study, "social"))
    assert editor is not None
    edit = {"name": editor.name, "shortcut": editor.shortcut, "colour": editor.colour.field}[field]
    edit.setText(typed)
    editor.accept()
    assert editor.isVisible()
    assert editor.problem.text()
    assert editor.focusWidget() is edit
    assert study.codebook.all().get(code(study, "social")).name == "social"
    editor.reject()


def test_a_code_is_not_offered_a_place_below_itself(panel: CodebookPanel, study: Session) -> None:
    editor = panel.acts.ask_edit(code(study, "Direct"))
    assert editor is not None
    offered = [editor.place.itemText(row).strip() for row in range(editor.place.count())]
    assert offered[1:] == ["Antecedents"]
    editor.reject()


def test_new_codes_stand_beside_or_below_the_current_one(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    direct = code(study, "Direct")
    for key, name, path in (
        (Qt.KeyboardModifier.ShiftModifier, "inner", "Direct involvement › inner"),
        (NONE, "beside", "Direct involvement › beside"),
    ):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Insert, key) if key else panel.run("codebook.add")
        editor = opened(workspace, CodeEditor)
        assert isinstance(editor, CodeEditor)
        if not key:
            assert editor.place.currentData() == direct
        else:
            editor.place.setCurrentIndex(editor.place.findData(direct))
        assert editor.colour.text == study.codebook.next_colour(direct)
        editor.name.setText(name)
        editor.accept()
        assert path in paths(study)
        assert panel.tree.current_key() == code(study, name)


# -- around the tree ---------------------------------------------------------------------------------------------------


def test_search_is_typed_and_left_by_keys(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    qtbot.keyClick(panel.tree, Qt.Key.Key_Slash)
    assert panel.search.field.hasFocus()
    qtbot.keyClicks(panel.search.field, "soc")
    assert shown(panel) == ["Direct involvement", "social"]
    assert panel.tree.current_key() == code(study, "social")
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert panel.tree.hasFocus()
    assert panel.search.field.text() == "soc"
    panel.search.begin()
    qtbot.keyClicks(panel.search.field, "zebra")
    assert panel.nothing.isVisible()
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Escape)
    assert len(shown(panel)) == 4
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Escape)
    assert panel.tree.hasFocus()


def test_a_code_that_the_search_hides_is_gone_to_all_the_same(panel: CodebookPanel, study: Session) -> None:
    panel.search.field.setText("social")
    panel.point(code(study, "Antecedents"))
    assert panel.tree.current_key() == code(study, "Antecedents")


def test_branches_open_and_close_and_stay_so(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    direct = code(study, "Direct")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Left, CTRL)
    assert not panel.tree.isExpanded(panel.model.find(direct))
    panel.search.field.setText("s")
    assert panel.tree.isExpanded(panel.model.find(direct))
    panel.tree.select([code(study, "Antecedents")])
    panel.search.clear()
    assert not panel.tree.isExpanded(panel.model.find(direct))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Right, CTRL)
    assert panel.tree.isExpanded(panel.model.find(direct))


def test_ctrl_enter_asks_for_the_passages(qtbot: QtBot, panel: CodebookPanel, study: Session) -> None:
    panel.tree.select([code(study, "social")])
    with qtbot.waitSignal(panel.passages_asked) as told:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return, CTRL)
    assert told.args == [code(study, "social")]


def test_the_selected_text_dropped_on_a_code_gets_it(
    qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel, study: Session
) -> None:
    select_quote(qtbot, workspace, "Trust matters: people know us.")
    mime = QMimeData()
    mime.setData(SPAN_MIME, b"0 1")
    assert not drop(panel, mime, spot(panel, code(study, "social"), part=0.0))[0]
    assert drop(panel, mime, spot(panel, code(study, "social")))[1]
    assert "Trust matters: people know us." in {one.quote for one in study.codebook.codings(code(study, "social"))}


def test_the_window_keeps_import_and_export(qtbot: QtBot, workspace: MainWindow, panel: CodebookPanel) -> None:
    with qtbot.waitSignal(panel.import_asked):
        trigger(workspace, "codebook.import")
    with qtbot.waitSignal(panel.export_asked):
        trigger(workspace, "codebook.export")


def test_the_menu_holds_every_command_with_its_key(workspace: MainWindow, panel: CodebookPanel) -> None:
    panel.fill_menu()
    listed = {action.objectName() for action in panel.menu.actions() if not action.isSeparator()}
    everything = {spec.key for spec, _ in workspace.commands if spec.menu == "codebook"}
    by_hand = {"codebook.search", "codebook.up", "codebook.down", "codebook.in", "codebook.out"}
    assert listed == everything - by_hand


def test_numbers_are_never_cut(panel: CodebookPanel, study: Session) -> None:
    study.coders.add("Ben")
    social, coder = code(study, "social"), study.coder
    assert coder is not None
    panel.model._counts.load(study.codebook.all(), {(social, coder.id): 123_456})
    panel.count_for(coder.id)
    for column in (MINE, ALL):
        index = panel.model.find(code(study, "Direct"), column)
        assert index.data() == "123456"
        assert panel.tree.header().sectionSize(column) >= panel.tree.sizeHintForIndex(index).width()
        assert panel.tree.header().sectionSize(column) >= panel.tree.header().sectionSizeHint(column)


def test_selection_and_place_of_the_view_survive_a_change(panel: CodebookPanel, study: Session) -> None:
    for number in range(80):
        study.codebook.add(f"code {number}")
    chosen = [code(study, "code 70"), code(study, "code 72")]
    panel.tree.select(chosen)
    before = panel.tree.verticalScrollBar().value()
    assert before
    study.codebook.add("one more")
    assert panel.tree.selected_keys() == chosen
    assert panel.tree.verticalScrollBar().value() == before


def test_commands_say_what_they_need(workspace: MainWindow, panel: CodebookPanel) -> None:
    panel.tree.selectionModel().setCurrentIndex(
        panel.model.index(-1, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    panel.run("codebook.delete")
    assert workspace.status.hint.startswith("Click a code")
    assert panel.model.index(0, NAME).isValid()


def test_what_is_carried_is_a_small_sign_with_colour_and_name(panel: CodebookPanel, study: Session) -> None:
    tree, book = panel.tree, study.codebook.all()
    social = book.find("social")
    one, two = tree.carried([social.id]), tree.carried([social.id, book.find("Antecedents").id])
    assert one.height() < 2 * tree.fontMetrics().height() * one.devicePixelRatio()
    assert one.width() < two.width()  # it says how many more
    colours = {one.toImage().pixelColor(x, one.height() // 2).name().upper() for x in range(one.width() // 2)}
    assert social.colour.upper() in colours
