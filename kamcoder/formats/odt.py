"""OpenDocument texts (.odt), read from the package's XML.

odfdo offers a plain text with drawn tables, or elements without a reading order; it opens archives without a bound on
what they unpack to and loads as slowly as the rest of the readers together. What a transcript needs is a walk over one
part.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind
from kamcoder.formats.archives import Package
from kamcoder.formats.assembly import Assembler, Tally, as_footnotes, finish

_OFFICE, _TEXT, _TABLE, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text", "table", "style")
)
_FONT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_SKIPPED = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note-citation",
        f"{_TEXT}ruby-text",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}variable-decls",
        f"{_TEXT}user-field-decls",
        f"{_OFFICE}forms",
        f"{_OFFICE}annotation-end",
        f"{_SVG}title",
        f"{_SVG}desc",
    }
)
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_ROW = f"{_TABLE}table-row"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100  # text:s gives a number of spaces; one over a page's width is an attack
_TITLES = frozenset({"Title", "Subtitle"})
_LONGEST_CHAIN = 20


class OdtImporter:
    """Reads `.odt` and its templates."""

    key: Final = "odt"
    suffixes: Final = (".odt", ".ott")

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read the body of an OpenDocument text; raises ImportRefused for a damaged, protected or empty one."""
        package = Package(data, name=name)
        _refuse_encrypted(package)
        content = package.xml("content.xml")
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise ImportRefused("import_damaged", name=name)
        common = package.xml("styles.xml") if "styles.xml" in package else None
        tally = Tally()
        changes = body.find(f"{_TEXT}tracked-changes")
        if changes is not None:
            tally.deletions = sum(1 for _ in changes.iter(f"{_TEXT}deletion"))
        assembler = Assembler(tally)
        _BodyReader(_Styles(common, content), tally).blocks(body, assembler)
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=assembler.paragraphs,
            notices=(*tally.notices, *_margins(common)),
        )


def _refuse_encrypted(package: Package) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest not in package:
        return
    tags = (element.tag for element in package.xml(manifest).iter())
    if any(tag.endswith("}encryption-data") for tag in tags):
        raise ImportRefused("import_encrypted", name=package.name)


def _margins(common: etree._Element | None) -> Iterator[Notice]:
    """Tell of headers and footers with words in them, which are left out."""
    margins = () if common is None else common.iter(f"{_STYLE}header", f"{_STYLE}footer")
    written = sum(any(map(str.isalpha, "".join(margin.itertext()))) for margin in margins)
    if written:
        yield Notice("margins_left_out", {"count": written})


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool | None = None
    title: bool = False
    based_on: str | None = None


class _Styles:
    """Named and automatic styles, by family and name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._own: dict[tuple[str, str], _Style] = {}
        for root in roots:
            for element in () if root is None else root.iter(f"{_STYLE}style"):
                key = (element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", ""))
                properties = element.find(f"{_STYLE}text-properties")
                weight = None if properties is None else properties.get(f"{_FONT}font-weight")
                self._own[key] = _Style(
                    bold=None if weight is None else weight == "bold" or weight[:1] in "6789",
                    title=key[1] in _TITLES,
                    based_on=element.get(f"{_STYLE}parent-style-name"),
                )
        self._resolved: dict[tuple[str, str | None], _Style] = {}

    def of(self, family: str, name: str | None) -> _Style:
        """Give what holds for text in a style, by itself or by the styles it is based on."""
        if (family, name) not in self._resolved:
            result, following = _Style(), name
            for _ in range(_LONGEST_CHAIN):
                style = self._own.get((family, following or ""))
                if style is None:
                    break
                result = _Style(style.bold if result.bold is None else result.bold, result.title or style.title)
                following = style.based_on
            self._resolved[family, name] = result
        return self._resolved[family, name]


class _BodyReader:
    """Walks over the elements of a document's body."""

    def __init__(self, styles: _Styles, tally: Tally) -> None:
        self._styles = styles
        self._tally = tally
        self._following: list[Paragraph] = []  # notes and text boxes of the paragraph being read
        self._after_space = True

    def blocks(self, container: etree._Element, assembler: Assembler, *, listed: bool = False) -> None:
        """Read paragraphs, lists and tables in order, whatever they are wrapped in."""
        for element in container:
            tag = element.tag
            if tag in _PARAGRAPHS:
                self._paragraph(element, assembler, listed=listed)
            elif tag == f"{_TABLE}table":
                self._table(element, assembler)
            elif tag == f"{_OFFICE}annotation":
                self._tally.comments += 1
            elif tag not in _SKIPPED:
                self.blocks(element, assembler, listed=listed or tag == f"{_TEXT}list")

    def _paragraph(self, element: etree._Element, assembler: Assembler, *, listed: bool) -> None:
        style = self._styles.of("paragraph", element.get(f"{_TEXT}style-name"))
        outer, self._following = self._following, []
        self._after_space = True
        self._inline(element, assembler, bold=bool(style.bold))
        if element.tag == f"{_TEXT}h" or style.title:
            assembler.end(ParagraphKind.HEADING)
        else:
            assembler.end(ParagraphKind.LIST_ITEM if listed else ParagraphKind.BODY)
        assembler.extend(self._following)
        self._following = outer

    def _inline(self, container: etree._Element, assembler: Assembler, *, bold: bool) -> None:
        self._text(container.text, assembler, bold=bold)
        for element in container:
            self._element(element, assembler, bold=bold)
            self._text(element.tail, assembler, bold=bold)

    def _element(self, element: etree._Element, assembler: Assembler, *, bold: bool) -> None:
        tag = element.tag
        if tag == f"{_TEXT}span":
            own = self._styles.of("text", element.get(f"{_TEXT}style-name")).bold
            self._inline(element, assembler, bold=bold if own is None else own)
        elif tag in _CHARACTERS:
            assembler.add(_CHARACTERS[tag](element), bold=bold)
            self._after_space = False
        elif tag == f"{_TEXT}note":
            self._following += as_footnotes(self._aside(element))
        elif tag == f"{_OFFICE}annotation":
            self._tally.comments += 1
        elif tag.startswith(_DRAW):
            self._following += self._aside(element)
        elif tag not in _SKIPPED:
            self._inline(element, assembler, bold=bold)

    def _text(self, text: str | None, assembler: Assembler, *, bold: bool) -> None:
        """Add text with its white space collapsed, as the format has it."""
        if not text:
            return
        text = _WHITE_SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            assembler.add(text, bold=bold)
            self._after_space = text.endswith(" ")

    def _aside(self, element: etree._Element) -> list[Paragraph]:
        """Read a note or a drawing with text boxes, to stand after the paragraph that holds it."""
        assembler = Assembler(self._tally)
        space, self._after_space = self._after_space, True
        self.blocks(element, assembler)
        self._after_space = space
        return assembler.paragraphs

    def _table(self, table: etree._Element, assembler: Assembler) -> None:
        for row in _rows(table):
            cells = []
            for cell in row:
                if cell.tag in _CELLS:
                    inner = Assembler(self._tally)
                    self.blocks(cell, inner)
                    cells.append(inner.paragraphs)
            assembler.row(cells)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Give the rows of a table, also those in groups, but not those of tables inside it."""
    for element in table:
        if element.tag == _ROW:
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


def _spaces(element: etree._Element) -> str:
    count = element.get(f"{_TEXT}c", "1")
    return " " * min(int(count[:4]) if count.isdecimal() else 1, _MOST_SPACES)


_ROW_GROUPS = frozenset(f"{_TABLE}{name}" for name in ("table-rows", "table-header-rows", "table-row-group"))
_CHARACTERS: dict[str, Callable[[etree._Element], str]] = {
    f"{_TEXT}s": _spaces,
    f"{_TEXT}tab": lambda _: "\t",
    f"{_TEXT}line-break": lambda _: "\n",
}
