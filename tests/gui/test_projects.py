import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.start.new_project import NewProjectDialog
from kamcoder.gui.widgets.prompt import Prompt
from kamcoder.services.session import Session
from tests.builders import small_study, write_interviews
from tests.gui.conftest import opened_window, put_away
from tests.gui.driving import CLICK, codings, trigger


def closed_study(project: Path, folder: Path) -> Path:
    with Session.create(project) as session:
        small_study(session, folder)
    return project


def notice_button(window: MainWindow, text: str) -> object:
    return next(button for button in window.notice.buttons() if button.text() == text)


def test_without_a_project_the_page_says_how_to_begin(window: MainWindow) -> None:
    assert window.places.currentWidget() is window.start
    texts = [button.text() for button in window.start.buttons]
    assert ["New project" in texts[0], "Open project" in texts[1], "sample study" in texts[2]] == [True] * 3
    assert "Ctrl+N" in texts[0]
    assert not window.commands["documents.import"].isEnabled()
    assert window.commands["project.open"].isEnabled()


def test_opening_a_file_shows_its_documents_and_codes(window: MainWindow, project: Path, tmp_path: Path) -> None:
    assert window.open_project(closed_study(project, tmp_path))
    assert window.place.isVisible()
    model = window.place.documents.model
    names = [node.value for node in model.nodes()]
    assert names == ["A", "A-CEO", "A-KAM", "B", "B-KAM"]
    assert [code.value.name for code in window.place.codebook.model.nodes()] == [
        "Direct involvement",
        "strategic",
        "social",
        "Antecedents",
    ]
    assert "study" in window.windowTitle()


def test_a_document_is_chosen_by_click_and_by_enter(qtbot: QtBot, workspace: MainWindow) -> None:
    tree, model = workspace.place.documents.tree, workspace.place.documents.model
    row = next(node for node in model.nodes() if node.value == "B-KAM")
    qtbot.mouseClick(tree.viewport(), CLICK, pos=tree.visualRect(model.index_of(row)).center())
    assert workspace.place.reader.document is not None
    assert workspace.place.reader.document.name == "B-KAM"
    assert workspace.place.reader.view.toPlainText().startswith("Who goes to see the customer?")
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert workspace.place.reader.document.name == "A-KAM"
    assert workspace.place.reader.view.hasFocus()


def test_everything_comes_back_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, settings: Path, project: Path, tmp_path: Path
) -> None:
    closed_study(project, tmp_path)
    first = opened_window(qtbot, qapp, settings)
    first.open_project(project)
    assert first.session is not None
    first.place.open_document(first.session.documents.find("A-KAM").id)
    first.place.reader.view.place_caret(25)
    trigger(first, "view.larger")
    trigger(first, "view.dark")
    trigger(first, "view.codebook")
    first.resize(780, 640)
    put_away(first)
    second = opened_window(qtbot, qapp, settings)
    try:
        assert [button.text() for button in second.start.recent_buttons()] == ["study"]
        qtbot.mouseClick(second.start.recent_buttons()[0], CLICK)
        reader = second.place.reader
        assert reader.document is not None
        assert reader.document.name == "A-KAM"
        assert reader.view.caret() == 25
        assert second.session is not None
        assert second.session.coder is not None
        assert second.session.coder.name == "Ann"
        assert second.theme.look.dark
        assert second.appearance.zoom == 115
        assert not second.place.right.isVisible()
        assert second.height() == 640
    finally:
        put_away(second)


def test_the_scroll_place_comes_back(window: MainWindow, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n".join(f"A: Answer number {number} goes on for a while." for number in range(400)))
    session.imports.commit(session.imports.preview([path]))
    project = session.path
    window.desk.projects.adopt(session)
    window.place.step_document(1)
    view = window.place.reader.view
    view.scroll_to(view.page.text.index("number 250"))
    top = view.top_position()
    assert top > 1000
    assert window.desk.projects.close()
    assert window.open_project(project)
    assert window.place.reader.view.top_position() == top


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "does not exist"),
        ("text", "is not a KamCoder project"),
        ("damaged", "damaged"),
        ("newer", "newer KamCoder"),
        ("empty", "is not a KamCoder project"),
    ],
)
def test_a_file_that_cannot_be_opened_gives_a_sentence_and_a_way_on(
    window: MainWindow, project: Path, tmp_path: Path, kind: str, words: str
) -> None:
    if kind == "text":
        project.write_text("not a project")
    elif kind == "empty":
        project.touch()
    elif kind != "missing":
        closed_study(project, tmp_path)
    if kind == "newer":
        with sqlite3.connect(project) as connection:
            connection.execute("PRAGMA user_version=999000")
        connection.close()
    if kind == "damaged":
        content = bytearray(project.read_bytes())
        content[4096:-4096] = os.urandom(len(content) - 8192)
        project.write_bytes(content)
    assert not window.open_project(project)
    assert words in window.notice.text
    assert project.name in window.notice.text
    assert window.places.currentWidget() is window.start
    assert window.session is None
    assert [button.text() for button in window.notice.buttons()] == ["Open another project…"]


def _hold(path: str, opened: object, done: object) -> None:
    with Session.open(Path(path)):
        opened.set()  # type: ignore[attr-defined]
        done.wait(60)  # type: ignore[attr-defined]


def test_a_project_open_elsewhere_can_be_read(qtbot: QtBot, window: MainWindow, project: Path, tmp_path: Path) -> None:
    closed_study(project, tmp_path)
    context = multiprocessing.get_context("spawn")
    opened, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(project), opened, done))
    holder.start()
    try:
        assert opened.wait(60)
        assert not window.open_project(project)
        assert "open already" in window.notice.text
        qtbot.mouseClick(notice_button(window, "Open for reading"), CLICK)
        assert window.session is not None
        view = window.place.reader.view
        view.select(view.marks.ordered()[0].coding.span)
        code = window.session.codebook.all().find("social")
        window.place.acts.apply(code.id)
        assert "cannot be written" in window.notice.text
        window.desk.projects.close()
    finally:
        done.set()
        holder.join()


def test_a_project_that_is_open_stays_open_if_another_cannot_be_opened(workspace: MainWindow, tmp_path: Path) -> None:
    before = workspace.session
    assert not workspace.open_project(tmp_path / "nothing.kamcoder")
    assert workspace.session is before
    assert "does not exist" in workspace.notice.text
    assert workspace.place.isVisible()


def test_a_new_project_is_made_from_a_template(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    trigger(window, "project.new")
    dialog = window.findChild(NewProjectDialog)
    assert dialog is not None
    assert dialog.templates.count() >= 2
    dialog.file.setText(str(tmp_path / "mine"))
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.path == tmp_path / "mine.kamcoder"
    assert window.place.codebook.model.rowCount() > 3
    assert window.place.documents.empty.isVisible()
    assert "Import" in window.place.documents.empty.buttons[0].text()


def test_a_new_project_without_codes_says_how_to_make_one(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    trigger(window, "project.new")
    dialog = window.findChild(NewProjectDialog)
    assert dialog is not None
    dialog.file.setText(str(tmp_path / "bare.kamcoder"))
    dialog.templates.setCurrentRow(dialog.templates.count() - 1)
    dialog.accept()
    assert window.place.codebook.empty.isVisible()
    trigger(window, "code.new")
    prompt = window.findChild(Prompt)
    assert prompt is not None
    qtbot.keyClick(prompt.edit, Qt.Key.Key_Return)
    assert "needs a name" in prompt.problem.text()
    prompt.edit.setText("trust / in people")
    prompt.accept()
    assert window.place.codebook.tree.isVisible()
    assert [node.value.name for node in window.place.codebook.model.nodes()] == ["trust", "in people"]


def test_a_new_project_never_replaces_a_file(window: MainWindow, project: Path, tmp_path: Path) -> None:
    closed_study(project, tmp_path)
    before = project.read_bytes()
    trigger(window, "project.new")
    dialog = window.findChild(NewProjectDialog)
    assert dialog is not None
    dialog.file.setText(str(project))
    dialog.accept()
    assert "exists already" in window.notice.text
    assert project.read_bytes() == before


def test_documents_are_imported_through_the_dialog_as_one_step(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    window.desk.projects.adopt(session)
    files = write_interviews(tmp_path)
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing here")
    trigger(window, "documents.import")
    dialog = window.rooms.importing
    assert dialog is not None
    for chooser in dialog.findChildren(QFileDialog):
        chooser.close()
    dialog.add([*files, bad])
    qtbot.waitUntil(lambda: len(dialog.preview().items) == 3 and not dialog.reader.busy, timeout=30_000)
    with qtbot.waitSignal(window.rooms.imported, timeout=30_000):
        dialog.import_checked()
    assert window.place.reader.document is not None
    assert window.place.reader.document.name == "A-CEO"
    assert "3 documents" in window.toast.text
    assert "scan.pdf" in window.notice.text
    qtbot.mouseClick(window.toast.button, CLICK)
    assert session.documents.all() == []
    assert window.place.reader.document is None
    assert window.place.empty.isVisible()


def test_the_sample_study_opens_as_its_first_coder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    trigger(window, "project.sample")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(window.desk.projects.opened, timeout=60_000):
        dialog.fileSelected.emit(str(tmp_path))
        dialog.close()
        assert window.status.cancel.isVisible()
    qtbot.waitUntil(lambda: window.session is not None and window.session.coder is not None)
    assert window.session is not None
    assert window.session.coder is not None
    assert window.session.coder.name == "Ann"
    assert len(window.session.documents.all()) == 11
    assert len(window.place.reader.view.marks) > 20
    assert {mark.coding.coder_id for mark in window.place.reader.view.marks} == {window.session.coder.id}


def test_cancelling_the_sample_leaves_no_project(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.tasks.started) as started:
        window.desk.projects.build_sample(tmp_path, title="Sample", then=lambda _: None)
    with qtbot.waitSignal(started.args[0].finished, timeout=60_000):
        qtbot.mouseClick(window.status.cancel, CLICK)
    assert window.session is None
    assert "Cancelled" in window.toast.text


def test_nobody_codes_before_saying_who(qtbot: QtBot, window: MainWindow, project: Path, tmp_path: Path) -> None:
    closed_study(project, tmp_path)
    with Session.open(project) as session:
        session.coders.add("Ben")
    assert window.open_project(project)
    assert "Who codes?" in window.notice.text
    assert len(window.place.reader.view.marks) == 0
    window.place.reader.view.select(window.session.codings.of_document(window.place.reader.document_id)[0].span)
    qtbot.keyClick(window.place.reader.view, Qt.Key.Key_C)
    assert "Who codes is not known" in window.notice.text
    window.desk.coders.load(window.session, remembered="")
    qtbot.mouseClick(notice_button(window, "Ben"), CLICK)
    assert window.status.coder.text() == "Coding as Ben"
    assert len(window.place.reader.view.marks) == 0
    trigger(window, "view.everyone")
    assert [mark.own for mark in window.place.reader.view.marks] == [False, False]
    qtbot.keyClick(window.place.reader.view, Qt.Key.Key_C)
    qtbot.keyClicks(window.place.acts.palette.field, "soc")
    qtbot.keyClick(window.place.acts.palette.field, Qt.Key.Key_Return)
    assert {coding.coder_id for coding in codings(window)} == {coder.id for coder in window.session.coders.all()}


def test_another_coders_coding_cannot_be_taken_off(qtbot: QtBot, workspace: MainWindow) -> None:
    assert workspace.session is not None
    workspace.desk.coders.choose(workspace.session.coders.add("Ben"))
    trigger(workspace, "view.everyone")
    before = codings(workspace)
    reader = workspace.place.reader
    reader.go_to(before[0].id)
    qtbot.keyClick(reader.view, Qt.Key.Key_U)
    assert codings(workspace) == before
    assert "another coder" in workspace.status.hint


def test_a_new_coder_is_named(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    window.desk.projects.adopt(session)
    qtbot.mouseClick(window.status.coder, CLICK)
    prompt = window.findChild(Prompt)
    assert prompt is not None
    prompt.edit.setText("Cleo 😀")
    qtbot.keyClick(prompt.edit, Qt.Key.Key_Return)
    assert session.coder is not None
    assert session.coder.name == "Cleo 😀"
    assert window.status.coder.text() == "Coding as Cleo 😀"


def test_closing_the_window_closes_the_project_into_one_file(
    qtbot: QtBot, qapp: QApplication, settings: Path, project: Path, tmp_path: Path
) -> None:
    closed_study(project, tmp_path)
    window = opened_window(qtbot, qapp, settings)
    window.open_project(project)
    put_away(window)
    assert not list(tmp_path.glob("*-wal"))
    with Session.open(project) as session:
        assert len(session.documents.all()) == 3
