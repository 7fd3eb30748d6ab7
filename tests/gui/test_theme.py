import tomllib
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from kamcoder import paths
from kamcoder.gui.colours import contrast, kept_apart, mixed
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.theme import Look, Mode, column_width, line_height
from tests.gui.driving import trigger

NAMES = ("light", "dark")
GROUNDS = ("background", "surface", "raised", "hover", "notice")


def look(name: str) -> Look:
    return Look.read(paths.resources() / "themes" / f"{name}.toml")


def code_colours() -> set[str]:
    found: set[str] = {"#FFFFFF", "#000000", "#888888", "#FFFF00", "#0000FF"}
    for path in (paths.resources() / "codebooks").glob("*.toml"):
        stack = list(tomllib.loads(path.read_text(encoding="utf-8"))["codes"])
        while stack:
            code = stack.pop()
            found |= {code["colour"]} if "colour" in code else set()
            stack += code.get("children", [])
    return found


def laid_on(ground: QColor, tint: QColor) -> QColor:
    return mixed(ground, tint, tint.alphaF())


def test_both_themes_have_the_same_roles() -> None:
    assert set(look("light").roles) == set(look("dark").roles)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["text", "muted", "accent", "danger", "warning", "good"])
def test_writing_keeps_its_contrast_on_every_ground(name: str, role: str) -> None:
    colours = look(name)
    for ground in GROUNDS:
        assert contrast(colours[role], colours[ground]) >= 4.5, ground


@pytest.mark.parametrize("name", NAMES)
def test_chosen_rows_buttons_and_borders_keep_theirs(name: str) -> None:
    colours = look(name)
    assert contrast(colours["text"], colours["selection"]) >= 4.5
    assert contrast(colours["muted"], colours["selection"]) >= 4.5
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5
    for role in ("control", "focus"):
        for ground in ("background", "surface", "raised"):
            assert contrast(colours[role], colours[ground]) >= 3.0, (role, ground)


@pytest.mark.parametrize("name", NAMES)
def test_text_stays_readable_through_three_tints_and_the_selection(name: str) -> None:
    colours = look(name)
    tints = [colours.tint(colour) for colour in sorted(code_colours())]
    for three in combinations(tints, 3):
        ground = colours["surface"]
        for tint in three:
            ground = laid_on(ground, tint)
        assert contrast(colours["text"], ground) >= 4.5
        assert contrast(colours["text"], laid_on(ground, colours.selection)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_questions_stay_readable_under_a_tint(name: str) -> None:
    colours = look(name)
    for colour in code_colours():
        assert contrast(colours["muted"], laid_on(colours["surface"], colours.tint(colour))) >= 3.0, colour


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_seen_in_the_margin(name: str) -> None:
    colours = look(name)
    for colour in code_colours():
        assert contrast(colours.stroke(colour), colours["surface"]) >= 3.0
        assert contrast(colours.writing(colour), colours["surface"]) >= 4.5


def test_a_colour_that_is_apart_already_is_left_alone() -> None:
    white, black = QColor("white"), QColor("black")
    assert kept_apart(QColor("#145FF0"), white, black, 4.5) == QColor("#145FF0")


def test_switching_the_theme_dresses_the_whole_window(workspace: MainWindow) -> None:
    trigger(workspace, "view.dark")
    dark = look("dark")
    assert workspace.grab().toImage().pixelColor(4, workspace.height() // 2) == dark["background"]
    view = workspace.place.reader.view
    assert view.grab().toImage().pixelColor(view.columns.left + 3, 3) == dark["surface"]
    trigger(workspace, "view.light")
    assert view.grab().toImage().pixelColor(view.columns.left + 3, 3) == look("light")["surface"]


def test_the_caret_and_selection_survive_a_switch(workspace: MainWindow) -> None:
    view = workspace.place.reader.view
    mark = view.marks.ordered()[0]
    view.select(mark.coding.span)
    trigger(workspace, "view.dark")
    trigger(workspace, "view.larger")
    assert workspace.place.reader.quote() == mark.coding.quote


def test_the_system_decides_unless_told_otherwise(workspace: MainWindow) -> None:
    assert workspace.theme.mode is Mode.SYSTEM
    trigger(workspace, "view.dark")
    trigger(workspace, "view.system")
    assert not workspace.theme.look.dark  # this platform does not say that it is dark


def test_the_column_holds_about_72_characters(workspace: MainWindow) -> None:
    font = workspace.theme.reading_font()
    from PySide6.QtGui import QFontMetricsF

    line = "She said that the board would look at it in the spring, if it came to it "
    assert 66 <= column_width(font) / QFontMetricsF(font).horizontalAdvance(line) * len(line) <= 80
    assert 110 <= line_height(font) <= 150


def test_there_are_fonts_and_they_are_drawn(qapp: QApplication, workspace: MainWindow) -> None:
    assert QFontDatabase.families()
    assert QFontInfo(workspace.theme.reading_font()).pixelSize() == 15
    image = workspace.place.reader.view.viewport().grab().toImage()
    text = workspace.theme.look["text"]
    inked = sum(
        contrast(image.pixelColor(x, y), text) < 1.5
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert inked > 100
