"""Every sort of bad file: one sentence that names file and cause, and the project exactly as it was."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kamcoder.services.messages import sentence
from kamcoder.services.session import Session
from kamcoder.storage.schema import JOURNALLED
from tests.builders import INTERVIEWS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word(text: str = "Interviewer: Who?\nKAM: Me.") -> bytes:
    file, buffer = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        file.add_paragraph(line)
    file.save(buffer)
    return buffer.getvalue()


def pdf(*, password: str = "", text: str = "Interviewer: Who?") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    if text:
        canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def rewritten(data: bytes, changes: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return archive(parts | changes)


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{levels}]><w>&e9;</w>'
    return rewritten(word(), {"word/document.xml": body.encode()})


def zip_bomb() -> bytes:
    return rewritten(word(), {"word/document.xml": b"<w>" + b"A" * 400_000_000 + b"</w>"})


def encrypted_odt() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        '<manifest:encryption-data manifest:checksum-type="SHA1"/></manifest:file-entry></manifest:manifest>'
    )
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": bytes(range(256)),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def locked_word() -> bytes:
    return OLE + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2000


BAD: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "empty.docx": lambda: b"",
    "blank.txt": lambda: b" \r\n\t \n",
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "unknown.xyz": lambda: bytes(range(256)) * 20,
    "old.doc": lambda: OLE + b"\x00" * 4000,
    "locked.docx": locked_word,
    "locked.odt": encrypted_odt,
    "locked.pdf": lambda: pdf(password="secret"),
    "scanned.pdf": lambda: pdf(text=""),
    "cut.docx": lambda: word()[:3000],
    "cut.pdf": lambda: pdf()[:400],
    "cut.odt": lambda: b"PK\x03\x04" + b"\x00" * 100,
    "bomb.docx": zip_bomb,
    "entities.docx": entity_bomb,
    "traversal.docx": lambda: rewritten(word(), {"../../evil.txt": b"x"}),
    "sheet.docx": lambda: archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
    "cues.vtt": lambda: b"WEBVTT\n\n",
    "cues.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n\n",
    "tags.html": lambda: b"<html><body><script>alert(1)</script></body></html>",
    "braces.rtf": lambda: b"{\\rtf1",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_sentence_and_changes_nothing(study: Session, tmp_path: Path, name: str) -> None:
    before = {table: study._store.rows(table) for table in JOURNALLED}
    path = tmp_path / name
    path.write_bytes(BAD[name]())
    preview = study.imports.preview([path])
    (failure,) = preview.failures
    told = sentence(failure.error)
    assert name in told
    assert told != failure.error.key
    assert "\n" not in told
    assert told.endswith((".", ")"))
    assert study.imports.commit(preview) == []
    assert {table: study._store.rows(table) for table in JOURNALLED} == before
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_file_of_200_megabytes_is_refused_at_once(study: Session, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    (failure,) = study.imports.preview([path]).failures
    assert "huge.txt" in sentence(failure.error)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (INTERVIEWS["B-KAM.txt"].replace("\n", "\r\n").encode(), "No, only when a relation is at risk."),
        (INTERVIEWS["B-KAM.txt"].replace("\n", "\r").encode(), "No, only when a relation is at risk."),
        (b"Interviewer: One?\r\nKAM: Two.\rInterviewer: Three?\nKAM: Four.\n", "Four."),
        ("Interviewer: Café “open”?\nKAM: Déjà – fermé…\n".encode("cp1252"), "Déjà – fermé…"),
        (b"Interviewer: A\x00 B?\nKAM: C\x00D.\n", "CD."),
        ("Interviewer: \ud800 x?\nKAM: y \udfff.\n".encode("utf-16-le", "surrogatepass"), "y \ufffd."),
        (b"\xef\xbb\xbfInterviewer: BOM?\nKAM: Gone.\n", "Gone."),
    ],
    ids=["crlf", "cr", "mixed", "windows-1252", "nul", "surrogates", "bom"],
)
def test_odd_text_is_taken_in_and_mended(session: Session, tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "C-KAM.txt"
    path.write_bytes(data)
    preview = session.imports.preview([path])
    assert preview.failures == ()
    (document,) = session.imports.commit(preview)
    text = session.documents.text(document.id)
    assert text.split("\n")[-1] == expected
    assert not set(text) & set("\r\x00\ufeff")
    assert len(session.documents.turns(document.id)) in (2, 4)
