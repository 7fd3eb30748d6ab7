"""Sheets of separated values, as spreadsheet programs and people write them."""

import pytest

from kamcoder.domain.errors import ImportRefused, InvalidInput
from kamcoder.formats import sheet as sheet_module
from kamcoder.formats.spreadsheet import Sheet, read_sheet


def read(text: str | bytes, name: str = "cases.csv") -> Sheet:
    return read_sheet(text.encode() if isinstance(text, str) else text, name=name)


def refusal(text: str | bytes) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        read(text)
    return caught.value


def test_header_rows_and_their_numbers() -> None:
    sheet = read("case,ownership,employees\r\nA,family-owned,1000\r\nB,family-owned,200\r\n")
    assert sheet.header == ("case", "ownership", "employees")
    assert sheet.rows == (("A", "family-owned", "1000"), ("B", "family-owned", "200"))
    assert sheet.row_numbers == (2, 3)
    assert sheet.notices == ()


def test_columns_and_records_are_found_in_any_case() -> None:
    sheet = read("Case,Sector\nA,retail\n")
    assert sheet.column("sector") == ["retail"]
    assert sheet.records() == [{"case": "A", "sector": "retail"}]
    with pytest.raises(InvalidInput) as caught:
        sheet.column("role")
    assert caught.value.key == "sheet_column_missing"
    assert caught.value.values == {"file": "cases.csv", "column": "role", "columns": "Case, Sector"}


@pytest.mark.parametrize(
    "data",
    [
        "case,note\nÅ 🙂,“déjà vu” e\u0301\n".encode(),
        "case,note\nÅ 🙂,“déjà vu” e\u0301\n".encode("utf-8-sig"),
        "case\tnote\r\nÅ 🙂\t“déjà vu” e\u0301\r\n".encode("utf-16"),
    ],
    ids=["utf-8", "mark", "unicode text of Excel"],
)
def test_unicode_encodings(data: bytes) -> None:
    assert read(data).rows == (("Å 🙂", "“déjà vu” e\u0301"),)


def test_windows_1252_is_recognised_and_told() -> None:
    sheet = read("case;note\r\nÜberlänge;“déjà vu” – 5 €\r\n".encode("windows-1252"))
    assert sheet.rows == (("Überlänge", "“déjà vu” – 5 €"),)
    assert [(notice.key, notice.values["encoding"]) for notice in sheet.notices] == [("encoding_guessed", "cp1252")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    rows = [["case", "note", "share"], ["A", '"x, y; z"', '"0,35"'], ["B", "", "1"]]
    sheet = read("".join(separator.join(row) + end for row in rows))
    assert sheet.rows == (("A", "x, y; z", "0,35"), ("B", "", "1"))


def test_decimal_commas_do_not_hide_semicolons() -> None:
    assert read("case;share;more\nA;1,5;2,5\nB;3,5;4,5\n").rows == (("A", "1,5", "2,5"), ("B", "3,5", "4,5"))


def test_commas_in_sentences_do_not_hide_tabs() -> None:
    text = "document\tquote\nA-CEO\twell, yes, no, maybe\nA-SD\tso, then\n"
    assert read(text).rows == (("A-CEO", "well, yes, no, maybe"), ("A-SD", "so, then"))


def test_one_column_needs_no_separator() -> None:
    sheet = read('case\n"A, the first"\nB the second\n')
    assert sheet.header == ("case",)
    assert sheet.rows == (("A, the first",), ("B the second",))


def test_the_line_that_tells_excel_the_separator_is_no_row() -> None:
    sheet = read("sep=;\r\ncase;note\r\nA;x, y\r\n")
    assert (sheet.header, sheet.rows, sheet.row_numbers) == (("case", "note"), (("A", "x, y"),), (3,))


def test_quotes_hold_separators_quotes_and_lines() -> None:
    sheet = read('case,quote\nA,"he said ""no"",\nthen left"\nB,after\n')
    assert sheet.rows == (("A", 'he said "no",\nthen left'), ("B", "after"))
    assert sheet.row_numbers == (2, 3)


def test_spaces_behind_the_separator_do_not_undo_quotes() -> None:
    assert read('case, quote\nA, "x, y"\n').rows == (("A", "x, y"),)


def test_short_rows_are_filled_up_and_told() -> None:
    sheet = read("case,sector,employees\nA\nB,retail\nC,tools,100\n\nD,\n")
    assert sheet.rows == (("A", "", ""), ("B", "retail", ""), ("C", "tools", "100"), ("D", "", ""))
    assert [(notice.key, dict(notice.values)) for notice in sheet.notices] == [
        ("sheet_rows_short", {"name": "cases.csv", "count": 3, "rows": "2, 3, 6"})
    ]


def test_many_short_rows_are_told_in_a_short_sentence() -> None:
    sheet = read("case,sector\n" + "A\n" * 500)
    assert sheet.notices[0].values["count"] == 500
    assert sheet.notices[0].values["rows"] == "2, 3, 4, 5, 6, 7, 8, 9 …"


def test_empty_rows_and_columns_are_left_out() -> None:
    sheet = read("\n , ,\ncase,,note,,\n\nA,,x,,\n,,,,\nB,,y,,\n")
    assert sheet.header == ("case", "note")
    assert sheet.rows == (("A", "x"), ("B", "y"))
    assert sheet.row_numbers == (5, 7)
    assert sheet.notices == ()


def test_header_is_trimmed_to_one_line() -> None:
    assert read('case," number of\nemployees "\nA,3\n').header == ("case", "number of employees")


def test_a_header_alone_is_a_sheet_without_rows() -> None:
    sheet = read("case,sector\n")
    assert (sheet.header, sheet.rows) == (("case", "sector"), ())


def test_guards_against_formulas_are_taken_off() -> None:
    assert read("case,quote\nA,'=1+1\nB,'- well\nC,'tis so\n").column("quote") == ["=1+1", "- well", "'tis so"]


def test_text_has_the_shape_of_documents() -> None:
    sheet = read('case,quote\nA,"soft\xadhyphen \r\nnext\x0bline"\n')
    assert sheet.column("quote") == ["softhyphen\nnext\nline"]


@pytest.mark.parametrize(
    ("text", "column", "row"),
    [
        ("case,,sector\nA,lost,retail\n", "B", 1),
        ("case,sector\nA,retail,lost\n", "C", 1),
        ("\nA firm and its notes\ncase,sector\n", "B", 2),
        ("The firms\ncase;sector\nA;retail\n", "B", 1),
    ],
)
def test_text_without_a_header_is_refused_with_its_column(text: str, column: str, row: int) -> None:
    error = refusal(text)
    assert error.key == "sheet_header_empty"
    assert error.values == {"name": "cases.csv", "column": column, "row": row}


def test_a_header_that_stands_twice_is_refused_with_both_columns() -> None:
    error = refusal("case,sector,size, Sector \nA,retail,3,tools\n")
    assert error.key == "sheet_header_twice"
    assert error.values == {"name": "cases.csv", "header": "Sector", "first": "B", "column": "D"}


@pytest.mark.parametrize("text", ['case,note\nA,x\nB,"left open\nC,y\n', 'case,note\nA,x\nB,"closed" too early\n'])
def test_broken_quotes_are_refused_with_the_row(text: str) -> None:
    error = refusal(text)
    assert error.key == "sheet_quotes"
    assert error.values == {"name": "cases.csv", "row": 3}


def test_a_giant_cell_is_refused() -> None:
    assert refusal("case,note\nA," + "x" * 200_000 + "\n").key == "sheet_quotes"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n , \n", b" \t\r\n"])
def test_nothing_in_it(data: bytes) -> None:
    assert refusal(data).key == "sheet_empty"


def test_more_cells_than_any_study_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MOST_CELLS", 1000)
    assert refusal("a,b\n" + "1,2\n" * 500).key == "sheet_too_many_cells"
    assert len(read("a,b\n" + "1,2\n" * 499).rows) == 499


def test_name_of_the_file_does_not_matter() -> None:
    assert read("case,n\nA,1\n", name="cases.xlsx").rows == (("A", "1"),)
