"""What is put on the clipboard, as the receiving programs parse it."""

import csv
import io
from dataclasses import replace

from bs4 import BeautifulSoup

from kamcoder.formats.tables.clipboard import to_clipboard
from kamcoder.formats.tables.grid import Grid
from tests.formats.tables.table_samples import ENDLESS, HOSTILE, STUDY, WORDS


def plain(grid: Grid) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_clipboard(grid).text, newline=""), delimiter="\t"))


def fragment(grid: Grid) -> list[list[str]]:
    soup = BeautifulSoup(to_clipboard(grid).html, "lxml")
    return [[cell.get_text("\n") for cell in row.select("th, td")] for row in soup.select("tr")]


def test_both_forms_hold_header_rows_and_totals() -> None:
    assert (
        plain(STUDY)[0] == fragment(STUDY)[0] == ["Case", "Ownership", "Employees", "Embeddedness", "Direct", "Total"]
    )
    assert plain(STUDY)[1] == fragment(STUDY)[1] == ["A", "family-owned", "1000", "12", "3", "15"]
    assert plain(STUDY)[-1] == fragment(STUDY)[-1] == ["Total", "", "", "12", "9", "21"]
    assert "Each passage counts once." in to_clipboard(STUDY).html


def test_text_with_separators_stays_in_its_cell() -> None:
    grid = replace(WORDS, rows=(("A\tB", 1.5, 'line one\nline "two"'),))
    assert plain(grid)[1] == ["A\tB", "1.5", 'line one\nline "two"']
    assert fragment(grid)[1] == ["A\tB", "1.5 %", 'line one\nline "two"']


def test_no_cell_is_run_as_a_formula() -> None:
    assert [row[0] for row in plain(HOSTILE)[:4]] == [
        "'=1+1",
        '\'=HYPERLINK("http://example.org";"x")',
        "'@sum",
        "'+1 more",
    ]
    soup = BeautifulSoup(to_clipboard(HOSTILE).html, "lxml")
    for cell in soup.select("th, td"):
        if not cell.get_text().lstrip("-").isdecimal():
            # The number format of text, for LibreOffice and for Excel.
            assert str(cell["sdnum"]).endswith("@")
            assert "mso-number-format:'\\@'" in str(cell["style"])


def test_markup_is_text() -> None:
    soup = BeautifulSoup(to_clipboard(HOSTILE).html, "lxml")
    assert not soup.select("script, img, b")
    assert "<script>alert(2)</script>" in [cell.get_text() for cell in soup.select("th")]


def test_text_of_any_length_is_whole() -> None:
    assert plain(WORDS)[3][2] == ENDLESS
    assert fragment(WORDS)[3][2] == ENDLESS
