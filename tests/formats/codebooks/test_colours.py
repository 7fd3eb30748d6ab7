"""Colours are told apart, also by colour-blind eyes; measured here in CIE Lab, apart from how they are made."""

import itertools
import math

import pytest

from kamcoder.formats.codebooks import colours

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
VISIONS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)
PAGES = ("#ffffff", "#1e1f22")


def rgb(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(cell * part for cell, part in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    seen = [min(max(part, 0), 1) for part in times(VISIONS[vision], rgb(colour))]
    x, y, z = (
        math.cbrt(part / white) if part / white > 216 / 24389 else (24389 / 27 * part / white + 16) / 116
        for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def nearest(row: tuple[str, ...], vision: str) -> float:
    return min(math.dist(lab(one, vision), lab(other, vision)) for one, other in itertools.combinations(row, 2))


def contrast(one: str, other: str) -> float:
    dark, light = sorted(times(TO_XYZ, rgb(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_palette_is_fourteen_written_colours() -> None:
    assert len(set(colours.palette())) == 14
    assert all(colours.parse(colour) == colour for colour in colours.palette())


@pytest.mark.parametrize(
    ("vision", "least"), [("full", 22), ("protanopia", 14), ("deuteranopia", 14), ("tritanopia", 14)]
)
def test_base_hues_stay_apart(vision: str, least: float) -> None:
    assert nearest(colours.palette(), vision) >= least


@pytest.mark.parametrize("vision", VISIONS)
def test_first_four_hues_stay_far_apart(vision: str) -> None:
    assert nearest(colours.palette()[:4], vision) >= 19


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", colours.palette())
def test_base_hues_show_on_light_and_dark_pages(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("parent", colours.palette())
def test_shades_differ_from_the_parent_and_from_each_other(parent: str) -> None:
    shades = colours.shades(parent)
    assert len(shades) == 24
    # 2.3 is the step that eyes just notice.
    for count, least in ((6, 7.9), (9, 5.4), (14, 2.8)):
        assert min(nearest((parent, *shades[:count]), vision) for vision in VISIONS) >= least
    assert len({parent, *shades}) == 25


@pytest.mark.parametrize("parent", [*colours.palette(), "#888888", "#000000", "#FFFFFF"])
def test_shades_show_on_light_and_dark_pages(parent: str) -> None:
    assert all(contrast(shade, page) >= 1.98 for shade in colours.shades(parent) for page in PAGES)


@pytest.mark.parametrize("parent", colours.palette())
def test_shades_keep_the_hue(parent: str) -> None:
    def hue(colour: str) -> float:
        _, a, b = lab(colour, "full")
        return math.degrees(math.atan2(b, a))

    turns = [abs((hue(shade) - hue(parent) + 180) % 360 - 180) for shade in colours.shades(parent)]
    assert max(turns) < 45


def test_shades_of_grey_are_grey() -> None:
    assert all(shade[1:3] == shade[3:5] == shade[5:7] for shade in colours.shades("#888888"))


def test_top_level_codes_get_the_palette_and_then_others() -> None:
    given: list[str] = []
    for _ in range(40):
        given.append(colours.next_colour(given))
    assert tuple(given[:14]) == colours.palette()
    assert len(set(given)) == 40


def test_children_get_different_shades() -> None:
    given: list[str] = []
    for _ in range(24):
        given.append(colours.next_colour(given, "#145FF0"))
    assert len({*given, "#145FF0"}) == 25


def test_a_colour_close_to_one_in_use_is_passed_over() -> None:
    first = colours.palette()[0]
    close = first[:-1] + ("1" if first[-1] == "0" else "0")
    assert colours.next_colour([close]) == colours.palette()[1]


def test_a_freed_colour_is_given_again() -> None:
    given = list(colours.palette())
    freed = given.pop(5)
    assert colours.next_colour(given) == freed


def test_there_is_always_a_next_colour() -> None:
    everything = [*colours.palette(), *colours.shades("#145FF0")] * 10
    assert colours.parse(colours.next_colour(everything))
    assert colours.parse(colours.next_colour(everything, "#145ff0"))
    assert colours.parse(colours.next_colour(["no colour"], "neither"))


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#abc", "#AABBCC"),
        ("#a1B2c3", "#A1B2C3"),
        (" a1b2c3 ", "#A1B2C3"),
        *((typed, None) for typed in ("red", "#12345", "", "#FFFF0000", "#12345g", "＃112233")),
    ],
)
def test_parse(typed: str, colour: str | None) -> None:
    assert colours.parse(typed) == colour
