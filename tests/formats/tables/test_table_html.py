"""HTML tables, parsed again."""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.formats.tables.html import to_html
from tests.formats.tables.table_samples import HOSTILE, STUDY


def parsed(grid: Grid) -> BeautifulSoup:
    return BeautifulSoup(to_html(grid), "lxml")


def found(soup: BeautifulSoup, selector: str) -> list[Tag]:
    return list(soup.select(selector))


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [tag.get_text() for tag in found(soup, selector)]


def heat(cell: Tag) -> float | None:
    style = re.fullmatch(r"--heat: (\d\.\d+)", str(cell.get("style", "")))
    return float(style[1]) if style else None


def test_title_and_rule_stand_in_the_caption() -> None:
    soup = parsed(STUDY)
    assert texts(soup, "title") == ["Passages by case"]
    assert texts(soup, "caption > *") == ["Passages by case", "Each passage counts once."]
    assert not found(parsed(Grid("t", "", STUDY.columns, ())), "caption span")


def test_headers_say_what_they_head() -> None:
    soup = parsed(STUDY)
    assert texts(soup, "thead th[scope=col]") == ["Case", "Ownership", "Employees", "Embeddedness", "Direct", "Total"]
    assert texts(soup, "tbody tr:nth-of-type(1) th[scope=row]") == ["A", "family-owned", "1000"]
    assert texts(soup, "tbody tr:nth-of-type(1) td") == ["12", "3", "15"]
    assert texts(soup, "tfoot th[scope=row]") == ["Total", "", ""]
    assert texts(soup, "tfoot td") == ["12", "9", "21"]


def test_zero_is_an_empty_cell_among_the_counts_only() -> None:
    soup = parsed(STUDY)
    assert texts(soup, "tbody tr:nth-of-type(2) > *") == ["B", "", "0", "", "6", "6"]
    assert texts(soup, "tbody tr:nth-of-type(3) td") == ["", "", "0"]


def test_a_table_of_zeros_has_no_shade() -> None:
    columns = (Column("Case", ColumnKind.NAME), Column("n", ColumnKind.VALUE))
    soup = parsed(Grid("t", "", columns, (("A", 0),), totals=("Total", 0)))
    assert texts(soup, "tbody td") == [""]
    assert texts(soup, "tfoot td") == ["0"]
    assert not found(soup, "[style]")


def test_shade_grows_with_the_number_and_spares_headers_and_totals() -> None:
    soup = parsed(STUDY)
    shades = {cell.get_text(): heat(cell) for cell in found(soup, "tbody td[style]")}
    assert shades == {"12": 1.0, "3": 0.25, "6": 0.5}
    assert not found(soup, "th[style], tfoot [style], .total[style]")


def test_figures_are_set_at_the_right() -> None:
    soup = parsed(STUDY)
    assert texts(soup, "tbody .number")[:4] == ["1000", "12", "3", "15"]
    assert texts(soup, "thead .number") == ["Employees", "Embeddedness", "Direct", "Total"]
    rule = re.search(r"\.number \{([^}]*)\}", to_html(STUDY))
    assert rule is not None
    assert "tabular-nums" in rule[1]
    assert "right" in rule[1]


def test_one_file_that_fetches_and_runs_nothing() -> None:
    for grid in (STUDY, HOSTILE):
        soup = parsed(grid)
        assert not found(soup, "script, link, img, iframe, base, [src], [href], [onerror]")
        assert "url(" not in to_html(grid)
        assert "@import" not in to_html(grid)
        policy = found(soup, "meta[http-equiv=Content-Security-Policy]")[0]
        assert "default-src 'none'" in str(policy["content"])


def test_hostile_text_is_shown_as_it_is() -> None:
    soup = parsed(HOSTILE)
    assert texts(soup, "title") == ["<script>alert(1)</script>"]
    assert texts(soup, "caption span") == ['a rule with "quotes" & <b>markup</b>\nover two lines']
    assert texts(soup, "thead th") == ["=1+1", '<img src=x onerror="x">', "n\ufffd[31m"]
    assert texts(soup, "tbody tr > :nth-child(2)") == [
        "first line\nsecond line",
        "<script>alert(2)</script>",
        "🙂 👩🏽‍💼 e\u0301",
        "שלום עולם \u202eabc",
        'comma, "quoted"; semicolon',
        "bell\ufffd nul\ufffd lone\ufffd",
        "漢字",
    ]
    assert texts(soup, "tbody td") == ["1", "2", "-3", "4", "5", "6", "7"]
    to_html(HOSTILE).encode("utf-8")


def test_text_of_either_direction_stays_in_its_cell() -> None:
    soup = parsed(HOSTILE)
    assert all(cell.get("dir") == "auto" for cell in found(soup, "tbody th"))


def test_language_and_both_schemes() -> None:
    assert parsed(STUDY).html["lang"] == "en"  # type: ignore[index]
    assert BeautifulSoup(to_html(STUDY, lang='nl" x="'), "lxml").html["lang"] == 'nl" x="'  # type: ignore[index]
    assert "@media (prefers-color-scheme: dark)" in to_html(STUDY)
    assert "@media print" in to_html(STUDY)


@pytest.mark.parametrize(("value", "shown"), [(0.125, "0.1"), (2, "2"), (None, ""), (0.0, "")])
def test_decimals_round_floats(value: float | None, shown: str) -> None:
    grid = Grid("", "", (Column("n", ColumnKind.NAME), Column("x", ColumnKind.VALUE, decimals=1)), (("a", value),))
    assert texts(parsed(grid), "tbody td") == [shown]


def test_a_spreadsheet_that_opens_the_page_takes_no_text_for_a_formula() -> None:
    soup = parsed(HOSTILE)
    guarded = {cell.get_text() for cell in found(soup, "[sdnum]")}
    assert {"=1+1", '=HYPERLINK("http://example.org";"x")', "@sum", "+1 more", "-dash"} <= guarded
    assert all(str(cell["sdnum"]).endswith("@") for cell in found(soup, "[sdnum]"))
    assert not found(parsed(STUDY), "[sdnum]")


def test_shades_can_be_left_out_and_units_stand_behind_numbers() -> None:
    assert "--heat: 1" not in to_html(STUDY, heat=False)
    grid = Grid("t", "", (Column("n", ColumnKind.NAME), Column("%", ColumnKind.VALUE, 1, "%")), (("a", 12.34),))
    assert texts(parsed(grid), "td") == ["12.3 %"]
