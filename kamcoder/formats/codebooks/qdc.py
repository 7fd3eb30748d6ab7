"""The REFI-QDA codebook (.qdc): strict in what is written, tolerant in what is read.

Written files follow the published schema of `urn:QDA-XML:codebook:1.0`. Files of other tools are read by local names,
whatever namespace version they carry, and what they have beyond a tree of codes is told in notices. Shortcuts and guide
questions have no place in the format; `losses` says so before somebody writes one. Guarding against hostile XML: a
document type is refused before the parser sees the file, and no entity, external file or network is ever followed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lxml import etree

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import ImportRefused, InvalidInput, Notice
from kamcoder.domain.ids import new_id
from kamcoder.formats.codebooks import colours
from kamcoder.formats.codebooks.codebook_file import (
    MAX_DEPTH,
    CodebookFile,
    check_depth,
    check_size,
    complete,
    known_id,
    stem,
)
from kamcoder.formats.codebooks.texts import join_description, split_description, tidy_name

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_UNNAMED = "\ufffd"  # a name of which nothing can be written


def write_qdc(codebook: Codebook, *, origin: str) -> bytes:
    """Return a codebook as REFI-QDA XML in UTF-8; `origin` names the program and version that writes it.

    Raises InvalidInput for a codebook without codes, which the standard has no form for, and for one nested deeper than
    readers take.
    """
    if not len(codebook):
        raise InvalidInput("codebook_empty_for_qdc")
    check_depth(codebook)
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE}, origin=tidy_name(origin))
    parents: dict[str | None, etree._Element] = {None: etree.SubElement(root, f"{{{NAMESPACE}}}Codes")}
    for _, code in codebook.walk():
        element = etree.SubElement(parents[code.parent_id], f"{{{NAMESPACE}}}Code")
        parents[code.id] = element
        element.set("guid", code.id.upper())
        element.set("name", tidy_name(code.name) or _UNNAMED)
        element.set("isCodable", "true" if code.codable else "false")
        colour = colours.parse(code.colour)
        if colour:
            element.set("color", colour)
        description = join_description(asdict(code))
        if description:
            etree.SubElement(element, f"{{{NAMESPACE}}}Description").text = description
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def losses(codebook: Codebook) -> tuple[Notice, ...]:
    """Return what of a codebook a .qdc cannot carry."""
    shortcuts = sum(bool(code.shortcut) for code in codebook.codes)
    questions = sum(bool(code.questions) for code in codebook.codes)
    found = []
    if shortcuts:
        found.append(Notice("qdc_without_shortcuts", {"count": shortcuts}))
    if questions:
        found.append(Notice("qdc_without_questions", {"count": questions}))
    return tuple(found)


def read_qdc(data: bytes, *, name: str) -> CodebookFile:
    """Read a REFI-QDA codebook of any tool; `name` is the file's name for sentences and, without another, the title.

    Raises ImportRefused if the file is no well-formed XML, has a document type, or has no codes.
    """
    check_size(data, name=name)
    root = _parse(data, name)
    if _local(root) != "codebook":
        raise ImportRefused("qdc_other_root", name=name, element=str(etree.QName(root).localname))
    reader = _Reader(name)
    for element in root:
        if _local(element) == "codes":
            reader.read_codes(element)
        elif _local(element) == "sets":
            reader.counts["qdc_sets_left_out"] += sum(_local(child) == "set" for child in element)
        else:
            reader.counts["qdc_elements_left_out"] += 1
    if not reader.codes:
        raise ImportRefused("codebook_without_codes", name=name)
    return CodebookFile(
        key=stem(name),
        name=tidy_name(root.get("name", "")) or stem(name),
        description="",
        guide=None,
        codes=complete(reader.codes),
        notices=tuple(Notice(key, {"name": name, "count": count}) for key, count in reader.counts.items() if count),
    )


def _parse(data: bytes, name: str) -> etree._Element:
    if _has_doctype(data):
        raise ImportRefused("qdc_document_type", name=name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImportRefused("qdc_not_xml", name=name, line=error.lineno or 1) from error
    # In an encoding in which the bytes do not show it, the parser has still noticed a document type.
    if root.getroottree().docinfo.doctype:
        raise ImportRefused("qdc_document_type", name=name)
    return root


def _has_doctype(data: bytes) -> bool:
    """Tell whether a document type stands before the root element; linear, unlike a pattern over comments."""
    text = data.replace(b"\0", b"")  # UTF-16 and UTF-32 look like ASCII without their zero bytes
    place = max(text.find(b"<"), 0)
    while True:
        if text.startswith(b"<?", place):
            end = text.find(b"?>", place)
        elif text.startswith(b"<!--", place):
            end = text.find(b"-->", place + 4)
        else:
            return text[place : place + 9].upper() == b"<!DOCTYPE"
        place = text.find(b"<", end)
        if end < 0 or place < 0:
            return False


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname).casefold()


class _Reader:
    """Collects the codes of one file and counts what had to be mended."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.codes: list[Code] = []
        self.counts: Counter[str] = Counter()
        self._ids: set[str] = set()
        self._names: set[tuple[str | None, str]] = set()
        self._repeats: Counter[tuple[str | None, str]] = Counter()

    def read_codes(self, top: etree._Element) -> None:
        """Read all codes below an element, parents before children, without recursion."""
        stack: list[tuple[etree._Element, str | None, int]] = [(top, None, 0)]
        while stack:
            element, parent_id, depth = stack.pop()
            if depth:
                code = self._code(element, parent_id)
                self.codes.append(code)
                parent_id = code.id
            children = list(self._code_elements(element))
            if children and depth >= MAX_DEPTH:
                raise ImportRefused("codebook_too_deep", name=self.file_name, limit=MAX_DEPTH)
            stack.extend((child, parent_id, depth + 1) for child in reversed(children))

    def _code_elements(self, element: etree._Element) -> Iterator[etree._Element]:
        for child in element:
            if _local(child) == "code":
                yield child
            elif _local(child) != "description":
                self.counts["qdc_elements_left_out"] += 1

    def _code(self, element: etree._Element, parent_id: str | None) -> Code:
        colour = colours.parse(element.get("color", ""))
        if colour is None and element.get("color", "").strip():
            self.counts["qdc_colours_replaced"] += 1
        texts = [child.xpath("string()") for child in element if _local(child) == "description"]
        fields: dict[str, Any] = dict(split_description("\n".join(texts)))
        return Code(
            id=self._id(element.get("guid", "")),
            name=self._name(element.get("name", ""), parent_id),
            parent_id=parent_id,
            colour=colour or "",
            codable=element.get("isCodable", "true").strip().casefold() not in {"false", "0"},
            **fields,
        )

    def _id(self, guid: str) -> str:
        known = known_id(guid)
        if known is None or known in self._ids:
            self.counts["qdc_ids_replaced"] += 1
            known = new_id()
        self._ids.add(known)
        return known

    def _name(self, given: str, parent_id: str | None) -> str:
        """Return a name that our rules allow: not empty, without the path separator, unlike its siblings'."""
        tidied = tidy_name(given)
        name = unique = tidied.replace("›", ">") or f"#{len(self.codes) + 1}"
        while (parent_id, unique.casefold()) in self._names:
            self._repeats[parent_id, name] += 1
            unique = f"{name} ({self._repeats[parent_id, name] + 1})"
        self._names.add((parent_id, unique.casefold()))
        self.counts["qdc_names_changed"] += unique != tidied
        return unique
