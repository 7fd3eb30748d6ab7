"""The command palette: everything by a few letters, from the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.gui.actions import ACTIONS, ActionBoard, key_text, plain_text
from kamcoder.gui.command_palette import CODE, DOCUMENT, CommandPalette, Entry, EntryModel, Place
from kamcoder.gui.icons import Icons
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import Mode, Theme

EVERYTHING = frozenset(spec.needs for spec in ACTIONS)
DOCUMENTS = [Place("d1", "A-CEO"), Place("d2", "B-KAM 😀")]
CODES = [Place("c1", "Direct TM involvement › strategic", "#145FF0"), Place("c2", "Antecedents", "#AA0000")]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


class Host(QWidget):
    """A window with commands that only note that they ran, a field that has the focus, and the palette."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.ran: list[str] = []
        handlers = {spec.key: lambda *_, key=spec.key: self.ran.append(key) for spec in ACTIONS}
        self.board = ActionBoard(handlers, Icons(theme, self), window=self)
        self.board.enable(EVERYTHING)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.documents, self.codes = list(DOCUMENTS), list(CODES)
        self.palette_box = CommandPalette(
            self.board, preferences, self, documents=lambda: self.documents, codes=lambda: self.codes
        )
        self.resize(800, 600)


@pytest.fixture
def host(qtbot: QtBot, theme: Theme, preferences: Preferences) -> Host:
    made = Host(theme, preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    return made


def names(palette: CommandPalette) -> list[str]:
    return [entry.name for entry in palette.model.entries()]


def test_every_enabled_command_is_there_with_menu_and_key(host: Host) -> None:
    host.palette_box.open()
    listed = {entry.id: entry for entry in host.palette_box.model.entries() if entry.id}
    assert set(listed) == {spec.key for spec in ACTIONS} - {"window.palette", "document.go", "code.go"}
    for spec in ACTIONS:
        if spec.key in listed:
            assert plain_text(spec) in listed[spec.key].name
            assert listed[spec.key].aside
            assert listed[spec.key].keys.endswith(key_text(spec))


def test_commands_that_cannot_be_done_now_are_left_out(host: Host) -> None:
    host.board.enable(frozenset())
    host.palette_box.open()
    listed = {entry.id for entry in host.palette_box.model.entries()}
    assert "project.new" in listed
    assert "code.apply" not in listed


def test_letters_find_and_enter_runs(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    qtbot.keyClicks(palette.field, "imdo")
    assert palette.model.entries()[0].id == "documents.import"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.ran == ["documents.import"]
    assert palette.isHidden()
    assert host.field.hasFocus()


def test_arrows_choose_and_a_click_runs(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    first, second = palette.model.entries()[:2]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Enter)
    assert host.ran == [second.id]
    palette.open()
    palette.field.setText(first.name)
    where = palette.list.visualRect(palette.model.index(0, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert host.ran == [second.id, first.id]


def test_a_command_that_has_become_impossible_does_not_run(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    palette.field.setText("Apply code")
    host.board.enable(frozenset())
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.ran == []


def test_used_commands_come_first_next_time(host: Host, qtbot: QtBot, theme: Theme, preferences: Preferences) -> None:
    for letters in ("dark", "quit"):
        host.palette_box.open()
        host.palette_box.field.setText(letters)
        qtbot.keyClick(host.palette_box.field, Qt.Key.Key_Return)
    again = Host(theme, preferences)
    qtbot.addWidget(again)
    again.palette_box.open()
    assert [entry.id for entry in again.palette_box.model.entries()[:2]] == ["window.quit", "view.dark"]


def test_escape_closes_and_gives_the_focus_back(host: Host, qtbot: QtBot) -> None:
    host.palette_box.open()
    assert host.palette_box.field.hasFocus()
    with qtbot.waitSignal(host.palette_box.closed):
        qtbot.keyClick(host.palette_box.field, Qt.Key.Key_Escape)
    assert host.field.hasFocus()
    assert host.ran == []


def test_leaves_when_the_focus_goes_elsewhere(host: Host) -> None:
    host.palette_box.open()
    host.field.setFocus()
    assert host.palette_box.isHidden()


def test_no_matches_are_said(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isHidden()
    palette.field.clear()
    assert palette.list.isVisible()


def test_documents_and_codes_are_found_by_typing(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    assert "A-CEO" not in names(palette)
    palette.field.setText("a-ceo")
    with qtbot.waitSignal(palette.document_chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["d1"]
    palette.open()
    palette.field.setText("dir str")
    with qtbot.waitSignal(palette.code_chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["c1"]


def test_go_to_document_leads_to_the_documents_alone(host: Host, qtbot: QtBot) -> None:
    palette = host.palette_box
    palette.open()
    palette.field.setText("go to document")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert names(palette) == ["A-CEO", "B-KAM 😀"]
    qtbot.keyClicks(palette.field, "kam")
    with qtbot.waitSignal(palette.document_chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["d2"]
    assert host.field.hasFocus()


def test_opens_on_codes_when_asked(host: Host) -> None:
    host.palette_box.open(CODE)
    assert names(host.palette_box) == [place.name for place in CODES]
    host.palette_box.open(DOCUMENT)
    assert names(host.palette_box) == [place.name for place in DOCUMENTS]


def test_without_documents_nothing_leads_to_them(host: Host) -> None:
    host.documents = []
    host.palette_box.open()
    found = [entry.leads_to for entry in host.palette_box.model.entries() if entry.leads_to]
    assert found == [CODE]


def test_a_checked_command_shows_it(host: Host) -> None:
    host.board["view.everyone"].setChecked(True)
    host.palette_box.open()
    entry = next(entry for entry in host.palette_box.model.entries() if entry.id == "view.everyone")
    assert entry.keys.startswith("✓")


def test_stays_inside_a_small_window(host: Host, qtbot: QtBot) -> None:
    host.palette_box.open()
    host.resize(360, 300)
    box = host.palette_box.geometry()
    assert host.rect().contains(box)


def test_rows_are_told_to_a_screen_reader(host: Host) -> None:
    host.palette_box.open()
    told = host.palette_box.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    entry = host.palette_box.model.entries()[0]
    assert entry.name in told
    assert entry.aside in told
    named = QAccessible.queryAccessibleInterface(host.palette_box.field)
    assert named.text(QAccessible.Text.Name)


def test_model_is_sound_with_very_many_entries(qapp: QApplication) -> None:
    model = EntryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load([Entry(CODE, str(number), f"Code {number} › äöü 😀") for number in range(2000)])
    model.search("co 19")
    assert 0 < model.rowCount() <= 200
    model.search("")
    assert model.rowCount() > 0
    model.search("nothing like this")
    assert model.rowCount() == 0


def test_rows_are_drawn_with_what_fits(host: Host, qtbot: QtBot) -> None:
    host.codes = [Place("long", "x" * 300, "#00AA00")]
    host.palette_box.open(CODE)
    picture = host.palette_box.grab().toImage()
    assert picture.width() == host.palette_box.width() * picture.devicePixelRatio()
    chip = host.palette_box.list.visualRect(host.palette_box.model.index(0, 0))
    at = host.palette_box.list.viewport().mapTo(host.palette_box, QPoint(chip.left() + 16, chip.center().y()))
    assert picture.pixelColor(at * picture.devicePixelRatio()).name() == "#00aa00"
