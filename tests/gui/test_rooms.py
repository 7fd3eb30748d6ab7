"""The rooms of the window: places, the lower pane, dialogs, and care for the project file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import TextSpan
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.workspace import PLACES
from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from tests.builders import write_interviews
from tests.gui.conftest import opened_window, put_away
from tests.gui.driving import focused


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), action, data, buttons, keys)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(where, action, data, buttons, keys))


@pytest.mark.parametrize("key", PLACES)
def test_every_place_is_reached_by_command_and_says_something(workspace: MainWindow, key: str) -> None:
    workspace.commands[key].trigger()
    assert workspace.workspace.place == key
    assert workspace.commands[key].isChecked()
    assert not workspace.workspace.currentWidget().isHidden()


def test_places_are_reached_by_keys_and_the_place_comes_back(
    qtbot: QtBot, qapp: QApplication, settings: Path, study: Session
) -> None:
    path = study.path
    study.close()
    window = opened_window(qtbot, qapp, settings)
    window.open_project(path)
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()
    qtbot.keyClick(focused(window), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.place == "place.cases"
    put_away(window)
    window = opened_window(qtbot, qapp, settings)
    window.open_project(path)
    assert window.workspace.place == "place.cases"
    put_away(window)
    study._store = Session.open(path)._store  # so that the fixture has something to close


def test_find_everywhere_leads_into_the_text(qtbot: QtBot, workspace: MainWindow) -> None:
    workspace.commands["find.everywhere"].trigger()
    panel = workspace.workspace.below.finding
    assert panel is not None
    panel.ask("coffee")
    panel.search_now()
    qtbot.waitUntil(lambda: not panel.searching)
    document = workspace.session.documents.find("B-KAM")
    start = workspace.session.documents.text(document.id).index("coffee")
    panel.place_asked.emit(document.id, start, start + 6)
    assert workspace.place.reader.document_id == document.id
    assert workspace.place.reader.quote() == "coffee"


def test_passages_and_memos_open_below_and_close_again(workspace: MainWindow) -> None:
    below = workspace.workspace.below
    for key in ("passages.browse", "memos.journal"):
        workspace.commands[key].trigger()
        assert not below.isHidden()
    workspace.commands["lower.close"].trigger()
    assert below.isHidden()


def test_a_case_sheet_leads_to_the_cases(workspace: MainWindow) -> None:
    workspace.commands["place.cases"].trigger()
    cases = workspace.workspace.cases
    assert cases is not None
    document = workspace.session.documents.find("A-KAM")
    cases.document_asked.emit(document.id)
    assert workspace.workspace.place == "place.code"
    assert workspace.place.reader.document_id == document.id


def test_the_palette_goes_to_documents_and_codes(workspace: MainWindow) -> None:
    workspace.commands["place.cases"].trigger()
    palette = workspace.rooms.palette
    assert palette is not None
    document = workspace.session.documents.find("B-KAM")
    palette.document_chosen.emit(document.id)
    assert workspace.place.reader.document_id == document.id
    workspace.commands["window.palette"].trigger()
    assert not palette.isHidden()
    palette.leave()


def test_a_copy_and_a_backup_are_written_and_told(workspace: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "copy.kamcoder"
    workspace.rooms.copy_to(target)
    assert check_file(target).sound
    assert "copy.kamcoder" in workspace.toast.text
    workspace.commands["project.backup"].trigger()
    assert [path for path in tmp_path.glob("*backup*.kamcoder") if check_file(path).sound]
    workspace.rooms.copy_to(workspace.session.path)
    assert "open project itself" in workspace.notice.text


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_a_codebook_goes_out_and_comes_in(workspace: MainWindow, session: Session, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"book.{ending}"
    workspace.rooms.export_codebook(path)
    assert path.name in workspace.toast.text
    session.codebook.delete(session.codebook.all().find("Antecedents").id, with_codings=True)
    workspace.rooms.import_codebook(path)
    assert session.codebook.all().find("Antecedents").name == "Antecedents"
    path.write_bytes(b"<broken")
    workspace.rooms.import_codebook(path)
    assert path.name in workspace.notice.text


def test_the_project_is_checked_beside_the_window(qtbot: QtBot, workspace: MainWindow) -> None:
    workspace.commands["project.check"].trigger()
    qtbot.waitUntil(lambda: "sound" in workspace.toast.text)


def test_dropped_transcripts_are_looked_at_for_import(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    paths = write_interviews(tmp_path)
    drop(window, *paths)
    assert "open one or make a new one" in window.notice.text
    window.desk.projects.adopt(session)
    drop(window, *paths)
    dialog = window.rooms.importing
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.preview().items) == 3 and not dialog.reader.busy, timeout=30_000)
    dialog.import_checked()
    # Rows are there before the act is committed and told.
    qtbot.waitUntil(lambda: "3 documents" in window.toast.text, timeout=30_000)
    assert len(session.documents.all()) == 3
    window.commands["edit.undo"].trigger()
    assert session.documents.all() == []


def test_a_dropped_project_is_opened(window: MainWindow, study: Session) -> None:
    path = study.path
    study.close()
    drop(window, path)
    assert window.session is not None
    assert window.session.path == path
    window.desk.projects.close()
    study._store = Session.open(path)._store  # so that the fixture has something to close


def test_settings_and_guide_open_from_the_window(workspace: MainWindow) -> None:
    workspace.commands["settings.open"].trigger()
    assert workspace.rooms._settings is not None
    workspace.rooms._settings.close()
    workspace.commands["help.page"].trigger()
    assert workspace.rooms.help.window.isVisible()
    workspace.rooms.close()


def test_another_theme_keeps_the_place_and_the_choice(workspace: MainWindow, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "C-KAM.txt"
    turns = [
        f"Interviewer: And in year {year}?\nKAM: Much the same, we sold more of it {year} times." for year in range(150)
    ]
    path.write_text("\n".join(turns), encoding="utf-8")
    (document,) = session.imports.commit(session.imports.preview([path]))
    workspace.workspace.show_document(document.id)
    view = workspace.place.reader.view
    place = session.documents.text(document.id).index("sold more of it 90 times")
    coding = session.codings.apply(document.id, TextSpan(place, place + 9), session.codebook.all().find("social").id)
    view.scroll_to(place)
    workspace.place.reader.choose(coding.id)
    top = view.top_position()
    for mode in ("view.dark", "view.light"):
        workspace.commands[mode].trigger()
        assert view.top_position() == top
        assert view.chosen_id == coding.id


def test_commands_on_the_text_and_their_keys_are_told_in_its_place_alone(workspace: MainWindow) -> None:
    workspace.place.reader.step(1)
    assert workspace.commands["code.uncode"].isEnabled()
    assert "uncode" in workspace.status.hint
    workspace.commands["place.tables"].trigger()
    assert not workspace.commands["code.uncode"].isEnabled()
    assert (workspace.status.hint, workspace.status.place) == ("", "")
    workspace.commands["place.code"].trigger()
    assert workspace.commands["code.uncode"].isEnabled()
    assert "uncode" in workspace.status.hint
