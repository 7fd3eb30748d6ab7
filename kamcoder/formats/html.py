"""HTML, parsed with BeautifulSoup over lxml, which takes markup of any depth and loses none of its text.

Block elements and line breaks make paragraphs; scripts, styles, templates, navigation and the head are left out.
"""

import re
from typing import TYPE_CHECKING, Final

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind
from kamcoder.formats.assembly import Assembler, Tally, finish
from kamcoder.formats.decoding import decode, normalise

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

_LEFT_OUT = frozenset({"head", "nav", "script", "style", "template"})
_BOLD = frozenset({"b", "strong"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = _HEADINGS | _CELLS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr",
    "legend", "li", "main", "menu", "ol", "option", "p", "pre", "search", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_FONT_WEIGHT = re.compile(r"font-weight\s*:\s*(?P<bold>bold|bolder|[6-9]00)?", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"<\?xml[^>]*>")


class HtmlImporter:
    """Reads `.html`, `.htm` and `.xhtml`."""

    key: Final = "html"
    suffixes: Final = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read a web page; raises ImportRefused for binary data and for a page without text."""
        from bs4 import BeautifulSoup, ParserRejectedMarkup  # slow to load
        from bs4.dammit import EncodingDetector

        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
        decoded = decode(data, name=name, declared=declared)
        tally = Tally()
        cleaned = normalise(decoded.text, trim=False)  # the parser would stop at a NUL
        tally.add(cleaned)
        # An XML declaration, or a text without tags, would only draw warnings from the parser.
        declaration = _XML_DECLARATION.match(cleaned.text.lstrip())
        markup = "<html>" + cleaned.text.lstrip()[declaration.end() if declaration else 0 :]
        try:
            soup = BeautifulSoup(markup, "lxml")
        except ParserRejectedMarkup as error:
            raise ImportRefused("import_damaged", name=name) from error
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=_PageReader(tally).read(soup),
            encoding=decoded.encoding,
            notices=(*decoded.notices, *tally.notices),
        )


class _PageReader:
    """Walks over the tree without recursion, however deep it is, and assembles paragraphs."""

    def __init__(self, tally: Tally) -> None:
        self._assemblers = [Assembler(tally)]  # the page's, then those of the open table cells
        self._rows: list[list[list[Paragraph]]] = []  # the cells so far of each open table row
        self._kinds = [ParagraphKind.BODY]
        self._bold = [False]
        self._preformatted = 0
        self._after_space = True  # white space that follows is dropped
        self._paragraphs_at_open: list[int] = []

    def read(self, root: "Tag") -> list[Paragraph]:
        """Give the paragraphs under `root`."""
        from bs4.element import CData, NavigableString, Tag

        path: list[Tag] = []
        rest = [iter(root.contents)]
        while rest:
            node: PageElement | None = next(rest[-1], None)
            if node is None:
                rest.pop()
                if path:
                    self._close(path.pop())
            elif isinstance(node, Tag):
                if node.name not in _LEFT_OUT:
                    self._open(node)
                    path.append(node)
                    rest.append(iter(node.contents))
            elif type(node) in {NavigableString, CData}:  # not its other kinds: comments, declarations, styles
                self._text(str(node))
        self._end()
        return self._assemblers[0].paragraphs

    def _open(self, tag: "Tag") -> None:
        self._bold.append(_is_bold(tag, inherited=self._bold[-1]))
        if tag.name == "br":
            self._break()
        if tag.name not in _BLOCKS:
            return
        self._end()
        self._kinds.append(_kind(tag.name, inherited=self._kinds[-1]))
        self._preformatted += tag.name == "pre"
        if tag.name == "tr":
            self._rows.append([])
        elif tag.name in _CELLS and self._rows:
            self._assemblers.append(Assembler(self._assemblers[0].tally))
        self._paragraphs_at_open.append(len(self._assemblers[-1].paragraphs))

    def _close(self, tag: "Tag") -> None:
        self._bold.pop()
        if tag.name not in _BLOCKS:
            return
        self._end()
        self._kinds.pop()
        self._preformatted -= tag.name == "pre"
        is_empty = self._paragraphs_at_open.pop() == len(self._assemblers[-1].paragraphs)
        if tag.name == "tr":
            self._assemblers[-1].row(self._rows.pop())
        elif tag.name in _CELLS and self._rows:
            self._rows[-1].append(self._assemblers.pop().paragraphs)
        elif is_empty and tag.name in {"p", "hr"}:
            self._assemblers[-1].gap()

    def _text(self, text: str) -> None:
        if not self._preformatted:
            text = _WHITE_SPACE.sub(" ", text)
            if self._after_space:
                text = text.removeprefix(" ")
        if text:
            self._assemblers[-1].add(text, bold=self._bold[-1])
            self._after_space = text.endswith(" ")

    def _break(self) -> None:
        if not self._assemblers[-1].end_if_begun(self._kinds[-1]):
            self._assemblers[-1].gap()
        self._after_space = True

    def _end(self) -> None:
        self._assemblers[-1].end_if_begun(self._kinds[-1])
        self._after_space = True


def _kind(tag: str, *, inherited: ParagraphKind) -> ParagraphKind:
    if tag in _HEADINGS:
        return ParagraphKind.HEADING
    if tag in _CELLS:
        return ParagraphKind.BODY
    return ParagraphKind.LIST_ITEM if tag == "li" else inherited


def _is_bold(tag: "Tag", *, inherited: bool) -> bool:
    weight = _FONT_WEIGHT.search(str(tag.get("style", "")))
    if weight:  # beats the tag: word processors write <b style="font-weight:normal">
        return weight["bold"] is not None
    return inherited or tag.name in _BOLD
