"""Files that are no sheets, or no honest ones: one sentence each, naming the file and the cause."""

import io
import tomllib
import zipfile
from collections.abc import Callable

import pytest

from kamcoder import paths
from kamcoder.domain.errors import ImportRefused
from kamcoder.formats import spreadsheet
from kamcoder.formats.spreadsheet import read_sheet
from tests.formats.workbooks import repacked, workbook

GOOD = workbook([["case", "n"], *([f"case {number}", number] for number in range(200))])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def encrypted_member() -> bytes:
    """Set the flag of encryption on every member, locally and in the directory."""
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def entities(*, levels: int) -> Callable[[bytes], bytes]:
    """Let a cell hold an entity that stands for ten of the next lower kind, and so on."""
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, levels + 1)]
    declared = f"<!DOCTYPE worksheet [{''.join(lines)}]>".encode()

    def declare(xml: bytes) -> bytes:
        body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
        return declared + body.replace(b"<v>1</v>", f"<v>&a{levels};</v>".encode())

    return declare


BAD = {
    "password of Excel": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "sheet_encrypted"),
    "old Excel": (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, "sheet_old_excel"),
    "very old Excel": (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 100, "sheet_old_excel"),
    "binary workbook": (zipped(**{"xl__workbook.bin": b"x"}), "sheet_old_excel"),
    "OpenDocument": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "sheet_open_document"),
    "Word": (zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}), "sheet_other_kind"),
    "archive": (zipped(notes=b"hello"), "sheet_other_kind"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "sheet_other_kind"),
    "RTF": (b"{\\rtf1\\ansi hello}", "sheet_other_kind"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "sheet_other_kind"),
    "page named xls": (b"\xef\xbb\xbf\r\n<html><table><tr><td>case</td></tr></table></html>", "sheet_other_kind"),
    "binary": (bytes(range(1, 256)) * 4, "import_binary"),
    "zeros": (b"\0" * 500, "sheet_empty"),
    "cut to half": (GOOD[: len(GOOD) // 2], "import_damaged"),
    "cut at the end": (GOOD[:-30], "import_damaged"),
    "only a signature": (b"PK\x03\x04", "import_damaged"),
    "encrypted members": (encrypted_member(), "import_encrypted"),
    "no workbook in it": (zipped(**{"[Content_Types].xml": b"<Types/>"}), "sheet_damaged"),
    "entity bomb": (repacked(GOOD, {"xl/worksheets/sheet1.xml": entities(levels=9)}), "import_damaged"),
    "entity": (repacked(GOOD, {"xl/worksheets/sheet1.xml": entities(levels=1)}), "import_entities"),
    "zip bomb": (repacked(GOOD, {"xl/media/big.bin": b"\0" * 70_000_000}), "import_bomb"),
    "path out of the archive": (repacked(GOOD, {"../../evil.xml": b"<x/>"}), "import_unsafe_names"),
    "broken XML": (repacked(GOOD, {"xl/worksheets/sheet1.xml": lambda xml: xml[:-40]}), "import_damaged"),
    "text for a number": (
        repacked(GOOD, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>7</v>", b"<v>seven</v>")}),
        "sheet_damaged",
    ),
}


@pytest.mark.parametrize(("data", "key"), BAD.values(), ids=BAD)
def test_refused_with_the_cause(data: bytes, key: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_sheet(data, name="attributes.xlsx")
    assert caught.value.key == key
    assert caught.value.values["name"] == "attributes.xlsx"


def test_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 1000)
    with pytest.raises(ImportRefused) as caught:
        read_sheet(GOOD, name="attributes.xlsx")
    assert caught.value.key == "sheet_too_large"


@pytest.mark.parametrize("part", range(1, 24))
def test_cut_short_anywhere(part: int) -> None:
    with pytest.raises(ImportRefused):
        read_sheet(GOOD[: len(GOOD) * part // 24], name="attributes.xlsx")


def test_every_key_of_ours_has_a_sentence_that_its_values_fill() -> None:
    text = (paths.resources() / "messages" / "en" / "sheets.toml").read_text(encoding="utf-8")
    catalogue = tomllib.loads(text)
    keys = {key for _, key in BAD.values() if key.startswith("sheet_")}
    assert keys <= set(catalogue["errors"])
    for data, key in BAD.values():
        if key in keys:
            with pytest.raises(ImportRefused) as caught:
                read_sheet(data, name="attributes.xlsx")
            sentence = catalogue["errors"][key].format(**caught.value.values)
            assert sentence.startswith("attributes.xlsx ")
            assert "\n" not in sentence
