"""The pages of one PDF: blocks become what the library sets on pages, headings become bookmarks."""

import io
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    TableStyle,
)
from reportlab.platypus.doctemplate import IndexingFlowable
from reportlab.platypus.flowables import NullDraw, PageBreakIfNotEmpty
from reportlab.platypus.tableofcontents import TableOfContents

from kamcoder.formats.report.bidi import visual
from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Quotation, Text, paragraphs
from kamcoder.formats.report.pdf import Telling
from kamcoder.formats.report.pdf_fonts import FONT
from kamcoder.formats.report.pdf_lines import Look, Together, line
from kamcoder.formats.report.pdf_look import (
    MARGIN,
    QUIET,
    UPRIGHT_PAGE,
    WIDE_PAGE,
    marked,
    one_line,
    styles,
)
from kamcoder.formats.report.pdf_table import table

_ALL = (0, 0), (-1, -1)
_USUAL = 2  # passes
_PASSES = 6  # setting again until the page numbers in the table of contents hold; it takes two or three


class PdfWriter:
    """Writes one paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._styles = styles()
        self._headings = 0
        self._wide = False

    def data(self, tell: Telling | None = None) -> bytes:
        """Return the file; `tell` is told how many of how many steps are done."""
        buffer = io.BytesIO()
        document = _Document(buffer, self._paper)
        if tell is not None:
            document.setProgressCallBack(_Steps(tell))
        document.multiBuild(self._story(), maxPasses=_PASSES)
        return buffer.getvalue()

    def _story(self) -> list[Flowable]:
        paper, looks = self._paper, self._styles
        story: list[Flowable] = [_PageCount(), line(looks["Title"], one_line(paper.title))]
        if paper.subtitle:
            story.append(line(looks["Note"], paper.subtitle))
        if paper.contents and any(True for _ in paper.headings()):
            story.append(line(looks["Heading2"], one_line(paper.contents)))
            story.append(_contents(looks))
        for number, part in enumerate(paper.parts):
            if number and (part.wide or self._wide):
                story += [NextPageTemplate("wide" if part.wide else "upright"), PageBreak()]
            self._wide = part.wide
            for block in part.blocks:
                story += self._block(block)
        return story

    @singledispatchmethod
    def _block(self, block: Block) -> list[Flowable]:
        raise TypeError(type(block))

    @_block.register
    def _(self, block: Heading) -> list[Flowable]:
        self._headings += 1
        heading = line(self._styles[f"Heading{min(block.level, 4)}"], one_line(block.text))
        heading.bookmark = _Bookmark(block, f"h{self._headings}", block.level <= self._paper.depth)
        return [PageBreakIfNotEmpty(), heading] if block.new_page else [heading]

    @_block.register
    def _(self, block: Text) -> list[Flowable]:
        look = self._styles["Note" if block.quiet else "Text"]
        return [line(look, text) for text in paragraphs(block.text)]

    @_block.register
    def _(self, block: Quotation) -> list[Flowable]:
        return [line(self._styles["Quotation"], f"“{block.text.strip()}”  ", (block.source, Look.QUIET))]

    @_block.register
    def _(self, block: Items) -> list[Flowable]:
        look = self._styles["Item"]
        return [
            line(look, text.strip(), bullet=f"{number}." if block.numbered else "•")
            for number, text in enumerate(block.texts, start=1)
        ]

    @_block.register
    def _(self, block: Facts) -> list[Flowable]:
        look = self._styles["Fact"]
        return [line(look, (f"{one_line(label)}  ", Look.BOLD), text.strip()) for label, text in block.pairs]

    @_block.register
    def _(self, block: Figures) -> list[Flowable]:
        page = WIDE_PAGE if self._wide else UPRIGHT_PAGE
        return table(block.grid, room=page[0] - 2 * MARGIN, heat=block.heat)


@dataclass(frozen=True, slots=True)
class _Bookmark:
    """What a heading leaves in the outline and, if `listed`, in the table of contents."""

    heading: Heading
    anchor: str
    listed: bool


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Pages upright and on their side, with the title above and the page number below."""

    def __init__(self, buffer: io.BytesIO, paper: Paper) -> None:
        title = one_line(paper.title)
        super().__init__(
            buffer,
            title=title,
            author="",
            subject="",
            creator="KamCoder",
            lang="en-GB" if paper.lang == "en" else paper.lang,
            pageCompression=1,
            displayDocTitle=True,
            keepTogetherClass=Together,
        )
        self.pages_before = 0
        self._title = title
        self._depth = -1
        shapes = [("upright", UPRIGHT_PAGE), ("wide", WIDE_PAGE)]
        # The first of them is that of the first page.
        for name, (width, height) in reversed(shapes) if paper.parts and paper.parts[0].wide else shapes:
            room = (width - 2 * MARGIN, height - 2 * MARGIN)
            frame = Frame(MARGIN, MARGIN, *room, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
            template = PageTemplate(name, [frame], pagesize=(width, height), onPage=self._head_and_foot)
            self.addPageTemplates([template])

    def beforeDocument(self) -> None:
        """Begin a pass."""
        self._depth = -1

    def afterFlowable(self, flowable: Flowable) -> None:
        """Bookmark a heading that was set."""
        mark = getattr(flowable, "bookmark", None)
        if mark is None:
            return
        text, canvas = one_line(mark.heading.text), self.canv
        canvas.bookmarkPage(mark.anchor, fit="XYZ", left=0, top=self.frame._y + flowable.height + 8)  # noqa: SLF001
        # A level must not be left out on the way down.
        self._depth = min(mark.heading.level - 1, self._depth + 1)
        canvas.addOutlineEntry(text, mark.anchor, self._depth, closed=self._depth == 0)
        if mark.listed:
            self.notify("TOCEntry", (mark.heading.level - 1, marked(visual(text)), self.page, mark.anchor))

    def _head_and_foot(self, canvas: Canvas, _document: Any) -> None:
        width, height = self.pageTemplate.pagesize
        total = f" / {self.pages_before}" if self.pages_before else ""
        canvas.saveState()
        canvas.setFont(FONT, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawRightString(width - MARGIN, height - 1.15 * 28.35, _cut(visual(self._title), width - 2 * MARGIN))
        canvas.drawRightString(width - MARGIN, 1.0 * 28.35, f"{self.page}{total}")
        canvas.restoreState()


class _Steps:
    """Tells how far the work is from what the library says."""

    def __init__(self, tell: Telling) -> None:
        self._tell = tell
        self._size = self._pass = self._done = 0

    def __call__(self, kind: str, value: int) -> None:
        """Take note of what the library says."""
        if kind == "STARTED":
            self._pass += 1
        elif kind == "SIZE_EST":
            self._size = max(value, 1)
        elif kind == "PROGRESS":
            done = min(self._pass - 1, _USUAL - 1) * self._size + value
            # A flowable that is parted leaves more to do than before.
            self._done = max(self._done, min(done, _USUAL * self._size))
            self._tell(self._done, _USUAL * self._size)


class _PageCount(NullDraw, IndexingFlowable):  # type: ignore[misc]
    """Keeps how many pages there were, so that the next pass can tell `3 / 12`."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = self._before = 0
        self._document: Any = None

    def isIndexing(self) -> int:
        """Say that this wants another pass."""
        return 1

    def beforeBuild(self) -> None:
        """Begin a pass."""
        self._before = self._pages

    def draw(self) -> None:
        """Remember the document; the number of its pages is known when it ends."""
        self._document = self._doctemplateAttr("canv") and self.canv._doctemplate  # noqa: SLF001

    def isSatisfied(self) -> bool:
        """Tell whether the number did not change."""
        if self._document is not None:
            self._pages = self._document.page
            self._document.pages_before = self._pages
        return self._pages == self._before


def _contents(looks: dict[str, Any]) -> TableOfContents:
    contents = TableOfContents()
    contents.levelStyles = [looks["Contents1"], looks["Contents2"], looks["Contents2"], looks["Contents2"]]
    contents.dotsMinLevel = -1
    contents.tableStyle = TableStyle([("TOPPADDING", *_ALL, 0), ("BOTTOMPADDING", *_ALL, 2), ("LEFTPADDING", *_ALL, 0)])
    return contents


def _cut(text: str, room: float) -> str:
    if stringWidth(text, FONT, 7.5) <= room:
        return text
    return f"{simpleSplit(text, FONT, 7.5, room - 10)[0]}…"
