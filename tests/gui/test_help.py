"""The guide: its pages are true to the commands, and its window leads to them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import kamcoder.gui
from kamcoder import paths
from kamcoder.cli.program import program
from kamcoder.gui.action_spec import ActionSpec
from kamcoder.gui.actions import ACTIONS, key_text_of, plain_text
from kamcoder.gui.help.contents import ContentsModel
from kamcoder.gui.help.opening import Help
from kamcoder.gui.help.pages import Guide, read_guide
from kamcoder.gui.help.window import HelpWindow
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.theme import Mode, Theme

FOLDER = paths.resources() / "help"
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def guide(qapp: QApplication) -> Guide:
    return read_guide()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, preferences: Preferences) -> HelpWindow:
    made = HelpWindow(theme, preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


# -- the pages ---------------------------------------------------------------------------------------------------------


def test_contents_list_every_page_once(guide: Guide) -> None:
    listed = [page.key for page in guide.pages]
    assert sorted(listed) == [path.stem for path in PAGES]
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_has_one_title_and_plain_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(re.findall(r"(?m)^# ", text)) == 1
    assert not re.search(r"(?i)!|\bplease\b|—|\btag(s|ged)?\b|\bcategor", text)
    # What a reader takes in at once: no sentence of more than forty words.
    flat = re.sub(r"(?m)^[#|>-].*$|```.*?```", "", text)
    for sentence in re.split(r"(?<=[.:])\s+", flat):
        assert len(sentence.split()) <= 40, sentence


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_placeholders_name_commands(path: Path) -> None:
    specs = {spec.key: spec for spec in ACTIONS}
    for kind, name in re.findall(r"\{(\w+):([^}]+)\}", path.read_text(encoding="utf-8")):
        if kind == "press":
            assert key_text_of(name), name
        else:
            assert name in specs, f"{name} is no command"
            assert kind == "command" or specs[name].keys, f"{name} has no key"


def test_nothing_of_the_placeholders_is_left(guide: Guide) -> None:
    for page in guide.pages:
        assert not re.search(r"\{(key|command|press|shortcuts)\b", page.html), page.key


def test_links_lead_somewhere(guide: Guide) -> None:
    anchors = {(section.page, section.anchor) for page in guide.pages for section in page.sections}
    for page in guide.pages:
        for target in re.findall(r'href="([^"]+)"', page.html):
            url = QUrl(target)
            assert not url.scheme(), f"{page.key}: a guide that works offline has no link to {target}"
            key = url.path().removesuffix(".md") or page.key
            assert (key, url.fragment() or guide.page(key).sections[0].anchor) in anchors, target


def test_rooms_are_classes_of_the_window_and_have_pages(guide: Guide) -> None:
    anchors = {f"{section.page}#{section.anchor}" for page in guide.pages for section in page.sections}
    keys = {page.key for page in guide.pages}
    classes = set()
    for path in Path(kamcoder.gui.__path__[0]).rglob("*.py"):
        classes |= {
            node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)
        }
    rooms = tomllib.loads((FOLDER / "contents.toml").read_text("utf-8"))["rooms"]
    for room, page in rooms.items():
        assert room in classes, f"{room} is no class of the window any more"
        assert page in keys | anchors, f"{room} leads to {page}, which is not there"


def test_commands_of_the_command_line_exist() -> None:
    for path in PAGES:
        text = " ".join(path.read_text(encoding="utf-8").split())
        for words in re.findall(r"`kamcoder ([a-z]+(?: [a-z]+)?)", text):
            first, _, second = words.partition(" ")
            command = program.commands.get(first)
            assert command is not None, f"{path.stem}: kamcoder {first}"
            if second and isinstance(command, click.Group):
                assert second in command.commands, f"{path.stem}: kamcoder {words}"


def test_every_command_with_keys_is_in_the_table_of_shortcuts(guide: Guide) -> None:
    page = guide.page("shortcuts")
    text = "\n".join(section.text for section in page.sections)
    rows = re.findall(r"<tr>(.*?)</tr>", page.html, re.S)
    for spec in ACTIONS:
        if spec.keys:
            found = [row for row in rows if row.startswith(f'<td width="46%">{plain_text(spec)}<')]
            assert len(found) == 1, spec.key
            told = re.sub(r"<[^>]+>|&nbsp;", " ", found[0])
            for key in spec.keys:
                assert key_text_of(key) in told.replace("&gt;", ">").split(), (spec.key, key)
    assert "while reading" in text


def test_a_new_command_comes_into_the_table_by_itself(qapp: QApplication) -> None:
    guide = read_guide(specs=(*ACTIONS, ActionSpec("x.y", "edit", "&Boil <eggs>…", ("Ctrl+Alt+Y",))))
    html = guide.page("shortcuts").html
    assert "Boil &lt;eggs&gt;" in html
    assert "Ctrl+Alt+Y" in html


def test_a_page_about_a_command_that_is_gone_can_still_be_read(qapp: QApplication) -> None:
    guide = read_guide(specs=())
    assert "code.apply" in guide.page("coding").html


def test_a_translated_guide_is_a_folder(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "contents.toml").write_text('pages = ["erste"]\n[rooms]\n', encoding="utf-8")
    (tmp_path / "erste.md").write_text(
        "# Erste Stunde\n\nÄpfel & <b>Birnen</b> 😀\n\n## Zwei\n\nMehr.", encoding="utf-8"
    )
    guide = read_guide(tmp_path)
    assert [section.title for section in guide.pages[0].sections] == ["Erste Stunde", "Zwei"]
    assert guide.pages[0].sections[0].text == "Äpfel & <b>Birnen</b> 😀"


def test_search_wants_all_words_in_one_section(guide: Guide) -> None:
    found = guide.find("  UNDONE step ")
    assert found
    assert all("step" in excerpt.casefold() or "undone" in excerpt.casefold() for _, excerpt in found)
    assert guide.find("undone zebra") == []
    assert guide.find("   ") == []


def test_contents_model_is_sound(guide: Guide, qtbot: QtBot) -> None:
    model = ContentsModel(guide)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == len(guide.pages)
    assert model.search("paragraph") > 0
    assert model.search("zebra") == 0
    model.show_all()
    assert model.rowCount() == len(guide.pages)


# -- the window --------------------------------------------------------------------------------------------------------


def shown(window: HelpWindow) -> str:
    return window.browser.toPlainText()


def test_opens_on_the_page_that_was_asked_for(window: HelpWindow) -> None:
    window.show_page("codebook")
    assert shown(window).startswith("The codebook")
    assert window.page_key == "codebook"
    assert "The codebook" in window.windowTitle()
    window.show_page("no-such-page")
    assert window.page_key == "first-hour"


def test_opens_at_the_section_that_was_asked_for(window: HelpWindow, qtbot: QtBot) -> None:
    window.show_page("file-and-privacy#who-did-what")
    bar = window.browser.verticalScrollBar()
    assert bar.value() > 0
    assert window.tree.current_key() == "file-and-privacy#who-did-what"


def test_back_and_forward_by_key_and_button(window: HelpWindow, qtbot: QtBot) -> None:
    window.show_page("coding")
    window.browser.verticalScrollBar().setValue(90)
    window.show_page("cases")
    assert window.back.isEnabled()
    assert not window.forward.isEnabled()
    qtbot.keyClick(window.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page_key == "coding"
    assert window.browser.verticalScrollBar().value() == 90
    qtbot.mouseClick(window.forward, Qt.MouseButton.LeftButton)
    assert window.page_key == "cases"
    window.step(-1)
    window.step(-1)
    assert window.page_key == "first-hour"
    assert not window.back.isEnabled()
    window.step(-1)
    assert window.page_key == "first-hour"


def test_a_link_is_followed_with_the_keyboard(window: HelpWindow, qtbot: QtBot) -> None:
    window.show_page("first-hour")
    window.browser.setFocus()
    qtbot.keyClick(window.browser, Qt.Key.Key_Tab)
    qtbot.keyClick(window.browser, Qt.Key.Key_Return)
    assert window.page_key == "importing"
    window.browser.anchorClicked.emit(QUrl("coding.md#undo"))
    assert window.tree.current_key() == "coding#undo"


def test_contents_open_pages(window: HelpWindow, qtbot: QtBot) -> None:
    index = window.contents.find("tables#tables")
    window.tree.scrollTo(index)
    qtbot.mouseClick(window.tree.viewport(), Qt.MouseButton.LeftButton, pos=window.tree.visualRect(index).center())
    assert window.page_key == "tables"


def test_search_by_keyboard(window: HelpWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.field.hasFocus()
    qtbot.keyClicks(window.field, "spreadsheet")
    assert {window.contents.key(window.contents.index(row, 0)).partition("#")[0] for row in range(2)} >= {"cases"}
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.page_key == "cases"
    assert window.browser.hits > 0
    first = window.browser.textCursor().position()
    assert shown(window)[first:].casefold().startswith("spreadsheet")
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.field.text() == ""
    assert window.browser.hits == 0
    assert window.contents.rowCount() == len(window.guide.pages)
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_next_and_previous_hit_go_round(window: HelpWindow, qtbot: QtBot) -> None:
    window.show_page("coding")
    window.field.setText("passage")
    hits = window.browser.hits
    assert hits > 2
    places = []
    for _ in range(hits + 1):
        qtbot.keyClick(window.browser, Qt.Key.Key_F3)
        places.append(window.browser.textCursor().position())
    assert places[:-1] == sorted(set(places))
    assert places[-1] == places[0]
    qtbot.keyClick(window.browser, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.browser.textCursor().position() == places[-2]


def test_a_search_without_finds_says_so(window: HelpWindow) -> None:
    window.field.setText("zebra")
    assert window.contents.rowCount() == 0
    assert window._nothing.isVisible()
    window.field.setText("z*(")
    window.field.clear()
    assert not window._nothing.isVisible()


def test_follows_the_theme_and_stays_at_its_place(window: HelpWindow, theme: Theme, qtbot: QtBot) -> None:
    window.show_page("first-hour")
    bar = window.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    theme.use(Mode.DARK)
    assert theme.look["text"].name() in window.browser.document().defaultStyleSheet()
    assert abs(bar.value() - before) < 40


def test_zoom_is_remembered(window: HelpWindow, theme: Theme, preferences: Preferences, qtbot: QtBot) -> None:
    size = window.browser.document().defaultFont().pixelSize()
    qtbot.keyClick(window.browser, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = window.browser.document().defaultFont().pixelSize()
    assert larger > size
    again = HelpWindow(theme, preferences)
    qtbot.addWidget(again)
    assert again.browser.document().defaultFont().pixelSize() == larger
    qtbot.keyClick(window.browser, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.browser.document().defaultFont().pixelSize() == size


# -- opening it --------------------------------------------------------------------------------------------------------


@pytest.fixture
def opener(qtbot: QtBot, theme: Theme, preferences: Preferences) -> Iterator[Help]:
    host = QWidget()
    qtbot.addWidget(host)
    made = Help(theme, preferences, host)
    qtbot.addWidget(made.window)
    yield made
    made.close()


class CodebookPanel(QWidget):
    """Named as the real one: the guide knows rooms by the names of their classes."""


class SpecialPanel(CodebookPanel):
    """A kind of codebook panel."""


def test_the_page_of_a_widget_is_that_of_the_nearest_room(opener: Help, qtbot: QtBot) -> None:
    outer = SpecialPanel()
    qtbot.addWidget(outer)
    inner = QLineEdit(outer)
    assert opener.page_of(inner) == "codebook"
    inner.setProperty("help", "searching")
    assert opener.page_of(inner) == "searching"
    assert opener.page_of(None) == "first-hour"
    opener.show_for(outer)
    assert opener.window.isVisible()
    assert opener.window.page_key == "codebook"


def test_f1_in_a_dialog_opens_its_page(opener: Help, qtbot: QtBot) -> None:
    class SettingsDialog(QDialog):
        """Named as the real one."""

    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    field = QLineEdit()
    QVBoxLayout(dialog).addWidget(field)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_F1)
    assert opener.window.isVisible()
    assert opener.window.tree.current_key() == "first-hour#make-it-yours"


def test_the_guide_does_not_keep_the_program_running(opener: Help) -> None:
    assert not opener.window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
