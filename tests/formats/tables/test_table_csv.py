"""CSV tables, read back by the standard library and by our own reader."""

import csv
import io

import pytest

from kamcoder.formats.separated import read_separated
from kamcoder.formats.tables.csv import to_csv
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from tests.formats.tables.table_samples import HOSTILE, STUDY


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_header_rows_and_totals_with_numbers_as_numbers() -> None:
    assert to_csv(STUDY, bom=False) == (
        b"Case,Ownership,Employees,Embeddedness,Direct,Total\r\n"
        b"A,family-owned,1000,12,3,15\r\n"
        b"B,,0,0,6,6\r\n"
        b"C,,8000,0,0,0\r\n"
        b"Total,,,12,9,21\r\n"
    )


def test_mark_for_excel_is_the_default_and_can_be_left_out() -> None:
    assert to_csv(STUDY) == b"\xef\xbb\xbf" + to_csv(STUDY, bom=False)


def test_every_record_has_as_many_cells_as_the_header() -> None:
    for grid in (STUDY, HOSTILE):
        assert {len(row) for row in cells(to_csv(grid))} == {len(grid.columns)}


def test_text_that_would_run_is_guarded_and_numbers_are_not() -> None:
    rows = cells(to_csv(HOSTILE))
    assert rows[0] == ["'=1+1", '<img src=x onerror="x">', "n\ufffd[31m"]
    assert [row[0] for row in rows[1:]] == [
        '\'=HYPERLINK("http://example.org";"x")',
        "'@sum",
        "'+1 more",
        "'-dash",
        "'\tindented",
        "'\nreturned",
        "''=already",
    ]
    assert [row[2] for row in rows[1:]] == ["1", "2", "-3", "4", "5", "6", "7"]


def test_text_keeps_its_characters_and_what_no_table_can_show_is_marked() -> None:
    column = [row[1] for row in cells(to_csv(HOSTILE))[1:]]
    assert column == [
        "first line\nsecond line",
        "<script>alert(2)</script>",
        "🙂 👩🏽‍💼 e\u0301",
        "שלום עולם \u202eabc",
        'comma, "quoted"; semicolon',
        "bell\ufffd nul\ufffd lone\ufffd",
        "漢字",
    ]


def test_floats_keep_all_their_digits() -> None:
    grid = Grid("", "", (Column("n", ColumnKind.NAME), Column("x", ColumnKind.VALUE, decimals=1)), (("a", 0.1 + 0.2),))
    assert to_csv(grid, bom=False) == b"n,x\r\na,0.30000000000000004\r\n"


def test_our_own_reader_gives_the_guarded_text_back() -> None:
    texts = [("=1",), ("'=1",), ("''-x",), ("- a point",), ("'quoted'",), ("plain",)]
    grid = Grid("", "", (Column("quote", ColumnKind.NAME),), tuple(texts))
    assert list(read_separated(to_csv(grid), name="out.csv").rows) == texts


def test_a_row_of_another_width_is_a_mistake_of_the_caller() -> None:
    columns = (Column("Case", ColumnKind.NAME), Column("n", ColumnKind.VALUE))
    with pytest.raises(ValueError, match="2 columns"):
        Grid("", "", columns, (("A",),))
    with pytest.raises(ValueError, match="2 columns"):
        Grid("", "", columns, (), totals=("Total", 1, 2))
