"""Tell from its first bytes what a file really is, whatever its name says."""

import re
from typing import Final

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats.archives import Package
from kamcoder.formats.decoding import decode

_HEAD = 4096  # bytes looked at
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ODT = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CUE = re.compile(r"\s*(?:\d+\s*\n)?\s*(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->")

TEXT: Final = "txt"


def sniff(data: bytes, *, name: str) -> str | None:
    """Give the key of the format that the content shows, `txt` for other text, None for what cannot be told.

    Raises ImportRefused, naming the file `name`, for what is certainly no transcript: an old or encrypted office file,
    a damaged archive, an archive of another kind.
    """
    head = data[:_HEAD]
    if head.startswith(_OLE):
        protected = _ENCRYPTED_STREAM in data
        raise ImportRefused("import_encrypted" if protected else "import_old_word", name=name)
    if head.startswith(_ZIP):
        return _sniff_archive(Package(data, name=name))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _sniff_text(head, name=name)


def _sniff_archive(package: Package) -> str:
    parts = package.parts
    if "mimetype" in package and package.read("mimetype").strip() in _ODT:
        return "odt"
    if "[Content_Types].xml" in package:
        if any(part.startswith("word/") for part in parts):
            return "docx"
        raise ImportRefused("import_not_text", name=package.name)
    if "content.xml" in package and "META-INF/manifest.xml" in package:
        return "odt"
    raise ImportRefused("import_archive", name=package.name)


def _sniff_text(head: bytes, *, name: str) -> str | None:
    try:
        text = decode(head, name=name).text
    except ImportRefused:
        return None
    if text.lstrip("\ufeff").startswith("WEBVTT"):
        return "vtt"
    if _CUE.match(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        return "srt"
    return "html" if _HTML.match(text) else TEXT
