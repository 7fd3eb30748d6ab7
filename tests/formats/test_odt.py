"""OpenDocument texts: those that odfdo makes, and the constructs written by hand."""

import io

import pytest
from odfdo import Cell, Document, Header, Paragraph, Row, Style, Table
from odfdo import List as OdfList

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import ParagraphKind
from tests.formats.making import archive, bold_texts, kinds, notices, odt_of, read, texts


def test_a_document_of_a_real_library() -> None:
    document = Document("text")
    body = document.body
    body.clear()
    document.insert_style(Style("text", name="Loud", bold=True), automatic=True)
    body.append(Header(1, "Interview 😀"))
    turn = Paragraph("Anna: we  met\tthere\nand e\u0301")
    turn.set_span("Loud", regex="Anna:")
    turn.insert_note(after="met", note_id="n1", citation="1", body="a note")
    body.append(turn)
    body.append(OdfList(["one", "two"]))
    table = Table("t")
    row = Row()
    row.append(Cell(text="I"))
    row.append(Cell(text="Why?"))
    table.append(row)
    body.append(table)
    body.append(Paragraph("end"))
    target = io.BytesIO()
    document.save(target)
    extracted = read("odt", target.getvalue())
    assert texts(extracted) == [
        *("Interview 😀", "Anna: we  met\tthere", "and e\u0301", "a note", "one", "two", "I\tWhy?", "end"),
    ]
    assert kinds(extracted) == [
        *(ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.BODY, ParagraphKind.FOOTNOTE),
        *(ParagraphKind.LIST_ITEM, ParagraphKind.LIST_ITEM, ParagraphKind.TABLE_ROW, ParagraphKind.BODY),
    ]
    assert bold_texts(extracted) == ["Anna:"]


def test_bold_comes_from_text_and_paragraph_styles_and_their_parents() -> None:
    styles = (
        '<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
        '<style:style style:name="B2" style:family="paragraph" style:parent-style-name="B"/>'
        '<style:style style:name="N" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>'
        '<style:style style:name="H" style:family="text"><style:text-properties fo:font-weight="700"/></style:style>'
    )
    body = (
        '<text:p text:style-name="B2">loud <text:span text:style-name="N">soft</text:span></text:p>'
        '<text:p>plain <text:span text:style-name="H">heavy <text:span>inner</text:span></text:span></text:p>'
    )
    assert bold_texts(read("odt", odt_of(body, styles=styles))) == ["loud ", "heavy inner"]


def test_white_space_collapses_and_spaces_are_counted() -> None:
    body = '<text:p>\n  a \n b<text:s text:c="3"/>c<text:span> </text:span> d<text:s text:c="999999999"/>e</text:p>'
    assert texts(read("odt", odt_of(body))) == ["a b   c d" + " " * 100 + "e"]


def test_deletions_and_comments_go_and_are_told_of() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>a<text:change/><office:annotation><dc:creator>X</dc:creator>"
        "<text:p>comment</text:p></office:annotation>b<text:a>link</text:a><text:ruby><text:ruby-base>base</text:ruby-base>"
        "<text:ruby-text>up</text:ruby-text></text:ruby></text:p>"
    )
    extracted = read("odt", odt_of(body))
    assert texts(extracted) == ["ablinkbase"]
    assert notices(extracted) == {"deletions_left_out": {"count": 1}, "comments_left_out": {"count": 1}}


def test_sections_text_boxes_and_grouped_rows_are_read_in_order() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "<table:table-header-rows><table:table-row>{}{}</table:table-row></table:table-header-rows>"
    body = (
        "<text:section><text:p>a<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box><svg:title>t</svg:title>"
        "</draw:frame>b</text:p></text:section>"
        f"<table:table>{rows.format(cell.format('I'), cell.format('x</text:p><text:p>y'))}</table:table>"
        "<text:p/><text:p>end</text:p>"
    )
    extracted = read("odt", odt_of(body))
    assert texts(extracted) == ["ab", "boxed", "I\tx", "\ty", "end"]
    assert extracted.paragraphs[-1].gap_before


def test_a_protected_document_is_refused() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    with pytest.raises(ImportRefused) as refused:
        read("odt", odt_of("<text:p>x</text:p>", manifest=manifest))
    assert refused.value.key == "import_encrypted"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (odt_of("<text:p>"), "import_damaged"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "import_damaged"),
        (odt_of("<text:p> \n </text:p>"), "import_no_text"),
    ],
    ids=["broken XML", "no content", "no text"],
)
def test_a_broken_or_empty_document_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read("odt", data)
    assert refused.value.key == key
