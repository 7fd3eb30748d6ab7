"""XLSX tables, opened again with openpyxl."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.formats.tables.xlsx import MOST_CHARACTERS, to_xlsx
from tests.formats.tables.table_samples import ENDLESS, HOSTILE, STUDY, WORDS


def opened(grid: Grid, *, heat: bool = True) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(grid, heat=heat))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_header_rows_and_totals_come_first_and_notes_below() -> None:
    shown = values(opened(STUDY))
    assert shown[0] == ["Case", "Ownership", "Employees", "Embeddedness", "Direct", "Total"]
    assert shown[1] == ["A", "family-owned", 1000, 12, 3, 15]
    assert shown[4] == ["Total", None, None, 12, 9, 21]
    assert [row[0] for row in shown[5:]] == [None, "Passages by case", "Each passage counts once."]


def test_cells_are_typed_and_percent_is_shown_not_stored() -> None:
    sheet = opened(WORDS)
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "s"]
    assert sheet["B2"].value == 12.345
    assert sheet["B2"].number_format == '0.0" %"'
    assert sheet["B3"].value == 0


def test_header_and_name_stay_in_sight_and_can_be_filtered() -> None:
    sheet = opened(STUDY)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.print_title_rows == "$1:$1"


def test_long_text_is_wrapped_in_a_column_of_bounded_width_and_a_row_of_its_height() -> None:
    sheet = opened(replace(WORDS, rows=(("A", 1.0, "said " * 60), ("B", 1.0, "short"))))
    assert sheet["C2"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width <= 60
    assert sheet.column_dimensions["A"].width < 12
    assert sheet.row_dimensions[2].height >= 5 * 15
    assert sheet.row_dimensions[3].height is None


def test_no_text_is_a_formula_or_anything_but_text() -> None:
    sheet = opened(HOSTILE)
    assert sheet["A1"].value == "=1+1"
    assert sheet["A2"].value == '=HYPERLINK("http://example.org";"x")'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}
    with zipfile.ZipFile(io.BytesIO(to_xlsx(HOSTILE))) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_characters_that_no_sheet_holds_are_replaced_and_others_kept() -> None:
    sheet = opened(HOSTILE)
    assert sheet["B2"].value == "first line\nsecond line"
    assert sheet["B7"].value == "bell\ufffd nul\ufffd lone\ufffd"
    assert sheet["B4"].value == "🙂 👩🏽‍💼 e\u0301"
    assert sheet["B5"].value == "שלום עולם \u202eabc"


def test_text_that_looks_like_an_escape_is_escaped_as_excel_reads_it() -> None:
    grid = Grid("t", "", (Column("c", ColumnKind.NAME),), (("_x0041_ and _x00",),))
    assert opened(grid)["A2"].value == "_x005F_x0041_ and _x00"


def test_too_long_text_is_cut_with_a_mark_that_tells_how_much_is_missing() -> None:
    text = str(opened(WORDS)["C4"].value)
    kept, mark = text.split(" […] ")
    assert len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert ENDLESS.startswith(kept)
    assert f"{len(ENDLESS) - len(kept)} more characters" in mark
    whole = "x" * MOST_CHARACTERS
    assert opened(Grid("t", "", (Column("c", ColumnKind.NAME),), ((whole,),)))["A2"].value == whole


def test_shading_covers_the_counts_only_and_can_be_left_out() -> None:
    ranges = [str(item.sqref) for item in opened(STUDY).conditional_formatting]
    assert ranges == ["D2:D4 E2:E4"]
    assert not list(opened(STUDY, heat=False).conditional_formatting)
    assert [str(item.sqref) for item in opened(WORDS).conditional_formatting] == ["B2:B4"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("A [b]: c*d?e/f\\g", "A b c d e f g"), ("", "Table"), ("x" * 50, "x" * 31), ("'quoted'", "quoted")],
)
def test_the_sheet_is_named_after_the_table(title: str, name: str) -> None:
    assert opened(replace(STUDY, title=title)).title == name


def test_an_empty_table_is_a_header_and_its_notes() -> None:
    assert values(opened(Grid("t", "", (Column("c", ColumnKind.NAME),), ()))) == [["c"], [None], ["t"]]
