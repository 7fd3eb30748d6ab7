"""Text tables for the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamcoder.formats.tables.cells import width, wrap
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.formats.tables.text import to_text
from tests.formats.tables.table_samples import HOSTILE, NAME, STUDY, VALUE


def test_a_small_table_as_it_is_printed() -> None:
    assert to_text(STUDY) == (
        "Passages by case\n"
        "Each passage counts once.\n"
        "\n"
        "Case   Ownership     Employees  Embeddedness  Direct  Total\n"
        "───────────────────────────────────────────────────────────\n"
        "A      family-owned       1000            12       3     15\n"
        "B                            0             ·       6      6\n"
        "C                         8000             ·       ·      0\n"
        "───────────────────────────────────────────────────────────\n"
        "Total                                     12       9     21\n"
    )


def test_zero_can_be_left_blank() -> None:
    lines = to_text(STUDY, zero="").splitlines()
    assert lines[7] == "C                         8000                            0"


def test_without_totals_there_is_one_ruler() -> None:
    assert to_text(Grid("", "", STUDY.columns, STUDY.rows)).count("\n─") == 1


def test_long_headers_are_wrapped_at_words() -> None:
    grid = Grid("", "", (Column("Case", NAME), Column("Indirect involvement of management", VALUE)), (("A", 1),))
    assert to_text(grid).splitlines()[:3] == [
        "Case        Indirect",
        "      involvement of",
        "          management",
    ]


def test_wide_characters_keep_the_columns_aligned() -> None:
    columns = (Column("Case", NAME), Column("n", VALUE))
    lines = to_text(Grid("", "", columns, (("漢字🙂", 1), ("e\u0301é", 22), ("plain", 333)))).splitlines()
    assert lines[2:] == ["漢字🙂    1", "e\u0301é       22", "plain   333"]
    assert {width(line) for line in lines[1:]} == {11}


def test_a_table_wider_than_the_terminal_is_continued_below() -> None:
    columns = (Column("Case", NAME), *(Column(f"Heading number {number}", VALUE) for number in range(12)))
    grid = Grid("t", "r", columns, (("Alpha", *range(1, 13)),), totals=("Total", *range(1, 13)))
    text = to_text(grid, width=60)
    assert max(map(width, text.splitlines())) <= 60
    assert text.count("Alpha") == text.count("Total") == text.count("Case") > 1
    assert [int(word) for line in text.splitlines() if line.startswith("Alpha") for word in line.split()[1:]] == list(
        range(1, 13)
    )


@pytest.mark.parametrize("room", [40, 57, 80, 200])
def test_hostile_text_stays_in_its_column_and_line(room: int) -> None:
    text = to_text(HOSTILE, width=room)
    assert max(map(width, text.splitlines())) <= room
    assert not [
        character for character in text if character != "\n" and unicodedata.category(character) in ("Cc", "Cs")
    ]
    assert "\u202e" not in text
    assert "<script>alert(1)</script>" in text
    text.encode("utf-8")


def test_words_from_right_to_left_are_fenced_in() -> None:
    grid = Grid("", "", (Column("Case", NAME), Column("n", VALUE)), (("שלום", 1), ("A", 2)))
    assert to_text(grid).splitlines()[2:] == ["\u2068שלום\u2069  1", "A     2"]


def test_a_long_cell_takes_several_lines_and_loses_nothing() -> None:
    words = [f"word{number}" for number in range(60)]
    columns = (Column("Case", NAME), Column("Summary", VALUE), Column("n", VALUE))
    text = to_text(Grid("", "", columns, (("A", " ".join(words), 5),)), width=50)
    assert max(map(width, text.splitlines())) <= 50
    assert [word for word in text.split() if word.startswith("word")] == words
    assert text.splitlines()[2].endswith("5")


def test_a_table_without_rows_and_one_without_columns() -> None:
    assert to_text(Grid("t", "", STUDY.columns, ())).count("\n") == 4
    assert to_text(Grid("t", "r", (), ())) == "t\nr\n"


def test_only_the_totals_of_a_column_of_words_are_empty() -> None:
    grid = Grid("", "", (Column("Case", NAME), Column("n", VALUE)), (), totals=("Total", 0))
    assert to_text(grid).splitlines()[-1].split() == ["Total", "0"]


MARKS = ("\u0301", "\u200d")
WORDS = st.text(st.sampled_from("ab漢🙂\u0301-/é\u200d"), min_size=1).filter(lambda word: not word.startswith(MARKS))


@given(st.lists(WORDS, max_size=6).map(" ".join), st.integers(2, 12))
def test_wrapping_fits_and_keeps_every_character(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert all(width(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(MARKS) for line in lines)


def test_wrapping_prefers_spaces_then_slashes_then_cuts() -> None:
    assert wrap("manufacturing/retail and more", 14) == ["manufacturing/", "retail and", "more"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrap("", 5) == [""]


def test_figures_stand_at_the_right_and_words_at_the_left() -> None:
    columns = (Column("Case", NAME), Column("Long header", VALUE), Column("Words here", ColumnKind.ATTRIBUTE))
    line = to_text(Grid("", "", columns, (("A", 1, "x"),))).splitlines()[2]
    assert line == "A               1  x"
