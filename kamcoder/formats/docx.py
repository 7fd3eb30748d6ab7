"""Word documents (.docx), read from the package's XML.

python-docx writes documents but does not read them here: its paragraphs leave out what stands in insertions, content
controls, smart tags, text boxes and notes, its tables repeat merged cells, it knows no strict documents, and it unpacks
everything an archive claims to hold. A transcript may lose nothing silently.
"""

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted, Paragraph
from kamcoder.formats.archives import Package
from kamcoder.formats.assembly import Assembler, Tally, as_footnotes, finish
from kamcoder.formats.docx_styles import Style, Styles, attribute, child, local_name

_DELETED = frozenset({"del", "delText"})
_SKIPPED = _DELETED | frozenset({"moveFrom", "instrText", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"})
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_WINGDINGS = {0xF04A: "☺", 0xF04B: "😐", 0xF04C: "☹", 0xF0E0: "→", 0xF0DF: "←", 0xF0FC: "✓"}  # typed by autocorrection
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_BOXED = frozenset({"drawing", "pict", "object"})


class DocxImporter:
    """Reads `.docx` and its kin with macros or as templates."""

    key: Final = "docx"
    suffixes: Final = (".docx", ".docm", ".dotx", ".dotm")

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read the body of a Word document; raises ImportRefused for a damaged, protected or empty one."""
        package = Package(data, name=name)
        main = next(_related(package, "", kind="officeDocument"), None)
        body = None if main is None else child(package.xml(main), "body")
        if main is None or body is None:
            raise ImportRefused("import_damaged", name=name)
        tally = Tally()
        reader = _BodyReader(package, main, tally)
        assembler = Assembler(tally)
        reader.blocks(body, assembler)
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=assembler.paragraphs,
            notices=(*tally.notices, *reader.notices()),
        )


class _BodyReader:
    """Walks over the elements of a document's body, matching them by local name."""

    def __init__(self, package: Package, main: str, tally: Tally) -> None:
        self._package = package
        self._main = main
        self._tally = tally
        self._styles = Styles(self._first_part("styles"))
        self._notes: dict[str, dict[str, etree._Element]] = {}
        self._in_note = False
        self._embedded = 0

    def notices(self) -> Iterator[Notice]:
        """Tell of text outside the body that was left out."""
        if self._embedded:
            yield Notice("embedded_left_out", {"count": self._embedded})
        margins = (part for kind in ("header", "footer") for part in _related(self._package, self._main, kind=kind))
        written = sum(any(character.isalpha() for character in _text(self._package.xml(part))) for part in margins)
        if written:
            yield Notice("margins_left_out", {"count": written})

    def blocks(self, container: etree._Element, assembler: Assembler) -> None:
        """Read paragraphs and tables in order, whatever they are wrapped in."""
        for element in container:
            tag = local_name(element.tag)
            if tag == "p":
                self._paragraph(element, assembler)
            elif tag == "tbl":
                self._table(element, assembler)
            elif tag == "AlternateContent":
                self._alternatives(element, assembler)
            elif tag == "altChunk":
                self._embedded += 1
            elif tag not in _SKIPPED:
                self.blocks(element, assembler)

    def _alternatives(self, element: etree._Element, assembler: Assembler) -> None:
        before = len(assembler.paragraphs)
        for alternative in element:
            if len(assembler.paragraphs) == before:
                self.blocks(alternative, assembler)

    def _paragraph(self, element: etree._Element, assembler: Assembler) -> None:
        style = self._styles.paragraph(child(element, "pPr"))
        following: list[Paragraph] = []
        self._runs(element, assembler, style, following)
        assembler.end(style.kind)
        assembler.extend(following)

    def _runs(self, container: etree._Element, assembler: Assembler, style: Style, following: list[Paragraph]) -> None:
        """Add the runs in a paragraph or in anything inside it; notes and text boxes go to `following`."""
        for element in container:
            tag = local_name(element.tag)
            if tag == "r":
                bold = self._styles.is_bold(child(element, "rPr"), paragraph=style)
                self._run(element, assembler, style, following, bold=bold)
            elif tag == "t":  # of a formula, whose runs have another shape
                assembler.add(element.text or "")
            elif tag not in _SKIPPED:
                self._runs(element, assembler, style, following)
            elif tag in _DELETED:
                self._tally.deletions += 1

    def _run(
        self,
        run: etree._Element,
        assembler: Assembler,
        style: Style,
        following: list[Paragraph],
        *,
        bold: bool,
    ) -> bool:
        """Add what a run holds; tell whether that was anything."""
        found = False
        for element in run:
            tag = local_name(element.tag)
            text = _run_text(element, tag)
            if text:
                assembler.add(text, bold=bold)
            elif tag in _NOTES:
                following += self._note(_NOTES[tag], attribute(element, "id"))
            elif tag in _BOXED:
                following += self._boxes(element)
            elif tag == "AlternateContent":
                # Of several versions of the same thing (a drawing for old and new programs, an emoji) the first that
                # says something.
                any(self._run(each, assembler, style, following, bold=bold) for each in element)
            elif tag == "commentReference":
                self._tally.comments += 1
            elif tag == "ruby":
                base = child(element, "rubyBase")
                if base is not None:
                    self._runs(base, assembler, style, following)
            else:
                continue
            found = True
        return found

    def _note(self, kind: str, identifier: str | None) -> list[Paragraph]:
        if kind not in self._notes:
            part = self._first_part(kind)
            self._notes[kind] = {} if part is None else {attribute(note, "id") or "": note for note in part}
        if self._in_note:  # a note to a note would be a ring
            return []
        # A note belongs to one place; given at each of many references, a small file could grow without end.
        note = self._notes[kind].pop(identifier or "", None)
        if note is None:
            return []
        self._in_note = True
        assembler = Assembler(self._tally)
        self.blocks(note, assembler)
        self._in_note = False
        return as_footnotes(assembler.paragraphs)

    def _boxes(self, drawing: etree._Element) -> list[Paragraph]:
        assembler = Assembler(self._tally)
        for box in _text_boxes(drawing):
            self.blocks(box, assembler)
        return assembler.paragraphs

    def _table(self, table: etree._Element, assembler: Assembler) -> None:
        for row in _within(table, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                self._tally.deletions += 1
                continue
            cells = []
            for cell in _within(row, "tc"):
                inner = Assembler(self._tally)
                self.blocks(cell, inner)
                cells.append(inner.paragraphs)
            assembler.row(cells)

    def _first_part(self, kind: str) -> etree._Element | None:
        part = next(_related(self._package, self._main, kind=kind), None)
        return None if part is None else self._package.xml(part)


def _related(package: Package, source: str, *, kind: str) -> Iterator[str]:
    """Give the parts that `source` (the package itself when empty) is related to by `kind`."""
    folder, part = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{part}.rels")
    if relations not in package:
        return
    for relation in package.xml(relations):
        if posixpath.basename(relation.get("Type", "")) != kind or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        if target in package:
            yield target


def _run_text(element: etree._Element, tag: str) -> str:
    if tag == "t":
        # A line end inside the XML is a space to Word; a break is an element.
        return (element.text or "").replace("\r", " ").replace("\n", " ")
    if tag in {"sym", "symEx"}:
        code = attribute(element, "char") or ""
        try:
            return _WINGDINGS.get(int(code, 16)) or chr(int(code, 16))
        except (ValueError, OverflowError):
            return "\ufffd"
    return _CHARACTERS.get(tag, "")


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Give the outermost text boxes in a drawing, of alternatives the first that has any."""
    for each in element:
        tag = local_name(each.tag)
        if tag == "txbxContent":
            yield each
        elif tag == "AlternateContent":
            yield from next(filter(None, (list(_text_boxes(alternative)) for alternative in each)), [])
        else:
            yield from _text_boxes(each)


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, also those inside content controls."""
    for each in element:
        tag = local_name(each.tag)
        if tag == name:
            yield each
        elif tag not in _SKIPPED and tag not in {"trPr", "tcPr"}:
            yield from _within(each, name)


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local_name(each.tag) == "t")
