"""Find the reader for a file by its name and its content, and read it."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted
from kamcoder.formats.decoding import decode
from kamcoder.formats.docx import DocxImporter
from kamcoder.formats.html import HtmlImporter
from kamcoder.formats.markdown import MarkdownImporter
from kamcoder.formats.odt import OdtImporter
from kamcoder.formats.pdf import PdfImporter
from kamcoder.formats.plain_text import PlainTextImporter
from kamcoder.formats.rtf import RtfImporter
from kamcoder.formats.sniffing import TEXT, sniff
from kamcoder.formats.subtitles import SubRipImporter, WebVttImporter

# A million words, a hundred hours of talk, are 6 MB of text. Documents may have pictures in them.
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_TEXT_BYTES: Final = 16 * 1024 * 1024


class Importer(Protocol):
    """Reads one format."""

    @property
    def key(self) -> str:
        """Give the format's name in `Extracted`."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Give the file name endings, with the dot, in small letters; the usual one first."""
        ...

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read a file's bytes; raises ImportRefused, naming the file, and nothing else, for any bytes whatever."""
        ...


IMPORTERS: Final[tuple[Importer, ...]] = (
    DocxImporter(),
    OdtImporter(),
    RtfImporter(),
    PdfImporter(),
    PlainTextImporter(),
    MarkdownImporter(),
    HtmlImporter(),
    WebVttImporter(),
    SubRipImporter(),
)

_BY_KEY = {importer.key: importer for importer in IMPORTERS}
_BY_SUFFIX = {suffix: importer for importer in IMPORTERS for suffix in importer.suffixes}
_PLAIN = frozenset({"txt", "md", "html", "vtt", "srt"})  # nothing but text, in which the format does not always show
_PACKAGED = frozenset({"docx", "odt"})  # never readable as text, be they whole or damaged
_WHITE_SPACE = b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xfe\xff"  # with what byte order marks and UTF-16 add
_MEGABYTE = 1024 * 1024


def supported_suffixes() -> tuple[str, ...]:
    """Give all file name endings that can be read, with the dot."""
    return tuple(_BY_SUFFIX)


def importer_for(path: Path, data: bytes) -> Importer:
    """Choose the reader by the ending of the file's name, unless the content plainly is of another format.

    Raises ImportRefused for a file without text, of an unknown kind, or of neither the kind its name says nor another.
    """
    name = path.name
    if not data.strip(_WHITE_SPACE):
        raise ImportRefused("import_empty", name=name)
    by_name = _BY_SUFFIX.get(path.suffix.lower())
    by_content = sniff(data, name=name)
    if by_name is None:
        if by_content is None:
            raise ImportRefused("import_unknown_kind", name=name, supported=", ".join(supported_suffixes()))
        return _BY_KEY[by_content]
    if by_content is None or by_content == TEXT:
        return _with_unclear_content(by_name, data, name=name, is_text=by_content == TEXT)
    return _BY_KEY[by_content]


def read_file(path: Path, *, max_bytes: int = MOST_BYTES) -> Extracted:
    """Read a transcript of any format; raises ImportRefused, naming the file, for whatever cannot be taken in."""
    data = _read_bytes(path, max_bytes=max_bytes)
    importer = importer_for(path, data)
    if importer.key in _PLAIN:
        _refuse_too_large(path.name, len(data), most=MOST_TEXT_BYTES)
    extracted = importer.read(data, name=path.name)
    if path.suffix and path.suffix.lower() not in importer.suffixes:
        differs = Notice("format_differs", {"format": importer.key, "suffix": path.suffix})
        extracted = replace(extracted, notices=(differs, *extracted.notices))
    return extracted


def _with_unclear_content(by_name: Importer, data: bytes, *, name: str, is_text: bool) -> Importer:
    """Choose for content that shows no format of its own, or is text."""
    if by_name.key in _PLAIN:
        return by_name  # refuses what is binary
    # A damaged PDF or RTF may look like text; a package does not. A text whose encoding must be guessed is not plain.
    if is_text and by_name.key in _PACKAGED and not decode(data, name=name).guessed:
        return _BY_KEY[TEXT]
    raise ImportRefused("import_not_as_named", name=name, suffix=by_name.suffixes[0])


def _read_bytes(path: Path, *, max_bytes: int) -> bytes:
    try:
        information = path.stat()
        if not stat.S_ISREG(information.st_mode):  # opening a pipe would wait for ever
            raise ImportRefused("import_not_a_file", name=path.name)
        _refuse_too_large(path.name, information.st_size, most=max_bytes)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)  # the file may grow
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImportRefused("import_missing", name=path.name) from error
    except PermissionError as error:
        raise ImportRefused("import_no_permission", name=path.name) from error
    except OSError as error:
        raise ImportRefused("import_unreadable", name=path.name, reason=error.strerror or str(error)) from error
    _refuse_too_large(path.name, len(data), most=max_bytes)
    return data


def _refuse_too_large(name: str, size: int, *, most: int) -> None:
    if size > most:
        raise ImportRefused("import_too_large", name=name, size=-(-size // _MEGABYTE), most=most // _MEGABYTE)
