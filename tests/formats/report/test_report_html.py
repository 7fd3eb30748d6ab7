"""Papers as HTML, parsed again."""

import re

from bs4 import BeautifulSoup, Tag

from kamcoder.formats.report.html import to_html
from kamcoder.formats.report.model import Paper
from tests.formats.report.papers import HOSTILE_PAPER, PAPER, SHOWN


def parsed(paper: Paper) -> BeautifulSoup:
    return BeautifulSoup(to_html(paper), "lxml")


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [tag.get_text() for tag in soup.select(selector)]


def test_every_block_has_its_tag() -> None:
    soup = parsed(PAPER)
    assert texts(soup, "h1") == texts(soup, "title") == ["Sample study: case report"]
    assert texts(soup, "h2") == ["How to read", "A: family-owned", "Across the cases", "Questions", "Last"]
    assert texts(soup, "h2.page") == ["A: family-owned"]
    assert texts(soup, "blockquote") == ["“Said once.\nAnd once more.”A-CEO ¶14"]
    assert texts(soup, "dt") == ["A-CEO", "A-KAM"]
    assert texts(soup, "ol:not(nav ol) li") == ["Why?", "Why not?", "Who?"]
    assert texts(soup, "section.wide caption strong") == ["Passages by case"]
    assert texts(soup, "section.wide tfoot td") == ["12", "9", "21"]


def test_contents_leads_to_the_headings() -> None:
    soup = parsed(PAPER)
    for link in soup.select("nav a"):
        (target,) = soup.select(str(link["href"]))
        assert target.get_text() == link.get_text()
    assert len(soup.select("nav a")) == 6
    assert not parsed(Paper("t", "", PAPER.parts)).select("nav")


def test_hostile_text_is_text() -> None:
    soup = parsed(HOSTILE_PAPER)
    assert not soup.select("script, img")
    assert texts(soup, "h2") == [SHOWN]
    assert texts(soup, "dd") == [SHOWN]
    assert soup.select("blockquote")[0].get_text().startswith(f"“{SHOWN}\n> second line")


def test_the_file_stands_alone() -> None:
    page = to_html(PAPER)
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|https?:", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert '<html lang="en">' in page
