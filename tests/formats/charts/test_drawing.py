"""Charts as pictures, read again by other programs' eyes: lxml, Pillow, pypdfium2."""

import io
from itertools import pairwise

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from kamcoder.formats.charts.colours import contrast
from kamcoder.formats.charts.drawing import Drawing, draw
from kamcoder.formats.charts.model import PAPER, Chart, ChartLook, Hit
from kamcoder.formats.charts.plan import scale, tick
from kamcoder.formats.charts.sheet import drawable, fitted, length, wrapped
from tests.formats.charts.chart_samples import BAD, CHARTS, CODES, EMPTY, HOSTILE, NAMES, chart, heat, tracks

DARK = ChartLook("#14181D", "#E6EDF3", "#9AA5B1", "#3D4650", "#4C8DDB")


def pixels(drawing: Drawing, dpi: float = 72) -> Image.Image:
    return Image.open(io.BytesIO(drawing.picture("png", dpi=dpi))).convert("RGB")


def words(drawing: Drawing) -> str:
    """Return the words of the picture, as its PDF has them."""
    with pypdfium2.PdfDocument(drawing.picture("pdf")) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def middle(image: Image.Image, hit: Hit, *, down: float = 0.5) -> tuple[int, ...]:
    """Return the colour near the left edge of a mark, beside the number on it."""
    x = hit.left + (hit.right - hit.left) * 0.1
    y = hit.top + (hit.bottom - hit.top) * down
    found = image.getpixel((round(x * image.width), round(y * image.height)))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.parametrize("shape", CHARTS)
def test_the_same_chart_gives_the_same_bytes(shape: str, kind: str) -> None:
    drawing = draw(CHARTS[shape])
    assert drawing.picture(kind) == draw(CHARTS[shape]).picture(kind) == drawing.picture(kind)


@pytest.mark.parametrize("shape", CHARTS)
def test_title_axes_rule_and_names_stand_on_the_picture(shape: str) -> None:
    shown = words(draw(CHARTS[shape]))
    for piece in ("Cases × codes: passages", "codes", "case", "Passages are counted once.", *CODES):
        assert piece in shown
    if shape != "together":
        assert all(name in shown for name in NAMES)


def test_numbers_stand_in_the_cells_and_zero_does_not() -> None:
    shown = words(draw(CHARTS["heat"]))
    assert all(str(number) in shown for number in range(1, 6))
    assert "0" not in shown


@pytest.mark.parametrize("charts", [CHARTS, HOSTILE, EMPTY])
def test_svg_is_well_formed_and_runs_nothing(charts: dict[str, Chart]) -> None:
    for shown in charts.values():
        root = etree.fromstring(draw(shown).picture("svg"), etree.XMLParser(resolve_entities=False))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        tags = {etree.QName(item).localname for item in root.iter() if isinstance(item.tag, str)}
        assert not tags & {"script", "foreignObject", "image", "a", "iframe"}
        assert b"onload" not in etree.tostring(root)


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_name_breaks_a_picture(shape: str) -> None:
    drawing = draw(HOSTILE[shape])
    assert drawing.width < 3000
    for kind in ("png", "pdf"):
        assert drawing.picture(kind)
    shown = words(drawing)
    assert "\\frac" in shown  # no formula is set
    assert "…" in shown


@pytest.mark.parametrize("shape", EMPTY)
def test_nothing_to_show_is_said(shape: str) -> None:
    drawing = draw(EMPTY[shape])
    assert drawing.hits == ()
    assert "There is nothing to show yet." in words(drawing)


def test_every_mark_can_be_hit_where_it_is_drawn() -> None:
    drawing = draw(CHARTS["heat"])
    assert [hit.mark.told for hit in drawing.hits] == ["0/0", "0/1", "1/0", "1/1", "2/0", "2/1"]
    assert drawing.hits[5].mark.coding_ids == ("id of 2/1",)
    for hit in drawing.hits:
        assert 0 <= hit.left < hit.right <= 1
        assert 0 <= hit.top < hit.bottom <= 1
        at = (hit.left + hit.right) / 2, (hit.top + hit.bottom) / 2
        assert [other for other in drawing.hits if other.holds(*at)] == [hit]
    image = pixels(drawing)
    shades = [middle(image, hit) for hit in drawing.hits]
    assert shades[0] == (255, 255, 255)
    assert all(sum(darker) < sum(lighter) for lighter, darker in pairwise(shades))


def test_bars_and_stretches_stand_where_their_hits_are() -> None:
    drawing = draw(CHARTS["bars"])
    image = pixels(drawing, 144)
    wide = [hit for hit in drawing.hits if (hit.mark.value or 0) >= 1]
    assert [middle(image, hit) for hit in wide] == [(0, 114, 178)] * len(wide)
    widths = [hit.right - hit.left for hit in wide]
    assert widths[-1] == pytest.approx(max(widths))
    drawing = draw(CHARTS["tracks"])
    image = pixels(drawing, 144)
    assert [middle(image, hit) for hit in drawing.hits[::2]] == [(213, 94, 0)] * (len(drawing.hits) // 2)
    assert all(hit.right > hit.left for hit in drawing.hits)


def test_the_diagonal_is_told_and_not_shaded() -> None:
    drawing = draw(chart(heat(CODES, CODES, diagonal=True)))
    image = pixels(drawing)
    own = middle(image, drawing.hits[3])
    assert max(own) - min(own) < 25
    assert "3" in words(drawing)


def test_other_colours_for_a_dark_window() -> None:
    image = pixels(draw(CHARTS["heat"], look=DARK))
    assert image.getpixel((2, 2)) == (0x14, 0x18, 0x1D)


@pytest.mark.parametrize("look", [PAPER, DARK])
def test_numbers_can_be_read_on_every_shade(look: ChartLook) -> None:
    drawing = draw(CHARTS["heat"], look=look)
    image = pixels(drawing)
    for hit in drawing.hits:
        ground = "#{:02X}{:02X}{:02X}".format(*middle(image, hit))
        assert contrast(look.ink, ground) >= 4.5


def test_a_large_chart_gets_fewer_dots_and_not_more_memory() -> None:
    drawing = draw(chart(heat(tuple(f"case {number}" for number in range(60)), tuple("abcdef"))))
    image = pixels(drawing, 2000)
    assert image.width * image.height <= 40_000_000 * 1.01
    assert len(drawing.hits) == 360


def test_a_portrait_grows_with_its_documents() -> None:
    one, many = (draw(chart(tracks(NAMES * times, CODES))) for times in (1, 5))
    assert many.height > 3 * one.height
    assert many.width == one.width


def test_words_are_cut_to_their_room() -> None:
    assert fitted("short", 100, 8) == "short"
    for bad in BAD:
        assert length(fitted(bad, 60, 8), 8) <= 60
        assert all(length(line, 8) <= 60 for line in wrapped(bad, 60, 8, most=3))
        assert len(wrapped(bad, 60, 8, most=3)) <= 3
    assert wrapped("one two three", 1000, 8, most=3) == ["one two three"]
    assert "".join(wrapped("one two three", 25, 8, most=9)) == "onetwothree"


def test_signs_without_a_picture_are_squares() -> None:
    assert drawable("漢 é 😀 ש") == "□ é 😀 ש"


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6]),
        (104, [0, 50, 100]),
        (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_ticks_are_round(highest: float, ticks: list[float]) -> None:
    found = scale(highest)
    assert found == pytest.approx(ticks)
    assert all(len(tick(value)) <= 5 for value in found)
