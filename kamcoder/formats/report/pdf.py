"""Papers as PDF: bookmarks, contents with page numbers and links, tables over several pages, text to copy."""

from collections.abc import Callable

from kamcoder.formats.report.model import Paper

Telling = Callable[[int, int], object]


def to_pdf(paper: Paper, *, tell: Telling | None = None) -> bytes:
    """Return the document as PDF; `tell` is told how many of how many steps are done and may raise to end the work."""
    # Here, not above: the library is not loaded for a program that writes no PDF.
    from kamcoder.formats.report.pdf_writer import PdfWriter

    return PdfWriter(paper).data(tell)
