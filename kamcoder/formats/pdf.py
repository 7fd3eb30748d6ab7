"""PDF, read with PDFium; what it says about the place of each character makes lines, and lines make paragraphs.

PDFium reads a page several times as fast as pdfminer.six and copes with what browsers cope with.
"""

from typing import Final

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted
from kamcoder.formats.assembly import Tally, finish
from kamcoder.formats.pdf_layout import paragraphs_of_pages, without_furniture
from kamcoder.formats.pdf_pages import pages_of

_TAIL = 4096  # bytes in which a complete file says that it ends; some mailers append to it
_MOST_UNREADABLE = 0.3


class PdfImporter:
    """Reads `.pdf`."""

    key: Final = "pdf"
    suffixes: Final = (".pdf",)

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read the text of all pages; raises ImportRefused for a damaged, protected, cut-short or scanned file."""
        if b"%%EOF" not in data[-_TAIL:]:
            # PDFium would show the pages it still finds, and nobody would see that others are missing.
            raise ImportRefused("import_cut_short" if b"%PDF-" in data[:1024] else "import_damaged", name=name)
        tally = Tally()
        pages = pages_of(data, name=name, tally=tally)
        unreadable = sum(page.unreadable for page in pages)
        if unreadable > _MOST_UNREADABLE * max(1, sum(page.characters for page in pages)):
            raise ImportRefused("import_unreadable_font", name=name)
        bodies, furniture = without_furniture([page.lines for page in pages])
        paragraphs = paragraphs_of_pages(bodies)
        if not paragraphs:
            raise ImportRefused("import_scanned", name=name)
        counts = {"page_furniture_left_out": furniture, "characters_unreadable": unreadable}
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=paragraphs,
            notices=(*tally.notices, *(Notice(key, {"count": count}) for key, count in counts.items() if count)),
        )
