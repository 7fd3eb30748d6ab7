"""Every word goes through the translation and has room to be longer.

A room of the window is looked at by naming it in `rooms.ROOMS`. A dialog, panel, place, palette, page or window that no
room shows is found by `test_every_room_is_looked_at`.
"""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QSettings, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import kamcoder.gui
from kamcoder.gui.application import make_window
from kamcoder.gui.preferences import Preferences
from kamcoder.gui.translation import LONGER, PseudoTranslator, install, outside, pseudo
from kamcoder.services.session import Session
from tests.gui.conftest import put_away
from tests.gui.rooms import ROOMS, Room, Scene, data_of
from tests.gui.shown_words import cut, untranslated


@pytest.fixture
def translated(qapp: QApplication) -> Iterator[PseudoTranslator]:
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)
    translator.deleteLater()


@pytest.fixture
def scene(
    translated: PseudoTranslator, qtbot: QtBot, qapp: QApplication, study: Session, tmp_path: Path
) -> Iterator[Scene]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    window = make_window(qapp, preferences)
    window.show()
    qtbot.waitExposed(window)
    yield Scene(window, study, tmp_path)
    put_away(window)


# -- the rooms ---------------------------------------------------------------------------------------------------------


def shown(room: Room, scene: Scene, qtbot: QtBot) -> QWidget:
    root = room.build(scene)
    if root.window() is not scene.window:
        root.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(root)
    root.show()
    qtbot.waitExposed(root.window())
    qtbot.waitUntil(lambda: room.ready(root), timeout=20_000)
    # What was written last asks for its room in the next turn of the event loop.
    for _ in range(3):
        QCoreApplication.processEvents()
    return root


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.build.__name__)
def test_every_word_is_translated_and_none_is_cut(room: Room, scene: Scene, qtbot: QtBot) -> None:
    root = shown(room, scene, qtbot)
    classes = {type(widget).__name__ for widget in (root, *root.findChildren(QWidget)) if widget.isVisibleTo(root)}
    assert set(room.shows) <= classes | {type(root).__name__}
    problems = [f"not translated: {text}" for text in untranslated(root, data_of(scene))]
    problems += [f"cut: {text}" for text in cut(root)]
    assert not problems, "\n" + "\n".join(problems)


def test_every_room_is_looked_at() -> None:
    looked_at = {name for room in ROOMS for name in room.shows}
    endings = ("Dialog", "Panel", "Place", "Palette", "Page", "Window")
    for path in Path(kamcoder.gui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith(endings) and _is_widget(node):
                assert node.name in looked_at, f"{node.name} in {path.name}: name a room that shows it"


def _is_widget(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id.startswith("Q") for base in node.bases)


# -- the walk itself ---------------------------------------------------------------------------------------------------


def test_the_walk_finds_what_was_forgotten(translated: PseudoTranslator, qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    good, bad = QLabel(root.tr("Fine") + " A-CEO 12"), QLabel("Forgotten")
    button = QPushButton(root.tr("Do it") + "   Ctrl+I")
    button.setToolTip("forgotten too")
    narrow = QLabel(root.tr("A text that is longer than its room"))
    narrow.setFixedWidth(40)
    for widget in (good, bad, button, narrow):
        column.addWidget(widget)
    root.show()
    assert [line.split(": ")[1] for line in untranslated(root, {"A-CEO"})] == ["'Forgotten'", "'forgotten too'"]
    assert len(cut(root)) == 1
    assert "longer" not in outside(narrow.text())


# -- translations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", ["OK", "&File", "Apply code…", "{count} of <b>%n</b> &amp; %1", "Undo “{name}” 😀", "A" * 300]
)
def test_pseudo_translation_keeps_what_must_stay(source: str) -> None:
    made = pseudo(source)
    assert outside(made) in ("", "…")
    letters = re.sub(r"\{.*?\}|<.*?>|%.|&(\w+;)?|…$", "", source)
    assert len(made) - len(source) >= len(letters) * (LONGER - 1)
    for kept in ("&F", "{count}", "<b>", "%n", "&amp;", "%1", "{name}", "😀"):
        assert (kept in made) == (kept in source)


def test_empty_texts_and_names_of_keys_are_left_alone(translated: PseudoTranslator) -> None:
    assert QCoreApplication.translate("anything", "") == ""
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"
    assert ("anything", "x") not in translated.seen


def test_plural_numbers_come_through(translated: PseudoTranslator) -> None:
    assert "3 " in QCoreApplication.translate("anything", "%n codings", None, 3)


def test_without_a_translation_nothing_changes(qapp: QApplication, tmp_path: Path) -> None:
    assert not install(qapp, locale=QLocale("de"), where=tmp_path)
    assert not install(qapp, locale=QLocale("de"), where=tmp_path / "no-such-folder")
    (tmp_path / "kamcoder_de.qm").write_bytes(b"this is no translation")
    assert not install(qapp, locale=QLocale("de"), where=tmp_path)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_translation_is_one_file(qapp: QApplication, tmp_path: Path, language: str) -> None:
    release = shutil.which("lrelease", path=str(Path(PySide6.__file__).parent))
    if release is None:
        pytest.skip("the tool that makes translations is not part of this PySide6")
    source = tmp_path / f"kamcoder_{language}.ts"
    source.write_text(
        f'<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="{language}"><context><name>Prompt</name>'
        "<message><source>Cancel</source><translation>Lass sein</translation></message></context></TS>",
        encoding="utf-8",
    )
    subprocess.run([release, source, "-qm", source.with_suffix(".qm")], check=True, capture_output=True)
    before = qapp.findChildren(QTranslator)
    try:
        assert install(qapp, locale=QLocale(language), where=tmp_path)
        assert QCoreApplication.translate("Prompt", "Cancel") == "Lass sein"
        assert qapp.layoutDirection() is QLocale(language).textDirection()
    finally:
        for translator in qapp.findChildren(QTranslator)[len(before) :]:
            qapp.removeTranslator(translator)
            translator.deleteLater()
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
