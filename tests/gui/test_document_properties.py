"""The properties of a document on a real project: each correction is an act, and follows undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.gui.documents.properties import DocumentProperties
from kamcoder.gui.documents.property_tables import PARTICIPANT, ROLE
from kamcoder.gui.theme import Mode, Theme
from kamcoder.services.session import Session
from tests.builders import INTERVIEWS

Key = Qt.Key
EDIT = Qt.ItemDataRole.EditRole


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, study: Session) -> Iterator[Callable[[str], DocumentProperties]]:
    """Open the properties of a document of the small study."""
    made: list[DocumentProperties] = []

    def opened(name: str = "A-CEO") -> DocumentProperties:
        dialog = DocumentProperties(theme, study, study.documents.find(name).id)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        end = study.subscribe(dialog.on_changed)
        dialog.destroyed.connect(end)
        made.append(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    yield opened
    for dialog in made:
        shiboken6.delete(dialog)


def test_what_is_known_is_told(show: Callable[..., DocumentProperties], study: Session) -> None:
    dialog = show()
    facts = {key: label.text() for key, label in dialog.facts.items()}
    document = study.documents.find("A-CEO")
    assert dialog.name.text() == "A-CEO"
    assert facts["original"] == "A-CEO.txt"
    assert facts["format"] == "Plain text, UTF-8"
    assert facts["length"] == f"{document.length} characters, 4 turns"
    assert facts["imported"]
    rows = [[dialog.speakers.index(row, column).data() for column in range(4)] for row in range(2)]
    assert rows == [["Interviewer", "Interviewer", "Nobody", "2"], ["CEO", "Interviewee", "A-CEO", "2"]]


def test_renaming_with_enter_and_what_cannot_be_a_name(
    qtbot: QtBot, show: Callable[..., DocumentProperties], study: Session
) -> None:
    dialog = show()
    dialog.name.setFocus()
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "b-kam")
    qtbot.keyClick(dialog.name, Key.Key_Return)
    assert dialog.isVisible()
    assert "b-kam" in dialog.trouble.text()
    dialog.close_button.click()
    assert dialog.isVisible()  # not closed over a name that was not taken
    dialog.name.setText("First talk")
    qtbot.keyClick(dialog.name, Key.Key_Return)
    assert not dialog.trouble.isVisible()
    assert study.documents.find("First talk").original_name == "A-CEO.txt"
    study.undo()
    assert dialog.name.text() == "A-CEO"


def test_cases_are_linked_with_a_click_and_with_space(
    qtbot: QtBot, show: Callable[..., DocumentProperties], study: Session
) -> None:
    dialog = show()
    view, model = dialog.case_list, dialog.cases
    names = [model.index(row).data() for row in range(model.rowCount())]
    assert names == ["A", "B"]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(1)).center())
    view.setFocus()
    view.setCurrentIndex(model.index(0))
    qtbot.keyClick(view, Key.Key_Space)
    (entry,) = [entry for entry in study.documents.entries() if entry.document.name == "A-CEO"]
    assert entry.case_ids == (study.cases.find("B").id,)
    study.undo()
    assert [model.index(row).data(Qt.ItemDataRole.CheckStateRole) for row in range(2)] == [Qt.CheckState.Checked] * 2


def test_a_role_makes_turns_questions(show: Callable[..., DocumentProperties], study: Session) -> None:
    dialog = show()
    dialog.speakers.setData(dialog.speakers.index(1, ROLE), SpeakerRole.INTERVIEWER, EDIT)
    document = study.documents.find("A-CEO")
    assert {turn.kind for turn in study.documents.turns(document.id)} == {TurnKind.QUESTION}
    assert dialog.speakers.index(1, ROLE).data() == "Interviewer"
    study.undo()
    assert dialog.speakers.index(1, ROLE).data() == "Interviewee"


def test_a_participant_can_be_changed_and_taken_off(show: Callable[..., DocumentProperties], study: Session) -> None:
    dialog = show()
    other = next(person for person in study.cases.participants() if person.name == "B-KAM")
    cell = dialog.speakers.index(1, PARTICIPANT)
    dialog.speakers.setData(cell, other.id, EDIT)
    assert cell.data() == "B-KAM"
    dialog.speakers.setData(dialog.speakers.index(1, ROLE), SpeakerRole.OTHER, EDIT)
    assert cell.data() == "B-KAM"  # the role alone leaves the participant
    dialog.speakers.setData(cell, "", EDIT)
    document = study.documents.find("A-CEO")
    assert [speaker.participant_id for speaker in study.documents.speakers(document.id)] == [None, None]


def test_the_original_file_is_exported_as_it_was(show: Callable[..., DocumentProperties], tmp_path: Path) -> None:
    dialog = show()
    asked = dialog.ask_target()
    assert isinstance(asked, QFileDialog)
    target = tmp_path / "out" / "copy.txt"
    asked.fileSelected.emit(str(target))
    asked.reject()
    assert target.read_text(encoding="utf-8") == INTERVIEWS["A-CEO.txt"]


def test_an_export_that_fails_is_told(show: Callable[..., DocumentProperties], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    dialog = show()
    asked = dialog.ask_target()
    asked.fileSelected.emit(str(tmp_path / "file" / "copy.txt"))
    asked.reject()
    assert "could not be written" in dialog.trouble.text()


def test_it_closes_when_the_document_is_gone(show: Callable[..., DocumentProperties], study: Session) -> None:
    dialog = show("B-KAM")
    study.documents.delete(study.documents.find("B-KAM").id)
    assert not dialog.isVisible()


def test_the_models_keep_the_rules(show: Callable[..., DocumentProperties], study: Session) -> None:
    dialog = show()
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    testers = [QAbstractItemModelTester(model, mode) for model in (dialog.cases, dialog.speakers)]
    study.cases.add("Northwind")
    dialog.speakers.setData(dialog.speakers.index(0, ROLE), SpeakerRole.OTHER, EDIT)
    study.undo()
    assert len(testers) == 2
    assert dialog.cases.rowCount() == 3


def test_everything_is_reached_with_the_keys(
    qtbot: QtBot, show: Callable[..., DocumentProperties], study: Session
) -> None:
    dialog = show()
    dialog.activateWindow()
    dialog.name.setFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
        reached.append(dialog.focusWidget())
    assert reached == [dialog.case_list, dialog.table, dialog.export, dialog.close_button]
    assert all(widget.accessibleName() for widget in (dialog.name, dialog.case_list, dialog.table))
    qtbot.keyClick(dialog.close_button, Key.Key_Escape)
    assert not dialog.isVisible()
