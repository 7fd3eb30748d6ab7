"""Zip packages of XML parts (docx, odt, xlsx), opened so that no file, however made, can harm the program.

Only the parts asked for are unpacked, in bounded steps and never to disk; what an archive says about its sizes is not
believed. XML is parsed without entities, network access or document type definitions.
"""

import io
import lzma
import struct
import zipfile
import zlib
from typing import Final

from lxml import etree

from kamcoder.domain.errors import ImportRefused

MOST_UNPACKED: Final = 64 * 1024 * 1024  # bytes of one part; a transcript of a million words has about 20 MB
_MOST_RATIO = 300  # to one; office files reach some 20, deflate ends at 1032
_FREE = 8 * 1024 * 1024  # bytes up to which any ratio is harmless
_MOST_MEMBERS = 10_000
_STEP = 1024 * 1024

# What zipfile lets out on archives that are cut short or scrambled, beside its own error: the decompressors' errors, a
# missing method or a password (NotImplementedError, RuntimeError), and impossible offsets, names or dates.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Package:
    """A zip archive held in memory; `name` is the file's, for messages."""

    def __init__(self, data: bytes, *, name: str) -> None:
        """Open an archive; raises ImportRefused if it is damaged, encrypted, or has members named to escape it."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _ZIP_ERRORS as error:
            raise ImportRefused("import_damaged", name=name) from error
        if len(members) > _MOST_MEMBERS:
            raise ImportRefused("import_bomb", name=name)
        if any(_escapes(member.filename) for member in members):
            raise ImportRefused("import_unsafe_names", name=name)
        if any(member.flag_bits & 1 for member in members):
            raise ImportRefused("import_encrypted", name=name)
        self._members = {member.filename: member for member in members}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    @property
    def parts(self) -> tuple[str, ...]:
        """Give the names of all parts."""
        return tuple(self._members)

    def read(self, part: str) -> bytes:
        """Unpack a part; raises ImportRefused if it is missing, damaged or too large to be honest."""
        member = self._members.get(part)
        if member is None:
            raise ImportRefused("import_damaged", name=self.name)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_STEP):
                    pieces.append(piece)
                    size += len(piece)
                    if size > MOST_UNPACKED or size > max(_FREE, member.compress_size * _MOST_RATIO):
                        raise ImportRefused("import_bomb", name=self.name)
        except _ZIP_ERRORS as error:
            raise ImportRefused("import_damaged", name=self.name) from error
        return b"".join(pieces)

    def rebuilt(self) -> bytes:
        """Give an archive with the same parts, unpacked and honest about its sizes, for a library that opens archives.

        Raises ImportRefused as `read` and `xml` do.
        """
        target, total = io.BytesIO(), 0
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for part in self._members:
                content = self.read(part)
                total += len(content)
                if total > MOST_UNPACKED:
                    raise ImportRefused("import_bomb", name=self.name)
                if part.endswith((".xml", ".rels")):
                    parse_xml(content, name=self.name)
                archive.writestr(part, content)
        return target.getvalue()

    def xml(self, part: str) -> etree._Element:
        """Unpack and parse an XML part; raises ImportRefused if it is damaged or declares entities."""
        return parse_xml(self.read(part), name=self.name)


def parse_xml(data: bytes, *, name: str) -> etree._Element:
    """Parse XML from outside; raises ImportRefused, naming the file `name`, if it is damaged or has a DTD."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:  # the last two: impossible encodings
        raise ImportRefused("import_damaged", name=name) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        # Office files declare none; those that refer to each other grow without end.
        raise ImportRefused("import_entities", name=name)
    return root


def _escapes(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or member.startswith(("/", "\\")) or ":" in parts[0]
