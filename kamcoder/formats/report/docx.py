"""Papers as Word files: real headings, real tables, a table of contents that Word and LibreOffice bring up to date."""

from functools import singledispatchmethod

from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Quotation, Text, paragraphs
from kamcoder.formats.tables.word import table
from kamcoder.formats.word_file import CONTENTS, FACT, NOTE, QUOTATION, WordFile, field, paragraph, run

_NEW_PAGE = "<w:pageBreakBefore/>"


def to_docx(paper: Paper) -> bytes:
    """Return the document as DOCX."""
    return _Writer(paper).data()


class _Writer:
    """Writes one paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._file = WordFile(paper.title, lang=paper.lang)
        self._headings = 0
        self._wide = False

    def data(self) -> bytes:
        paper = self._paper
        self._file.add(paragraph(run(paper.title), style="Title"))
        if paper.subtitle:
            self._file.add(paragraph(run(paper.subtitle), style=NOTE))
        if paper.contents:
            self._file.add(_contents(paper))
        for number, part in enumerate(paper.parts):
            if number and (part.wide or self._wide):
                self._file.end_section(wide=self._wide)
            self._wide = part.wide
            for block in part.blocks:
                self._add(block)
        return self._file.data(wide=self._wide)

    @singledispatchmethod
    def _add(self, block: Block) -> None:
        raise TypeError(type(block))

    @_add.register
    def _(self, block: Heading) -> None:
        self._headings += 1
        mark = f'w:id="{self._headings}"'
        runs = f'<w:bookmarkStart {mark} w:name="{_anchor(self._headings)}"/>{run(block.text)}<w:bookmarkEnd {mark}/>'
        more = _NEW_PAGE if block.new_page else ""
        self._file.add(paragraph(runs, style=f"Heading{block.level}", more=more))

    @_add.register
    def _(self, block: Text) -> None:
        for text in paragraphs(block.text):
            self._file.add(paragraph(run(text), style=NOTE if block.quiet else "Normal"))

    @_add.register
    def _(self, block: Quotation) -> None:
        runs = run(f"“{block.text.strip()}”") + run(f"  {block.source}", quiet=True)
        self._file.add(paragraph(runs, style=QUOTATION))

    @_add.register
    def _(self, block: Items) -> None:
        more = ""
        if block.numbered:
            more = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._file.new_list()}"/></w:numPr>'
        style = "ListNumber" if block.numbered else "ListBullet"
        for text in block.texts:
            self._file.add(paragraph(run(text.strip()), style=style, more=more))

    @_add.register
    def _(self, block: Facts) -> None:
        for label, text in block.pairs:
            self._file.add(paragraph(run(f"{label}  ", bold=True) + run(text.strip()), style=FACT))

    @_add.register
    def _(self, block: Figures) -> None:
        self._file.add(table(block.grid, wide=self._wide, heat=block.heat))


def _contents(paper: Paper) -> str:
    """Return the field with its entries as links; the program that opens the file puts the page numbers in."""
    heading = paragraph(run(paper.contents), style="TOCHeading")
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">'
        f' TOC \\o "1-{paper.depth}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    listed = list(paper.headings())
    entries: list[str] = []
    for number, block in listed:
        page = field(f"PAGEREF {_anchor(number)} \\h", "")
        link = (
            f'<w:hyperlink w:anchor="{_anchor(number)}" w:history="1">{run(block.text)}'
            f"<w:r><w:tab/></w:r>{page}</w:hyperlink>"
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if len(entries) == len(listed) - 1 else ""
        entries.append(paragraph(begin + link + end, style=CONTENTS[min(block.level, len(CONTENTS)) - 1]))
        begin = ""
    return heading + "".join(entries) if entries else ""


def _anchor(number: int) -> str:
    return f"_Toc{number:08d}"
