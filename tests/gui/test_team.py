"""Team work in the window: assigning, the list of work, a copy out and back, and what nobody sees before the end."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import WorkState
from kamcoder.domain.memo import MemoTarget
from kamcoder.gui.code_place import CodePlace
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.team.assign_dialog import AssignDialog
from kamcoder.gui.team.copy_dialog import CopyDialog
from kamcoder.gui.team.differences_model import TAKEN
from kamcoder.gui.team.merge_dialog import MergeDialog
from kamcoder.gui.team.work_dialog import WorkDialog
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.services.team.histories import rows_of


def dialog_of(window: MainWindow, kind: type) -> object:
    (found,) = [child for child in window.findChildren(kind) if child.isVisible()]
    assert isinstance(found, QDialog)
    return found


def test_ticks_assign_and_are_taken_back(qtbot: QtBot, workspace: MainWindow) -> None:
    session = workspace.session
    workspace.commands["team.assign"].trigger()
    dialog = dialog_of(workspace, AssignDialog)
    assert isinstance(dialog, AssignDialog)
    QAbstractItemModelTester(dialog.model)
    dialog.name.setText("Ben")
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert dialog.model.columnCount() == 2
    cell = dialog.model.index(0, 1)
    dialog.grid.setCurrentIndex(cell)
    dialog.grid.setFocus()
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Space)
    ben = session.coders.find("Ben")
    assert [item.document.name for item in session.assigning.work(ben.id)] == ["A-CEO"]
    assert cell.data() == "to do"
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Space)
    assert session.assigning.work(ben.id) == []
    dialog.share.setValue(50)
    qtbot.mouseClick(dialog.draw_button, Qt.MouseButton.LeftButton)
    assert len(session.assigning.work(ben.id)) == 2
    assert "Drawn:" in dialog.told.text()
    session.documents.set_work_state(session.assigning.work(ben.id)[0].document.id, WorkState.FINISHED)
    dialog.name.setText("ben")
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert "ben" in dialog.told.text()
    dialog.reject()


def test_the_list_of_work_opens_documents(qtbot: QtBot, workspace: MainWindow) -> None:
    session = workspace.session
    document = session.documents.find("B-KAM")
    workspace.commands["team.work"].trigger()
    empty = dialog_of(workspace, WorkDialog)
    assert isinstance(empty, WorkDialog)
    assert not empty.open_button.isEnabled()
    empty.reject()
    session.assigning.assign([document.id], [session.coders.find("Ann").id])
    workspace.commands["team.work"].trigger()
    dialog = dialog_of(workspace, WorkDialog)
    assert isinstance(dialog, WorkDialog)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert workspace.place.reader.document_id == document.id


def test_a_copy_goes_out_and_comes_back(qtbot: QtBot, workspace: MainWindow, tmp_path: Path) -> None:
    session = workspace.session
    workspace.commands["team.copy"].trigger()
    out = dialog_of(workspace, CopyDialog)
    assert isinstance(out, CopyDialog)
    out.coder.setEditText(" ")
    out.accept()
    assert not out.problem.isHidden()
    out.coder.setEditText("Ben")
    out.save_to(tmp_path / "nowhere" / "ben.kamcoder")
    assert "nowhere" in out.problem.text()
    path = tmp_path / "ben.kamcoder"
    out.save_to(path)
    social = session.codebook.all().find("social").id
    with Session.open(path) as other:
        assert other.passages.select() == []
        other.coders.activate(other.coders.find("Ben"))
        code_quote(other, "A-KAM", "strategic", "Hardly ever.")
        other.codebook.edit(social, name="informal")
    session.codebook.edit(social, name="sociable")
    before = len(session.passages.select())
    dialog = workspace.rooms.team.merge(path)
    assert isinstance(dialog, MergeDialog)
    QAbstractItemModelTester(dialog.model)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert "codings of Ben: 1" in dialog.summary.text()
    (row,) = [row for row in range(dialog.model.rowCount()) if dialog.model.index(row, 2).data() == "changed in both"]
    assert dialog.model.index(row, TAKEN).data().startswith("ours")
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.index(row, TAKEN).data().startswith("theirs")
    assert "sociable" in dialog.versions.ours.toPlainText()
    assert "informal" in dialog.versions.theirs.toPlainText()
    dialog.accept()
    qtbot.waitUntil(lambda: "merged" in workspace.toast.text)
    assert session.codebook.all().get(social).name == "informal"
    assert len(session.passages.select()) == before + 1
    workspace.commands["edit.undo"].trigger()
    assert len(session.passages.select()) == before


def test_a_file_that_is_no_copy_is_refused_in_the_dialog(qtbot: QtBot, workspace: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "other.kamcoder"
    with Session.create(path):
        pass
    dialog = workspace.rooms.team.merge(path)
    assert isinstance(dialog, MergeDialog)
    qtbot.waitUntil(lambda: "no copy" in dialog.summary.text())
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_merge_is_written_in_steps_and_can_be_stopped(qtbot: QtBot, workspace: MainWindow, tmp_path: Path) -> None:
    session = workspace.session
    path = tmp_path / "ben.kamcoder"
    session.merging.save_copy(path, session.coders.add("Ben").id, with_others=True)
    session.memos.write(MemoTarget.CODE, session.codebook.all().find("social").id, "Coffee?")
    with Session.open(path) as other:
        other.coders.activate(other.coders.find("Ben"))
        for number in range(12):
            other.cases.add(f"Firm {number}")
    before = rows_of(session)
    dialog = workspace.rooms.team.merge(path)
    assert isinstance(dialog, MergeDialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)

    def stop() -> None:
        assert workspace.rooms.writing
        assert not dialog.bar.isHidden()
        dialog.reject()

    dialog.accept()
    stop()
    assert "stopped" in dialog.summary.text()
    assert rows_of(session) == before
    # What somebody did meanwhile is not overwritten: the copy is compared again.
    session.cases.add("Firm 3")
    dialog.accept()
    qtbot.waitUntil(lambda: "merged" in workspace.toast.text)
    assert len(session.cases.all()) >= 12
    assert [case.name for case in session.cases.all()].count("Firm 3") == 1
    again = workspace.rooms.team.merge(path)
    assert isinstance(again, MergeDialog)
    again.reject()


def test_a_copy_without_news_says_so(qtbot: QtBot, workspace: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "same.kamcoder"
    workspace.session.save_copy(path)
    dialog = workspace.rooms.team.merge(path)
    assert isinstance(dialog, MergeDialog)
    qtbot.waitUntil(lambda: "nothing" in dialog.summary.text())
    dialog.reject()


def shown(place: CodePlace) -> int:
    """Return how many codings the reader shows."""
    return len(place.reader.view.marks)


def test_others_codings_stay_hidden_until_one_has_finished(workspace: MainWindow) -> None:
    session, place = workspace.session, workspace.place
    document = session.documents.find("A-CEO")
    ann, ben = session.coders.find("Ann"), session.coders.add("Ben")
    session.assigning.assign([document.id], [ben.id])
    session.coders.activate(ben)
    place.use_coder()
    place.open_document(document.id)
    place.show_others(frozenset({ann.id}))

    assert shown(place) == 0
    place.open_document(session.documents.find("A-KAM").id)
    place.open_document(document.id)
    assert shown(place) == 0
    session.documents.set_work_state(document.id, WorkState.FINISHED)
    assert shown(place) == 2
