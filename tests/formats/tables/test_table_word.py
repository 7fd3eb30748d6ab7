"""Word tables, opened again with python-docx."""

import io
from dataclasses import replace

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.formats.tables.word import to_docx
from tests.formats.tables.table_samples import ENDLESS, HOSTILE, STUDY, WORDS


def opened(grid: Grid, *, heat: bool = True) -> Document:
    return docx.Document(io.BytesIO(to_docx(grid, heat=heat)))


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def shades(document: Document) -> list[str]:
    return [element.get(qn("w:fill")) for element in document.element.iter(qn("w:shd"))]


def test_caption_table_and_rule() -> None:
    document = opened(STUDY)
    assert [(item.style.name, item.text) for item in document.paragraphs if item.style] == [
        ("Caption", "Passages by case"),
        ("Note", "Each passage counts once."),
    ]
    assert cells(document) == [
        ["Case", "Ownership", "Employees", "Embeddedness", "Direct", "Total"],
        ["A", "family-owned", "1000", "12", "3", "15"],
        ["B", "", "0", "", "6", "6"],
        ["C", "", "8000", "", "", "0"],
        ["Total", "", "", "12", "9", "21"],
    ]
    assert document.core_properties.title == "Passages by case"
    assert document.core_properties.author == ""


def test_the_header_is_repeated_and_columns_have_the_widths_of_the_grid() -> None:
    table = opened(STUDY).tables[0]
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [True] + [
        False
    ] * 4
    grid = [column.width for column in table.columns]
    assert [cell.width for cell in table.rows[1].cells] == grid
    assert sum(grid) < 17 * 360_000


def test_a_wide_table_lies_on_its_side_and_fits_the_page() -> None:
    columns = (
        Column("case", ColumnKind.NAME),
        *(Column(f"involvement antecedent {n}", ColumnKind.VALUE) for n in range(20)),
    )
    wide = Grid("t", "r", columns, (("A", *range(20)),))
    section = opened(wide).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert opened(STUDY).sections[0].orientation == WD_ORIENT.PORTRAIT
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in opened(wide).tables[0].columns) <= room * 1.001
    turned = [item.get(qn("w:val")) for item in opened(wide).element.iter(qn("w:textDirection"))]
    assert turned == ["btLr"] * 20


def test_hostile_text_is_text() -> None:
    document = opened(HOSTILE)
    assert [row[0] for row in cells(document)[1:4]] == ['=HYPERLINK("http://example.org";"x")', "@sum", "+1 more"]
    assert cells(document)[2][1] == "<script>alert(2)</script>"
    assert cells(document)[1][1] == "first line\nsecond line"
    assert cells(document)[6][1] == "bell\ufffd nul\ufffd lone\ufffd"
    assert cells(document)[3][1] == "🙂 👩🏽‍💼 e\u0301"


def test_text_of_any_length_is_whole() -> None:
    assert cells(opened(WORDS))[3] == ["C", "100.0 %", ENDLESS]


def test_counts_are_shaded_by_size_unless_unwanted() -> None:
    found = shades(opened(STUDY))
    assert len(found) == 3
    assert min(found) == found[0]  # the highest count is the darkest
    assert shades(opened(STUDY, heat=False)) == []
    assert shades(opened(replace(STUDY, rows=(("A", "", 1, 0, 0, 0),)))) == []
