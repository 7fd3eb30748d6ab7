"""Papers as Markdown, read again with markdown-it."""

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from kamcoder.formats.report.markdown import to_markdown
from kamcoder.formats.report.model import Paper
from tests.formats.report.papers import HOSTILE_PAPER, PAPER, SHOWN


def rendered(paper: Paper) -> BeautifulSoup:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return BeautifulSoup(parser.render(to_markdown(paper)), "lxml")


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [tag.get_text() for tag in soup.select(selector)]


def test_the_paper_reads_as_it_was() -> None:
    soup = rendered(PAPER)
    assert texts(soup, "h1") == ["Sample study: case report"]
    assert texts(soup, "h2") == ["How to read", "A: family-owned", "Across the cases", "Questions", "Last"]
    assert texts(soup, "blockquote p") == ["“Said once.\nAnd once more.”\n— A-CEO ¶14"]
    assert texts(soup, "ol > li") == ["Why?", "Why not?", "Who?"]
    assert texts(soup, "li strong") == ["A-CEO", "A-KAM"]
    assert len(soup.select("table tr")) == 5
    assert [text for text in texts(soup, "p") if "paragraph" in text] == ["First paragraph.", "Second paragraph."]


def test_hostile_text_is_text() -> None:
    soup = rendered(HOSTILE_PAPER)
    assert not soup.select("script, img, em")
    assert texts(soup, "h1") == texts(soup, "h2") == [SHOWN]
    assert len(soup.select("h1, h2, h3")) == 2
    assert texts(soup, "blockquote p") == [f"“{SHOWN}\n> second line\n# third”\n— {SHOWN}"]
    assert texts(soup, "ol > li") == [SHOWN, "1. x"]
    assert ("long " * 8000).strip() in texts(soup, "p")
