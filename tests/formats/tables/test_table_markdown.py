"""Markdown tables, read again with markdown-it."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from kamcoder.formats.tables.grid import Grid
from kamcoder.formats.tables.markdown import line_text, to_markdown
from tests.formats.tables.table_samples import HOSTILE, STUDY, WORDS


def rendered(text: str) -> BeautifulSoup:
    return BeautifulSoup(MarkdownIt("commonmark", {"html": True}).enable("table").render(text), "lxml")


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.get_text("\n") for cell in row.select("th, td")] for row in rendered(to_markdown(grid)).select("tr")]


def test_the_table_reads_as_it_was() -> None:
    shown = cells(STUDY)
    assert shown[0] == ["Case", "Ownership", "Employees", "Embeddedness", "Direct", "Total"]
    assert shown[1:] == [
        ["A", "family-owned", "1000", "12", "3", "15"],
        ["B", "", "0", "", "6", "6"],
        ["C", "", "8000", "", "", "0"],
        ["Total", "", "", "12", "9", "21"],
    ]
    assert "---:" in to_markdown(STUDY)
    soup = rendered(to_markdown(STUDY))
    assert [tag.get_text() for tag in soup.select("p")] == ["Passages by case", "Each passage counts once."]


def test_pipes_line_ends_and_markup_stay_text() -> None:
    shown = cells(replace(WORDS, rows=WORDS.rows[:2]))
    assert shown[1] == ["A", "12.3 %", "one | two `three` *four* _five_ [six](seven) <b>eight</b> &amp; \\nine"]
    assert shown[2] == ["B", "", "# no heading\n1. no list\n> no quote"]


def test_hostile_text_makes_no_tag() -> None:
    soup = rendered(to_markdown(HOSTILE))
    assert not soup.select("script, img, a")
    assert soup.select("td")[0].get_text() == '=HYPERLINK("http://example.org";"x")'
    assert len(soup.select("tbody tr")) == len(HOSTILE.rows)


@pytest.mark.parametrize(
    "line",
    [
        "# x",
        "- x",
        "+ x",
        "> x",
        "1. x",
        "12) x",
        "===",
        "---",
        "~~~",
        "```",
        "    x",
        "<!-- x -->",
        "[a]: b",
        "*x*",
        "&lt;",
    ],
)
def test_a_line_is_a_paragraph_letter_for_letter(line: str) -> None:
    (only,) = rendered(f"before\n\n{line_text(line)}\n").select("p + *")
    assert only.name == "p"
    assert only.get_text() == line.strip()
