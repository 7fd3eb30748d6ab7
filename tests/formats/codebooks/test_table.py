"""Codebooks as CSV: what goes out comes back, foreign tables are understood, bad ones are refused with the row."""

import csv
import io

import pytest
from hypothesis import given, settings

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import ImportRefused, InvalidInput
from kamcoder.formats.codebooks.codebook_file import MAX_BYTES, CodebookFile
from kamcoder.formats.codebooks.table import COLUMNS, read_table, write_table
from tests.formats.codebooks.trees import codebooks, ladder


def read(text: str, *, encoding: str = "utf-8") -> CodebookFile:
    return read_table(text.encode(encoding), name="codes.csv")


def paths_of(found: CodebookFile) -> list[str]:
    book = Codebook(found.codes)
    return [book.path(code.id) for _, code in book.walk()]


def refusal(text: str | bytes) -> tuple[str, object]:
    with pytest.raises(ImportRefused) as caught:
        read_table(text.encode() if isinstance(text, str) else text, name="codes.csv")
    assert caught.value.values["name"] == "codes.csv"
    return caught.value.key, caught.value.values.get("row")


@settings(deadline=None)
@given(codebooks())
def test_what_is_written_comes_back(book: Codebook) -> None:
    found = read_table(write_table(book), name="codes.csv")
    assert list(found.codes) == [code for _, code in book.walk()]
    assert found.notices == ()


@settings(deadline=None)
@given(codebooks())
def test_no_cell_begins_like_a_formula(book: Codebook) -> None:
    for row in csv.reader(io.StringIO(write_table(book).decode("utf-8"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_columns_and_line_ends() -> None:
    book = Codebook((Code("6f1c9f0e-3f0e-4a52-9d3e-6c1c6d0b2a11", "A, B", definition='say "x"\nand y'),))
    assert (
        write_table(book)
        == (
            ",".join(COLUMNS) + "\r\n"
            '"A, B","A, B","say ""x""\nand y",,,,#888888,,,yes,6f1c9f0e-3f0e-4a52-9d3e-6c1c6d0b2a11\r\n'
        ).encode()
    )


def test_a_mark_for_excel_is_read_again() -> None:
    book = ladder(3)
    assert write_table(book, mark=True).startswith(b"\xef\xbb\xbfpath,")
    assert paths_of(read_table(write_table(book, mark=True), name="x.csv")) == [
        "level 0",
        "level 0 › level 1",
        "level 0 › level 1 › level 2",
    ]


def test_names_with_separators_keep_their_place() -> None:
    top = Code("00000000-0000-4000-8000-000000000001", "a/b")
    twin = Code("00000000-0000-4000-8000-000000000002", "a", position=1)
    book = Codebook(
        (
            top,
            twin,
            Code("00000000-0000-4000-8000-000000000003", "b", twin.id),
            Code("00000000-0000-4000-8000-000000000004", "c > d", top.id),
        )
    )
    assert paths_of(read_table(write_table(book), name="x.csv")) == ["a/b", "a/b › c > d", "a", "a › b"]


def test_an_empty_codebook_is_a_heading() -> None:
    assert write_table(Codebook(())) == (",".join(COLUMNS) + "\r\n").encode()
    assert refusal(write_table(Codebook(()))) == ("codebook_without_codes", None)


def test_depth_has_the_same_end_both_ways() -> None:
    assert len(read_table(write_table(ladder(100)), name="x.csv").codes) == 100
    with pytest.raises(InvalidInput, match="codebook_too_deep_to_export"):
        write_table(ladder(101))
    assert refusal("path\n" + " > ".join(f"l{level}" for level in range(101))) == ("codebook_row_too_deep", 2)
    chain = "".join(f"l{level},l{level + 1}\n" for level in range(150))
    assert refusal("name,parent\n" + chain)[0] == "codebook_row_too_deep"


@pytest.mark.parametrize("separator", [" › ", ">", " / ", "/"])
def test_paths_with_any_separator(separator: str) -> None:
    found = read(f"path,definition\nDirect{separator}strategic,long term\nDirect{separator}social,golf\n")
    assert paths_of(found) == ["Direct", "Direct › strategic", "Direct › social"]
    assert [code.definition for code in found.codes] == ["", "long term", "golf"]


def test_a_parent_may_come_after_its_children_and_keeps_what_its_row_says() -> None:
    found = read("path,definition\nA > B,b\nA,a\n")
    assert [(code.name, code.definition) for code in found.codes] == [("A", "a"), ("B", "b")]


def test_name_and_parent_in_any_order() -> None:
    found = read("Parent,Code,Description\nB,C,deep\nA,B,\n,A,top\n,D,\nNew,E,\n")
    assert paths_of(found) == ["A", "A › B", "A › B › C", "D", "New", "New › E"]
    assert {code.name: code.definition for code in found.codes}["C"] == "deep"


def test_parent_may_be_a_path_or_a_top_level_name_that_also_stands_below() -> None:
    text = (
        "name,parent\nstrategic,\nDirect,\nstrategic,Direct\nlong,strategic\nshort,Direct › strategic\nodd,Direct > x\n"
    )
    assert paths_of(read(text)) == [
        "strategic",
        "strategic › long",
        "Direct",
        "Direct › strategic",
        "Direct › strategic › short",
        "Direct › x",
        "Direct › x › odd",
    ]


def test_names_alone() -> None:
    assert paths_of(read("Code\nprice\nquality › defects\none/two\n")) == [
        "price",
        "quality",
        "quality › defects",
        "one/two",
    ]


def test_taguette_codebook() -> None:
    found = read(
        "tag,description,number of highlights\ndirect.social,golf etc.,12\nv1.2 notes,,0\ninteresting,Quotes,3\n"
    )
    assert paths_of(found) == ["direct", "direct › social", "v1.2 notes", "interesting"]
    assert [code.definition for code in found.codes] == ["", "golf etc.", "", "Quotes"]
    assert [(notice.key, notice.values["columns"]) for notice in found.notices] == [
        ("codebook_columns_left_out", "number of highlights")
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, line_end: str) -> None:
    rows = [["Name", "COLOR", "Inclusion", "Definition"], ["A", "#abc", "x", '"one, two; three"'], ["B", "", "", ""]]
    found = read(line_end.join(separator.join(row) for row in rows))
    assert [(code.name, code.include, code.definition) for code in found.codes] == [
        ("A", "x", "one, two; three"),
        ("B", "", ""),
    ]
    assert found.codes[0].colour == "#AABBCC"
    assert found.codes[1].colour.startswith("#")


def test_excel_s_separator_line() -> None:
    assert paths_of(read("sep=;\r\nname;definition\r\nA;one, two\r\n")) == ["A"]
    assert refusal("sep=;\r\nname;colour\r\nA;reddish\r\n") == ("codebook_colour", 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    found = read("name,definition\nÜberblick 😀,é\n", encoding=encoding)
    assert [(code.name, code.definition) for code in found.codes] == [("Überblick 😀", "é")]
    assert found.notices == ()


def test_a_windows_file_is_read_and_says_so() -> None:
    found = read("name,definition\nPrijs,één prijs – “vast”\n", encoding="cp1252")
    assert found.codes[0].definition == "één prijs – “vast”"
    assert [notice.key for notice in found.notices] == ["encoding_guessed"]


def test_other_cells() -> None:
    found = read(
        "name,codable,questions,shortcut,id\nA,No,q6; Q7,K,{6F1C9F0E-3F0E-4A52-9D3E-6C1C6D0B2A11}\nB,TRUE,,,\n"
    )
    one, other = found.codes
    assert (one.codable, one.questions, one.shortcut) == (False, ("Q6", "Q7"), "K")
    assert one.id == "6f1c9f0e-3f0e-4a52-9d3e-6c1c6d0b2a11"
    assert (other.codable, other.questions, other.shortcut) == (True, (), "")


def test_odd_ids_and_shortcuts_are_mended_and_told() -> None:
    same = "6f1c9f0e-3f0e-4a52-9d3e-6c1c6d0b2a11"
    found = read(f"name,id,shortcut\nA,{same},K\nB,{same},k\nC,17,Ctrl+C\n")
    assert len({code.id for code in found.codes}) == 3
    assert [code.shortcut for code in found.codes] == ["K", "", ""]
    assert {notice.key: notice.values["count"] for notice in found.notices} == {
        "codebook_ids_replaced": 2,
        "codebook_shortcuts_left_out": 2,
    }


def test_blank_rows_are_skipped_but_counted() -> None:
    assert paths_of(read("\n\nname,colour\n\nA,\n , \nB,\n")) == ["A", "B"]
    assert refusal("name,colour\n\nA,\n\nB,reddish\n") == ("codebook_colour", 5)


def test_a_cell_of_several_lines_is_one_row() -> None:
    assert refusal('name,definition,colour\nA,"one\ntwo\nthree",\nB,,reddish\n') == ("codebook_colour", 3)


@pytest.mark.parametrize(
    ("text", "key", "row"),
    [
        ("", "codebook_file_empty", None),
        (" \n\r\n", "codebook_file_empty", None),
        ("definition,colour\nx,\n", "codebook_no_header", None),
        ("strategic,tactical\nsocial,x\n", "codebook_no_header", None),
        ("name,definition\n", "codebook_without_codes", None),
        ("name,definition\n,text without name\n", "codebook_row_without_name", 2),
        ("path\nA\nB\na\n", "codebook_row_twice", 4),
        ("name,parent\nX,A\nA,\nx,a\n", "codebook_row_twice", 4),
        ("name,parent\nA,A\n", "codebook_cycle", 2),
        ("name,parent\nZ,\nA,B\nB,C\nC,A\n", "codebook_cycle", 3),
        ("name,parent\nA,\nB,\ns,A\ns,B\nx,s\n", "codebook_parent_ambiguous", 6),
        ("name,colour\nA,#12345\n", "codebook_colour", 2),
        ("name,codable\nA,perhaps\n", "codebook_codable", 2),
        ("name,definition\nA,one,two\n", "codebook_row_too_long", 2),
        ('name,definition\nA,"open\nB,x\n', "codebook_row_unreadable", 2),
        ('name,definition\nA,x\nB,"a"b\n', "codebook_row_unreadable", 3),
        ("path,name\nA > B,C\n", "codebook_path_and_name", 2),
        ("path,parent\nA > B,C\n", "codebook_path_and_name", 2),
    ],
)
def test_bad_tables_are_refused_with_the_row(text: str, key: str, row: int | None) -> None:
    assert refusal(text) == (key, row)


def test_the_row_a_code_was_first_in_is_named() -> None:
    with pytest.raises(ImportRefused) as caught:
        read("path\nA\nB\nA\n")
    assert (caught.value.values["first"], caught.value.values["code"]) == (2, "A")


def test_files_of_other_kinds_are_refused() -> None:
    assert refusal(b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 20)[0] == "import_binary"
    assert refusal(b"name\n" + b"x" * MAX_BYTES)[0] == "codebook_file_too_large"


def test_a_large_table_is_read() -> None:
    rows = "".join(f"group {number % 50},code {number}\n" for number in range(20_000))
    found = read("parent,name\n" + rows)
    assert len(found.codes) == 20_050
    assert len({code.id for code in found.codes}) == 20_050
