"""Make transcript files for tests: with the real libraries where they can, by hand where they cannot."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate

from kamcoder.domain.transcript import Extracted, ParagraphKind
from kamcoder.formats.registry import IMPORTERS

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def read(key: str, data: bytes) -> Extracted:
    """Read bytes with the importer of a key."""
    importer = next(each for each in IMPORTERS if each.key == key)
    return importer.read(data, name=f"interview{importer.suffixes[0]}")


def texts(extracted: Extracted) -> list[str]:
    return [paragraph.text for paragraph in extracted.paragraphs]


def kinds(extracted: Extracted) -> list[ParagraphKind]:
    return [paragraph.kind for paragraph in extracted.paragraphs]


def bold_texts(extracted: Extracted) -> list[str]:
    """Give what stands in bold, over all paragraphs."""
    return [each.text[start:end] for each in extracted.paragraphs for start, end in each.bold]


def notices(extracted: Extracted) -> dict[str, Mapping[str, object]]:
    return {notice.key: notice.values for notice in extracted.notices}


def archive(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def docx_of(body: str, *, namespace: str = TRANSITIONAL, parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """Make a Word document of a body's XML; `parts` gives the content of more parts by file name, with their kind."""
    names = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    more = parts or {}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for number, (name, (kind, _)) in enumerate(more.items())
    )
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
            **{f"word/{name}": content.replace("NAMES", names) for name, (_, content) in more.items()},
        }
    )


def odt_of(body: str, *, styles: str = "", manifest: str | None = None) -> bytes:
    """Make an OpenDocument text of a body's XML and its automatic styles."""
    names = " ".join(f'xmlns:{each}="{_ODF}:{each}:1.0"' for each in ("office", "text", "table", "style"))
    names += f' xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
    names += f' xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return archive(parts if manifest is None else {**parts, "META-INF/manifest.xml": manifest})


def pdf_of_lines(pages: Sequence[Sequence[tuple[float, float, str]]], *, font: str = "Helvetica") -> bytes:
    """Draw lines of text at (x, y) points from below left, one list a page."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in pages:
        canvas.setFont(font, 11)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def pdf_of_turns(turns: Sequence[tuple[str, str]], *, justified: bool = False, **layout: float) -> bytes:
    """Set turns of speech with their speakers in bold; every page has a running header and a page number."""
    style = ParagraphStyle("turn", fontName="Times-Roman", fontSize=11, leading=14, **layout)
    if justified:
        style.alignment = TA_JUSTIFY

    def decorate(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 810, "Interview with the CEO, confidential")
        canvas.drawCentredString(300, 30, f"Page {document.page}")

    target = io.BytesIO()
    flowables = [Flowable(f"<b>{speaker}:</b> {text}" if speaker else text, style) for speaker, text in turns]
    SimpleDocTemplate(target, pagesize=A4).build(flowables, onFirstPage=decorate, onLaterPages=decorate)
    return target.getvalue()


def damaged_crc(data: bytes) -> bytes:
    """Change a byte in the middle."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
