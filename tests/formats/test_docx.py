"""Word documents: those that python-docx makes, and the constructs it cannot make."""

import io

import docx
import pytest
from docx.enum.text import WD_BREAK

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import ParagraphKind
from tests.formats.making import STRICT, archive, bold_texts, docx_of, kinds, notices, read, texts


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_headings_lists_and_gaps() -> None:
    document = docx.Document()
    document.add_heading("Interview 😀", 1)
    document.add_paragraph("I: Why e\u0301?\ttab")
    document.add_paragraph("point", style="List Number")
    document.add_paragraph("")
    document.add_paragraph("Q6. R: Because.  ")
    extracted = read("docx", saved(document))
    assert texts(extracted) == ["Interview 😀", "I: Why e\u0301?\ttab", "point", "Q6. R: Because."]
    assert kinds(extracted) == [
        *(ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.LIST_ITEM, ParagraphKind.BODY),
    ]
    assert [each.gap_before for each in extracted.paragraphs] == [False, False, False, True]
    assert (extracted.encoding, extracted.notices) == (None, ())


def test_bold_by_run_and_by_character_and_paragraph_style() -> None:
    document = docx.Document()
    first = document.add_paragraph()
    first.add_run("An").bold = True
    first.add_run("na:").bold = True
    first.add_run(" said")
    document.add_paragraph().add_run("Ben:", style="Strong")
    quote = document.add_paragraph("quiet ", style="Intense Quote")
    quote.add_run("toggled", style="Strong")
    quote.add_run(" off").bold = False
    assert bold_texts(read("docx", saved(document))) == ["Anna:", "Ben:", "quiet "]


def test_line_and_page_breaks_begin_paragraphs() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("I: one")
    paragraph.add_run().add_break()
    bold = paragraph.add_run("R: two")
    bold.bold = True
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("three")
    extracted = read("docx", saved(document))
    assert texts(extracted) == ["I: one", "R: two", "three"]
    assert [each.bold for each in extracted.paragraphs] == [(), ((0, 6),), ()]


def test_tables_in_order_with_merged_cells_once_and_inner_tables_after_their_row() -> None:
    document = docx.Document()
    document.add_paragraph("before")
    table = document.add_table(3, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "I", "Why?\nOr not?"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "merged"
    table.cell(2, 0).text = "R"
    inner = table.cell(2, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"
    document.add_paragraph("after")
    extracted = read("docx", saved(document))
    assert [each.cells or each.text for each in extracted.paragraphs] == [
        *("before", ("I", "Why?"), ("", "Or not?"), "merged", ("R", ""), ("x", "y"), "after"),
    ]


def test_vertically_merged_cells_hold_their_text_once() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Anna"
    table.cell(0, 1).text, table.cell(1, 1).text = "one", "two"
    assert [each.cells for each in read("docx", saved(document)).paragraphs] == [("Anna", "one"), ("", "two")]


def test_headers_are_left_out_and_told_of_but_page_numbers_are_not_missed() -> None:
    document = docx.Document()
    document.add_paragraph("body")
    document.sections[0].footer.paragraphs[0].text = "12"
    assert read("docx", saved(document)).notices == ()
    document.sections[0].header.paragraphs[0].text = "Study of key accounts"
    extracted = read("docx", saved(document))
    assert texts(extracted) == ["body"]
    assert notices(extracted)["margins_left_out"] == {"count": 1}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_follow_the_paragraph_that_refers_to_them(kind: str) -> None:
    body = f'<w:p><w:r><w:t>one</w:t><w:{kind}Reference w:id="2"/></w:r><w:r><w:t> more</w:t></w:r></w:p>' + p("two")
    notes = (
        f'<w:{kind}s NAMES><w:{kind} w:id="-1" w:type="separator">{p("sep")}</w:{kind}>'
        f'<w:{kind} w:id="2"><w:p><w:r><w:{kind}Ref/><w:t xml:space="preserve"> a note 😀</w:t></w:r></w:p>'
        f"</w:{kind}></w:{kind}s>"
    )
    extracted = read("docx", docx_of(body, parts={"notes.xml": (f"{kind}s", notes)}))
    assert texts(extracted) == ["one more", "a note 😀", "two"]
    assert kinds(extracted)[1] is ParagraphKind.FOOTNOTE


def test_insertions_and_wrapped_text_stay_deletions_and_codes_go() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>X</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>X</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>c</w:t></w:r></w:moveTo><w:hyperlink><w:r><w:t>d</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>e</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:smartTag><w:r><w:t>f</w:t></w:r></w:smartTag>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>g</w:t></w:r>'
        "<w:fldSimple><w:r><w:t>h</w:t></w:r></w:fldSimple><m:oMath><m:r><m:t>i</m:t></m:r></m:oMath>"
        '<w:r><w:noBreakHyphen/><w:softHyphen/><w:sym w:char="F04A"/><w:sym w:char="zz"/><w:t>j\n</w:t></w:r>'
        "<w:r><w:commentReference/></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p('block')}</w:sdtContent></w:sdt><w:customXml>{p('custom')}</w:customXml><w:altChunk/>"
    )
    extracted = read("docx", docx_of(body))
    assert texts(extracted) == ["abcdefghi\u2011☺\ufffdj", "block", "custom"]
    assert notices(extracted) == {
        "deletions_left_out": {"count": 1},
        "comments_left_out": {"count": 1},
        "embedded_left_out": {"count": 1},
        "soft_hyphens_dropped": {"count": 1},
    }


def test_deleted_rows_go_and_rows_in_content_controls_stay() -> None:
    row = "<w:tr>{}<w:tc>" + p("{}") + "</w:tc><w:tc>" + p("x") + "</w:tc></w:tr>"
    deleted, kept = row.format("<w:trPr><w:del/></w:trPr>", "gone"), row.format("", "kept")
    body = f"<w:tbl>{deleted}<w:sdt><w:sdtContent>{kept}</w:sdtContent></w:sdt></w:tbl>"
    assert [each.cells for each in read("docx", docx_of(body)).paragraphs] == [("kept", "x")]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>anchor</w:t><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><a:graphic><wps:txbx>{box}</wps:txbx></a:graphic></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read("docx", docx_of(body))) == ["anchor", "in the box"]


def test_an_emoji_that_only_the_fallback_spells_is_read() -> None:
    body = (
        "<w:p><w:r><w:t>so </w:t><mc:AlternateContent><mc:Choice><w:unknown/></mc:Choice>"
        "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read("docx", docx_of(body))) == ["so 😊"]


def test_a_strict_document_is_read_like_any_other() -> None:
    body = p("Title", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') + p(
        "item", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    )
    extracted = read("docx", docx_of(body, namespace=STRICT))
    assert list(zip(texts(extracted), kinds(extracted), strict=True)) == [
        ("Title", ParagraphKind.HEADING),
        ("item", ParagraphKind.LIST_ITEM),
    ]


def test_a_ring_of_styles_ends() -> None:
    style = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = f"<w:styles NAMES>{style.format('A', 'B')}{style.format('B', 'A')}</w:styles>"
    body = p("text", '<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    assert texts(read("docx", docx_of(body, parts={"styles.xml": ("styles", styles)}))) == ["text"]


@pytest.mark.parametrize(
    "data",
    [
        archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        docx_of("<w:p>").replace(b"document.xml.rels", b"document.xml.relz"),
        docx_of("<w:p>"),
        b"PK\x03\x04",
    ],
    ids=["no relations", "renamed part", "broken XML", "only the start"],
)
def test_a_broken_document_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        read("docx", data)
    assert refused.value.key == "import_damaged"


def test_a_document_of_pictures_only_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read("docx", docx_of("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert refused.value.key == "import_no_text"


def test_a_note_stands_once_however_often_it_is_referred_to() -> None:
    notes = f'<w:footnotes NAMES><w:footnote w:id="1">{p("note")}</w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r></w:p>' * 3
    extracted = read("docx", docx_of(body, parts={"footnotes.xml": ("footnotes", notes)}))
    assert texts(extracted) == ["x", "note", "x", "x"]
