import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import WorkState
from kamcoder.domain.document import TextSpan
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.cases.confirm import Confirm
from kamcoder.gui.documents.model import CODINGS, NAME, SHARE, DocumentsModel, Order, StateRole, key_of
from kamcoder.gui.documents.panel import DocumentsPanel
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.widgets.prompt import Prompt
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.driving import CLICK, trigger

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(workspace: MainWindow) -> DocumentsPanel:
    found = workspace.place.documents
    found.tree.setFocus()
    return found


def one(session: Session, name: str) -> str:
    return session.documents.find(name).id


def rows(model: DocumentsModel) -> list[str]:
    return [node.value for node in model.nodes()]


def index(panel: DocumentsPanel, document_id: str, column: int = NAME) -> QModelIndex:
    return panel.model.find(key_of(document_id), column)


def told(panel: DocumentsPanel, document_id: str) -> str:
    return str(index(panel, document_id).data(Qt.ItemDataRole.AccessibleTextRole))


def opened(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


# -- the model ---------------------------------------------------------------------------------------------------------


def test_the_model_is_sound_while_filtered_sorted_and_worked_on(qapp: QApplication, study: Session) -> None:
    model = DocumentsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.load(study)
    study.subscribe(model.on_changed)
    for order in Order:
        model.order_by(order)
        for typed in ("a", "kam b", "zebra", ""):
            model.filter(typed)
            code_quote(study, "A-KAM", "social", "Hardly ever.")
            model.refresh_shares()
            study.documents.set_work_state(one(study, "B-KAM"), WorkState.FINISHED)
            study.documents.set_work_state(one(study, "B-KAM"), WorkState.ASSIGNED)
            study.documents.rename(one(study, "B-KAM"), "Z-KAM")
            study.undo()
            study.undo()
    model.load(None)
    assert rows(model) == []
    del tester


def test_documents_stand_under_all_their_cases_and_under_none(qapp: QApplication, study: Session) -> None:
    model = DocumentsModel()
    study.documents.link(one(study, "A-CEO"), study.cases.find("B").id)
    study.documents.link(one(study, "A-KAM"), study.cases.find("A").id, linked=False)
    model.load(study)
    assert rows(model) == ["A", "A-CEO", "B", "A-CEO", "B-KAM", "No case", "A-KAM"]
    model.filter("kam")
    assert rows(model) == ["B", "B-KAM", "No case", "A-KAM"]
    model.filter("b")
    assert rows(model) == ["B", "A-CEO", "B-KAM"]
    assert len(model.documents()) == 3  # what is filtered away can still be read
    model.filter("zebra")
    assert rows(model) == []
    study.documents.delete(one(study, "A-KAM"))
    model.filter("")
    model.load(study)
    assert "No case" not in rows(model)


def test_sorting_by_codings_and_by_share(qapp: QApplication, study: Session) -> None:
    model = DocumentsModel()
    model.load(study)
    study.subscribe(model.on_changed)
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    text = study.documents.text(one(study, "A-KAM"))
    study.codings.apply(one(study, "A-KAM"), TextSpan(0, len(text)), study.codebook.all().find("Antecedents").id)
    model.refresh_shares()
    model.order_by(Order.COUNT)
    assert rows(model)[1:3] == ["A-KAM", "A-CEO"]
    model.order_by(Order.NAME)
    assert rows(model)[1:3] == ["A-CEO", "A-KAM"]
    model.order_by(Order.SHARE)
    assert rows(model)[1:3] == ["A-KAM", "A-CEO"]


# -- progress ----------------------------------------------------------------------------------------------------------


def test_shares_are_those_of_who_codes_and_follow_the_coding(
    qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session
) -> None:
    document, ann = one(study, "A-CEO"), study.coder
    assert ann is not None
    before = panel.model.share(document)
    assert before == study.documents.work(ann.id)[document].share
    assert before is not None
    code_quote(study, "A-CEO", "social", "Trust matters: people know us.")
    qtbot.waitUntil(lambda: (panel.model.share(document) or 0) > before)
    assert panel.model.share(document) == study.documents.work(ann.id)[document].share
    percent = round(100 * (panel.model.share(document) or 0))
    assert f"{percent} % coded" in told(panel, document)
    workspace.desk.coders.choose(study.coders.add("Ben"))
    assert panel.model.share(document) == 0
    assert "0 % coded" in told(panel, document)


def test_opening_a_document_notes_that_it_is_in_progress(
    qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session
) -> None:
    document, ann = one(study, "A-KAM"), study.coder
    assert ann is not None
    assert index(panel, document).data(StateRole) == WorkState.ASSIGNED
    assert "unread" in told(panel, document)
    row = panel.tree.visualRect(index(panel, document)).center()
    qtbot.mouseClick(panel.tree.viewport(), CLICK, pos=row)
    assert workspace.place.reader.document_id == document
    assert study.documents.work(ann.id)[document].state is WorkState.IN_PROGRESS
    assert "in progress" in told(panel, document)
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert index(panel, document).data(StateRole) == WorkState.FINISHED
    assert "1 finished" in str(panel.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    panel.note_opened(document)  # what is finished stays so
    assert study.documents.work(ann.id)[document].state is WorkState.FINISHED
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert study.documents.work(ann.id)[document].state is WorkState.IN_PROGRESS
    trigger(workspace, "documents.unread")
    assert "unread" in told(panel, document)


def test_a_document_that_is_coded_counts_as_begun(panel: DocumentsPanel, study: Session) -> None:
    assert "in progress" in told(panel, one(study, "B-KAM"))


def test_where_nobody_codes_no_progress_is_shown(panel: DocumentsPanel, study: Session) -> None:
    study.coders.activate(None)
    panel.use_coder()
    assert panel.tree.isColumnHidden(SHARE)
    assert index(panel, one(study, "A-CEO")).data(StateRole) is None
    assert "unread" not in told(panel, one(study, "A-CEO"))


def test_a_document_opened_in_a_file_that_cannot_be_written_is_read_all_the_same(
    workspace: MainWindow, study: Session, panel: DocumentsPanel
) -> None:
    path = study.path
    ann = study.coder
    assert ann is not None
    workspace.desk.projects.close()
    assert workspace.desk.open(path, read_only=True)
    workspace.desk.coders.choose(ann)
    session = workspace.session
    assert session is not None
    workspace.place.open_document(one(session, "A-KAM"))
    assert workspace.place.reader.document_id == one(session, "A-KAM")
    assert workspace.notice.text == ""


# -- acts --------------------------------------------------------------------------------------------------------------


def editor_of(panel: DocumentsPanel) -> QLineEdit:
    return next(edit for edit in panel.tree.viewport().findChildren(QLineEdit) if edit.isVisible())


def test_a_document_is_renamed_in_its_place(
    qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session
) -> None:
    document = one(study, "A-KAM")
    panel.tree.point(key_of(document))
    qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(panel), "A-CEO")
    qtbot.keyClick(editor_of(panel), Qt.Key.Key_Return)
    assert "A-CEO" in panel.problem.text()
    assert editor_of(panel).text() == "A-CEO"
    editor_of(panel).selectAll()
    qtbot.keyClicks(editor_of(panel), "A-NAM")
    qtbot.keyClick(editor_of(panel), Qt.Key.Key_Return)
    assert study.documents.find("A-NAM").id == document
    assert not panel.problem.isVisible()
    assert panel.current == document


def test_cases_are_not_renamed_here(panel: DocumentsPanel) -> None:
    assert not panel.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_deleting_says_what_goes_and_can_be_undone(
    qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session
) -> None:
    document = one(study, "A-CEO")
    study.memos.write(MemoTarget.DOCUMENT, document, "long")
    panel.tree.point(key_of(document))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    dialog = opened(workspace, Confirm)
    assert isinstance(dialog, Confirm)
    assert "2 codings by 1 coder and 1 memo" in " ".join(dialog.texts)
    dialog.accept()
    assert document not in panel.model.documents()
    assert "A-CEO" in workspace.toast.text
    workspace.toast.button.click()
    assert document in panel.model.documents()
    assert len(study.codings.of_document(document)) == 2


def test_cases_are_linked_by_ticks_in_a_menu(workspace: MainWindow, panel: DocumentsPanel, study: Session) -> None:
    document = one(study, "A-KAM")
    panel.acts.fill_cases(document)
    first, second, *_ = panel.acts.case_menu.actions()
    assert (first.text(), first.isChecked(), second.text(), second.isChecked()) == ("A", True, "B", False)
    second.trigger()
    assert rows(panel.model).count("A-KAM") == 2
    panel.acts.fill_cases(document)
    panel.acts.case_menu.actions()[0].trigger()
    assert rows(panel.model) == ["A", "A-CEO", "B", "A-KAM", "B-KAM"]
    panel.acts.case_menu.actions()[-1].trigger()
    prompt = opened(workspace, Prompt)
    assert isinstance(prompt, Prompt)
    prompt.edit.setText("A")
    prompt.accept()
    assert prompt.problem.text()
    prompt.edit.setText("C & co")
    prompt.accept()
    assert "C & co" in rows(panel.model)


def test_properties_are_asked_for(qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session) -> None:
    panel.tree.point(key_of(one(study, "B-KAM")))
    with qtbot.waitSignal(panel.properties_asked) as asked:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [one(study, "B-KAM")]


def test_commands_of_documents_need_one(workspace: MainWindow, panel: DocumentsPanel) -> None:
    panel.tree.setCurrentIndex(panel.model.index(0, 0))  # a case
    assert not workspace.commands["documents.rename"].isEnabled()
    panel.run("documents.rename")
    assert workspace.status.hint.startswith("Click a document")


# -- around the tree ---------------------------------------------------------------------------------------------------


def test_filtering_by_keys(qtbot: QtBot, workspace: MainWindow, panel: DocumentsPanel, study: Session) -> None:
    qtbot.keyClick(panel.tree, Qt.Key.Key_Slash)
    qtbot.keyClicks(panel.search.field, "b-")
    assert rows(panel.model) == ["B", "B-KAM"]
    workspace.place.step_document(2)  # what the filter hides is read as ever
    assert workspace.place.reader.document_id == one(study, "B-KAM")
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Down)
    assert panel.tree.hasFocus()
    panel.search.field.setText("zebra")
    assert panel.nothing.isVisible()
    assert workspace.place.reader.isVisible()
    panel.search.begin()
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Escape)
    assert len(rows(panel.model)) == 5


def test_a_filter_is_no_empty_project(workspace: MainWindow, panel: DocumentsPanel, study: Session) -> None:
    panel.search.field.setText("zebra")
    workspace.place.reader.clear()
    workspace.place._choose_page()
    assert workspace.place.unread.isVisible()


def test_the_menu_holds_every_command_with_its_key(workspace: MainWindow, panel: DocumentsPanel) -> None:
    panel.fill_menu()
    listed = {action.objectName() for action in panel.menu.actions() if not action.isSeparator()}
    everything = {spec.key for spec, _ in workspace.commands if spec.menu == "documents"}
    assert everything - listed == {"documents.search"}


def test_numbers_are_never_cut(panel: DocumentsPanel, study: Session) -> None:
    panel.model._counts[one(study, "A-CEO")] = 123_456
    panel._fit()
    header = panel.tree.header()
    assert header.sectionSize(CODINGS) >= panel.tree.sizeHintForIndex(panel.model.index(0, CODINGS)).width()
    assert header.sectionSize(CODINGS) >= header.sectionSizeHint(CODINGS)


def test_sorting_by_the_menu(workspace: MainWindow, panel: DocumentsPanel) -> None:
    assert workspace.commands["documents.sort_name"].isChecked()
    trigger(workspace, "documents.sort_count")
    assert panel.model.order is Order.COUNT
    assert workspace.commands["documents.sort_count"].isChecked()
    assert not workspace.commands["documents.sort_name"].isChecked()
