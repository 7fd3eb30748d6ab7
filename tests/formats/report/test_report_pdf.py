"""Papers as PDF, read again with pypdfium2."""

from dataclasses import replace

import pypdfium2
import pytest

from kamcoder.formats.report.bidi import base_is_right, is_mixed, joined, levels_of, mirrored, visual, visual_order
from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Part, Quotation, Text
from kamcoder.formats.report.pdf import to_pdf
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from tests.formats.report.papers import HOSTILE_PAPER, PAPER, SHOWN


def pages(data: bytes) -> list[str]:
    """Return what can be copied out of every page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def squeezed(text: str) -> str:
    """Return a text without blanks: lines are broken where the page ends."""
    return "".join(text.split())


def words(block: Block) -> list[str]:
    """Return what a block must show, piece by piece."""
    if isinstance(block, Heading | Text):
        return [block.text]
    if isinstance(block, Quotation):
        return [f"“{block.text}”", block.source]
    if isinstance(block, Items):
        return [f"{number}. {text}" if block.numbered else text for number, text in enumerate(block.texts, start=1)]
    if isinstance(block, Facts):
        return [f"{label} {text}" for label, text in block.pairs]
    return [block.grid.title, block.grid.rule, *(column.label for column in block.grid.columns)]


def paper(*blocks: Block, wide: bool = False) -> Paper:
    return Paper("Title", "", (Part(blocks, wide=wide),))


def grid(rows: int, text: str) -> Grid:
    columns = (Column("row", ColumnKind.NAME), Column("said", ColumnKind.VALUE), Column("n", ColumnKind.TOTAL))
    return Grid("Many", "as it is", columns, tuple((f"row{number}", text, number) for number in range(rows)))


def test_every_word_can_be_copied_in_the_order_of_the_paper() -> None:
    found = squeezed("".join(pages(to_pdf(PAPER))))
    place = 0
    for block in (block for part in PAPER.parts for block in part.blocks if not isinstance(block, Figures)):
        for piece in words(block):
            place = found.index(squeezed(piece), place)


def test_headings_are_bookmarks_and_the_contents_lead_to_their_pages() -> None:
    with pypdfium2.PdfDocument(to_pdf(PAPER)) as document:
        marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        listed = document[0].get_textpage().get_text_bounded()
        assert document.get_metadata_dict()["Title"] == "Sample study: case report"
    assert marks == [
        (0, "How to read", 0),
        (0, "A: family-owned", 1),
        (1, "Direct involvement", 1),
        (2, "too deep to be listed", 1),
        (0, "Across the cases", 2),
        (0, "Questions", 3),
        (0, "Last", 3),
    ]
    for _, title, page in marks:
        assert (f"{title} {page + 1}\r\n" in listed) == (title != "too deep to be listed")


def test_the_contents_are_links() -> None:
    with pypdfium2.PdfDocument(to_pdf(PAPER)) as document:
        raw = pypdfium2.raw
        page = document[0]
        found = [raw.FPDFPage_GetAnnot(page, number) for number in range(raw.FPDFPage_GetAnnotCount(page))]
        kinds = [raw.FPDFAnnot_GetSubtype(annotation) for annotation in found]
    assert kinds.count(raw.FPDF_ANNOT_LINK) >= 6


def test_the_wide_part_alone_lies_on_its_side_and_all_pages_are_numbered() -> None:
    data = to_pdf(PAPER)
    with pypdfium2.PdfDocument(data) as document:
        assert [page.get_width() > page.get_height() for page in document] == [False, False, True, False]
    for number, text in enumerate(pages(data), start=1):
        assert text.startswith("Sample study: case report")
        assert f"{number} / 4" in text.split("\n")[1]


def test_a_long_table_repeats_its_header_and_loses_no_row() -> None:
    found = pages(to_pdf(paper(Figures(grid(300, "some words")))))
    assert len(found) == 7
    assert all("rowsaidn" in squeezed(text) for text in found)
    shown = [squeezed(line) for text in found for line in text.split("\n")]
    assert [line for line in shown if line[3:4].isdigit()] == [f"row{number}somewords{number}" for number in range(300)]


def test_the_rule_of_a_long_table_is_never_alone_on_a_page() -> None:
    for rows in range(40, 50):
        long = replace(grid(rows, "some words"), rule="How it is counted.")
        found = pages(to_pdf(paper(Figures(long))))
        (told,) = [text for text in found if "counted" in text]
        assert "somewords" in squeezed(told)


def test_a_cell_longer_than_a_page_goes_on_over_the_page() -> None:
    found = pages(to_pdf(paper(Figures(grid(2, "word " * 6553)))))
    assert "".join(found).count("word") == 2 * 6553
    assert len(found) > 4


def test_narrow_columns_stand_their_headers_upright() -> None:
    columns = tuple(Column(f"a long heading {number}", ColumnKind.VALUE) for number in range(24))
    many = Grid("Wide", "", (Column("case", ColumnKind.NAME), *columns), (("A", *range(24)),))
    data = to_pdf(paper(Figures(many), wide=True))
    assert all(squeezed(column.label) in squeezed("".join(pages(data))) for column in columns)


def test_hostile_text_stays_text() -> None:
    data = to_pdf(HOSTILE_PAPER)
    found = "\n".join(pages(data))
    assert squeezed(SHOWN) in squeezed(found)
    assert "# no heading" in found
    assert "=HYPERLINK" in found
    assert found.count("long ") > 7000
    assert b"/JavaScript" not in data
    assert b"/URI" not in data


@pytest.mark.parametrize(
    "text",
    [
        "naïve Škoda Ελλάδα Кириллица ₫ ← ½",
        "e\u0301 a\u0308 combining",
        "😀 👩🏽‍💼 beyond the plane",
        "漢字 カタカナ 한국어",
        "שלום עולם",
        "a name שלום and 12.5 more",
        "مرحبا بالعالم",
        "soft\u00adhyphen and\u00a0space",
    ],
)
def test_text_of_any_script_can_be_copied(text: str) -> None:
    data = to_pdf(paper(Heading(text, 1), Text(text), Facts(((text, text),)), Quotation(text, text)))
    found = squeezed("".join(pages(data)))
    for sign in set(squeezed(text)) - {"\u00ad", "\u200d"}:
        assert sign in found


def test_words_from_right_to_left_are_put_from_the_right() -> None:
    data = to_pdf(paper(Text("שלום " * 60), Text("left")))
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        boxes = [
            text.get_charbox(number) for number in range(text.count_chars()) if text.get_text_range(number, 1) == "ש"
        ]
    assert max(box[2] for box in boxes) > 500
    assert "".join(pages(data)).count("שלום") == 60


def test_a_long_mixed_paragraph_goes_on_over_the_page() -> None:
    found = pages(to_pdf(paper(Text("שלום abc " * 2000), Text("x" * 5000 + "ש"))))
    assert "".join(found).count("abc") == 2000
    assert "".join(found).count("x") == 5000


def test_an_empty_paper() -> None:
    assert len(pages(to_pdf(replace(PAPER, parts=(), title="", subtitle="")))) == 1


# -- words from right to left -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("abc", "abc"),
        ("שלום", "םולש"),
        ("abc שלום def", "abc םולש def"),
        ("שלום abc", "abc םולש"),
        ("שלום 123", "123 םולש"),
        ("אב 12.5% גד", "דג 12.5% בא"),
        ("(שלום)", "(םולש)"),
        ("אב (גד)", "(דג) בא"),
        ("ש\u05b8ב", "בש\u05b8"),
        ("سلام", "\ufee1\u200c\ufefc\ufeb3"),
    ],
)
def test_the_order_of_signs_on_the_page(line: str, shown: str) -> None:
    assert visual(line) == shown


def test_arabic_letters_take_the_forms_of_their_places() -> None:
    assert joined("ببب") == "\ufe91\ufe92\ufe90"
    assert joined("اب") == "\ufe8d\ufe8f"
    assert joined("بـ") == "\ufe91ـ"
    assert len(joined("لا سلام")) == len("لا سلام")


def test_what_is_written_from_right_to_left() -> None:
    assert [is_mixed(text) for text in ("abc", "é 漢字", "a ש", "م")] == [False, False, True, True]
    assert [base_is_right(text) for text in ("abc ש", "1 ש a", "", "…")] == [False, True, False, False]
    assert levels_of("a ש", right=False) == [0, 0, 1]
    assert visual_order("אב", right=True) == [1, 0]
    assert [mirrored("(", level=level) for level in (0, 1)] == ["(", ")"]
