"""New Word files: page, styles, header and footer, and the markup of paragraphs and runs.

The only place that knows python-docx, which gives the package and the styles. What stands in the body is made as text
and put into the finished package: setting twenty thousand passages one object at a time would take minutes.
"""

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any, Final

from kamcoder.formats.tables.grid import printable

if TYPE_CHECKING:
    from docx.document import Document

# A4 with margins of 2 cm, in twentieths of a point.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
#: How wide the text is in cm, upright and on its side.
ROOM: Final = (_SHORT - 2 * _MARGIN) / 567
WIDE_ROOM: Final = (_LONG - 2 * _MARGIN) / 567

_FONT, _INK, _QUIET, _ACCENT = "Calibri", "1B1F24", "57606A", "1F4E79"
# Size, and space before and after, in points.
_HEADINGS = {
    "Title": (24, 0, 4),
    "Heading 1": (17, 20, 6),
    "Heading 2": (13.5, 14, 4),
    "Heading 3": (11.5, 10, 3),
    "Heading 4": (10.5, 8, 2),
}
# Paragraph styles of our own: name, size, colour, left indent in cm, space before and after in points.
_OWN = (
    ("Note", 9, _QUIET, 0.0, 0, 6),
    ("Quotation", 10.5, _INK, 0.6, 0, 5),
    ("Fact", 10.5, _INK, 0.0, 0, 2),
    ("Cell", 9, _INK, 0.0, 0, 0),
    ("toc 1", 10.5, _INK, 0.0, 4, 0),
    ("toc 2", 10, _QUIET, 0.6, 0, 0),
)
_CONTENTS_STYLES = ("toc 1", "toc 2")
NOTE, QUOTATION, FACT, CELL, CONTENTS = "Note", "Quotation", "Fact", "Cell", ("toc1", "toc2")
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, *, bold: bool = False, italic: bool = False, quiet: bool = False) -> str:
    """Return the markup of a run; line ends and tabs become breaks and tabs."""
    look = "<w:b/>" * bold + "<w:i/>" * italic + f'<w:color w:val="{_QUIET}"/>' * quiet
    body = escape(printable(text), quote=False).replace("\t", _SPLIT.format("<w:tab/>"))
    body = body.replace("\n", _SPLIT.format("<w:br/>"))
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{body}</w:t></w:r>'


_SPLIT = '</w:t>{}<w:t xml:space="preserve">'


def paragraph(runs: str, *, style: str = "Normal", more: str = "") -> str:
    """Return the markup of a paragraph with runs already marked up; `more` goes into its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def field(instruction: str, shown: str = "") -> str:
    """Return a field that Word and LibreOffice compute, such as PAGE."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class WordFile:
    """A Word file that is filled from top to bottom."""

    def __init__(self, title: str, *, lang: str, header: bool = True) -> None:
        import docx

        self._document: Document = docx.Document()
        self._body: list[str] = []
        self._references: dict[str, str] = {}
        _set_properties(self._document, title)
        _set_styles(self._document, lang)
        if header:
            self._head_and_foot(title)

    def add(self, markup: str) -> None:
        """Add the markup of paragraphs and tables."""
        self._body.append(markup)

    def end_section(self, *, wide: bool) -> None:
        """End the pages so far, upright or on their side; what comes next begins on a new page."""
        small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        self._body.append(f"<w:p><w:pPr>{small}{self._section(wide=wide)}</w:pPr></w:p>")

    def new_list(self) -> int:
        """Return the number of a list that counts from 1."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        template = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(template)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def data(self, *, wide: bool = False) -> bytes:
        """Return the file; its last pages are upright or on their side."""
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _filled(buffer.getvalue(), "".join([*self._body, self._section(wide=wide)]).encode("utf-8"))

    def _section(self, *, wide: bool) -> str:
        # Every section shows the same header and footer.
        references = "".join(
            f'<w:{part}Reference w:type="default" r:id="{key}"/>' for part, key in self._references.items()
        )
        return f"<w:sectPr>{references}{_page(wide=wide)}</w:sectPr>"

    def _head_and_foot(self, title: str) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn

        section = self._document.sections[0]
        right = '<w:jc w:val="right"/>'
        page = f"{field('PAGE', '1')}{run(' / ')}{field('NUMPAGES', '1')}"
        for part, runs, style in ((section.header, run(title), "Header"), (section.footer, page, "Footer")):
            part.is_linked_to_previous = False
            old = part.paragraphs[0]._p  # noqa: SLF001 - a field can be put in by no other door
            markup = paragraph(runs, style=style, more=right).replace("<w:p>", f"<w:p {_NAMESPACE}>", 1)
            old.getparent().replace(old, parse_xml(markup))
        for item in self._document.element.body.sectPr:
            if item.tag in (qn("w:headerReference"), qn("w:footerReference")):
                self._references["header" if item.tag == qn("w:headerReference") else "footer"] = item.get(qn("r:id"))


def _filled(package: bytes, body: bytes) -> bytes:
    """Return a package with this body in the place of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                start, end = data.index(b"<w:body>") + len(b"<w:body>"), data.index(b"</w:body>")
                data = data[:start] + body + data[end:]
            new.writestr(entry.filename, data)
    return buffer.getvalue()


def _page(*, wide: bool) -> str:
    width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if wide else ""
    edges = " ".join(f'w:{edge}="{_MARGIN}"' for edge in ("top", "right", "bottom", "left"))
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar {edges} w:header="567" w:footer="567" w:gutter="0"/>'
    )


def _set_properties(document: "Document", title: str) -> None:
    from datetime import UTC, datetime

    properties = document.core_properties
    properties.title = printable(title)[:255]
    properties.author = properties.comments = properties.keywords = properties.subject = ""
    properties.last_modified_by = "KamCoder"
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _set_styles(document: "Document", lang: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm, Pt, RGBColor

    styles: Any = document.styles
    _set_font(styles["Normal"], size=10.5, colour=_INK, lang=lang)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, (size, before, after) in _HEADINGS.items():
        _set_font(styles[name], size=size, colour=_ACCENT, lang=lang)
        styles[name].font.italic = False
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(after)
    for name, size, colour, indent, before, after in _OWN:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
        layout = style.paragraph_format
        layout.left_indent, layout.space_before, layout.space_after = Cm(indent), Pt(before), Pt(after)
    for name in _CONTENTS_STYLES:
        styles[name].paragraph_format.tab_stops.add_tab_stop(Cm(ROOM), WD_TAB_ALIGNMENT.RIGHT)
    for name in ("Header", "Footer"):
        _set_font(styles[name], size=8.5, colour=_QUIET, lang=lang)
    _set_font(styles["Caption"], size=10.5, colour=_INK, lang=lang)
    styles["Caption"].paragraph_format.keep_with_next = True


def _set_font(style: Any, *, size: float, colour: str, lang: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        # A theme's font would win over the one named.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB" if lang == "en" else lang)
    properties.append(language)
