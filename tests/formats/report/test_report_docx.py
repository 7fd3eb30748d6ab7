"""Papers as Word files, opened again with python-docx."""

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from kamcoder.formats.report.docx import to_docx
from kamcoder.formats.report.model import Paper
from tests.formats.report.papers import HOSTILE_PAPER, PAPER, SHOWN


def opened(paper: Paper) -> Document:
    return docx.Document(io.BytesIO(to_docx(paper)))


def styled(document: Document, style: str) -> list[str]:
    return [item.text for item in document.paragraphs if item.style is not None and item.style.name == style]


def test_every_block_has_its_own_style() -> None:
    document = opened(PAPER)
    assert styled(document, "Title") == ["Sample study: case report"]
    assert styled(document, "Heading 1") == ["How to read", "A: family-owned", "Across the cases", "Questions", "Last"]
    assert styled(document, "Heading 2") == ["Direct involvement"]
    assert styled(document, "Normal")[:2] == ["First paragraph.", "Second paragraph."]
    assert styled(document, "Quotation") == ["“Said once.\nAnd once more.”  A-CEO ¶14"]
    assert styled(document, "Fact") == ["A-CEO  CEO, 20+ years", "A-KAM  KAM"]
    assert styled(document, "List Number") == ["Why?", "Why not?", "Who?"]
    assert styled(document, "List Bullet") == ["a point"]
    assert "Coded here: 2 passages." in styled(document, "Note")
    assert document.tables[0].cell(1, 0).text == "A"


def test_contents_is_a_field_whose_entries_lead_to_the_headings() -> None:
    document = opened(PAPER)
    body = document.element.body
    fields = [item.text.strip() for item in body.iter(qn("w:instrText"))]
    assert fields[0] == 'TOC \\o "1-2" \\h \\z \\u'
    assert len(list(body.iter(qn("w:fldChar")))) == 3 * len(fields)
    marks = [item.get(qn("w:name")) for item in body.iter(qn("w:bookmarkStart"))]
    links = [item.get(qn("w:anchor")) for item in body.iter(qn("w:hyperlink"))]
    assert len(links) == 6
    assert links == [mark for mark in marks if mark != marks[3]]
    listed = [text.strip() for style in ("toc 1", "toc 2") for text in styled(document, style)]
    assert sorted(listed) == sorted(styled(document, "Heading 1") + styled(document, "Heading 2"))


def test_the_wide_part_alone_lies_on_its_side_and_all_pages_are_numbered() -> None:
    document = opened(PAPER)
    shapes = [section.orientation for section in document.sections]
    assert shapes == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    for section in document.sections:
        fields = [item.text.strip() for item in section.footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert section.header.paragraphs[0].text == "Sample study: case report"


def test_every_numbered_list_counts_from_one() -> None:
    numbers = [
        item._p.pPr.numPr.numId.val
        for item in opened(PAPER).paragraphs
        if item.style is not None and item.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_case_begins_a_page() -> None:
    breaks = [item.text for item in opened(PAPER).paragraphs if item.paragraph_format.page_break_before]
    assert breaks == ["A: family-owned"]


def test_hostile_text_is_text_and_whole() -> None:
    document = opened(HOSTILE_PAPER)
    assert styled(document, "Title") == styled(document, "Heading 1") == [SHOWN]
    assert styled(document, "Quotation") == [f"“{SHOWN}\n> second line\n# third”  {SHOWN}"]
    assert ("long " * 8000).strip() in styled(document, "Normal")
    assert document.core_properties.title == SHOWN


def test_nothing_in_it_tells_who_made_it() -> None:
    properties = opened(PAPER).core_properties
    assert (properties.author, properties.comments) == ("", "")
    assert properties.last_modified_by == "KamCoder"


def test_an_empty_paper_opens() -> None:
    assert styled(opened(Paper("t", "", ())), "Title") == ["t"]
