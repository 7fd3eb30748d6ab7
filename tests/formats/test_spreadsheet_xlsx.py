"""Workbooks, made by a real library and by hand."""

import datetime
import random
from typing import Any

import pytest
from openpyxl import Workbook

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats import sheet as sheet_module
from kamcoder.formats.spreadsheet import read_sheet
from tests.formats.workbooks import repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"


def test_header_and_rows() -> None:
    sheet = read_sheet(workbook([["case", "sector"], ["A", "retail 🙂"], ["B", "e\u0301"]]), name="cases.xlsx")
    assert sheet.header == ("case", "sector")
    assert sheet.rows == (("A", "retail 🙂"), ("B", "e\u0301"))
    assert sheet.row_numbers == (2, 3)
    assert sheet.notices == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000, "1000"),
        (1000.0, "1000"),
        (0.35, "0.35"),
        (1 / 3, "0.3333333333333333"),
        (-2.5, "-2.5"),
        (1e20, "1e+20"),
        (True, "yes"),
        (False, "no"),
        (datetime.date(2024, 2, 29), "2024-02-29"),
        (datetime.datetime(2024, 2, 29, 13, 5, 0), "2024-02-29 13:05:00"),
        (datetime.time(9, 30), "09:30:00"),
        ("  spaces  ", "spaces"),
        ("line\nbreak", "line\nbreak"),
        ("007", "007"),
        ("'=x", "'=x"),
        ("#REF!", "#REF!"),
        (None, ""),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    sheet = read_sheet(workbook([["case", "value"], ["A", value]]), name="cases.xlsx")
    assert sheet.rows == (("A", text),)


def test_first_sheet_with_content_and_the_others_are_told() -> None:
    data = workbook([[" "]], [["case"], ["A"]], [], [["other"], ["x"]])
    sheet = read_sheet(data, name="cases.xlsx")
    assert sheet.header == ("case",)
    assert [(notice.key, dict(notice.values)) for notice in sheet.notices] == [
        ("sheet_other_sheets", {"name": "cases.xlsx", "sheet": "Sheet 2", "others": "Sheet 4"})
    ]


def test_a_hidden_sheet_gives_way_to_a_visible_one() -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"

    data = workbook([["lookup"], ["x"]], [["case"], ["A"]], change=hide)
    assert read_sheet(data, name="cases.xlsx").header == ("case",)


def test_rows_above_and_columns_before_the_table_may_be_empty() -> None:
    sheet = read_sheet(workbook([[], [], [None, "case", "n"], [None, "A", 1], [], [None, "B"]]), name="x.xlsx")
    assert (sheet.header, sheet.rows, sheet.row_numbers) == (("case", "n"), (("A", "1"), ("B", "")), (4, 6))


def test_formulas_without_a_stored_result_are_told() -> None:
    sheet = read_sheet(workbook([["case", "n"], ["A", "=1+1"], ["B", 2], ["C", "=B3"]]), name="cases.xlsx")
    assert sheet.column("n") == ["", "2", ""]
    assert [(notice.key, dict(notice.values)) for notice in sheet.notices] == [
        ("sheet_no_cached_values", {"name": "cases.xlsx", "count": 2, "cells": "B2, B4"})
    ]


def test_stored_results_of_formulas_are_read() -> None:
    data = workbook([["case", "n"], ["A", "=1+1"]])
    stored = repacked(
        data,
        {
            SHEET: lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
                b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
            )
        },
    )
    sheet = read_sheet(stored, name="cases.xlsx")
    assert sheet.column("n") == ["2"]
    assert sheet.notices == ()


def test_errors_stay_visible_and_are_told() -> None:
    sheet = read_sheet(workbook([["case", "n"], ["A", "#DIV/0!"]]), name="cases.xlsx")
    assert sheet.column("n") == ["#DIV/0!"]
    assert sheet.notices[0].key == "sheet_error_values"
    assert sheet.notices[0].values["cells"] == "B2"


def test_a_wrong_claim_about_its_size_loses_no_cell() -> None:
    data = workbook([["case", "n"], ["A", 1], ["B", 2]])
    shrunk = repacked(data, {SHEET: lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"')})
    assert shrunk != data
    assert read_sheet(shrunk, name="cases.xlsx").rows == (("A", "1"), ("B", "2"))


def test_escaped_line_ends_of_excel() -> None:
    sheet = read_sheet(workbook([["case", "note"], ["A", "one_x000D_\ntwo _xyz"]]), name="cases.xlsx")
    assert sheet.column("note") == ["one\ntwo _xyz"]


def test_extensions_unknown_to_the_library_do_not_warn() -> None:
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    data = repacked(workbook([["case"], ["A"]]), {SHEET: lambda xml: xml.replace(b"</worksheet>", extension)})
    assert read_sheet(data, name="cases.xlsx").rows == (("A",),)


@pytest.mark.parametrize(
    ("rows", "key", "values"),
    [
        ([["case", None], ["A", "lost"]], "sheet_header_empty", {"column": "B", "row": 1}),
        ([["case", "n", "N"], ["A", 1, 2]], "sheet_header_twice", {"header": "N", "first": "B", "column": "C"}),
        ([], "sheet_empty", {}),
        ([[None, " "]], "sheet_empty", {}),
    ],
)
def test_headers_are_checked(rows: list[list[Any]], key: str, values: dict[str, Any]) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_sheet(workbook(rows), name="cases.xlsx")
    assert caught.value.key == key
    assert caught.value.values == {"name": "cases.xlsx", **values}


def test_name_of_the_file_does_not_matter() -> None:
    assert read_sheet(workbook([["case"], ["A"]]), name="cases.csv").rows == (("A",),)


def test_a_cell_far_away_is_refused_before_the_room_to_it_is_filled() -> None:
    def far(row: bytes) -> bytes:
        rows = "".join(f'<row r="{number}"><c r="ZZZ{number}"><v>1</v></c></row>' for number in range(3, 3000))
        return row.replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    data = repacked(workbook([["case"], ["A"]]), {SHEET: far})
    with pytest.raises(ImportRefused) as caught:
        read_sheet(data, name="cases.xlsx")
    assert caught.value.key == "sheet_too_many_cells"


def test_a_row_number_beyond_all_sheets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MOST_ROWS", 5000)
    last = b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    data = repacked(workbook([["case"], ["A"]]), {SHEET: lambda xml: xml.replace(b"</sheetData>", last)})
    with pytest.raises(ImportRefused) as caught:
        read_sheet(data, name="cases.xlsx")
    assert caught.value.key == "sheet_too_many_cells"


def file_named(data: bytes) -> str:
    """Return the name on the sheet, or in the refusal."""
    try:
        return read_sheet(data, name="cases.xlsx").name
    except ImportRefused as error:
        return str(error.values["name"])


def test_scrambled_workbooks_are_read_or_refused_and_nothing_else() -> None:
    data = workbook([["case", "n"], *([f"case {number}", number] for number in range(30))])
    chance = random.Random(11)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert file_named(bytes(broken)) == "cases.xlsx"


def test_scrambled_parts_are_read_or_refused_and_nothing_else() -> None:
    data = workbook(
        [["case", "n", "day"], *([f"case {number}", number, datetime.date(2024, 1, 1)] for number in range(9))]
    )
    chance = random.Random(5)
    parts = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]

    def scramble(content: bytes) -> bytes:
        place = chance.randrange(len(content))
        return content[:place] + bytes([chance.choice(b'09AZaz<>/"= ')]) + content[place + 1 :]

    for number in range(300):
        assert file_named(repacked(data, {parts[number % len(parts)]: scramble})) == "cases.xlsx"
