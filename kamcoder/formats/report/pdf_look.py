"""How PDFs look: page, paragraph styles, and the markup of text inside a paragraph."""

from functools import cache
from html import escape
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm

from kamcoder.formats.report.pdf_fonts import BOLD, FONT, load_fonts
from kamcoder.formats.tables.grid import printable

INK, QUIET, ACCENT, LINE = (HexColor(f"#{value}") for value in ("1B1F24", "57606A", "1F4E79", "C9D1D9"))
MARGIN: Final = 2 * cm
UPRIGHT_PAGE, WIDE_PAGE = A4, landscape(A4)
# Name, size, line height, space before and after, left indent in points.
_STYLES = (
    ("Title", 19, 25, 0, 6, 0),
    ("Heading1", 14.5, 19, 18, 7, 0),
    ("Heading2", 11.5, 16, 13, 4, 0),
    ("Heading3", 10, 14, 9, 3, 0),
    ("Heading4", 9, 13, 7, 2, 0),
    ("Text", 9, 13.2, 0, 5, 0),
    ("Note", 7.8, 11, 0, 5, 0),
    ("Quotation", 9, 13.2, 0, 5, 16),
    ("Fact", 9, 13.2, 0, 2, 0),
    ("Item", 9, 13.2, 0, 3, 16),
    ("Caption", 9, 13, 6, 4, 0),
    ("Cell", 7.6, 10, 0, 0, 0),
    ("Contents1", 9, 13, 2, 0, 0),
    ("Contents2", 8.6, 12, 0, 0, 14),
)
_BOLD = ("Title", "Heading1", "Heading2", "Heading3", "Heading4", "Caption")
_QUIET = ("Note", "Contents2")


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Return the paragraph styles by name; `Figure` is a cell whose text stands at the right."""
    load_fonts()
    found = {
        name: ParagraphStyle(
            name,
            fontName=BOLD if name in _BOLD else FONT,
            fontSize=size,
            leading=leading,
            spaceBefore=before,
            spaceAfter=after,
            leftIndent=indent,
            textColor=ACCENT if name.startswith(("Title", "Heading")) else QUIET if name in _QUIET else INK,
            keepWithNext=name.startswith("Heading") or name == "Caption",
            allowWidows=0,
            allowOrphans=0,
        )
        for name, size, leading, before, after, indent in _STYLES
    }
    found["Item"].bulletFontName, found["Item"].bulletFontSize, found["Item"].bulletIndent = FONT, 9, 0
    found["Figure"] = ParagraphStyle("Figure", parent=found["Cell"], alignment=TA_RIGHT)
    return found


def marked(text: str, *, bold: bool = False, quiet: bool = False) -> str:
    """Return text as markup of a paragraph: nothing in it is a tag, line ends are breaks."""
    body = escape(printable(text), quote=False).replace("\n", "<br/>")
    if bold:
        body = f"<b>{body}</b>"
    return f'<font color="#57606A">{body}</font>' if quiet else body


def one_line(text: str) -> str:
    """Return text on one line."""
    return " ".join(printable(text).split())
